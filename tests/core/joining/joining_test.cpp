// SPDX-License-Identifier: GPL-3.0-or-later
// From confirmed words to a replica: what a new kiosk waits for, what it refuses, and that a stop anywhere is made good.
#include "core/joining/joining.h"

#include "core/crypto/custody.h"
#include "core/joining/paired_store.h"
#include "core/office/invitation.h"
#include "core/office/person_keys.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

/// Gives the charters that it was told to give, to whom it knows.
class CharterRelay final : public RelayConnection {
 public:
  std::map<ScopeId, Bytes> charters;
  std::optional<RelayRefusal::Reason> refuses;
  std::optional<ScopeId> broken;  ///< no network for this scope

  Result<PushAnswer> push(const ScopeId&, std::span<const Bytes>, const std::stop_token&) override { return PushAnswer{}; }
  Result<CharterAnswer> put_charter(const ScopeId&, ByteView, const std::stop_token&) override { return CharterAnswer{}; }
  Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion&, const std::stop_token&) override {
    if (broken == scope) return fail(ErrorCode::network, "no network");
    PullAnswer answer;
    if (refuses) answer.refusal.emplace().reason = *refuses;
    if (!refuses && charters.contains(scope)) answer.charters.push_back(charters[scope]);
    return answer;
  }
  [[nodiscard]] std::optional<RelayDate> date() const override { return std::nullopt; }
};

class Joining : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    keys = std::make_unique<NewDeviceKeys>(make_new_device_keys(random));
    offer = must(make_offer(*office, house, random.id<StaffTag>()));
    make_store();
  }
  void make_store() {
    kiosk.reset();
    kiosk = must(make_paired_store(folder / "kiosk.db", key, *keys, offer, nullptr, random, options()));
  }
  void show_charters() {
    for (const ScopeId& each : scopes()) relay.charters[each] = must(vault->charter(each)).value();
  }
  void admit() { must(admit_paired(*office, house, public_half(*keys), std::nullopt, today)); }

  Day today{20'700};
  std::unique_ptr<NewDeviceKeys> keys;
  PairingOffer offer;
  std::unique_ptr<Vault> kiosk;
  CharterRelay relay;
};

TEST_F(Joining, WaitsUntilTheDeskHasAdmittedTheKiosk) {
  show_charters();
  EXPECT_EQ(must(join(*kiosk, relay, {})), Joined::not_yet);
  relay.refuses = RelayRefusal::Reason::no_such_device;
  EXPECT_EQ(must(join(*kiosk, relay, {})), Joined::not_yet);
  relay.refuses.reset();
  EXPECT_TRUE(kiosk->scopes().empty()) << "nothing was taken";
  admit();
  show_charters();
  EXPECT_EQ(must(join(*kiosk, relay, {})), Joined::yes);
  EXPECT_EQ(kiosk->scopes().size(), 2u);
  EXPECT_FALSE(must(awaited_admission(*kiosk)).has_value());
  EXPECT_EQ(must(custody_of(*office, keys->device)), keys->custody.public_key);
  bring(*vault, *kiosk);
  EXPECT_EQ(must(kiosk->houses()).size(), 1u) << "a replica like any other";
}

TEST_F(Joining, TakesNoCharterOlderThanTheOffer) {
  admit();
  show_charters();
  const Bytes older = relay.charters[scope()];
  must(office->amend(scope(), [](Charter&) -> Status { return {}; }));
  offer = must(make_offer(*office, house, std::nullopt));
  std::filesystem::remove(folder / "kiosk.db");
  kiosk.reset();
  kiosk = must(make_paired_store(folder / "other.db", key, *keys, offer, nullptr, random, options()));
  relay.charters[scope()] = older;
  EXPECT_EQ(join(*kiosk, relay, {}).error().code, ErrorCode::charter);
  EXPECT_EQ(kiosk->charter_number(scope()), 0u);
  show_charters();
  EXPECT_EQ(must(join(*kiosk, relay, {})), Joined::yes);
}

