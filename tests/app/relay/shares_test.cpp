// SPDX-License-Identifier: GPL-3.0-or-later
// When the relay gives a share: to an active kiosk within half an hour, else after a click; and that it reads none of them.
#include "app/relay/shares.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "core/crypto/memory.h"
#include "core/sync/wire/messages.h"
#include "tests/core/sync/manual_clock.h"
#include "tests/support/paper_organisation.h"
#include "tests/support/temporary_folder.h"

namespace huisbord::relay {
namespace {

using State = wire::ShareReply;
constexpr std::int64_t minute = 60'000;

class RelayShares : public testing::Test {
 protected:
  void SetUp() override {
    unlock = std::make_unique<crypto::SigningKeyPair>(crypto::make_signing_key(random));
    sealing = std::make_unique<crypto::SealingKeyPair>(crypto::make_sealing_key(random));
    secret = crypto::SecretBytes::copy_of(Bytes(32, 0x5a));
    deposit.set_share(std::string(16, 'n'));
    deposit.set_unlock_key(std::string(text_view(unlock->public_key.view())));
    deposit.set_sealed(std::string(text_view(crypto::seal_to(sealing->public_key, view("ctx"), secret.view(), random))));
    ASSERT_TRUE(shares->deposit(house, kiosk, deposit).has_value());
    shares->called(house, kiosk);
  }
  wire::ShareRequest request(const crypto::SealingKeyPair& ephemeral, const crypto::SigningKeyPair& signer) {
    wire::ShareRequest made;
    made.set_device(std::string(text_view(kiosk.view())));
    made.set_share(std::string(16, 'n'));
    made.set_ephemeral(std::string(text_view(ephemeral.public_key.view())));
    made.set_created(static_cast<std::uint64_t>(clock.now().value / 1000));
    made.set_signature(std::string(text_view(crypto::sign(signer, wire::release_tag, wire::signed_part(house, made)))));
    return made;
  }
  wire::ShareReply ask(const wire::ShareRequest& asked) {
    return shares->release(house, &organisation.charter(house), asked, random).value();
  }
  State::State ask() { return ask(request(crypto::make_sealing_key(random), *unlock)).state(); }
  wire::ShareReply desk(const std::optional<DeviceId>& allow = std::nullopt) {
    wire::ShareQuestion question;
    if (allow) question.set_allow(std::string(text_view(allow->view())));
    return shares->answer(house, question).value();
  }

