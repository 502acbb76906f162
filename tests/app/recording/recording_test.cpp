// SPDX-License-Identifier: GPL-3.0-or-later
// A relay that keeps every byte, and afterwards every secret of every replica: an erased person stays unreadable, and another does not.
#include "core/office/erase_person.h"
#include "core/office/moving.h"
#include "tests/app/recording/recorded_organisation.h"

namespace huisbord {
namespace {

Erasure erasure_of(Office& office) { return must(erasures(office)).at(0); }

TEST_F(Recording, OpensEverybodyToWhoHasTheSecretsOfADayWithoutErasure) {
  const ArchiveAttacker reads = attacker();
  EXPECT_GE(reads.charters(), 4u);
  EXPECT_GT(reads.segments(), 5u);
  for (const Resident* who : {&gone, &stays}) {
    EXPECT_NE(reads.read_of(who->id).find(who->name), std::string::npos);
    EXPECT_NE(reads.read_of(who->id).find(who->place), std::string::npos);
    EXPECT_TRUE(reads.placed(who->id));
  }
}

TEST_F(Recording, WithBothBackupsOfADayWithoutErasureOpensEverybody) {
  const Backups of_today = back_up("monday");
  ArchiveAttacker without_keys = archive();
  takes_copy(without_keys, of_today);
  without_keys.works();
  EXPECT_EQ(without_keys.read_of(gone.id), "") << "the copy of the store has no key";
  ArchiveAttacker reads = archive();
  takes_keys(reads, of_today);
  reads.works();
  for (const Resident* who : {&gone, &stays}) EXPECT_NE(reads.read_of(who->id).find(who->name), std::string::npos);
}

TEST_F(Recording, OfAnErasedPersonOpensNothingWithEverySecretOfAfterwards) {
  const Backups before = back_up("monday");
  must(erase_person(*office, gone.id, today()));
  EXPECT_EQ(erasure_of(*office).waiting.size(), 3u) << "this desk too, until its store has a new key";
  everybody_syncs();
  EXPECT_EQ(erasure_of(*office).waiting.size(), 3u) << "having heard of it is not having done it";
  for (int days = 0; days < 4; ++days) tend();
  EXPECT_TRUE(erasure_of(*office).done());
  EXPECT_TRUE(erasure_of(*office).lost.empty());

  // The backup of keys was replaced at the erasure, and its former phrase with it; copies of the store hold no key and stay.
  const Backups after = back_up("friday");
  ArchiveAttacker reads = with_every_replica();
  takes_copy(reads, before);
  takes_copy(reads, after);
  takes_keys(reads, after);
  reads.works();
  EXPECT_EQ(reads.read_of(gone.id), "");
  EXPECT_FALSE(reads.placed(gone.id)) << "the epoch that sealed where they slept has ended";
  EXPECT_NE(reads.read_of(stays.id).find(stays.name), std::string::npos) << "else this test could not fail";
  EXPECT_NE(reads.read_of(stays.id).find(stays.place), std::string::npos);
  EXPECT_GT(reads.opened_segments(), 0u);
  EXPECT_GT(reads.segments(), reads.opened_segments());

  // The residents who stay go on: a PIN set before opens as before.
  const auto wrap = must(crypto::PinWrap::parse(*must(kiosks[0].vault->setting(pin_setting(stays.id)))));
  EXPECT_TRUE(crypto::open_pin_wrap(wrap, text("731846"), must(pin_secret(*kiosks[0].vault, random)), stays.id.view()));
  give_pin(kiosks[1], stays, "195283");
  for (const std::string& value : {gone.name, gone.place, to_string(gone.key.view())}) {
    EXPECT_EQ(files_with(value, folder.path()), 0u);
    EXPECT_EQ(files_with(value, relay_folder.path()), 0u);
  }
}

TEST_F(Recording, AKioskThatWasAwayIsWaitedForAndUntilThenTheArchiveStillOpens) {
  must(erase_person(*office, gone.id, today()));
  // The second kiosk hears nothing: whoever takes it, and its staff's passphrase, reads on.
  std::list<Party> all;
  all.splice(all.end(), parties);
  parties.splice(parties.end(), all, all.begin());
  parties.splice(parties.end(), all, std::prev(all.end()));
  for (int days = 0; days < 3; ++days) tend();
  EXPECT_EQ(erasure_of(*office).waiting, std::vector<DeviceNumber>{kiosks[1].number});
  parties.splice(parties.end(), all);
  EXPECT_NE(attacker().read_of(gone.id).find(gone.name), std::string::npos);
  for (int days = 0; days < 4; ++days) tend();
  EXPECT_TRUE(erasure_of(*office).done());
  EXPECT_EQ(attacker().read_of(gone.id), "");
}

TEST_F(RecordingOfAMove, ToAnotherHouseOpensNothingToTheFormerHousesKiosksAnyMore) {
  const PersonId later = must(move_resident(*office, {gone.id, house, other, room}, today()));
  Appointment appointment;
  appointment.id = random.id<AppointmentTag>();
  appointment.place = "Nieuwe Kade 9";
  appointment.day = appointment.end_day = today() + 4;
  must(vault->record(there(), Actor::none(), later, must(vault->person_key(later)), {appointment}));
  for (int days = 0; days < 4; ++days) tend();

  ArchiveAttacker former_house = archive();
  takes(former_house, kiosks[0]);
  takes(former_house, kiosks[1]);
  former_house.works();
  EXPECT_EQ(former_house.read_of(later), "");
  EXPECT_FALSE(former_house.placed(later));
  EXPECT_EQ(former_house.read_of(gone.id), "") << "nor what these kiosks showed until the move";
  EXPECT_NE(former_house.read_of(stays.id).find(stays.name), std::string::npos) << "else this test could not fail";
  ArchiveAttacker new_house = archive();
  takes(new_house, kiosks[2]);
  new_house.works();
  EXPECT_NE(new_house.read_of(later).find(gone.name), std::string::npos);
  EXPECT_NE(new_house.read_of(later).find("Nieuwe Kade 9"), std::string::npos);
  EXPECT_EQ(new_house.read_of(gone.id), "");
  EXPECT_EQ(new_house.read_of(stays.id), "");
}

}  // namespace
}  // namespace huisbord
