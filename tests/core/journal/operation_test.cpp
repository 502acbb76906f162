// SPDX-License-Identifier: GPL-3.0-or-later
// Operations: limits, identifiers, bodies, and what a later release wrote.
#include "core/journal/operation.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>

#include "tests/core/journal/sample_journal.h"

namespace huisbord {
namespace {

Bytes encode(const journal::Operation& operation) { return to_bytes(view(operation.SerializeAsString())); }

std::string judge(ByteView raw) {
  const auto parsed = parse_operation(raw);
  return parsed ? "ok" : name(parsed.error().code);
}

class OperationTest : public testing::Test {
 protected:
  journal::Operation done() {
    journal::Operation operation;
    operation.set_stamp(std::uint64_t{1'980'000} << 32);
    operation.set_kind(static_cast<std::uint32_t>(Kind::duty_done));
    operation.set_actor(std::string(16, 'a'));
    operation.set_term_class(static_cast<std::uint32_t>(TermClass::rota));
    operation.set_term_week(2900);
    operation.set_record(std::string(16, 'r'));
    operation.mutable_duty_done()->set_done(true);
    return operation;
  }
  std::string after(const std::function<void(journal::Operation&)>& change) {
    journal::Operation operation = done();
    change(operation);
    return judge(encode(operation));
  }
  std::string personal_after(const std::function<void(journal::Operation&)>& change) {
    journal::Operation operation = journal_.boxed();
    change(operation);
    return judge(encode(operation));
  }
  SeededRandom random_{9};
  SampleJournal journal_{random_};
};

TEST_F(OperationTest, RoundTripsWhateverItsKind) {
  EXPECT_TRUE(rc::check("open and personal", [this] {
    const journal::Operation operation = *rc::gen::arbitrary<bool>() ? journal_.open() : journal_.boxed();
    const auto raw = write_operation(operation);
    RC_ASSERT(raw.has_value());
    const auto parsed = parse_operation(*raw);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(encode(*parsed) == *raw);
    RC_ASSERT(is_known(*parsed));
    RC_ASSERT(leading_stamp(*raw) == operation.stamp());
  }));
}

TEST_F(OperationTest, NoChangedByteCrashesTheParser) {
  const Bytes raw = encode(journal_.boxed());
  std::size_t refused = 0;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    for (const std::uint8_t flip : {1, 0x80, 0xff}) {
      Bytes changed = raw;
      changed[at] ^= flip;
      refused += judge(changed) != "ok";
    }
  }
  EXPECT_GT(refused, 0u);
  for (std::size_t size = 0; size < raw.size(); ++size) (void)judge(ByteView(raw).first(size));
}

TEST_F(OperationTest, TheSameMessageIsReadIntoAgainWithoutLeftovers) {
  journal::Operation into;
  ASSERT_TRUE(parse_operation(encode(journal_.boxed()), into));
  ASSERT_TRUE(parse_operation(encode(done()), into));
  EXPECT_EQ(encode(into), encode(done()));
}

TEST_F(OperationTest, IdentifiersHaveSixteenBytes) {
  EXPECT_EQ(after([](auto&) {}), "ok");
  EXPECT_EQ(after([](auto& operation) { operation.clear_actor(); }), "ok");
  EXPECT_EQ(after([](auto& operation) { operation.set_actor("short"); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.set_record(std::string(17, 'r')); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.clear_record(); }), "parse");
  EXPECT_EQ(after([](auto& operation) {
              operation.set_kind(static_cast<std::uint32_t>(Kind::duty_claimed));
              operation.clear_duty_done();
              operation.mutable_duty_claimed()->set_duty(std::string(16, 'd'));
              operation.mutable_duty_claimed()->set_room(std::string(15, 'x'));
            }),
            "parse");
}

TEST_F(OperationTest, AnOpenKindCarriesItsOwnBodyAndNothingElse) {
  EXPECT_EQ(after([](auto& operation) { operation.clear_duty_done(); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.mutable_staff()->set_name("x"); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.set_person(std::string(16, 'p')); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.add_slots(1); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.set_box(std::string(104, 'b')); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.set_term_class(1); }), "parse") << "another term class than its kind's";
  EXPECT_EQ(after([](auto& operation) { operation.clear_term_class(); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.clear_kind(); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.clear_stamp(); }), "parse");
  EXPECT_EQ(after([](auto& operation) { operation.set_term_week(200'000); }), "parse");
}

TEST_F(OperationTest, APersonalOneCarriesOneBoxAndItsSlots) {
  EXPECT_EQ(personal_after([](auto&) {}), "ok");
  EXPECT_EQ(personal_after([](auto& operation) { operation.clear_person(); }), "parse");
  EXPECT_EQ(personal_after([](auto& operation) { operation.clear_slots(); }), "parse");
  EXPECT_EQ(personal_after([](auto& operation) { operation.add_slots(1); }), "parse") << "one slot twice";
  EXPECT_EQ(personal_after([](auto& operation) { operation.add_slots(17); }), "parse");
  EXPECT_EQ(personal_after([](auto& operation) {
              for (int i = 0; i < 16; ++i) operation.add_slots(static_cast<std::uint32_t>(i));
            }),
            "limit");
  EXPECT_EQ(personal_after([](auto& operation) { operation.set_box(operation.box() + "x"); }), "parse");
  EXPECT_EQ(personal_after([](auto& operation) { operation.set_box(std::string(max_box_size + 8, 'x')); }), "limit");
  EXPECT_EQ(personal_after([](auto& operation) { operation.mutable_house()->set_name("x"); }), "parse");
  EXPECT_EQ(personal_after([](auto& operation) { operation.set_term_class(static_cast<std::uint32_t>(TermClass::notice)); }), "parse");
}

TEST_F(OperationTest, TextsAndListsHaveLimits) {
  const auto named = [&](std::size_t size) {
    return after([&](auto& operation) {
      operation.set_kind(static_cast<std::uint32_t>(Kind::staff));
      operation.set_term_class(static_cast<std::uint32_t>(TermClass::structure));
      operation.clear_duty_done();
      operation.mutable_staff()->set_name(std::string(size, 'n'));
    });
  };
  EXPECT_EQ(named(256), "ok");
  EXPECT_EQ(named(257), "limit");
  const auto noticed = [&](int texts, std::size_t size) {
    return after([&](auto& operation) {
      operation.set_kind(static_cast<std::uint32_t>(Kind::notice));
      operation.set_term_class(static_cast<std::uint32_t>(TermClass::notice));
      operation.clear_duty_done();
      operation.mutable_notice();
      for (int i = 0; i < texts; ++i) operation.mutable_notice()->add_texts()->set_body(std::string(size, 'n'));
    });
  };
  EXPECT_EQ(noticed(3, 4096), "ok");
  EXPECT_EQ(noticed(3, 4097), "limit");
  EXPECT_EQ(noticed(5, 4096), "limit") << "the whole operation over 16 KiB";
  EXPECT_EQ(noticed(33, 1), "limit");
}

TEST_F(OperationTest, TheStampStandsFirstAndOnce) {
  const Bytes raw = encode(done());
  const Bytes stamp(raw.begin(), raw.begin() + 9);
  Bytes behind(raw.begin() + 9, raw.end());
  behind.insert(behind.end(), stamp.begin(), stamp.end());
  EXPECT_EQ(judge(behind), "parse");
  Bytes twice = raw;
  twice.insert(twice.end(), {0x08, 0x01});
  EXPECT_EQ(judge(twice), "parse");
  EXPECT_FALSE(leading_stamp({}));
  EXPECT_FALSE(leading_stamp(Bytes{0x08}));
  EXPECT_FALSE(leading_stamp(Bytes{0x08, 0x00}));
  EXPECT_FALSE(leading_stamp(Bytes{0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02}));
  EXPECT_EQ(leading_stamp(Bytes{0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}),
            std::numeric_limits<std::uint64_t>::max());
}

TEST_F(OperationTest, AKindOfALaterReleaseIsKeptAndJudgedUnknown) {
  journal::Operation later = done();
  later.set_kind(400);
  Bytes raw = encode(later);
  const Bytes field_900{0xa2, 0x38, 0x03, 'n', 'e', 'w'};
  raw.insert(raw.end(), field_900.begin(), field_900.end());
  const auto parsed = parse_operation(raw);
  ASSERT_TRUE(parsed);
  EXPECT_FALSE(is_known(*parsed));
  EXPECT_EQ(encode(*parsed), raw) << "unknown fields survive";
  EXPECT_FALSE(check_writer(*parsed, DeviceClass::desk, ScopeKind::house));
  EXPECT_FALSE(write_operation(*parsed)) << "nobody writes what they do not know";
}

TEST_F(OperationTest, ATermClassOfALaterReleaseIsKeptToo) {
  journal::Operation later = done();
  later.set_term_class(12);
  const auto parsed = parse_operation(encode(later));
  ASSERT_TRUE(parsed);
  EXPECT_FALSE(is_known(*parsed));
}

TEST_F(OperationTest, AnUnknownFieldOfAKnownKindDoesNotHideTheRest) {
  Bytes raw = encode(done());
  raw.insert(raw.end(), {0xa2, 0x38, 0x00});
  const auto parsed = parse_operation(raw);
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(is_known(*parsed));
  EXPECT_TRUE(parsed->duty_done().done());
}

TEST_F(OperationTest, NestingEndsAtSixteen) {
  const auto nested = [&](std::size_t depth) {
    Bytes raw = encode(done());
    for (std::size_t i = 0; i < depth; ++i) raw.insert(raw.end(), {0xa3, 0x38});
    for (std::size_t i = 0; i < depth; ++i) raw.insert(raw.end(), {0xa4, 0x38});
    return judge(raw);
  };
  EXPECT_EQ(nested(15), "ok");
  EXPECT_EQ(nested(17), "parse");
  EXPECT_EQ(nested(3000), "parse");
}

TEST_F(OperationTest, AKioskWritesNothingThatOnlyTheDeskMay) {
  EXPECT_TRUE(check_writer(done(), DeviceClass::kiosk, ScopeKind::house));
  EXPECT_FALSE(check_writer(done(), DeviceClass::kiosk, ScopeKind::org));
  journal::Operation rate = done();
  rate.set_kind(static_cast<std::uint32_t>(Kind::rate));
  EXPECT_TRUE(check_writer(rate, DeviceClass::desk, ScopeKind::org));
  const auto refused = check_writer(rate, DeviceClass::kiosk, ScopeKind::org);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
}

TEST_F(OperationTest, ADutyIsTheSameWhoeverPlansIt) {
  const TaskId task = random_.id<TaskTag>();
  EXPECT_EQ(duty_of(task, {20000}), duty_of(task, {20000}));
  EXPECT_NE(duty_of(task, {20000}), duty_of(task, {20001}));
  EXPECT_NE(person_record(random_.id<PersonTag>()), person_record(random_.id<PersonTag>()));
}

TEST_F(OperationTest, ABoxOpensOnlyWhereItWasPut) {
  const crypto::SecretBytes key = crypto::SecretBytes::copy_of(Bytes(32, 7));
  const RecordId record = random_.id<RecordTag>();
  const PersonId person = random_.id<PersonTag>();
  const std::array<std::uint32_t, 2> slots{1, 2};
  const Bytes box = crypto::seal_box(key, box_associated(journal_.scope(), record, person, slots), view("x"), random_);
  EXPECT_TRUE(crypto::open_box(key, box_associated(journal_.scope(), record, person, slots), box));
  EXPECT_FALSE(crypto::open_box(key, box_associated(journal_.scope(), record, person, std::span(slots).first(1)), box));
  EXPECT_FALSE(crypto::open_box(key, box_associated(journal_.scope(), person.as<RecordTag>(), person, slots), box));
}

}  // namespace
}  // namespace huisbord