TEST_F(Joining, RefusesACharterThatListsOtherKeys) {
  NewDeviceKeys others = make_new_device_keys(random);
  others.device = keys->device;
  must(admit_paired(*office, house, public_half(others), std::nullopt, today));
  show_charters();
  EXPECT_EQ(join(*kiosk, relay, {}).error().code, ErrorCode::charter);
  EXPECT_TRUE(kiosk->scopes().empty());
}

TEST_F(Joining, RefusesAnotherOrganisationsCharters) {
  const crypto::SigningKeyPair other_root = crypto::make_signing_key(random);
  PairingOffer other = offer;
  other.root = other_root.public_key;
  kiosk = must(make_paired_store(folder / "other.db", key, *keys, other, nullptr, random, options()));
  admit();
  show_charters();
  EXPECT_FALSE(join(*kiosk, relay, {}).has_value());
  EXPECT_TRUE(kiosk->scopes().empty());
}

TEST_F(Joining, RefusesAnOrganisationWithoutTheDeskThatOffered) {
  PairingOffer other = offer;
  other.device = random.id<DeviceTag>();
  kiosk = must(make_paired_store(folder / "other.db", key, *keys, other, nullptr, random, options()));
  admit();
  show_charters();
  EXPECT_EQ(join(*kiosk, relay, {}).error().code, ErrorCode::charter);
}

TEST_F(Joining, GoesOnAfterAStopBetweenTheTwoCharters) {
  admit();
  show_charters();
  relay.broken = scope();
  EXPECT_EQ(join(*kiosk, relay, {}).error().code, ErrorCode::network);
  EXPECT_EQ(kiosk->scopes().size(), 1u);
  kiosk.reset();
  kiosk = must(Vault::open(folder / "kiosk.db", key, options()));
  EXPECT_TRUE(must(awaited_admission(*kiosk)).has_value());
  relay.broken.reset();
  EXPECT_EQ(must(join(*kiosk, relay, {})), Joined::yes);
  EXPECT_EQ(kiosk->scopes().size(), 2u);
}

TEST_F(Joining, SignsAsTheDeviceThatItWillBe) {
  const JoiningLog log(*kiosk);
  const ScopeIdentity identity = must(log.identity(scope()));
  EXPECT_EQ(identity.id, keys->device);
  EXPECT_EQ(identity.request_key->public_key, keys->request.public_key);
}

TEST_F(Joining, OfAStoreWithAPassphraseEnrollsTheStaffNamedInTheOffer) {
  const auto passphrase = crypto::SecretBytes::copy_of(view("a long passphrase"));
  kiosk = must(make_paired_store(folder / "other.db", key, *keys, offer, &passphrase, random, options()));
  const auto custody = must(crypto::Custody::parse(must(kiosk->setting("custody")).value()));
  EXPECT_EQ(custody.public_key(), keys->custody.public_key);
  EXPECT_TRUE(custody.open(*offer.staff, passphrase).has_value());
}

TEST_F(Joining, AnAdmissionThatWasCutShortIsFinished) {
  EXPECT_FALSE(must(finish_admission(*office, today)));
  // As admit_paired leaves it when the machine stops after the first charter.
  Bytes noted = to_bytes(house.view());
  ByteWriter writer(noted);
  writer.raw(DeviceId{}.bytes);  // in nobody's place
  writer.raw(write_reveal({.device = public_half(*keys), .random = {}}));
  must(vault->set_setting("desk.admitting", noted));
  CharterDevice device;
  device.id = keys->device;
  device.signing_key = keys->signing.public_key;
  device.request_key = keys->request.public_key;
  device.sealing_key = keys->sealing.public_key;
  const DeviceNumber number = must(office->admit(office->org(), device));
  show_charters();
  EXPECT_EQ(must(join(*kiosk, relay, {})), Joined::not_yet);
  EXPECT_TRUE(must(finish_admission(*office, today)));
  EXPECT_EQ(must(vault->held_charter(office->org())).device(keys->device)->number, number) << "listed once";
  EXPECT_FALSE(must(finish_admission(*office, today)));
  show_charters();
  EXPECT_EQ(must(join(*kiosk, relay, {})), Joined::yes);
}

}  // namespace
}  // namespace huisbord
