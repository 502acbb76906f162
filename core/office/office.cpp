// SPDX-License-Identifier: GPL-3.0-or-later
// Writing charters: the next of a scope is what is held, edited, signed and taken like anybody's.
#include "core/office/office.h"

#include <array>

#include "core/crypto/memory.h"
#include "core/journal/envelope/charter_edit.h"
#include "core/journal/grant.h"
#include "core/office/device.h"
#include "core/office/root_key.h"

namespace huisbord {
namespace {

constexpr const char* delegated_setting = "desk.delegated";

}  // namespace

Office::Office(Vault& vault, crypto::SigningKeyPair delegated, const Delegation& delegation, Random& random)
    : vault_(&vault), delegated_(std::move(delegated)), delegation_(delegation), random_(&random) {}

Result<Office> Office::found(Vault& vault, crypto::SigningKeyPair delegated, const Delegation& delegation, Random& random) {
  TRY_ASSIGN(Office office, take_up(vault, std::move(delegated), delegation, random));
  TRY_STATUS(office.begin_scope(office.org()));
  return office;
}

Result<Office> Office::take_up(Vault& vault, crypto::SigningKeyPair delegated, const Delegation& delegation, Random& random) {
  // Key and delegation in one value: whatever happens, they belong to each other.
  Bytes value = to_bytes(delegated.seed());
  ByteWriter(value).raw(write_delegation({vault.organisation(), delegation}));
  const Status kept = vault.set_setting(delegated_setting, value);
  crypto::wipe(value);
  TRY_STATUS(kept);
  return Office(vault, std::move(delegated), delegation, random);
}

Result<Office> Office::open(Vault& vault, Random& random) {
  TRY_ASSIGN(auto stored, vault.setting(delegated_setting));
  if (!stored || stored->size() < 32) return fail(ErrorCode::not_found, "This store is no desk's: it holds no key that writes charters.");
  crypto::SigningKeyPair delegated = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(ByteView(*stored).first(32)));
  const auto made = read_delegation(ByteView(*stored).subspan(32));
  crypto::wipe(*stored);
  if (!made) return std::unexpected(made.error());
  return Office(vault, std::move(delegated), made->delegation, random);
}

Status Office::begin_scope(const ScopeId& scope) {
  Charter charter = first_charter(vault_->organisation(), scope, delegation_, vault_->trusted_now());
  TRY_STATUS(add_device(charter, listed(vault_->founding(), DeviceClass::desk)));
  crypto::SecretBytes key = crypto::SecretBytes::of_size(32);
  random_->fill(key.mutable_view());
  const std::array grants{seal_grant(scope, key, charter.devices.front(), *random_)};
  TRY_STATUS(begin_epoch(charter, crypto::key_id(key), grants));
  TRY_ASSIGN(const Bytes bytes, charter.sign(delegated_));
  return vault_->take_charter(bytes);
}

Status Office::enter_scope(const Charter& newest) {
  Charter charter = next_charter(newest, vault_->trusted_now());
  TRY_STATUS(set_delegation(charter, delegation_));
  TRY_ASSIGN([[maybe_unused]] const DeviceNumber number, add_device(charter, listed(vault_->founding(), DeviceClass::desk)));
  TRY_ASSIGN(const Bytes bytes, charter.sign(delegated_));
  return vault_->take_charter(bytes);
}

Status Office::amend(const ScopeId& scope, const std::function<Status(Charter&)>& edit) {
  TRY_ASSIGN(const Charter held, vault_->held_charter(scope));
  Charter charter = next_charter(held, vault_->trusted_now());
  if (delegation_.number > held.delegation.number) TRY_STATUS(set_delegation(charter, delegation_));
  TRY_STATUS(edit(charter));
  TRY_ASSIGN(const Bytes bytes, charter.sign(delegated_));
  return vault_->take_charter(bytes);
}

Result<crypto::SecretBytes> Office::epoch_key(const ScopeId& scope) const { return vault_->epoch_key(scope); }

Result<DeviceNumber> Office::admit(const ScopeId& scope, const CharterDevice& device) {
  TRY_ASSIGN(const Charter held, vault_->held_charter(scope));
  if (const CharterDevice* known = held.device(device.id); known != nullptr && known->state == DeviceState::active) {
    if (known->signing_key == device.signing_key && known->device_class == device.device_class) return known->number;
  }
  DeviceNumber number = 0;
  const Status written = amend(scope, [&](Charter& charter) -> Status {
    TRY_ASSIGN(number, add_device(charter, device));
    for (const Epoch& epoch : std::vector<Epoch>(charter.epochs)) {
      if (epoch.grants.empty()) continue;
      const auto key = vault_->epoch_key(scope, epoch.id);
      // A desk restored without its backup of keys lacks those of before: nobody is given them here.
      if (!key && key.error().code == ErrorCode::epoch) continue;
      if (!key) return std::unexpected(key.error());
      TRY_STATUS(grant_epoch(charter, epoch.id, seal_grant(scope, *key, *charter.device(number), *random_)));
    }
    return {};
  });
  TRY_STATUS(written);
  return number;
}

}  // namespace huisbord
