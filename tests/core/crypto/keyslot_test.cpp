// SPDX-License-Identifier: GPL-3.0-or-later
// Key files: what opens them, what is refused, and that no changed byte ever opens one.
#include "core/crypto/keyslot.h"

#include <algorithm>

#include "core/crypto/hash.h"
#include "core/crypto/keyslot_format.h"
#include "core/crypto/memory.h"
#include "core/crypto/words.h"
#include "tests/core/crypto/counting_random.h"
#include "tests/core/crypto/known_answers.h"

namespace huisbord::crypto {

class Keyslots : public testing::Test {
 protected:
  KeyslotFile make() { return KeyslotFile::make(store_key, phrase, cheap, random).value(); }
  static Factor typed(FactorKind kind) { return {kind, encode_stretch({cheap, Salt{}})}; }
  /// With a hash that fits again, as somebody would leave the file who changed it on purpose.
  static Bytes rehashed(Bytes bytes) {
    std::ranges::copy(hash("hb.slots.hash", ByteView(bytes).first(bytes.size() - 32)), bytes.end() - 32);
    return bytes;
  }

  SeededRandom random{21};
  const SecretBytes store_key = counting_key(0xC0);
  const SecretBytes phrase = secret("aarde accu acteur actie adelaar adem");
  const SecretBytes other_phrase = secret("adres advies afdak afdruk affiche afgaan");
};

TEST_F(Keyslots, OpenWithTheirPhrase) {
  const KeyslotFile file = make();
  const auto opened = file.open(FactorInput::with_phrase(phrase));
  ASSERT_TRUE(opened);
  EXPECT_TRUE(equal(opened->view(), store_key.view()));
  EXPECT_EQ(file.store_key_id(), key_id(store_key));
}

TEST_F(Keyslots, OpenAFileThatAnotherProgramWroteFromTheSpecification) {
  const Bytes bytes = known_bytes(known::key_file);
  const KeyslotFile file = KeyslotFile::parse(bytes).value();
  EXPECT_TRUE(equal(file.open(FactorInput::with_phrase(phrase)).value().view(), store_key.view()));
  EXPECT_EQ(file.serialise(), bytes);
}

TEST_F(Keyslots, SayThatAPhraseOpensNothingHere) {
  const auto refused = make().open(FactorInput::with_phrase(other_phrase));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::wrong_key);
  EXPECT_EQ(refused.error().sentence, "This house phrase opens nothing here.");
}

