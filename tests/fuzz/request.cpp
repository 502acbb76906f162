// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes from a connection as the relay reads them: lines, path, signature, and the body as each message that a path may bring.
#include "app/relay/request_head.h"
#include "app/relay/route.h"
#include "core/base/check.h"
#include "core/sync/wire/limits.h"

namespace {

using namespace huisbord;

void read_body(ByteView body) {
  if (const auto push = wire::parse_push(body)) CHECK(static_cast<std::size_t>(push->segments_size()) <= wire::max_push_segments);
  if (const auto pull = wire::parse_pull(body)) CHECK(static_cast<std::size_t>(pull->heads_size()) <= wire::max_heads);
  if (const auto wait = wire::parse_wait(body)) CHECK(static_cast<std::size_t>(wait->scopes_size()) <= wire::max_wait_scopes);
  if (const auto piece = wire::parse_snapshot_piece(body)) CHECK(piece->bytes().size() <= wire::max_snapshot_piece);
  if (const auto charter = wire::parse_charter(body)) CHECK(charter->charter().size() <= body.size());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto head = relay::parse_head(bytes);
  if (!head) {
    CHECK(head.error() == wire::Refusal::MALFORMED || head.error() == wire::Refusal::TOO_LARGE);
    return 0;
  }
  if (!*head) {
    CHECK(size < wire::max_header_lines);  // who sends no end is not listened to for ever
    return 0;
  }
  const relay::RequestHead& request = **head;
  CHECK(request.size <= size && request.size <= 2 * wire::max_header_lines);
  CHECK(request.content_length.value_or(0) <= wire::max_body);
  const auto route = relay::route_of(request.target);
  if (route) CHECK(route->piece.piece < wire::max_snapshot_pieces);
  if (const auto claim = wire::read_signature(request.signature)) {
    SeededRandom random(1);
    static const crypto::SigningKeyPair stranger = crypto::make_signing_key(random);
    const wire::RequestTarget target{.method = request.method, .authority = "relay.example:8443", .path = request.target, .query = {}};
    CHECK(!wire::check_request(target, bytes.subspan(request.size), request.signature, *claim, stranger.public_key));
  }
  read_body(bytes.subspan(request.size));
  return 0;
}
