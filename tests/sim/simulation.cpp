// SPDX-License-Identifier: GPL-3.0-or-later
// One seed: what the weather is, and some dozens of steps in which people act, machines synchronise and things go wrong.
#include "tests/sim/simulation.h"

#include <algorithm>

#include "core/journal/operation.h"
#include "tests/sim/foundation.h"

namespace huisbord::sim {

namespace {
/// A release that knows no notices, activities, staff, roles, rates, witnesses and keys of devices.
constexpr std::uint32_t old_release = static_cast<std::uint32_t>(Kind::swap_answered);
}  // namespace

Simulation::Simulation(std::uint64_t seed, const Options& options)
    : seed_(seed), options_(options), draws_(seed), weather_(options.weather ? *options.weather : Weather(draws_)) {
  if (options_.stormy) weather_.storm();
  folder_ = fresh_folder("sim");
  std::vector<Device> devices = Foundation::admit(office_);
  const Foundation& founded = Foundation::get();
  relay_ = std::make_unique<RelayDouble>(office_.organisation(), office_.root(), now_);
  founded.lay(office_, *relay_, folder_);
  std::vector<Bytes> words = {to_bytes(view(marker))};
  for (const Office::Resident& resident : office_.residents) words.push_back(to_bytes(resident.id.view()));
  relay_->watch_for(std::move(words));
  now_.value += hour_ms + draws_.of("begin").below(20) * minute_ms;
  for (std::size_t i = 0; i < Foundation::desks + Foundation::kiosks; ++i) join(devices[i], folder_ / std::to_string(devices[i].number));
  rogue_.emplace(devices.back(), office_, *relay_, seed);
  for (int i = 0; i < Foundation::planned_days; ++i)
    for (const TaskId& task : office_.tasks)
      things_.duties.push_back(duty_of(task, Day{static_cast<std::int32_t>(Office::founded.value / day_ms)} + i));
  if (has(Adversity::releases)) {
    const Device device = office_.add_device(DeviceClass::kiosk);
    for (const ScopeId& scope : office_.scopes()) office_.write(scope, now_);
    join(device, fresh_subfolder("old"), old_release);
  }
}

Simulation::~Simulation() {
  for (const auto& machine : machines_) machine->stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Simulation::require(bool holds, const std::string& sentence) const {
  if (!holds) throw Broken{sentence};
}

std::uint64_t Simulation::course() const {
  std::uint64_t course = course_;
  for (const ScopeId& scope : office_.scopes())
    for (const RelayDouble::Kept& one : relay_->kept(scope))
      for (const std::uint8_t byte : one.hash) course = (course ^ byte) * 0x100000001b3u;
  return course;
}

void Simulation::say(const std::string& sentence) const {
  for (const char letter : sentence) course_ = (course_ ^ static_cast<std::uint8_t>(letter)) * 0x100000001b3u;
  if (options_.talk) std::printf("%8.2f h  %s\n", static_cast<double>(now_.value - Office::founded.value) / 3.6e6, sentence.c_str());
}

std::filesystem::path Simulation::fresh_subfolder(const char* what) { return folder_ / (what + std::to_string(++folders_)); }

Machine& Simulation::join(const Device& device, const std::filesystem::path& folder, std::optional<std::uint32_t> newest_kind) {
  Stream& stream = draws_.of("machine");
  Machine& made = *machines_.emplace_back(
      std::make_unique<Machine>(office_, device, *relay_, now_, folder, stream.next(), options_.rules, newest_kind));
  must(made.start());
  for (const ScopeId& scope : office_.scopes())
    if (made.vault().charter_number(scope) == 0) must(made.vault().take_charter(office_.charter_bytes(scope)));
  const std::uint32_t loss = stream.below(35);
  const std::uint32_t again = stream.below(30);
  if (has(Adversity::loss)) made.line.loss_percent = loss;
  if (has(Adversity::repeats)) made.line.again_percent = again;
  if (has(Adversity::small_pages)) made.line.page = 600;
  return made;
}

Machine* Simulation::any_machine(Stream& stream) {
  Machine& machine = *machines_[stream.pick(machines_.size())];
  return machine.gone || !machine.on() ? nullptr : &machine;
}

Machine* Simulation::any_kiosk(Stream& stream) {
  Machine* machine = any_machine(stream);
  return machine == nullptr || machine->device_class() != DeviceClass::kiosk ? nullptr : machine;
}

Machine* Simulation::any_desk() {
  const auto desk =
      std::ranges::find_if(machines_, [](const auto& one) { return one->on() && !one->gone && one->device_class() == DeviceClass::desk; });
  return desk == machines_.end() ? nullptr : desk->get();
}

bool Simulation::disk_says(const Machine& machine, ErrorCode code) const {
  if (code == ErrorCode::disk_full) return machine.disk.full();
  return code == ErrorCode::io && has(Adversity::failing_syncs);
}

/// What came of a round, scope by scope, and how far each device's chain counts there now.
void Simulation::tell(Machine& machine, const RoundReport& report) const {
  if (!options_.talk) return;
  for (const ScopeReport& scope : report.scopes) {
    std::string told = scope.scope == office_.org() ? "  org" : "  house";
    if (machine.on()) {
      told += " charter " + std::to_string(machine.vault().charter_number(scope.scope)) + " holds";
      const auto heads = machine.vault().heads(scope.scope);
      for (const Head& head : heads.value_or(std::vector<Head>()))
        told += " " + std::to_string(head.device) + ":" + std::to_string(head.number);
    }
    if (scope.witnessed) told += ", witnessed";
    if (!scope.pulled.complete) told += ", not to the end";
    if (scope.pushed.refusal) told += ", push: " + std::string(huisbord::name(scope.pushed.refusal->reason));
    if (scope.pulled.refusal) told += ", pull: " + std::string(huisbord::name(scope.pulled.refusal->reason));
    if (scope.pulled.charter_error) told += ", " + scope.pulled.charter_error->sentence;
    for (const RefusedSegment& one : scope.pulled.refused)
      told += ", " + std::to_string(one.device) + ":" + std::to_string(one.first) + " " + one.error.sentence;
    say(told);
  }
}

void Simulation::sync(Machine& machine) {
  tend(machine);
  if (!machine.on()) return;
  const RoundReport report = machine.round();
  say(name_of(machine) + " synchronises" + (report.failure ? ": " + report.failure->sentence : ""));
  tell(machine, report);
  if (!report.failure && machine.on() && !machine.gone && machine.device_class() == DeviceClass::desk) {
    put_snapshots(machine);
    tend_now_and_then(machine);
  }
  if (machine.noticed_dead_disk(draws_.of("torn").random())) return;
  if (!report.failure) return;
  const bool explained = report.failure->code == ErrorCode::network || disk_says(machine, report.failure->code);
  require(explained, "a round ends in: " + report.failure->sentence);
}

void Simulation::step() {
  Stream& stream = draws_.of("steps");
  const std::uint32_t wait = stream.below(100);
  if (wait < 72)
    now_.value += stream.below(25) * minute_ms;
  else if (wait < 94)
    now_.value += stream.below(5) * hour_ms;
  else
    now_.value += stream.below(3) * day_ms;

  for (const AdversityRule& rule : all_adversities()) {
    if (rule.per_mille == 0 || !has(rule.what)) continue;
    if (draws_.of("when." + std::string(rule.name)).seldom(rule.per_mille)) trouble(rule.what, this->stream(rule.what));
  }
  Machine* machine = any_machine(stream);
  const bool acts = stream.chance(60);
  const std::uint32_t times = 1 + stream.below(3);
  if (machine == nullptr) return;
  if (!acts) return sync(*machine);
  for (std::uint32_t n = times; n > 0 && machine->on(); --n) act(*machine);
}

std::optional<std::string> Simulation::run() {
  say("weather: " + weather_.names());
  try {
    Stream& stream = draws_.of("begin");
    const std::uint32_t steps = 26 + stream.below(26);
    const std::uint32_t middle = stream.below(steps);
    const bool quiet_in_between = stream.chance(30);
    for (std::uint32_t i = 0; i < steps; ++i) {
      if (quiet_in_between && i == middle) quiet();
      step();
    }
    quiet();
  } catch (const Broken& broken) {
    return broken.sentence;
  }
  return std::nullopt;
}

}  // namespace huisbord::sim
