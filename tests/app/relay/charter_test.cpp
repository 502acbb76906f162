// SPDX-License-Identifier: GPL-3.0-or-later
// Charters at the relay: only the organisation's, never a lower one, never two of one number.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/app/relay/running_relay.h"

namespace huisbord::relay {
namespace {

class CharterTest : public ::testing::Test {
 protected:
  CharterTest() : organisation(1, 2, 1), house(organisation.house()), relay(settings_for(organisation, folder.path()), organisation) {}
  Reply put(const Bytes& charter) { return relay.put_charter(organisation.organisation(), house, charter); }
  wire::Refusal::Reason reason(const Reply& reply, unsigned status) {
    EXPECT_EQ(reply.status, status);
    EXPECT_EQ(reply.content_type, wire::refusal_type);
    return reply.content_type == wire::refusal_type ? wire::parse_refusal(reply.body)->reason() : wire::Refusal::UNKNOWN;
  }
  /// In any file of the relay, as it lies there while the relay runs.
  bool on_disk(ByteView bytes) {
    bool found = false;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      found = found || text.find(text_view(bytes)) != std::string::npos;
    }
    return found;
  }
  wire::PullReply pull(CharterNumber held) {
    wire::PullRequest request;
    request.set_charter(held);
    return *wire::parse_page(relay.pull(organisation.organisation(), house, request).body);
  }

  PaperOrganisation organisation;
  ScopeId house;
  TemporaryFolder folder;
  Asked relay;
};

}  // namespace

TEST_F(CharterTest, OneThatVerifiesIsKeptAndServedToWhoHoldsALowerOne) {
  const Reply reply = put(organisation.charter_bytes(house));
  ASSERT_EQ(reply.status, 200u);
  const auto receipt = wire::parse_charter_receipt(reply.body);
  EXPECT_EQ(receipt->number(), 1u);
  EXPECT_EQ(receipt->hash(), to_string(organisation.charter(house).hash));
  ASSERT_EQ(pull(0).charters_size(), 1);
  EXPECT_EQ(pull(0).charters(0), to_string(organisation.charter_bytes(house)));
  EXPECT_EQ(pull(1).charters_size(), 0);
  EXPECT_EQ(pull(1).charter(), 1u);
}

TEST_F(CharterTest, TheSameAgainHasTheSameReceipt) {
  const Reply once = put(organisation.charter_bytes(house)), again = put(organisation.charter_bytes(house));
  EXPECT_EQ(again.status, 200u);
  EXPECT_EQ(again.body, once.body);
}

TEST_F(CharterTest, ALowerOneIsRefused) {
  const Bytes first = organisation.charter_bytes(house);
  const Bytes second = organisation.amend(house, [](Charter&) {});
  ASSERT_EQ(put(second).status, 200u);
  EXPECT_EQ(reason(put(first), 409), wire::Refusal::OLD_CHARTER);
  EXPECT_EQ(pull(0).charters(0), to_string(second));
}

TEST_F(CharterTest, ASecondOneOfTheSameNumberIsRefused) {
  const Bytes aside = organisation.amend_aside(house, [](Charter& charter) { charter.rule_number = 2; });
  ASSERT_EQ(put(organisation.charter_bytes(house)).status, 200u);
  ASSERT_EQ(put(organisation.amend(house, [](Charter&) {})).status, 200u);
  EXPECT_EQ(reason(put(aside), 409), wire::Refusal::TWO_CHARTERS);
}

TEST_F(CharterTest, AnotherRootsIsRefused) {
  PaperOrganisation stranger(2, 2, 1);
  EXPECT_EQ(reason(relay.put_charter(stranger.organisation(), stranger.house(), stranger.charter_bytes(stranger.house())), 422),
            wire::Refusal::BAD_CHARTER);
}

TEST_F(CharterTest, OneForAnotherPlaceIsRefused) {
  EXPECT_EQ(reason(relay.put_charter(organisation.organisation(), organisation.org(), organisation.charter_bytes(house)), 422),
            wire::Refusal::BAD_CHARTER);
  SeededRandom random(5);
  EXPECT_EQ(reason(relay.put_charter(random.id<OrganisationTag>(), house, organisation.charter_bytes(house)), 422),
            wire::Refusal::BAD_CHARTER);
}

TEST_F(CharterTest, EveryChangedByteIsRefused) {
  for (std::size_t at = 0; at < organisation.charter_bytes(house).size(); at += 3) {
    Bytes damaged = organisation.charter_bytes(house);
    damaged[at] ^= 0x20;
    EXPECT_EQ(reason(put(damaged), 422), wire::Refusal::BAD_CHARTER) << "byte " << at;
  }
}

TEST_F(CharterTest, OneThatUndoesWhatStandsForEverIsRefused) {
  ASSERT_EQ(put(organisation.charter_bytes(house)).status, 200u);
  EXPECT_EQ(reason(put(organisation.amend_aside(house,
                                                [](Charter& charter) { charter.devices.pop_back(), charter.epochs[0].grants.pop_back(); })),
                   422),
            wire::Refusal::BAD_CHARTER);
}

TEST_F(CharterTest, AnEnormousOneIsTooLarge) { EXPECT_EQ(reason(put(Bytes(max_charter_size + 1)), 413), wire::Refusal::TOO_LARGE); }

TEST_F(CharterTest, OfTheFormerOneNoByteStaysInTheFile) {
  // What the keyring of the former charter sealed must be gone: some custody key lives on.
  PersonId person;
  person.bytes.fill(0xabu);
  Bytes sealed(128);
  organisation.random().fill(sealed);
  organisation.amend(house, [&](Charter& charter) {
    charter.keyring.push_back({.person = person, .key = {}, .device = 2, .custody = {}, .sealed = sealed});
  });
  ASSERT_EQ(put(organisation.charter_bytes(house)).status, 200u);
  EXPECT_TRUE(on_disk(sealed));
  organisation.amend(house, [&](Charter& charter) { charter.keyring.clear(); });
  ASSERT_EQ(put(organisation.charter_bytes(house)).status, 200u);
  EXPECT_EQ(pull(0).charter(), 3u);
  EXPECT_FALSE(on_disk(sealed));
  EXPECT_TRUE(on_disk(organisation.device(2).listed.id.bytes)) << "the search itself must find what is there";
}

}  // namespace huisbord::relay
