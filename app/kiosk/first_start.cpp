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

FirstStart::FirstStart(Parts parts) : OfficeMeeting(parts.relay, parts.changed), parts_(std::move(parts)) {}

FirstStart::~FirstStart() { halt(); }

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

void FirstStart::begin(const std::string& code, const std::string& staff_passphrase) {
  const auto parsed = parse_code(code);
  if (!parsed) return;
  halt();
  (void)house_phrase();
  const auto phrase = std::make_shared<crypto::SecretBytes>(crypto::SecretBytes::copy_of(phrase_.view()));
  const auto staff = std::make_shared<crypto::SecretBytes>(crypto::SecretBytes::copy_of(huisbord::view(staff_passphrase)));
  start({.stage = Stage::looking},
        [this, code = *parsed, phrase, staff](const std::stop_token& stop) { pair(stop, code, *phrase, *staff); });
}

void FirstStart::go_on(std::unique_ptr<Vault> waiting) {
  halt();
  vault_ = std::move(waiting);
  start({.stage = Stage::waiting_for_yes}, [this](const std::stop_token& stop) { wait_and_join(stop); });
}

std::unique_ptr<Vault> FirstStart::take_joined() {
  if (!joined_.exchange(false)) return nullptr;
  halt();
  forget_phrase();
  return std::move(vault_);
}

void FirstStart::start_over() {
  halt();
  throw_store_away();
  joined_ = false;
  show({});
}

void FirstStart::pair(const std::stop_token& stop, const PairingCode& code, const crypto::SecretBytes& phrase,
                      const crypto::SecretBytes& staff_passphrase) {
  const NewDeviceKeys keys = make_new_device_keys(crypto::system_random());
  const auto ended = meet(stop, code, public_half(keys), [&](const PairingOffer& offer) -> std::optional<End> {
    const auto made = make_store(keys, offer, phrase, staff_passphrase);
    if (made) return std::nullopt;
    parts_.warn("no store could be made: " + made.error().sentence);
    return End::store_failed;
  });
  // Out of time after the yes here: the desk may have admitted it all the same, which the charters will say.
  if (ended && !(vault_ && *ended == End::out_of_time)) {
    throw_store_away();
    return end(*ended);
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
  joined_ = true;
  parts_.changed();
}

void FirstStart::throw_store_away() {
  vault_.reset();
  std::error_code ignored;
  for (const char* file : {"vault.db", "vault.db-wal", "vault.db-shm", "vault.db.lock", "keyslots", "keyslots.next"})
    std::filesystem::remove(parts_.folder / file, ignored);
}

}  // namespace huisbord
