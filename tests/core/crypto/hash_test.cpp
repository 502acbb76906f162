// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes, keyed hashes, derived keys and identifiers give the answers of KEYS.md and differ by tag.
#include "core/crypto/hash.h"

#include "core/crypto/key_id.h"
#include "core/crypto/memory.h"
#include "tests/core/crypto/counting_random.h"
#include "tests/core/crypto/known_answers.h"

namespace huisbord::crypto {

TEST(Hash, GivesTheKnownAnswer) { EXPECT_EQ(to_hex(hash("hb.test", view("huisbord"))), known::hash); }

TEST(Hash, DiffersByTag) {
  EXPECT_NE(hash("hb.test", view("huisbord")), hash("hb.tesu", view("huisbord")));
  EXPECT_NE(hash("hb.test", view("huisbord")), hash("hb.test2", view("huisbord")));
}

TEST(Hash, TakesTagsOfSixteenBytesAndNoLonger) {
  EXPECT_NE(hash("hb.0123456789abc", {}), hash("hb.0123456789abd", {}));
  EXPECT_DEATH(static_cast<void>(hash("hb.0123456789abcd", {})), "tag.size");
  EXPECT_DEATH(static_cast<void>(hash("", {})), "tag");
}

TEST(KeyedHash, GivesTheKnownAnswer) { EXPECT_EQ(to_hex(keyed_hash("hb.test", counting_key(0x10), view("huisbord"))), known::keyed_hash); }

TEST(DeriveKey, DependsOnTagKeyAndContext) {
  const SecretBytes key = counting_key(0x10);
  const SecretBytes made = derive_key("hb.test", key, view("huisbord"));
  EXPECT_EQ(to_hex(made.view()), known::keyed_hash);
  EXPECT_FALSE(equal(made.view(), derive_key("hb.other", key, view("huisbord")).view()));
  EXPECT_FALSE(equal(made.view(), derive_key("hb.test", counting_key(0x11), view("huisbord")).view()));
  EXPECT_FALSE(equal(made.view(), derive_key("hb.test", key, view("huisbors")).view()));
}

TEST(Hasher, GivesTheSameForPieces) {
  EXPECT_EQ(Hasher("hb.test").update(view("huis")).update({}).update(view("bord")).finish(), hash("hb.test", view("huisbord")));
  const SecretBytes key = counting_key(0x10);
  EXPECT_EQ(Hasher("hb.test", key).update(view("huis")).update(view("bord")).finish(), keyed_hash("hb.test", key, view("huisbord")));
  EXPECT_EQ(to_hex(Hasher("hb.test", key).update(view("huisbord")).finish_secret().view()), known::keyed_hash);
}

TEST(Hasher, IsForOneUse) {
  Hasher hasher("hb.test");
  static_cast<void>(hasher.finish());
  EXPECT_DEATH(static_cast<void>(hasher.finish()), "finished_");
  EXPECT_DEATH(hasher.update({}), "finished_");
}

TEST(DeriveId, GivesTheKnownAnswer) { EXPECT_EQ(derive_id<DutyTag>("hb.test", view("huisbord")).hex(), known::derived_id); }

TEST(KeyId, GivesTheKnownAnswerAndTellsKeysApart) {
  EXPECT_EQ(to_hex(key_id(counting_key(0x10))), known::key_id);
  EXPECT_NE(key_id(counting_key(0x10)), key_id(counting_key(0x11)));
}

}  // namespace huisbord::crypto
