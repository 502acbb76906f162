// SPDX-License-Identifier: GPL-3.0-or-later
// The written names of a relay's refusals.
#include "core/sync/relay_connection.h"

namespace huisbord {

const char* name(RelayRefusal::Reason reason) noexcept {
  using enum RelayRefusal::Reason;
  switch (reason) {
    case unknown:
      return "unknown";
    case malformed:
      return "malformed";
    case too_large:
      return "too large";
    case no_such_scope:
      return "no such scope";
    case no_such_device:
      return "no such device";
    case device_not_active:
      return "device not active";
    case bad_segment:
      return "bad segment";
    case bad_signature:
      return "bad signature";
    case gap:
      return "gap";
    case forked:
      return "forked";
    case bad_charter:
      return "bad charter";
    case old_charter:
      return "old charter";
    case two_charters:
      return "two charters";
    case quota:
      return "quota";
    case busy:
      return "busy";
    case no_room:
      return "no room";
    case charter_first:
      return "charter first";
    case stale_signature:
      return "stale signature";
    case not_signed:
      return "not signed";
    case only_a_desk:
      return "only a desk";
    case no_such_snapshot:
      return "no such snapshot";
  }
  return "unknown";
}

Result<std::optional<RelayRefusal>> RelayConnection::put_snapshot_piece(const ScopeId&, const crypto::Hash&, std::uint32_t, ByteView,
                                                                        const std::stop_token&) {
  return std::optional(RelayRefusal{.reason = RelayRefusal::Reason::malformed, .held = {}});
}

Result<SnapshotPieceAnswer> RelayConnection::snapshot_piece(const ScopeId&, const crypto::Hash&, std::uint32_t, const std::stop_token&) {
  return SnapshotPieceAnswer{.bytes = {}, .refusal = RelayRefusal{.reason = RelayRefusal::Reason::no_such_snapshot, .held = {}}};
}

Result<std::optional<WaitAnswer>> RelayConnection::wait(const WaitQuestion&, Millis, const std::stop_token&) {
  return fail(ErrorCode::unavailable, "this connection cannot wait");
}

}  // namespace huisbord
