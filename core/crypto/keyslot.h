// SPDX-License-Identifier: GPL-3.0-or-later
// The file beside a store that holds its key, wrapped once for each set of factors that may open it (KEYS.md 9).
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crypto/key_id.h"
#include "core/crypto/password.h"
#include "core/crypto/sealing.h"

namespace huisbord::crypto {

/// Numbers of the file; a slot that holds a kind not listed here belongs to a later release, is kept and never opened.
enum class FactorKind : std::uint8_t {
  phrase = 1,            ///< the house phrase, normalised
  tpm = 2,               ///< 32 bytes that the machine's TPM releases; parameters: its sealed object
  relay_share = 3,       ///< 32 bytes that the relay gives to an active device; parameters: which share
  staff_passphrase = 4,  ///< chosen by a person, so never alone
};

/// What is at hand to open with or to make a slot from; all of a slot's factors must be there. Not owned.
struct FactorInput {
  const SecretBytes* phrase = nullptr;
  const SecretBytes* tpm = nullptr;
  const SecretBytes* relay_share = nullptr;
  const SecretBytes* staff_passphrase = nullptr;

  [[nodiscard]] static FactorInput with_phrase(const SecretBytes& normalised) { return {.phrase = &normalised}; }
  [[nodiscard]] const SecretBytes* find(FactorKind kind) const;
};

/// One factor as a slot stores it.
struct Factor {
  FactorKind kind = FactorKind::phrase;
  Bytes parameters;  ///< for phrase and staff_passphrase: operations u64 || memory u64 || salt 16
};

/// ErrorCode::refused unless the kinds, ascending, are one of the sets that may open a store: phrase; TPM and relay share; TPM and staff
/// passphrase; relay share alone (an explicit, warned choice). A set with a kind of a later release is accepted as it stands.
[[nodiscard]] Status check_factor_set(std::span<const Factor> factors);

struct Keyslot {
  std::uint32_t id = 0;
  std::vector<Factor> factors;
  SealingPublicKey public_key;  ///< of the pair whose secret the factors make
  ByteArray<80> sealed{};       ///< the store key, sealed to it: a new store key needs no factor
};

/// Every slot wraps the same store key. The file's hash tells damage from a wrong key; its authenticator under the store key, checked at
/// each opening, tells that no slot was changed by somebody who has not the key. Going back to an older file is not seen: KEYS.md 9.5.
class KeyslotFile {
 public:
  /// A file for a new store, with its first slot.
  [[nodiscard]] static Result<KeyslotFile> make(const SecretBytes& store_key, const SecretBytes& phrase, Argon2Parameters parameters,
                                                Random& random);
  /// not_found, damaged (any byte changed, cut short), newer_version, refused (a set of factors that may not open a store), io.
  [[nodiscard]] static Result<KeyslotFile> load(const std::filesystem::path& path);
  [[nodiscard]] static Result<KeyslotFile> parse(ByteView bytes);
  [[nodiscard]] Bytes serialise() const;
  /// Whole or not at all, on the disk when it returns: temporary file, fsync, rename, fsync of the folder. disk_full, read_only, io.
  [[nodiscard]] Status save(const std::filesystem::path& path) const;

  /// The store key. wrong_key when no slot opens with what is given, damaged when a slot opens and the rest does not agree with it.
  [[nodiscard]] Result<SecretBytes> open(const FactorInput& input) const;

  /// The number of the new slot. wrong_key when `store_key` is not this file's.
  [[nodiscard]] Result<std::uint32_t> add_phrase_slot(const SecretBytes& store_key, const SecretBytes& phrase, Argon2Parameters parameters,
                                                      Random& random);
  /// For factors whose secret comes from elsewhere: `factors` ascending by kind with their parameters, `input` with a secret for each.
  [[nodiscard]] Result<std::uint32_t> add_slot(const SecretBytes& store_key, std::vector<Factor> factors, const FactorInput& input,
                                               Random& random);
  /// not_found, or refused for the last slot: a store that nothing opens is a lost store.
  [[nodiscard]] Status remove(std::uint32_t slot, const SecretBytes& store_key);

  /// The same ways into a store that has a new key. Needs no factor, so a kiosk alone at night does it; what this file opened with opens
  /// only what the new file seals. wrong_key, damaged.
  [[nodiscard]] Result<KeyslotFile> rekeyed(const SecretBytes& store_key, const SecretBytes& next_store_key, Random& random) const;

  [[nodiscard]] const std::vector<Keyslot>& slots() const { return slots_; }
  [[nodiscard]] const KeyId& store_key_id() const { return store_key_id_; }

 private:
  KeyslotFile() = default;
  [[nodiscard]] Bytes public_part() const;
  [[nodiscard]] Bytes associated(const Keyslot& slot) const;
  /// wrong_key for another key than the file is for, damaged when the authenticator does not agree.
  [[nodiscard]] Status check_store_key(const SecretBytes& store_key) const;
  void authenticate(const SecretBytes& store_key);
  [[nodiscard]] Result<SealingKeyPair> slot_key(const Keyslot& slot, const FactorInput& input) const;
  void seal(Keyslot& slot, const SecretBytes& store_key, Random& random) const;

  ByteArray<16> file_id_{};
  KeyId store_key_id_{};
  std::vector<Keyslot> slots_;
  ByteArray<32> authenticator_{};
};

}  // namespace huisbord::crypto
