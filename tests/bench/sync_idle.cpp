// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes both ways, a day, of a kiosk with nothing to say that is online all day: each kind of exchange is measured with the real relay over
// TLS, with everything that IP and TCP add, and counted as often as it happens in 24 hours (PROTOCOL.md 7).
#include "core/crypto/start.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/bench/counting_line.h"
#include "tests/bench/relay_bench.h"

namespace {

using namespace huisbord;

constexpr int samples = 20;
constexpr double waits = 86400.0 / 600;
constexpr double whole_rounds = 6;
constexpr double connections_lost = 4;       // a router that starts anew, an address that changes
constexpr double keepalives = 86400.0 / 90;  // a packet and its acknowledgement
constexpr double witnesses = 2;              // one a day and scope, of the kiosk itself; and as many come from the desk

class IdleDay {
 public:
  IdleDay() : organisation_(1, 6, 1), relay_(organisation_, "https://127.0.0.1:" + std::to_string(line_.port)) {
    line_.lead_to(relay_.port());
  }

  double run() {
    MemoryLog desk(organisation_, 1, 1), kiosk(organisation_, 2, 2);
    for (DeviceNumber number = 3; number <= 6; ++number) {
      MemoryLog other(organisation_, number, number);
      for (const ScopeId& scope : organisation_.scopes()) other.record(scope);
      round(other, {});
    }
    round(kiosk, {});
    const double whole = counted("a whole round with a new connection", [&] { round(kiosk, {}); }, 1);
    const double push = counted(
        "a witness sent",
        [&] {
          kiosk.record(organisation_.house(), 400);
          round(kiosk, {.everything = false, .push = true});
        },
        1);
    const double pull =
        counted("a witness fetched", [&] { round(kiosk, {.everything = false, .push = false, .pull = {organisation_.house()}}); }, 1);
    const double first = waiting(kiosk, 1), many = waiting(kiosk, 1 + samples);
    const double wait = (many - first) / samples;
    std::printf("a wait on a kept connection: %.0f bytes; on a new one %.0f\n", wait, first);
    return waits * wait + connections_lost * first + whole_rounds * whole + witnesses * (push + pull + wait) +
           keepalives * 2 * static_cast<double>(CountingLine::header);
  }

 private:
  std::unique_ptr<HttpsRelay> connect(const MemoryLog& log) {
    auto opened = HttpsRelay::open({.url = relay_.url(), .authorities = relay_.trusted(), .longest_wait = std::chrono::seconds(1)}, log,
                                   system_clock());
    must_hold(opened.has_value(), "address");
    return std::move(*opened);
  }
  void round(MemoryLog& log, const RoundExtent& extent) {
    const auto http = connect(log);
    must_hold(SyncRound(log, *http, system_clock()).run({}, extent).clean(), "a round");
  }
  double waiting(MemoryLog& log, int times) {
    const auto asked = connect(log);
    SyncRound rounds(log, *asked, system_clock());
    must_hold(rounds.run({}).clean(), "a round");
    const auto http = connect(log);
    const std::uint64_t before = line_.bytes;
    for (int i = 0; i < times; ++i) {
      const auto over = http->wait(rounds.seen(), {10'000}, {});
      must_hold(over && *over && (*over)->news.empty() && !(*over)->refusal, "a wait without news");
    }
    return static_cast<double>(line_.bytes - before);
  }
  template <class Exchange>
  double counted(const char* what, Exchange exchange, int times) {
    const std::uint64_t before = line_.bytes;
    for (int i = 0; i < times; ++i) exchange();
    const double each = static_cast<double>(line_.bytes - before) / times;
    std::printf("%s: %.0f bytes\n", what, each);
    return each;
  }

  PaperOrganisation organisation_;
  CountingLine line_;
  BenchRelay relay_;
};

}  // namespace

int main() {
  must_hold(crypto::start().has_value(), "crypto");
  std::printf("sync_bytes_idle_per_day %.0f\n", IdleDay().run());
}
