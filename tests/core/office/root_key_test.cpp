// SPDX-License-Identifier: GPL-3.0-or-later
// The root key lies on two media and gives delegations; a stolen desk is replaced by a new one.
#include "core/office/root_key.h"

#include <fstream>
#include <limits>

#include "core/journal/envelope/charter_edit.h"
#include "core/office/delegation.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class RootKey : public SmallOffice {
 protected:
  [[nodiscard]] std::vector<std::filesystem::path> media() const { return {folder / "one", folder / "two"}; }
  void spoil(const std::filesystem::path& file) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(20);
    stream.put('\x55');
    stream.put('\x55');
  }
};

TEST_F(RootKey, IsTheSameOnBothMediaAndReadableByItsOwnerAlone) {
  const auto made = make_root_key(media(), random);
  ASSERT_TRUE(made) << sentence(made);
  for (const auto& medium : media()) {
    EXPECT_EQ(read_root_key(medium)->public_key, *made);
    EXPECT_EQ(std::filesystem::status(root_key_path(medium)).permissions() & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
}

TEST_F(RootKey, IsMadeOnceAndOnTwoDifferentMedia) {
  const std::vector<std::filesystem::path> twice{folder / "one", folder / "one"};
  EXPECT_EQ(sentence(make_root_key(twice, random)), "The root key goes on two media: " + twice[1].string() + " was named twice.");
  EXPECT_FALSE(std::filesystem::exists(root_key_path(twice[0])));
  ASSERT_TRUE(make_root_key(media(), random));
  const auto before = read_root_key(media()[1])->public_key;
  const std::vector<std::filesystem::path> again{folder / "three", folder / "two"};
  const auto refused = make_root_key(again, random);
  EXPECT_EQ(sentence(refused), root_key_path(again[1]).string() + " is there already: a root key is made once.");
  EXPECT_FALSE(std::filesystem::exists(root_key_path(again[0])));
  EXPECT_EQ(read_root_key(media()[1])->public_key, before);
}

TEST_F(RootKey, LeavesNoneWhenASecondMediumCannotBeWritten) {
  std::ofstream(folder / "two") << "a file where a folder should come";
  EXPECT_FALSE(make_root_key(media(), random));
  EXPECT_FALSE(std::filesystem::exists(root_key_path(media()[0])));
}

TEST_F(RootKey, ThatRottedIsToldAndTheOtherMediumServes) {
  ASSERT_TRUE(make_root_key(media(), random));
  spoil(root_key_path(media()[0]));
  EXPECT_EQ(sentence(read_root_key(media()[0])), "The root key in " + media()[0].string() + " is damaged: take the other medium.");
  EXPECT_TRUE(read_root_key(media()[1]));
  EXPECT_EQ(sentence(read_root_key(folder / "none")), "There is no root key in " + (folder / "none").string() + ".");
}

TEST_F(RootKey, GivesNoNumberTwice) {
  ASSERT_TRUE(make_root_key(media(), random));
  const DelegationRequest request{vault->organisation(), 1, crypto::make_signing_key(random).public_key};
  EXPECT_EQ(make_delegation(media()[0], request, in_days(10))->delegation.number, 1u);
  EXPECT_EQ(make_delegation(media()[0], request, in_days(10))->delegation.number, 2u);
  DelegationRequest later = request;
  later.number = 7;
  EXPECT_EQ(make_delegation(media()[0], later, in_days(10))->delegation.number, 7u);
  const DelegationRequest other{random.id<OrganisationTag>(), 1, request.key};
  EXPECT_EQ(make_delegation(media()[0], other, in_days(10))->delegation.number, 1u) << "each organisation counts for itself";
  DelegationRequest last = request;
  last.number = std::numeric_limits<std::uint32_t>::max();
  EXPECT_EQ(make_delegation(media()[0], last, in_days(10))->delegation.number, last.number);
  for (const DelegationRequest& after : {last, request})
    EXPECT_EQ(make_delegation(media()[0], after, in_days(10)).error().code, ErrorCode::invalid) << "nothing can follow that one";
}

TEST_F(RootKey, FilesComeBackAsTheyWereAndNotWhenAByteChanged) {
  ASSERT_TRUE(make_root_key(media(), random));
  const DelegationRequest request{vault->organisation(), 3, crypto::make_signing_key(random).public_key};
  Bytes asked = write_delegation_request(request);
  const auto read = read_delegation_request(asked);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->organisation, request.organisation);
  EXPECT_EQ(read->number, 3u);
  EXPECT_EQ(read->key, request.key);
  Bytes given = write_delegation(*make_delegation(media()[0], request, in_days(10)));
  ASSERT_TRUE(read_delegation(given));
  asked[12] ^= 1;
  given[12] ^= 1;
  EXPECT_EQ(sentence(read_delegation_request(asked)), "That request for a delegation is damaged: fetch it again.");
  EXPECT_EQ(sentence(read_delegation(given)), "That delegation is damaged: fetch it again.");
  EXPECT_EQ(sentence(read_delegation(view(std::string_view("something else")))), "That file is no delegation.");
}

/// The root key signs by hand.
class StolenDesk : public SmallOffice {
 protected:
  /// What a thief of the desk has.
  Result<crypto::SigningKeyPair> stolen_key() {
    TRY_ASSIGN(const auto stored, vault->setting("desk.delegated"));
    return crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(ByteView(*stored).first(32)));
  }
  OrganisationDelegation given(const DelegationRequest& request, std::int64_t days = 400) {
    return {request.organisation, delegate(request.organisation, request.number, in_days(days), request.key, root)};
  }
};

