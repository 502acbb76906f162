// SPDX-License-Identifier: GPL-3.0-or-later
// The custody key of a kiosk: person keys reach it sealed to this key, whose secret opens only with a staff passphrase (KEYS.md 10).
#pragma once

#include <vector>

#include "core/base/ids.h"
#include "core/crypto/password.h"
#include "core/crypto/sealing.h"

namespace huisbord::crypto {

/// The secret sealed for one member of staff: to a public key whose secret half follows from the passphrase, so that a new custody key is
/// sealed for everybody who stays with nobody's passphrase at hand.
struct CustodyWrap {
  StaffId staff;
  Argon2Parameters parameters;
  Salt salt{};
  SealingPublicKey staff_key;
  ByteArray<80> sealed{};
};

/// Lives in the vault. The secret is nowhere but inside the wraps; whoever opens one holds it for the length of a session.
/// When somebody leaves: remove_wrap and renewed() at once; the desk then seals person keys to the new one.
class Custody {
 public:
  /// A new key pair, wrapped at once for its first member of staff.
  [[nodiscard]] static Result<Custody> make(const StaffId& staff, const SecretBytes& passphrase, Argon2Parameters parameters,
                                            Random& random);
  /// The same of a pair that is there already.
  [[nodiscard]] static Result<Custody> of(const SealingKeyPair& pair, const StaffId& staff, const SecretBytes& passphrase,
                                          Argon2Parameters parameters, Random& random);
  [[nodiscard]] const SealingPublicKey& public_key() const { return public_key_; }
  [[nodiscard]] const std::vector<CustodyWrap>& wraps() const { return wraps_; }

  /// not_found without a wrap for this member of staff, wrong_key for another passphrase, damaged when what opens is not this key.
  [[nodiscard]] Result<SealingKeyPair> open(const StaffId& staff, const SecretBytes& passphrase) const;
  /// Needs the opened pair, so only staff add staff. Replaces the wrap of somebody who has one (a new passphrase).
  [[nodiscard]] Status add_wrap(const SealingKeyPair& opened, const StaffId& staff, const SecretBytes& passphrase,
                                Argon2Parameters parameters, Random& random);
  /// not_found. Removing the last is allowed: the key is then lost, as it must be when nobody enrolled is left.
  [[nodiscard]] Status remove_wrap(const StaffId& staff);
  /// Another key pair for the same members of staff under the same passphrases. Its secret is in memory only until this returns.
  [[nodiscard]] Custody renewed(Random& random) const;

  [[nodiscard]] Bytes serialise() const;
  /// damaged, or newer_version.
  [[nodiscard]] static Result<Custody> parse(ByteView bytes);

 private:
  Custody() = default;
  [[nodiscard]] Bytes context(const CustodyWrap& wrap) const;
  void seal(CustodyWrap& wrap, const SecretBytes& secret, Random& random) const;
  SealingPublicKey public_key_;
  std::vector<CustodyWrap> wraps_;
};

}  // namespace huisbord::crypto
