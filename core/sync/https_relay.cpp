// SPDX-License-Identifier: GPL-3.0-or-later
// Which path says what, how it is signed, and which answers are a relay's.
#include "core/sync/https_relay.h"

#include <algorithm>

#include "core/sync/answers.h"
#include "core/sync/wire/limits.h"
#include "core/sync/wire/request_signature.h"

namespace huisbord {
namespace {

constexpr long unauthorized = 401;
constexpr std::int64_t second_millis = 1000;
constexpr std::int64_t shortest_wait_seconds = 50;

std::string piece_path(const crypto::Hash& hash, std::uint32_t piece) { return "snapshot/" + to_hex(hash) + "/" + std::to_string(piece); }

}  // namespace

Result<std::unique_ptr<HttpsRelay>> HttpsRelay::open(Settings settings, const Log& log, const Clock& clock) {
  TRY_ASSIGN(auto address, wire::parse_address(settings.url));
  return std::unique_ptr<HttpsRelay>(new HttpsRelay(std::move(settings), std::move(address), log, clock));
}

/// The relay's time is used here and nowhere else.
Result<HttpsExchange::Question> HttpsRelay::question(const char* method, const std::string& path, std::string_view type, ByteView body,
                                                     const ScopeId* signer) const {
  const std::string whole = address_.path + "/v1/" + log_.organisation().hex() + path;
  HttpsExchange::Question made{.method = method, .url = (address_.tls ? "https://" : "http://") + address_.authority + whole, .body = body};
  if (!type.empty()) made.header_lines.push_back("Content-Type: " + std::string(type));
  if (signer == nullptr) return made;
  TRY_ASSIGN(const ScopeIdentity own, log_.identity(*signer));
  const std::int64_t second = (clock_.now().value + behind_) / second_millis;
  const auto fields = wire::sign_request({.method = method, .authority = address_.authority, .path = whole, .query = {}}, body, second,
                                         own.id, *own.request_key);
  made.header_lines.push_back("Content-Digest: " + fields.content_digest);
  made.header_lines.push_back("Signature-Input: " + fields.signature_input);
  made.header_lines.push_back("Signature: " + fields.signature);
  return made;
}

/// True when the relay refused our signature for its time, which we know now.
bool HttpsRelay::set_clock_by(const HttpsExchange::Answer& answer) {
  if (answer.status != unauthorized || !answer.date) return false;
  const auto refused = read_refusal(answer.body);
  if (!refused || refused->reason != RelayRefusal::Reason::stale_signature) return false;
  behind_ = answer.date->value - clock_.now().value;
  return true;
}

Result<HttpsExchange::Answer> HttpsRelay::judged(HttpsExchange::Answer answer, std::string_view wanted) {
  const bool answered = answer.content_type == wanted && answer.status == http_ok;
  const bool refused = answer.content_type == wire::refusal_type && answer.status > http_ok;
  if (!answered && !refused)
    return fail(ErrorCode::network, "what answers at the relay's address is no relay (status " + std::to_string(answer.status) + ")");
  if (answer.date) date_ = RelayDate{.date = *answer.date, .running = clock_.running()};
  return answer;
}

Result<HttpsExchange::Answer> HttpsRelay::ask(const Asked& asked, const ScopeId& scope, ByteView body, const std::stop_token& stop) {
  const std::string path = "/" + scope.hex() + "/" + asked.what;
  for (bool again = false;; again = true) {
    TRY_ASSIGN(auto made, question(asked.method, path, asked.body_type, body, asked.sign ? &scope : nullptr));
    made.expected = asked.expected;
    TRY_ASSIGN(auto raw, https_.ask(made, stop));
    TRY_ASSIGN(auto answer, judged(std::move(raw), asked.wanted));
    if (again || !set_clock_by(answer)) return answer;
  }
}

Result<PushAnswer> HttpsRelay::push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token& stop) {
  const Asked asked{.method = "PUT", .what = "segments", .body_type = wire::push_type, .wanted = wire::receipt_type};
  TRY_ASSIGN(const auto answer, ask(asked, scope, push_body(segments), stop));
  return answer.status == http_ok ? read_push_receipt(answer.body) : read_push_refusal(answer.body);
}

