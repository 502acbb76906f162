// SPDX-License-Identifier: GPL-3.0-or-later
// How often each trouble comes.
#include "tests/sim/weather.h"

#include <algorithm>
#include <array>

namespace huisbord::sim {
namespace {

constexpr std::array table = {
    AdversityRule{Adversity::loss, "loss", 50, 0},
    AdversityRule{Adversity::repeats, "repeats", 40, 14},
    AdversityRule{Adversity::small_pages, "small_pages", 30, 0},
    AdversityRule{Adversity::partition, "partition", 80, 30},
    AdversityRule{Adversity::restarts, "restarts", 70, 20},
    AdversityRule{Adversity::crashes, "crashes", 50, 18},
    AdversityRule{Adversity::full_disks, "full_disks", 25, 30},
    AdversityRule{Adversity::failing_syncs, "failing_syncs", 15, 40},
    AdversityRule{Adversity::wrong_clocks, "wrong_clocks", 25, 18},
    AdversityRule{Adversity::rollback, "rollback", 12, 40},
    AdversityRule{Adversity::clone, "clone", 10, 20},
    AdversityRule{Adversity::rogue, "rogue", 45, 35},
    AdversityRule{Adversity::hostile, "hostile", 30, 18},
    AdversityRule{Adversity::long_times, "long_times", 30, 20},
    AdversityRule{Adversity::lapse, "lapse", 6, 12},
    AdversityRule{Adversity::epochs, "epochs", 50, 6},
    AdversityRule{Adversity::cuts, "cuts", 45, 12},
    AdversityRule{Adversity::erasure, "erasure", 25, 20},
    AdversityRule{Adversity::joins, "joins", 20, 8},
    AdversityRule{Adversity::rulings, "rulings", 50, 8},
    AdversityRule{Adversity::snapshots, "snapshots", 20, 30},
    AdversityRule{Adversity::wipe, "wipe", 12, 20},
    AdversityRule{Adversity::releases, "releases", 12, 20},
    AdversityRule{Adversity::roles_last, "roles_last", 25, 40},
    AdversityRule{Adversity::keys, "keys", 12, 15},
};

constexpr std::string_view fair = "fair";

}  // namespace

std::span<const AdversityRule> all_adversities() { return table; }

const AdversityRule& rule_for(Adversity what) { return *std::ranges::find(table, what, &AdversityRule::what); }

Weather::Weather(Draws& draws) {
  for (const AdversityRule& rule : table)
    if (draws.of("weather." + std::string(rule.name)).chance(rule.percent)) all_.insert(rule.what);
  // A relay without its memory keeps both branches of a chain that was put back; whose changes count then, a person decides.
  if (has(Adversity::rollback) || has(Adversity::clone)) all_.erase(Adversity::wipe);
}

std::optional<Weather> Weather::parse(std::string_view names) {
  Weather made;
  if (names == fair) return made;
  while (!names.empty()) {
    const std::string_view one = names.substr(0, names.find(','));
    const auto known = std::ranges::find(table, one, &AdversityRule::name);
    if (known == table.end()) return std::nullopt;
    made.all_.insert(known->what);
    names.remove_prefix(std::min(names.size(), one.size() + 1));
  }
  return made;
}

void Weather::storm() {
  for (const Adversity what : {Adversity::rogue, Adversity::cuts, Adversity::erasure, Adversity::long_times, Adversity::rulings,
                               Adversity::releases, Adversity::keys})
    all_.insert(what);
}

bool Weather::may_keep_silent() const {
  return std::ranges::any_of(all_, [](Adversity what) {
    return what != Adversity::keys && what != Adversity::long_times && what != Adversity::epochs && what != Adversity::snapshots;
  });
}

std::string Weather::names() const {
  std::string all;
  for (const Adversity what : all_) all += (all.empty() ? "" : ",") + std::string(rule_for(what).name);
  return all.empty() ? std::string(fair) : all;
}

}  // namespace huisbord::sim
