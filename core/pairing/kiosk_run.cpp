// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk's moves.
#include "core/pairing/kiosk_run.h"

#include "core/base/check.h"

namespace huisbord {

KioskRun::KioskRun(const PairingCode& code, const PairingDevice& self, Millis now, Random& random)
    : code_(code), deadline_{now.value + pairing_lifetime.value} {
  PairingReveal reveal{.device = self, .random = {}};
  random.fill(reveal.random);
  reveal_ = write_reveal(reveal);
  commit_ = write_commit(commitment(reveal_));
}

PairingMove KioskRun::put(PairingPlace place, const Bytes& message) const {
  return {.put = PairingPut{.place = place, .message = message}, .burn = false};
}

PairingMove KioskRun::stop(PairingEnd end) {
  end_ = end;
  // A code that was never ours, or is over already, is not burnt: that would end somebody else's pairing.
  const bool ours = end == PairingEnd::words_differ || end == PairingEnd::changed || end == PairingEnd::malformed ||
                    end == PairingEnd::newer_version || end == PairingEnd::broken_promise;
  return {.put = std::nullopt, .burn = ours};
}

PairingMove KioskRun::first_move() const { return put(PairingPlace::commit, commit_); }

PairingMove KioskRun::advance(const MeetingView& seen, Millis now) {
  if (end_ != PairingEnd::going_on) return {};
  if (now >= deadline_) return stop(PairingEnd::out_of_time);
  if (seen.state != MeetingState::open) return stop(end_of(seen.state));
  if (seen.messages.empty()) {
    return offer_ ? stop(PairingEnd::changed) : first_move();
  }
  if (seen.messages[0] != commit_) return stop(offer_ ? PairingEnd::changed : PairingEnd::code_used);
  if (seen.messages.size() == 1) return offer_ ? stop(PairingEnd::changed) : PairingMove{};

  if (!offer_) {
    auto offer = read_offer(seen.messages[1]);
    if (!offer) return stop(end_of(offer.error()));
    offer_ = *offer;
    offer_bytes_ = seen.messages[1];
  } else if (seen.messages[1] != offer_bytes_) {
    return stop(PairingEnd::changed);
  }
  if (seen.messages.size() == 2) return words_ ? stop(PairingEnd::changed) : put(PairingPlace::reveal, reveal_);
  if (seen.messages[2] != reveal_) return stop(PairingEnd::changed);
  if (!words_) words_ = pairing_words(code_, commit_, offer_bytes_, reveal_);
  if (seen.messages.size() > 3) {
    const auto admitted = read_verdict(seen.messages[3]);
    if (!admitted) return stop(end_of(admitted.error()));
    if (!*admitted) return stop(PairingEnd::ended_there);
    // Nothing follows from it before a person here has compared the words.
    if (agreed_) end_ = PairingEnd::admitted;
  }
  return {};
}

PairingMove KioskRun::answer(WordsAgree agree) {
  CHECK(words_.has_value());
  if (end_ != PairingEnd::going_on) return {};
  if (agree == WordsAgree::no) return stop(PairingEnd::words_differ);
  agreed_ = true;
  return {};
}

}  // namespace huisbord