Result<CharterAnswer> HttpsRelay::put_charter(const ScopeId& scope, ByteView charter, const std::stop_token& stop) {
  const Asked asked{.method = "PUT", .what = "charter", .body_type = wire::charter_type, .wanted = wire::receipt_type, .sign = false};
  TRY_ASSIGN(const auto answer, ask(asked, scope, charter_body(charter), stop));
  if (answer.status == http_ok) return read_charter_receipt(answer.body);
  CharterAnswer refused;
  TRY_ASSIGN(refused.refusal, read_refusal(answer.body));
  return refused;
}

Result<PullAnswer> HttpsRelay::pull(const ScopeId& scope, const PullQuestion& question, const std::stop_token& stop) {
  const Asked asked{
      .method = "POST", .what = "pull", .body_type = wire::pull_type, .wanted = wire::page_type, .expected = question.max_bytes};
  TRY_ASSIGN(const auto answer, ask(asked, scope, pull_body(question), stop));
  if (answer.status == http_ok) return read_page(answer.body);
  PullAnswer refused;
  TRY_ASSIGN(refused.refusal, read_refusal(answer.body));
  return refused;
}

Result<std::optional<RelayRefusal>> HttpsRelay::put_snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                                   ByteView bytes, const std::stop_token& stop) {
  const Asked asked{.method = "PUT", .what = piece_path(hash, piece), .body_type = wire::snapshot_type, .wanted = wire::receipt_type};
  TRY_ASSIGN(const auto answer, ask(asked, scope, snapshot_piece_body(bytes), stop));
  if (answer.status == http_ok) return std::nullopt;
  TRY_ASSIGN(RelayRefusal refusal, read_refusal(answer.body));
  return std::optional(refusal);
}

Result<SnapshotPieceAnswer> HttpsRelay::snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                       const std::stop_token& stop) {
  const Asked asked{.method = "GET",
                    .what = piece_path(hash, piece),
                    .body_type = {},
                    .wanted = wire::snapshot_type,
                    .expected = wire::max_snapshot_piece};
  TRY_ASSIGN(const auto answer, ask(asked, scope, {}, stop));
  if (answer.status == http_ok) return read_snapshot_piece(answer.body);
  SnapshotPieceAnswer refused;
  TRY_ASSIGN(refused.refusal, read_refusal(answer.body));
  return refused;
}

Status HttpsRelay::begin_wait(const WaitQuestion& asked) {
  if (asked.marks.empty()) return fail(ErrorCode::invalid, "a wait for nothing");
  const Bytes body = wait_body(asked, static_cast<std::uint32_t>(patience_));
  TRY_ASSIGN(auto made, question("POST", "/wait", wire::wait_type, body, &asked.marks.front().scope));
  made.patience = std::chrono::seconds(patience_);
  https_.begin_beside(made);
  wait_begun_ = clock_.running();
  return {};
}

Result<std::optional<HttpsExchange::Answer>> HttpsRelay::answer_to_wait(Millis most, const std::stop_token& stop) {
  TRY_ASSIGN(auto raw, https_.answer_beside(std::chrono::milliseconds(most.value), stop));
  if (!raw) return std::nullopt;
  TRY_ASSIGN(auto answer, judged(std::move(*raw), wire::news_type));
  return std::optional(std::move(answer));
}

Result<std::optional<WaitAnswer>> HttpsRelay::wait(const WaitQuestion& question, Millis most, const std::stop_token& stop) {
  if (!https_.is_beside()) TRY_STATUS(begin_wait(question));
  auto answer = answer_to_wait(most, stop);
  if (!answer) {
    // Something on the way may end what lasts long, as many a proxy does after a minute: the next one is shorter.
    const std::int64_t lasted = (clock_.running().value - wait_begun_.value) / second_millis;
    if (answer.error().code == ErrorCode::network && lasted >= shortest_wait_seconds)
      patience_ = std::max(shortest_wait_seconds, lasted * 3 / 4);
    return std::unexpected(answer.error());
  }
  if (!*answer) return std::nullopt;
  if ((*answer)->status == http_ok) {
    TRY_ASSIGN(WaitAnswer news, read_news((*answer)->body));
    return std::optional(std::move(news));
  }
  if (set_clock_by(**answer)) return std::optional(WaitAnswer{});  // over, and the next one is signed in time
  WaitAnswer refused;
  TRY_ASSIGN(refused.refusal, read_refusal((*answer)->body));
  return std::optional(std::move(refused));
}

}  // namespace huisbord
