// SPDX-License-Identifier: GPL-3.0-or-later
// What a kiosk that is a copy says of itself, and whose answer it takes.
#include "core/joining/renewal.h"

#include "core/office/invitation.h"
#include "core/office/readmission.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class Renewal : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    kiosk = admit("kiosk");
  }
  AdmittedKiosk kiosk;
};

TEST_F(Renewal, IsAskedByACopyAloneAndEachTimeTheSame) {
  EXPECT_EQ(readmission_request(*kiosk.vault).error().code, ErrorCode::forbidden);
  must(kiosk.vault->mark_copied());
  const Bytes request = must(readmission_request(*kiosk.vault));
  EXPECT_EQ(must(readmission_request(*kiosk.vault)), request);
  const ReadmissionRequest read = must(read_readmission(request));
  EXPECT_EQ(read.former, kiosk.founding.device);
  EXPECT_NE(read.device.device, kiosk.founding.device);
  EXPECT_FALSE(read.device.custody) << "nobody of staff is enrolled";
  EXPECT_EQ(must(find_former(*office, request)).number, kiosk.number);
}

TEST_F(Renewal, TakesNoOtherOfficesAnswer) {
  const PairingOffer offer = must(make_offer(*office, house, std::nullopt));
  must(check_same_office(*kiosk.vault, offer));
  PairingOffer other = offer;
  other.organisation = random.id<OrganisationTag>();
  EXPECT_TRUE(sentence(check_same_office(*kiosk.vault, other)).starts_with("That desk is of another organisation"));
  other = offer;
  other.root = crypto::make_signing_key(random).public_key;
  EXPECT_TRUE(sentence(check_same_office(*kiosk.vault, other)).starts_with("That desk is of another organisation"));
  other = offer;
  other.house.scope = random.id<ScopeTag>();
  EXPECT_TRUE(sentence(check_same_office(*kiosk.vault, other)).starts_with("That desk invited a kiosk of another house"));
}

}  // namespace
}  // namespace huisbord
