// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of the relay with 10,000 devices in a long wait over TLS (500 in each of 20 houses), and how soon each of them hears of a change.
#include <chrono>
#include <fstream>

#include "core/crypto/start.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/bench/relay_bench.h"

namespace {

using namespace huisbord;

constexpr std::size_t devices = 500;
constexpr std::size_t houses = 20;

double pss_mb(pid_t process) {
  std::ifstream rollup("/proc/" + std::to_string(process) + "/smaps_rollup");
  for (std::string line; std::getline(rollup, line);)
    if (line.starts_with("Pss:")) return std::stod(line.substr(4)) / 1024;
  return 0;
}

}  // namespace

int main() {
  must_hold(crypto::start().has_value(), "crypto");
  raise_descriptors();
  PaperOrganisation organisation(1, devices + 1, houses);
  const BenchRelay relay(organisation);
  MemoryLog desk(organisation, 1, 1);
  const auto http = HttpsRelay::open({.url = relay.url(), .authorities = relay.trusted()}, desk, system_clock());
  must_hold(http.has_value(), "address");
  SyncRound rounds(desk, **http, system_clock());
  must_hold(rounds.run({}).clean(), "a first round");
  std::map<ScopeId, Bytes> marks;
  for (const ScopeMark& mark : rounds.seen().marks) marks[mark.scope] = mark.mark;

  const double before = pss_mb(relay.process());
  Load load(relay.port());
  const std::string path = "/v1/" + organisation.organisation().hex() + "/wait";
  for (std::size_t house = 0; house < houses; ++house) {
    for (std::size_t i = 0; i < devices; ++i) {
      wire::WaitRequest message;
      for (const ScopeId& scope : {organisation.org(), organisation.house(house)}) {
        wire::ScopeMark& mark = *message.add_scopes();
        mark.set_scope(to_string(scope.bytes));
        mark.set_mark(to_string(marks[scope]));
      }
      message.set_seconds(wire::max_wait_seconds);
      const auto& device = organisation.device(static_cast<DeviceNumber>(i + 2));
      load.add().send(signed_request(relay, "POST", path, wire::wait_type, wire::to_body(message), device));
    }
  }
  std::size_t answers = 0;
  const auto answered = [&](std::size_t, int status) {
    must_hold(status == 200, "news");
    ++answers;
  };
  // Until no wait is being looked at any more: nobody may have been answered.
  const auto settled = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  load.run(answered, [&] { return std::chrono::steady_clock::now() > settled; });
  must_hold(answers == 0, "nobody has news yet");
  const double waiting = pss_mb(relay.process());
  std::printf("relay_empty_mb %.1f\nrelay_waiting_mb %.1f\n", before, waiting);

  desk.record(organisation.house(0));
  const auto begun = std::chrono::steady_clock::now();
  must_hold(rounds.run({}, {.everything = false, .push = true}).clean(), "a push");
  load.run(answered, [&] { return answers == devices; });
  std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begun;
  std::printf("relay_house_told_ms %.0f\n", taken.count());
  answers = 0;
  desk.record(organisation.org());
  const auto again = std::chrono::steady_clock::now();
  must_hold(rounds.run({}, {.everything = false, .push = true}).clean(), "a push");
  load.run(answered, [&] { return answers == devices * (houses - 1); });
  taken = std::chrono::steady_clock::now() - again;
  std::printf("relay_all_told_ms %.0f\n", taken.count());
}
