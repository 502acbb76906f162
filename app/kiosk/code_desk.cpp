// SPDX-License-Identifier: GPL-3.0-or-later
// Opens, counts and makes codes.
#include "app/kiosk/code_desk.h"

#include "core/crypto/random.h"
#include "core/store/pin_secret.h"

namespace huisbord {
namespace {

/// How long "wait" is said when a try cannot be counted.
constexpr std::int64_t uncounted_wait_ms = 15000;

}  // namespace

CodeDesk::CodeDesk(Vault& vault, const ScopeId& house, Random& random, std::function<void(const Error&)> failed, PinKeeperSource keeper)
    : vault_(vault),
      house_(house),
      random_(random),
      failed_(std::move(failed)),
      keeper_(std::make_shared<SharedKeeper>(std::move(keeper))) {}

bool CodeDesk::has_pin(const PersonId& person) const {
  const auto wrap = vault_.setting(pin_setting(person));
  return wrap && wrap->has_value();
}

std::optional<CodeDesk::Tries> CodeDesk::tries(const PersonId& person) const {
  const auto stored = vault_.setting(tries_setting(person));
  if (!stored) {
    failed_(stored.error());
    return std::nullopt;
  }
  if (!*stored) return Tries{};
  ByteReader reader(**stored);
  Tries tries;
  tries.wrong = reader.u32();
  tries.last = Millis{static_cast<std::int64_t>(reader.u64())};
  return reader.ok() ? tries : Tries{};
}

bool CodeDesk::keep_tries(const PersonId& person, const Tries& tries) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u32(tries.wrong);
  writer.u64(static_cast<std::uint64_t>(tries.last.value));
  const Status kept = vault_.set_setting(tries_setting(person), bytes);
  if (!kept) failed_(kept.error());
  return kept.has_value();
}

void CodeDesk::begin_open(const PersonId& person, const std::string& pin) {
  give_up_opening();
  const auto at_once = [&](SignIn outcome, std::int64_t wait_ms) { at_once_ = Opened{{outcome, wait_ms}, person, {}}; };
  const auto stored = vault_.setting(pin_setting(person));
  if (!stored) {
    failed_(stored.error());
    return at_once(SignIn::wait, uncounted_wait_ms);
  }
  if (!*stored) return at_once(SignIn::no_pin_yet, 0);
  auto wrap = crypto::PinWrap::parse(**stored);
  if (!wrap) {
    failed_(wrap.error());
    return at_once(SignIn::no_pin_yet, 0);
  }
  auto mixed_with = pin_secret(vault_, random_);
  auto counted = tries(person);
  if (!mixed_with || !counted) {
    if (!mixed_with) failed_(mixed_with.error());
    return at_once(SignIn::wait, uncounted_wait_ms);
  }
  const Millis now = vault_.trusted_now();
  if (now < counted->last) {
    // The clock was put back: the delay begins anew, else it would last until the clock is where it was.
    counted->last = now;
    if (!keep_tries(person, *counted)) return at_once(SignIn::wait, uncounted_wait_ms);
  }
  const Millis delay = crypto::delay_after(counted->wrong);
  const std::int64_t since = now.value - counted->last.value;
  if (counted->wrong > 0 && since < delay.value) return at_once(SignIn::wait, delay.value - since);
  before_ = *counted;
  ++counted->wrong;
  counted->last = now;
  if (!keep_tries(person, *counted)) return at_once(SignIn::wait, uncounted_wait_ms);
  opening_.begin([person, wrap = std::move(*wrap), mixed_with = std::move(*mixed_with), secret = crypto::SecretBytes::copy_of(view(pin)),
                  keeper = keeper_]() -> Opened {
    auto key = keeper->with([&](crypto::PinKeeper* one) { return crypto::open_pin_wrap(wrap, secret, mixed_with, person.view(), one); });
    if (!key && key.error().code == ErrorCode::unavailable) return {{SignIn::wait, uncounted_wait_ms}, person, {}};
    if (!key) return {{SignIn::wrong, 0}, person, {}};
    return {{SignIn::welcome, 0}, person, std::move(*key)};
  });
}

