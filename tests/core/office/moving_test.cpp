// SPDX-License-Identifier: GPL-3.0-or-later
// A move between houses: what ends, what begins, what follows, and what neither house can tell of the other.
#include "core/office/moving.h"

#include "core/crypto/custody.h"
#include "core/crypto/memory.h"
#include "core/crypto/pin.h"
#include "core/domain/leefgeld.h"
#include "core/office/epochs_tending.h"
#include "core/office/erase_person.h"
#include "core/office/person_keys.h"
#include "core/store/pin_secret.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class MovingTest : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    other = random.id<HouseTag>();
    must(office->begin_scope(there()));
    must(vault->record(office->org(), Actor::none(), House{other, "Huis Noord"}));
    for (const ScopeId& where : {scope(), there()}) {
      const Woongroep group{random.id<WoongroepTag>(), "Boven", 1};
      must(vault->record(where, Actor::none(), group));
      for (RoomId* room : {&rooms[where == scope() ? 0 : 1], &second_room}) {
        *room = random.id<RoomTag>();
        must(vault->record(where, Actor::none(), Room{*room, group.id, "7"}));
      }
    }
    kiosk = kiosk_of(scope(), "south");
    kiosk_there = kiosk_of(there(), "north");
    person = random.id<PersonTag>();
    key_of_person = must(make_person_key(*office, person));
    must(vault->record(scope(), Actor::none(), Placing{person, rooms[0], Symbol::paw, Pastel::sky, today() - 90, {}}));
    must(vault->record(scope(), Actor::none(), person, key_of_person,
                       {IdentitySet{person, {"Winta", today() - 90}}, PreferencesSet{person, {"ti", TextSize::large, Contrast::high}},
                        CaseManagersSet{person, {"Els", {}, {}}}, PlanStep{person, 2, 4}}));
    must(hand_out_person_keys(*office, house, today()));
    hear();
  }

  [[nodiscard]] ScopeId there() const { return other.as<ScopeTag>(); }
  [[nodiscard]] Day today() const { return {static_cast<std::int32_t>(clock.now().value / TestClock::day)}; }

  AdmittedKiosk kiosk_of(const ScopeId& where, const std::string& name) {
    AdmittedKiosk made;
    made.founding = make_founding(vault->organisation(), root.public_key, random);
    for (const ScopeId& each : {office->org(), where}) made.number = must(office->admit(each, listed(made.founding, DeviceClass::kiosk)));
    made.vault = must(Vault::create(folder / (name + ".db"), key, made.founding, options()));
    auto custody = must(crypto::Custody::make(random.id<StaffTag>(), passphrase(), cheap, random));
    must(made.vault->set_setting(custody_setting, custody.serialise()));
    must(remember_custody(*office, made.founding.device, custody.public_key()));
    return made;
  }
  void exchange(const ScopeId& where, Vault& replica) {
    for (const ScopeId& each : {office->org(), where}) {
      if (const auto bytes = must(vault->charter(each))) must(replica.take_charter(*bytes));
      bring_segments(*vault, replica, each);
      bring_segments(replica, *vault, each);
    }
  }
  void hear() {
    exchange(scope(), *kiosk.vault);
    exchange(there(), *kiosk_there.vault);
  }
  void tend() {
    for (Vault* each : {kiosk.vault.get(), kiosk_there.vault.get()}) must(each->tend_keys());
    hear();
    (void)must(tend_keys(*office, today(), at_once));
    hear();
  }
  static crypto::SecretBytes passphrase() { return crypto::SecretBytes::copy_of(view("groene fiets bij de sluis")); }
  Result<crypto::SecretBytes> by_custody(AdmittedKiosk& where, const ScopeId& house_scope, const PersonId& who) {
    const auto custody = must(crypto::Custody::parse(*must(where.vault->setting(custody_setting))));
    return where.vault->keyring_key(house_scope, who, must(custody.open(custody.wraps().front().staff, passphrase())));
  }
  void pay(int days_ago, std::int64_t cents, EntryKind kind = EntryKind::week_money) {
    Entry entry;
    entry.id = random.id<EntryTag>();
    entry.day = today() - days_ago;
    entry.amount = Cents{cents};
    entry.kind = kind;
    entries.push_back(entry);
    must(vault->record(scope(), Actor::none(), person, key_of_person, {EntryAdded{entry}}));
  }
  PersonId move() { return must(move_resident(*office, {person, house, other, rooms[1]}, today())); }
  PersonRecord read(AdmittedKiosk& where, const ScopeId& house_scope, const PersonId& who) {
    return must(where.vault->open_person(house_scope, who, must(by_custody(where, house_scope, who))));
  }

  HouseId other;
  RoomId rooms[2], second_room;
  AdmittedKiosk kiosk, kiosk_there;
  PersonId person;
  crypto::SecretBytes key_of_person;
  std::vector<Entry> entries;
};

