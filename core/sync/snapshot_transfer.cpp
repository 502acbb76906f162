// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of one MiB, the last one shorter.
#include "core/sync/snapshot_transfer.h"

#include <algorithm>

#include "core/journal/snapshot.h"

namespace huisbord {

Result<std::optional<RelayRefusal>> put_snapshot(RelayConnection& relay, const ScopeId& scope, ByteView snapshot,
                                                 const std::stop_token& stop) {
  const crypto::Hash hash = snapshot_hash(snapshot);
  std::uint32_t piece = 0;
  for (std::size_t at = 0; at < snapshot.size(); at += snapshot_piece_size) {
    const ByteView bytes = snapshot.subspan(at, std::min(snapshot_piece_size, snapshot.size() - at));
    TRY_ASSIGN(auto refusal, relay.put_snapshot_piece(scope, hash, piece, bytes, stop));
    if (refusal) return refusal;
    ++piece;
  }
  return std::nullopt;
}

Result<std::optional<Bytes>> fetch_snapshot(RelayConnection& relay, const ScopeId& scope, const crypto::Hash& hash,
                                            const std::stop_token& stop) {
  Bytes whole;
  for (std::uint32_t piece = 0; whole.size() <= max_snapshot_size; ++piece) {
    TRY_ASSIGN(const SnapshotPieceAnswer answer, relay.snapshot_piece(scope, hash, piece, stop));
    if (answer.refusal) {
      // Of a size that is a multiple of a piece the end is told by there being no more.
      if (whole.empty()) return std::nullopt;
      break;
    }
    whole.insert(whole.end(), answer.bytes.begin(), answer.bytes.end());
    if (answer.bytes.size() != snapshot_piece_size) break;
  }
  if (snapshot_hash(whole) != hash) return fail(ErrorCode::network, "the relay gives another snapshot than was asked for");
  return whole;
}

}  // namespace huisbord
