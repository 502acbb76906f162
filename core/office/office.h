// SPDX-License-Identifier: GPL-3.0-or-later
// The office: who holds the delegated key and so writes the charters, whatever program it sits in.
#pragma once

#include <functional>

#include "core/crypto/signing.h"
#include "core/store/vault.h"

namespace huisbord {

/// Invariant: the vault (not owned) keeps the delegated key and is an active desk in the charters that it writes. A charter written here is
/// in the vault when the call returns; the next pull finds that the relay's is lower and puts it there (PROTOCOL.md 7).
class Office {
 public:
  /// Of a new organisation, in a vault just founded: keeps the key and writes the first charter of `org`.
  [[nodiscard]] static Result<Office> found(Vault& vault, crypto::SigningKeyPair delegated, const Delegation& delegation, Random& random);
  /// In a vault that has its charters already: this key and delegation write from now on; the next charter of each scope says so.
  [[nodiscard]] static Result<Office> take_up(Vault& vault, crypto::SigningKeyPair delegated, const Delegation& delegation, Random& random);
  /// not_found when this store holds no key that writes charters.
  [[nodiscard]] static Result<Office> open(Vault& vault, Random& random);

  [[nodiscard]] Vault& vault() const { return *vault_; }
  [[nodiscard]] Random& random() const { return *random_; }
  [[nodiscard]] ScopeId org() const { return vault_->organisation().as<ScopeTag>(); }
  /// Which key writes here and until when.
  [[nodiscard]] const Delegation& delegation() const { return delegation_; }

  /// The first charter of a scope: this desk in it, and its first epoch.
  [[nodiscard]] Status begin_scope(const ScopeId& scope);
  /// A scope of which this desk holds nothing yet: the charter after `newest`, with this desk in it.
  [[nodiscard]] Status enter_scope(const Charter& newest);
  /// The scope's next charter: what is held, changed by `edit` (charter_edit.h), signed, taken. Nothing is written when the edit refuses.
  [[nodiscard]] Status amend(const ScopeId& scope, const std::function<Status(Charter&)>& edit);
  /// The key of the scope's epoch in use.
  [[nodiscard]] Result<crypto::SecretBytes> epoch_key(const ScopeId& scope) const;
  /// Lists a new device in the scope's next charter and gives it the keys of the epochs that have not ended; its number. One that is listed
  /// with these keys and active keeps its number, and nothing is written.
  [[nodiscard]] Result<DeviceNumber> admit(const ScopeId& scope, const CharterDevice& device);

 private:
  Office(Vault& vault, crypto::SigningKeyPair delegated, const Delegation& delegation, Random& random);

  Vault* vault_;
  crypto::SigningKeyPair delegated_;
  Delegation delegation_;
  Random* random_;
};

}  // namespace huisbord
