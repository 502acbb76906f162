// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl snapshot: what a new or long silent kiosk starts from.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "core/office/snapshots.h"

namespace huisbord {
namespace {

struct SnapshotOptions {
  DeskOptions desk;
  std::string house;
};

Status snapshot(const SnapshotOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  std::vector<ScopeId> scopes = desk.vault().scopes();
  if (!options.house.empty()) {
    TRY_ASSIGN(const House house, desk.find_house(options.house));
    scopes = {house.id.as<ScopeTag>()};
  }
  bool all_copied = true;
  for (const ScopeId& scope : scopes) {
    TRY_ASSIGN(const bool copied, is_in_a_copy(desk.vault(), scope));
    all_copied = all_copied && copied;
    TRY_ASSIGN(const SnapshotReference made, renew_snapshot(desk.office(), scope));
    TRY_ASSIGN(const auto kept, kept_snapshot(desk.vault(), scope));
    std::printf("scope %s  snapshot %s  %zu bytes  charter %u\n", scope.hex().c_str(), to_hex(made.hash).substr(0, 16).c_str(),
                kept ? kept->size() : 0, desk.vault().charter_number(scope));
  }
  if (!all_copied) {
    std::printf(
        "relays let go now what the snapshot of before covered, and no copy of this store has it: make one (huisbordctl backup --out)\n");
  }
  std::printf("goes to the relay with the next huisbordctl replica\n");
  return {};
}

}  // namespace

void add_snapshot(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<SnapshotOptions>();
  CLI::App* command = program.add_subcommand("snapshot", "make what a new kiosk, or one silent for 60 days, starts from");
  add_desk_options(*command, options->desk);
  command->add_option("--house", options->house, "of this house alone (else of every scope)");
  command->callback([options, &chosen] { chosen.run = [options] { return snapshot(*options); }; });
}

}  // namespace huisbord