TEST_F(MovingTest, EndsOneStayAndBeginsAnotherUnderAnotherIdentifierAndKey) {
  const PersonId later = move();
  EXPECT_NE(later, person);
  hear();
  const auto before = must(kiosk.vault->placings(scope()));
  ASSERT_EQ(before.size(), 1u);
  EXPECT_EQ(before[0].until, today() - 1);
  const auto after = must(kiosk_there.vault->placings(there()));
  ASSERT_EQ(after.size(), 1u);
  EXPECT_EQ(after[0].person, later);
  EXPECT_EQ(after[0].from, today());
  EXPECT_EQ(after[0].symbol, Symbol::paw);
  EXPECT_EQ(after[0].pastel, Pastel::sky);
  EXPECT_FALSE(crypto::equal(must(vault->person_key(later)).view(), key_of_person.view()));
}

TEST_F(MovingTest, TakesNamePreferencesManagersPlanAndWhatLiesAheadAlong) {
  Appointment past, ahead;
  past.id = random.id<AppointmentTag>();
  past.day = past.end_day = today() - 2;
  ahead.id = random.id<AppointmentTag>();
  ahead.title = "Gesprek over verblijf";
  ahead.day = ahead.end_day = today() + 3;
  for (const Appointment& one : {past, ahead}) must(vault->record(scope(), Actor::none(), person, key_of_person, {one}));
  must(vault->record(scope(), Actor::none(), person, key_of_person, {AppointmentAnswered{ahead.id, Answer::coming}}));
  const PersonId later = move();
  hear();
  const PersonRecord record = read(kiosk_there, there(), later);
  ASSERT_TRUE(record.identity && record.preferences && record.managers && record.plan);
  EXPECT_EQ(record.identity->called, "Winta");
  EXPECT_EQ(record.preferences->language, "ti");
  EXPECT_EQ(record.managers->legal, "Els");
  EXPECT_EQ(record.plan->step, 2);
  ASSERT_EQ(record.appointments.size(), 1u);
  EXPECT_EQ(record.appointments[0].appointment.title, "Gesprek over verblijf");
  EXPECT_EQ(record.appointments[0].appointment.answer, Answer::coming);
  EXPECT_NE(record.appointments[0].appointment.id, ahead.id) << "no open field tells that the two stays are one person";
}

TEST_F(MovingTest, CarriesTheBalanceToTheCentAlsoWhenItsLinesEndByTerm) {
  pay(80, 4000);
  pay(40, 5000);
  pay(39, -1250, EntryKind::paid_cash);
  pay(3, 5000);
  must(vault->record(scope(), Actor::none(), person, key_of_person, {EntryQuestioned{entries[2].id, QuestionState::asked, today() + 5}}));
  const PersonId later = move();
  hear();
  const auto sum = [&](const PersonRecord& record) {
    std::vector<Entry> all;
    for (const StoredEntry& stored : record.entries) all.push_back(stored.entry);
    return balance(all);
  };
  PersonRecord record = read(kiosk_there, there(), later);
  EXPECT_EQ(sum(record), Cents{12750});
  EXPECT_EQ(record.entries.size(), 4u) << "the line of eighty days ago is past its term; the balance stands for it";
  EXPECT_EQ(std::ranges::count(record.entries, QuestionState::asked, [](const StoredEntry& one) { return one.entry.question; }), 1);
  Entry next;
  next.id = random.id<EntryTag>();
  next.day = today();
  next.amount = Cents{5000};
  must(vault->record(there(), Actor::none(), later, must(vault->person_key(later)), {EntryAdded{next}}));
  clock.pass(30 * TestClock::day);
  hear();
  must(kiosk_there.vault->pass_time());
  record = read(kiosk_there, there(), later);
  EXPECT_EQ(record.entries.size(), 3u);
  EXPECT_EQ(sum(record), Cents{17750});
}

