// SPDX-License-Identifier: GPL-3.0-or-later
// A sealed secret comes back from the TPM that sealed it, with what it was sealed with, and from nothing else.
#include "core/tpm/tpm.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/crypto/memory.h"
#include "core/tpm/pin_keeper.h"
#include "tests/core/tpm/software_tpm.h"

namespace huisbord {
namespace {

crypto::SecretBytes secret_of(std::uint64_t seed) {
  SeededRandom random(seed);
  auto made = crypto::SecretBytes::of_size(32);
  random.fill(made.mutable_view());
  return made;
}

class SealedByATpm : public testing::Test {
 protected:
  Tpm open() { return Tpm::open(machine_.where()).value(); }
  SoftwareTpm machine_;
  crypto::SecretBytes secret_ = secret_of(1);
};

TEST_F(SealedByATpm, ComesBackAlsoAfterARestart) {
  Bytes object;
  {
    Tpm tpm = open();
    const auto sealed = tpm.seal(secret_, nullptr);
    ASSERT_TRUE(sealed.has_value()) << sealed.error().sentence;
    object = *sealed;
    EXPECT_LE(object.size(), 512u) << "it has to fit into a key file";
    EXPECT_FALSE(needs_authorisation(object).value());
    EXPECT_TRUE(crypto::equal(tpm.unseal(object, nullptr).value().view(), secret_.view()));
    EXPECT_TRUE(crypto::equal(tpm.unseal(object, nullptr).value().view(), secret_.view())) << "again";
  }
  machine_.restart();
  const auto opened = open().unseal(object, nullptr);
  ASSERT_TRUE(opened.has_value()) << opened.error().sentence;
  EXPECT_TRUE(crypto::equal(opened->view(), secret_.view()));
}

TEST_F(SealedByATpm, StaysClosedInAnotherMachine) {
  const Bytes object = open().seal(secret_, nullptr).value();
  SoftwareTpm other;
  EXPECT_EQ(Tpm::open(other.where()).value().unseal(object, nullptr).error().code, ErrorCode::wrong_key);
}

TEST_F(SealedByATpm, IsKnownToItWithoutItsAuthorisationAndToNoOther) {
  const auto right = secret_of(2);
  SoftwareTpm other;
  for (const crypto::SecretBytes* authorisation : {static_cast<const crypto::SecretBytes*>(nullptr), &right}) {
    const Bytes object = open().seal(secret_, authorisation).value();
    Tpm tpm = open();
    for (int again = 0; again < 12; ++again) EXPECT_TRUE(tpm.check_sealed_here(object)) << "it is no try";
    EXPECT_EQ(Tpm::open(other.where()).value().check_sealed_here(object).error().code, ErrorCode::wrong_key);
    EXPECT_EQ(tpm.check_sealed_here(ByteView(object).first(20)).error().code, ErrorCode::damaged);
  }
}

TEST_F(SealedByATpm, OpensWithItsAuthorisationAndCountsWrongOnes) {
  Tpm tpm = open();
  ASSERT_TRUE(tpm.set_lockout({.most_tries = 3, .seconds_a_try = 600}).has_value());
  const auto right = secret_of(2);
  const auto wrong = secret_of(3);
  const Bytes object = tpm.seal(secret_, &right).value();
  EXPECT_TRUE(needs_authorisation(object).value());
  EXPECT_TRUE(crypto::equal(tpm.unseal(object, &right).value().view(), secret_.view()));
  ErrorCode code = ErrorCode::wrong_key;
  int tries = 0;
  while (code == ErrorCode::wrong_key && tries < 10) {
    code = tpm.unseal(object, &wrong).error().code;
    ++tries;
  }
  EXPECT_EQ(code, ErrorCode::unavailable) << "locked out";
  EXPECT_LE(tries, 4);
  EXPECT_EQ(tpm.unseal(object, &right).error().code, ErrorCode::unavailable) << "for who knows it too";
  // What has no authorisation stays open: a machine starts although somebody guessed.
  const Bytes unattended = tpm.seal(secret_, nullptr).value();
  EXPECT_TRUE(tpm.unseal(unattended, nullptr).has_value());
}

TEST_F(SealedByATpm, StaysClosedWithoutItsAuthorisation) {
  Tpm tpm = open();
  const auto right = secret_of(2);
  const Bytes object = tpm.seal(secret_, &right).value();
  EXPECT_EQ(tpm.unseal(object, nullptr).error().code, ErrorCode::wrong_key);
}

TEST_F(SealedByATpm, StaysClosedWithAChangedByte) {
  Tpm tpm = open();
  const Bytes object = tpm.seal(secret_, nullptr).value();
  for (std::size_t at = 0; at < object.size(); at += 7) {
    Bytes changed = object;
    changed[at] ^= 0x01;
    EXPECT_FALSE(tpm.unseal(changed, nullptr).has_value()) << at;
  }
  EXPECT_EQ(tpm.unseal(ByteView(object).first(20), nullptr).error().code, ErrorCode::damaged);
  EXPECT_EQ(tpm.unseal({}, nullptr).error().code, ErrorCode::damaged);
}

TEST_F(SealedByATpm, LeavesNothingInTheTpm) {
  // Each call takes the storage key and a session, of which a TPM has room for three.
  Tpm tpm = open();
  const Bytes object = tpm.seal(secret_, nullptr).value();
  for (int i = 0; i < 12; ++i) ASSERT_TRUE(tpm.unseal(object, nullptr).has_value()) << i;
}

TEST_F(SealedByATpm, TheCountOfWrongTriesIsNobodysToSetBack) {
  Tpm tpm = open();
  ASSERT_TRUE(tpm.set_lockout({.most_tries = 3, .seconds_a_try = 600}).has_value());
  // Without a password whoever has the machine sets the count to zero, or the limit to a million, between any two tries.
  EXPECT_EQ(tpm.set_lockout({.most_tries = 1'000'000, .seconds_a_try = 1}).error().code, ErrorCode::refused);
  machine_.restart();
  EXPECT_EQ(open().set_lockout({.most_tries = 1'000'000, .seconds_a_try = 1}).error().code, ErrorCode::refused);
}

class PinInATpm : public SealedByATpm {
 protected:
  PinInATpm() { random_.fill(person_key_.mutable_view()); }
  crypto::PinWrap make(crypto::PinKeeper* keeper) {
    return crypto::make_pin_wrap(person_key_, text("483905"), secret_, person_, cheap, random_, keeper).value();
  }
  Result<crypto::SecretBytes> try_pin(const crypto::PinWrap& wrap, const std::string& digits, crypto::PinKeeper* keeper) {
    return crypto::open_pin_wrap(wrap, text(digits), secret_, person_, keeper);
  }
  static crypto::SecretBytes text(const std::string& words) { return crypto::SecretBytes::copy_of(view(words)); }
  static constexpr crypto::Argon2Parameters cheap{1, std::size_t{8} * 1024};
  SeededRandom random_{9};
  const Bytes person_ = Bytes(16, 3);
  crypto::SecretBytes person_key_ = crypto::SecretBytes::of_size(32);
};

TEST_F(PinInATpm, OpensInThisMachineAlsoAfterARestartAndInNoOther) {
  const auto keeper = pin_keeper(machine_.where());
  ASSERT_NE(keeper, nullptr);
  const crypto::PinWrap wrap = make(keeper.get());
  EXPECT_LE(wrap.object.size(), 512u);
  EXPECT_TRUE(crypto::equal(try_pin(wrap, "483905", keeper.get()).value().view(), person_key_.view()));
  machine_.restart();
  EXPECT_TRUE(try_pin(wrap, "483905", pin_keeper(machine_.where()).get()).has_value());
  SoftwareTpm other;
  EXPECT_EQ(try_pin(wrap, "483905", pin_keeper(other.where()).get()).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(try_pin(wrap, "483905", nullptr).error().code, ErrorCode::unavailable);
}

TEST_F(PinInATpm, WhoHasTheOpenStoreAndTheMachineGetsTenTriesAndThenOneInTenMinutes) {
  const auto keeper = pin_keeper(machine_.where());
  const crypto::PinWrap wrap = make(keeper.get());
  int typed = 0;
  ErrorCode code = ErrorCode::wrong_key;
  for (; code == ErrorCode::wrong_key && typed < 2000; ++typed)
    code = try_pin(wrap, std::to_string(500000 + typed), keeper.get()).error().code;
  EXPECT_EQ(code, ErrorCode::unavailable) << "locked out";
  EXPECT_GT(typed, 32) << "most mistyped PINs cost the TPM nothing";
  EXPECT_EQ(try_pin(wrap, "483905", keeper.get()).error().code, ErrorCode::unavailable) << "for who knows it too";
  // Another resident's, and a passphrase of staff, wait as well: the count is the machine's.
  EXPECT_FALSE(Tpm::open(machine_.where()).value().set_lockout({}).has_value());
}

TEST(NoTpm, LeavesPinsAsTheyAreWithoutOne) { EXPECT_EQ(pin_keeper("device:/dev/no-such-tpm"), nullptr); }

TEST(NoTpm, IsSaid) { EXPECT_EQ(Tpm::open("device:/dev/no-such-tpm").error().code, ErrorCode::not_found); }

}  // namespace
}  // namespace huisbord
