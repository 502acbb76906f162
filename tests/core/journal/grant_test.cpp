// SPDX-License-Identifier: GPL-3.0-or-later
// Keys inside a charter open for whom they are, and where they were put.
#include "core/journal/grant.h"

#include <gtest/gtest.h>

#include "core/crypto/aead.h"
#include "core/crypto/memory.h"

namespace huisbord {
namespace {

class GrantTest : public testing::Test {
 protected:
  GrantTest() {
    charter_.organisation = random_.id<OrganisationTag>();
    charter_.scope = random_.id<ScopeTag>();
    kiosk_.number = 2;
    kiosk_.sealing_key = sealing_.public_key;
    charter_.devices = {kiosk_};
    charter_.epochs = {{crypto::key_id(epoch_), 1, {seal_grant(charter_.scope, epoch_, kiosk_, random_)}}};
    charter_.keyring = {seal_person_key(charter_.scope, person_, person_key_, kiosk_, custody_.public_key, random_)};
  }
  static std::string code(const Result<crypto::SecretBytes>& opened) { return opened ? "ok" : name(opened.error().code); }

  SeededRandom random_{21};
  crypto::SealingKeyPair sealing_ = crypto::make_sealing_key(random_);
  crypto::SealingKeyPair custody_ = crypto::make_sealing_key(random_);
  crypto::SecretBytes epoch_ = crypto::make_key(random_);
  crypto::SecretBytes person_key_ = crypto::make_key(random_);
  PersonId person_ = random_.id<PersonTag>();
  CharterDevice kiosk_;
  Charter charter_;
};

TEST_F(GrantTest, AnEpochsKeyOpensForItsDevice) {
  const auto opened = open_grant(charter_, crypto::key_id(epoch_), 2, sealing_);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(crypto::equal(opened->view(), epoch_.view()));
  EXPECT_EQ(charter_.epochs[0].grants[0].sealed.size(), 80u);
  EXPECT_EQ(code(open_grant(charter_, crypto::key_id(epoch_), 3, sealing_)), "epoch");
  EXPECT_EQ(code(open_grant(charter_, crypto::KeyId{}, 2, sealing_)), "epoch");
  EXPECT_EQ(code(open_grant(charter_, crypto::key_id(epoch_), 2, custody_)), "seal");
}

TEST_F(GrantTest, AGrantThatWasMovedOpensNot) {
  Charter moved = charter_;
  moved.scope = random_.id<ScopeTag>();
  EXPECT_EQ(code(open_grant(moved, crypto::key_id(epoch_), 2, sealing_)), "seal");
  moved = charter_;
  moved.epochs[0].id[0] ^= 1;
  EXPECT_EQ(code(open_grant(moved, moved.epochs[0].id, 2, sealing_)), "seal");
  moved = charter_;
  moved.epochs[0].grants[0].device = 5;
  EXPECT_EQ(code(open_grant(moved, crypto::key_id(epoch_), 5, sealing_)), "seal");
}

TEST_F(GrantTest, APersonsKeyOpensForTheCustodyKeyAlone) {
  const auto opened = open_person_key(charter_, person_, 2, custody_, sealing_);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(crypto::equal(opened->view(), person_key_.view()));
  EXPECT_EQ(code(open_person_key(charter_, person_, 2, sealing_, sealing_)), "not found") << "the device's own sealing key is none";
  EXPECT_EQ(code(open_person_key(charter_, person_, 3, custody_, sealing_)), "not found");
  EXPECT_EQ(code(open_person_key(charter_, random_.id<PersonTag>(), 2, custody_, sealing_)), "not found");
  Charter moved = charter_;
  moved.keyring[0].person = random_.id<PersonTag>();
  EXPECT_EQ(code(open_person_key(moved, moved.keyring[0].person, 2, custody_, sealing_)), "seal");
}

TEST_F(GrantTest, APersonsKeyStaysClosedOnceTheDevicesSealingKeyIsGone) {
  EXPECT_EQ(charter_.keyring[0].sealed.size(), 128u);
  EXPECT_EQ(code(open_person_key(charter_, person_, 2, custody_, crypto::make_sealing_key(random_))), "seal");
  EXPECT_EQ(code(open_person_key(charter_, person_, 2, custody_, custody_)), "seal");
}

TEST_F(GrantTest, AnErasedPersonsKeyIsGivenToNobody) {
  charter_.erased = {person_};
  EXPECT_EQ(code(open_person_key(charter_, person_, 2, custody_, sealing_)), "charter");
}

}  // namespace
}  // namespace huisbord
