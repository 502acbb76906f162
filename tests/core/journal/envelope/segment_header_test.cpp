// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed bytes of a segment, its signature, chain and forks.
#include "core/journal/envelope/segment_header.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

namespace huisbord {
namespace {

class SegmentHeaderTest : public testing::Test {
 protected:
  SegmentHeader header() {
    SegmentHeader made;
    made.scope = random_.id<ScopeTag>();
    made.device = 7;
    made.charter = 3;
    made.first = 41;
    made.count = 2;
    made.opened_size = 90;
    made.sealed_size = static_cast<std::uint32_t>(body_.size());
    made.last_stamp = 99;
    made.body_hash = crypto::hash("hb.body", body_);
    return made;
  }
  Bytes segment(const SegmentHeader& header) {
    Bytes bytes = write_header(header);
    const crypto::Signature signature = sign_header(bytes, device_);
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    bytes.insert(bytes.end(), body_.begin(), body_.end());
    return bytes;
  }
  static ErrorCode code(const Bytes& bytes) {
    const auto parsed = parse_segment(bytes);
    return parsed ? ErrorCode::io : parsed.error().code;
  }

  SeededRandom random_{5};
  crypto::SigningKeyPair device_ = crypto::make_signing_key(random_);
  Bytes body_ = Bytes(64, 0xab);
};

TEST_F(SegmentHeaderTest, ComesBackAsItWasWritten) {
  EXPECT_TRUE(rc::check("every header within the limits", [this] {
    SegmentHeader made = header();
    made.device = *rc::gen::inRange<std::uint32_t>(1, std::numeric_limits<std::uint32_t>::max());
    made.charter = *rc::gen::inRange<std::uint32_t>(1, 1u << 31);
    made.first = *rc::gen::inRange<std::uint64_t>(1, std::uint64_t{1} << 62);
    made.count = *rc::gen::inRange<std::uint32_t>(1, max_segment_operations + 1);
    made.opened_size = *rc::gen::inRange<std::uint32_t>(0, max_opened_size + 1);
    made.last_stamp = *rc::gen::inRange<std::uint64_t>(1, std::numeric_limits<std::uint64_t>::max());
    random_.fill(made.previous);
    random_.fill(made.nonce);
    random_.fill(made.epoch);
    const Bytes bytes = segment(made);
    const auto parsed = parse_segment(bytes);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(write_header(parsed->header) == write_header(made));
    RC_ASSERT(check_signature(*parsed, device_.public_key).has_value());
  }));
}

TEST_F(SegmentHeaderTest, NoChangedByteIsTakenForTheSame) {
  const Bytes good = segment(header());
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes changed = good;
    changed[at] ^= 1;
    const auto parsed = parse_segment(changed);
    EXPECT_FALSE(parsed && check_signature(*parsed, device_.public_key)) << "byte " << at;
  }
}

TEST_F(SegmentHeaderTest, IsRefusedWhereverItIsCut) {
  const Bytes good = segment(header());
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_EQ(code({good.begin(), good.begin() + static_cast<long>(size)}), ErrorCode::parse);
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_EQ(code(longer), ErrorCode::parse);
}

TEST_F(SegmentHeaderTest, LimitsAreCheckedBeforeAnythingElseIsDone) {
  SegmentHeader made = header();
  made.count = max_segment_operations + 1;
  EXPECT_EQ(code(segment(made)), ErrorCode::limit);
  made = header();
  made.opened_size = max_opened_size + 1;
  EXPECT_EQ(code(segment(made)), ErrorCode::limit);
  made = header();
  made.sealed_size = max_sealed_size + 1;
  EXPECT_EQ(code(segment(made)), ErrorCode::limit);
  made = header();
  made.first = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(code(segment(made)), ErrorCode::limit);
  EXPECT_EQ(code(Bytes(max_segment_size + 1)), ErrorCode::limit);
}

TEST_F(SegmentHeaderTest, AnotherSuiteIsOfALaterRelease) {
  SegmentHeader made = header();
  made.suite = 2;
  EXPECT_EQ(code(segment(made)), ErrorCode::version);
}

TEST_F(SegmentHeaderTest, ASignatureOfAnotherDeviceIsRefused) {
  const Bytes bytes = segment(header());
  const auto status = check_signature(*parse_segment(bytes), crypto::make_signing_key(random_).public_key);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::signature);
}

TEST_F(SegmentHeaderTest, AChainTakesTheNextNumberAfterTheHashHeldAndALaterStampAlone) {
  const Bytes first_bytes = segment(header());
  const ChainHead held = head_of(*parse_segment(first_bytes));
  EXPECT_EQ(held.number, 42u);
  SegmentHeader next = header();
  next.first = 43;
  next.previous = held.hash;
  next.last_stamp = held.stamp + 1;
  EXPECT_TRUE(check_follows(held, next));
  const auto refused = [&](SegmentHeader other) { return !check_follows(held, other); };
  SegmentHeader skipping = next;
  skipping.first = 44;
  EXPECT_TRUE(refused(skipping));
  SegmentHeader repeating = next;
  repeating.first = 42;
  EXPECT_TRUE(refused(repeating));
  SegmentHeader elsewhere = next;
  elsewhere.previous[0] ^= 1;
  EXPECT_TRUE(refused(elsewhere));
  SegmentHeader earlier = next;
  earlier.last_stamp = held.stamp;
  EXPECT_TRUE(refused(earlier));
}

TEST_F(SegmentHeaderTest, TwoSignedHeadersOfOneNumberAreAFork) {
  SegmentHeader made = header();
  const Bytes one = segment(made);
  made.nonce[0] ^= 1;
  const Bytes other = segment(made);
  made.first = made.last() + 1;
  const Bytes later = segment(made);
  const auto evidence = [](const Bytes& bytes) { return *parse_evidence(ByteView(bytes).first(signed_header_size)); };
  EXPECT_TRUE(is_fork(evidence(one), evidence(other), device_.public_key));
  EXPECT_FALSE(is_fork(evidence(one), evidence(one), device_.public_key));
  EXPECT_FALSE(is_fork(evidence(one), evidence(later), device_.public_key));
  Bytes forged = other;
  forged[200] ^= 1;
  EXPECT_FALSE(is_fork(evidence(one), evidence(forged), device_.public_key)) << "nobody else can make a device look forked";
}

}  // namespace
}  // namespace huisbord
