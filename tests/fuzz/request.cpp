// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes from a connection as the relay reads them: lines, path and signature. (What a body may be: message.cpp.)
#include "app/relay/request_head.h"
#include "app/relay/route.h"
#include "core/base/check.h"
#include "core/sync/wire/limits.h"
#include "core/sync/wire/relay_address.h"
#include "tests/fuzz/target.h"

namespace huisbord::fuzz {

std::vector<Bytes> seeds() {
  std::vector<Bytes> all = vectors("request_");
  all.push_back(to_bytes(view("https://Relay.Example:443/a/b/")));
  all.push_back(to_bytes(view("http://127.0.0.1:8420")));
  return all;
}

void run(ByteView input) {
  if (const auto address = wire::parse_address(text_view(input))) {
    const auto again = wire::parse_address(address->url());
    CHECK(again && again->url() == address->url());
  }
  const auto head = relay::parse_head(input);
  if (!head) {
    CHECK(head.error() == wire::Refusal::MALFORMED || head.error() == wire::Refusal::TOO_LARGE);
    return;
  }
  if (!*head) {
    CHECK(input.size() < wire::max_header_lines);  // who sends no end is not listened to for ever
    return;
  }
  const relay::RequestHead& request = **head;
  CHECK(request.size <= input.size() && request.size <= 2 * wire::max_header_lines);
  CHECK(request.content_length.value_or(0) <= wire::max_body);
  const auto route = relay::route_of(request.target);
  if (route) CHECK(route->piece.piece < wire::max_snapshot_pieces);
  if (const auto claim = wire::read_signature(request.signature)) {
    SeededRandom random(1);
    static const crypto::SigningKeyPair stranger = crypto::make_signing_key(random);
    const wire::RequestTarget target{.method = request.method, .authority = "relay.example:8443", .path = request.target, .query = {}};
    CHECK(!wire::check_request(target, input.subspan(request.size), request.signature, *claim, stranger.public_key));
  }
}

}  // namespace huisbord::fuzz
