// SPDX-License-Identifier: GPL-3.0-or-later
// The custody key opens for enrolled staff with their passphrase, and for nobody else.
#include "core/crypto/custody.h"

#include "core/crypto/memory.h"
#include "tests/core/crypto/counting_random.h"
#include "tests/core/crypto/known_answers.h"

namespace huisbord::crypto {

class CustodyKey : public testing::Test {
 protected:
  SeededRandom random{31};
  const StaffId ada = random.id<StaffTag>();
  const StaffId ben = random.id<StaffTag>();
  const SecretBytes ada_phrase = secret("the passphrase of the first");
  const SecretBytes ben_phrase = secret("the passphrase of the second");
  Custody custody = Custody::make(ada, ada_phrase, cheap, random).value();
};

TEST_F(CustodyKey, OpensWhatWasSealedToItForEnrolledStaff) {
  const Bytes sealed = seal_to(custody.public_key(), view("person"), view("a person key"), random);
  const SealingKeyPair opened = custody.open(ada, ada_phrase).value();
  EXPECT_EQ(text_view(open_sealed(opened, view("person"), sealed).value().view()), "a person key");
}

TEST_F(CustodyKey, OpensOneThatAnotherProgramWroteFromTheSpecification) {
  const Custody read = Custody::parse(known_bytes(known::custody)).value();
  CountingRandom staff(0x20);
  const SealingKeyPair opened = read.open(staff.id<StaffTag>(), secret("a passphrase of staff")).value();
  EXPECT_TRUE(equal(opened.secret.view(), counting_key(0xE0).view()));
  EXPECT_EQ(to_hex(read.serialise()), known::custody);
}

TEST_F(CustodyKey, StaysClosedForOthers) {
  EXPECT_EQ(custody.open(ada, ben_phrase).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(custody.open(ben, ada_phrase).error().code, ErrorCode::not_found);
}

TEST_F(CustodyKey, IsGivenToMoreStaffByStaff) {
  const SealingKeyPair opened = custody.open(ada, ada_phrase).value();
  ASSERT_TRUE(custody.add_wrap(opened, ben, ben_phrase, cheap, random));
  EXPECT_TRUE(equal(custody.open(ben, ben_phrase).value().secret.view(), opened.secret.view()));
  EXPECT_EQ(custody.wraps().size(), 2u);
  ASSERT_TRUE(custody.remove_wrap(ada));
  EXPECT_EQ(custody.open(ada, ada_phrase).error().code, ErrorCode::not_found);
  EXPECT_TRUE(custody.open(ben, ben_phrase));
  EXPECT_EQ(custody.remove_wrap(ada).error().code, ErrorCode::not_found);
}

TEST_F(CustodyKey, IsRenewedForWhoStaysWithNobodysPassphraseAtHand) {
  const SealingKeyPair former = custody.open(ada, ada_phrase).value();
  ASSERT_TRUE(custody.add_wrap(former, ben, ben_phrase, cheap, random));
  const Custody with_both = Custody::parse(custody.serialise()).value();
  ASSERT_TRUE(custody.remove_wrap(ada));
  const Custody next = Custody::parse(custody.renewed(random).serialise()).value();
  EXPECT_NE(next.public_key(), custody.public_key());
  EXPECT_EQ(next.open(ada, ada_phrase).error().code, ErrorCode::not_found);
  const SealingKeyPair opened = next.open(ben, ben_phrase).value();
  const Bytes sealed = seal_to(next.public_key(), view("person"), view("a person key"), random);
  EXPECT_TRUE(open_sealed(opened, view("person"), sealed));
  // Who left and kept a copy of the vault as it was has the former secret, and that opens nothing of now.
  EXPECT_FALSE(open_sealed(with_both.open(ada, ada_phrase).value(), view("person"), sealed));
}

TEST_F(CustodyKey, TakesANewPassphraseInThePlaceOfTheOld) {
  const SealingKeyPair opened = custody.open(ada, ada_phrase).value();
  ASSERT_TRUE(custody.add_wrap(opened, ada, ben_phrase, cheap, random));
  EXPECT_EQ(custody.wraps().size(), 1u);
  EXPECT_EQ(custody.open(ada, ada_phrase).error().code, ErrorCode::wrong_key);
  EXPECT_TRUE(custody.open(ada, ben_phrase));
}

TEST_F(CustodyKey, RefusesTheSecretOfAnother) {
  const SealingKeyPair other = make_sealing_key(random);
  EXPECT_EQ(custody.add_wrap(other, ben, ben_phrase, cheap, random).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(custody.add_wrap(custody.open(ada, ada_phrase).value(), ben, ben_phrase, {}, random).error().code, ErrorCode::invalid);
  EXPECT_EQ(custody.wraps().size(), 1u);
}

TEST_F(CustodyKey, NeverOpensWithAChangedByte) {
  const Bytes whole = custody.serialise();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] ^= 1;
    const auto read = Custody::parse(changed);
    if (read) {
      EXPECT_FALSE(read->open(ada, ada_phrase)) << i;
    } else {
      EXPECT_TRUE(read.error().code == ErrorCode::damaged || (i == 0 && read.error().code == ErrorCode::newer_version)) << i;
    }
    EXPECT_FALSE(Custody::parse(ByteView(whole).first(i))) << i;
  }
  Bytes later = whole;
  later[0] = 2;
  EXPECT_EQ(Custody::parse(later).error().code, ErrorCode::newer_version);
}

TEST_F(CustodyKey, RefusesOneMemberOfStaffTwice) {
  Bytes bytes = custody.serialise();
  const Bytes wrap(bytes.begin() + 34, bytes.end());
  bytes[33] = 2;
  bytes.insert(bytes.end(), wrap.begin(), wrap.end());
  EXPECT_EQ(Custody::parse(bytes).error().code, ErrorCode::damaged);
}

}  // namespace huisbord::crypto
