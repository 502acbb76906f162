// SPDX-License-Identifier: GPL-3.0-or-later
// How long a change that the desk sends takes until a kiosk that is online holds it: the kiosk's own loop, in its long wait at the real
// relay over TLS, and both with real vaults.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>

#include "core/crypto/start.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_loop.h"
#include "tests/bench/bench_vault.h"
#include "tests/bench/relay_bench.h"

namespace {

using namespace huisbord;

constexpr int changes = 100;
constexpr std::chrono::seconds patience{20};

/// What the kiosk's loop has brought until now.
class Arrivals {
 public:
  void observe(const RoundReport& report) {
    const std::lock_guard lock(mutex_);
    ++rounds_;
    operations_ += report.operations_pulled();
    came_.notify_one();
  }
  bool first_round() {
    return until([this] { return rounds_ > 0; });
  }
  bool operations(std::size_t count) {
    return until([this, count] { return operations_ >= count; });
  }

 private:
  template <class Question>
  bool until(Question question) {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, patience, question);
  }
  std::mutex mutex_;
  std::condition_variable came_;
  std::size_t rounds_ = 0, operations_ = 0;
};

}  // namespace

int main() {
  must(crypto::start());
  const TemporaryFolder folder;
  PaperOrganisation organisation(1, 2, 1);
  const BenchRelay relay(organisation);
  const auto desk = make_bench_vault(organisation, 1, folder.path() / "desk.db");
  const auto kiosk = make_bench_vault(organisation, 2, folder.path() / "kiosk.db");
  const auto from_desk = must(HttpsRelay::open({.url = relay.url(), .authorities = relay.trusted()}, *desk, system_clock()));
  const auto to_kiosk = must(HttpsRelay::open({.url = relay.url(), .authorities = relay.trusted()}, *kiosk, system_clock()));
  SyncRound round(*desk, *from_desk, system_clock());
  must_hold(round.run({}).clean(), "the desk's first round");

  Arrivals arrivals;
  SyncLoop loop(*kiosk, *to_kiosk, crypto::system_random(), system_clock(), {.tick = {3'600'000}, .longest = {3'600'000}},
                [&](const RoundReport& report) { arrivals.observe(report); });
  must_hold(arrivals.first_round(), "the kiosk's first round");

  std::vector<double> taken;
  for (int i = 0; i < changes; ++i) {
    write_entries(*desk, organisation.house(), organisation.random(), 1);
    const auto begun = std::chrono::steady_clock::now();
    must_hold(round.run({}, {.everything = false, .push = true}).clean(), "the desk's round");
    must_hold(arrivals.operations(static_cast<std::size_t>(i) + 1), "the change at the kiosk");
    taken.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
  }
  loop.stop();
  std::ranges::sort(taken);
  std::printf("sync_desk_to_kiosk_ms_p50 %.1f\nsync_desk_to_kiosk_ms_p99 %.1f\n", taken[taken.size() / 2], taken[taken.size() * 99 / 100]);
}
