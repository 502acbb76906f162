// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the messages within their bounds, which are checked before anything is allocated for them.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/sync/wire/messages.pb.h"

namespace huisbord::wire {

[[nodiscard]] Result<PushRequest> parse_push(ByteView body);
[[nodiscard]] Result<PullRequest> parse_pull(ByteView body);
[[nodiscard]] Result<PushReceipt> parse_push_receipt(ByteView body);
[[nodiscard]] Result<CharterReceipt> parse_charter_receipt(ByteView body);
[[nodiscard]] Result<PullReply> parse_page(ByteView body);
[[nodiscard]] Result<Refusal> parse_refusal(ByteView body);

[[nodiscard]] Bytes to_body(const google::protobuf::MessageLite& message);

}  // namespace huisbord::wire
