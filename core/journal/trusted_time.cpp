// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing between the system clock and what was signed: FORMAT.md 4.2.
#include "core/journal/trusted_time.h"

#include <algorithm>
#include <cstdlib>

namespace huisbord {
namespace {

constexpr std::int64_t day_millis = std::int64_t{24} * 60 * 60 * 1000;

Millis carried(Millis time, Millis seen_running, Millis running) { return {time.value + (running.value - seen_running.value)}; }

}  // namespace

TrustedTime::TrustedTime(Stamp last_stamp, std::optional<Millis> last_desk, Millis started_running)
    : last_stamp_(last_stamp), stamp_running_(started_running) {
  if (last_desk) desk_ = Seen{*last_desk, started_running};
}

void TrustedTime::saw_stamp(Stamp stamp, Millis running) {
  if (stamp <= last_stamp_) return;
  // Within one quarter hour the first sight stays: the time that has run since would be lost otherwise.
  if (stamp.quarter() != last_stamp_.quarter()) stamp_running_ = running;
  last_stamp_ = stamp;
}

void TrustedTime::saw_desk(Millis desk, Millis running) {
  if (desk_ && carried(desk_->time, desk_->running, running) >= desk) return;
  desk_ = Seen{desk, running};
}

void TrustedTime::saw_relay_date(Millis date, Millis running) { relay_ = Seen{date, running}; }

void TrustedTime::saw_sure(Millis time, Millis running) {
  if (!sure_ || carried(sure_->time, sure_->running, running) < time) sure_ = Seen{time, running};
}

Millis TrustedTime::sure(Millis system, Millis running) const {
  const Reading believed = read(system, running);
  // Whoever agrees with the relay agrees within a day (read() doubts the others).
  if (relay_ && believed.source == Source::system) return believed.now;
  Millis proven{};
  for (const auto& seen : {desk_, sure_})
    if (seen) proven = std::max(proven, carried(seen->time, seen->running, running));
  return std::min(proven, believed.now);
}

TrustedTime::Reading TrustedTime::read(Millis system, Millis running) const {
  const bool behind_stamp = waits(last_stamp_, system);
  const bool behind_desk = desk_ && system < desk_->time;
  const bool relay_differs = relay_ && std::abs(system.value - carried(relay_->time, relay_->running, running).value) > day_millis;
  if (!behind_stamp && !behind_desk && !relay_differs) return {system, Source::system};
  if (desk_) return {carried(desk_->time, desk_->running, running), Source::desk};
  return {carried(last_stamp_.time(), stamp_running_, running), Source::stamp};
}

std::optional<Millis> TrustedTime::last_desk() const {
  if (!desk_) return std::nullopt;
  return desk_->time;
}

}  // namespace huisbord
