// SPDX-License-Identifier: GPL-3.0-or-later
// How long a tap waits to be stored while segments of 4,096 operations come in: one line "kiosk_tap_behind_segment_ms_p99 VALUE".
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

#include "core/journal/operation.h"
#include "tests/core/store/small_organisation.h"

namespace huisbord {
namespace {

constexpr std::size_t longest = 4096;
constexpr std::size_t segment_count = 24;

double milliseconds() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// The machine's clock, so that the store's patience is what it is in a house.
class RealRunning final : public Clock {
 public:
  explicit RealRunning(Millis wall) : wall_(wall) {}
  [[nodiscard]] Millis now() const override { return wall_; }
  [[nodiscard]] Millis running() const override { return system_clock().running(); }

 private:
  Millis wall_;
};

Bytes planned(const TaskId& task, const RoomId& room, Day day, std::uint64_t stamp) {
  journal::Operation operation;
  operation.set_stamp(stamp);
  operation.set_kind(static_cast<std::uint32_t>(Kind::duty_planned));
  operation.set_term_class(static_cast<std::uint32_t>(TermClass::rota));
  operation.set_term_week(static_cast<std::uint32_t>(week_of(day).value));
  operation.set_record(to_string(duty_of(task, day).bytes));
  operation.mutable_duty_planned()->set_task(to_string(task.bytes));
  operation.mutable_duty_planned()->set_day(day.value);
  operation.mutable_duty_planned()->set_room(to_string(room.bytes));
  return must(write_operation(operation));
}

double at_share(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

struct Waited {
  std::vector<double> behind, alone;  ///< milliseconds a tap
  double segments = 0;                ///< milliseconds of all of them
};

/// Four times what a house of 60 has after 18 months (first_start prints it), from an empty store.
void measure(const std::filesystem::path& folder, Waited& waited) {
  SmallOrganisation organisation;
  const TestDevice desk = organisation.add_device(DeviceClass::desk);
  const TestDevice device = organisation.add_device(DeviceClass::kiosk);
  const ScopeId house = organisation.house();
  const std::vector<Bytes> charters = {organisation.sign(organisation.org()), organisation.sign(house)};
  const RealRunning clock(organisation.clock.now());
  VaultOptions options = organisation.options();
  options.clock = &clock;
  std::filesystem::remove(folder / "tap.db");
  auto kiosk = must(Vault::create(folder / "tap.db", SmallOrganisation::store_key(), organisation.founding(device), options));
  for (const Bytes& charter : charters) must(kiosk->take_charter(charter));

  SeededRandom& random = organisation.random();
  const auto task = random.id<TaskTag>();
  const auto room = random.id<RoomTag>();
  const Day today{static_cast<std::int32_t>(clock.now().value / TestClock::day)};
  std::uint64_t stamp = std::uint64_t{quarter_of(clock.now())} << 32;
  std::vector<Bytes> segments;
  ChainHead head;
  for (std::size_t i = 0; i < segment_count; ++i) {
    std::vector<Bytes> operations;
    for (std::size_t k = 0; k < longest; ++k)
      operations.push_back(planned(random.id<TaskTag>(), room, today + static_cast<int>(k % 56), ++stamp));
    segments.push_back(
        must(seal_segment({house, desk.number, 1, head}, operations, organisation.epoch_key(house), desk.signing, random, Padding::none)));
    const SegmentView view = must(parse_segment(segments.back()));
    head = {view.header.last(), view.hash(), view.header.last_stamp};
  }
  must(kiosk->record(house, Actor::none(), DutyPlanned{task, today, room}));

  std::atomic<bool> taken = false;
  const double begin = milliseconds();
  std::jthread sync([&] {
    for (const Bytes& segment : segments) must(kiosk->take_segments(house, std::span(&segment, 1)));
    taken = true;
  });
  // Somebody who never stops: a tap every 80 ms on average, at any moment of whatever is being applied.
  std::size_t taps = 0;
  while (!taken) {
    std::this_thread::sleep_for(std::chrono::milliseconds(40 + random.below(80)));
    if (taken) break;
    const double tapped = milliseconds();
    must(kiosk->record(house, Actor::none(), DutyDone{duty_of(task, today), ++taps % 2 == 0}));
    waited.behind.push_back(milliseconds() - tapped);
  }
  sync.join();
  waited.segments += milliseconds() - begin;
  // The same tap with nothing coming in.
  for (int i = 0; i < 100; ++i) {
    const double tapped = milliseconds();
    must(kiosk->record(house, Actor::none(), DutyDone{duty_of(task, today), i % 2 == 0}));
    waited.alone.push_back(milliseconds() - tapped);
  }
}

}  // namespace
}  // namespace huisbord

int main(int count, char** arguments) {
  const std::filesystem::path folder = count > 1 ? arguments[1] : ".";
  std::filesystem::create_directories(folder);
  constexpr int rounds = 8;
  huisbord::Waited waited;
  for (int i = 0; i < rounds; ++i) huisbord::measure(folder, waited);
  if (waited.behind.size() < 100) {
    std::fprintf(stderr, "only %zu taps while the segments came in\n", waited.behind.size());
    return 1;
  }
  std::printf("kiosk_tap_behind_segment_ms_p99 %.2f\n", huisbord::at_share(waited.behind, 0.99));
  std::printf("kiosk_tap_behind_segment_ms_p50 %.2f\n", huisbord::at_share(waited.behind, 0.5));
  std::printf("kiosk_tap_alone_ms_p99 %.2f\n", huisbord::at_share(waited.alone, 0.99));
  std::printf("kiosk_tap_behind_segment_taps %zu\n", waited.behind.size());
  std::printf("kiosk_segment_under_taps_ms %.1f\n", waited.segments / static_cast<double>(rounds * huisbord::segment_count));
  return 0;
}
