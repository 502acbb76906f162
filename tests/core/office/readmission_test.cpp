// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk that is a copy is taken in as another device: who may ask, what it gets, and where the former one ends.
#include "core/office/readmission.h"

#include "core/office/invitation.h"
#include "core/office/person_keys.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class ReadmissionTest : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    kiosk = admit("kiosk");
    write("sent");
    const Bytes sent = must(kiosk.vault->next_segment_to_send(scope())).value();
    const SegmentView view = must(parse_segment(sent));
    must(kiosk.vault->acknowledged(scope(), kiosk.number, view.header.last(), view.hash()));
    must(vault->take_segments(scope(), std::span(&sent, 1)));
    must(kiosk.vault->mark_copied());
    write("not sent");
    next = must(kiosk.vault->new_identity());
    device = {next.id, next.signing_key, next.request_key, next.sealing_key, crypto::make_sealing_key(random).public_key};
  }
  void write(const std::string& title) {
    Activity activity;
    activity.id = random.id<ActivityTag>();
    activity.title = title;
    activity.day = today;
    must(kiosk.vault->record(scope(), Actor::none(), activity));
  }
  Bytes request(const crypto::SigningKeyPair& by) { return write_readmission({vault->organisation(), kiosk.founding.device, device}, by); }
  void tell() {
    for (const ScopeId& each : scopes()) must(kiosk.vault->take_charter(*must(vault->charter(each))));
  }

  Day today{20'776};
  AdmittedKiosk kiosk;
  CharterDevice next;
  PairingDevice device;
};

TEST_F(ReadmissionTest, ListsTheNewOneCutsTheOldOneAndWhatWasNotSentGoesOn) {
  const FormerKiosk former = must(find_former(*office, request(kiosk.founding.signing)));
  EXPECT_EQ(former.house, house);
  EXPECT_EQ(former.number, 2u);
  const auto cuts = must(readmit_kiosk(*office, former, device, FormerEnd::cut, today));
  ASSERT_EQ(cuts.size(), 2u);
  EXPECT_EQ(must(custody_of(*office, next.id)), device.custody);
  const CharterNumber number = charter().number;
  must(readmit_kiosk(*office, former, device, FormerEnd::cut, today));
  EXPECT_EQ(charter().number, number) << "done again, nothing is written";

  tell();
  EXPECT_FALSE(kiosk.vault->must_become_new());
  EXPECT_EQ(kiosk.vault->waiting_count(), 1u);
  EXPECT_EQ(must(kiosk.vault->identity(scope())).device, 3u);
  bring_segments(*kiosk.vault, *vault, scope());
  EXPECT_EQ(must(vault->activities(scope(), today, today)).size(), 2u);
  EXPECT_EQ(charter().device(2)->cut->number, 1u);
}

TEST_F(ReadmissionTest, LeavesTheFormerOneWhereItGoesOn) {
  const auto cuts = must(readmit_kiosk(*office, must(find_former(*office, kiosk.founding.device)), device, FormerEnd::kept, today));
  EXPECT_TRUE(cuts.empty());
  EXPECT_EQ(charter().device(2)->state, DeviceState::active);
  tell();
  EXPECT_FALSE(kiosk.vault->must_become_new());
}

TEST_F(ReadmissionTest, IsAskedByTheKioskItselfAndOfItsOwnOffice) {
  EXPECT_TRUE(sentence(find_former(*office, request(crypto::make_signing_key(random)))).starts_with("That file was changed on its way"));
  const Bytes elsewhere = write_readmission({random.id<OrganisationTag>(), kiosk.founding.device, device}, kiosk.founding.signing);
  EXPECT_EQ(sentence(find_former(*office, elsewhere)), "That kiosk is of another organisation.");
  EXPECT_EQ(sentence(find_former(*office, random.id<DeviceTag>())), "No house of this organisation lists the kiosk that asks.");
  EXPECT_EQ(sentence(find_former(*office, vault->founding().device)), "No house of this organisation lists the kiosk that asks.");
  EXPECT_EQ(find_former(*office, Bytes{1, 2, 3}).error().code, ErrorCode::parse);
}

TEST_F(ReadmissionTest, IsNotForAKioskThatWasClosedAndIsForOneThatWasCut) {
  must(end_everywhere(*office, kiosk.founding.device, DeviceState::cut, scope(), CutChoice{0, {}}));
  const FormerKiosk former = must(find_former(*office, kiosk.founding.device));
  must(readmit_kiosk(*office, former, device, FormerEnd::cut, today));
  EXPECT_EQ(charter().device(2)->cut->number, 0u) << "a person chose that";
  must(end_everywhere(*office, kiosk.founding.device, DeviceState::closed, scope(), {}));
  EXPECT_TRUE(sentence(find_former(*office, kiosk.founding.device)).starts_with("That kiosk was closed"));
}

TEST_F(ReadmissionTest, ByPairingIsFinishedAfterAStop) {
  must(admit_paired(*office, house, device, kiosk.founding.device, today));
  EXPECT_EQ(charter().device(2)->state, DeviceState::cut);
  EXPECT_FALSE(must(finish_admission(*office, today)));
  Bytes noted = to_bytes(house.view());
  ByteWriter writer(noted);
  writer.raw(kiosk.founding.device.bytes);
  writer.raw(write_reveal({.device = device, .random = {}}));
  must(vault->set_setting("desk.admitting", noted));
  const CharterNumber number = charter().number;
  EXPECT_TRUE(must(finish_admission(*office, today)));
  EXPECT_EQ(charter().number, number) << "all of it was done before the stop";
}

TEST_F(ReadmissionTest, OfADeskItselfIsMadeInTwoHalves) {
  EXPECT_EQ(renew_own_device(*office).error().code, ErrorCode::forbidden);
  EXPECT_FALSE(must(was_renewed(*office)));
  const DeviceId former = vault->founding().device;
  must(vault->mark_copied());
  must(renew_own_device(*office));
  office.reset();
  vault.reset();
  vault = must(Vault::open(folder / "office.db", key, options()));
  office.emplace(must(Office::open(*vault, random)));
  EXPECT_NE(vault->founding().device, former);
  EXPECT_TRUE(must(was_renewed(*office)));
  must(end_former_self(*office));
  EXPECT_FALSE(must(was_renewed(*office)));
  EXPECT_EQ(charter().device(1)->state, DeviceState::cut);
  must(vault->record(office->org(), Actor::none(), House{house, "Huis Zuid"}));
  EXPECT_TRUE(must(vault->verify()).sound());
}

}  // namespace
}  // namespace huisbord
