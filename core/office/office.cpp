// SPDX-License-Identifier: GPL-3.0-or-later
// Writing charters: the next of a scope is what is held, edited, signed and taken like anybody's.
#include "core/office/office.h"

#include <array>

#include "core/crypto/memory.h"
#include "core/journal/envelope/charter_edit.h"
#include "core/journal/grant.h"
#include "core/office/device.h"

namespace huisbord {
namespace {

constexpr const char* delegated_setting = "desk.delegated";

}  // namespace

Office::Office(Vault& vault, crypto::SigningKeyPair delegated, Random& random)
    : vault_(&vault), delegated_(std::move(delegated)), random_(&random) {}

Result<Office> Office::found(Vault& vault, crypto::SigningKeyPair delegated, const Delegation& delegation, Random& random) {
  TRY_STATUS(vault.set_setting(delegated_setting, delegated.seed()));
  Office office(vault, std::move(delegated), random);
  TRY_STATUS(office.write_first(office.org(), delegation));
  return office;
}

Result<Office> Office::open(Vault& vault, Random& random) {
  TRY_ASSIGN(auto stored, vault.setting(delegated_setting));
  if (!stored) return fail(ErrorCode::not_found, "This store is no desk's: it holds no key that writes charters.");
  crypto::SigningKeyPair delegated = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(*stored));
  crypto::wipe(*stored);
  return Office(vault, std::move(delegated), random);
}

Status Office::begin_scope(const ScopeId& scope) {
  TRY_ASSIGN(const Charter organisation, vault_->held_charter(org()));
  return write_first(scope, organisation.delegation);
}

Status Office::write_first(const ScopeId& scope, const Delegation& delegation) {
  Charter charter = first_charter(vault_->organisation(), scope, delegation, vault_->trusted_now());
  TRY_STATUS(add_device(charter, listed(vault_->founding(), DeviceClass::desk)));
  crypto::SecretBytes key = crypto::SecretBytes::of_size(32);
  random_->fill(key.mutable_view());
  const std::array grants{seal_grant(scope, key, charter.devices.front(), *random_)};
  TRY_STATUS(begin_epoch(charter, crypto::key_id(key), grants));
  TRY_ASSIGN(const Bytes bytes, charter.sign(delegated_));
  return vault_->take_charter(bytes);
}

Status Office::amend(const ScopeId& scope, const std::function<Status(Charter&)>& edit) {
  TRY_ASSIGN(const Charter held, vault_->held_charter(scope));
  Charter charter = next_charter(held, vault_->trusted_now());
  TRY_STATUS(edit(charter));
  TRY_ASSIGN(const Bytes bytes, charter.sign(delegated_));
  return vault_->take_charter(bytes);
}

Result<crypto::SecretBytes> Office::epoch_key(const ScopeId& scope) const {
  TRY_ASSIGN(const Charter charter, vault_->held_charter(scope));
  const Epoch* epoch = charter.highest_epoch();
  if (epoch == nullptr) return fail(ErrorCode::epoch, "The charter of that scope has no epoch.");
  TRY_ASSIGN(const ScopeIdentity me, vault_->identity(scope));
  return open_grant(charter, epoch->id, me.device, vault_->founding().sealing);
}

Result<DeviceNumber> Office::admit(const ScopeId& scope, const CharterDevice& device) {
  TRY_ASSIGN(const crypto::SecretBytes key, epoch_key(scope));
  DeviceNumber number = 0;
  TRY_STATUS(amend(scope, [&](Charter& charter) -> Status {
    TRY_ASSIGN(number, add_device(charter, device));
    return grant_epoch(charter, crypto::key_id(key), seal_grant(scope, key, *charter.device(number), *random_));
  }));
  return number;
}

}  // namespace huisbord
