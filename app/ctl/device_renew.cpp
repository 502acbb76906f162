// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl device renew: a desk whose own store is a copy becomes a device of its own.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/desk_round.h"
#include "core/office/epochs_tending.h"
#include "core/office/readmission.h"

namespace huisbord {
namespace {

struct DeviceRenewal {
  DeskOptions desk;
  HttpsRelay::Settings relay;
  bool copied = false;
};

Status round_of(Desk& desk, const DeviceRenewal& options) {
  return options.relay.url.empty() ? Status{} : synchronise(desk, options.relay);
}

Status renew_device(const DeviceRenewal& options) {
  {
    TRY_ASSIGN(Desk desk, open_desk(options.desk));
    if (options.copied) TRY_STATUS(desk.vault().mark_copied());
    if (desk.vault().must_become_new()) {
      TRY_STATUS(round_of(desk, options));  // the newest charters, which the next ones follow
      TRY_STATUS(renew_own_device(desk.office()));
    }
  }
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const bool halfway, was_renewed(desk.office()));
  if (!halfway)
    return fail(
        ErrorCode::refused,
        "this desk's store is no copy as far as it knows: it stays the desk that it is. If its folder was put back from a backup or "
        "copied, say so with --copied");
  TRY_STATUS(round_of(desk, options));  // what the one that it was sent, up to which it counts
  TRY_STATUS(end_former_self(desk.office()));
  // The one that it was knows the epochs in use.
  for (const ScopeId& scope : desk.vault().scopes()) TRY_STATUS(begin_next_epoch(desk.office(), scope));
  TRY_STATUS(round_of(desk, options));
  std::printf("desk     %s  (the one that it was is cut)\n", desk.vault().founding().device.hex().c_str());
  std::printf(
      "The other copy holds the key that writes charters, too. Unless it is destroyed: huisbordctl root ask, root delegate, root "
      "accept.\n");
  if (options.relay.url.empty()) std::printf("goes to the relay with the next huisbordctl replica\n");
  return {};
}

}  // namespace

void add_device_renew(CLI::App& devices, Chosen& chosen) {
  const auto options = std::make_shared<DeviceRenewal>();
  CLI::App* command = devices.add_subcommand("renew", "this desk's own store was put back or copied: it goes on as a new device");
  add_desk_options(*command, options->desk);
  command->add_option("--relay", options->relay.url,
                      "URL of the relay; without it, what the other copy sent and is not here does not count");
  command->add_option("--authorities", options->relay.authorities, "file of certificates to trust instead of the system's");
  command->add_flag("--copied", options->copied, "though nothing has shown it yet");
  command->callback([options, &chosen] { chosen.run = [options] { return renew_device(*options); }; });
}

}  // namespace huisbord
