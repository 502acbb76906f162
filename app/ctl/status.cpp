// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl status: scopes, devices, what waits for the relay.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/device_words.h"
#include "app/ctl/erasure_words.h"
#include "app/ctl/field.h"
#include "app/ctl/share_events.h"
#include "core/journal/witness_log.h"

namespace huisbord {
namespace {

/// What the relay or a neighbour was caught at, as of the last round that came to its end.
Status show_findings(Desk& desk, const ScopeId& scope) {
  WitnessLog* log = desk.vault().witness_log();
  TRY_ASSIGN(const std::vector<Finding> findings, log->kept(scope));
  for (const Finding& finding : findings) {
    std::printf("  NOTICE  %s", sentence_of(finding).c_str());
    if (finding.since_quarter != 0)
      std::printf(", since %s", iso_day(desk.zone().house_time({finding.since_quarter * Stamp::quarter_millis}).day).c_str());
    std::printf("\n");
  }
  return {};
}

Status status(const DeskOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options));
  const Vault& vault = desk.vault();
  std::printf("organisation  %s\n", vault.organisation().hex().c_str());
  std::printf("waiting       %zu operations without a receipt\n", vault.waiting_count());
  if (const auto contact = vault.last_contact()) {
    const auto time = desk.zone().house_time(*contact);
    std::printf("last contact  %s %s\n", iso_day(time.day).c_str(), clock_time(time.minute).c_str());
  }
  for (const ScopeId& scope : vault.scopes()) {
    TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
    TRY_ASSIGN(const auto heads, vault.heads(scope));
    TRY_ASSIGN(const auto house, vault.house(scope.as<HouseTag>()));
    std::printf("scope %s  %s  charter %u, %zu in the keyring\n", scope.hex().c_str(),
                scope == desk.org() ? "org"
                : house             ? house->name.c_str()
                                    : "?",
                charter.number, charter.keyring.size());
    for (const CharterDevice& device : charter.devices) {
      OperationNumber last = 0;
      for (const Head& head : heads) {
        if (head.device == device.number) last = head.number;
      }
      std::printf("  device %u  %s  %s  %llu operations in segments\n", device.number, word_of(device.device_class), word_of(device.state),
                  static_cast<unsigned long long>(last));
    }
    TRY_STATUS(show_findings(desk, scope));
    TRY_STATUS(show_share_events(desk, scope));
  }
  return show_erasures(desk);
}

}  // namespace

void add_status(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<DeskOptions>();
  CLI::App* command = program.add_subcommand("status", "scopes, devices, and what waits for the relay");
  add_desk_options(*command, *options);
  command->callback([options, &chosen] { chosen.run = [options] { return status(*options); }; });
}

}  // namespace huisbord
