// SPDX-License-Identifier: GPL-3.0-or-later
// Segments: sealed, opened, and refused when anything in them is not as declared.
#include "core/journal/segment.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/journal/zstd_frame.h"
#include "tests/core/journal/hostile_segment.h"
#include "tests/core/journal/sample_journal.h"

namespace huisbord {
namespace {

class SegmentTest : public testing::Test {
 protected:
  SegmentTest() : epoch_(crypto::make_key(random_)), position_{journal_.scope(), 4, 1, {}} {}

  Bytes seal(std::span<const Bytes> operations, Padding padding = Padding::none) {
    auto sealed = seal_segment(position_, operations, epoch_, device_, random_, padding);
    if (!sealed) ADD_FAILURE() << sealed.error().sentence;
    return sealed.value_or(Bytes{});
  }
  Bytes hostile(SegmentHeader header, ByteView plain) {
    header.scope = position_.scope;
    return seal_plain(header, plain, epoch_, device_);
  }
  std::string opens(const Bytes& bytes) {
    const auto parsed = parse_segment(bytes);
    if (!parsed) return name(parsed.error().code);
    const auto opened = open_segment(*parsed, epoch_);
    return opened ? "ok" : name(opened.error().code);
  }
  /// Content of operations as the format joins them.
  static Bytes content(std::span<const Bytes> operations) {
    Bytes joined;
    for (const Bytes& operation : operations) {
      std::size_t size = operation.size();
      for (; size >= 0x80; size >>= 7) joined.push_back(static_cast<std::uint8_t>(size | 0x80));
      joined.push_back(static_cast<std::uint8_t>(size));
      joined.insert(joined.end(), operation.begin(), operation.end());
    }
    return joined;
  }
  std::string opens_content(const Bytes& joined, std::uint32_t count, std::uint64_t last_stamp) {
    SegmentHeader header;
    header.count = count;
    header.opened_size = static_cast<std::uint32_t>(joined.size());
    header.last_stamp = last_stamp;
    return opens(hostile(header, *compress_frame(joined)));
  }

  SeededRandom random_{3};
  SampleJournal journal_{random_};
  crypto::SigningKeyPair device_ = crypto::make_signing_key(random_);
  crypto::SecretBytes epoch_;
  SegmentPosition position_;
};

TEST_F(SegmentTest, GivesBackEveryOperationByteForByte) {
  EXPECT_TRUE(rc::check("any number of operations, padded or not", [this] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 200);
    const auto operations = SampleJournal(random_).raw(count, *rc::gen::inRange<std::uint32_t>(0, 101));
    const Bytes bytes = seal(operations, *rc::gen::element(Padding::none, Padding::padme));
    const auto parsed = parse_segment(bytes);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(check_signature(*parsed, device_.public_key).has_value());
    const auto opened = open_segment(*parsed, epoch_);
    RC_ASSERT(opened.has_value());
    RC_ASSERT(opened->size() == count);
    for (std::size_t i = 0; i < count; ++i) RC_ASSERT(std::ranges::equal(opened->operations()[i].raw, operations[i]));
    RC_ASSERT(opened->operations().back().stamp == parsed->header.last_stamp);
  }));
}

TEST_F(SegmentTest, FollowsTheOneBefore) {
  const auto operations = journal_.raw(20, 30);
  const Bytes first = seal(std::span(operations).first(12));
  position_.after = head_of(*parse_segment(first));
  const Bytes second = seal(std::span(operations).subspan(12));
  EXPECT_TRUE(check_follows({}, parse_segment(first)->header));
  EXPECT_TRUE(check_follows(position_.after, parse_segment(second)->header));
  EXPECT_EQ(parse_segment(second)->header.first, 13u);
  EXPECT_FALSE(check_follows({}, parse_segment(second)->header));
}

