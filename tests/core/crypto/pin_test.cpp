// SPDX-License-Identifier: GPL-3.0-or-later
// PINs: which are proposed, what a wrap opens with, how tries slow down.
#include "core/crypto/pin.h"

#include <set>
#include <string>

#include "core/crypto/memory.h"
#include "tests/core/crypto/counting_random.h"
#include "tests/core/crypto/known_answers.h"

namespace huisbord::crypto {
namespace {

std::string six(int number) {
  std::string text = std::to_string(number);
  return std::string(6 - text.size(), '0') + text;
}

}  // namespace

TEST(Pin, IsTooSimpleWhenItIsASequenceARepeatOrADate) {
  for (const char* simple : {"000000", "111111", "112233", "121212", "123123", "123456", "654321", "456789", "890123", "135791",
                             "246802", "123789", "987321", "111234", "481112", "512348", "801987", "481996", "199648", "202648",
                             "742013", "311299", "010203", "010180", "991231", "850704", "123185", "778899", "147147", "909090"}) {
    EXPECT_TRUE(pin_is_too_simple(view(simple))) << simple;
  }
}

TEST(Pin, IsTooSimpleWhenItIsNotSixDigits) {
  for (const char* other : {"", "48390", "4839056", "48390a", "48 905", "\xd9\xa4\xd9\xa8\xd9\xa3"}) {
    EXPECT_TRUE(pin_is_too_simple(view(other))) << other;
  }
}

TEST(Pin, IsFineOtherwise) {
  for (const char* fine : {"483905", "739164", "905837", "640752", "857309"}) EXPECT_FALSE(pin_is_too_simple(view(fine))) << fine;
}

TEST(Pin, LeavesTheNumberThatTheSpecificationStates) {
  int left = 0;
  for (int number = 0; number < 1'000'000; ++number) left += pin_is_too_simple(view(six(number))) ? 0 : 1;
  EXPECT_EQ(left, 782'952);  // KEYS.md 11.4 computes with it
}

TEST(Pin, NoDateOfThisCenturyOrTheLastIsLeft) {
  using namespace std::chrono;
  for (sys_days day{1930y / January / 1}; day < sys_days{2030y / January / 1}; day += days{1}) {
    const year_month_day date{day};
    const int d = static_cast<int>(static_cast<unsigned>(date.day()));
    const int m = static_cast<int>(static_cast<unsigned>(date.month()));
    const int y = static_cast<int>(date.year());
    for (const int form : {d * 10000 + m * 100 + y % 100, y % 100 * 10000 + m * 100 + d, m * 10000 + d * 100 + y % 100,
                           d * 10000 + m * 100 + y / 100, m * 10000 + y, y * 100 + m, d * 10000 + y, y * 100 + d}) {
      ASSERT_TRUE(pin_is_too_simple(view(six(form)))) << form;
    }
  }
}

TEST(Pin, ProposalsAreNeverTooSimpleAndUseEveryDigitEverywhere) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    SeededRandom random(seed);
    std::set<std::string> made;
    std::array<std::set<char>, 6> at;
    for (int i = 0; i < 300; ++i) {
      const SecretBytes pin = propose_pin(random);
      ASSERT_FALSE(pin_is_too_simple(pin.view())) << "seed " << seed;
      const std::string text = to_string(pin.view());
      made.insert(text);
      for (std::size_t place = 0; place < 6; ++place) at.at(place).insert(text.at(place));
    }
    EXPECT_GT(made.size(), 290u) << "seed " << seed;
    for (const auto& digits : at) EXPECT_EQ(digits.size(), 10u) << "seed " << seed;
  }
}

TEST(Pin, WrongTriesSlowDown) {
  EXPECT_EQ(delay_after(0), Millis{0});
  EXPECT_EQ(delay_after(3), Millis{0});
  EXPECT_EQ(delay_after(4), Millis{15'000});
  EXPECT_EQ(delay_after(5), Millis{30'000});
  EXPECT_EQ(delay_after(9), Millis{480'000});
  EXPECT_EQ(delay_after(10), Millis{900'000});
  EXPECT_EQ(delay_after(~0u), Millis{900'000});
  for (unsigned tries = 1; tries < 100; ++tries) EXPECT_GE(delay_after(tries), delay_after(tries - 1));
}

class PinWraps : public testing::Test {
 protected:
  SeededRandom random{41};
  const SecretBytes person_key = counting_key(0x10);
  const SecretBytes store_key = counting_key(0xC0);
  const SecretBytes pin = secret("483905");
  const PersonId person = random.id<PersonTag>();
  const PinWrap wrap = make_pin_wrap(person_key, pin, store_key, person.view(), cheap, random).value();
};

TEST_F(PinWraps, OpenWithTheirPin) {
  EXPECT_TRUE(equal(open_pin_wrap(wrap, pin, store_key, person.view()).value().view(), person_key.view()));
}

TEST_F(PinWraps, OpenOneThatAnotherProgramWroteFromTheSpecification) {
  const PinWrap read = PinWrap::parse(known_bytes(known::pin_wrap)).value();
  CountingRandom known_person(0x30);
  EXPECT_TRUE(equal(open_pin_wrap(read, pin, store_key, known_person.id<PersonTag>().view()).value().view(), person_key.view()));
  EXPECT_EQ(to_hex(read.serialise()), known::pin_wrap);
}

TEST_F(PinWraps, StayClosedForAnotherPinStoreOrPerson) {
  EXPECT_EQ(open_pin_wrap(wrap, secret("483906"), store_key, person.view()).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(open_pin_wrap(wrap, pin, counting_key(1), person.view()).error().code, ErrorCode::wrong_key);
  EXPECT_EQ(open_pin_wrap(wrap, pin, store_key, random.id<PersonTag>().view()).error().code, ErrorCode::wrong_key);
}

TEST_F(PinWraps, NeverOpenWithAChangedByte) {
  const Bytes whole = wrap.serialise();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] ^= 1;
    const auto read = PinWrap::parse(changed);
    if (read) {
      EXPECT_FALSE(open_pin_wrap(*read, pin, store_key, person.view())) << i;
    }
    EXPECT_EQ(PinWrap::parse(ByteView(whole).first(i)).error().code, ErrorCode::damaged) << i;
  }
  Bytes later = whole;
  later[0] = 2;
  EXPECT_EQ(PinWrap::parse(later).error().code, ErrorCode::newer_version);
  later = whole;
  later.push_back(0);
  EXPECT_EQ(PinWrap::parse(later).error().code, ErrorCode::damaged);
}

TEST_F(PinWraps, RefuseCostsThatAreNone) {
  EXPECT_EQ(make_pin_wrap(person_key, pin, store_key, person.view(), {0, 0}, random).error().code, ErrorCode::invalid);
}

}  // namespace huisbord::crypto
