// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a request before its body, judged before anything of the body is read.
#pragma once

#include <optional>
#include <string>

#include "core/sync/wire/messages.h"
#include "core/sync/wire/request_signature.h"

namespace huisbord::relay {

struct RequestHead {
  std::string method;
  std::string target;
  std::string content_type;
  wire::SignatureFields signature;
  std::size_t size = 0;                       ///< of the lines, with the empty one at their end
  std::optional<std::size_t> content_length;  ///< at most wire::max_body
  bool keep = false;                          ///< another request may follow on this connection
  bool asks_to_go_on = false;                 ///< waits for 100 Continue before it sends its body
};

/// What is there when the lines are whole; nothing while they are not; else why it is no request: MALFORMED or TOO_LARGE.
[[nodiscard]] std::expected<std::optional<RequestHead>, wire::Refusal::Reason> parse_head(ByteView bytes);

}  // namespace huisbord::relay
