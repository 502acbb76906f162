// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the talk step by step, and says each as a view.
#include "app/kiosk/office_meeting.h"

#include <utility>

#include "core/crypto/random.h"
#include "core/crypto/words.h"

namespace huisbord {
namespace {

constexpr std::chrono::milliseconds pause{1000};

PairingView::End end_for(PairingEnd end) {
  using End = PairingView::End;
  switch (end) {
    case PairingEnd::wrong_code:
      return End::wrong_code;
    case PairingEnd::old_code:
      return End::old_code;
    case PairingEnd::code_used:
      return End::used_code;
    case PairingEnd::words_differ:
      return End::words_differ;
    case PairingEnd::out_of_time:
      return End::out_of_time;
    case PairingEnd::broken_promise:
    case PairingEnd::changed:
    case PairingEnd::malformed:
      return End::not_the_office;
    case PairingEnd::newer_version:
      return End::newer;
    case PairingEnd::going_on:
    case PairingEnd::admitted:
    case PairingEnd::ended_there:
      break;
  }
  return End::ended_there;
}

SixWords six_of(const PairingWords& words) {
  SixWords six;
  for (std::size_t i = 0; i < six.size(); ++i) six.at(i) = crypto::words().at(words.at(i));
  return six;
}

}  // namespace

bool OfficeMeeting::is_code(const std::string& typed) const { return parse_code(typed).has_value(); }

PairingView OfficeMeeting::view() const {
  const std::lock_guard lock(mutex_);
  return view_;
}

void OfficeMeeting::answer(bool words_agree) {
  {
    const std::lock_guard lock(mutex_);
    if (view_.stage != Stage::comparing) return;
    answer_ = words_agree;
    view_.stage = words_agree ? Stage::waiting_for_yes : Stage::waiting_for_office;
  }
  woken_.notify_all();
}

void OfficeMeeting::start(PairingView first, std::function<void(const std::stop_token&)> work) {
  halt();
  {
    const std::lock_guard lock(mutex_);
    answer_.reset();
    view_ = first;
  }
  thread_ = std::jthread(std::move(work));
}

void OfficeMeeting::halt() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void OfficeMeeting::show(PairingView view) {
  {
    const std::lock_guard lock(mutex_);
    if (view == view_) return;
    view_ = view;
  }
  changed_();
}

void OfficeMeeting::sleep(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, stop, pause, [this] { return news_ || answer_; });
  news_ = false;
}

std::optional<PairingView::End> OfficeMeeting::meet(const std::stop_token& stop, const PairingCode& code, const PairingDevice& self,
                                                    const Offered& offered) {
  const auto meeting = HttpsMeeting::guest(
      {.url = relay_.url, .https = {.authorities = relay_.authorities, .connect = relay_.connect, .silence = relay_.silence}});
  KioskPairing pairing(code, self, crypto::system_random(),
                       {.meeting = meeting.get(),
                        .clock = &system_clock(),
                        .changed =
                            [this] {
                              {
                                const std::lock_guard lock(mutex_);
                                news_ = true;
                              }
                              woken_.notify_all();
                            },
                        .pause = pause});
  bool answered = false, believed = false;
  for (; !stop.stop_requested(); sleep(stop)) {
    std::optional<bool> answer;
    {
      const std::lock_guard lock(mutex_);
      answer = std::exchange(answer_, std::nullopt);
    }
    if (answer) {
      answered = true;
      pairing.answer(*answer ? WordsAgree::yes : WordsAgree::no);
    }
    const PairingProgress now = pairing.progress();
    if (now.stage == PairingStage::ended) return end_for(now.end);
    if (now.offer && !std::exchange(believed, true)) {
      show({.stage = Stage::waiting_for_yes, .relay_reached = now.relay_reached});
      if (const auto refused = offered(*now.offer)) return refused;
      continue;
    }
    if (now.stage == PairingStage::admitted) break;
    PairingView seen{.stage = Stage::looking, .relay_reached = now.relay_reached};
    if (now.stage == PairingStage::waiting) seen.stage = Stage::waiting_for_office;
    if (now.stage == PairingStage::agreed) seen.stage = Stage::waiting_for_yes;
    if (now.stage == PairingStage::comparing) {
      if (answered) continue;  // until its thread has heard the answer
      seen.stage = Stage::comparing;
      seen.words = six_of(*now.words);
    }
    show(seen);
  }
  return std::nullopt;
}

}  // namespace huisbord
