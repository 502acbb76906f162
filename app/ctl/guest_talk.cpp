// SPDX-License-Identifier: GPL-3.0-or-later
// Waits for news, asks, answers.
#include "app/ctl/guest_talk.h"

#include <cstdio>
#include <thread>

#include "app/ctl/words_question.h"
#include "core/crypto/random.h"

namespace huisbord {

GuestTalk::GuestTalk(const HttpsRelay::Settings& relay, const PairingCode& code, const PairingDevice& self)
    : meeting_(HttpsMeeting::guest(
          {.url = relay.url, .https = {.authorities = relay.authorities, .connect = relay.connect, .silence = relay.silence}})),
      pairing_(code, self, crypto::system_random(),
               {.meeting = meeting_.get(), .clock = &system_clock(), .changed = [this] { news_.notify_all(); }, .pause = between_looks}) {}

Result<PairingOffer> GuestTalk::compare(bool typed) {
  bool asked = false;
  bool told = false;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      news_.wait_for(lock, between_looks);
    }
    const PairingProgress now = pairing_.progress();
    if (now.stage == PairingStage::ended) return fail(ErrorCode::refused, sentence(now.end));
    if (now.offer) return *now.offer;
    if (!now.relay_reached && !told) std::fprintf(stderr, "the relay is not reached; trying again\n");
    told = !now.relay_reached;
    if (now.stage == PairingStage::comparing && !asked) {
      asked = true;
      pairing_.answer(ask_about(*now.words, "at the desk", typed));
    }
  }
}

Status GuestTalk::wait_for_yes() const {
  std::fprintf(stderr, "waiting for the yes at the desk\n");
  for (;;) {
    const PairingProgress now = pairing_.progress();
    if (now.stage == PairingStage::admitted) return {};
    if (now.stage == PairingStage::ended) {
      if (now.end == PairingEnd::out_of_time) return {};
      return fail(ErrorCode::refused, sentence(now.end));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace huisbord