TEST_F(StolenDesk, IsReplacedByANewDelegationAndItsOwnChartersAreRefusedAfterwards) {
  const AdmittedKiosk kiosk = admit("kiosk");
  const crypto::SigningKeyPair key_in_wrong_hands = must(stolen_key());

  const DelegationRequest request = must(ask_delegation(*vault, random));
  EXPECT_EQ(request.number, 2u);
  EXPECT_EQ(must(ask_delegation(*vault, random)).key, request.key) << "asked again, the same key waits";
  office.emplace(must(accept_delegation(*vault, given(request), random)));
  EXPECT_EQ(charter().delegation.number, 2u);
  EXPECT_EQ(must(vault->held_charter(office->org())).delegation.number, 2u);
  bring(*vault, *kiosk.vault);
  EXPECT_EQ(must(kiosk.vault->held_charter(scope())).delegation.number, 2u);
  Charter thiefs = next_charter(charter(), clock.now());
  thiefs.delegation = delegate(vault->organisation(), 1, in_days(400), key_in_wrong_hands.public_key, root);
  EXPECT_EQ(sentence(kiosk.vault->take_charter(must(thiefs.sign(key_in_wrong_hands)))),
            "A charter is written under a delegation that was replaced.");
  must(office->amend(scope(), [](Charter&) { return Status{}; }));
  bring(*vault, *kiosk.vault);
  EXPECT_EQ(kiosk.vault->charter_number(scope()), vault->charter_number(scope()));
}

TEST_F(StolenDesk, AKioskThatTookTheThiefsChartersFollowsTheNewHandAboveThem) {
  const AdmittedKiosk kiosk = admit("kiosk");
  Charter next = next_charter(charter(), clock.now());
  must(kiosk.vault->take_charter(must(next.sign(must(stolen_key())))));
  must(office->amend(scope(), [](Charter& charter) { return raise_rule_number(charter, 2); }));  // the same number, seen by nobody
  const DelegationRequest request = must(ask_delegation(*vault, random));
  office.emplace(must(accept_delegation(*vault, given(request), random)));
  const Bytes ours = *must(vault->charter(scope()));
  EXPECT_EQ(charter().number, next.number + 1) << "the next number, but not after the thief's";
  EXPECT_TRUE(kiosk.vault->take_charter(ours));
}

TEST_F(StolenDesk, TakesUpNothingThatIsNotForItOrHasEnded) {
  const DelegationRequest request = must(ask_delegation(*vault, random));
  OrganisationDelegation other = given(request);
  other.organisation = random.id<OrganisationTag>();
  EXPECT_EQ(sentence(accept_delegation(*vault, other, random)), "That delegation is for another organisation.");
  OrganisationDelegation forged = given(request);
  forged.delegation.root_signature[0] ^= 1;
  EXPECT_EQ(sentence(accept_delegation(*vault, forged, random)), "That delegation is not signed by this organisation's root key.");
  EXPECT_EQ(sentence(accept_delegation(*vault, given({request.organisation, 1, request.key}), random)),
            "That delegation was replaced by a later one: ask for a new one.");
  EXPECT_EQ(sentence(accept_delegation(*vault, given(request, -1), random)), "That delegation has ended: ask for a new one.");
  const DelegationRequest elses{request.organisation, 2, crypto::make_signing_key(random).public_key};
  EXPECT_EQ(sentence(accept_delegation(*vault, given(elses), random)), "That delegation answers another store's request.");
  EXPECT_EQ(charter().delegation.number, 1u);
  const AdmittedKiosk kiosk = admit("kiosk");
  EXPECT_EQ(sentence(accept_delegation(*kiosk.vault, given(request), random)), "This store asked for no delegation.");
}

TEST_F(StolenDesk, GoesOnWithTheNewKeyWhenItWasCutShortBetweenTwoScopes) {
  const DelegationRequest request = must(ask_delegation(*vault, random));
  const OrganisationDelegation made = given(request);
  const auto waiting = must(vault->setting("desk.delegated.next"));
  (void)must(Office::take_up(*vault, crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(*waiting)), made.delegation, random));
  office.emplace(must(Office::open(*vault, random)));
  must(office->amend(scope(), [](Charter&) { return Status{}; }));
  EXPECT_EQ(charter().delegation.number, 2u);
  EXPECT_EQ(must(vault->held_charter(office->org())).delegation.number, 1u);
  must(renew_charters(*office));
  EXPECT_EQ(must(vault->held_charter(office->org())).delegation.number, 2u);
}

}  // namespace
}  // namespace huisbord
