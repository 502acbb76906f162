// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the relay once a second and hands what it shows to the run.
#include "core/sync/kiosk_pairing.h"

namespace huisbord {

NewDeviceKeys make_new_device_keys(Random& random) {
  return {.device = random.id<DeviceTag>(),
          .signing = crypto::make_signing_key(random),
          .request = crypto::make_signing_key(random),
          .sealing = crypto::make_sealing_key(random),
          .custody = crypto::make_sealing_key(random)};
}

PairingDevice public_half(const NewDeviceKeys& keys) {
  return {.device = keys.device,
          .signing = keys.signing.public_key,
          .request = keys.request.public_key,
          .sealing = keys.sealing.public_key,
          .custody = keys.custody.public_key};
}

KioskPairing::KioskPairing(const PairingCode& code, const PairingDevice& self, Random& random, Parts parts)
    : parts_(std::move(parts)),
      run_(code, self, parts_.clock->running(), random),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

KioskPairing::~KioskPairing() {
  thread_.request_stop();
  thread_.join();
}

PairingProgress KioskPairing::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

void KioskPairing::answer(WordsAgree agree) {
  const std::lock_guard lock(mutex_);
  if (progress_.stage != PairingStage::comparing || answer_) return;
  answer_ = agree;
  woken_.notify_all();
}

void KioskPairing::tell(bool reached) {
  {
    const std::lock_guard lock(mutex_);
    PairingProgress next;
    next.words = run_.words();
    next.end = run_.end();
    next.relay_reached = reached;
    if (run_.agreed()) next.offer = run_.offer();
    if (run_.end() == PairingEnd::admitted)
      next.stage = PairingStage::admitted;
    else if (run_.end() != PairingEnd::going_on)
      next.stage = PairingStage::ended;
    else if (run_.agreed())
      next.stage = PairingStage::agreed;
    else if (run_.words())
      next.stage = PairingStage::comparing;
    else
      next.stage = reached ? PairingStage::waiting : PairingStage::looking;
    const bool new_to_somebody = next.stage != progress_.stage || next.end != progress_.end || reached != progress_.relay_reached;
    progress_ = next;
    if (!new_to_somebody) return;
  }
  if (parts_.changed) parts_.changed();
}

void KioskPairing::run(const std::stop_token& stop) {
  PairingMove move = run_.first_move();
  for (;;) {
    const auto seen = parts_.meeting->make(run_.code(), move, stop);
    if (stop.stop_requested()) return;
    // A move that did not arrive is made again: advance() gives the same one.
    const bool burning = move.burn;
    if (seen && !burning) move = run_.advance(*seen, parts_.clock->running());
    if (seen && burning) move = {};
    tell(seen.has_value());
    if (run_.end() != PairingEnd::going_on && !move.burn) return;
    if (seen && (move.put || move.burn)) continue;
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, stop, parts_.pause, [this] { return answer_.has_value(); });
    if (stop.stop_requested()) return;
    if (!answer_) continue;
    const WordsAgree agree = *std::exchange(answer_, std::nullopt);
    lock.unlock();
    move = run_.answer(agree);
    tell(true);
  }
}

}  // namespace huisbord
