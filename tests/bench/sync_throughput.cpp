// SPDX-License-Identifier: GPL-3.0-or-later
// Operations a second from a desk's vault to the real relay and from there into a kiosk's vault, over TLS on loopback, every request
// signed.
//
// An operation is one leefgeld entry in its box, about 200 bytes on the wire: the size of the documents in pouchdb/. Writing them down
// first is not part of either figure, as it is not part of PouchDB's; sealing, receipts, verifying, opening and applying are. The fastest
// of three rounds counts, each with a new relay and new vaults.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/crypto/start.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/bench/bench_vault.h"
#include "tests/bench/relay_bench.h"

namespace {

using namespace huisbord;

constexpr int operations = 20'000;
constexpr int rounds = 3;

/// Operations a second of one round of synchronising.
double timed_round(Vault& vault, const BenchRelay& relay) {
  const auto http = must(HttpsRelay::open({.url = relay.url(), .authorities = relay.trusted()}, vault, system_clock()));
  SyncRound round(vault, *http, system_clock());
  const auto begun = std::chrono::steady_clock::now();
  const RoundReport report = round.run({});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
  std::size_t moved = report.operations_pulled();
  for (const ScopeReport& scope : report.scopes) moved += scope.pushed.operations;
  if (!report.clean() || moved != operations) {
    std::fprintf(stderr, "%zu of %d operations moved%s%s\n", moved, operations, report.failure ? ": " : "",
                 report.failure ? report.failure->sentence.c_str() : "");
    std::exit(1);
  }
  return operations / taken.count();
}

}  // namespace

int main() {
  must(crypto::start());
  double push = 0, pull = 0;
  for (int round = 0; round < rounds; ++round) {
    const TemporaryFolder folder;
    PaperOrganisation organisation(static_cast<std::uint64_t>(round + 1), 2, 1);
    const BenchRelay relay(organisation);
    const auto desk = make_bench_vault(organisation, 1, folder.path() / "desk.db");
    const auto kiosk = make_bench_vault(organisation, 2, folder.path() / "kiosk.db");
    write_entries(*desk, organisation.house(), organisation.random(), operations);
    push = std::max(push, timed_round(*desk, relay));
    pull = std::max(pull, timed_round(*kiosk, relay));
  }
  std::printf("sync_push_ops_per_s %.0f\nsync_pull_ops_per_s %.0f\n", push, pull);
}
