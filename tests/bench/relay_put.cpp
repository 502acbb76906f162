// SPDX-License-Identifier: GPL-3.0-or-later
// Segments a second that the relay takes: 1 KB each from 500 devices over TLS, signed, each receipt after its fsync, load and relay on the
// same processors. Segments and signatures are made beforehand; the fastest of three rounds counts, each with a new relay.
#include <chrono>

#include "core/crypto/start.h"
#include "core/sync/https_relay.h"
#include "tests/app/relay/chain_writer.h"
#include "tests/bench/relay_bench.h"

namespace {

using namespace huisbord;

constexpr std::size_t devices = 500;
constexpr std::size_t each = 24;
constexpr std::size_t operation_size = 720;  // a segment of 1 KB

double round() {
  PaperOrganisation organisation(1, devices + 1, 1);
  const BenchRelay relay(organisation);
  const ScopeId house = organisation.house();
  MemoryLog desk(organisation, 1, 1);
  const auto http = HttpsRelay::open({.url = relay.url(), .authorities = relay.trusted()}, desk, system_clock());
  must_hold(http && (*http)->put_charter(house, organisation.charter_bytes(house), {}).has_value(), "charter");

  const std::string path = "/v1/" + organisation.organisation().hex() + "/" + house.hex() + "/segments";
  std::vector<std::vector<std::string>> requests(devices);
  std::size_t size = 0;
  for (std::size_t i = 0; i < devices; ++i) {
    ChainWriter chain(organisation, house, static_cast<DeviceNumber>(i + 2));
    for (std::size_t j = 0; j < each; ++j) {
      const Bytes segment = chain.next(1, operation_size);
      size += segment.size();
      wire::PushRequest message;
      message.add_segments(segment.data(), segment.size());
      const auto& device = organisation.device(static_cast<DeviceNumber>(i + 2));
      requests[i].push_back(signed_request(relay, "PUT", path, wire::push_type, wire::to_padded_body(message), device));
    }
  }
  Load load(relay.port());
  for (std::size_t i = 0; i < devices; ++i) load.add();

  std::vector<std::size_t> next(devices, 1);
  std::size_t receipts = 0;
  const auto begun = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < devices; ++i) load.connections[i]->send(requests[i][0]);
  load.run(
      [&](std::size_t at, int status) {
        if (status != 200) std::fprintf(stderr, "status %d after %zu receipts\n", status, receipts);
        must_hold(status == 200, "a receipt");
        ++receipts;
        if (next[at] < each) load.connections[at]->send(requests[at][next[at]++]);
      },
      [&] { return receipts == devices * each; });
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
  std::printf("%zu segments of %zu bytes in %.2f s\n", receipts, size / receipts, taken.count());
  return static_cast<double>(receipts) / taken.count();
}

}  // namespace

int main() {
  must_hold(crypto::start().has_value(), "crypto");
  raise_descriptors();
  double best = 0;
  for (int i = 0; i < 3; ++i) best = std::max(best, round());
  std::printf("relay_put_per_s %.0f\n", best);
}
