// SPDX-License-Identifier: GPL-3.0-or-later
// An organisation whose every byte on the wire is kept, with two kiosks of a house and two residents, and what somebody may take of it.
#pragma once

#include <fstream>
#include <list>

#include "core/crypto/custody.h"
#include "core/crypto/pin.h"
#include "core/office/backup_restore.h"
#include "core/office/epochs_tending.h"
#include "core/office/person_keys.h"
#include "core/store/pin_secret.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/app/recording/archive_attacker.h"
#include "tests/app/recording/recorded_wire.h"
#include "tests/core/office/small_office.h"
#include "tests/support/child_program.h"

namespace huisbord {

inline crypto::SecretBytes text(std::string_view words) { return crypto::SecretBytes::copy_of(view(words)); }

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
      for (const ScopeId& each : party.vault.scopes()) must(party.vault.record_witness(each));
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

  /// A kiosk's open store, its staff's passphrases, its residents' PINs.
  void takes(ArchiveAttacker& one, AdmittedKiosk& kiosk) {
    const auto file = std::ranges::find(parties, kiosk.vault.get(), [](const Party& party) { return &party.vault; })->file;
    one.reads_store(file, kiosk.vault->store_key());
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
  /// The desk's two backups as they are on that day, opened with their phrases.
  struct Backups {
    std::filesystem::path copy;
    crypto::SecretBytes copy_key;
    std::filesystem::path keys;
    crypto::SecretBytes keys_phrase;
  };
  Backups back_up(const std::string& day) {
    Backups made{folder / (day + ".copy"), crypto::make_key(random), folder / (day + ".keys"), text("zes woorden van " + day)};
    must(vault->back_up(made.copy, made.copy_key));
    must(back_up_keys(*office, made.keys, made.keys_phrase, cheap));
    return made;
  }
  static void takes_copy(ArchiveAttacker& one, const Backups& of) { one.reads_store(of.copy, of.copy_key); }
  static void takes_keys(ArchiveAttacker& one, const Backups& of) {
    const KeyBackup read = must(read_key_backup(of.keys, of.keys_phrase));
    for (const auto& [person, key] : read.people) one.knows(key.view());
    for (const auto& [scope, key] : read.epochs) one.knows(key.view());
  }

  ArchiveAttacker archive() { return {wire.streams(), root.public_key}; }
  /// Every secret of every replica as it is now.
  ArchiveAttacker with_every_replica() {
    ArchiveAttacker one = archive();
    for (Party& party : parties) one.reads_store(party.file, party.vault.store_key());
    for (AdmittedKiosk& kiosk : kiosks)
      if (std::ranges::find(parties, kiosk.vault.get(), [](const Party& party) { return &party.vault; }) != parties.end())
        takes(one, kiosk);
    return one;
  }
  ArchiveAttacker attacker() {
    ArchiveAttacker one = with_every_replica();
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

  static constexpr std::string_view passphrase = "groene fiets bij de sluis";
  TestFolder relay_folder;
  RecordedWire wire;
  std::optional<ChildProgram> relay;
  WoongroepId group;
  Resident gone, stays;
  std::vector<AdmittedKiosk> kiosks;
  std::list<Party> parties;
};

/// And a second house, with a kiosk of its own.
class RecordingOfAMove : public Recording {
 protected:
  void SetUp() override {
    Recording::SetUp();
    other = random.id<HouseTag>();
    must(office->begin_scope(there()));
    must(vault->record(office->org(), Actor::none(), House{other, "Huis Noord"}));
    must(vault->record(there(), Actor::none(), Woongroep{group, "Boven", 1}));
    must(vault->record(there(), Actor::none(), Room{room, group, "3"}));
    AdmittedKiosk kiosk;
    kiosk.founding = make_founding(vault->organisation(), root.public_key, random);
    auto custody = must(crypto::Custody::make(random.id<StaffTag>(), text(passphrase), cheap, random));
    must(remember_custody(*office, kiosk.founding.device, custody.public_key()));
    for (const ScopeId& each : {office->org(), there()})
      kiosk.number = must(office->admit(each, listed(kiosk.founding, DeviceClass::kiosk)));
    kiosk.vault = must(Vault::create(folder / "north.db", key, kiosk.founding, options()));
    for (const ScopeId& each : {office->org(), there()}) must(kiosk.vault->take_charter(*must(vault->charter(each))));
    must(kiosk.vault->set_setting(custody_setting, custody.serialise()));
    kiosks.push_back(std::move(kiosk));
    parties.emplace_front(*kiosks.back().vault, folder / "north.db", wire.url());
    everybody_syncs();
  }
  [[nodiscard]] ScopeId there() const { return other.as<ScopeTag>(); }
  HouseId other;
  RoomId room = random.id<RoomTag>();
};

}  // namespace huisbord
