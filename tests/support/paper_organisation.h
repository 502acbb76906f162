// SPDX-License-Identifier: GPL-3.0-or-later
// An organisation with its keys, an org scope and houses, and devices that are in all of them: for tests of journal and sync.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/base/check.h"
#include "core/journal/grant.h"
#include "core/journal/segment.h"

namespace huisbord {

/// Charters of number 1 are there from the start; amend() writes the next one. Devices are numbered from 1 and the same in each scope.
class PaperOrganisation {
 public:
  struct Device {
    CharterDevice listed;
    crypto::SigningKeyPair signing;
    crypto::SigningKeyPair request;
    crypto::SealingKeyPair sealing;
  };

  PaperOrganisation(std::uint64_t seed, std::size_t devices, std::size_t houses)
      : random_(seed), root_(crypto::make_signing_key(random_)), delegated_(crypto::make_signing_key(random_)) {
    organisation_ = random_.id<OrganisationTag>();
    for (std::size_t i = 0; i < devices; ++i) devices_.push_back(make_device(static_cast<DeviceNumber>(i + 1)));
    add_scope(organisation_.as<ScopeTag>());
    for (std::size_t i = 0; i < houses; ++i) add_scope(random_.id<ScopeTag>());
  }

  [[nodiscard]] const OrganisationId& organisation() const { return organisation_; }
  [[nodiscard]] const crypto::SigningPublicKey& root() const { return root_.public_key; }
  [[nodiscard]] const std::vector<ScopeId>& scopes() const { return scopes_; }
  [[nodiscard]] const ScopeId& org() const { return scopes_.at(0); }
  [[nodiscard]] const ScopeId& house(std::size_t index = 0) const { return scopes_.at(index + 1); }
  [[nodiscard]] const Device& device(DeviceNumber number) const { return devices_.at(number - 1); }
  [[nodiscard]] Random& random() { return random_; }
  [[nodiscard]] const crypto::SecretBytes& epoch_key(const ScopeId& scope) const { return *states_.at(scope).epoch_key; }
  [[nodiscard]] const Charter& charter(const ScopeId& scope) const { return states_.at(scope).charter; }
  [[nodiscard]] const Bytes& charter_bytes(const ScopeId& scope) const { return states_.at(scope).bytes; }

  /// The next charter of a scope, with what \p change does to it.
  const Bytes& amend(const ScopeId& scope, const std::function<void(Charter&)>& change) {
    State& state = states_.at(scope);
    state.bytes = write_next(scope, change, state.charter);
    return state.bytes;
  }
  /// The same, not kept: a charter that the organisation wrote beside the one that counts.
  [[nodiscard]] Bytes amend_aside(const ScopeId& scope, const std::function<void(Charter&)>& change) const {
    Charter aside = states_.at(scope).charter;
    return write_next(scope, change, aside);
  }
  /// By the root key.
  [[nodiscard]] Delegation delegate_to(std::uint32_t number, Millis expires, const crypto::SigningPublicKey& key) const {
    return delegate(organisation_, number, expires, key, root_);
  }
  /// Signs as the delegated key whatever stands in it.
  [[nodiscard]] Bytes sign(Charter charter) const {
    auto bytes = charter.sign(delegated_);
    CHECK(bytes.has_value());
    return *bytes;
  }

 private:
  struct State {
    Charter charter;
    Bytes bytes;
    std::shared_ptr<const crypto::SecretBytes> epoch_key;
  };

  Device make_device(DeviceNumber number) {
    Device made{.listed = {},
                .signing = crypto::make_signing_key(random_),
                .request = crypto::make_signing_key(random_),
                .sealing = crypto::make_sealing_key(random_)};
    made.listed.number = number;
    made.listed.id = random_.id<DeviceTag>();
    made.listed.device_class = number == 1 ? DeviceClass::desk : DeviceClass::kiosk;
    made.listed.signing_key = made.signing.public_key;
    made.listed.request_key = made.request.public_key;
    made.listed.sealing_key = made.sealing.public_key;
    return made;
  }

  void add_scope(const ScopeId& scope) {
    auto key = crypto::SecretBytes::of_size(32);
    random_.fill(key.mutable_view());
    State state;
    state.charter.organisation = organisation_;
    state.charter.scope = scope;
    state.charter.number = 1;
    state.charter.written_quarter = 1'980'000;
    constexpr std::int64_t expires = std::int64_t{4'000'000'000'000};  // in the year 2096
    state.charter.delegation = delegate(organisation_, 1, {expires}, delegated_.public_key, root_);
    Epoch epoch{.id = crypto::key_id(key), .number = 1, .grants = {}};
    for (const Device& device : devices_) {
      state.charter.devices.push_back(device.listed);
      epoch.grants.push_back(seal_grant(scope, key, device.listed, random_));
    }
    state.charter.epochs.push_back(std::move(epoch));
    auto bytes = state.charter.sign(delegated_);
    CHECK(bytes.has_value());
    state.bytes = std::move(*bytes);
    state.epoch_key = std::make_shared<const crypto::SecretBytes>(std::move(key));
    states_.emplace(scope, std::move(state));
    scopes_.push_back(scope);
  }

  [[nodiscard]] Bytes write_next(const ScopeId&, const std::function<void(Charter&)>& change, Charter& charter) const {
    charter.previous = charter.hash;
    ++charter.number;
    change(charter);
    auto bytes = charter.sign(delegated_);
    CHECK(bytes.has_value());
    return *bytes;
  }

  SeededRandom random_;
  crypto::SigningKeyPair root_;
  crypto::SigningKeyPair delegated_;
  OrganisationId organisation_;
  std::vector<Device> devices_;
  std::vector<ScopeId> scopes_;
  std::map<ScopeId, State> states_;
};

}  // namespace huisbord
