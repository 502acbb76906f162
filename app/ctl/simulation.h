// SPDX-License-Identifier: GPL-3.0-or-later
// An invented organisation with a history: houses, people who come and go, rota, leefgeld, appointments, written week by week.
#pragma once

#include "app/ctl/desk.h"

namespace huisbord {

struct SimulationPlan {
  unsigned houses = 8;
  unsigned people = 500;  ///< living there at the end
  unsigned months = 18;
  std::uint64_t seed = 1;
  Day today;
};

struct SimulationReport {
  std::size_t people = 0;  ///< living there at the end
  std::size_t left = 0;    ///< who lived there before
  std::size_t operations = 0;
};

/// Stands where the simulation says; runs on with it.
class SimulatedClock final : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return now_; }
  [[nodiscard]] Millis running() const override { return now_; }
  void stand_at(Millis now) { now_ = now > now_ ? now : now_; }

 private:
  Millis now_;
};

/// The desk must have been made with `clock`, standing at the history's first day (simulation_start). What happens follows from the seed
/// alone; keys do not.
[[nodiscard]] Result<SimulationReport> simulate(Desk& desk, SimulatedClock& clock, const SimulationPlan& plan);
[[nodiscard]] Day simulation_start(const SimulationPlan& plan);

}  // namespace huisbord
