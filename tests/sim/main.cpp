// SPDX-License-Identifier: GPL-3.0-or-later
// The program `sim`: simulates organisations, seed by seed; a failure ends in the line that repeats it.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

#include "tests/sim/caught.h"
#include "tests/sim/honest_days.h"
#include "tests/sim/mutants.h"
#include "tests/sim/simulation.h"

namespace {

using namespace huisbord::sim;

constexpr const char* usage =
    "sim --seeds N [--from S]     simulates N organisations\n"
    "sim --seed S                 one of them, told step by step\n"
    "sim --file FILE              the seeds that a file begins its lines with\n"
    "sim --mutants N [--from S]   each rule of merging wrong on purpose, which N seeds must show\n"
    "sim --days N [--from S]      N honest days, on which nobody may be accused\n"
    "sim --caught 1               each way in which a relay or a thief is hostile, and who says so\n";

char rerun[256];

/// A broken promise of the code itself (CHECK) ends the process; the line that repeats it comes first.
void tell_rerun(int) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, rerun, std::char_traits<char>::length(rerun));
  std::signal(SIGABRT, SIG_DFL);
  std::abort();
}

std::optional<std::string> play(std::uint64_t seed, const Options& options, const char* program) {
  std::snprintf(rerun, sizeof rerun, "again with: %s --seed %llu\n", program, static_cast<unsigned long long>(seed));
  Simulation simulation(seed, options);
  return simulation.run();
}

int play_all(const std::vector<std::uint64_t>& seeds, const Options& options, const char* program) {
  constexpr std::size_t most_told = 20;
  std::size_t played = 0;
  std::size_t failed = 0;
  const std::clock_t began = std::clock();
  for (const std::uint64_t seed : seeds) {
    const auto broken = play(seed, options, program);
    ++played;
    if (!broken) continue;
    std::printf("seed %llu: %s\n  %s", static_cast<unsigned long long>(seed), broken->c_str(), rerun);
    if (++failed >= most_told) break;
  }
  const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  std::printf("%zu seeds, %zu failed, %.1f s of processor\n", played, failed, seconds);
  if (seconds > 0) std::printf("sim_seeds_per_min %.0f\n", static_cast<double>(played) / seconds * 60);
  return failed == 0 ? 0 : 1;
}

int play_mutants(std::uint64_t seeds, std::uint64_t from, const char* program) {
  int missed = 0;
  for (const Mutant& mutant : mutants()) {
    std::optional<std::string> broken;
    std::uint64_t seed = from;
    for (; seed < from + seeds && !broken; ++seed) broken = play(seed, {.rules = &mutant.rules, .stormy = true}, program);
    if (broken)
      std::printf("found in %llu seeds: %s (%s)\n", static_cast<unsigned long long>(seed - from), mutant.name.c_str(), broken->c_str());
    else
      std::printf("NOT FOUND: %s\n", mutant.name.c_str());
    missed += broken ? 0 : 1;
  }
  return missed == 0 ? 0 : 1;
}

int pass_days(std::uint64_t days, std::uint64_t from) {
  const HonestDays passed = pass_honest_days(days, from);
  std::printf("%llu honest days, %llu judgements, %llu false alarms, %llu false silences\n", static_cast<unsigned long long>(passed.days),
              static_cast<unsigned long long>(passed.judgements), static_cast<unsigned long long>(passed.alarms),
              static_cast<unsigned long long>(passed.silences));
  if (!passed.first.empty()) std::printf("%s\n", passed.first.c_str());
  return passed.alarms + passed.silences == 0 ? 0 : 1;
}

std::vector<std::uint64_t> seeds_in(const std::string& file) {
  std::vector<std::uint64_t> seeds;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (const std::uint64_t seed = std::strtoull(line.c_str(), nullptr, 10); seed != 0) seeds.push_back(seed);
  return seeds;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t count = 0;
  std::uint64_t from = 1;
  std::uint64_t mutated = 0;
  std::uint64_t days = 0;
  Options options;
  std::vector<std::uint64_t> seeds;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string what = argv[i];
    const std::uint64_t value = std::strtoull(argv[i + 1], nullptr, 10);
    if (what == "--seeds") count = value;
    if (what == "--from") from = value;
    if (what == "--mutants") mutated = value;
    if (what == "--days") days = value;
    if (what == "--caught") return who_is_caught() ? 0 : 1;
    if (what == "--file") seeds = seeds_in(argv[i + 1]);
    if (what == "--seed") {
      seeds = {value};
      options.talk = true;
    }
  }
  for (std::uint64_t seed = from; seed < from + count; ++seed) seeds.push_back(seed);
  std::signal(SIGABRT, tell_rerun);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  if (days != 0) return pass_days(days, from);
  if (mutated != 0) return play_mutants(mutated, from, argv[0]);
  if (!seeds.empty()) return play_all(seeds, options, argv[0]);
  std::fputs(usage, stderr);
  return 2;
}
