// SPDX-License-Identifier: GPL-3.0-or-later
// Which kinds of trouble a seed has at all: each is often met with few others.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>

#include "tests/sim/draws.h"

namespace huisbord::sim {

/// The order is that in which they come within a step. New ones at the end; their names stand in seeds.txt.
enum class Adversity : std::uint8_t {
  loss,
  repeats,
  small_pages,
  partition,
  restarts,
  crashes,
  full_disks,
  failing_syncs,
  wrong_clocks,
  rollback,
  clone,
  rogue,
  hostile,
  long_times,
  lapse,
  epochs,
  cuts,
  erasure,
  joins,
  rulings,
  snapshots,
  wipe,
  releases,
  roles_last,
  keys,
};

struct AdversityRule {
  Adversity what;
  std::string_view name;
  std::uint32_t percent;    ///< of seeds that have it
  std::uint32_t per_mille;  ///< of steps on which it does something, where it is of that kind
};
[[nodiscard]] std::span<const AdversityRule> all_adversities();
[[nodiscard]] const AdversityRule& rule_for(Adversity what);

class Weather {
 public:
  /// As the seed draws it.
  explicit Weather(Draws& draws);
  /// As a line of seeds.txt has it: names with commas between, "fair" for none. Nothing when a name is unknown.
  [[nodiscard]] static std::optional<Weather> parse(std::string_view names);
  /// With every trouble that a rule of merging is about.
  void storm();

  [[nodiscard]] bool has(Adversity what) const { return all_.contains(what); }
  [[nodiscard]] std::string names() const;
  /// Whether a machine may hear nothing for weeks on end.
  [[nodiscard]] bool may_keep_silent() const;

 private:
  Weather() = default;
  std::set<Adversity> all_;
};

}  // namespace huisbord::sim
