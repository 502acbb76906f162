// SPDX-License-Identifier: GPL-3.0-or-later
// Several segments a request, as many as the line carries; the log promises the same bytes until they are acknowledged.
#include "core/sync/pusher.h"

#include "core/sync/charter_put.h"
#include "core/sync/wire/limits.h"

namespace huisbord {

Status Pusher::push(const ScopeId& scope, const std::stop_token& stop, PushReport& report) {
  bool charter_put = false;
  while (!stop.stop_requested()) {
    TRY_ASSIGN(const auto segments, log_.segments_to_send(scope, wire::max_push_segments, pace_.bytes()));
    if (segments.empty()) return {};
    const Millis asked = clock_.running();
    const auto answer = relay_.push(scope, segments, stop);
    if (!answer) {
      pace_.broke();
      return std::unexpected(answer.error());
    }
    pace_.took({clock_.running().value - asked.value});
    TRY_STATUS(acknowledge(scope, segments, *answer, report));
    if (!answer->refusal) continue;
    // Whatever it is, the relay judged by an older charter than ours: give it this one, once, and ask again.
    if (!charter_put) {
      charter_put = true;
      TRY_ASSIGN(const bool given, put_charter_held(log_, relay_, scope, answer->refusal->charter, stop));
      if (given) continue;
    }
    report.refusal = answer->refusal;
    return {};
  }
  return fail(ErrorCode::unavailable, "stopped");
}

/// Of those before a refused one too. A receipt for anything else than what was sent acknowledges nothing.
Status Pusher::acknowledge(const ScopeId& scope, const std::vector<Bytes>& segments, const PushAnswer& answer, PushReport& report) {
  const bool as_many = answer.refusal ? answer.receipts.size() < segments.size() : answer.receipts.size() == segments.size();
  if (!as_many) return fail(ErrorCode::network, "receipts for other segments than those that were sent");
  if (answer.receipts.empty()) return {};
  std::size_t operations = 0;
  for (std::size_t i = 0; i < answer.receipts.size(); ++i) {
    TRY_ASSIGN(const SegmentView sent, parse_segment(segments[i]));
    const Head expected{.device = sent.header.device, .number = sent.header.last(), .header_hash = sent.hash()};
    if (answer.receipts[i] != expected) return fail(ErrorCode::network, "a receipt for something else than what was sent");
    operations += sent.header.count;
  }
  const Head& last = answer.receipts.back();
  TRY_STATUS(log_.acknowledged(scope, last.device, last.number, last.header_hash));
  if (report.segments == 0) report.mark_before = answer.mark_before;
  const bool alone = report.segments == 0 || report.mark == answer.mark_before;
  report.mark = alone ? answer.mark : Bytes{};
  report.segments += answer.receipts.size();
  report.operations += operations;
  return {};
}

}  // namespace huisbord
