// SPDX-License-Identifier: GPL-3.0-or-later
// How the kiosk's store is opened: a key in a file, this machine alone, a person's words; how it is locked; a first start, a renewal.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "app/kiosk/kiosk.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/keyslot.h"
#include "core/crypto/memory.h"
#include "core/crypto/words.h"
#include "core/joining/paired_store.h"
#include "core/store/store_key.h"
#include "core/unlock/opening.h"

namespace huisbord {
namespace {

Obstacle obstacle_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::locked:
      return Obstacle::locked_elsewhere;
    case ErrorCode::not_found:
      return Obstacle::no_house;
    case ErrorCode::damaged:
    case ErrorCode::wrong_key:
      return Obstacle::damaged;
    case ErrorCode::disk_full:
      return Obstacle::disk_full;
    case ErrorCode::read_only:
      return Obstacle::read_only;
    case ErrorCode::newer_version:
      return Obstacle::newer;
    default:
      return Obstacle::cannot_start;
  }
}

/// What may end by itself: another process lets go, space is made, a disk comes back.
bool may_pass(ErrorCode code) {
  return code == ErrorCode::locked || code == ErrorCode::disk_full || code == ErrorCode::read_only || code == ErrorCode::io;
}
constexpr std::int64_t retry_after_ms = 3000;
/// Between two tries to open alone, while people may type.
constexpr std::int64_t alone_again_ms = 60000;

Result<crypto::SecretBytes> read_key(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string text;
  std::getline(in, text);
  auto raw = from_hex(text);
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  if (!raw || raw->size() != 32) return fail(ErrorCode::invalid, file.string() + " must hold the store key as 64 hexadecimal digits.");
  auto key = crypto::SecretBytes::copy_of(*raw);
  crypto::wipe(*raw);
  return key;
}

bool has_slot(const std::filesystem::path& folder, SlotKind kind) {
  const auto file = crypto::KeyslotFile::load(keyslots_path(folder));
  return file && std::ranges::any_of(file->slots(), [&](const crypto::Keyslot& slot) { return kind_of(slot) == kind; });
}

/// Six words of the list are the phrase of the house; anything else can only be a passphrase of staff.
Result<crypto::SecretBytes> open_by_typed(const std::filesystem::path& folder, const std::string& typed) {
  const auto phrase = crypto::normalise_phrase(typed);
  if (phrase) return open_store_key(folder, crypto::FactorInput::with_phrase(*phrase));
  if (!has_slot(folder, SlotKind::tpm_and_passphrase)) return std::unexpected(phrase.error());
  return open_with_passphrase(keyslots_path(folder), usual_tpm(), crypto::SecretBytes::copy_of(view(typed)));
}

}  // namespace

void Kiosk::find_a_way_in() {
  if (!options_.store_key.empty() && !std::filesystem::exists(locked_file())) {
    auto key = read_key(options_.store_key);
    if (key) return open_with(std::move(*key), OpenedBy::key_file);
    spdlog::error("{}", key.error().sentence);
    return door_->say(Obstacle::cannot_start);
  }
  if (std::filesystem::exists(vault_path(options_.folder))) return begin_alone();
  // A folder with nothing but kiosk.toml, which says where the relay is: a new board.
  if (settings_.relay.empty()) return door_->say(Obstacle::no_house);
  begin_first_start(nullptr);
}

void Kiosk::begin_first_start(std::unique_ptr<Vault> waiting) {
  first_start_ = std::make_unique<FirstStart>(FirstStart::Parts{.folder = options_.folder,
                                                                .relay = relay_settings(),
                                                                .random = options_.random,
                                                                .changed = [] { EventLoop::wake(); },
                                                                .warn = [](const std::string& line) { spdlog::warn("{}", line); }});
  if (waiting) first_start_->go_on(std::move(waiting));
  pairing_ = std::make_unique<PairingScreen>(*first_start_, *words_, settings_.language);
}

bool Kiosk::still_first_start() {
  if (!first_start_) return false;
  auto joined = first_start_->take_joined();
  if (!joined) return true;
  pairing_.reset();
  first_start_.reset();
  forget_after_frame_ = true;  // the words that open this board were on the glass
  spdlog::info("this board belongs to a house now");
  opened_by_ = OpenedBy::person;
  vault_ = std::move(joined);
  begin_house();
  return false;
}

void Kiosk::begin_renewal() {
  host_->hide();
  renewal_ = std::make_unique<BoardRenewal>(BoardRenewal::Parts{.vault = vault_.get(),
                                                                .relay = relay_settings(),
                                                                .changed = [] { EventLoop::wake(); },
                                                                .warn = [](const std::string& line) { spdlog::warn("{}", line); }});
  PairingScreen::Renewing renewing{.begin_check = nullptr,
                                   .poll_check =
                                       [this] {
                                         const auto known = actions_->poll_staff_unlock();
                                         if (known) actions_->end_staff_unlock();  // who it is was the question: no key is needed
                                         return known;
                                       },
                                   .leave =
                                       [this] {
                                         renewal_left_ = true;
                                         EventLoop::wake();
                                       }};
  if (BoardRenewal::knows_staff(*vault_))
    renewing.begin_check = [this](const std::string& passphrase) { actions_->begin_staff_unlock(passphrase); };
  renewal_left_ = renewal_hurries_ = false;
  pairing_ = std::make_unique<PairingScreen>(*renewal_, *words_, settings_.language, std::move(renewing));
  stage_->request_frame();
}

