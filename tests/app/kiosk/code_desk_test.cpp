// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in with a code, slowing wrong ones, and a first code with staff present.
#include "app/kiosk/code_desk.h"

#include "core/crypto/memory.h"
#include "tests/app/kiosk/kiosk_house.h"

namespace huisbord {
namespace {

class Codes : public KioskHouse {
 protected:
  /// As often as it takes until the desk says wait; the number of tries that were made.
  int try_until_wait() {
    for (int tries = 0; tries < 100; ++tries)
      if (sign_in("918273").outcome == SignIn::wait) return tries;
    return 100;
  }
  [[nodiscard]] std::uint32_t counted() {
    const auto stored = must(kiosk_->setting(tries_setting(person_)));
    return stored ? ByteReader(*stored).u32() : 0;
  }
};

/// A machine that keeps secrets, and can be gone.
struct Machine {
  struct Kept {
    crypto::SecretBytes secret, authorisation;
  };
  std::vector<Kept> kept;
  bool gone = false;
};
class KeptThere final : public crypto::PinKeeper {
 public:
  explicit KeptThere(Machine& machine) : machine_(machine) {}
  [[nodiscard]] Result<Bytes> seal(const crypto::SecretBytes& secret, const crypto::SecretBytes& authorisation) override {
    machine_.kept.push_back({crypto::SecretBytes::copy_of(secret.view()), crypto::SecretBytes::copy_of(authorisation.view())});
    return Bytes{static_cast<std::uint8_t>(machine_.kept.size())};
  }
  [[nodiscard]] Result<crypto::SecretBytes> unseal(ByteView object, const crypto::SecretBytes& authorisation) override {
    if (machine_.gone) return fail(ErrorCode::unavailable, "gone");
    const Machine::Kept& one = machine_.kept.at(object[0] - 1u);
    if (!crypto::equal(one.authorisation.view(), authorisation.view())) return fail(ErrorCode::wrong_key, "another PIN");
    return crypto::SecretBytes::copy_of(one.secret.view());
  }

 private:
  Machine& machine_;
};

TEST_F(Codes, LeanOnTheMachineAndATryThatItDoesNotTakeIsNotCounted) {
  Machine machine;
  keeper_ = [&machine] { return std::make_unique<KeptThere>(machine); };
  restart();
  ASSERT_TRUE(unlock(passphrase));
  ASSERT_TRUE(set_pin(person_, "730284"));
  EXPECT_EQ(machine.kept.size(), 1u);
  EXPECT_EQ(sign_in("730284").outcome, SignIn::welcome);
  actions_->sign_out();
  machine.gone = true;
  for (int i = 0; i < 9; ++i) EXPECT_EQ(sign_in("730284").outcome, SignIn::wait) << "it says wait, never wrong";
  EXPECT_EQ(counted(), 0u);
  machine.gone = false;
  EXPECT_EQ(sign_in("730284").outcome, SignIn::welcome);
}

TEST_F(Codes, TheRightCodeOpensTheRecord) {
  EXPECT_EQ(sign_in(pin).outcome, SignIn::welcome);
  ASSERT_TRUE(actions_->signed_in());
  EXPECT_EQ(actions_->resident().identity.called, "Winta Ghebremariam");
  EXPECT_EQ(actions_->resident().room_label, "10");
  EXPECT_EQ(actions_->resident().balance.value, 5000);
}

TEST_F(Codes, AWrongCodeOpensNothing) {
  EXPECT_EQ(sign_in("402918").outcome, SignIn::wrong);
  EXPECT_FALSE(actions_->signed_in());
}

TEST_F(Codes, AnotherPersonsCodeOpensNothing) {
  give_pin(neighbour_, neighbour_key_, neighbours_pin);
  EXPECT_EQ(sign_in(neighbour_, pin).outcome, SignIn::wrong);
  EXPECT_EQ(sign_in(neighbour_, neighbours_pin).outcome, SignIn::welcome);
}

TEST_F(Codes, WhoHasNoneIsToldSo) {
  EXPECT_EQ(sign_in(neighbour_, pin).outcome, SignIn::no_pin_yet);
  for (const Sleeper& sleeper : actions_->sleepers()) EXPECT_EQ(sleeper.has_pin, sleeper.person == person_);
}

TEST_F(Codes, WrongTriesSlowDownAlsoAfterARestart) {
  EXPECT_EQ(try_until_wait(), 4);
  EXPECT_EQ(sign_in(pin).outcome, SignIn::wait) << "also the right one waits";
  restart();
  const SignInResult after = sign_in(pin);
  EXPECT_EQ(after.outcome, SignIn::wait);
  EXPECT_EQ(after.wait_ms, crypto::delay_after(4).value);
  organisation_.clock.pass(after.wait_ms);
  EXPECT_EQ(sign_in("918273").outcome, SignIn::wrong);
  EXPECT_EQ(sign_in("918273").wait_ms, crypto::delay_after(5).value) << "the next wait is longer";
}

TEST_F(Codes, TheRightCodeForgetsWrongTries) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sign_in("918273").outcome, SignIn::wrong);
  EXPECT_EQ(sign_in(pin).outcome, SignIn::welcome);
  EXPECT_EQ(counted(), 0u);
  EXPECT_EQ(try_until_wait(), 4);
}

