// SPDX-License-Identifier: GPL-3.0-or-later
// The file in which a kiosk asks to be taken in again: read back whole, refused when a byte of it is another.
#include "core/pairing/readmission.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/crypto/start.h"

namespace huisbord {
namespace {

class Readmission : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(crypto::start());
    former = crypto::make_signing_key(random);
    request = {random.id<OrganisationTag>(),
               random.id<DeviceTag>(),
               {random.id<DeviceTag>(), crypto::make_signing_key(random).public_key, crypto::make_signing_key(random).public_key,
                crypto::make_sealing_key(random).public_key, crypto::make_sealing_key(random).public_key}};
  }
  SeededRandom random{3};
  crypto::SigningKeyPair former;
  ReadmissionRequest request;
};

TEST_F(Readmission, IsReadBackWithAndWithoutACustodyKey) {
  for (const bool enrolled : {true, false}) {
    if (!enrolled) request.device.custody.reset();
    const Bytes bytes = write_readmission(request, former);
    const auto read = read_readmission(bytes);
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_EQ(read->organisation, request.organisation);
    EXPECT_EQ(read->former, request.former);
    EXPECT_EQ(read->device.device, request.device.device);
    EXPECT_EQ(read->device.signing, request.device.signing);
    EXPECT_EQ(read->device.request, request.device.request);
    EXPECT_EQ(read->device.sealing, request.device.sealing);
    EXPECT_EQ(read->device.custody, request.device.custody);
    EXPECT_TRUE(is_signed_by(bytes, former.public_key));
    EXPECT_FALSE(is_signed_by(bytes, crypto::make_signing_key(random).public_key));
  }
}

TEST_F(Readmission, WithAnotherByteIsNotReadOrNotSigned) {
  const Bytes bytes = write_readmission(request, former);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    Bytes changed = bytes;
    changed[at] ^= 1;
    EXPECT_TRUE(!read_readmission(changed) || !is_signed_by(changed, former.public_key)) << at;
    EXPECT_NE(text_of(readmission_words(changed)), text_of(readmission_words(bytes))) << at;
    EXPECT_FALSE(read_readmission(ByteView(bytes).first(at))) << at;
  }
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_EQ(read_readmission(longer).error().code, ErrorCode::parse);
  Bytes later = bytes;
  later[8] = 2;
  EXPECT_EQ(read_readmission(later).error().code, ErrorCode::version);
}

}  // namespace
}  // namespace huisbord
