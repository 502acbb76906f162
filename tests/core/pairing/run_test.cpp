// SPDX-License-Identifier: GPL-3.0-or-later
// A pairing from code to admission, and every way in which one ends without handing anything out.
#include <gtest/gtest.h>

#include "tests/core/pairing/meeting.h"

namespace huisbord {
namespace {

TEST(Pairing, ShowsTheSameSixWordsAndAdmits) {
  PairingPlay play(1);
  play.to_words();
  EXPECT_EQ(*play.kiosk.words(), *play.desk.words());
  play.meeting.apply(play.kiosk.answer(WordsAgree::yes));
  play.meeting.apply(play.desk.answer(WordsAgree::yes));
  play.kiosk_looks();
  EXPECT_EQ(play.kiosk.end(), PairingEnd::going_on) << "the desk has not admitted yet";
  ASSERT_TRUE(play.desk.device().has_value());
  EXPECT_EQ(play.desk.device()->device, play.self.device);
  EXPECT_EQ(play.desk.device()->request, play.self.request);
  EXPECT_EQ(play.desk.device()->custody, play.self.custody);
  play.meeting.apply(play.desk.admitted());
  play.kiosk_looks();
  EXPECT_EQ(play.kiosk.end(), PairingEnd::admitted);
  EXPECT_EQ(play.kiosk.offer()->root, play.offered.root);
  EXPECT_EQ(play.kiosk.offer()->house.charter, 3u);
  EXPECT_EQ(play.kiosk.offer()->house.snapshot, play.offered.house.snapshot);
}

TEST(Pairing, ShowsOtherWordsInEveryRun) {
  PairingPlay first(1);
  PairingPlay second(2);
  first.to_words();
  second.to_words();
  EXPECT_NE(*first.kiosk.words(), *second.kiosk.words());
  EXPECT_NE(text_of(*first.kiosk.words()), text_of(*second.kiosk.words()));
}

TEST(Pairing, HandsOutNothingBeforeBothPeopleSaidYes) {
  PairingPlay play(3);
  play.to_words();
  // A relay that says "admitted" by itself convinces nobody.
  play.meeting.change().messages.push_back(write_verdict(true));
  play.kiosk_looks();
  EXPECT_EQ(play.kiosk.end(), PairingEnd::going_on);
  EXPECT_FALSE(play.kiosk.agreed());
  play.desk_looks();
  EXPECT_EQ(play.desk.end(), PairingEnd::going_on);
  // Nothing that has left either side opens anything: public keys, random numbers, hashes.
  EXPECT_LE(play.meeting.view().messages[1].size() + play.meeting.view().messages[2].size(), 600u);
}

TEST(Pairing, BurnsWhenThePersonAtTheDeskSaysNo) {
  PairingPlay play(4);
  play.to_words();
  play.meeting.apply(play.kiosk.answer(WordsAgree::yes));
  play.meeting.apply(play.desk.answer(WordsAgree::no));
  EXPECT_EQ(play.desk.end(), PairingEnd::words_differ);
  EXPECT_EQ(play.meeting.view().state, MeetingState::burnt);
  play.kiosk_looks();
  EXPECT_EQ(play.kiosk.end(), PairingEnd::ended_there);
}

TEST(Pairing, BurnsWhenThePersonAtTheKioskSaysNo) {
  PairingPlay play(5);
  play.to_words();
  play.meeting.apply(play.kiosk.answer(WordsAgree::no));
  EXPECT_EQ(play.kiosk.end(), PairingEnd::words_differ);
  play.desk_looks();
  EXPECT_EQ(play.desk.end(), PairingEnd::ended_there);
}

TEST(Pairing, SaysWhenTheCodeIsWrongOldOrUsed) {
  const auto end_at = [](MeetingState state) {
    PairingPlay play(6);
    const PairingMove move = play.kiosk.advance({.state = state, .messages = {}}, play.now);
    EXPECT_FALSE(move.put.has_value());
    EXPECT_FALSE(move.burn) << "not ours to burn";
    return play.kiosk.end();
  };
  EXPECT_EQ(end_at(MeetingState::wrong_code), PairingEnd::wrong_code);
  EXPECT_EQ(end_at(MeetingState::old_code), PairingEnd::old_code);
  EXPECT_EQ(end_at(MeetingState::taken), PairingEnd::code_used);
  EXPECT_EQ(end_at(MeetingState::burnt), PairingEnd::ended_there);
}

TEST(Pairing, TakesOneKioskACode) {
  PairingPlay play(7);
  play.kiosk_looks();
  KioskRun other(play.code, some_device(play.random), play.now, play.random);
  play.meeting.apply(other.advance(play.meeting.view(), play.now));
  EXPECT_EQ(other.end(), PairingEnd::code_used);
  EXPECT_EQ(play.meeting.view().state, MeetingState::open) << "the first goes on";
  play.to_words();
  EXPECT_EQ(*play.kiosk.words(), *play.desk.words());
}

TEST(Pairing, EndsAfterFifteenMinutesOnBothSides) {
  PairingPlay play(8);
  play.to_words();
  play.now = pairing_lifetime;
  play.desk_looks();
  EXPECT_EQ(play.desk.end(), PairingEnd::out_of_time);
  PairingPlay alone(9);
  alone.now = pairing_lifetime;
  alone.kiosk_looks();
  EXPECT_EQ(alone.kiosk.end(), PairingEnd::out_of_time);
}

TEST(Pairing, RefusesAKioskThatRevealsSomethingElse) {
  PairingPlay play(10);
  play.kiosk_looks();
  play.desk_looks();
  play.kiosk_looks();
  ASSERT_EQ(play.meeting.view().messages.size(), 3u);
  play.meeting.change().messages[2] = write_reveal({.device = some_device(play.random), .random = {}});
  play.desk_looks();
  EXPECT_EQ(play.desk.end(), PairingEnd::broken_promise);
  EXPECT_FALSE(play.desk.device().has_value());
  EXPECT_FALSE(play.desk.words().has_value());
  EXPECT_EQ(play.meeting.view().state, MeetingState::burnt);
}

TEST(Pairing, NoticesAMessageThatChangesAfterItWasSeen) {
  for (std::size_t changed = 0; changed < 3; ++changed) {
    PairingPlay play(11);
    play.to_words();
    Bytes& message = play.meeting.change().messages[changed];
    message.back() ^= 1;
    const MeetingView seen = play.meeting.view();
    play.meeting.apply(play.kiosk.advance(seen, play.now));
    play.meeting.apply(play.desk.advance(seen, play.now));
    EXPECT_EQ(play.kiosk.end(), PairingEnd::changed) << changed;
    EXPECT_EQ(play.desk.end(), PairingEnd::changed) << changed;
  }
  PairingPlay emptied(12);
  emptied.to_words();
  emptied.meeting.change().messages.clear();
  emptied.kiosk_looks();
  EXPECT_EQ(emptied.kiosk.end(), PairingEnd::changed);
}

TEST(Pairing, SaysTheSameAgainAfterEveryLostAnswer) {
  // Each move is asked for twice, and put twice: the run is the same.
  PairingPlay play(13);
  for (int turn = 0; turn < 6; ++turn) {
    for (int again = 0; again < 2; ++again) {
      const PairingMove first = play.kiosk.advance(play.meeting.view(), play.now);
      const PairingMove second = play.kiosk.advance(play.meeting.view(), play.now);
      EXPECT_EQ(first.put.has_value(), second.put.has_value());
      if (first.put) {
        EXPECT_EQ(first.put->message, second.put->message);
      }
      play.meeting.apply(first);
      play.meeting.apply(second);
    }
    const PairingMove first = play.desk.advance(play.meeting.view(), play.now);
    const PairingMove second = play.desk.advance(play.meeting.view(), play.now);
    if (first.put) {
      EXPECT_EQ(first.put->message, second.put->message);
    }
    play.meeting.apply(first);
    play.meeting.apply(second);
  }
  EXPECT_EQ(play.meeting.view().messages.size(), 3u);
  EXPECT_EQ(*play.kiosk.words(), *play.desk.words());
}

TEST(Pairing, OfAKioskThatStartsAgainEndsAtEachStepAndAdmitsNobody) {
  for (int steps = 1; steps < 6; ++steps) {
    PairingPlay play(14);
    for (int step = 0; step < steps; ++step) step % 2 == 0 ? play.kiosk_looks() : play.desk_looks();
    KioskRun again(play.code, play.self, play.now, play.random);  // the same kiosk, which forgot its random number
    play.meeting.apply(again.advance(play.meeting.view(), play.now));
    EXPECT_EQ(again.end(), PairingEnd::code_used) << steps;
    EXPECT_FALSE(again.words().has_value());
  }
}

TEST(Pairing, OfADeskThatStartsAgainEndsAtEachStepAndAdmitsNobody) {
  for (int steps = 2; steps < 6; ++steps) {
    PairingPlay play(15);
    for (int step = 0; step < steps; ++step) step % 2 == 0 ? play.kiosk_looks() : play.desk_looks();
    DeskRun again(play.code, play.offered, play.now, play.random);
    play.meeting.apply(again.advance(play.meeting.view(), play.now));
    EXPECT_EQ(again.end(), PairingEnd::changed) << steps;
    EXPECT_FALSE(again.device().has_value());
    play.kiosk_looks();
    EXPECT_EQ(play.kiosk.end(), PairingEnd::ended_there) << steps;
  }
}

TEST(Pairing, EndsOnWhatIsNoMessage) {
  PairingPlay play(16);
  play.kiosk_looks();
  play.meeting.change().messages.push_back(to_bytes(view("<html>")));
  play.kiosk_looks();
  EXPECT_EQ(play.kiosk.end(), PairingEnd::malformed);
  EXPECT_EQ(play.meeting.view().state, MeetingState::burnt);
  PairingPlay newer(17);
  newer.kiosk_looks();
  newer.desk_looks();
  newer.meeting.change().messages[1][1] = 2;  // the version, field 1
  newer.kiosk_looks();
  EXPECT_EQ(newer.kiosk.end(), PairingEnd::newer_version);
}

TEST(Pairing, EndsWithASentenceThatSaysWhatToDo) {
  for (int end = 0; end <= static_cast<int>(PairingEnd::newer_version); ++end)
    EXPECT_GT(std::string(sentence(static_cast<PairingEnd>(end))).size(), 20u) << end;
}

}  // namespace
}  // namespace huisbord