TEST_F(Keyslots, SayThatNothingGivenIsEnough) {
  EXPECT_EQ(make().open({}).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(make().open({.staff_passphrase = &phrase}).error().code, ErrorCode::wrong_key);
}

TEST_F(Keyslots, TakeASecondPhraseAndGiveUpTheFirst) {
  KeyslotFile file = make();
  const std::uint32_t first = file.slots().front().id;
  const std::uint32_t second = file.add_phrase_slot(store_key, other_phrase, cheap, random).value();
  EXPECT_NE(first, second);
  EXPECT_TRUE(file.open(FactorInput::with_phrase(phrase)));
  EXPECT_TRUE(file.open(FactorInput::with_phrase(other_phrase)));
  ASSERT_TRUE(file.remove(first, store_key));
  EXPECT_EQ(file.open(FactorInput::with_phrase(phrase)).error().code, ErrorCode::wrong_key);
  EXPECT_TRUE(file.open(FactorInput::with_phrase(other_phrase)));
  EXPECT_EQ(file.remove(first, store_key).error().code, ErrorCode::not_found);
}

TEST_F(Keyslots, GiveAStoreANewKeyWithNoFactorAtHand) {
  KeyslotFile file = make();
  const SecretBytes tpm = counting_key(7);
  const SecretBytes share = counting_key(8);
  ASSERT_TRUE(file.add_slot(store_key, {{FactorKind::tpm, Bytes{1, 2, 3}}, {FactorKind::relay_share, {}}},
                            {.tpm = &tpm, .relay_share = &share}, random));
  const SecretBytes next_key = counting_key(0x33);
  const KeyslotFile next = KeyslotFile::parse(file.rekeyed(store_key, next_key, random).value().serialise()).value();
  EXPECT_EQ(next.store_key_id(), key_id(next_key));
  EXPECT_TRUE(equal(next.open(FactorInput::with_phrase(phrase)).value().view(), next_key.view()));
  EXPECT_TRUE(equal(next.open({.tpm = &tpm, .relay_share = &share}).value().view(), next_key.view()));
  EXPECT_EQ(next.open(FactorInput::with_phrase(other_phrase)).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(file.rekeyed(next_key, store_key, random).error().code, ErrorCode::wrong_key);
  // The older file opens what it opened: the key that the store no longer has.
  EXPECT_TRUE(equal(file.open(FactorInput::with_phrase(phrase)).value().view(), store_key.view()));
}

TEST_F(Keyslots, NeverLoseTheLastWayIn) {
  KeyslotFile file = make();
  EXPECT_EQ(file.remove(file.slots().front().id, store_key).error().code, ErrorCode::refused);
  EXPECT_TRUE(file.open(FactorInput::with_phrase(phrase)));
}

TEST_F(Keyslots, ChangeOnlyForWhoHasTheStoreKey) {
  KeyslotFile file = make();
  const SecretBytes other = counting_key(1);
  EXPECT_EQ(file.add_phrase_slot(other, phrase, cheap, random).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(file.remove(1, other).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(file.remove(1, secret("short")).error().code, ErrorCode::wrong_key);
}

TEST_F(Keyslots, HaveAtMostSixteenWaysIn) {
  KeyslotFile file = make();
  for (int i = 1; i < 16; ++i) ASSERT_TRUE(file.add_phrase_slot(store_key, phrase, cheap, random));
  EXPECT_EQ(file.add_phrase_slot(store_key, phrase, cheap, random).error().code, ErrorCode::limit);
  EXPECT_EQ(KeyslotFile::parse(file.serialise()).value().slots().size(), 16u);
}

TEST_F(Keyslots, RefuseALonePassphraseAndOtherSetsThatAreNone) {
  KeyslotFile file = make();
  const SecretBytes thirty_two = counting_key(7);
  const FactorInput all{.phrase = &phrase, .tpm = &thirty_two, .relay_share = &thirty_two, .staff_passphrase = &phrase};
  using enum FactorKind;
  const std::vector<std::vector<Factor>> refused = {
      {},
      {typed(staff_passphrase)},
      {{tpm, {}}},
      {typed(FactorKind::phrase), typed(staff_passphrase)},
      {{relay_share, {}}, typed(staff_passphrase)},
      {{relay_share, {}}, {tpm, {}}},  // not ascending
  };
  for (const auto& factors : refused) EXPECT_EQ(file.add_slot(store_key, factors, all, random).error().code, ErrorCode::refused);
  EXPECT_EQ(file.slots().size(), 1u);
}

TEST_F(Keyslots, RefuseAFileThatHoldsALonePassphrase) {
  Bytes bytes = make().serialise();
  // The first factor's kind: magic 8, length 4, version 2, file 16, key id 8, slots 1, slot 4, factors 1.
  bytes.at(44) = static_cast<std::uint8_t>(FactorKind::staff_passphrase);
  EXPECT_EQ(KeyslotFile::parse(rehashed(bytes)).error().code, ErrorCode::refused);
}

TEST_F(Keyslots, NeedEveryFactorOfASet) {
  KeyslotFile file = make();
  const SecretBytes tpm = counting_key(7);
  const SecretBytes share = counting_key(8);
  ASSERT_TRUE(file.add_slot(store_key, {{FactorKind::tpm, Bytes{1, 2, 3}}, {FactorKind::relay_share, {}}},
                            {.tpm = &tpm, .relay_share = &share}, random));
  ASSERT_TRUE(file.add_slot(store_key, {{FactorKind::tpm, {}}, typed(FactorKind::staff_passphrase)},
                            {.tpm = &tpm, .staff_passphrase = &other_phrase}, random));
  file = KeyslotFile::parse(file.serialise()).value();
  EXPECT_TRUE(file.open({.tpm = &tpm, .relay_share = &share}));
  EXPECT_TRUE(file.open({.tpm = &tpm, .staff_passphrase = &other_phrase}));
  EXPECT_EQ(file.open({.tpm = &tpm}).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(file.open({.relay_share = &share}).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(file.open({.tpm = &share, .relay_share = &tpm}).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(file.open({.tpm = &tpm, .staff_passphrase = &phrase}).error().code, ErrorCode::wrong_key);
  const SecretBytes cut = secret("short");
  EXPECT_EQ(file.open({.tpm = &cut, .relay_share = &share}).error().code, ErrorCode::invalid);
}

TEST_F(Keyslots, KeepAFactorOfALaterReleaseAndLeaveItClosed) {
  KeyslotFile file = make();
  const std::size_t plain = file.serialise().size();
  ASSERT_TRUE(file.add_phrase_slot(store_key, other_phrase, cheap, random));
  Bytes bytes = file.serialise();
  bytes.at(44) = 9;  // the first slot's kind
  const KeyslotFile read = KeyslotFile::parse(rehashed(bytes)).value();
  EXPECT_EQ(read.slots().size(), 2u);
  EXPECT_GT(bytes.size(), plain);
  EXPECT_EQ(read.serialise(), rehashed(bytes));
  EXPECT_EQ(read.open(FactorInput::with_phrase(phrase)).error().code, ErrorCode::wrong_key);
}

TEST_F(Keyslots, NeverOpenWithAChangedByte) {
  const Bytes whole = make().serialise();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const std::uint8_t change : {0x01, 0x80, 0xff}) {
      Bytes changed = whole;
      changed[i] ^= change;
      const auto read = KeyslotFile::parse(changed);
      ASSERT_FALSE(read) << i;
      EXPECT_EQ(read.error().code, ErrorCode::damaged) << i;
    }
  }
}

TEST_F(Keyslots, NeverOpenWithAByteChangedOnPurpose) {
  const Bytes whole = make().serialise();
  for (std::size_t i = 0; i < whole.size() - 32; ++i) {
    Bytes changed = whole;
    changed[i] ^= 0x01;
    const auto read = KeyslotFile::parse(rehashed(changed));
    const auto opened = read ? read->open(FactorInput::with_phrase(phrase)) : Result<SecretBytes>(std::unexpected(read.error()));
    ASSERT_FALSE(opened) << i;
    const ErrorCode code = opened.error().code;
    const bool expected = code == ErrorCode::damaged || code == ErrorCode::wrong_key ||
                          (code == ErrorCode::newer_version && (i == 12 || i == 13)) || (code == ErrorCode::refused && i == 44);
    EXPECT_TRUE(expected) << i << " " << name(code);
    // The authenticator opens nothing itself: the slot before it opened, and then it did not agree.
    if (i >= whole.size() - 64) {
      EXPECT_EQ(code, ErrorCode::damaged) << i;
    }
  }
}

TEST_F(Keyslots, NeverOpenWhenCutOrExtended) {
  const Bytes whole = make().serialise();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(KeyslotFile::parse(ByteView(whole).first(size)).error().code, ErrorCode::damaged) << size;
    if (size >= 46) {
      EXPECT_EQ(KeyslotFile::parse(rehashed(to_bytes(ByteView(whole).first(size)))).error().code, ErrorCode::damaged) << size;
    }
  }
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_EQ(KeyslotFile::parse(longer).error().code, ErrorCode::damaged);
  EXPECT_EQ(KeyslotFile::parse(rehashed(longer)).error().code, ErrorCode::damaged);
}

TEST_F(Keyslots, SeeASlotThatSomebodyTookOut) {
  KeyslotFile file = make();
  const Bytes one = file.serialise();
  ASSERT_TRUE(file.add_phrase_slot(store_key, other_phrase, cheap, random));
  const Bytes two = file.serialise();
  // The header with one slot, the first slot, the authenticator of two.
  Bytes spliced(one.begin(), one.end() - 64);
  spliced.insert(spliced.end(), two.end() - 64, two.end());
  const KeyslotFile read = KeyslotFile::parse(rehashed(spliced)).value();
  EXPECT_EQ(read.open(FactorInput::with_phrase(phrase)).error().code, ErrorCode::damaged);
  EXPECT_EQ(KeyslotFile(read).remove(1, store_key).error().code, ErrorCode::damaged);
}

TEST_F(Keyslots, SayThatALaterReleaseWroteTheFile) {
  Bytes bytes = make().serialise();
  bytes[12] = 2;
  EXPECT_EQ(KeyslotFile::parse(rehashed(bytes)).error().code, ErrorCode::newer_version);
  bytes[12] = 0;
  EXPECT_EQ(KeyslotFile::parse(rehashed(bytes)).error().code, ErrorCode::damaged);
}

TEST_F(Keyslots, RefuseCostsThatNoFileHas) {
  EXPECT_EQ(KeyslotFile::make(store_key, phrase, {0, 0}, random).error().code, ErrorCode::invalid);
  Bytes bytes = make().serialise();
  bytes.at(47) = 200;  // operations
  EXPECT_EQ(KeyslotFile::parse(rehashed(bytes)).error().code, ErrorCode::damaged);
}

}  // namespace huisbord::crypto
