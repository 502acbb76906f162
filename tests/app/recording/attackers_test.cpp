// SPDX-License-Identifier: GPL-3.0-or-later
// KEYS.md 16 line by line: what each of them reads with every byte that the relay ever saw, and what they do not.
#include "core/office/cutting.h"
#include "tests/app/recording/recorded_organisation.h"

namespace huisbord {
namespace {

class Attacker : public Recording {
 protected:
  [[nodiscard]] static bool reads(const ArchiveAttacker& one, const Resident& who) {
    return one.read_of(who.id).find(who.name) != std::string::npos && one.read_of(who.id).find(who.place) != std::string::npos;
  }
  void takes_store(ArchiveAttacker& one, const AdmittedKiosk& kiosk) {
    const auto of = [](const Party& party) { return &party.vault; };
    one.reads_store(std::ranges::find(parties, kiosk.vault.get(), of)->file, kiosk.vault->store_key());
  }
  crypto::SecretBytes custody_secret(const AdmittedKiosk& kiosk) {
    const auto custody = must(crypto::Custody::parse(*must(kiosk.vault->setting(custody_setting))));
    return must(custody.open(custody.wraps().front().staff, text(passphrase))).secret.clone();
  }
  void appoints(const std::string& place) {
    Appointment appointment;
    appointment.id = random.id<AppointmentTag>();
    appointment.place = place;
    appointment.day = appointment.end_day = today() + 5;
    must(vault->record(scope(), Actor::none(), stays.id, stays.key, {appointment}));
    everybody_syncs();
  }
};

TEST_F(Attacker, WhoIsTheRelayOpensNothing) {
  ArchiveAttacker relays_host = archive();
  relays_host.works();
  EXPECT_EQ(relays_host.opened_segments(), 0u);
  EXPECT_GT(relays_host.segments(), 5u);
  EXPECT_FALSE(relays_host.placed(stays.id)) << "not even a room";
  EXPECT_EQ(relays_host.read_of(stays.id) + relays_host.read_of(gone.id), "");
}

TEST_F(Attacker, WithAKioskSeizedRunningSeesTheBoardAndNobodysRecord) {
  ArchiveAttacker seized = archive();
  takes_store(seized, kiosks[0]);
  seized.works();
  EXPECT_TRUE(seized.placed(stays.id)) << "rooms and rota are the house's";
  EXPECT_EQ(seized.read_of(stays.id) + seized.read_of(gone.id), "") << "nobody was signed in";
}

TEST_F(Attacker, WithAKioskSeizedWhileAResidentWasSignedInReadsThatOneAlone) {
  ArchiveAttacker seized = archive();
  takes_store(seized, kiosks[0]);
  seized.knows(gone.key.view());
  seized.works();
  EXPECT_TRUE(reads(seized, gone));
  EXPECT_EQ(seized.read_of(stays.id), "");
}

TEST_F(Attacker, WithAKioskSeizedWhileStaffWasSignedInReadsTheHouse) {
  ArchiveAttacker seized = archive();
  takes_store(seized, kiosks[0]);
  seized.knows(custody_secret(kiosks[0]).view());
  seized.works();
  EXPECT_TRUE(reads(seized, gone));
  EXPECT_TRUE(reads(seized, stays));
}

TEST_F(Attacker, WhoGuessedAPinReadsThatOneAlone) {
  ArchiveAttacker guesses = archive();
  takes_store(guesses, kiosks[0]);
  const auto wrap = must(crypto::PinWrap::parse(*must(kiosks[0].vault->setting(pin_setting(gone.id)))));
  guesses.knows(must(crypto::open_pin_wrap(wrap, text("402917"), must(pin_secret(*kiosks[0].vault, random)), gone.id.view())).view());
  guesses.works();
  EXPECT_TRUE(reads(guesses, gone));
  EXPECT_EQ(guesses.read_of(stays.id), "");
}

TEST_F(Attacker, FormerStaffWithTheRelaysHostOpenNothingWithoutTheDevice) {
  ArchiveAttacker former = archive();
  former.knows(custody_secret(kiosks[0]).view());
  former.works();
  EXPECT_EQ(former.opened_segments(), 0u);
  EXPECT_EQ(former.read_of(stays.id) + former.read_of(gone.id), "") << "the keyring's outer layer is the device's";
}

TEST_F(Attacker, WithADeviceThatWasCutOpensNothingSealedAfterwardsThoughItHoldsThePersonsKey) {
  must(end_everywhere(*office, kiosks[1].founding.device, DeviceState::cut, scope(), {}));
  must(tend_keys(*office, today(), at_once));
  std::list<Party> cut;
  cut.splice(cut.end(), parties, std::next(parties.begin()));
  everybody_syncs();
  appoints("Nieuwe Kade 9");
  ArchiveAttacker later = archive();
  later.reads_store(cut.front().file, kiosks[1].vault->store_key());
  later.knows(custody_secret(kiosks[1]).view());
  later.knows(stays.key.view());
  later.works();
  EXPECT_TRUE(reads(later, stays)) << "what it held on that day";
  EXPECT_EQ(later.read_of(stays.id).find("Nieuwe Kade 9"), std::string::npos) << "it travels under an epoch that the device was not given";
  // With the desk's store as well, the same key opens it: a person's key needs no successor for what the epoch ends.
  later.reads_store(parties.back().file, vault->store_key());
  later.works();
  EXPECT_NE(later.read_of(stays.id).find("Nieuwe Kade 9"), std::string::npos);
}

TEST_F(Attacker, WithTheDeskSeizedOpenReadsEverybody) {
  ArchiveAttacker seized = archive();
  seized.reads_store(parties.back().file, vault->store_key());
  seized.works();
  EXPECT_TRUE(reads(seized, gone));
  EXPECT_TRUE(reads(seized, stays));
}

class AttackerOfTwoHouses : public RecordingOfAMove {};

TEST_F(AttackerOfTwoHouses, WithBothKiosksSeizedRunningSeesEachHouseAndNobodysRecord) {
  ArchiveAttacker one = archive();
  for (const auto& kiosk : {&kiosks[0], &kiosks[2]})
    one.reads_store(folder / (kiosk == &kiosks[0] ? "first.db" : "north.db"), kiosk->vault->store_key());
  one.works();
  EXPECT_TRUE(one.placed(stays.id));
  EXPECT_EQ(one.read_of(stays.id) + one.read_of(gone.id), "");
  ArchiveAttacker north = archive();
  takes(north, kiosks[2]);
  north.works();
  EXPECT_FALSE(north.placed(stays.id)) << "with a kiosk of the other house and its staff's passphrase";
  EXPECT_EQ(north.read_of(stays.id) + north.read_of(gone.id), "");
}

}  // namespace
}  // namespace huisbord
