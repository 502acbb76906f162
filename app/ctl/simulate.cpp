// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl simulate: an invented organisation, for demonstrations and measurements.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/field.h"
#include "app/ctl/secret_file.h"
#include "app/ctl/simulation.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/words.h"

namespace huisbord {
namespace {

struct SimulateOptions {
  Desk::Names names;
  std::filesystem::path phrase_file;
  std::filesystem::path phrase_out;
  std::string today;
  SimulationPlan plan;
};

Result<crypto::SecretBytes> phrase_of(const SimulateOptions& options) {
  if (options.phrase_out.empty()) return read_phrase(options.phrase_file);
  crypto::SecretBytes phrase = crypto::make_house_phrase(crypto::system_random());
  TRY_STATUS(crypto::replace_file(options.phrase_out, phrase.view()));
  return phrase;
}

Status run(const SimulateOptions& options) {
  TRY_ASSIGN(const auto zone, i18n::HouseZone::open());
  SimulationPlan plan = options.plan;
  plan.today = zone.day(system_clock().now());
  if (!options.today.empty()) {
    const auto day = parse_day(options.today);
    if (!day) return fail(ErrorCode::invalid, "--today: \"" + options.today + "\" " + day.error());
    // A history from the future would wait at every replica until its time has come.
    if (*day > plan.today) return fail(ErrorCode::invalid, "--today lies ahead; a history ends today at the latest");
    plan.today = *day;
  }
  TRY_ASSIGN(const crypto::SecretBytes phrase, phrase_of(options));
  SimulatedClock clock;
  clock.stand_at(zone.start_of(simulation_start(plan)));
  VaultOptions vault;
  vault.clock = &clock;
  vault.padding = Padding::none;
  vault.cache_kib = 32 * 1024;
  TRY_ASSIGN(Desk desk, Desk::create(options.names, phrase, vault));
  const Millis began = system_clock().running();
  TRY_ASSIGN(const SimulationReport report, simulate(desk, clock, plan));
  const std::int64_t took = system_clock().running().value - began.value;
  std::printf("organisation     %s\n", desk.vault().organisation().hex().c_str());
  std::printf("root public key  %s\n", to_hex(desk.vault().founding().root.view()).c_str());
  std::printf("%zu people, %zu who have left, %zu operations since %s, in %lld ms\n", report.people, report.left, report.operations,
              iso_day(simulation_start(plan)).c_str(), static_cast<long long>(took));
  return {};
}

}  // namespace

void add_simulate(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<SimulateOptions>();
  CLI::App* command = program.add_subcommand("simulate", "make an organisation of invented people with a history");
  command->add_option("--dir", options->names.directory, "where the organisation's store comes")->required();
  command->add_option("--root-dir", options->names.root_media, "where the root key comes")->required();
  command->add_option("--houses", options->plan.houses, "how many houses")->check(CLI::Range(1, 40));
  command->add_option("--people", options->plan.people, "how many people live there at the end")->check(CLI::Range(1, 3000));
  command->add_option("--months", options->plan.months, "how long the history is")->check(CLI::Range(1, 36));
  command->add_option("--seed", options->plan.seed, "the same seed and day make the same history");
  command->add_option("--today", options->today, "the history's last day (else today)");
  auto* in = command->add_option("--phrase-file", options->phrase_file,
                                 "file with a house phrase made before (else HUISBORD_PHRASE, else asked for)");
  command->add_option("--phrase-out", options->phrase_out, "make a new house phrase and write it to this file")->excludes(in);
  command->callback([options, &chosen] { chosen.run = [options] { return run(*options); }; });
}

}  // namespace huisbord
