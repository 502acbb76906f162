// SPDX-License-Identifier: GPL-3.0-or-later
// What both sides of a pairing have in common: the meeting place as they see it, their next move, and how it can end (PROTOCOL.md 9).
#pragma once

#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/pairing/messages.h"

namespace huisbord {

inline constexpr Millis pairing_lifetime{15 * 60'000};

/// The places of the four messages, from 0.
enum class PairingPlace : std::uint8_t { commit, offer, reveal, verdict };

enum class MeetingState : std::uint8_t {
  open,
  wrong_code,  ///< nobody waits under this code
  old_code,    ///< its fifteen minutes have passed
  taken,       ///< another kiosk came with it
  burnt,       ///< one side ended it, or it was guessed at too often
};
/// The relay's answer: what both sides have put until now, in order. Everything in it may be the relay's invention.
struct MeetingView {
  MeetingState state = MeetingState::open;
  std::vector<Bytes> messages;
};
struct PairingPut {
  PairingPlace place;
  Bytes message;
};
/// What to ask of the relay next. Asked again after any failure it is the same.
struct PairingMove {
  std::optional<PairingPut> put;
  bool burn = false;
};

enum class PairingEnd : std::uint8_t {
  going_on,
  admitted,
  wrong_code,
  old_code,
  code_used,     ///< by another kiosk
  ended_there,   ///< the other side ended it, or too many wrong codes did
  words_differ,  ///< somebody said so here
  out_of_time,
  broken_promise,  ///< what was revealed is not what was committed to
  changed,         ///< a message changed after it was seen
  malformed,
  newer_version,
};
/// One plain sentence: what happened and what to do.
[[nodiscard]] const char* sentence(PairingEnd end);

enum class WordsAgree : std::uint8_t { no, yes };

/// The end that a meeting which is not open means to one side.
[[nodiscard]] PairingEnd end_of(MeetingState state);
[[nodiscard]] PairingEnd end_of(const Error& unreadable);

}  // namespace huisbord