TEST_F(SegmentTest, MovingAnOpenedOneKeepsItsViews) {
  const auto operations = journal_.raw(3, 0);
  const Bytes bytes = seal(operations);
  auto opened = open_segment(*parse_segment(bytes), epoch_);
  ASSERT_TRUE(opened);
  const OpenedSegment moved = std::move(*opened);
  EXPECT_TRUE(std::ranges::equal(moved.operations()[2].raw, operations[2]));
}

TEST_F(SegmentTest, OpensUnderItsEpochAlone) {
  const Bytes bytes = seal(journal_.raw(3, 0));
  const auto opened = open_segment(*parse_segment(bytes), crypto::make_key(random_));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::epoch);
}

TEST_F(SegmentTest, ABodyUnderAnotherHeaderDoesNotOpen) {
  const Bytes bytes = seal(journal_.raw(3, 0));
  SegmentHeader header = parse_segment(bytes)->header;
  header.first = 100;
  Bytes moved = write_header(header);
  const auto signature = sign_header(moved, device_);
  moved.insert(moved.end(), signature.begin(), signature.end());
  moved.insert(moved.end(), bytes.begin() + signed_header_size, bytes.end());
  EXPECT_EQ(opens(moved), "seal");
}

TEST_F(SegmentTest, RefusesToSealWhatNoReaderWouldTake) {
  const auto operations = journal_.raw(3, 0);
  const auto code = [&](std::span<const Bytes> given) {
    const auto sealed = seal_segment(position_, given, epoch_, device_, random_, Padding::none);
    return sealed ? std::string("ok") : std::string(name(sealed.error().code));
  };
  EXPECT_EQ(code({}), "invalid");
  const std::vector<Bytes> backwards{operations[1], operations[0]};
  EXPECT_EQ(code(backwards), "invalid");
  const std::vector<Bytes> nothing{Bytes{}};
  EXPECT_EQ(code(nothing), "invalid");
  const std::vector<Bytes> huge{Bytes(max_operation_size + 1, 8)};
  EXPECT_EQ(code(huge), "limit");
  position_.after.stamp = *leading_stamp(operations[2]);
  EXPECT_EQ(code(operations), "invalid") << "stamped before what is already sealed";
}

TEST_F(SegmentTest, WhatFittingCountsAlwaysFits) {
  const auto noise = [this](std::size_t count, std::size_t size) {
    std::vector<Bytes> made;
    for (std::uint64_t stamp = 1; stamp <= count; ++stamp) {
      Bytes operation{0x08};
      for (std::uint64_t rest = stamp + 127; rest != 0; rest >>= 7)
        operation.push_back(static_cast<std::uint8_t>(rest >= 0x80 ? rest | 0x80 : rest));
      const std::size_t begin = operation.size();
      operation.resize(size);
      random_.fill(std::span(operation).subspan(begin));
      made.push_back(std::move(operation));
    }
    return made;
  };
  const auto large = noise(40, max_operation_size);
  const std::size_t count = fitting(large);
  EXPECT_EQ(count, 15u);
  EXPECT_LE(seal(std::span(large).first(count), Padding::padme).size(), max_segment_size);
  const auto many = noise(5000, 8);
  EXPECT_EQ(fitting(many), max_segment_operations);
  EXPECT_EQ(fitting({}), 0u);
}

