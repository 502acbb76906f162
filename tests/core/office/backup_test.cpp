// SPDX-License-Identifier: GPL-3.0-or-later
// A desk restored from its backups is another device that reads on; without the backup of keys nothing that was sealed opens.
#include <fstream>
#include <map>

#include "core/crypto/memory.h"
#include "core/crypto/words.h"
#include "core/office/backup_restore.h"
#include "core/office/erase_person.h"
#include "core/office/person_keys.h"
#include "core/store/vault_file.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class BackupTest : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    kiosk = admit("kiosk");
    group = random.id<WoongroepTag>();
    must(vault->record(scope(), Actor::none(), Woongroep{group, "Noord", 1}));
    person = settle("Winta");
    other = settle("Zwaniru");
    exchange(*vault);
  }
  [[nodiscard]] Day today() const { return {static_cast<std::int32_t>(clock.now().value / TestClock::day)}; }
  PersonId settle(const std::string& name) {
    const PersonId who = random.id<PersonTag>();
    const crypto::SecretBytes person_key = must(make_person_key(*office, who));
    must(vault->record(scope(), Actor::none(), who, person_key, {IdentitySet{who, {name, today()}}}));
    must(vault->record(scope(), Actor::none(), Placing{who, random.id<RoomTag>(), Symbol::paw, Pastel::sky, today(), {}}));
    return who;
  }
  void exchange(Vault& desk) {
    bring(desk, *kiosk.vault);
    bring(*kiosk.vault, desk);
  }
  /// Sealed at once, so under the epoch of before.
  void kiosk_writes() {
    must(kiosk.vault->record(scope(), Actor::of(person), AppearanceChosen{person, Symbol::fish, Pastel::mint}));
    (void)must(kiosk.vault->segments_after(scope(), must(kiosk.vault->heads(scope())), 1));
  }
  void back_up() {
    must(vault->back_up(folder / "copy.db", copy_key));
    must(back_up_keys(*office, folder / "keys", phrase, cheap));
  }
  /// The desk burns; another is made of what was backed up, and hears from the kiosk what came after.
  void restore(const KeyBackup* keys, const std::map<ScopeId, Bytes>& newest = {}) {
    office.reset();
    vault.reset();
    crypto::SigningKeyPair delegated = crypto::make_signing_key(random);
    const Vault::Origin origin = must(Vault::origin(folder / "copy.db", copy_key));
    const Founding founding = make_founding(origin.organisation, origin.root, random);
    const Delegation delegation = delegate(origin.organisation, 2, in_days(400), delegated.public_key, root);
    must(restore_desk(folder / "copy.db", copy_key, founding, keys, newest, delegated, delegation, clock.now()));
    vault = must(Vault::open(folder / "copy.db", copy_key, options()));
    office.emplace(must(take_up_desk(*vault, keys, std::move(delegated), delegation, random)));
    exchange(*vault);
    must(replace_former_desks(*office));
    exchange(*vault);
  }
  std::string name_of(const PersonId& who) {
    const auto person_key = vault->person_key(who);
    if (!person_key) return name(person_key.error().code);
    const auto record = must(vault->open_person(scope(), who, *person_key));
    return record.identity ? record.identity->called : "nothing";
  }

  crypto::SecretBytes copy_key = crypto::make_key(random);
  crypto::SecretBytes phrase = crypto::make_house_phrase(random);
  AdmittedKiosk kiosk;
  WoongroepId group;
  PersonId person, other;
};

TEST_F(BackupTest, ARestoredDeskIsAnotherDeviceThatReadsEverythingAndGoesOn) {
  back_up();
  // After the backup: the desk's own, and the kiosk's.
  must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "Zuid", 2}));
  exchange(*vault);
  kiosk_writes();
  const DeviceId former = vault->founding().device;
  const KeyBackup keys = must(read_key_backup(folder / "keys", phrase));
  restore(&keys);
  EXPECT_NE(vault->founding().device, former);
  EXPECT_EQ(must(vault->identity(scope())).device, 3u);
  EXPECT_EQ(charter().device(1)->state, DeviceState::cut);
  EXPECT_EQ(name_of(person), "Winta");
  EXPECT_EQ(must(vault->placings(scope())).size(), 2u);
  EXPECT_TRUE(std::ranges::any_of(must(vault->placings(scope())), [](const Placing& one) { return one.symbol == Symbol::fish; }));
  EXPECT_TRUE(must(vault->ended_away(scope())).empty());
  EXPECT_TRUE(must(vault->verify()).sound());
  // It writes, and the kiosk takes it: under an epoch that no former key opens.
  must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "West", 3}));
  exchange(*vault);
  EXPECT_EQ(charter().highest_epoch()->grants.size(), 2u);
  EXPECT_TRUE(std::ranges::any_of(must(kiosk.vault->woongroepen(scope())), [](const Woongroep& one) { return one.name == "West"; }));
}

TEST_F(BackupTest, WithoutTheBackupOfKeysTheGapIsUnreadable) {
  back_up();
  kiosk_writes();
  restore(nullptr);
  EXPECT_EQ(name_of(person), "not found");
  EXPECT_TRUE(must(vault->people_with_keys()).empty());
  EXPECT_FALSE(std::ranges::any_of(must(vault->placings(scope())), [](const Placing& one) { return one.symbol == Symbol::fish; }));
  EXPECT_FALSE(must(vault->ended_away(scope())).empty()) << "and it is told";
  EXPECT_EQ(must(vault->placings(scope())).size(), 2u) << "what was in the copy is there";
}

