// SPDX-License-Identifier: GPL-3.0-or-later
// Between the wire's messages and the words of RelayConnection. A body that does not decode is ErrorCode::network: no relay sent it.
#pragma once

#include "core/sync/relay_connection.h"

namespace huisbord {

[[nodiscard]] Bytes push_body(std::span<const Bytes> segments);
[[nodiscard]] Bytes pull_body(const PullQuestion& question);
[[nodiscard]] Result<PushAnswer> read_push_receipt(ByteView body);
[[nodiscard]] Result<PushAnswer> read_push_refusal(ByteView body);
[[nodiscard]] Result<CharterAnswer> read_charter_receipt(ByteView body);
[[nodiscard]] Result<RelayRefusal> read_refusal(ByteView body);
[[nodiscard]] Result<PullAnswer> read_page(ByteView body);
[[nodiscard]] Bytes charter_body(ByteView charter);
[[nodiscard]] Bytes wait_body(const WaitQuestion& question, std::uint32_t seconds);
[[nodiscard]] Result<WaitAnswer> read_news(ByteView body);
[[nodiscard]] Bytes snapshot_piece_body(ByteView piece);
[[nodiscard]] Result<SnapshotPieceAnswer> read_snapshot_piece(ByteView body);

}  // namespace huisbord
