// SPDX-License-Identifier: GPL-3.0-or-later
// Ways into a store through the machine's TPM: what opens, what does not, and that nothing opens alone once it is locked.
#include "core/unlock/factors.h"

#include <gtest/gtest.h>

#include "core/crypto/durable_file.h"
#include "core/crypto/memory.h"
#include "core/crypto/words.h"
#include "core/unlock/opening.h"
#include "tests/core/tpm/software_tpm.h"

namespace huisbord {
namespace {

constexpr crypto::Argon2Parameters cheap{.operations = 1, .memory_bytes = 8192};

crypto::SecretBytes secret_of(std::uint64_t seed) {
  SeededRandom random(seed);
  auto made = crypto::SecretBytes::of_size(32);
  random.fill(made.mutable_view());
  return made;
}

/// Gives what it was told to give.
class GivenShare final : public ShareSource {
 public:
  explicit GivenShare(std::uint64_t seed) : secret_(secret_of(seed)) {}
  Result<crypto::SecretBytes> share(ByteView) override {
    ++asked;
    if (refuses) return fail(ErrorCode::refused, "not now");
    return secret_.clone();
  }
  int asked = 0;
  bool refuses = false;

 private:
  crypto::SecretBytes secret_;
};

class WaysIn : public testing::Test {
 protected:
  Tpm open() { return Tpm::open(machine_.where()).value(); }
  [[nodiscard]] bool opens(const FactorsAtHand& hand) const {
    const auto opened = file_.open(hand.input());
    return opened.has_value() && crypto::equal(opened->view(), store_key_.view());
  }

