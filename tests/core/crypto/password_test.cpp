// SPDX-License-Identifier: GPL-3.0-or-later
// Argon2id: another secret, salt or cost gives another key; costs from a file are bounded.
#include "core/crypto/password.h"

#include "core/crypto/memory.h"
#include "tests/core/crypto/counting_random.h"

namespace huisbord::crypto {

TEST(Stretch, GivesTheAnswerOfTheReferenceImplementation) {
  Salt salt;
  std::ranges::copy(view("huisbord test 01"), salt.begin());
  EXPECT_EQ(to_hex(stretch(secret("six words on a card"), salt, {2, 32 * 1024}).value().view()),
            "29879b8905bce4ae5b51005c5350a5b12d7b4cca517c648c2ab5226972186320");
}

TEST(Stretch, DependsOnSecretSaltAndCost) {
  const SecretBytes made = stretch(secret("a"), Salt{}, cheap).value();
  EXPECT_TRUE(equal(made.view(), stretch(secret("a"), Salt{}, cheap).value().view()));
  EXPECT_FALSE(equal(made.view(), stretch(secret("b"), Salt{}, cheap).value().view()));
  EXPECT_FALSE(equal(made.view(), stretch(secret("a"), Salt{1}, cheap).value().view()));
  EXPECT_FALSE(equal(made.view(), stretch(secret("a"), Salt{}, {2, 8192}).value().view()));
  EXPECT_FALSE(equal(made.view(), stretch(secret("a"), Salt{}, {1, 16384}).value().view()));
}

TEST(Stretch, RefusesCostsThatNoFileOfOursHas) {
  constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30;
  for (const Argon2Parameters bad :
       {Argon2Parameters{0, 8192}, {17, 8192}, {1, 8191}, {1, 0}, {1, 8193}, {1, gibibyte + 1024}, {~0ull, ~0ull}}) {
    EXPECT_FALSE(bad.acceptable());
    EXPECT_EQ(stretch(secret("a"), Salt{}, bad).error().code, ErrorCode::invalid);
  }
  EXPECT_TRUE((Argon2Parameters{16, gibibyte}.acceptable()));
}

TEST(Stretch, HasPresetsThatCostAtLeastWhatRfc9106AsksOfSmallMachines) {
  for (const Argon2Parameters preset :
       {Argon2Parameters::interactive_pin(), Argon2Parameters::phrase(), Argon2Parameters::staff_passphrase()}) {
    EXPECT_TRUE(preset.acceptable());
    EXPECT_GE(preset.operations, 3u);
    EXPECT_GE(preset.memory_bytes, 64u << 20);
  }
}

}  // namespace huisbord::crypto
