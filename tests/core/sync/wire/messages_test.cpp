// SPDX-License-Identifier: GPL-3.0-or-later
// The bounds of the messages hold before anything is made of them.
#include "core/sync/wire/messages.h"

#include <gtest/gtest.h>

#include "core/sync/wire/limits.h"

namespace huisbord::wire {
namespace {

Bytes empty_segments(std::size_t count) {
  Bytes body;
  for (std::size_t i = 0; i < count; ++i) {
    body.push_back(0x0a);
    body.push_back(0x00);
  }
  return body;
}

ErrorCode code_of(const auto& result) { return result ? ErrorCode::io : result.error().code; }

}  // namespace

TEST(Wire, APushOfSixtyFourSegmentsIsReadAndOneOfMoreIsNot) {
  EXPECT_TRUE(parse_push(empty_segments(max_push_segments)));
  EXPECT_EQ(code_of(parse_push(empty_segments(max_push_segments + 1))), ErrorCode::limit);
}

TEST(Wire, APushOfNothingIsRefused) { EXPECT_EQ(code_of(parse_push({})), ErrorCode::parse); }

TEST(Wire, MillionsOfEmptyFieldsAreRefusedUnread) {
  EXPECT_EQ(code_of(parse_push(empty_segments(max_body / 2))), ErrorCode::limit);
  EXPECT_EQ(code_of(parse_pull(empty_segments(max_body / 2))), ErrorCode::limit);
  EXPECT_EQ(code_of(parse_page(empty_segments(max_body / 2))), ErrorCode::limit);
}

TEST(Wire, AMessageLargerThanABodyIsRefused) { EXPECT_EQ(code_of(parse_page(Bytes(max_body + 1))), ErrorCode::limit); }

TEST(Wire, AMessageCutShortAnywhereIsRefusedOrShorter) {
  PullRequest request;
  request.set_charter(7);
  for (std::uint32_t device = 1; device <= 3; ++device) {
    Head& head = *request.add_heads();
    head.set_device(device);
    head.set_number(1000 * device);
    head.set_header_hash(std::string(32, 'h'));
  }
  const Bytes whole = to_body(request);
  ASSERT_TRUE(parse_pull(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto parsed = parse_pull(ByteView(whole).first(size));
    if (parsed)
      EXPECT_LT(parsed->heads_size(), 3);
    else
      EXPECT_EQ(parsed.error().code, ErrorCode::parse);
  }
}

TEST(Wire, AHeadWithoutAWholeHashIsRefused) {
  PullRequest request;
  request.add_heads()->set_header_hash(std::string(31, 'h'));
  EXPECT_EQ(code_of(parse_pull(to_body(request))), ErrorCode::parse);
}

TEST(Wire, FieldsOfALaterReleaseAreNoObstacle) {
  PullRequest request;
  request.set_charter(7);
  Bytes body = to_body(request);
  const Bytes later{0xa2, 0x06, 0x03, 'n', 'e', 'w'};  // field 100, three bytes
  body.insert(body.end(), later.begin(), later.end());
  const auto parsed = parse_pull(body);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->charter(), 7u);
}

TEST(Wire, GroupsAreNoFormOfOurs) { EXPECT_EQ(code_of(parse_pull(Bytes{0x0b, 0x0c})), ErrorCode::parse); }

}  // namespace huisbord::wire
