// SPDX-License-Identifier: GPL-3.0-or-later
// The vault as a house uses it: what is recorded is read back, kept over a restart, and marked as arrived.
#include "core/store/vault.h"

#include <thread>

#include "tests/core/store/house_test.h"

namespace huisbord {
namespace {

class VaultTest : public HouseTest {};

TEST_F(VaultTest, WhatTheDeskWritesTheKioskShows) {
  EXPECT_EQ(must(kiosk_->houses()).at(0).name, "Huis De Linde");
  const auto rooms = must(kiosk_->rooms(house()));
  ASSERT_EQ(rooms.size(), 2u);
  EXPECT_EQ(rooms[0].label, "7");
  EXPECT_EQ(rooms[1].label, "10");
  EXPECT_EQ(must(kiosk_->woongroepen(house())).at(0).name, "Boven");
  EXPECT_EQ(must(kiosk_->tasks(house())).at(0).before.value, 1200);
  EXPECT_EQ(must(kiosk_->duties(house(), today(), today() + 6)).size(), 7u);
  EXPECT_EQ(must(kiosk_->digest(house())), must(desk_->digest(house())));
  EXPECT_EQ(must(kiosk_->digest(organisation_.org())), must(desk_->digest(organisation_.org())));
}

TEST_F(VaultTest, ADutyDoneOnTheKioskIsSavedHereUntilAReceiptComes) {
  mark_done(0);
  EXPECT_TRUE(duty_at(*kiosk_, 0).duty.done);
  EXPECT_FALSE(duty_at(*kiosk_, 0).arrived);
  EXPECT_EQ(kiosk_->waiting_count(), 1u);
  exchange();
  EXPECT_TRUE(duty_at(*kiosk_, 0).arrived);
  EXPECT_EQ(kiosk_->waiting_count(), 0u);
  EXPECT_TRUE(duty_at(*desk_, 0).duty.done);
}

TEST_F(VaultTest, AClaimThatIsReturnedMovesNothingAndTheNewOfferStandsInItsPlace) {
  const auto offer = fresh<OfferTag>(), again = fresh<OfferTag>(), wrong = fresh<OfferTag>();
  must(kiosk_->record(house(), Actor::none(), DutyOffered{offer, duty(0), false}));
  must(kiosk_->record(house(), Actor::none(), DutyClaimed{offer, duty(0), rooms_[1]}));
  // Somebody else's claim is nobody's to return.
  must(kiosk_->record(house(), Actor::none(), DutyOffered{wrong, duty(0), false, ClaimReturned{offer, rooms_[0]}}));
  EXPECT_EQ(duty_at(*kiosk_, 0).duty.room, rooms_[1]);
  EXPECT_FALSE(duty_at(*kiosk_, 0).duty.open_offer);
  must(kiosk_->record(house(), Actor::none(), DutyOffered{again, duty(0), false, ClaimReturned{offer, rooms_[1]}}));
  Duty held = duty_at(*kiosk_, 0).duty;
  EXPECT_EQ(held.room, rooms_[0]);
  EXPECT_FALSE(held.taken_offer);
  EXPECT_EQ(held.open_offer, again);
  // The room that had offered keeps it after all: the take-over stays given back.
  must(kiosk_->record(house(), Actor::none(), withdraw_offer(held, rooms_[0]).value()));
  held = duty_at(*kiosk_, 0).duty;
  EXPECT_EQ(held.room, rooms_[0]);
  EXPECT_FALSE(held.open_offer);
  // Two offers that return each other count nowhere.
  const auto one = fresh<OfferTag>(), two = fresh<OfferTag>();
  must(kiosk_->record(house(), Actor::none(), DutyOffered{one, duty(2), false, ClaimReturned{two, rooms_[1]}}));
  must(kiosk_->record(house(), Actor::none(), DutyOffered{two, duty(2), false, ClaimReturned{one, rooms_[1]}}));
  EXPECT_FALSE(duty_at(*kiosk_, 2).duty.open_offer);
  exchange();
  EXPECT_EQ(duty_at(*desk_, 0).duty.room, rooms_[0]);
}

TEST_F(VaultTest, OffersTakeOversAndSwapsMoveDuties) {
  const auto offer = fresh<OfferTag>();
  must(kiosk_->record(house(), Actor::none(), DutyOffered{offer, duty(0), false}));
  EXPECT_EQ(duty_at(*kiosk_, 0).duty.open_offer, offer);
  must(kiosk_->record(house(), Actor::none(), DutyClaimed{offer, duty(0), rooms_[1]}));
  // The later claim of the same offer loses: the first counts.
  must(kiosk_->record(house(), Actor::none(), DutyClaimed{offer, duty(0), rooms_[0]}));
  const Duty taken = duty_at(*kiosk_, 0).duty;
  EXPECT_EQ(taken.room, rooms_[1]);
  EXPECT_EQ(taken.planned_room, rooms_[0]);
  EXPECT_EQ(taken.taken_offer, offer);
  EXPECT_FALSE(taken.open_offer);
  EXPECT_EQ(must(kiosk_->offers(house(), today(), today())).at(0).taken_by, rooms_[1]);

  const auto swap = fresh<RecordTag>();
  must(kiosk_->record(house(), Actor::none(), SwapProposed{swap, duty(2), duty(5), false}));
  EXPECT_EQ(duty_at(*kiosk_, 2).duty.swap_asked, swap);
  EXPECT_EQ(must(kiosk_->swaps(house(), today() + 5, today() + 5)).at(0).swap.state, Swap::State::asked);
  must(kiosk_->record(house(), Actor::none(), SwapAnswered{swap, true}));
  EXPECT_EQ(duty_at(*kiosk_, 2).duty.room, rooms_[1]);
  EXPECT_EQ(duty_at(*kiosk_, 5).duty.room, rooms_[0]);
  EXPECT_EQ(must(kiosk_->swaps(house(), today() + 2, today() + 2)).at(0).swap.state, Swap::State::accepted);
  exchange();
  EXPECT_EQ(duty_at(*desk_, 5).duty.room, rooms_[0]);
}

TEST_F(VaultTest, APersonsRecordOpensWithTheirKeyAlone) {
  const auto person = fresh<PersonTag>();
  const crypto::SecretBytes key = crypto::make_key(organisation_.random());
  must(desk_->record(house(), Actor::none(), Placing{person, rooms_[0], Symbol::paw, Pastel::sky, today(), {}}));
  const Recorded both =
      must(desk_->record(house(), Actor::none(), person, key,
                         {IdentitySet{person, {"Selam", today()}}, PreferencesSet{person, {"ti", TextSize::large, Contrast::high}}}));
  EXPECT_EQ(both.first, both.last) << "two fields of one record share an operation";
  Appointment appointment;
  appointment.id = fresh<AppointmentTag>();
  appointment.title = "Advocaat Bakker";
  appointment.day = appointment.end_day = today() + 3;
  Entry entry;
  entry.id = fresh<EntryTag>();
  entry.day = today();
  entry.amount = {5000};
  must(desk_->record(house(), Actor::none(), person, key, {appointment, EntryAdded{entry}}));
  exchange();

  must(kiosk_->record(house(), Actor::of(person), person, key, {AppointmentAnswered{appointment.id, Answer::coming}}));
  must(kiosk_->record(house(), Actor::of(person), person, key, {EntryQuestioned{entry.id, QuestionState::asked, today() + 7}}));
  const PersonRecord record = must(kiosk_->open_person(house(), person, key));
  EXPECT_EQ(record.identity->called, "Selam");
  EXPECT_EQ(record.preferences->language, "ti");
  ASSERT_EQ(record.appointments.size(), 1u);
  EXPECT_EQ(record.appointments[0].appointment.title, "Advocaat Bakker");
  EXPECT_EQ(record.appointments[0].appointment.answer, Answer::coming);
  EXPECT_TRUE(record.appointments[0].arrived);
  EXPECT_FALSE(record.appointments[0].answer_arrived);
  ASSERT_EQ(record.entries.size(), 1u);
  EXPECT_EQ(record.entries[0].entry.amount.value, 5000);
  EXPECT_EQ(record.entries[0].entry.question, QuestionState::asked);
  EXPECT_EQ(record.entries[0].entry.device, desk_device_.number);

  const auto other = kiosk_->open_person(house(), person, crypto::make_key(organisation_.random()));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::seal);
  EXPECT_FALSE(must(kiosk_->open_person(house(), fresh<PersonTag>(), key)).identity);
}

TEST_F(VaultTest, AChangeAboutSomethingThatIsNotHereIsRefused) {
  const auto missing = kiosk_->record(house(), Actor::none(), DutyDone{fresh<DutyTag>(), true});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(kiosk_->waiting_count(), 0u);
}

TEST_F(VaultTest, AKioskMayNotWriteWhatOnlyDesksDo) {
  const auto refused = kiosk_->record(house(), Actor::none(), Room{rooms_[0], group_, "99"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  EXPECT_EQ(must(kiosk_->rooms(house())).at(1).label, "10");
}

TEST_F(VaultTest, ManyChangesAreOneTransactionOrNone) {
  const std::vector<ChangeToRecord> changes = {{house(), Actor::none(), OpenChange{DutyDone{duty(0), true}}},
                                               {house(), Actor::none(), OpenChange{DutyDone{fresh<DutyTag>(), true}}}};
  EXPECT_FALSE(kiosk_->record_all(changes));
  EXPECT_FALSE(duty_at(*kiosk_, 0).duty.done);
  EXPECT_EQ(kiosk_->waiting_count(), 0u);
  EXPECT_TRUE(kiosk_->record_all(std::span(changes).first(1)));
  EXPECT_TRUE(duty_at(*kiosk_, 0).duty.done);
}

TEST_F(VaultTest, EverythingIsThereAfterClosingAndOpening) {
  mark_done(1);
  const auto before = must(kiosk_->digest(house()));
  const Bytes sealed = must(kiosk_->next_segment_to_send(house())).value();
  must(kiosk_->set_last_contact({77}));
  kiosk_.reset();
  kiosk_ = must(Vault::open(folder_ / "kiosk.db", SmallOrganisation::store_key(), organisation_.options()));
  EXPECT_EQ(must(kiosk_->digest(house())), before);
  EXPECT_EQ(must(kiosk_->next_segment_to_send(house())).value(), sealed) << "the same bytes are sent again";
  EXPECT_EQ(kiosk_->waiting_count(), 1u);
  EXPECT_EQ(kiosk_->last_contact()->value, 77);
  EXPECT_EQ(must(kiosk_->record(house(), Actor::none(), DutyDone{duty(2), true})).first, 2u) << "no number is used twice";
  exchange();
  EXPECT_EQ(must(kiosk_->digest(house())), must(desk_->digest(house())));
}

TEST_F(VaultTest, SettingsAndPersonKeysAreKept) {
  must(desk_->set_setting("pin.a", Bytes{1, 2}));
  must(desk_->set_setting("pin.b", Bytes{}));
  must(desk_->set_setting("panel", Bytes{3}));
  EXPECT_EQ(must(desk_->setting("pin.a")), (Bytes{1, 2}));
  EXPECT_EQ(must(desk_->settings("pin.")).size(), 2u);
  must(desk_->remove_setting("pin.a"));
  EXPECT_FALSE(must(desk_->setting("pin.a")));
  const auto person = fresh<PersonTag>();
  must(desk_->put_person_key(person, SmallOrganisation::store_key(9)));
  EXPECT_EQ(must(desk_->person_key(person)).view()[0], 9);
  EXPECT_EQ(must(desk_->people_with_keys()).size(), 1u);
  must(desk_->remove_person_key(person));
  EXPECT_TRUE(must(desk_->people_with_keys()).empty());
}

TEST_F(VaultTest, NoticesStandOnTheBoardOnTheirDays) {
  const auto id = fresh<NoticeTag>();
  Notice notice{id, NoticeIcon::repair, today(), today() + 20, {{"nl", {"Douche", "Kapot"}}}, false};
  must(desk_->record(house(), Actor::none(), notice));
  EXPECT_EQ(must(desk_->notices(house(), today() + 20)).size(), 1u);
  // Taken off the board sooner, in another week: a new notice instead of this one.
  notice.withdrawn = true;
  must(desk_->record(house(), Actor::none(), notice));
  notice = {fresh<NoticeTag>(), notice.icon, notice.from, today() + 2, notice.texts, false};
  must(desk_->record(house(), Actor::none(), notice));
  EXPECT_TRUE(must(desk_->notices(house(), today() + 20)).empty());
  EXPECT_EQ(must(desk_->notices(house(), today() + 1)).at(0).texts.at("nl").title, "Douche");
  notice.withdrawn = true;
  must(desk_->record(house(), Actor::none(), notice));
  EXPECT_TRUE(must(desk_->notices(house(), today() + 1)).empty());
  EXPECT_EQ(must(desk_->all_notices(house())).size(), 2u);
}

TEST_F(VaultTest, StaysEndAndAppearancesChange) {
  const auto person = fresh<PersonTag>();
  must(desk_->record(house(), Actor::none(), Placing{person, rooms_[0], Symbol::paw, Pastel::sky, today(), {}}));
  exchange();
  must(kiosk_->record(house(), Actor::of(person), AppearanceChosen{person, Symbol::moon, Pastel::rose}));
  must(desk_->record(house(), Actor::none(), PlacingEnded{person, today() + 9}));
  exchange();
  const auto placings = must(kiosk_->placings(house()));
  ASSERT_EQ(placings.size(), 1u);
  EXPECT_EQ(placings[0].symbol, Symbol::moon);
  EXPECT_EQ(placings[0].pastel, Pastel::rose);
  EXPECT_EQ(placings[0].until, today() + 9);
}

TEST_F(VaultTest, WhileSegmentsAreTakenScreensReadAndTapsAreStored) {
  std::vector<Bytes> segments;
  for (int i = 0; i < 60; ++i) {
    must(desk_->record(house(), Actor::none(), Room{fresh<RoomTag>(), group_, std::to_string(100 + i)}));
    segments.push_back(drain(*desk_, house()).at(0));
  }
  std::jthread sync([&] {
    for (const Bytes& segment : segments) must(kiosk_->take_segments(house(), {&segment, 1}));
  });
  std::size_t rooms = 2;
  while (rooms < 62) {
    const std::size_t now = must(kiosk_->rooms(house())).size();
    EXPECT_GE(now, rooms) << "what was there stays there";
    rooms = now;
    mark_done(0);
    EXPECT_TRUE(duty_at(*kiosk_, 0).duty.done);
    EXPECT_FALSE(duty_at(*kiosk_, 0).arrived);
    EXPECT_GT(kiosk_->waiting_count(), 0u);
  }
  sync.join();
  exchange();
  EXPECT_EQ(must(kiosk_->digest(house())), must(desk_->digest(house())));
}

}  // namespace
}  // namespace huisbord
