// SPDX-License-Identifier: GPL-3.0-or-later
// Options and messages that subcommands have in common.
#include "app/ctl/command.h"

#include <cstdio>

#include "app/ctl/field.h"
#include "app/ctl/secret_file.h"

namespace huisbord {

void add_desk_options(CLI::App& command, DeskOptions& options) {
  command.add_option("--dir", options.directory, "the organisation's store")->required();
  command.add_option("--phrase-file", options.phrase_file,
                     "file with the house phrase, - for standard input (else HUISBORD_PHRASE, else asked for)");
  command.add_option("--today", options.today, "the day to take for today, as 2026-11-21");
}

Result<Desk> open_desk(const DeskOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes phrase, read_phrase(options.phrase_file));
  return Desk::open(options.directory, phrase);
}

Result<std::unique_ptr<Vault>> open_store(const DeskOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes phrase, read_phrase(options.phrase_file));
  TRY_ASSIGN(const crypto::SecretBytes store_key, open_store_key(options.directory, phrase));
  return Vault::open(vault_path(options.directory), store_key);
}

Result<Day> today_of(const DeskOptions& options, const i18n::HouseZone& zone) {
  if (options.today.empty()) return zone.day(system_clock().now());
  auto day = parse_day(options.today);
  if (!day) return fail(ErrorCode::invalid, "--today: \"" + options.today + "\" " + day.error());
  return *day;
}

void show_remarks(std::span<const std::string> remarks) {
  for (const std::string& remark : remarks) std::fprintf(stderr, "note: %s\n", remark.c_str());
}

void show_bad_lines(const std::filesystem::path& file, std::span<const BadLine> bad) {
  for (const BadLine& line : bad) {
    std::string text = file.string() + ": line " + std::to_string(line.line);
    if (!line.column.empty()) text += ", " + line.column;
    if (!line.value.empty()) text += ": \"" + line.value + "\"";
    text += (line.column.empty() && line.value.empty() ? ": " : " ") + line.reason;
    std::fprintf(stderr, "%s\n", text.c_str());
  }
}

}  // namespace huisbord
