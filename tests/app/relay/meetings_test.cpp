// SPDX-License-Identifier: GPL-3.0-or-later
// The meeting place: who may write where, how a code dies, and that it stays small.
#include "app/relay/meetings.h"

#include <gtest/gtest.h>

#include "tests/core/sync/manual_clock.h"

namespace huisbord::relay {
namespace {

using State = wire::MeetingReply;

class MeetingPlace : public testing::Test {
 protected:
  wire::MeetingReply ask(Meetings::Side side, const std::string& code, std::uint32_t place = 0, const std::string& message = {},
                         bool open = false, bool burn = false) {
    wire::MeetingRequest request;
    request.set_code(code);
    request.set_place(place);
    request.set_message(message);
    request.set_open(open);
    request.set_burn(burn);
    last = meetings.answer(side, wire::to_body(request));
    if (last.status != 200) return {};
    return wire::parse_meeting_reply(last.body).value();
  }
  wire::MeetingReply open(const std::string& code) { return ask(Meetings::Side::host, code, 0, {}, true); }
  wire::MeetingReply guest(const std::string& code, std::uint32_t place = 0, const std::string& message = {}) {
    return ask(Meetings::Side::guest, code, place, message);
  }
  wire::MeetingReply host(const std::string& code, std::uint32_t place = 0, const std::string& message = {}) {
    return ask(Meetings::Side::host, code, place, message);
  }

  ManualClock clock;
  Meetings meetings{clock};
  Reply last;
};

TEST_F(MeetingPlace, PassesFourMessagesOn) {
  EXPECT_EQ(open("ABCDEFGH").state(), State::OPEN);
  EXPECT_EQ(guest("ABCDEFGH", 1, "commit").messages_size(), 1);
  EXPECT_EQ(host("ABCDEFGH", 2, "offer").messages_size(), 2);
  EXPECT_EQ(guest("ABCDEFGH", 3, "reveal").messages_size(), 3);
  EXPECT_EQ(host("ABCDEFGH", 4, "verdict").messages_size(), 4);
  const auto seen = guest("ABCDEFGH");
  EXPECT_EQ(seen.messages(0), "commit");
  EXPECT_EQ(seen.messages(3), "verdict");
  EXPECT_EQ(seen.seconds(), 900u);
}

TEST_F(MeetingPlace, IsOpenedByTheHostAlone) {
  EXPECT_EQ(ask(Meetings::Side::guest, "ABCDEFGH", 0, {}, true).state(), State::WRONG_CODE);
  EXPECT_EQ(guest("ABCDEFGH", 1, "commit").state(), State::WRONG_CODE);
}

TEST_F(MeetingPlace, GivesTheSameAnswerToTheSameQuestion) {
  open("ABCDEFGH");
  guest("ABCDEFGH", 1, "commit");
  EXPECT_EQ(guest("ABCDEFGH", 1, "commit").messages_size(), 1);
  EXPECT_EQ(open("ABCDEFGH").messages_size(), 1) << "opening again changes nothing";
}

TEST_F(MeetingPlace, WritesEachPlaceOnceAndInItsOrderAndBySide) {
  open("ABCDEFGH");
  EXPECT_EQ(guest("ABCDEFGH", 3, "reveal").messages_size(), 0) << "not before the offer";
  EXPECT_EQ(host("ABCDEFGH", 1, "mine").messages_size(), 0) << "the guest's place";
  guest("ABCDEFGH", 1, "commit");
  EXPECT_EQ(guest("ABCDEFGH", 1, "another").state(), State::TAKEN);
  EXPECT_EQ(guest("ABCDEFGH", 2, "an offer").messages_size(), 1) << "the host's place";
  host("ABCDEFGH", 2, "offer");
  EXPECT_EQ(host("ABCDEFGH", 2, "better offer").messages(1), "offer");
}

TEST_F(MeetingPlace, DiesAtTheFifthWrongTry) {
  open("ABCDEFGH");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(guest("ABCD0000").state(), State::WRONG_CODE);
  EXPECT_EQ(guest("ABCDEFGH").state(), State::OPEN);
  EXPECT_EQ(guest("ABCD0001").state(), State::WRONG_CODE);
  EXPECT_EQ(guest("ABCDEFGH").state(), State::BURNT);
  EXPECT_EQ(host("ABCDEFGH").state(), State::BURNT);
  EXPECT_EQ(guest("WXYZEFGH").state(), State::WRONG_CODE) << "another first half is nobody's try";
}

TEST_F(MeetingPlace, DiesWithAPersonsNo) {
  open("ABCDEFGH");
  guest("ABCDEFGH", 1, "commit");
  EXPECT_EQ(ask(Meetings::Side::host, "ABCDEFGH", 0, {}, false, true).state(), State::BURNT);
  EXPECT_EQ(guest("ABCDEFGH").state(), State::BURNT);
  EXPECT_EQ(guest("ABCDEFGH").messages_size(), 0);
  EXPECT_EQ(open("ABCDEFGH").state(), State::BURNT) << "a burnt code is not opened again";
}

TEST_F(MeetingPlace, IsOldAfterFifteenMinutes) {
  open("ABCDEFGH");
  clock.advance(Millis{15 * 60'000 - 1});
  EXPECT_EQ(guest("ABCDEFGH").state(), State::OPEN);
  clock.advance(Millis{1});
  EXPECT_EQ(guest("ABCDEFGH").state(), State::OLD_CODE);
  EXPECT_EQ(guest("ABCDEFGH", 1, "commit").state(), State::OLD_CODE);
}

TEST_F(MeetingPlace, HasRoomForSixtyFourAndForgetsTheOldestThatIsOver) {
  const auto code = [](int number) {
    return std::string{"AA"} + static_cast<char>('A' + number / 8) + static_cast<char>('A' + number % 8) + "EFGH";
  };
  for (int i = 0; i < 64; ++i) EXPECT_EQ(open(code(i)).state(), State::OPEN) << i;
  static_cast<void>(open(code(64)));
  EXPECT_EQ(last.status, 503u);
  clock.advance(Millis{15 * 60'000});
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 64; ++i) EXPECT_EQ(open(std::string(1, static_cast<char>('B' + round)) + code(i).substr(1)).state(), State::OPEN);
    clock.advance(Millis{15 * 60'000});
  }
  EXPECT_EQ(guest(code(0)).state(), State::WRONG_CODE) << "forgotten";
}

TEST_F(MeetingPlace, RefusesWhatIsNoMessageOrTooLarge) {
  EXPECT_EQ(meetings.answer(Meetings::Side::guest, view("<html>")).status, 400u);
  static_cast<void>(guest("ABC"));
  EXPECT_EQ(last.status, 400u);
  static_cast<void>(guest("ABCDEFGH", 5, "x"));
  EXPECT_EQ(last.status, 400u);
  static_cast<void>(guest("ABCDEFGH", 1, std::string(4097, 'x')));
  EXPECT_EQ(last.status, 413u);
  open("ABCDEFGH");
  EXPECT_EQ(guest("ABCDEFGH", 1, std::string(4096, 'x')).messages_size(), 1);
}

}  // namespace
}  // namespace huisbord::relay
