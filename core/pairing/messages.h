// SPDX-License-Identifier: GPL-3.0-or-later
// The four messages of pairing between bytes and values, and the six words over them (PROTOCOL.md 9.3, 9.4).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/crypto/hash.h"
#include "core/crypto/sealing.h"
#include "core/crypto/signing.h"
#include "core/crypto/words.h"
#include "core/pairing/code.h"

namespace huisbord {

inline constexpr std::size_t max_pairing_message = 4096;

using PairingRandom = ByteArray<32>;

/// What a desk holds of a scope: the kiosk takes no older one.
struct OfferedScope {
  ScopeId scope;
  std::uint32_t charter = 0;
  crypto::Hash charter_hash{};
  std::optional<crypto::Hash> snapshot;
};
struct PairingOffer {
  OrganisationId organisation;
  crypto::SigningPublicKey root;
  DeviceId device;
  crypto::SigningPublicKey signing;
  crypto::SealingPublicKey sealing;
  OfferedScope org;
  OfferedScope house;
  std::optional<StaffId> staff;
  PairingRandom random{};
};
/// The public side of a device that wants to be admitted.
struct PairingDevice {
  DeviceId device;
  crypto::SigningPublicKey signing;
  crypto::SigningPublicKey request;
  crypto::SealingPublicKey sealing;
  std::optional<crypto::SealingPublicKey> custody;
};
struct PairingReveal {
  PairingDevice device;
  PairingRandom random{};
};

[[nodiscard]] Bytes write_commit(const crypto::Hash& reveal_hash);
[[nodiscard]] Bytes write_offer(const PairingOffer& offer);
[[nodiscard]] Bytes write_reveal(const PairingReveal& reveal);
[[nodiscard]] Bytes write_verdict(bool admitted);

// limit, parse (also: a key or identifier of another size), version.
[[nodiscard]] Result<crypto::Hash> read_commit(ByteView bytes);
[[nodiscard]] Result<PairingOffer> read_offer(ByteView bytes);
[[nodiscard]] Result<PairingReveal> read_reveal(ByteView bytes);
[[nodiscard]] Result<bool> read_verdict(ByteView bytes);

/// What a Commit holds: over the exact bytes of the Reveal.
[[nodiscard]] crypto::Hash commitment(ByteView reveal);

/// Places in the list of words.
using PairingWords = std::array<std::uint16_t, crypto::phrase_words>;
/// The first 66 bits.
[[nodiscard]] PairingWords words_of(const crypto::Hash& hash);
/// 66 bits over code and messages as they travelled: equal on both sides only when every byte was.
[[nodiscard]] PairingWords pairing_words(const PairingCode& code, ByteView commit, ByteView offer, ByteView reveal);
/// "molen appel fiets winter brug tulp".
[[nodiscard]] std::string text_of(const PairingWords& words);

}  // namespace huisbord
