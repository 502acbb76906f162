// SPDX-License-Identifier: GPL-3.0-or-later
// A request and its answer, apart from how HTTP carries them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/relay/news.h"
#include "core/sync/wire/messages.h"
#include "core/sync/wire/request_signature.h"

namespace huisbord::relay {

struct Request {
  std::string method{};
  std::string target{};
  std::string content_type{};
  wire::SignatureFields signature{};
  Bytes body{};
};
struct Reply {
  unsigned status = 200;
  std::string_view content_type{};  ///< one of wire/limits.h
  Bytes body{};
  std::optional<Wait> wait{};  ///< not an answer yet: this is to be waited for
};
[[nodiscard]] std::string_view status_text(unsigned status);

[[nodiscard]] Reply receipt(const google::protobuf::MessageLite& message);
[[nodiscard]] Reply news(const wire::News& message);
[[nodiscard]] Reply snapshot_piece(const wire::SnapshotPiece& message);
[[nodiscard]] Reply page(const wire::PullReply& message);
/// The status follows from the reason (PROTOCOL.md 5).
[[nodiscard]] Reply refusal(const wire::Refusal& message);
[[nodiscard]] Reply refusal(wire::Refusal::Reason reason);
/// Of the relay's own failure.
[[nodiscard]] Reply failure(const Error& error);

}  // namespace huisbord::relay
