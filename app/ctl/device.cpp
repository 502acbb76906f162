// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl device, rule: who is in a scope, where a device ends, what it handed in afterwards, and segments stamped ahead.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/device_words.h"
#include "core/office/cutting.h"

namespace huisbord {
namespace {

struct DeviceOptions {
  DeskOptions desk;
  std::string house;
  DeviceNumber device = 0;
  std::optional<OperationNumber> number;
  std::string branch;
};

using Shown = unsigned long long;

Result<ScopeId> scope_of(Desk& desk, const std::string& house) {
  if (house == "org") return desk.org();
  TRY_ASSIGN(const House found, desk.find_house(house));
  return found.id.as<ScopeTag>();
}

Status show_device(const Vault& vault, const ScopeId& scope, const CharterDevice& device) {
  std::printf("  %u  %s  %s  %s", device.number, device.id.hex().c_str(), word_of(device.device_class), word_of(device.state));
  if (device.cut) std::printf(" at %llu", static_cast<Shown>(device.cut->number));
  std::printf("\n");
  TRY_ASSIGN(const auto waiting, handed_in(vault, scope, device.number));
  for (const StoredSegment& segment : waiting) {
    std::printf("     handed in %llu to %llu, waits for you: huisbordctl device accept\n", static_cast<Shown>(segment.first),
                static_cast<Shown>(segment.last));
  }
  TRY_ASSIGN(const auto ahead, stamped_ahead(vault, scope, device.number));
  for (const StoredSegment& segment : ahead) {
    std::printf("     %llu to %llu stamped ahead, waits for its time or for you: huisbordctl rule\n", static_cast<Shown>(segment.first),
                static_cast<Shown>(segment.last));
  }
  return {};
}

void show_forks(const Vault& vault, const ScopeId& scope) {
  for (const ForkEvidence& fork : vault.forks()) {
    if (fork.scope != scope) continue;
    const auto number = static_cast<Shown>(fork.number);
    if (fork.kind == ForkEvidence::Kind::charter) {
      std::printf("  ALARM: two charters of number %llu were signed\n", number);
    } else {
      std::printf("  device %u forked at number %llu: choose what counts with huisbordctl device cut --at --branch\n", fork.device, number);
    }
  }
}

Status list(const DeviceOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  const Vault& vault = desk.vault();
  std::optional<ScopeId> asked;
  if (!options.house.empty()) {
    TRY_ASSIGN(asked, scope_of(desk, options.house));
  }
  for (const ScopeId& scope : vault.scopes()) {
    if (asked && scope != *asked) continue;
    TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
    TRY_ASSIGN(const auto house, vault.house(scope.as<HouseTag>()));
    const std::string name = scope == desk.org() ? "org" : house ? house->name : "?";
    std::printf("%s  scope %s  charter %u\n", name.c_str(), scope.hex().c_str(), charter.number);
    for (const CharterDevice& device : charter.devices) TRY_STATUS(show_device(vault, scope, device));
    show_forks(vault, scope);
  }
  return {};
}

Status end(const DeviceOptions& options, DeviceState state) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const ScopeId scope, scope_of(desk, options.house));
  TRY_ASSIGN(const Charter charter, desk.vault().held_charter(scope));
  const CharterDevice* device = charter.device(options.device);
  if (device == nullptr) return fail(ErrorCode::not_found, "that scope has no device " + std::to_string(options.device));
  TRY_ASSIGN(const auto cuts, end_everywhere(desk.office(), device->id, state, scope, {options.number, options.branch}));
  for (const MadeCut& made : cuts) {
    std::printf("scope %s  device %u  %s at %llu  charter %u\n", made.scope.hex().c_str(), made.device, word_of(state),
                static_cast<Shown>(made.cut.number), desk.vault().charter_number(made.scope));
    if (made.no_snapshot) {
      std::printf("the snapshot held more of it; a new kiosk lacks that device until huisbordctl snapshot makes another: %s\n",
                  made.no_snapshot->sentence.c_str());
    }
  }
  std::printf("goes to the relay with the next huisbordctl replica\n");
  return {};
}

