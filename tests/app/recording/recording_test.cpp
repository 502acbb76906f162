// SPDX-License-Identifier: GPL-3.0-or-later
// A relay that keeps every byte, and afterwards every secret of every replica: an erased person stays unreadable, and another does not.
#include <fstream>
#include <list>

#include "core/crypto/custody.h"
#include "core/crypto/pin.h"
#include "core/office/epochs_tending.h"
#include "core/office/erase_person.h"
#include "core/office/person_keys.h"
#include "core/store/pin_secret.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/app/recording/archive_attacker.h"
#include "tests/app/recording/recorded_wire.h"
#include "tests/core/office/small_office.h"
#include "tests/support/child_program.h"

namespace huisbord {
namespace {

constexpr crypto::Argon2Parameters cheap{1, std::size_t{8} * 1024};
constexpr EpochTerms at_once{.without_snapshot = true};

crypto::SecretBytes text(std::string_view words) { return crypto::SecretBytes::copy_of(view(words)); }

/// One replica with its line to the relay.
struct Party {
  Party(Vault& vault, std::filesystem::path file, const std::string& url)
      : vault(vault),
        file(std::move(file)),
        relay(*HttpsRelay::open({.url = url, .authorities = {}}, vault, system_clock())),
        round(vault, *relay, system_clock()) {}
  void sync() {
    const RoundReport report = round.run({});
    EXPECT_TRUE(report.reached()) << (report.failure ? report.failure->sentence : "");
  }
  Vault& vault;
  std::filesystem::path file;
  std::unique_ptr<HttpsRelay> relay;
  SyncRound round;
};

class Recording : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    relay.emplace(std::string(HUISBORD_BINARY_DIR) + "/bin/huisbord-relay",
                  std::vector<std::string>{"--listen", "127.0.0.1:0", "--url", wire.url(), "--data", relay_folder.path().string(), "--root",
                                           to_hex(root.public_key.bytes)});
    const std::string line = relay->line();
    ASSERT_TRUE(line.starts_with("listening on 127.0.0.1:")) << line << relay->errors();
    wire.forward_to(static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1))));
    group = random.id<WoongroepTag>();
    must(vault->record(scope(), Actor::none(), Woongroep{group, "Boven", 1}));
    gone = settle("Winta Ghebremariam", "Keizersgracht 714");
    stays = settle("Zwaniru Abrehet", "Prinsengracht 263");
    for (const char* name : {"first", "second"}) {
      AdmittedKiosk& kiosk = kiosks.emplace_back(admit(name));
      auto custody = must(crypto::Custody::make(random.id<StaffTag>(), text(passphrase), cheap, random));
      must(kiosk.vault->set_setting(custody_setting, custody.serialise()));
      must(remember_custody(*office, kiosk.founding.device, custody.public_key()));
      must(hand_out_person_keys(*office, house, today()));
      parties.emplace_back(*kiosk.vault, folder / (std::string(name) + ".db"), wire.url());
    }
    parties.emplace_back(*vault, folder / "office.db", wire.url());
    everybody_syncs();
    give_pin(kiosks[0], gone, "402917");
    give_pin(kiosks[0], stays, "731846");
    must(kiosks[0].vault->record(scope(), Actor::of(gone.id), gone.id, gone.key, {AppointmentAnswered{gone.appointment, Answer::coming}}));
    // Tended once before, so that nobody's key is as old as the founding, which does not say its age.
    tend();
  }

  struct Resident {
    PersonId id;
    AppointmentId appointment;
    crypto::SecretBytes key;
    std::string name;
    std::string place;
  };

  [[nodiscard]] Day today() const { return {static_cast<std::int32_t>(clock.now().value / TestClock::day)}; }

  Resident settle(const std::string& name, const std::string& place) {
    Resident one{random.id<PersonTag>(), random.id<AppointmentTag>(), {}, name, place};
    one.key = must(make_person_key(*office, one.id));
    const Room room{random.id<RoomTag>(), group, "7"};
    must(vault->record(scope(), Actor::none(), room));
    must(vault->record(scope(), Actor::none(), Placing{one.id, room.id, Symbol::paw, Pastel::sky, today() - 9, {}}));
    Appointment appointment;
    appointment.id = one.appointment;
    appointment.title = "Gesprek over verblijf";
    appointment.place = place;
    appointment.day = appointment.end_day = today() + 2;
    must(vault->record(scope(), Actor::none(), one.id, one.key, {IdentitySet{one.id, {name, today() - 9}}, appointment}));
    return one;
  }
  void give_pin(AdmittedKiosk& kiosk, const Resident& who, std::string_view digits) {
    const auto custody = must(crypto::Custody::parse(*must(kiosk.vault->setting(custody_setting))));
    const auto opened = must(custody.open(custody.wraps().front().staff, text(passphrase)));
    const auto key = must(kiosk.vault->keyring_key(scope(), who.id, opened));
    const auto wrap = must(crypto::make_pin_wrap(key, text(digits), must(pin_secret(*kiosk.vault, random)), who.id.view(), cheap, random));
    must(kiosk.vault->set_setting(pin_setting(who.id), wrap.serialise()));
  }
  void everybody_syncs() {
    for (int twice = 0; twice < 2; ++twice)
      for (Party& party : parties) party.sync();
  }
  /// A day of a running organisation: everybody witnesses, tends its keys and is in touch.
  void tend() {
    clock.pass(TestClock::day);
    for (Party& party : parties) {
      for (const ScopeId& each : scopes()) must(party.vault.record_witness(each));
      must(party.vault.tend_keys());
    }
    everybody_syncs();
    must(tend_keys(*office, today(), at_once));
    everybody_syncs();
    for (Party& party : parties) {
      if (party.vault.rekey_due()) must(party.vault.rekey(crypto::make_key(random)));
      must(party.vault.tend_keys());
    }
    everybody_syncs();
  }

  /// Every secret of every replica as it is now: open stores, staff's passphrases, residents' PINs.
  ArchiveAttacker attacker() {
    ArchiveAttacker one(wire.streams(), root.public_key);
    for (Party& party : parties) one.reads_store(party.file, party.vault.store_key());
    for (AdmittedKiosk& kiosk : kiosks) {
      const auto custody = must(crypto::Custody::parse(*must(kiosk.vault->setting(custody_setting))));
      for (const crypto::CustodyWrap& wrap : custody.wraps()) one.knows(must(custody.open(wrap.staff, text(passphrase))).secret.view());
      const auto mixed_with = must(pin_secret(*kiosk.vault, random));
      for (const Resident* who : {&gone, &stays}) {
        const auto stored = must(kiosk.vault->setting(pin_setting(who->id)));
        if (!stored) continue;
        const auto wrap = must(crypto::PinWrap::parse(*stored));
        for (const char* digits : {"402917", "731846"})
          if (const auto key = crypto::open_pin_wrap(wrap, text(digits), mixed_with, who->id.view())) one.knows(key->view());
      }
    }
    one.works();
    return one;
  }

  static std::vector<Bytes> spellings(std::string_view words) {
    std::vector<Bytes> all = {to_bytes(view(words)), {}, {}};
    for (const char letter : words) {
      const auto byte = static_cast<std::uint8_t>(letter);
      all[1].insert(all[1].end(), {byte, 0});
      all[2].insert(all[2].end(), {0, byte});
    }
    return all;
  }
  static std::size_t files_with(std::string_view words, const std::filesystem::path& where) {
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(where)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      for (const Bytes& spelled : spellings(words)) found += std::ranges::search(bytes, spelled).empty() ? 0 : 1;
    }
    return found;
  }
  [[nodiscard]] Erasure erasure() { return must(erasures(*office)).at(0); }

  static constexpr std::string_view passphrase = "groene fiets bij de sluis";
  TestFolder relay_folder;
  RecordedWire wire;
  std::optional<ChildProgram> relay;
  WoongroepId group;
  Resident gone, stays;
  std::vector<AdmittedKiosk> kiosks;
  std::list<Party> parties;
};

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

TEST_F(Recording, OfAnErasedPersonOpensNothingWithEverySecretOfAfterwards) {
  must(erase_person(*office, gone.id, today()));
  EXPECT_EQ(erasure().waiting.size(), 3u) << "this desk too, until its store has a new key";
  everybody_syncs();
  EXPECT_EQ(erasure().waiting.size(), 3u) << "having heard of it is not having done it";
  for (int days = 0; days < 4; ++days) tend();
  EXPECT_TRUE(erasure().done());
  EXPECT_TRUE(erasure().lost.empty());

  const ArchiveAttacker reads = attacker();
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
  EXPECT_EQ(erasure().waiting, std::vector<DeviceNumber>{kiosks[1].number});
  parties.splice(parties.end(), all);
  EXPECT_NE(attacker().read_of(gone.id).find(gone.name), std::string::npos);
  for (int days = 0; days < 4; ++days) tend();
  EXPECT_TRUE(erasure().done());
  EXPECT_EQ(attacker().read_of(gone.id), "");
}

}  // namespace
}  // namespace huisbord
