// SPDX-License-Identifier: GPL-3.0-or-later
// An office with one house in a vault of its own, and kiosks that it admitted, each with its vault: what they say to each other goes by
// hand.
#pragma once

#include <string>

#include "core/crypto/password.h"
#include "core/office/device.h"
#include "core/office/epochs_tending.h"
#include "core/office/office.h"
#include "tests/core/store/small_organisation.h"

namespace huisbord {

/// Quick, as no passphrase here is worth more.
inline constexpr crypto::Argon2Parameters cheap{1, std::size_t{8} * 1024};
inline constexpr EpochTerms at_once{.without_snapshot = true};

/// A kiosk of the house: founded, admitted, its charters not yet taken.
struct AdmittedKiosk {
  Founding founding;
  std::unique_ptr<Vault> vault;
  DeviceNumber number = 0;
};

class SmallOffice : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(crypto::start());
    root = crypto::make_signing_key(random);
    crypto::SigningKeyPair delegated = crypto::make_signing_key(random);
    const OrganisationId organisation = random.id<OrganisationTag>();
    house = random.id<HouseTag>();
    vault = must(Vault::create(folder / "office.db", key, make_founding(organisation, root.public_key, random), options()));
    const Delegation delegation = delegate(organisation, 1, in_days(400), delegated.public_key, root);
    office.emplace(must(Office::found(*vault, std::move(delegated), delegation, random)));
    must(office->begin_scope(scope()));
    must(vault->record(office->org(), Actor::none(), House{house, "Huis Zuid"}));
  }

  [[nodiscard]] VaultOptions options() {
    return {.clock = &clock, .random = &random, .padding = Padding::none, .cache_kib = 256, .vfs = {}};
  }
  [[nodiscard]] Millis in_days(std::int64_t days) const { return {clock.now().value + days * TestClock::day}; }
  [[nodiscard]] ScopeId scope() const { return house.as<ScopeTag>(); }
  [[nodiscard]] std::vector<ScopeId> scopes() const { return {office->org(), scope()}; }
  [[nodiscard]] Charter charter() { return must(vault->held_charter(scope())); }

  /// In both scopes, under one number.
  AdmittedKiosk admit(const std::string& name) {
    AdmittedKiosk kiosk;
    kiosk.founding = make_founding(vault->organisation(), root.public_key, random);
    for (const ScopeId& each : scopes()) kiosk.number = must(office->admit(each, listed(kiosk.founding, DeviceClass::kiosk)));
    kiosk.vault = must(Vault::create(folder / (name + ".db"), key, kiosk.founding, options()));
    bring(*vault, *kiosk.vault);
    return kiosk;
  }
  /// Everything that one holds and the other does not: charters, then segments.
  void bring(Vault& from, Vault& to) {
    for (const ScopeId& each : scopes()) {
      if (const auto bytes = must(from.charter(each))) (void)to.take_charter(*bytes);
      bring_segments(from, to, each);
    }
  }
  static TakeReport bring_segments(Vault& from, Vault& to, const ScopeId& scope) {
    const auto held = must(to.heads(scope));
    return must(to.take_segments(scope, must(from.segments_after(scope, held, std::size_t{1} << 24))));
  }
  static std::string sentence(const auto& result) { return result ? "" : result.error().sentence; }

  TestClock clock{Millis{1'795'000'000'000}};  // November 2026
  SeededRandom random{5};
  TestFolder folder;
  crypto::SecretBytes key = crypto::make_key(random);
  crypto::SigningKeyPair root;
  HouseId house;
  std::unique_ptr<Vault> vault;
  std::optional<Office> office;
};

}  // namespace huisbord