Status accept(const DeviceOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const ScopeId scope, scope_of(desk, options.house));
  TRY_ASSIGN(const Cut cut, accept_handed_in(desk.office(), scope, options.device, options.number));
  std::printf("device %u counts up to %llu\n", options.device, static_cast<Shown>(cut.number));
  return {};
}

Status rule(const DeviceOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const ScopeId scope, scope_of(desk, options.house));
  const OperationNumber last = options.number.value_or(0);
  TRY_STATUS(free_stamped_ahead(desk.office(), scope, options.device, last));
  std::printf("the segment of device %u that ends at %llu counts\n", options.device, static_cast<Shown>(last));
  return {};
}

void add_place(CLI::App& command, DeviceOptions& options) {
  add_desk_options(command, options.desk);
  command.add_option("--house", options.house, "the house, by name or identifier; org for the organisation's own scope")->required();
  command.add_option("--device", options.device, "its number there (huisbordctl device list)")->required();
}

void add_end(CLI::App& devices, Chosen& chosen, const char* name, const char* what, DeviceState state) {
  const auto options = std::make_shared<DeviceOptions>();
  CLI::App* command = devices.add_subcommand(name, what);
  add_place(*command, *options);
  command->add_option("--at", options->number, "its last number that counts (else all that counts here now; 0: nothing)");
  command->add_option("--branch", options->branch, "how the header hash begins, where a forked device has two at that number");
  command->callback([options, state, &chosen] { chosen.run = [options, state] { return end(*options, state); }; });
}

}  // namespace

const char* word_of(DeviceClass device_class) { return device_class == DeviceClass::desk ? "desk " : "kiosk"; }

const char* word_of(DeviceState state) {
  switch (state) {
    case DeviceState::active:
      return "active";
    case DeviceState::cut:
      return "cut";
    case DeviceState::closed:
      return "closed";
    case DeviceState::wiped:
      return "wiped";
  }
  return "unknown";
}

void add_devices(CLI::App& program, Chosen& chosen) {
  CLI::App* devices = program.add_subcommand("device", "who is in a scope, and where a device ends");
  devices->require_subcommand(1);
  const auto listing = std::make_shared<DeviceOptions>();
  CLI::App* list_command = devices->add_subcommand("list", "devices, cuts, what was handed in, alarms");
  add_desk_options(*list_command, listing->desk);
  list_command->add_option("--house", listing->house, "this house alone, or org");
  list_command->callback([listing, &chosen] { chosen.run = [listing] { return list(*listing); }; });

  add_end(*devices, chosen, "cut", "revoked, lost or forked: nothing past this counts, and it gets no keys any more", DeviceState::cut);
  add_end(*devices, chosen, "close", "cut; the board hands in what it had sealed, destroys its keys and says that it has been closed",
          DeviceState::closed);
  add_end(*devices, chosen, "wipe", "cut; the board destroys its keys as soon as it hears of it", DeviceState::wiped);

  add_device_renew(*devices, chosen);
  const auto accepting = std::make_shared<DeviceOptions>();
  CLI::App* accept_command = devices->add_subcommand("accept", "let count what a device handed in after it was cut");
  add_place(*accept_command, *accepting);
  accept_command->add_option("--up-to", accepting->number, "its last number that counts (else all that it handed in)");
  accept_command->callback([accepting, &chosen] { chosen.run = [accepting] { return accept(*accepting); }; });
}

void add_rule(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<DeviceOptions>();
  CLI::App* command = program.add_subcommand("rule", "let a segment count that is stamped ahead of trusted time");
  add_place(*command, *options);
  command->add_option("--number", options->number, "the segment's last number (huisbordctl device list)")->required();
  command->callback([options, &chosen] { chosen.run = [options] { return rule(*options); }; });
}

}  // namespace huisbord
