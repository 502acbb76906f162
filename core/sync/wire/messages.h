// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the messages within their bounds, which are checked before anything is allocated for them.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/sync/wire/messages.pb.h"

namespace huisbord::wire {

[[nodiscard]] Result<PushRequest> parse_push(ByteView body);
[[nodiscard]] Result<PullRequest> parse_pull(ByteView body);
[[nodiscard]] Result<CharterRequest> parse_charter(ByteView body);
[[nodiscard]] Result<WaitRequest> parse_wait(ByteView body);
[[nodiscard]] Result<News> parse_news(ByteView body);
[[nodiscard]] Result<SnapshotPiece> parse_snapshot_piece(ByteView body);
[[nodiscard]] Result<PushReceipt> parse_push_receipt(ByteView body);
[[nodiscard]] Result<CharterReceipt> parse_charter_receipt(ByteView body);
[[nodiscard]] Result<PullReply> parse_page(ByteView body);
[[nodiscard]] Result<Refusal> parse_refusal(ByteView body);

/// Without padding: for where a size says nothing.
[[nodiscard]] Bytes to_body(const google::protobuf::MessageLite& message);
/// Brought to a size of PROTOCOL.md 3.2 by the field `padding`, which every message of ours has.
[[nodiscard]] Bytes to_padded_body(const google::protobuf::MessageLite& message);
/// The smallest size not below \p size that may be seen: at least 512, and by Padme above (Nikitin and others, "Reducing Metadata
/// Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019, 4.3).
[[nodiscard]] std::size_t padded_size(std::size_t size);

}  // namespace huisbord::wire
