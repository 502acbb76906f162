// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl replica: the desk's store against a relay: sends what waits, takes what has come.
#include <csignal>
#include <cstdio>
#include <memory>
#include <stop_token>

#include "app/ctl/command.h"
#include "app/ctl/desk_errands.h"
#include "app/ctl/desk_keys.h"
#include "app/ctl/desk_round.h"
#include "app/ctl/field.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_loop.h"

namespace huisbord {
namespace {

constexpr std::chrono::seconds hasty{10};

struct ReplicaOptions {
  DeskOptions desk;
  HttpsRelay::Settings relay;
  bool once = false;
  bool watch = false;
  int tick_seconds = 30;
};

/// Evidence needs no hour of watching: both headers are signed.
void show_forks(const Vault& desk, const ScopeReport& scope) {
  if (scope.pulled.forks.empty()) return;
  const auto charter = desk.held_charter(scope.scope);
  if (!charter) return;
  Watched watched;
  watched.devices = charter->devices;
  watched.forks = scope.pulled.forks;
  for (const Finding& finding : forked(watched))
    std::fprintf(stderr, "scope %s: %s\n", scope.scope.hex().c_str(), sentence_of(finding).c_str());
}

void show_round(const Vault& desk, const RoundReport& round) {
  for (const ScopeReport& scope : round.scopes) {
    show_forks(desk, scope);
    if (scope.pushed.refusal) {
      std::fprintf(stderr, "scope %s: the relay refused what was sent: %s\n", scope.scope.hex().c_str(),
                   name(scope.pushed.refusal->reason));
    }
  }
  std::printf("%zu segments sent, %zu operations taken, %zu operations wait\n", round.segments_pushed(), round.operations_pulled(),
              round.waiting);
  std::fflush(stdout);
}

/// A failure is told and tried again with the next round: what is on the disk is whole.
std::size_t tended(Desk& desk, const ReplicaOptions& options) {
  const auto today = today_of(options.desk, desk.zone());
  const auto written = today ? tend_desk(desk, options.desk.directory, *today) : std::unexpected(today.error());
  if (!written) std::fprintf(stderr, "keys: %s\n", written.error().sentence.c_str());
  return written.value_or(0);
}

/// For what goes beside the rounds, and must not hold them up.
RelayAtUrl share_relay(const ReplicaOptions& options) {
  return {.url = options.relay.url, .https = {.authorities = options.relay.authorities, .connect = hasty, .silence = hasty}};
}

Status once(Desk& desk, RelayConnection& relay, const ReplicaOptions& options) {
  SyncRound rounds(desk.vault(), relay, system_clock());
  for (;;) {
    const RoundReport round = rounds.run(std::stop_token{});
    if (round.failure) return std::unexpected(*round.failure);
    show_round(desk.vault(), round);
    if (!round.clean()) return fail(ErrorCode::refused, "the relay or a segment from it was refused; see above, and huisbordctl status");
    // A witness or a charter that was written in this round leaves with the next.
    const bool said = round.waiting > 0 && (round.segments_pushed() > 0 || round.witnessed());
    if (tended(desk, options) == 0 && !said) break;
  }
  TRY_STATUS(check_no_copy(desk, options.desk.directory, options.relay.url));
  DeskErrands errands(desk, relay, share_relay(options));
  return errands.run_all();
}

Status watch(Desk& desk, RelayConnection& relay, const ReplicaOptions& options) {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  Backoff::Settings pace;
  pace.tick = Millis{std::int64_t{options.tick_seconds} * 1000};
  DeskErrands errands(desk, relay, share_relay(options));
  std::stop_source ended;
  bool told = false;
  SyncLoop loop(desk.vault(), relay, crypto::system_random(), system_clock(), pace, [&](const RoundReport& round) {
    if (round.failure) {
      std::fprintf(stderr, "%s\n", round.failure->sentence.c_str());
      return;
    }
    show_round(desk.vault(), round);
    (void)tended(desk, options);
    const Status copy = check_no_copy(desk, options.desk.directory, options.relay.url);
    if (!copy && !told) std::fprintf(stderr, "%s\n", copy.error().sentence.c_str());
    told = !copy;
    errands.run_some(ended.get_token());
  });
  int signal = 0;
  sigwait(&ending, &signal);
  ended.request_stop();
  loop.stop();
  return {};
}

Status replica(const ReplicaOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_STATUS(desk.vault().pass_time());
  TRY_ASSIGN(const auto relay, HttpsRelay::open(options.relay, desk.vault(), system_clock()));
  return options.watch ? watch(desk, *relay, options) : once(desk, *relay, options);
}

}  // namespace

void add_replica(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<ReplicaOptions>();
  CLI::App* command = program.add_subcommand("replica", "synchronise the organisation's store with a relay");
  add_desk_options(*command, options->desk);
  command->add_option("--relay", options->relay.url, "URL of the relay")->required();
  command->add_option("--authorities", options->relay.authorities, "file of certificates to trust instead of the system's");
  auto* one = command->add_flag("--once", options->once, "until nothing waits, then end (the default)");
  command->add_flag("--watch", options->watch, "go on until ended by a signal")->excludes(one);
  command->add_option("--tick", options->tick_seconds, "seconds between rounds, with --watch")->check(CLI::Range(1, 3600));
  command->callback([options, &chosen] { chosen.run = [options] { return replica(*options); }; });
}

}  // namespace huisbord
