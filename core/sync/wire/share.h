// SPDX-License-Identifier: GPL-3.0-or-later
// The messages about the relay's share, their bounds, and what the unlock key signs (PROTOCOL.md 11).
#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/crypto/sealing.h"
#include "core/crypto/signing.h"
#include "core/sync/wire/share.pb.h"

namespace huisbord::wire {

inline constexpr std::string_view share_type = "application/vnd.huisbord.share";
inline constexpr std::string_view deposit_what = "share";
inline constexpr std::string_view release_what = "release";
inline constexpr std::string_view shares_what = "shares";
inline constexpr std::string_view release_tag = "hb.share.ask";
inline constexpr std::size_t sealed_share_size = 32 + crypto::sealing_overhead;
inline constexpr std::size_t released_share_size = sealed_share_size + crypto::sealing_overhead;
inline constexpr std::size_t max_share_events = 256;

// limit, parse: every field has one size.
[[nodiscard]] Result<ShareDeposit> parse_share_deposit(ByteView body);
[[nodiscard]] Result<ShareRequest> parse_share_request(ByteView body);
[[nodiscard]] Result<ShareQuestion> parse_share_question(ByteView body);
[[nodiscard]] Result<ShareReply> parse_share_reply(ByteView body);

/// What is signed: scope 16 || device 16 || share 16 || ephemeral 32 || u64 created. The release is sealed with the same as context.
[[nodiscard]] Bytes signed_part(const ScopeId& scope, const ShareRequest& request);

}  // namespace huisbord::wire
