// SPDX-License-Identifier: GPL-3.0-or-later
// PINs: which are proposed, what a wrap opens with, how tries slow down.
#include "core/crypto/pin.h"

#include <algorithm>
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
  later[0] = 3;
  EXPECT_EQ(PinWrap::parse(later).error().code, ErrorCode::newer_version);
  later = whole;
  later.push_back(0);
  EXPECT_EQ(PinWrap::parse(later).error().code, ErrorCode::damaged);
}

/// Keeps one secret and counts who asked with the wrong authorisation.
class CountingKeeper final : public PinKeeper {
 public:
  Result<Bytes> seal(const SecretBytes& secret, const SecretBytes& authorisation) override {
    secret_ = secret.clone();
    authorisation_ = authorisation.clone();
    return Bytes{7, 7, 7};
  }
  Result<SecretBytes> unseal(ByteView object, const SecretBytes& authorisation) override {
    if (wrong >= most) return fail(ErrorCode::unavailable, "locked");
    if (!std::ranges::equal(object, Bytes{7, 7, 7}) || !equal(authorisation.view(), authorisation_.view())) {
      ++wrong;
      return fail(ErrorCode::wrong_key, "no");
    }
    return secret_.clone();
  }
  int wrong = 0;
  int most = 1000;

 private:
  SecretBytes secret_, authorisation_;
};

TEST_F(PinWraps, ThatLeanOnATpmOpenWithItAlone) {
  CountingKeeper keeper, other;
  const PinWrap leaning = make_pin_wrap(person_key, pin, store_key, person.view(), cheap, random, &keeper).value();
  const PinWrap read = PinWrap::parse(leaning.serialise()).value();
  EXPECT_TRUE(equal(open_pin_wrap(read, pin, store_key, person.view(), &keeper).value().view(), person_key.view()));
  EXPECT_EQ(open_pin_wrap(read, pin, store_key, person.view()).error().code, ErrorCode::unavailable);
  (void)make_pin_wrap(person_key, pin, store_key, person.view(), cheap, random, &other).value();
  EXPECT_EQ(open_pin_wrap(read, pin, store_key, person.view(), &other).error().code, ErrorCode::wrong_key) << "another machine's";
  EXPECT_EQ(open_pin_wrap(read, pin, counting_key(1), person.view(), &keeper).error().code, ErrorCode::wrong_key);
  keeper.most = 0;
  EXPECT_EQ(open_pin_wrap(read, pin, store_key, person.view(), &keeper).error().code, ErrorCode::unavailable) << "not: wrong";
}

TEST_F(PinWraps, OfSixteenMistypedPinsFifteenCostTheTpmNothing) {
  CountingKeeper keeper;
  const PinWrap leaning = make_pin_wrap(person_key, pin, store_key, person.view(), cheap, random, &keeper).value();
  for (int typed = 0; typed < 640; ++typed) {
    const auto result = open_pin_wrap(leaning, secret(std::to_string(100000 + typed)), store_key, person.view(), &keeper);
    EXPECT_EQ(result.error().code, ErrorCode::wrong_key);
  }
  EXPECT_GT(keeper.wrong, 15);
  EXPECT_LT(keeper.wrong, 80);
}

TEST_F(PinWraps, ThatLeanOnATpmNeverOpenWithAChangedByte) {
  CountingKeeper keeper;
  const Bytes whole = make_pin_wrap(person_key, pin, store_key, person.view(), cheap, random, &keeper).value().serialise();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] ^= 1;
    if (const auto read = PinWrap::parse(changed)) {
      EXPECT_FALSE(open_pin_wrap(*read, pin, store_key, person.view(), &keeper)) << i;
    }
    EXPECT_EQ(PinWrap::parse(ByteView(whole).first(i)).error().code, ErrorCode::damaged) << i;
  }
}

TEST_F(PinWraps, RefuseCostsThatAreNone) {
  EXPECT_EQ(make_pin_wrap(person_key, pin, store_key, person.view(), {0, 0}, random).error().code, ErrorCode::invalid);
}

}  // namespace huisbord::crypto
