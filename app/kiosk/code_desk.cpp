// SPDX-License-Identifier: GPL-3.0-or-later
// Opens, counts and makes codes.
#include "app/kiosk/code_desk.h"

#include <chrono>

#include "core/crypto/random.h"
#include "core/journal/grant.h"

namespace huisbord {
namespace {

template <class T>
bool ready(const std::future<T>& future) {
  return future.valid() && future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace

std::string pin_setting(const PersonId& person) { return "pin." + person.hex(); }
std::string tries_setting(const PersonId& person) { return "tries." + person.hex(); }

CodeDesk::CodeDesk(Vault& vault, const ScopeId& house, const crypto::SecretBytes& store_key, Random& random)
    : vault_(vault), house_(house), store_key_(store_key), random_(random) {}

CodeDesk::~CodeDesk() {
  if (opening_.valid()) opening_.wait();
  if (unlocking_.valid()) unlocking_.wait();
  if (setting_.valid()) setting_.wait();
}

bool CodeDesk::has_pin(const PersonId& person) const {
  const auto wrap = vault_.setting(pin_setting(person));
  return wrap && wrap->has_value();
}

CodeDesk::Tries CodeDesk::tries(const PersonId& person) const {
  const auto stored = vault_.setting(tries_setting(person));
  if (!stored || !*stored) return {};
  ByteReader reader(**stored);
  Tries tries;
  tries.wrong = reader.u32();
  tries.last = Millis{static_cast<std::int64_t>(reader.u64())};
  return reader.ok() ? tries : Tries{};
}

void CodeDesk::set_tries(const PersonId& person, const Tries& tries) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u32(tries.wrong);
  writer.u64(static_cast<std::uint64_t>(tries.last.value));
  (void)vault_.set_setting(tries_setting(person), bytes);
}

void CodeDesk::begin_open(const PersonId& person, const std::string& pin) {
  const auto stored = vault_.setting(pin_setting(person));
  if (!stored || !*stored) {
    at_once_ = Opened{{SignIn::no_pin_yet, 0}, person, {}};
    return;
  }
  auto wrap = crypto::PinWrap::parse(**stored);
  if (!wrap) {
    at_once_ = Opened{{SignIn::no_pin_yet, 0}, person, {}};
    return;
  }
  Tries counted = tries(person);
  const Millis now = vault_.trusted_now();
  const Millis delay = crypto::delay_after(counted.wrong);
  // A clock that was put back makes nobody wait longer than the delay itself.
  const std::int64_t since = now.value >= counted.last.value ? now.value - counted.last.value : 0;
  if (counted.wrong > 0 && since < delay.value) {
    at_once_ = Opened{{SignIn::wait, delay.value - since}, person, {}};
    return;
  }
  ++counted.wrong;
  counted.last = now;
  set_tries(person, counted);
  opening_ =
      std::async(std::launch::async, [this, person, wrap = std::move(*wrap), secret = crypto::SecretBytes::copy_of(view(pin))]() -> Opened {
        auto key = crypto::open_pin_wrap(wrap, secret, store_key_, person.view());
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
  if (!ready(opening_)) return std::nullopt;
  Opened opened = opening_.get();
  if (opened.result.outcome == SignIn::welcome) (void)vault_.remove_setting(tries_setting(opened.person));
  return opened;
}

void CodeDesk::begin_unlock(const std::string& passphrase) {
  std::optional<crypto::Custody> custody;
  if (const auto stored = vault_.setting(custody_setting); stored && *stored)
    if (auto parsed = crypto::Custody::parse(**stored)) custody = std::move(*parsed);
  unlocking_ = std::async(
      std::launch::async,
      [custody = std::move(custody), secret = crypto::SecretBytes::copy_of(view(passphrase))]() -> std::optional<crypto::SealingKeyPair> {
        if (!custody) return std::nullopt;
        for (const auto& wrap : custody->wraps())
          if (auto opened = custody->open(wrap.staff, secret)) return std::move(*opened);
        return std::nullopt;
      });
}

std::optional<bool> CodeDesk::poll_unlock() {
  if (!ready(unlocking_)) return std::nullopt;
  custody_ = unlocking_.get();
  return custody_.has_value();
}

std::string CodeDesk::propose() const { return to_string(crypto::propose_pin(random_).view()); }

void CodeDesk::begin_set(const PersonId& person, const std::string& pin) {
  setting_for_ = person;
  std::promise<std::optional<crypto::PinWrap>> refused;
  refused.set_value(std::nullopt);
  setting_ = refused.get_future();
  if (!custody_ || crypto::pin_is_too_simple(view(pin))) return;
  const auto charter = vault_.held_charter(house_);
  const auto me = vault_.identity(house_);
  if (!charter || !me) return;
  auto key = open_person_key(*charter, person, me->device, *custody_);
  if (!key) return;
  setting_ = std::async(
      std::launch::async,
      [this, person, key = std::move(*key), secret = crypto::SecretBytes::copy_of(view(pin))]() -> std::optional<crypto::PinWrap> {
        auto wrap = crypto::make_pin_wrap(key, secret, store_key_, person.view(), crypto::Argon2Parameters::interactive_pin(),
                                          crypto::system_random());
        if (!wrap) return std::nullopt;
        return std::move(*wrap);
      });
}

std::optional<bool> CodeDesk::poll_set() {
  if (!ready(setting_)) return std::nullopt;
  const auto wrap = setting_.get();
  if (!wrap) return false;
  if (!vault_.set_setting(pin_setting(setting_for_), wrap->serialise())) return false;
  (void)vault_.remove_setting(tries_setting(setting_for_));
  lock();
  return true;
}

void CodeDesk::lock() { custody_.reset(); }

}  // namespace huisbord
