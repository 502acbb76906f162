// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl unlock: the click at the desk that lets a kiosk have its share once, and every share that the relay gave.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/field.h"
#include "app/ctl/share_events.h"
#include "core/unlock/relay_share.h"

namespace huisbord {
namespace {

constexpr const char* events_setting = "desk.share_events.";
constexpr std::size_t event_size = 16 + 8 + 1 + 1;

struct UnlockOptions {
  DeskOptions desk;
  std::string house;
  std::string device;
  RelayAtUrl relay;
};

const char* words_for(const ShareEvent& event) {
  switch (event.outcome) {
    case ShareOutcome::given:
      return event.clicked ? "given, after a click here" : "given";
    case ShareOutcome::click_needed:
      return "not given: silent for more than 30 minutes, waits for a click (huisbordctl unlock)";
    case ShareOutcome::not_active:
      return "not given: this device is cut off";
  }
  return "?";
}

Bytes encode(const std::vector<ShareEvent>& events) {
  Bytes bytes;
  ByteWriter writer(bytes);
  for (const ShareEvent& event : events) {
    writer.raw(event.device.view());
    writer.u64(static_cast<std::uint64_t>(event.at.value));
    writer.u8(static_cast<std::uint8_t>(event.outcome));
    writer.u8(event.clicked ? 1 : 0);
  }
  return bytes;
}

Status unlock(const UnlockOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const House house, desk.find_house(options.house));
  const auto scope = house.id.as<ScopeTag>();
  std::optional<DeviceId> allow;
  if (!options.device.empty()) {
    TRY_ASSIGN(const Charter charter, desk.vault().held_charter(scope));
    for (const CharterDevice& device : charter.devices) {
      if (device.id.hex() == options.device || std::to_string(device.number) == options.device) allow = device.id;
    }
    if (!allow) return fail(ErrorCode::not_found, "\"" + options.device + "\" is no device of " + house.name + "; see huisbordctl status");
  }
  TRY_STATUS(fetch_share_events(desk, scope, options.relay, allow));
  if (allow) std::printf("this kiosk gets its share once within the next 30 minutes\n");
  return show_share_events(desk, scope);
}

}  // namespace

Status fetch_share_events(Desk& desk, const ScopeId& scope, const RelayAtUrl& relay, const std::optional<DeviceId>& allow) {
  TRY_ASSIGN(const auto events, ask_about_shares(relay, desk.vault(), system_clock(), scope, allow));
  return desk.vault().set_setting(events_setting + scope.hex(), encode(events));
}

Status show_share_events(Desk& desk, const ScopeId& scope) {
  TRY_ASSIGN(const auto stored, desk.vault().setting(events_setting + scope.hex()));
  if (!stored) return {};
  TRY_ASSIGN(const Charter charter, desk.vault().held_charter(scope));
  ByteReader reader(*stored);
  while (reader.rest().size() >= event_size) {
    ShareEvent event;
    event.device.bytes = reader.array<16>();
    event.at = {static_cast<std::int64_t>(reader.u64())};
    event.outcome = static_cast<ShareOutcome>(reader.u8());
    event.clicked = reader.u8() != 0;
    const CharterDevice* const device = charter.device(event.device);
    const auto time = desk.zone().house_time(event.at);
    std::printf("  share of device %s  %s %s  %s\n", device == nullptr ? "?" : std::to_string(device->number).c_str(),
                iso_day(time.day).c_str(), clock_time(time.minute).c_str(), words_for(event));
  }
  return {};
}

void add_unlock(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<UnlockOptions>();
  CLI::App* command = program.add_subcommand("unlock", "let a kiosk that was off open itself once; shows what the relay gave to whom");
  add_desk_options(*command, options->desk);
  command->add_option("--house", options->house, "the house, by name or identifier")->required();
  command->add_option("--device", options->device, "the kiosk, by number or identifier as huisbordctl status shows it; without: only show");
  command->add_option("--relay", options->relay.url, "URL of the relay")->required();
  command->add_option("--authorities", options->relay.https.authorities, "file of certificates to trust instead of the system's");
  command->callback([options, &chosen] { chosen.run = [options] { return unlock(*options); }; });
}

}  // namespace huisbord