TEST_F(Codes, OnePersonsWrongTriesDelayNobodyElse) {
  give_pin(neighbour_, neighbour_key_, neighbours_pin);
  try_until_wait();
  EXPECT_EQ(sign_in(neighbour_, neighbours_pin).outcome, SignIn::welcome);
}

TEST_F(Codes, ATryIsCountedBeforeItIsMade) {
  actions_->begin_sign_in(person_, "918273");
  EXPECT_EQ(counted(), 1u) << "the plug pulled now wins nothing";
  restart();
  EXPECT_EQ(counted(), 1u);
}

TEST_F(Codes, WhatCannotBeCountedIsNotTried) {
  {
    const FailingDisk disk;
    EXPECT_EQ(sign_in(pin).outcome, SignIn::wait);
  }
  EXPECT_FALSE(actions_->signed_in());
  EXPECT_FALSE(log_.empty());
  EXPECT_EQ(sign_in(pin).outcome, SignIn::welcome) << "and when the disk is back it is";
}

TEST_F(Codes, AClockPutBackMakesNobodyWaitForEver) {
  EXPECT_EQ(try_until_wait(), 4);
  organisation_.clock.pass(-5 * TestClock::hour);
  restart();
  const SignInResult after = sign_in(pin);
  EXPECT_EQ(after.outcome, SignIn::wait);
  EXPECT_EQ(after.wait_ms, crypto::delay_after(4).value);
  organisation_.clock.pass(after.wait_ms);
  EXPECT_EQ(sign_in(pin).outcome, SignIn::welcome);
}

TEST_F(Codes, AClockPutForwardAndBackMakesNobodyWaitForEver) {
  organisation_.clock.pass(TestClock::day * 400);
  EXPECT_EQ(try_until_wait(), 4);
  organisation_.clock.pass(TestClock::day * -400);
  restart();
  organisation_.clock.pass(sign_in(pin).wait_ms);
  EXPECT_EQ(sign_in(pin).outcome, SignIn::welcome);
}

TEST_F(Codes, WhoLeavesWhileTheCodeIsTriedIsNotSignedIn) {
  actions_->begin_sign_in(person_, pin);
  actions_->sign_out();
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_FALSE(actions_->poll_sign_in());
  EXPECT_FALSE(actions_->signed_in());
  EXPECT_EQ(sign_in(pin).outcome, SignIn::welcome);
}

TEST_F(Codes, ADamagedCodeIsNone) {
  must(kiosk_->set_setting(pin_setting(person_), Bytes{1, 2, 3}));
  EXPECT_EQ(sign_in(pin).outcome, SignIn::no_pin_yet);
  EXPECT_FALSE(log_.empty());
}

TEST_F(Codes, AFirstCodeIsSetWithStaffPresent) {
  EXPECT_FALSE(set_pin(neighbour_, neighbours_pin)) << "not without them";
  EXPECT_FALSE(unlock("groene fiets bij de brug"));
  EXPECT_FALSE(set_pin(neighbour_, neighbours_pin));
  ASSERT_TRUE(unlock(passphrase));
  const std::string proposed = actions_->propose_pin();
  EXPECT_FALSE(crypto::pin_is_too_simple(view(proposed)));
  EXPECT_TRUE(set_pin(neighbour_, proposed));
  EXPECT_FALSE(actions_->signed_in()) << "it signs nobody in";
  EXPECT_EQ(sign_in(neighbour_, proposed).outcome, SignIn::welcome);
  EXPECT_EQ(actions_->resident().identity.called, "Zwaniru");
  restart();
  EXPECT_EQ(sign_in(neighbour_, proposed).outcome, SignIn::welcome);
}

