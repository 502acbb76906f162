// SPDX-License-Identifier: GPL-3.0-or-later
// A relay in memory that does as it should, until a test says otherwise for one kind of call.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "core/sync/relay_connection.h"

namespace huisbord {

class ScriptedRelay final : public RelayConnection {
 public:
  struct Held {
    CharterNumber charter = 0;
    Bytes charter_bytes;
    std::vector<Bytes> segments;
    std::map<DeviceNumber, ChainHead> heads;
  };
  std::map<ScopeId, Held> scopes;
  std::size_t page_segments = 1000;
  std::vector<std::string> calls;

  /// Asked first; nothing: answer as a relay does.
  std::function<std::optional<Result<PushAnswer>>(const ScopeId&, std::span<const Bytes>)> on_push;
  std::function<std::optional<Result<PullAnswer>>(const ScopeId&, const PullQuestion&)> on_pull;
  std::function<void(PullAnswer&)> change_page;

  [[nodiscard]] Result<PushAnswer> push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token&) override {
    calls.emplace_back("push");
    if (on_push)
      if (auto scripted = on_push(scope, segments)) return *scripted;
    Held& held = scopes[scope];
    if (held.charter == 0) return PushAnswer{.receipts = {}, .refusal = refusal(RelayRefusal::Reason::no_such_scope, 0)};
    PushAnswer answer;
    for (const Bytes& segment : segments) {
      const auto view = parse_segment(segment);
      if (view->header.charter > held.charter) {
        answer.refusal = refusal(RelayRefusal::Reason::charter_first, held.charter);
        return answer;
      }
      held.segments.push_back(segment);
      held.heads[view->header.device] = head_of(*view);
      answer.receipts.push_back({.device = view->header.device, .number = view->header.last(), .header_hash = view->hash()});
    }
    return answer;
  }

  [[nodiscard]] Result<CharterAnswer> put_charter(const ScopeId& scope, ByteView charter, const std::stop_token&) override {
    calls.emplace_back("charter");
    const auto named = charter_name(charter);
    Held& held = scopes[scope];
    held.charter = named->number;
    held.charter_bytes = to_bytes(charter);
    return CharterAnswer{.number = named->number, .hash = named->hash, .refusal = std::nullopt};
  }

  [[nodiscard]] Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion& question, const std::stop_token&) override {
    calls.emplace_back("pull");
    if (on_pull)
      if (auto scripted = on_pull(scope, question)) return *scripted;
    PullAnswer answer;
    const Held& held = scopes[scope];
    answer.charter = held.charter;
    if (held.charter == 0) {
      answer.refusal = refusal(RelayRefusal::Reason::no_such_scope, 0);
      return answer;
    }
    if (held.charter > question.charter) answer.charters.push_back(held.charter_bytes);
    for (const Bytes& segment : held.segments) {
      const auto view = parse_segment(segment);
      const auto known = std::ranges::find(question.heads, view->header.device, &Head::device);
      if (known != question.heads.end() && known->number >= view->header.last()) continue;
      if (answer.segments.size() == page_segments) {
        answer.more = true;
        break;
      }
      answer.segments.push_back(segment);
    }
    for (const auto& [device, head] : held.heads)
      answer.heads.push_back({.device = device, .number = head.number, .header_hash = head.hash});
    if (change_page) change_page(answer);
    return answer;
  }

  [[nodiscard]] std::optional<RelayDate> date() const override { return std::nullopt; }

  [[nodiscard]] static RelayRefusal refusal(RelayRefusal::Reason reason, CharterNumber charter) {
    return {.reason = reason, .held = std::nullopt, .charter = charter, .retry_after = {}};
  }
  [[nodiscard]] std::size_t count(const std::string& call) const { return static_cast<std::size_t>(std::ranges::count(calls, call)); }
};

}  // namespace huisbord