  TemporaryFolder folder;
  ManualClock clock;
  SeededRandom random{1};
  PaperOrganisation organisation{1, 2, 1};
  ScopeId house = organisation.house();
  DeviceId kiosk = organisation.device(2).listed.id;
  std::unique_ptr<Shares> shares = Shares::open(folder.path() / "shares.db", clock).value();
  std::unique_ptr<crypto::SigningKeyPair> unlock;
  std::unique_ptr<crypto::SealingKeyPair> sealing;
  crypto::SecretBytes secret;
  wire::ShareDeposit deposit;
};

TEST_F(RelayShares, AreGivenToAKioskThatCalledLately) {
  clock.advance({30 * minute});
  const auto ephemeral = crypto::make_sealing_key(random);
  const auto asked = request(ephemeral, *unlock);
  const auto reply = ask(asked);
  ASSERT_EQ(reply.state(), State::DONE);
  const auto outer = crypto::open_sealed(ephemeral, wire::signed_part(house, asked), view(reply.sealed()));
  ASSERT_TRUE(outer.has_value());
  EXPECT_TRUE(crypto::equal(crypto::open_sealed(*sealing, view("ctx"), outer->view()).value().view(), secret.view()));
}

TEST_F(RelayShares, StayClosedForAStolenKioskAfterThirtyOneMinutes) {
  clock.advance({31 * minute});
  EXPECT_EQ(ask(), State::CLICK_NEEDED);
  EXPECT_EQ(ask(), State::CLICK_NEEDED) << "asking is no contact";
  ASSERT_EQ(desk().events_size(), 2);
  EXPECT_EQ(desk().events(1).state(), State::CLICK_NEEDED);
}

TEST_F(RelayShares, AreGivenOnceAfterAClickAtTheDesk) {
  clock.advance({31 * minute});
  static_cast<void>(desk(kiosk));
  EXPECT_EQ(ask(), State::DONE);
  EXPECT_EQ(ask(), State::CLICK_NEEDED) << "once";
  const auto seen = desk();
  EXPECT_EQ(seen.events(0).state(), State::DONE);
  EXPECT_TRUE(seen.events(0).clicked());
  // A click is for half an hour.
  static_cast<void>(desk(kiosk));
  clock.advance({31 * minute});
  EXPECT_EQ(ask(), State::CLICK_NEEDED);
}

TEST_F(RelayShares, StayClosedForADeviceThatIsCut) {
  organisation.amend(house, [](Charter& charter) {
    charter.devices[1].state = DeviceState::cut;
    charter.devices[1].cut = Cut{};
    for (Epoch& epoch : charter.epochs) std::erase_if(epoch.grants, [](const EpochGrant& grant) { return grant.device == 2; });
  });
  EXPECT_EQ(ask(), State::NOT_ACTIVE);
  static_cast<void>(desk(kiosk));
  EXPECT_EQ(ask(), State::NOT_ACTIVE) << "also after a click";
}

TEST_F(RelayShares, AreSealedToEachRequestAnew) {
  const auto ephemeral = crypto::make_sealing_key(random);
  const auto asked = request(ephemeral, *unlock);
  const auto first = ask(asked);
  // Somebody who recorded request and answer, and has the unlock key, but not the ephemeral secret, which is gone.
  const auto replayed = ask(asked);
  EXPECT_EQ(replayed.state(), State::DONE);
  EXPECT_NE(first.sealed(), replayed.sealed());
  EXPECT_FALSE(crypto::open_sealed(*sealing, wire::signed_part(house, asked), view(replayed.sealed())).has_value());
  EXPECT_FALSE(crypto::open_sealed(*sealing, view("ctx"), view(replayed.sealed())).has_value());
  clock.advance({6 * minute});
  EXPECT_EQ(ask(asked).state(), State::STALE) << "and not for long";
}

TEST_F(RelayShares, AreForWhoHasTheUnlockKeyAlone) {
  const auto stranger = crypto::make_signing_key(random);
  EXPECT_EQ(ask(request(crypto::make_sealing_key(random), stranger)).state(), State::NO_SUCH_SHARE);
  auto moved = request(crypto::make_sealing_key(random), *unlock);
  moved.set_ephemeral(std::string(text_view(crypto::make_sealing_key(random).public_key.view())));
  EXPECT_EQ(ask(moved).state(), State::NO_SUCH_SHARE) << "the ephemeral key is signed";
  EXPECT_EQ(desk().events_size(), 0) << "strangers fill no list";
}

TEST_F(RelayShares, StandInNoFileInTheClear) {
  const Bytes bytes = [&] {
    std::ifstream in(folder.path() / "shares.db-wal", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return to_bytes(view(text));
  }();
  ASSERT_GT(bytes.size(), 1000u);
  EXPECT_EQ(std::ranges::search(bytes, secret.view()).size(), 0u);
}

TEST_F(RelayShares, OutliveTheRelayButItsMemoryOfCallsDoesNot) {
  shares.reset();
  shares = Shares::open(folder.path() / "shares.db", clock).value();
  EXPECT_EQ(ask(), State::CLICK_NEEDED);
  shares->called(house, kiosk);
  EXPECT_EQ(ask(), State::DONE);
}

TEST_F(RelayShares, AreForgottenWhenTheKioskSaysSo) {
  ASSERT_TRUE(shares->deposit(house, kiosk, {}).has_value());
  EXPECT_EQ(ask(), State::NO_SUCH_SHARE);
}

TEST_F(RelayShares, KeepABoundedListOfWhatHappened) {
  for (int i = 0; i < 300; ++i) EXPECT_EQ(ask(), State::DONE);
  EXPECT_LE(desk().events_size(), 256);
  EXPECT_TRUE(wire::parse_share_reply(wire::to_body(desk())).has_value());
}

}  // namespace
}  // namespace huisbord::relay
