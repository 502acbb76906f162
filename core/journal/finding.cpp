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
  }
  return "noticed by a later release";
}

}  // namespace huisbord
