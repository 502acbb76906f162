// SPDX-License-Identifier: GPL-3.0-or-later
// The program `sim`: simulates organisations, seed by seed; a failure ends in the line that repeats it.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "tests/sim/caught.h"
#include "tests/sim/honest_days.h"
#include "tests/sim/mutants.h"
#include "tests/sim/simulation.h"

namespace {

using namespace huisbord::sim;

constexpr const char* usage =
    "sim --seeds N [--from S]     simulates N organisations\n"
    "sim --seed S [--weather W]   one of them, told step by step; in another weather than its own, when W names it\n"
    "sim --file FILE              the seeds and weathers that a file begins its lines with, each twice to the same end\n"
    "sim --mutants N [--known F]  each rule of merging wrong on purpose, which a seed of F or N others must show\n"
    "sim --days N [--from S]      N honest days, on which nobody may be accused\n"
    "sim --caught CASE            a way in which a relay or a thief is hostile, and who says so; all: each\n";

char rerun[512];

/// A broken promise of the code itself (CHECK) ends the process; the line that repeats it comes first.
void tell_rerun(int) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, rerun, std::char_traits<char>::length(rerun));
  std::signal(SIGABRT, SIG_DFL);
  std::abort();
}

/// A seed, and the weather that it is played in when that is not its own.
struct Play {
  std::uint64_t seed = 0;
  std::optional<Weather> weather{};
};

std::optional<std::string> play(const Play& what, Options options, const char* program, std::uint64_t* course = nullptr) {
  if (what.weather) options.weather = what.weather;
  Simulation simulation(what.seed, options);
  std::snprintf(rerun, sizeof rerun, "again with: %s --seed %llu --weather %s\n", program, static_cast<unsigned long long>(what.seed),
                simulation.weather().names().c_str());
  auto broken = simulation.run();
  if (course != nullptr) *course = simulation.course();
  return broken;
}

/// Once more, to the same end: else a line that repeats a failure may not repeat it.
std::optional<std::string> play_twice(const Play& what, const Options& options, const char* program) {
  std::uint64_t once = 0;
  std::uint64_t again = 0;
  if (auto broken = play(what, options, program, &once)) return broken;
  if (auto broken = play(what, options, program, &again)) return broken;
  return once == again ? std::nullopt : std::optional<std::string>("takes another course when it is played again");
}

int play_all(const std::vector<Play>& seeds, const Options& options, bool twice, const char* program) {
  constexpr std::size_t most_told = 20;
  std::size_t played = 0;
  std::size_t failed = 0;
  const std::clock_t began = std::clock();
  for (const Play& one : seeds) {
    const auto broken = twice ? play_twice(one, options, program) : play(one, options, program);
    ++played;
    if (!broken) continue;
    std::printf("seed %llu: %s\n  %s", static_cast<unsigned long long>(one.seed), broken->c_str(), rerun);
    if (++failed >= most_told) break;
  }
  const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  std::printf("%zu seeds, %zu failed, %.1f s of processor\n", played, failed, seconds);
  if (seconds > 0) std::printf("sim_seeds_per_min %.0f\n", static_cast<double>(played) / seconds * 60);
  return failed == 0 ? 0 : 1;
}

/// Lines of a seed, its weather and a sentence.
struct KnownSeed {
  Play play;
  std::string sentence;
};
std::vector<KnownSeed> seeds_in(const std::string& file) {
  std::vector<KnownSeed> seeds;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    KnownSeed one;
    std::string weather;
    if (line.starts_with('#') || !(words >> one.play.seed >> weather)) continue;
    one.play.weather = Weather::parse(weather);
    if (!one.play.weather) {
      std::fprintf(stderr, "no such weather: %s\n", line.c_str());
      std::exit(2);
    }
    std::getline(words >> std::ws, one.sentence);
    seeds.push_back(std::move(one));
  }
  return seeds;
}

/// A seed that is known to show it first; others only when that one does no longer.
int play_mutants(std::uint64_t seeds, std::uint64_t from, const std::vector<KnownSeed>& known, const char* program) {
  int missed = 0;
  for (const Mutant& mutant : mutants()) {
    std::vector<Play> plays;
    for (const KnownSeed& one : known)
      if (one.sentence == mutant.name) plays.push_back(one.play);
    const std::size_t stored = plays.size();
    for (std::uint64_t seed = from; seed < from + seeds; ++seed) plays.push_back({seed});
    std::optional<std::string> broken;
    std::size_t played = 0;
    for (; played < plays.size() && !broken; ++played)
      broken = play(plays[played], {.rules = &mutant.rules, .epochs = mutant.epochs, .stormy = played >= stored}, program);
    if (broken)
      std::printf("found%s: %s (%s)\n  %s", played <= stored ? "" : (" after " + std::to_string(played - stored) + " seeds").c_str(),
                  mutant.name.c_str(), broken->c_str(), rerun);
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

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t count = 0;
  std::uint64_t from = 1;
  std::uint64_t mutated = 0;
  std::uint64_t days = 0;
  Options options;
  bool twice = false;
  std::vector<Play> seeds;
  std::vector<KnownSeed> known;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string what = argv[i];
    const std::uint64_t value = std::strtoull(argv[i + 1], nullptr, 10);
    if (what == "--seeds") count = value;
    if (what == "--from") from = value;
    if (what == "--mutants") mutated = value;
    if (what == "--days") days = value;
    if (what == "--caught") return who_is_caught(argv[i + 1]) ? 0 : 1;
    if (what == "--file") {
      twice = true;
      for (const KnownSeed& one : seeds_in(argv[i + 1])) seeds.push_back(one.play);
    }
    if (what == "--known") known = seeds_in(argv[i + 1]);
    if (what == "--seed") {
      seeds.push_back({value});
      options.talk = true;
    }
    if (what == "--weather") {
      options.weather = Weather::parse(argv[i + 1]);
      if (!options.weather) {
        std::fprintf(stderr, "no such weather: %s\n", argv[i + 1]);
        return 2;
      }
    }
  }
  for (std::uint64_t seed = from; seed < from + count; ++seed) seeds.push_back({seed});
  std::signal(SIGABRT, tell_rerun);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  if (days != 0) return pass_days(days, from);
  if (mutated != 0) return play_mutants(mutated, from, known, argv[0]);
  if (!seeds.empty()) return play_all(seeds, options, twice, argv[0]);
  std::fputs(usage, stderr);
  return 2;
}
