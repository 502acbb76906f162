// SPDX-License-Identifier: GPL-3.0-or-later
// Its own chain first: that is never refused for whose it is.
#include "core/sync/refill.h"

#include <algorithm>

namespace huisbord {
namespace {

OperationNumber at_relay(const std::vector<Head>& heads, DeviceNumber device) {
  const auto found = std::ranges::find(heads, device, &Head::device);
  return found == heads.end() ? 0 : found->number;
}

}  // namespace

Result<std::size_t> refill(const Log& log, RelayConnection& relay, const ScopeId& scope, const std::vector<Head>& relay_heads,
                           const std::stop_token& stop) {
  std::size_t given = 0;
  bool is_desk = false;
  TRY_ASSIGN(const ScopeIdentity own, log.identity(scope));
  TRY_ASSIGN(auto held, log.heads(scope));
  std::ranges::stable_partition(held, [&](const Head& head) { return head.device == own.device; });
  for (const Head& head : held) {
    for (OperationNumber number = at_relay(relay_heads, head.device); number < head.number && !stop.stop_requested();) {
      TRY_ASSIGN(const auto segments, log.segments_from(scope, head.device, number + 1));
      if (segments.empty()) break;
      // A kiosk learns by one segment, and not by many, that others' are not its to give.
      const std::size_t count = head.device == own.device || is_desk ? segments.size() : 1;
      TRY_ASSIGN(const PushAnswer answer, relay.push(scope, std::span(segments).first(count), stop));
      given += answer.receipts.size();
      if (answer.refusal && answer.refusal->reason == RelayRefusal::Reason::only_a_desk) return given;
      if (answer.refusal || answer.receipts.empty()) break;
      const OperationNumber next = answer.receipts.back().number;
      if (next <= number) break;
      number = next;
      is_desk = is_desk || head.device != own.device;
    }
  }
  return given;
}

}  // namespace huisbord
