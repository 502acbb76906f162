// SPDX-License-Identifier: GPL-3.0-or-later
// Drives a first start on its own thread, step by step as PROTOCOL.md 9 has them.
#include "app/kiosk/first_start.h"

#include <utility>

#include "core/base/check.h"
#include "core/crypto/keyslot.h"
#include "core/crypto/words.h"
#include "core/joining/joining.h"
#include "core/joining/paired_store.h"
#include "core/store/store_key.h"
#include "core/sync/sync_round.h"

namespace huisbord {
namespace {

using Stage = PairingView::Stage;
using End = PairingView::End;

constexpr std::chrono::milliseconds pause{1000};

End end_for(PairingEnd end) {
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

FirstStart::FirstStart(Parts parts) : parts_(std::move(parts)) {}

FirstStart::~FirstStart() { halt(); }

void FirstStart::halt() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

SixWords FirstStart::house_phrase() {
  if (phrase_.empty()) phrase_ = crypto::make_house_phrase(*parts_.random);
  // Of the fixed list itself: no second copy of the phrase lies anywhere.
  SixWords six;
  std::string_view rest = text_view(phrase_.view());
  for (std::string_view& word : six) {
    const auto end = std::min(rest.find(' '), rest.size());
    const auto index = crypto::word_index(rest.substr(0, end));
    CHECK(index.has_value());
    word = crypto::words().at(*index);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return six;
}

void FirstStart::forget_phrase() { phrase_ = {}; }

bool FirstStart::is_code(const std::string& typed) const { return parse_code(typed).has_value(); }

void FirstStart::begin(const std::string& code, const std::string& staff_passphrase) {
  const auto parsed = parse_code(code);
  if (!parsed) return;
  halt();
  (void)house_phrase();
  {
    const std::lock_guard lock(mutex_);
    answer_.reset();
    view_ = {.stage = Stage::looking};
  }
  thread_ = std::jthread([this, code = *parsed, phrase = crypto::SecretBytes::copy_of(phrase_.view()),
                          staff = crypto::SecretBytes::copy_of(huisbord::view(staff_passphrase))](const std::stop_token& stop) {
    pair(stop, code, phrase, staff);
  });
}

void FirstStart::go_on(std::unique_ptr<Vault> waiting) {
  halt();
  vault_ = std::move(waiting);
  show({.stage = Stage::waiting_for_yes});
  thread_ = std::jthread([this](const std::stop_token& stop) { wait_and_join(stop); });
}

std::unique_ptr<Vault> FirstStart::take_joined() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(joined_, false)) return nullptr;
  }
  halt();
  forget_phrase();
  return std::move(vault_);
}

PairingView FirstStart::view() const {
  const std::lock_guard lock(mutex_);
  return view_;
}

void FirstStart::answer(bool words_agree) {
  {
    const std::lock_guard lock(mutex_);
    if (view_.stage != Stage::comparing) return;
    answer_ = words_agree;
    view_.stage = words_agree ? Stage::waiting_for_yes : Stage::waiting_for_office;
  }
  woken_.notify_all();
}

void FirstStart::start_over() {
  halt();
  throw_store_away();
  const std::lock_guard lock(mutex_);
  joined_ = false;
  view_ = {};
}

void FirstStart::show(PairingView view) {
  {
    const std::lock_guard lock(mutex_);
    if (view == view_) return;
    view_ = view;
  }
  parts_.changed();
}

void FirstStart::end(End end) { show({.stage = Stage::ended, .end = end}); }

void FirstStart::sleep(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, stop, pause, [this] { return news_ || answer_; });
  news_ = false;
}

void FirstStart::pair(const std::stop_token& stop, const PairingCode& code, const crypto::SecretBytes& phrase,
                      const crypto::SecretBytes& staff_passphrase) {
  const NewDeviceKeys keys = make_new_device_keys(crypto::system_random());
  const auto meeting = HttpsMeeting::guest(
      {.url = parts_.relay.url,
       .https = {.authorities = parts_.relay.authorities, .connect = parts_.relay.connect, .silence = parts_.relay.silence}});
  KioskPairing pairing(code, public_half(keys), crypto::system_random(),
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
  bool answered = false;
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
    if (now.stage == PairingStage::ended) {
      // Out of time after the yes here: the desk may have admitted it all the same, which the charters will say.
      if (vault_ && now.end == PairingEnd::out_of_time) break;
      throw_store_away();
      return end(end_for(now.end));
    }
    if (now.offer && !vault_) {
      show({.stage = Stage::waiting_for_yes, .relay_reached = now.relay_reached});
      if (const auto made = make_store(keys, *now.offer, phrase, staff_passphrase); !made) {
        parts_.warn("no store could be made: " + made.error().sentence);
        throw_store_away();
        return end(End::not_saved);
      }
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
  if (!stop.stop_requested()) wait_and_join(stop);
}

Status FirstStart::make_store(const NewDeviceKeys& keys, const PairingOffer& offer, const crypto::SecretBytes& phrase,
                              const crypto::SecretBytes& staff_passphrase) {
  Random& random = crypto::system_random();
  throw_store_away();  // what a crash left
  crypto::SecretBytes store_key = crypto::SecretBytes::of_size(32);
  random.fill(store_key.mutable_view());
  TRY_ASSIGN(const auto slots, crypto::KeyslotFile::make(store_key, phrase, crypto::Argon2Parameters::phrase(), random));
  TRY_STATUS(slots.save(keyslots_path(parts_.folder)));
  TRY_ASSIGN(vault_, make_paired_store(vault_path(parts_.folder), store_key, keys, offer, &staff_passphrase, random));
  return {};
}

void FirstStart::wait_and_join(const std::stop_token& stop) {
  JoiningLog log(*vault_);
  const auto relay = HttpsRelay::open(parts_.relay, log, system_clock());
  if (!relay) {
    parts_.warn(relay.error().sentence);
    return end(End::not_the_office);
  }
  std::optional<ErrorCode> told;
  for (; !stop.stop_requested(); sleep(stop)) {
    const auto joined = join(*vault_, **relay, stop);
    if (joined && *joined == Joined::yes) return take_everything(stop);
    if (!joined && joined.error().code != told) {
      told = joined.error().code;
      parts_.warn("not admitted yet: " + joined.error().sentence);
    }
    if (!joined && joined.error().code == ErrorCode::charter) return end(End::not_the_office);
    show({.stage = Stage::waiting_for_yes, .relay_reached = joined.has_value()});
  }
}

void FirstStart::take_everything(const std::stop_token& stop) {
  show({.stage = Stage::joining});
  if (const auto relay = HttpsRelay::open(parts_.relay, *vault_, system_clock())) {
    SyncRound round(*vault_, **relay, system_clock());
    // What does not come now comes with the ticks of the board.
    if (const RoundReport report = round.run(stop); report.failure) parts_.warn("the first round: " + report.failure->sentence);
  }
  if (stop.stop_requested()) return;
  {
    const std::lock_guard lock(mutex_);
    joined_ = true;
  }
  parts_.changed();
}

void FirstStart::throw_store_away() {
  vault_.reset();
  std::error_code ignored;
  for (const char* file : {"vault.db", "vault.db-wal", "vault.db-shm", "vault.db.lock", "keyslots", "keyslots.next"})
    std::filesystem::remove(parts_.folder / file, ignored);
}

}  // namespace huisbord
