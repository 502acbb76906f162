// SPDX-License-Identifier: GPL-3.0-or-later
// Which HTTP status a refusal has.
#include "app/relay/reply.h"

#include "core/sync/wire/limits.h"

namespace huisbord::relay {
namespace {

constexpr std::uint32_t busy_seconds = 5;
constexpr std::uint32_t full_seconds = 3600;

unsigned status_of(wire::Refusal::Reason reason) {
  switch (reason) {
    case wire::Refusal::TOO_LARGE:
      return 413;
    case wire::Refusal::NOT_SIGNED:
    case wire::Refusal::STALE_SIGNATURE:
      return 401;
    case wire::Refusal::NO_SUCH_SCOPE:
    case wire::Refusal::NO_SUCH_SNAPSHOT:
      return 404;
    case wire::Refusal::NO_SUCH_DEVICE:
    case wire::Refusal::DEVICE_NOT_ACTIVE:
    case wire::Refusal::ONLY_A_DESK:
    case wire::Refusal::BAD_SIGNATURE:
      return 403;
    case wire::Refusal::CHARTER_FIRST:
    case wire::Refusal::GAP:
    case wire::Refusal::FORKED:
    case wire::Refusal::OLD_CHARTER:
    case wire::Refusal::TWO_CHARTERS:
      return 409;
    case wire::Refusal::BAD_SEGMENT:
    case wire::Refusal::BAD_CHARTER:
      return 422;
    case wire::Refusal::QUOTA:
      return 429;
    case wire::Refusal::BUSY:
      return 503;
    case wire::Refusal::NO_ROOM:
      return 507;
    default:
      return 400;
  }
}

}  // namespace

std::string_view status_text(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 409:
      return "Conflict";
    case 413:
      return "Payload Too Large";
    case 422:
      return "Unprocessable Entity";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return "Refused";
  }
}

Reply receipt(const google::protobuf::MessageLite& message) {
  return {.status = 200, .content_type = wire::receipt_type, .body = wire::to_padded_body(message)};
}

Reply news(const wire::News& message) { return {.status = 200, .content_type = wire::news_type, .body = wire::to_body(message)}; }

Reply snapshot_piece(const wire::SnapshotPiece& message) {
  return {.status = 200, .content_type = wire::snapshot_type, .body = wire::to_padded_body(message)};
}

Reply page(const wire::PullReply& message) {
  return {.status = 200, .content_type = wire::page_type, .body = wire::to_padded_body(message)};
}

Reply refusal(const wire::Refusal& message) {
  return {.status = status_of(message.reason()), .content_type = wire::refusal_type, .body = wire::to_padded_body(message)};
}

Reply refusal(wire::Refusal::Reason reason) {
  wire::Refusal message;
  message.set_reason(reason);
  if (reason == wire::Refusal::BUSY) message.set_retry_after(busy_seconds);
  if (reason == wire::Refusal::NO_ROOM || reason == wire::Refusal::QUOTA) message.set_retry_after(full_seconds);
  return refusal(message);
}

Reply failure(const Error& error) { return refusal(error.code == ErrorCode::disk_full ? wire::Refusal::NO_ROOM : wire::Refusal::BUSY); }

}  // namespace huisbord::relay