TEST_F(SegmentTest, PaddingHidesTheSizeWithinAClass) {
  EXPECT_EQ(padded_body_size(1), 512u);
  EXPECT_EQ(padded_body_size(512), 512u);
  EXPECT_EQ(padded_body_size(513), 544u);
  EXPECT_EQ(padded_body_size(10'000), 10'240u);
  EXPECT_EQ(padded_body_size(200'000), 200'704u);
  const Bytes one = seal(journal_.raw(1, 0), Padding::padme);
  const Bytes three = seal(journal_.raw(3, 0), Padding::padme);
  EXPECT_EQ(one.size(), three.size());
  for (std::size_t size = 512; size < 300'000; size += 77) {
    EXPECT_GE(padded_body_size(size), size);
    EXPECT_LE(static_cast<double>(padded_body_size(size)), 1.12 * static_cast<double>(size));
  }
}

TEST_F(SegmentTest, AHostileDeviceGetsItsContentRefusedByName) {
  const Bytes one{0x08, 0x05};
  const Bytes two{0x08, 0x06};
  const std::vector<Bytes> both{one, two};
  EXPECT_EQ(opens_content(content(both), 2, 6), "ok");
  EXPECT_EQ(opens_content(content(both), 2, 7), "chain") << "another last stamp than declared";
  EXPECT_EQ(opens_content(content(std::vector{two, one}), 2, 5), "chain");
  EXPECT_EQ(opens_content(content(std::vector{one, one}), 2, 5), "chain");
  EXPECT_EQ(opens_content(content(both), 1, 6), "parse");
  EXPECT_EQ(opens_content(content(both), 3, 6), "parse");
  EXPECT_EQ(opens_content({0x03, 0x08, 0x05}, 1, 5), "parse") << "cut short";
  EXPECT_EQ(opens_content({0x82, 0x00, 0x08, 0x05}, 1, 5), "parse") << "a length not in its shortest form";
  EXPECT_EQ(opens_content({0x02, 0x10, 0x05}, 1, 5), "parse") << "no stamp in front";
  EXPECT_EQ(opens_content(content(std::vector<Bytes>{Bytes(max_operation_size + 1, 8)}), 1, 8), "limit");
}

TEST_F(SegmentTest, AHostileFrameGetsRefusedBeforeItCostsMemory) {
  const Bytes joined = content(std::vector<Bytes>{{0x08, 0x05}});
  const Bytes frame = *compress_frame(joined);
  SegmentHeader header;
  header.count = 1;
  header.opened_size = static_cast<std::uint32_t>(joined.size());
  header.last_stamp = 5;
  EXPECT_EQ(opens(hostile(header, frame)), "ok");
  Bytes padded = frame;
  padded.resize(700);
  EXPECT_EQ(opens(hostile(header, padded)), "ok");
  padded.back() = 1;
  EXPECT_EQ(opens(hostile(header, padded)), "parse") << "padding that says something";
  SegmentHeader lying = header;
  lying.opened_size = 4;
  EXPECT_EQ(opens(hostile(lying, frame)), "parse");
  EXPECT_EQ(opens(hostile(header, Bytes(40, 0))), "parse");
  const Bytes wide_window{0x28, 0xb5, 0x2f, 0xfd, 0x80, 0x58, 0x03, 0x00, 0x00, 0x00, 0x19, 0x00, 0x00, 0x02, 0x08, 0x05};
  EXPECT_EQ(opens(hostile(header, wide_window)), "limit");
  const Bytes narrow_window{0x28, 0xb5, 0x2f, 0xfd, 0x80, 0x50, 0x03, 0x00, 0x00, 0x00, 0x19, 0x00, 0x00, 0x02, 0x08, 0x05};
  EXPECT_EQ(opens(hostile(header, narrow_window)), "ok");
  const Bytes checksum{0x28, 0xb5, 0x2f, 0xfd, 0x84, 0x50, 0x03, 0x00, 0x00, 0x00, 0x19, 0x00, 0x00, 0x02, 0x08, 0x05, 0, 0, 0, 0};
  EXPECT_EQ(opens(hostile(header, checksum)), "parse");
}

TEST_F(SegmentTest, NoByteOfABodyCanBeChangedEvenByItsOwnDeviceWithoutTheKey) {
  const Bytes good = seal(journal_.raw(2, 50));
  for (std::size_t at = signed_header_size; at < good.size(); ++at) {
    Bytes changed = good;
    changed[at] ^= 1;
    EXPECT_EQ(opens(changed), "parse");
  }
}

}  // namespace
}  // namespace huisbord
