// SPDX-License-Identifier: GPL-3.0-or-later
// The bounds, names and paths of PROTOCOL.md 2 and 3, the same for relay and replica.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace huisbord::wire {

inline constexpr std::size_t max_body = std::size_t{4} << 20;        ///< of a request and of a reply
inline constexpr std::size_t max_push_segments = 64;                 ///< in one request
inline constexpr std::size_t max_page_bytes = std::size_t{2} << 20;  ///< of segments in one reply, but always one segment
inline constexpr std::size_t max_heads = 4096;                       ///< in a version vector
inline constexpr std::size_t max_forks_a_device = 8;                 ///< kept in a scope, two headers each
inline constexpr std::size_t smallest_body = 512;                    ///< of what is padded
inline constexpr std::size_t max_wait_scopes = 1024;                 ///< in one wait
inline constexpr std::size_t max_mark = 32;                          ///< bytes
inline constexpr std::uint32_t max_wait_seconds = 600;               ///< after which a wait is answered in any case
inline constexpr std::size_t max_snapshot_piece = std::size_t{1} << 20;
inline constexpr std::uint32_t max_snapshot_pieces = 16;
inline constexpr std::size_t max_header_lines = std::size_t{8} << 10;

inline constexpr std::string_view push_type = "application/vnd.huisbord.push";
inline constexpr std::string_view pull_type = "application/vnd.huisbord.pull";
inline constexpr std::string_view wait_type = "application/vnd.huisbord.wait";
inline constexpr std::string_view news_type = "application/vnd.huisbord.news";
inline constexpr std::string_view snapshot_type = "application/vnd.huisbord.snapshot";
inline constexpr std::string_view charter_type = "application/vnd.huisbord.charter";
inline constexpr std::string_view receipt_type = "application/vnd.huisbord.receipt";
inline constexpr std::string_view page_type = "application/vnd.huisbord.page";
inline constexpr std::string_view refusal_type = "application/vnd.huisbord.refusal";

}  // namespace huisbord::wire
