// SPDX-License-Identifier: GPL-3.0-or-later
// One segment a request: the log seals as many operations into it as there are, and promises the same bytes until it is acknowledged.
#include "core/sync/pusher.h"

#include "core/sync/charter_put.h"

namespace huisbord {

Status Pusher::push(const ScopeId& scope, const std::stop_token& stop, PushReport& report) {
  bool charter_put = false;
  while (!stop.stop_requested()) {
    TRY_ASSIGN(const auto segment, log_.next_segment_to_send(scope));
    if (!segment) return {};
    TRY_ASSIGN(const SegmentView sent, parse_segment(*segment));
    TRY_ASSIGN(const PushAnswer answer, relay_.push(scope, {&*segment, 1}, stop));
    if (answer.refusal) {
      // Whatever it is, the relay judged by an older charter than ours: give it this one, once, and ask again.
      if (!charter_put) {
        charter_put = true;
        TRY_ASSIGN(const bool given, put_charter_held(log_, relay_, scope, answer.refusal->charter, stop));
        if (given) continue;
      }
      report.refusal = answer.refusal;
      return {};
    }
    TRY_STATUS(acknowledge(scope, sent, answer));
    if (report.segments == 0) report.mark_before = answer.mark_before;
    const bool alone = report.segments == 0 || report.mark == answer.mark_before;
    report.mark = alone ? answer.mark : Bytes{};
    ++report.segments;
    report.operations += sent.header.count;
  }
  return fail(ErrorCode::unavailable, "stopped");
}

Status Pusher::acknowledge(const ScopeId& scope, const SegmentView& sent, const PushAnswer& answer) {
  const Head expected{.device = sent.header.device, .number = sent.header.last(), .header_hash = sent.hash()};
  if (answer.receipts.size() != 1 || answer.receipts.front() != expected)
    return fail(ErrorCode::network, "a receipt for something else than what was sent");
  return log_.acknowledged(scope, expected.device, expected.number, expected.header_hash);
}

}  // namespace huisbord
