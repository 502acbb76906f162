// SPDX-License-Identifier: GPL-3.0-or-later
// One seed: what the weather is, and some dozens of steps in which people act, machines synchronise and things go wrong.
#include "tests/sim/simulation.h"

#include "core/journal/operation.h"
#include "tests/sim/foundation.h"

namespace huisbord::sim {

namespace {
constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
}  // namespace

Simulation::Simulation(std::uint64_t seed, const Options& options) : seed_(seed), options_(options), random_(seed * 2 + 1) {
  weather_ = {.loss = chance(50),
              .repeats = chance(40),
              .small_pages = chance(30),
              .wrong_clocks = chance(25),
              .crashes = chance(50),
              .full_disks = chance(25),
              .rollback = chance(12),
              .clone = chance(10),
              .rogue = chance(45),
              .cuts = chance(45),
              .erasure = chance(25),
              .hostile = chance(30),
              .long_times = chance(30),
              .rulings = chance(50)};
  if (options_.stormy) weather_.rogue = weather_.cuts = weather_.erasure = weather_.long_times = weather_.rulings = true;
  folder_ = fresh_folder("sim");
  std::vector<Device> devices = Foundation::admit(office_);
  const Foundation& founded = Foundation::get();
  relay_ = std::make_unique<RelayDouble>(office_.organisation(), office_.root(), now_);
  founded.lay(office_, *relay_, folder_);
  std::vector<Bytes> words = {to_bytes(view(marker))};
  for (const Office::Resident& resident : office_.residents) words.push_back(to_bytes(resident.id.view()));
  relay_->watch_for(std::move(words));
  now_.value += hour + random_.below(20) * minute;
  for (std::size_t i = 0; i < Foundation::desks + Foundation::kiosks; ++i) join(devices[i], folder_ / std::to_string(devices[i].number));
  rogue_.emplace(devices.back(), office_, *relay_, seed);
  for (int i = 0; i < Foundation::planned_days; ++i)
    for (const TaskId& task : office_.tasks)
      things_.duties.push_back(duty_of(task, Day{static_cast<std::int32_t>(Office::founded.value / day)} + i));
}

Simulation::~Simulation() {
  for (const auto& machine : machines_) machine->stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Simulation::require(bool holds, const std::string& sentence) const {
  if (!holds) throw Broken{sentence};
}

void Simulation::say(const std::string& sentence) const {
  if (options_.talk) std::printf("%8.2f h  %s\n", static_cast<double>(now_.value - Office::founded.value) / 3.6e6, sentence.c_str());
}

Machine& Simulation::join(const Device& device, const std::filesystem::path& folder) {
  Machine& made =
      *machines_.emplace_back(std::make_unique<Machine>(office_, device, *relay_, now_, folder, random_.next(), options_.rules));
  must(made.start());
  for (const ScopeId& scope : office_.scopes())
    if (made.vault().charter_number(scope) == 0) must(made.vault().take_charter(office_.charter_bytes(scope)));
  if (weather_.loss) made.line.loss_percent = random_.below(35);
  if (weather_.repeats) made.line.again_percent = random_.below(30);
  if (weather_.small_pages) made.line.page = 600;
  return made;
}

Machine* Simulation::any_machine() {
  Machine& machine = *machines_[pick(machines_.size())];
  return machine.gone || !machine.on() ? nullptr : &machine;
}

void Simulation::sync(Machine& machine) {
  const RoundReport report = machine.round();
  say("device " + std::to_string(machine.number()) + " synchronises" + (report.failure ? ": " + report.failure->sentence : ""));
  if (machine.noticed_dead_disk(random_)) return;
  if (!report.failure) return;
  const ErrorCode code = report.failure->code;
  const bool explained = code == ErrorCode::network || (code == ErrorCode::disk_full && weather_.full_disks);
  require(explained, "a round ends in: " + report.failure->sentence);
}

void Simulation::step() {
  const std::uint32_t wait = random_.below(100);
  if (wait < 70)
    now_.value += random_.below(25) * minute;
  else if (wait < 92)
    now_.value += random_.below(5) * hour;
  else if (wait < 98 || !weather_.long_times)
    now_.value += random_.below(3) * day;
  else
    now_.value += (7 + random_.below(40)) * day;

  Machine* machine = any_machine();
  const std::uint32_t what = random_.below(100);
  if (what >= 80) return trouble();
  if (machine == nullptr) return;
  if (what < 48) {
    for (std::uint32_t n = 1 + random_.below(3); n > 0 && machine->on(); --n) act(*machine);
  } else {
    sync(*machine);
  }
}

std::optional<std::string> Simulation::run() {
  try {
    const std::uint32_t steps = 30 + random_.below(30);
    const std::uint32_t middle = chance(30) ? random_.below(steps) : steps;
    for (std::uint32_t i = 0; i < steps; ++i) {
      if (i == middle) quiet();
      step();
    }
    quiet();
  } catch (const Broken& broken) {
    return broken.sentence;
  }
  return std::nullopt;
}

}  // namespace huisbord::sim
