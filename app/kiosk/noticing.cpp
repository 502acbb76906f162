// SPDX-License-Identifier: GPL-3.0-or-later
// Findings, state and silence of a vault as concerns.
#include "app/kiosk/noticing.h"

#include <algorithm>

#include "core/journal/hybrid_clock.h"
#include "core/journal/witness_log.h"

namespace huisbord {
namespace {

Concern::Kind kind_of(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::withheld:
      return Concern::Kind::withheld;
    case Finding::Kind::device_forked:
      return Concern::Kind::forked;
    case Finding::Kind::shown_old_state:
      return Concern::Kind::behind;
    case Finding::Kind::nothing_from_office:
      return Concern::Kind::nothing_from_office;
    case Finding::Kind::tables_differ:
      return Concern::Kind::tables_differ;
    case Finding::Kind::relay_emptied:
    case Finding::Kind::relay_put_back:
    case Finding::Kind::relay_replays:
    case Finding::Kind::relay_reorders:
    case Finding::Kind::relay_alters:
    case Finding::Kind::relay_mixes_scopes:
    case Finding::Kind::relay_mixes_organisations:
    case Finding::Kind::relay_forges_charter:
      return Concern::Kind::relay_wrong;
  }
  return Concern::Kind::withheld;
}

}  // namespace

std::vector<Concern> concerns_of(Vault& vault, const i18n::HouseZone& zone) {
  std::vector<Concern> all;
  if (vault.own_state() == DeviceState::cut) all.push_back({Concern::Kind::cut, {}});
  if (vault.must_become_new()) all.push_back({Concern::Kind::copied, {}});
  if (const auto last = vault.last_contact(); last && vault.trusted_now().value - last->value > lapsed_after.value)
    all.push_back({Concern::Kind::lapsed, {}});
  WitnessLog* const log = vault.witness_log();
  for (const ScopeId& scope : vault.scopes()) {
    const auto kept = log != nullptr ? log->kept(scope) : Result<std::vector<Finding>>(std::vector<Finding>());
    if (!kept) continue;
    for (const Finding& finding : *kept) {
      Concern concern{kind_of(finding.kind), {}};
      if (concern.kind == Concern::Kind::nothing_from_office && finding.since_quarter != 0)
        concern.since = zone.house_time({finding.since_quarter * Stamp::quarter_millis}).day;
      // Told once, whichever scope, device or number: of silence the longest.
      const auto told = std::ranges::find(all, concern.kind, &Concern::kind);
      if (told == all.end())
        all.push_back(concern);
      else if (concern.since && (!told->since || *concern.since < *told->since))
        told->since = concern.since;
    }
  }
  std::ranges::sort(all);
  return all;
}

}  // namespace huisbord