std::optional<CodeDesk::Opened> CodeDesk::poll_open() {
  if (at_once_) {
    auto answer = std::move(at_once_);
    at_once_.reset();
    return answer;
  }
  auto opened = opening_.poll();
  // The machine took no try: it does not count.
  if (opened && opened->result.outcome == SignIn::wait) (void)keep_tries(opened->person, before_);
  if (opened && opened->result.outcome == SignIn::welcome)
    if (const auto removed = vault_.remove_setting(tries_setting(opened->person)); !removed) failed_(removed.error());
  return opened;
}

void CodeDesk::give_up_opening() {
  at_once_.reset();
  opening_.give_up();
}

void CodeDesk::begin_unlock(const std::string& passphrase) {
  std::optional<crypto::Custody> custody;
  if (const auto stored = vault_.setting(custody_setting); stored && *stored)
    if (auto parsed = crypto::Custody::parse(**stored)) custody = std::move(*parsed);
  unlocking_.begin(
      [custody = std::move(custody), secret = crypto::SecretBytes::copy_of(view(passphrase))]() -> std::optional<crypto::SealingKeyPair> {
        if (!custody) return std::nullopt;
        for (const auto& wrap : custody->wraps())
          if (auto opened = custody->open(wrap.staff, secret)) return std::move(*opened);
        return std::nullopt;
      });
}

std::optional<bool> CodeDesk::poll_unlock() {
  auto unlocked = unlocking_.poll();
  if (!unlocked) return std::nullopt;
  custody_ = std::move(*unlocked);
  return custody_.has_value();
}

std::string CodeDesk::propose() const { return to_string(crypto::propose_pin(random_).view()); }

std::optional<crypto::SecretBytes> CodeDesk::open_with_custody(const PersonId& person) const {
  if (!custody_) return std::nullopt;
  auto key = vault_.keyring_key(house_, person, *custody_);
  if (!key) {
    failed_(key.error());
    return std::nullopt;
  }
  return std::move(*key);
}

void CodeDesk::begin_set(const PersonId& person, const std::string& pin) { begin_wrap(person, open_with_custody(person), pin); }

void CodeDesk::begin_change(const PersonId& person, const crypto::SecretBytes* key, const std::string& pin) {
  begin_wrap(person, key != nullptr ? std::optional(crypto::SecretBytes::copy_of(key->view())) : std::nullopt, pin);
}

void CodeDesk::begin_wrap(const PersonId& person, std::optional<crypto::SecretBytes> key, const std::string& pin) {
  setting_for_ = person;
  std::optional<crypto::SecretBytes> mixed_with;
  if (crypto::pin_is_too_simple(view(pin))) key.reset();
  if (key) {
    auto made = pin_secret(vault_, random_);
    if (!made) failed_(made.error());
    if (made) mixed_with = std::move(*made);
  }
  setting_.begin([person, key = std::move(key), mixed_with = std::move(mixed_with), secret = crypto::SecretBytes::copy_of(view(pin)),
                  keeper = keeper_]() -> std::optional<crypto::PinWrap> {
    if (!key || !mixed_with) return std::nullopt;
    auto wrap = keeper->with([&](crypto::PinKeeper* one) {
      return crypto::make_pin_wrap(*key, secret, *mixed_with, person.view(), crypto::Argon2Parameters::interactive_pin(),
                                   crypto::system_random(), one);
    });
    if (!wrap) return std::nullopt;
    return std::move(*wrap);
  });
}

std::optional<bool> CodeDesk::poll_set() {
  const auto wrap = setting_.poll();
  if (!wrap) return std::nullopt;
  if (!*wrap) return false;
  if (const auto kept = vault_.set_setting(pin_setting(setting_for_), (*wrap)->serialise()); !kept) {
    failed_(kept.error());
    return false;
  }
  if (const auto removed = vault_.remove_setting(tries_setting(setting_for_)); !removed) failed_(removed.error());
  lock();
  return true;
}

void CodeDesk::lock() {
  unlocking_.give_up();
  setting_.give_up();
  custody_.reset();
}

}  // namespace huisbord