TEST_F(BackupTest, ACharterThatIsNewerThanBothBackupsIsFollowed) {
  back_up();
  must(erase_person(*office, person, today()));
  std::map<ScopeId, Bytes> newest;
  for (const ScopeId& each : scopes()) newest[each] = must(vault->charter(each)).value();
  const CharterNumber last = charter().number;
  const KeyBackup keys = must(read_key_backup(folder / "keys", phrase));
  restore(&keys, newest);
  EXPECT_GT(charter().number, last);
  EXPECT_TRUE(charter().is_erased(person));
  EXPECT_EQ(name_of(person), "not found") << "though the backup of keys was not replaced";
  EXPECT_EQ(name_of(other), "Zwaniru");
}

TEST_F(BackupTest, AHouseFoundedAfterTheBackupIsEnteredByItsNewestCharter) {
  back_up();
  const HouseId later = random.id<HouseTag>();
  const auto later_scope = later.as<ScopeTag>();
  must(office->begin_scope(later_scope));
  must(vault->record(office->org(), Actor::none(), House{later, "Huis Noord"}));
  exchange(*vault);
  const Bytes newest = must(vault->charter(later_scope)).value();
  const KeyBackup keys = must(read_key_backup(folder / "keys", phrase));
  restore(&keys);
  EXPECT_EQ(must(vault->houses()).size(), 2u) << "the kiosk tells of it";
  EXPECT_EQ(vault->charter_number(later_scope), 0u);
  must(join_later_scope(*office, newest, &keys));
  must(replace_former_desks(*office));
  const Charter entered = must(vault->held_charter(later_scope));
  EXPECT_EQ(entered.device(1)->state, DeviceState::cut);
  EXPECT_EQ(entered.device(vault->founding().device)->state, DeviceState::active);
  must(vault->record(later_scope, Actor::none(), Woongroep{random.id<WoongroepTag>(), "Een", 1}));
  EXPECT_TRUE(must(vault->verify()).sound());
}

TEST_F(BackupTest, NoKeyStandsInTheCopyOfTheStore) {
  back_up();
  auto copy = must(Database::open(folder / "copy.db", copy_key, vault_salt(copy_key), {.mode = DatabaseOptions::Mode::read, .vfs = {}}));
  std::vector<Bytes> secrets;
  secrets.push_back(to_bytes(vault->founding().signing.seed()));
  secrets.push_back(to_bytes(vault->founding().request.seed()));
  secrets.push_back(to_bytes(vault->founding().sealing.secret.view()));
  secrets.push_back(to_bytes(must(vault->epoch_key(scope())).view()));
  secrets.push_back(to_bytes(must(vault->person_key(person)).view()));
  secrets.push_back(to_bytes(ByteView(*must(vault->setting("desk.delegated"))).first(32)));
  std::size_t values = 0;
  for (const char* sql :
       {"SELECT value FROM founding", "SELECT value FROM setting", "SELECT key FROM person_key", "SELECT key FROM epoch"}) {
    Statement rows = copy->use(sql);
    while (must(rows.row())) {
      ++values;
      for (const Bytes& secret : secrets) EXPECT_TRUE(std::ranges::search(rows.blob(0), secret).empty());
    }
  }
  EXPECT_GT(values, 2u);
  EXPECT_EQ(Vault::open(folder / "copy.db", copy_key, options()).error().code, ErrorCode::damaged) << "it is no device's store";
}

TEST_F(BackupTest, TheBackupOfKeysIsReplacedWholeAtAnErasure) {
  back_up();
  must(erase_person(*office, person, today()));
  const crypto::SecretBytes next = crypto::make_house_phrase(random);
  must(back_up_keys(*office, folder / "keys", next, cheap));
  EXPECT_EQ(read_key_backup(folder / "keys", phrase).error().code, ErrorCode::wrong_key);
  const KeyBackup keys = must(read_key_backup(folder / "keys", next));
  ASSERT_EQ(keys.people.size(), 1u);
  EXPECT_EQ(keys.people[0].first, other);
  // A copy of the store from before the erasure does not bring the person back: the newer charter came with the keys.
  restore(&keys);
  EXPECT_EQ(name_of(person), "not found");
  EXPECT_EQ(name_of(other), "Zwaniru");
  EXPECT_TRUE(charter().is_erased(person));
  EXPECT_EQ(must(vault->placings(scope())).size(), 1u);
  EXPECT_TRUE(must(vault->verify()).sound());
}

TEST_F(BackupTest, AStoreThatLivesIsNotRestoredOver) {
  back_up();
  const KeyBackup keys = must(read_key_backup(folder / "keys", phrase));
  restore(&keys);
  const Founding again = make_founding(vault->organisation(), root.public_key, random);
  vault.reset();
  EXPECT_EQ(Vault::restore(folder / "copy.db", copy_key, again, {}).error().code, ErrorCode::forbidden);
}

TEST_F(BackupTest, ADamagedBackupOfKeysIsRefused) {
  back_up();
  std::ifstream in(folder / "keys", std::ios::binary);
  const Bytes whole{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto code_of = [&](const Bytes& bytes) {
    std::ofstream(folder / "keys", std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    const auto read = read_key_backup(folder / "keys", phrase);
    return read ? std::string("ok") : std::string(name(read.error().code));
  };
  EXPECT_EQ(code_of(whole), "ok");
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    Bytes changed = whole;
    changed[at] ^= 1;
    EXPECT_NE(code_of(changed), "ok") << at;
    EXPECT_NE(code_of(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(at))), "ok") << at;
  }
}

}  // namespace
}  // namespace huisbord
