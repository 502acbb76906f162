// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk's side of one pairing: commits, takes the desk's offer, reveals, shows six words, believes a person (PROTOCOL.md 9).
#pragma once

#include "core/pairing/run.h"

namespace huisbord {

/// Pure: what the relay shows goes in, moves come out. Invariant: once an offer was read, no other one is ever read in this run; offer()
/// is to be believed only after a person said that the words agree.
class KioskRun {
 public:
  /// `now` is running time. Draws 32 bytes.
  KioskRun(const PairingCode& code, const PairingDevice& self, Millis now, Random& random);

  /// The next move after what the relay shows now.
  [[nodiscard]] PairingMove advance(const MeetingView& seen, Millis now);
  /// The move before anything was seen.
  [[nodiscard]] PairingMove first_move() const;
  /// Once words() are there. No: the run is over, and the move burns the code.
  [[nodiscard]] PairingMove answer(WordsAgree agree);

  /// From when the desk's offer is read and the reveal is kept at the relay.
  [[nodiscard]] const std::optional<PairingWords>& words() const { return words_; }
  [[nodiscard]] bool agreed() const { return agreed_; }
  /// The desk says that its charters list this kiosk; they say so themselves or it is not so.
  [[nodiscard]] PairingEnd end() const { return end_; }
  [[nodiscard]] const std::optional<PairingOffer>& offer() const { return offer_; }
  [[nodiscard]] const PairingCode& code() const { return code_; }

 private:
  [[nodiscard]] PairingMove stop(PairingEnd end);
  [[nodiscard]] PairingMove put(PairingPlace place, const Bytes& message) const;

  PairingCode code_;
  Millis deadline_;
  Bytes reveal_;
  Bytes commit_;
  Bytes offer_bytes_;
  std::optional<PairingOffer> offer_;
  std::optional<PairingWords> words_;
  bool agreed_ = false;
  PairingEnd end_ = PairingEnd::going_on;
};

}  // namespace huisbord
