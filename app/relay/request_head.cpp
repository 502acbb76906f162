// SPDX-License-Identifier: GPL-3.0-or-later
// Boost.Beast's parser over bytes that are here already.
#include "app/relay/request_head.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http.hpp>

#include "core/sync/wire/limits.h"

namespace huisbord::relay {

namespace http = boost::beast::http;

std::expected<std::optional<RequestHead>, wire::Refusal::Reason> parse_head(ByteView bytes) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(wire::max_header_lines));
  parser.body_limit(boost::none);
  parser.skip(true);
  boost::system::error_code error;
  const std::size_t size = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  const bool too_large = bytes.size() >= wire::max_header_lines;
  if (error == http::error::need_more) {
    if (too_large) return std::unexpected(wire::Refusal::TOO_LARGE);
    return std::nullopt;
  }
  if (error == http::error::header_limit) return std::unexpected(wire::Refusal::TOO_LARGE);
  if (error || !parser.is_header_done()) return std::unexpected(wire::Refusal::MALFORMED);

  const auto& message = parser.get();
  RequestHead head;
  const auto field = [&](http::field name) { return std::string(message[name]); };
  const auto named = [&](const char* name) { return std::string(message[name]); };
  head.method = std::string(message.method_string());
  head.target = std::string(message.target());
  head.content_type = field(http::field::content_type);
  head.signature = {
      .content_digest = named("Content-Digest"), .signature_input = named("Signature-Input"), .signature = named("Signature")};
  head.size = size;
  head.keep = message.keep_alive() && message.version() == 11;
  head.asks_to_go_on = boost::beast::iequals(message[http::field::expect], "100-continue");
  if (parser.chunked()) return std::unexpected(wire::Refusal::MALFORMED);
  if (const auto length = parser.content_length()) {
    if (*length > wire::max_body) return std::unexpected(wire::Refusal::TOO_LARGE);
    head.content_length = static_cast<std::size_t>(*length);
  }
  return head;
}

}  // namespace huisbord::relay