TEST_F(MovingTest, TheFormerHousesKioskIsGivenTheKeyNoMoreAndLetsGoOfThePinAndOfWhatOpenedIt) {
  const auto wrap = must(crypto::make_pin_wrap(must(by_custody(kiosk, scope(), person)), crypto::SecretBytes::copy_of(view("402917")),
                                               must(pin_secret(*kiosk.vault, random)), person.view(), cheap, random));
  must(kiosk.vault->set_setting(pin_setting(person), wrap.serialise()));
  tend();
  const auto former = kiosk.vault->sealing_key();
  const PersonId later = move();
  EXPECT_EQ(must(vault->held_charter(scope())).keyring.size(), 0u);
  EXPECT_EQ(must(vault->held_charter(there())).keyring.size(), 1u);
  hear();
  tend();
  EXPECT_FALSE(must(kiosk.vault->setting(pin_setting(person))));
  EXPECT_FALSE(by_custody(kiosk, scope(), person));
  tend();
  EXPECT_NE(kiosk.vault->sealing_key(), former) << "a recorded keyring was sealed to it";
  EXPECT_EQ(kiosk.vault->founding().sealing.public_key, kiosk.vault->sealing_key()) << "and nothing older is left";
  EXPECT_TRUE(by_custody(kiosk_there, there(), later));
  EXPECT_FALSE(must(kiosk.vault->open_person(scope(), later, must(vault->person_key(later)))).identity);
}

TEST_F(MovingTest, AnErasureEndsEveryStayWhicheverIsNamed) {
  const PersonId later = move();
  EXPECT_EQ(must(stays_of(*vault, person)), (std::vector<PersonId>{later, person}));
  EXPECT_EQ(must(stays_of(*vault, later)), (std::vector<PersonId>{later, person}));
  must(erase_person(*office, person, today()));
  EXPECT_TRUE(must(vault->held_charter(scope())).is_erased(person));
  EXPECT_TRUE(must(vault->held_charter(there())).is_erased(later));
  EXPECT_FALSE(vault->person_key(later));
  EXPECT_EQ(must(erasures(*office)).size(), 2u);
  EXPECT_EQ(must(stays_of(*vault, person)).size(), 1u) << "not even that they were one";
  EXPECT_EQ(erase_person(*office, later, today()).error().code, ErrorCode::already_exists);
}

TEST_F(MovingTest, WithinTheHouseGivesAStayAnotherKeyThatTheFormerDoesNotOpen) {
  pay(3, 5000);
  const PersonId later = must(move_resident(*office, {person, house, house, rooms[0]}, today()));
  tend();
  const Placing placed = must(vault->placings(scope())).at(must(vault->placings(scope())).at(0).person == later ? 0 : 1);
  EXPECT_EQ(placed.room, rooms[0]);
  EXPECT_EQ(placed.symbol, Symbol::paw) << "as before: the discs of one room differ, and the former stay's is gone";
  EXPECT_EQ(read(kiosk, scope(), later).entries.size(), 2u);
  EXPECT_EQ(kiosk.vault->open_person(scope(), later, key_of_person).error().code, ErrorCode::seal);
  EXPECT_FALSE(by_custody(kiosk, scope(), person));
}

TEST_F(MovingTest, RefusesWhatIsNoMove) {
  const auto refused = [&](const HouseMove& move) { return move_resident(*office, move, today()).error().code; };
  EXPECT_EQ(refused({random.id<PersonTag>(), house, other, rooms[1]}), ErrorCode::not_found);
  EXPECT_EQ(refused({person, house, other, rooms[0]}), ErrorCode::not_found);
  move();
  EXPECT_EQ(refused({person, house, other, rooms[1]}), ErrorCode::forbidden);
  EXPECT_EQ(must(vault->people_with_keys()).size(), 2u);
}

TEST_F(MovingTest, SomebodyWhoLooksSoInThatRoomKeepsTheirLooks) {
  must(vault->record(there(), Actor::none(), Placing{random.id<PersonTag>(), rooms[1], Symbol::paw, Pastel::sky, today() - 9, {}}));
  const PersonId later = move();
  const auto all = must(vault->placings(there()));
  const auto placed = std::ranges::find(all, later, &Placing::person);
  EXPECT_NE(std::pair(placed->symbol, placed->pastel), std::pair(Symbol::paw, Pastel::sky));
}

}  // namespace
}  // namespace huisbord
