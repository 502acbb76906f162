// SPDX-License-Identifier: GPL-3.0-or-later
// What a relay's answers show of it stands for a week, and an honest answer shows nothing.
#include "core/sync/watch_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace huisbord {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = Finding::Kind;

constexpr std::int64_t monday = 1'980'000;
constexpr std::int64_t day = 96;

Finding seen_on(Kind kind, std::int64_t first, std::int64_t last) { return {kind, 0, static_cast<OperationNumber>(last), first}; }

TEST(WatchAnswers, WhatIsSeenStandsFromThatDayOn) {
  EXPECT_THAT(standing_of_relay({}, {Kind::relay_alters}, monday), ElementsAre(seen_on(Kind::relay_alters, monday, monday)));
  EXPECT_THAT(standing_of_relay({}, {}, monday), IsEmpty());
}

TEST(WatchAnswers, SeenAgainItKeepsItsFirstDay) {
  const std::vector<Finding> kept = {seen_on(Kind::relay_alters, monday, monday)};
  EXPECT_THAT(standing_of_relay(kept, {Kind::relay_alters}, monday + day), ElementsAre(seen_on(Kind::relay_alters, monday, monday + day)));
}

TEST(WatchAnswers, AWeekAfterItWasSeenLastItIsOver) {
  const std::vector<Finding> kept = {seen_on(Kind::relay_emptied, monday, monday + day)};
  EXPECT_THAT(standing_of_relay(kept, {}, monday + 8 * day), ElementsAre(kept.front()));
  EXPECT_THAT(standing_of_relay(kept, {}, monday + 8 * day + 1), IsEmpty());
}

TEST(WatchAnswers, AClockThatGoesBackDoesNotKeepItForYears) {
  const std::vector<Finding> kept = {seen_on(Kind::relay_emptied, monday + 3000 * day, monday + 3000 * day)};
  EXPECT_THAT(standing_of_relay(kept, {}, monday), IsEmpty());
}

TEST(WatchAnswers, WhatTheRulesOverWitnessesFindIsNotOfTheRelay) {
  const std::vector<Finding> kept = {{Kind::withheld, 2, 7, 0}, {Kind::tables_differ, 2, 0, 0}};
  EXPECT_THAT(standing_of_relay(kept, {}, monday), IsEmpty());
}

TEST(WatchAnswers, ForgeriesAreToldFromWhatIsOnlyNotTakenNow) {
  SeenAtRelay seen;
  for (const ErrorCode code :
       {ErrorCode::charter, ErrorCode::epoch, ErrorCode::chain, ErrorCode::limit, ErrorCode::version, ErrorCode::seal})
    look_at_refused(std::vector<RefusedSegment>{{2, 1, {code, {}}}}, seen);
  EXPECT_THAT(seen, IsEmpty());
  look_at_refused(std::vector<RefusedSegment>{{2, 1, {ErrorCode::chain, {}}}, {2, 4, {ErrorCode::signature, {}}}}, seen);
  EXPECT_THAT(seen, ElementsAre(Kind::relay_alters));
}

}  // namespace
}  // namespace huisbord
