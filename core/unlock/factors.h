// SPDX-License-Identifier: GPL-3.0-or-later
// Ways into a store that need the machine: the TPM with the relay's share, the TPM with a passphrase of staff (KEYS.md 9).
#pragma once

#include "core/crypto/keyslot.h"
#include "core/tpm/tpm.h"

namespace huisbord {

/// Where a slot's share comes from: the relay, or a test's idea of it.
class ShareSource {
 public:
  virtual ~ShareSource() = default;
  /// By the slot's parameters. refused: not now, and somebody at the desk decides; network: no relay.
  [[nodiscard]] virtual Result<crypto::SecretBytes> share(ByteView parameters) = 0;
};

/// What was gathered to open with; the input points into it.
struct FactorsAtHand {
  crypto::SecretBytes phrase;
  crypto::SecretBytes tpm;
  crypto::SecretBytes relay_share;
  crypto::SecretBytes staff_passphrase;
  [[nodiscard]] crypto::FactorInput input() const;
};

enum class SlotKind : std::uint8_t { phrase, tpm_and_share, tpm_and_passphrase, share_alone, later };
[[nodiscard]] SlotKind kind_of(const crypto::Keyslot& slot);
/// Opens without a person.
[[nodiscard]] bool is_unattended(const crypto::Keyslot& slot);

// A new slot; its number. The share has 32 bytes; its parameters say which it is.
[[nodiscard]] Result<std::uint32_t> add_tpm_and_share(crypto::KeyslotFile& file, const crypto::SecretBytes& store_key, Tpm& tpm,
                                                      const crypto::SecretBytes& share, const Bytes& share_parameters, Random& random);
/// Anybody with the disk whom the relay gives the share opens the store: only by somebody's explicit choice.
[[nodiscard]] Result<std::uint32_t> add_share_alone(crypto::KeyslotFile& file, const crypto::SecretBytes& store_key,
                                                    const crypto::SecretBytes& share, const Bytes& share_parameters, Random& random);
/// Wrong passphrases are counted by the TPM, which then makes everybody wait.
[[nodiscard]] Result<std::uint32_t> add_tpm_and_passphrase(crypto::KeyslotFile& file, const crypto::SecretBytes& store_key, Tpm& tpm,
                                                           const crypto::SecretBytes& passphrase, crypto::Argon2Parameters parameters,
                                                           Random& random);

/// Factors for a slot that opens without a person. not_found: there is no such slot; else why none of them opens now.
[[nodiscard]] Result<FactorsAtHand> gather_unattended(const crypto::KeyslotFile& file, Tpm* tpm, ShareSource* share);
/// Factors for a slot with the TPM and this passphrase. wrong_key, unavailable (too many wrong tries), not_found.
[[nodiscard]] Result<FactorsAtHand> gather_with_passphrase(const crypto::KeyslotFile& file, Tpm& tpm,
                                                           const crypto::SecretBytes& passphrase);

}  // namespace huisbord
