// SPDX-License-Identifier: GPL-3.0-or-later
// What subcommands share: how one is added, the options that open a desk's store, and how problems in a file are shown.
#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "app/ctl/bad_line.h"
#include "app/ctl/desk.h"
#include "core/base/error.h"

namespace huisbord {

/// What the chosen subcommand does; set while the command line is read, run after it.
struct Chosen {
  std::function<Status()> run;
};

struct DeskOptions {
  std::filesystem::path directory;
  std::filesystem::path phrase_file;
  std::string today;
};
/// --dir, --phrase-file and --today.
void add_desk_options(CLI::App& command, DeskOptions& options);
[[nodiscard]] Result<Desk> open_desk(const DeskOptions& options);
/// The vault alone, whether or not it writes charters.
[[nodiscard]] Result<std::unique_ptr<Vault>> open_store(const DeskOptions& options);
/// --today, else the house's day by the system clock.
[[nodiscard]] Result<Day> today_of(const DeskOptions& options, const i18n::HouseZone& zone);

void show_remarks(std::span<const std::string> remarks);
/// Every bad line on stderr with line, column, value and reason.
void show_bad_lines(const std::filesystem::path& file, std::span<const BadLine> bad);

// One a file.
void add_init(CLI::App& program, Chosen& chosen);
void add_root(CLI::App& program, Chosen& chosen);
void add_devices(CLI::App& program, Chosen& chosen);
void add_rule(CLI::App& program, Chosen& chosen);
void add_snapshot(CLI::App& program, Chosen& chosen);
void add_import(CLI::App& program, Chosen& chosen);
void add_invite(CLI::App& program, Chosen& chosen);
void add_kiosk(CLI::App& program, Chosen& chosen);
void add_keyslot(CLI::App& program, Chosen& chosen);
void add_unlock(CLI::App& program, Chosen& chosen);
void add_kiosk_pair(CLI::App& kiosk, Chosen& chosen);
void add_kiosk_renew(CLI::App& kiosk, Chosen& chosen);
void add_kiosk_readmit(CLI::App& kiosk, Chosen& chosen);
void add_device_renew(CLI::App& devices, Chosen& chosen);
void add_show(CLI::App& program, Chosen& chosen);
void add_verify(CLI::App& program, Chosen& chosen);
void add_status(CLI::App& program, Chosen& chosen);
void add_appointment(CLI::App& program, Chosen& chosen);
void add_notice(CLI::App& program, Chosen& chosen);
void add_task(CLI::App& program, Chosen& chosen);
void add_export(CLI::App& program, Chosen& chosen);
void add_export_resident(CLI::App& exporting, Chosen& chosen);
void add_resident(CLI::App& program, Chosen& chosen);
void add_replica(CLI::App& program, Chosen& chosen);
void add_erase(CLI::App& program, Chosen& chosen);
void add_backup(CLI::App& program, Chosen& chosen);
void add_restore(CLI::App& program, Chosen& chosen);
void add_simulate(CLI::App& program, Chosen& chosen);

}  // namespace huisbord