  SoftwareTpm machine_;
  SeededRandom random_{5};
  crypto::SecretBytes store_key_ = secret_of(1);
  crypto::SecretBytes phrase_ = crypto::make_house_phrase(random_);
  crypto::SecretBytes share_ = secret_of(7);
  crypto::SecretBytes passphrase_ = crypto::SecretBytes::copy_of(view("a long passphrase of staff"));
  crypto::KeyslotFile file_ = crypto::KeyslotFile::make(store_key_, phrase_, cheap, random_).value();
};

TEST_F(WaysIn, OpenAloneWithTheTpmAndTheShare) {
  Tpm tpm = open();
  GivenShare relay(7);
  EXPECT_EQ(gather_unattended(file_, &tpm, &relay).error().code, ErrorCode::not_found) << "a phrase is a person's";
  ASSERT_TRUE(add_tpm_and_share(file_, store_key_, tpm, share_, Bytes{1}, random_).has_value());
  file_ = crypto::KeyslotFile::parse(file_.serialise()).value();
  EXPECT_TRUE(opens(gather_unattended(file_, &tpm, &relay).value()));
  EXPECT_EQ(kind_of(file_.slots().back()), SlotKind::tpm_and_share);
  EXPECT_TRUE(is_unattended(file_.slots().back()));
  EXPECT_FALSE(is_unattended(file_.slots().front()));
}

TEST_F(WaysIn, StayClosedWithoutEither) {
  Tpm tpm = open();
  ASSERT_TRUE(add_tpm_and_share(file_, store_key_, tpm, share_, Bytes{1}, random_).has_value());
  GivenShare relay(7);
  GivenShare other_share(8);
  GivenShare refusing(7);
  refusing.refuses = true;
  EXPECT_EQ(gather_unattended(file_, nullptr, &relay).error().code, ErrorCode::not_found);
  EXPECT_EQ(relay.asked, 0) << "no share leaves the relay for a machine without its TPM";
  EXPECT_EQ(gather_unattended(file_, &tpm, nullptr).error().code, ErrorCode::not_found);
  EXPECT_EQ(gather_unattended(file_, &tpm, &refusing).error().code, ErrorCode::refused);
  EXPECT_EQ(gather_unattended(file_, &tpm, &other_share).error().code, ErrorCode::wrong_key);
  // The disk carried to another machine.
  SoftwareTpm other;
  Tpm other_tpm = Tpm::open(other.where()).value();
  EXPECT_EQ(gather_unattended(file_, &other_tpm, &relay).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(relay.asked, 0);
}

TEST_F(WaysIn, OpenWithTheTpmAndAPassphrase) {
  Tpm tpm = open();
  EXPECT_EQ(gather_with_passphrase(file_, tpm, passphrase_).error().code, ErrorCode::not_found);
  ASSERT_TRUE(add_tpm_and_passphrase(file_, store_key_, tpm, passphrase_, cheap, random_).has_value());
  EXPECT_TRUE(opens(gather_with_passphrase(file_, tpm, passphrase_).value()));
  EXPECT_EQ(kind_of(file_.slots().back()), SlotKind::tpm_and_passphrase);
  EXPECT_FALSE(is_unattended(file_.slots().back()));
  // Without the TPM the passphrase opens nothing, however often it is tried.
  EXPECT_EQ(file_.open({.staff_passphrase = &passphrase_}).error().code, ErrorCode::wrong_key);
  SoftwareTpm other;
  Tpm other_tpm = Tpm::open(other.where()).value();
  EXPECT_EQ(gather_with_passphrase(file_, other_tpm, passphrase_).error().code, ErrorCode::wrong_key);
}

TEST_F(WaysIn, MakeWhoGuessesAPassphraseWait) {
  Tpm tpm = open();
  ASSERT_TRUE(tpm.set_lockout({.most_tries = 4, .seconds_a_try = 600}).has_value());
  ASSERT_TRUE(add_tpm_and_passphrase(file_, store_key_, tpm, passphrase_, cheap, random_).has_value());
  const auto wrong = crypto::SecretBytes::copy_of(view("a guess"));
  int tries = 0;
  while (tries < 12 && gather_with_passphrase(file_, tpm, wrong).error().code == ErrorCode::wrong_key) ++tries;
  EXPECT_LE(tries, 5);
  EXPECT_EQ(gather_with_passphrase(file_, tpm, passphrase_).error().code, ErrorCode::unavailable);
  EXPECT_TRUE(file_.open(crypto::FactorInput::with_phrase(phrase_)).has_value()) << "the house phrase needs no TPM";
}

TEST_F(WaysIn, KeepWorkingAfterTheStoreGotANewKey) {
  Tpm tpm = open();
  GivenShare relay(7);
  ASSERT_TRUE(add_tpm_and_share(file_, store_key_, tpm, share_, Bytes{1}, random_).has_value());
  ASSERT_TRUE(add_tpm_and_passphrase(file_, store_key_, tpm, passphrase_, cheap, random_).has_value());
  const auto next_key = secret_of(44);
  file_ = file_.rekeyed(store_key_, next_key, random_).value();
  store_key_ = next_key.clone();
  EXPECT_TRUE(opens(gather_unattended(file_, &tpm, &relay).value()));
  EXPECT_TRUE(opens(gather_with_passphrase(file_, tpm, passphrase_).value()));
}

TEST_F(WaysIn, WithTheShareAloneNeedNoTpm) {
  GivenShare relay(7);
  ASSERT_TRUE(add_share_alone(file_, store_key_, share_, Bytes{1}, random_).has_value());
  EXPECT_TRUE(opens(gather_unattended(file_, nullptr, &relay).value()));
  EXPECT_EQ(kind_of(file_.slots().back()), SlotKind::share_alone);
}

TEST(UnlockKey, IsReadAsItWasWrittenAndNeverChanged) {
  TemporaryFolder folder;
  SeededRandom random(3);
  const UnlockKey key = UnlockKey::make(random.id<OrganisationTag>(), random.id<ScopeTag>(), random.id<DeviceTag>(), random);
  const auto file = unlock_key_path(folder.path());
  EXPECT_EQ(UnlockKey::load(file).error().code, ErrorCode::not_found);
  ASSERT_TRUE(key.save(file).has_value());
  const UnlockKey read = UnlockKey::load(file).value();
  EXPECT_EQ(read.parameters(), key.parameters());
  EXPECT_EQ(read.scope, key.scope);
  EXPECT_EQ(read.signing.public_key, key.signing.public_key);
  const auto share = secret_of(9);
  const Bytes sealed = key.seal_share(share, random);
  EXPECT_TRUE(crypto::equal(read.open_share(sealed).value().view(), share.view()));
  UnlockKey other = UnlockKey::make(key.organisation, key.scope, key.device, random);
  EXPECT_EQ(other.open_share(sealed).error().code, ErrorCode::wrong_key);
  auto bytes = crypto::SecretBytes::copy_of(*crypto::read_small_file(file, 4096));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    bytes.mutable_view()[at] ^= 0x40;
    ASSERT_TRUE(crypto::replace_file(file, bytes.view()).has_value());
    EXPECT_FALSE(UnlockKey::load(file).has_value()) << at;
    bytes.mutable_view()[at] ^= 0x40;
  }
}

Founding founding_of(Random& random) {
  return {.organisation = random.id<OrganisationTag>(),
          .root = crypto::make_signing_key(random).public_key,
          .device = random.id<DeviceTag>(),
          .signing = crypto::make_signing_key(random),
          .request = crypto::make_signing_key(random),
          .sealing = crypto::make_sealing_key(random)};
}

TEST(LockNow, TakesTheUnlockKeyAwayUntilAPersonHasOpenedTheStore) {
  TemporaryFolder folder;
  SeededRandom random(3);
  const auto store_key = secret_of(1);
  const auto key_file = folder.path() / "keyslots";
  const Founding founding = founding_of(random);
  auto vault = Vault::create(folder.path() / "vault.db", store_key, founding).value();
  const UnlockKey key = UnlockKey::make(founding.organisation, random.id<ScopeTag>(), founding.device, random);
  ASSERT_TRUE(key.save(unlock_key_path(folder.path())).has_value());
  EXPECT_FALSE(is_locked(*vault).value());
  ASSERT_TRUE(lock_now(*vault, key_file).has_value());
  EXPECT_TRUE(is_locked(*vault).value());
  EXPECT_FALSE(std::filesystem::exists(unlock_key_path(folder.path())));
  ASSERT_TRUE(lock_now(*vault, key_file).has_value()) << "twice is once";
  // The store again, by a person.
  vault.reset();
  vault = Vault::open(folder.path() / "vault.db", store_key).value();
  EXPECT_TRUE(is_locked(*vault).value());
  ASSERT_TRUE(opened_by_a_person(*vault, key_file).has_value());
  EXPECT_FALSE(is_locked(*vault).value());
  EXPECT_EQ(UnlockKey::load(unlock_key_path(folder.path())).value().parameters(), key.parameters());
  ASSERT_TRUE(opened_by_a_person(*vault, key_file).has_value());
}

TEST(LockNow, ThatWasCutShortIsSeenByAStoreThatOpenedAlone) {
  TemporaryFolder folder;
  SeededRandom random(4);
  const auto store_key = secret_of(1);
  const Founding founding = founding_of(random);
  auto vault = Vault::create(folder.path() / "vault.db", store_key, founding).value();
  const UnlockKey key = UnlockKey::make(founding.organisation, random.id<ScopeTag>(), founding.device, random);
  ASSERT_TRUE(key.save(unlock_key_path(folder.path())).has_value());
  ASSERT_TRUE(lock_now(*vault, folder.path() / "keyslots").has_value());
  ASSERT_TRUE(key.save(unlock_key_path(folder.path())).has_value());  // the power went before the file did
  EXPECT_TRUE(is_locked(*vault).value());
  ASSERT_TRUE(lock_now(*vault, folder.path() / "keyslots").has_value());
  EXPECT_FALSE(std::filesystem::exists(unlock_key_path(folder.path())));
  ASSERT_TRUE(opened_by_a_person(*vault, folder.path() / "keyslots").has_value());
  EXPECT_EQ(UnlockKey::load(unlock_key_path(folder.path())).value().parameters(), key.parameters());
}

}  // namespace
}  // namespace huisbord