bool Kiosk::still_renewing() {
  if (!renewal_) return false;
  if (sync_ && renewal_->view().stage == PairingView::Stage::joining && !std::exchange(renewal_hurries_, true)) sync_->wake();
  const bool over = renewal_->is_new();
  if (over) spdlog::info("this board is taken in again; if it opened alone until now, it wants huisbordctl keyslot add once more");
  if (!over && !renewal_left_) return true;
  end_renewal();
  return false;
}

void Kiosk::end_renewal() {
  actions_->end_staff_unlock();
  pairing_.reset();
  renewal_.reset();
  stage_->request_frame();
}

void Kiosk::begin_alone() {
  alone_at_.reset();
  if (!std::filesystem::exists(unlock_key_path(options_.folder))) return;
  UnattendedMeans means;
  // A start waits for no dead network: people may type meanwhile, and it is tried again.
  means.relay = {.url = settings_.relay,
                 .https = {.authorities = settings_.authorities, .connect = std::chrono::seconds(8), .silence = std::chrono::seconds(8)}};
  alone_.begin([file = keyslots_path(options_.folder), means] { return open_unattended(file, means); });
  door_->expect_alone();
}

void Kiosk::poll_alone(Millis running) {
  if (alone_at_ && *alone_at_ <= running) begin_alone();
  auto key = alone_.poll();
  if (!key) return;
  if (*key) {
    door_->alone_failed(Door::Alone::not_now);
    if (!phrase_.valid()) return open_with(std::move(**key), OpenedBy::machine);
    alone_at_ = Millis{running.value + alone_again_ms};  // somebody typed; should that open nothing, this is tried again
    return;
  }
  const ErrorCode code = key->error().code;
  if (code != alone_told_) spdlog::warn("does not open alone: {}: {}", name(code), key->error().sentence);
  alone_told_ = code;
  door_->alone_failed(code == ErrorCode::refused ? Door::Alone::ask_office : Door::Alone::not_now);
  if (code == ErrorCode::network || code == ErrorCode::unavailable || code == ErrorCode::refused)
    alone_at_ = Millis{running.value + alone_again_ms};
}

void Kiosk::make_door() {
  door_ = std::make_unique<Door>(*words_, settings_.language);
  door_->begin_open = [this](std::string phrase) { begin_phrase(std::move(phrase)); };
  door_->poll_open = [this] { return poll_phrase(); };
  door_->expect(has_slot(options_.folder, SlotKind::tpm_and_passphrase) ? Door::Opener::words_or_passphrase : Door::Opener::words);
}

void Kiosk::lock_now() {
  const auto parked = huisbord::lock_now(*vault_, keyslots_path(options_.folder));
  const auto marked = crypto::replace_file(locked_file(), {});  // for a start with the key in a file
  for (const Status* kept : {&parked, &marked})
    if (!*kept) spdlog::error("locked, but a restart may open it: {}", kept->error().sentence);
  stop_sync();
  leave_house();
  vault_.reset();
  store_key_ = {};
  spdlog::info("locked: the words of the house open it");
}

void Kiosk::begin_phrase(std::string phrase) {
  phrase_ = std::async(std::launch::async, [folder = options_.folder, phrase = std::move(phrase)]() mutable {
    auto opened = open_by_typed(folder, phrase);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(phrase.data()), phrase.size()});
    return opened;
  });
}

std::optional<bool> Kiosk::poll_phrase() {
  if (!phrase_.valid() || phrase_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return std::nullopt;
  auto key = phrase_.get();
  if (key) {
    open_with(std::move(*key), OpenedBy::person);
    return true;
  }
  const ErrorCode code = key.error().code;
  spdlog::warn("what was typed opens nothing: {}", name(code));
  if (code == ErrorCode::unavailable)
    door_->too_often();
  else if (code != ErrorCode::wrong_key && code != ErrorCode::invalid)
    door_->say(obstacle_of(code));
  return false;
}

void Kiosk::open_with(crypto::SecretBytes store_key, OpenedBy opener) {
  store_key_ = std::move(store_key);
  opened_by_ = opener;
  try_vault();
}

void Kiosk::try_vault() {
  retry_at_.reset();
  auto vault = Vault::open(options_.folder / "vault.db", store_key_);
  if (!vault) {
    const ErrorCode code = vault.error().code;
    if (code != told_) spdlog::error("the vault does not open: {}", vault.error().sentence);
    told_ = code;
    door_->say(obstacle_of(code));
    if (may_pass(code)) retry_at_ = Millis{system_clock().running().value + retry_after_ms};
    return;
  }
  if (told_) spdlog::info("the vault is open");
  vault_ = std::move(*vault);
  store_key_ = {};
  if (opened_by_ == OpenedBy::machine) {
    // Power was cut in the middle of locking: a person opens it, as somebody wanted.
    if (const auto locked = is_locked(*vault_); !locked || *locked) {
      (void)huisbord::lock_now(*vault_, keyslots_path(options_.folder));
      return vault_.reset();
    }
  }
  if (const auto awaited = awaited_admission(*vault_); awaited && *awaited && !settings_.relay.empty())
    return begin_first_start(std::move(vault_));
  begin_house();
}

}  // namespace huisbord
