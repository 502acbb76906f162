// SPDX-License-Identifier: GPL-3.0-or-later
// Every primitive is tested at every start, and the process leaves no dumps.
#include "core/crypto/start.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <set>
#include <string>

#include "core/crypto/aead.h"
#include "core/crypto/hash.h"
#include "core/crypto/password.h"
#include "core/crypto/sealing.h"
#include "core/crypto/self_test.h"
#include "core/crypto/signing.h"

namespace huisbord::crypto {

TEST(Start, SucceedsAndMayBeAskedTwice) {
  ASSERT_TRUE(start());
  EXPECT_TRUE(start());
}

TEST(Start, TurnsCoreDumpsOff) {
  ASSERT_TRUE(start());
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_CORE, &limit), 0);
  EXPECT_EQ(limit.rlim_cur, 0u);
  EXPECT_EQ(limit.rlim_max, 0u);
  EXPECT_EQ(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
}

TEST(SelfTest, KnowsEveryPrimitiveThatIsLinked) {
  std::set<std::string> names;
  for (const SelfTest* test = SelfTest::first(); test != nullptr; test = test->next()) {
    EXPECT_TRUE(test->passes()) << test->primitive();
    names.insert(test->primitive());
  }
  const std::set<std::string> expected = {
      "Argon2id", "BLAKE2b", "Ed25519", "X25519", "XChaCha20-Poly1305 decryption", "XChaCha20-Poly1305 encryption"};
  EXPECT_EQ(names, expected);
  // What links them here: one function of each.
  SeededRandom random(1);
  const SealingKeyPair pair = make_sealing_key(random);
  EXPECT_TRUE(open_sealed(pair, {}, seal_to(pair.public_key, {}, view("x"), random)));
  EXPECT_TRUE(stretch(make_key(random), Salt{}, {1, 8192}));
  EXPECT_FALSE(verify(SigningPublicKey{}, "hb.test", {}, Signature{}));
}

}  // namespace huisbord::crypto
