// SPDX-License-Identifier: GPL-3.0-or-later
// The written names of error codes.
#include "core/base/error.h"

namespace huisbord {

const char* name(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid:
      return "invalid";
    case ErrorCode::too_large:
      return "too large";
    case ErrorCode::not_found:
      return "not found";
    case ErrorCode::already_exists:
      return "already exists";
    case ErrorCode::wrong_key:
      return "wrong key";
    case ErrorCode::damaged:
      return "damaged";
    case ErrorCode::newer_version:
      return "newer version";
    case ErrorCode::locked:
      return "locked";
    case ErrorCode::disk_full:
      return "disk full";
    case ErrorCode::read_only:
      return "read only";
    case ErrorCode::io:
      return "io";
    case ErrorCode::network:
      return "network";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::parse:
      return "parse";
    case ErrorCode::limit:
      return "limit";
    case ErrorCode::chain:
      return "chain";
    case ErrorCode::signature:
      return "signature";
    case ErrorCode::seal:
      return "seal";
    case ErrorCode::epoch:
      return "epoch";
    case ErrorCode::charter:
      return "charter";
    case ErrorCode::version:
      return "version";
    case ErrorCode::forbidden:
      return "forbidden";
    case ErrorCode::unavailable:
      return "unavailable";
  }
  return "unknown";
}

}  // namespace huisbord
