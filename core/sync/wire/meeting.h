// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of a meeting place and their bounds (PROTOCOL.md 9.2).
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/sync/wire/meeting.pb.h"

namespace huisbord::wire {

inline constexpr std::string_view meeting_type = "application/vnd.huisbord.meeting";
inline constexpr std::string_view guest_target = "/v1/rendezvous";  ///< of who has no organisation yet
inline constexpr std::string_view host_what = "rendezvous";         ///< after organisation and scope
inline constexpr std::size_t meeting_places = 4;
inline constexpr std::size_t max_meeting_message = 4096;
inline constexpr std::size_t meeting_code_size = 8;

/// limit, parse: a code of another size, a place that is none, a message without a place.
[[nodiscard]] Result<MeetingRequest> parse_meeting_request(ByteView body);
[[nodiscard]] Result<MeetingReply> parse_meeting_reply(ByteView body);

}  // namespace huisbord::wire
