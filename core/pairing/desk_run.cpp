// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's moves.
#include "core/pairing/desk_run.h"

#include "core/base/check.h"
#include "core/crypto/memory.h"

namespace huisbord {

DeskRun::DeskRun(const PairingCode& code, PairingOffer offer, Millis now, Random& random)
    : code_(code), deadline_{now.value + pairing_lifetime.value} {
  random.fill(offer.random);
  offer_ = write_offer(offer);
}

PairingMove DeskRun::stop(PairingEnd end) {
  end_ = end;
  const bool over_there_too = end == PairingEnd::ended_there || end == PairingEnd::old_code || end == PairingEnd::wrong_code;
  return {.put = std::nullopt, .burn = !over_there_too};
}

PairingMove DeskRun::advance(const MeetingView& seen, Millis now) {
  if (end_ != PairingEnd::going_on) return {};
  if (now >= deadline_ && !agreed_) return stop(PairingEnd::out_of_time);
  if (seen.state != MeetingState::open) return agreed_ ? PairingMove{} : stop(end_of(seen.state));
  if (seen.messages.empty()) return promised_ ? stop(PairingEnd::changed) : PairingMove{};
  if (!promised_) {
    auto promised = read_commit(seen.messages[0]);
    if (!promised) return stop(end_of(promised.error()));
    promised_ = *promised;
    commit_ = seen.messages[0];
  } else if (seen.messages[0] != commit_) {
    return stop(PairingEnd::changed);
  }
  if (seen.messages.size() == 1) {
    if (words_) return stop(PairingEnd::changed);
    return {.put = PairingPut{.place = PairingPlace::offer, .message = offer_}, .burn = false};
  }
  if (seen.messages[1] != offer_) return stop(PairingEnd::changed);
  if (seen.messages.size() == 2) return words_ ? stop(PairingEnd::changed) : PairingMove{};
  if (!device_) {
    if (!crypto::equal(commitment(seen.messages[2]), *promised_)) return stop(PairingEnd::broken_promise);
    auto reveal = read_reveal(seen.messages[2]);
    if (!reveal) return stop(end_of(reveal.error()));
    reveal_ = seen.messages[2];
    device_ = reveal->device;
    words_ = pairing_words(code_, commit_, offer_, reveal_);
  } else if (seen.messages[2] != reveal_) {
    return stop(PairingEnd::changed);
  }
  return {};
}

PairingMove DeskRun::answer(WordsAgree agree) {
  CHECK(words_.has_value());
  if (end_ != PairingEnd::going_on) return {};
  if (agree == WordsAgree::no) return stop(PairingEnd::words_differ);
  agreed_ = true;
  return {};
}

PairingMove DeskRun::admitted() {
  CHECK(agreed_);
  end_ = PairingEnd::admitted;
  return {.put = PairingPut{.place = PairingPlace::verdict, .message = write_verdict(true)}, .burn = false};
}

}  // namespace huisbord
