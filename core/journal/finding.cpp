// SPDX-License-Identifier: GPL-3.0-or-later
// Findings in plain words.
#include "core/journal/finding.h"

namespace huisbord {

std::string sentence_of(const Finding& finding) {
  const std::string device = "device " + std::to_string(finding.device);
  switch (finding.kind) {
    case Finding::Kind::withheld:
      return "withheld by the relay: changes of " + device + " up to " + std::to_string(finding.number) +
             ", which another device has from it";
    case Finding::Kind::device_forked:
      return "device forked: " + device + " signed two different changes as number " + std::to_string(finding.number) +
             "; a copy of it is at work";
    case Finding::Kind::shown_old_state:
      return device + " is shown an old state: it was in contact for a day and lacks what the relay had before";
    case Finding::Kind::nothing_from_office:
      return "nothing from the office";
    case Finding::Kind::tables_differ:
      return device + " made other tables of the same changes: run huisbordctl verify on both";
    case Finding::Kind::relay_emptied:
      return "the relay lost everything that it had confirmed to this device: it is given back what is here";
    case Finding::Kind::relay_put_back:
      return "the relay was put back to an older state: it lacks changes that it had confirmed to this device";
    case Finding::Kind::relay_replays:
      return "the relay hands out again what was replaced or is here already";
    case Finding::Kind::relay_reorders:
      return "the relay hands out changes in another order than they were made in";
    case Finding::Kind::relay_alters:
      return "the relay hands out changes that are not as they were signed; none of them is taken";
    case Finding::Kind::relay_mixes_scopes:
      return "the relay hands out another house's changes as this one's; none of them is taken";
    case Finding::Kind::relay_mixes_organisations:
      return "the relay hands out another organisation's changes as ours; none of them is taken";
    case Finding::Kind::relay_forges_charter:
      return "the relay hands out a charter that the office did not sign: no key and no device in it is believed";
  }
  return "noticed by a later release";
}

}  // namespace huisbord
