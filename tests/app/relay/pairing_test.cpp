// SPDX-License-Identifier: GPL-3.0-or-later
// A whole pairing over a running relay, on HTTP: both sides' threads, and what a screen is told.
#include <gtest/gtest.h>

#include "core/pairing/desk_run.h"
#include "core/sync/https_relay.h"
#include "core/sync/kiosk_pairing.h"
#include "tests/app/relay/running_relay.h"
#include "tests/support/memory_log.h"

namespace huisbord::relay {
namespace {

using namespace std::chrono_literals;

class PairingOverTheRelay : public testing::Test {
 protected:
  void SetUp() override {
    const auto relay = HttpsRelay::open({.url = relay_.url(), .authorities = {}}, desk_log_, system_clock());
    ASSERT_TRUE((*relay)->put_charter(organisation_.org(), organisation_.charter_bytes(organisation_.org()), {}).has_value());
  }
  /// The desk's side, move by move, until it shows words or ends.
  void host(DeskRun& desk) {
    PairingMove move;
    for (int turn = 0; turn < 400 && !desk.words() && desk.end() == PairingEnd::going_on; ++turn) {
      const auto seen = host_->make(desk.code(), move, {});
      ASSERT_TRUE(seen.has_value()) << seen.error().sentence;
      move = desk.advance(*seen, system_clock().running());
      if (!move.put) std::this_thread::sleep_for(5ms);
    }
  }
  PairingStage wait_for(const KioskPairing& kiosk, PairingStage stage) {
    for (int turn = 0; turn < 400 && kiosk.progress().stage != stage && kiosk.progress().stage != PairingStage::ended; ++turn)
      std::this_thread::sleep_for(5ms);
    return kiosk.progress().stage;
  }
  PairingOffer offer() {
    PairingOffer made;
    made.organisation = organisation_.organisation();
    made.root = organisation_.root();
    made.org = {
        .scope = organisation_.org(), .charter = 1, .charter_hash = organisation_.charter(organisation_.org()).hash, .snapshot = {}};
    made.house = {
        .scope = organisation_.house(), .charter = 1, .charter_hash = organisation_.charter(organisation_.house()).hash, .snapshot = {}};
    return made;
  }
  KioskPairing::Parts parts() { return {.meeting = guest_.get(), .clock = &system_clock(), .changed = {}, .pause = 5ms}; }

  TemporaryFolder folder_;
  PaperOrganisation organisation_{1, 2, 1};
  RunningRelay relay_{settings_for(organisation_, folder_.path())};
  SeededRandom random_{9};
  NewDeviceKeys keys_ = make_new_device_keys(random_);
  PairingCode code_ = make_code(random_);
  DeskRun desk_{code_, offer(), system_clock().running(), random_};
  std::unique_ptr<HttpsMeeting> guest_ = HttpsMeeting::guest({.url = relay_.url(), .https = {}});
  MemoryLog desk_log_{organisation_, 1, 3};
  std::unique_ptr<HttpsMeeting> host_ = HttpsMeeting::host({.url = relay_.url(), .https = {}}, desk_log_, system_clock());
};

TEST_F(PairingOverTheRelay, EndsWithTheSameWordsAndAdmission) {
  ASSERT_TRUE(host_->make(code_, {}, {}).has_value());
  KioskPairing kiosk(code_, public_half(keys_), random_, parts());
  host(desk_);
  ASSERT_EQ(wait_for(kiosk, PairingStage::comparing), PairingStage::comparing);
  EXPECT_EQ(*kiosk.progress().words, *desk_.words());
  EXPECT_FALSE(kiosk.progress().offer.has_value()) << "believed only after a person's yes";
  kiosk.answer(WordsAgree::yes);
  ASSERT_EQ(wait_for(kiosk, PairingStage::agreed), PairingStage::agreed);
  EXPECT_EQ(kiosk.progress().offer->root, organisation_.root());
  static_cast<void>(desk_.answer(WordsAgree::yes));
  EXPECT_EQ(desk_.device()->device, keys_.device);
  ASSERT_TRUE(host_->make(code_, desk_.admitted(), {}).has_value());
  EXPECT_EQ(wait_for(kiosk, PairingStage::admitted), PairingStage::admitted);
}

TEST_F(PairingOverTheRelay, EndsOnBothSidesWithANoAtTheKiosk) {
  ASSERT_TRUE(host_->make(code_, {}, {}).has_value());
  KioskPairing kiosk(code_, public_half(keys_), random_, parts());
  host(desk_);
  ASSERT_EQ(wait_for(kiosk, PairingStage::comparing), PairingStage::comparing);
  kiosk.answer(WordsAgree::no);
  ASSERT_EQ(wait_for(kiosk, PairingStage::ended), PairingStage::ended);
  EXPECT_EQ(kiosk.progress().end, PairingEnd::words_differ);
  for (int turn = 0; turn < 400 && desk_.end() == PairingEnd::going_on; ++turn)
    static_cast<void>(desk_.advance(host_->make(code_, {}, {}).value(), system_clock().running()));
  EXPECT_EQ(desk_.end(), PairingEnd::ended_there);
}

TEST_F(PairingOverTheRelay, SaysThatNobodyWaitsUnderACode) {
  KioskPairing kiosk(code_, public_half(keys_), random_, parts());
  EXPECT_EQ(wait_for(kiosk, PairingStage::ended), PairingStage::ended);
  EXPECT_EQ(kiosk.progress().end, PairingEnd::wrong_code);
}

TEST_F(PairingOverTheRelay, GoesOnAskingWhileThereIsNoRelay) {
  const auto nowhere = HttpsMeeting::guest({.url = "http://127.0.0.1:1", .https = {}});
  KioskPairing kiosk(code_, public_half(keys_), random_, {.meeting = nowhere.get(), .clock = &system_clock(), .changed = {}, .pause = 5ms});
  for (int turn = 0; turn < 400 && kiosk.progress().relay_reached; ++turn) std::this_thread::sleep_for(5ms);
  EXPECT_FALSE(kiosk.progress().relay_reached);
  EXPECT_EQ(kiosk.progress().stage, PairingStage::looking);
}

TEST_F(PairingOverTheRelay, BeginsForADeskAlone) {
  MemoryLog kiosk_log(organisation_, 2, 4);
  const auto kiosk = HttpsMeeting::host({.url = relay_.url(), .https = {}}, kiosk_log, system_clock());
  EXPECT_EQ(kiosk->make(code_, {}, {}).error().code, ErrorCode::refused);
  EXPECT_EQ(guest_->make(code_, {}, {}).value().state, MeetingState::wrong_code);
  EXPECT_TRUE(host_->make(code_, {}, {}).has_value());
  EXPECT_EQ(guest_->make(code_, {}, {}).value().state, MeetingState::open);
}

}  // namespace
}  // namespace huisbord::relay
