// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's side of one pairing: answers one commitment, checks what is revealed, shows six words, and admits when a person says so.
#pragma once

#include "core/pairing/run.h"

namespace huisbord {

/// Pure. Invariant: at most one offer leaves, to the first commitment seen; device() is there only when it was committed to, and is to be
/// admitted only after a person said that the words agree.
class DeskRun {
 public:
  /// `offer.random` is drawn here; `now` is running time.
  DeskRun(const PairingCode& code, PairingOffer offer, Millis now, Random& random);

  [[nodiscard]] PairingMove advance(const MeetingView& seen, Millis now);
  /// Once words() are there. No: the run is over, and the move burns the code.
  [[nodiscard]] PairingMove answer(WordsAgree agree);
  /// After answer(yes), when the charters that list the device are at the relay.
  [[nodiscard]] PairingMove admitted();

  [[nodiscard]] const std::optional<PairingWords>& words() const { return words_; }
  [[nodiscard]] const std::optional<PairingDevice>& device() const { return device_; }
  [[nodiscard]] PairingEnd end() const { return end_; }
  [[nodiscard]] const PairingCode& code() const { return code_; }

 private:
  [[nodiscard]] PairingMove stop(PairingEnd end);

  PairingCode code_;
  Millis deadline_;
  Bytes offer_;
  Bytes commit_;
  Bytes reveal_;
  std::optional<crypto::Hash> promised_;
  std::optional<PairingDevice> device_;
  std::optional<PairingWords> words_;
  bool agreed_ = false;
  PairingEnd end_ = PairingEnd::going_on;
};

}  // namespace huisbord
