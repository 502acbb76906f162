// SPDX-License-Identifier: GPL-3.0-or-later
// Making and gathering factors.
#include "core/unlock/factors.h"

#include <algorithm>

#include "core/crypto/hash.h"
#include "core/crypto/keyslot_format.h"

namespace huisbord {
namespace {

using crypto::Factor;
using crypto::FactorKind;
using crypto::Keyslot;
using crypto::SecretBytes;

const Factor* find(const Keyslot& slot, FactorKind kind) {
  const auto found = std::ranges::find(slot.factors, kind, &Factor::kind);
  return found == slot.factors.end() ? nullptr : &*found;
}

SecretBytes random_secret(Random& random) {
  SecretBytes made = SecretBytes::of_size(32);
  random.fill(made.mutable_view());
  return made;
}

/// What the TPM is told instead of the passphrase: stretched, so that the bus and the TPM never see what a person chose.
Result<SecretBytes> authorisation(const SecretBytes& passphrase, const crypto::Stretch& with) {
  TRY_ASSIGN(const SecretBytes stretched, crypto::stretch(passphrase, with.salt, with.parameters));
  return crypto::derive_key("hb.tpm.auth", stretched, {});
}

}  // namespace

crypto::FactorInput FactorsAtHand::input() const {
  const auto given = [](const SecretBytes& secret) { return secret.empty() ? nullptr : &secret; };
  return {.phrase = given(phrase), .tpm = given(tpm), .relay_share = given(relay_share), .staff_passphrase = given(staff_passphrase)};
}

SlotKind kind_of(const Keyslot& slot) {
  using enum FactorKind;
  if (std::ranges::any_of(slot.factors,
                          [](const Factor& factor) { return static_cast<std::uint8_t>(factor.kind) > crypto::newest_factor_kind; }))
    return SlotKind::later;
  if (find(slot, FactorKind::phrase) != nullptr) return SlotKind::phrase;
  if (find(slot, tpm) == nullptr) return SlotKind::share_alone;
  return find(slot, relay_share) != nullptr ? SlotKind::tpm_and_share : SlotKind::tpm_and_passphrase;
}

bool is_unattended(const Keyslot& slot) {
  const SlotKind kind = kind_of(slot);
  return kind == SlotKind::tpm_and_share || kind == SlotKind::share_alone;
}

Result<std::uint32_t> add_tpm_and_share(crypto::KeyslotFile& file, const SecretBytes& store_key, Tpm& tpm, const SecretBytes& share,
                                        const Bytes& share_parameters, Random& random) {
  const SecretBytes secret = random_secret(random);
  TRY_ASSIGN(Bytes object, tpm.seal(secret, nullptr));
  std::vector<Factor> factors{{FactorKind::tpm, std::move(object)}, {FactorKind::relay_share, share_parameters}};
  return file.add_slot(store_key, std::move(factors), {.tpm = &secret, .relay_share = &share}, random);
}

Result<std::uint32_t> add_share_alone(crypto::KeyslotFile& file, const SecretBytes& store_key, const SecretBytes& share,
                                      const Bytes& share_parameters, Random& random) {
  return file.add_slot(store_key, {{FactorKind::relay_share, share_parameters}}, {.relay_share = &share}, random);
}

Result<std::uint32_t> add_tpm_and_passphrase(crypto::KeyslotFile& file, const SecretBytes& store_key, Tpm& tpm,
                                             const SecretBytes& passphrase, crypto::Argon2Parameters parameters, Random& random) {
  crypto::Stretch with{.parameters = parameters, .salt = {}};
  random.fill(with.salt);
  TRY_ASSIGN(const SecretBytes allowed, authorisation(passphrase, with));
  const SecretBytes secret = random_secret(random);
  TRY_ASSIGN(Bytes object, tpm.seal(secret, &allowed));
  std::vector<Factor> factors{{FactorKind::tpm, std::move(object)}, {FactorKind::staff_passphrase, crypto::encode_stretch(with)}};
  return file.add_slot(store_key, std::move(factors), {.tpm = &secret, .staff_passphrase = &passphrase}, random);
}

Result<FactorsAtHand> gather_unattended(const crypto::KeyslotFile& file, Tpm* tpm, ShareSource* share) {
  Error why{ErrorCode::not_found, "This store has no way in without a person."};
  for (const Keyslot& slot : file.slots()) {
    if (!is_unattended(slot)) continue;
    FactorsAtHand hand;
    if (const Factor* const object = find(slot, FactorKind::tpm); object != nullptr) {
      if (tpm == nullptr) {
        why = {ErrorCode::not_found, "A way into this store needs the TPM of this machine, which is not there."};
        continue;
      }
      auto secret = tpm->unseal(object->parameters, nullptr);
      if (!secret) {
        why = secret.error();
        continue;
      }
      hand.tpm = std::move(*secret);
    }
    if (share == nullptr) {
      why = {ErrorCode::not_found, "A way into this store needs the relay's share, and no relay is set."};
      continue;
    }
    auto given = share->share(find(slot, FactorKind::relay_share)->parameters);
    if (!given) {
      why = given.error();
      continue;
    }
    hand.relay_share = std::move(*given);
    if (auto opens = file.open(hand.input()); opens) return hand;
    why = {ErrorCode::wrong_key, "What the TPM and the relay gave opens nothing here."};
  }
  return std::unexpected(why);
}

Result<FactorsAtHand> gather_with_passphrase(const crypto::KeyslotFile& file, Tpm& tpm, const SecretBytes& passphrase) {
  Error why{ErrorCode::not_found, "This store has no way in with a passphrase of staff."};
  for (const Keyslot& slot : file.slots()) {
    if (kind_of(slot) != SlotKind::tpm_and_passphrase) continue;
    TRY_ASSIGN(const crypto::Stretch with, crypto::decode_stretch(find(slot, FactorKind::staff_passphrase)->parameters));
    TRY_ASSIGN(const SecretBytes allowed, authorisation(passphrase, with));
    auto secret = tpm.unseal(find(slot, FactorKind::tpm)->parameters, &allowed);
    if (!secret) {
      why = secret.error();
      if (why.code == ErrorCode::unavailable) break;
      continue;
    }
    FactorsAtHand hand;
    hand.tpm = std::move(*secret);
    hand.staff_passphrase = passphrase.clone();
    return hand;
  }
  return std::unexpected(why);
}

}  // namespace huisbord