TEST_F(Codes, ATooSimpleCodeIsRefused) {
  ASSERT_TRUE(unlock(passphrase));
  for (const char* simple : {"123456", "111222", "010199", "4029", "40291a", ""}) EXPECT_FALSE(set_pin(neighbour_, simple)) << simple;
  EXPECT_EQ(sign_in(neighbour_, "123456").outcome, SignIn::no_pin_yet);
  EXPECT_TRUE(set_pin(neighbour_, neighbours_pin)) << "staff need not type their passphrase again";
}

TEST_F(Codes, SettingACodeForgetsTheCustodyKey) {
  ASSERT_TRUE(unlock(passphrase));
  EXPECT_TRUE(set_pin(neighbour_, neighbours_pin));
  EXPECT_FALSE(set_pin(person_, "638205")) << "the next resident needs staff again";
}

TEST_F(Codes, LeavingForgetsTheCustodyKey) {
  ASSERT_TRUE(unlock(passphrase));
  actions_->end_staff_unlock();
  EXPECT_FALSE(set_pin(neighbour_, neighbours_pin));
  actions_->begin_staff_unlock(passphrase);
  actions_->end_staff_unlock();
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_FALSE(actions_->poll_staff_unlock()) << "also when the passphrase was still being tried";
  EXPECT_FALSE(set_pin(neighbour_, neighbours_pin));
}

TEST_F(Codes, ANewCodeTakesTheOldOnesPlaceAndItsTries) {
  try_until_wait();
  ASSERT_TRUE(unlock(passphrase));
  EXPECT_TRUE(set_pin(person_, "638205"));
  EXPECT_EQ(sign_in(pin).outcome, SignIn::wrong);
  EXPECT_EQ(sign_in("638205").outcome, SignIn::welcome);
}

TEST_F(Codes, AKioskWithoutCustodyKeyOpensForNoPassphrase) {
  must(kiosk_->remove_setting(custody_setting));
  EXPECT_FALSE(unlock(passphrase));
}

TEST_F(Codes, ACodeOutlivesANewStoreKey) {
  // The wrap is mixed with a secret that lies in the store, so nothing of it hangs on the key that opens the store.
  const auto wrap = must(crypto::PinWrap::parse(*must(kiosk_->setting(pin_setting(person_)))));
  const auto mixed_with = must(pin_secret(*kiosk_, organisation_.random()));
  EXPECT_TRUE(crypto::open_pin_wrap(wrap, secret_of(pin), mixed_with, person_.view()));
  EXPECT_FALSE(crypto::open_pin_wrap(wrap, secret_of(pin), SmallOrganisation::store_key(), person_.view()));
}

TEST_F(Codes, AResidentWhoKnowsTheCodeSetsAnother) {
  const auto check = [&](const std::string& digits) {
    actions_->begin_check_pin(digits);
    return wait_for([&] { return actions_->poll_check_pin(); }).outcome;
  };
  const auto change = [&](const std::string& digits) {
    actions_->begin_change_pin(digits);
    return wait_for([&] { return actions_->poll_set_pin(); });
  };
  ASSERT_EQ(sign_in(pin).outcome, SignIn::welcome);
  EXPECT_FALSE(change("730284")) << "not by whoever finds the session open";
  EXPECT_EQ(check("111213"), SignIn::wrong);
  EXPECT_FALSE(change("730284"));
  EXPECT_EQ(check(pin), SignIn::welcome);
  EXPECT_TRUE(actions_->signed_in());
  EXPECT_FALSE(change("123456")) << "too simple";
  EXPECT_EQ(check(pin), SignIn::welcome);
  EXPECT_TRUE(change("730284"));
  actions_->sign_out();
  EXPECT_EQ(sign_in(pin).outcome, SignIn::wrong);
  EXPECT_EQ(sign_in("730284").outcome, SignIn::welcome);
  EXPECT_EQ(actions_->resident().identity.called, "Winta Ghebremariam") << "the key is the same";
}

TEST_F(Codes, WrongTriesAtAChangeSlowDownAsAtTheDoor) {
  ASSERT_EQ(sign_in(pin).outcome, SignIn::welcome);
  SignIn last = SignIn::wrong;
  int tries = 0;
  for (; last == SignIn::wrong && tries < 100; ++tries) {
    actions_->begin_check_pin("918273");
    last = wait_for([&] { return actions_->poll_check_pin(); }).outcome;
  }
  EXPECT_EQ(last, SignIn::wait);
  EXPECT_EQ(tries, 5);
}

}  // namespace
}  // namespace huisbord
