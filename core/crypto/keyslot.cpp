// SPDX-License-Identifier: GPL-3.0-or-later
// Opening and changing key files.
#include "core/crypto/keyslot.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/hash.h"
#include "core/crypto/keyslot_format.h"
#include "core/crypto/memory.h"

namespace huisbord::crypto {
namespace {

std::unexpected<Error> disagrees() {
  return fail(ErrorCode::damaged, "The key file of this store was changed by something that does not have its key; put back a copy of it.");
}

Bytes stretch_parameters(Argon2Parameters parameters, Random& random) {
  Salt salt;
  random.fill(salt);
  return encode_stretch({parameters, salt});
}

}  // namespace

const SecretBytes* FactorInput::find(FactorKind kind) const {
  switch (kind) {
    case FactorKind::phrase:
      return phrase;
    case FactorKind::tpm:
      return tpm;
    case FactorKind::relay_share:
      return relay_share;
    case FactorKind::staff_passphrase:
      return staff_passphrase;
  }
  return nullptr;
}

Status check_factor_set(std::span<const Factor> factors) {
  std::vector<FactorKind> kinds;
  for (const Factor& factor : factors) {
    if (static_cast<std::uint8_t>(factor.kind) > newest_factor_kind) return {};
    kinds.push_back(factor.kind);
  }
  using enum FactorKind;
  static const std::vector<FactorKind> accepted[] = {{phrase}, {relay_share}, {tpm, relay_share}, {tpm, staff_passphrase}};
  if (std::ranges::find(accepted, kinds) != std::end(accepted)) return {};
  return fail(
      ErrorCode::refused,
      "A store is opened by its house phrase, or by its TPM with the relay's share or a staff passphrase; this combination is not one.");
}

Result<SealingKeyPair> KeyslotFile::slot_key(const Keyslot& slot, const FactorInput& input) const {
  Hasher hasher("hb.slot.key");
  for (const Factor& factor : slot.factors) {
    const SecretBytes* const secret = input.find(factor.kind);
    CHECK(secret != nullptr);
    const ByteArray<1> kind{static_cast<std::uint8_t>(factor.kind)};
    hasher.update(kind);
    if (is_stretched(factor.kind)) {
      TRY_ASSIGN(const Stretch with, decode_stretch(factor.parameters));
      TRY_ASSIGN(const SecretBytes output, stretch(*secret, with.salt, with.parameters));
      hasher.update(output.view());
    } else {
      if (secret->size() != key_size) return fail(ErrorCode::invalid, "A factor that opens a store has the wrong size.");
      hasher.update(secret->view());
    }
  }
  return sealing_key_from_secret(hasher.finish_secret());
}

Result<SecretBytes> KeyslotFile::open(const FactorInput& input) const {
  bool tried = false;
  for (const Keyslot& slot : slots_) {
    if (!std::ranges::all_of(slot.factors, [&](const Factor& factor) { return input.find(factor.kind) != nullptr; })) continue;
    tried = true;
    TRY_ASSIGN(const SealingKeyPair pair, slot_key(slot, input));
    if (pair.public_key != slot.public_key) continue;
    auto store_key = open_sealed(pair, associated(slot), slot.sealed);
    if (!store_key || !check_store_key(*store_key)) return disagrees();
    return store_key;
  }
  if (!tried) return fail(ErrorCode::wrong_key, "What was given is not enough for any way into this store.");
  if (input.phrase != nullptr) return fail(ErrorCode::wrong_key, "This house phrase opens nothing here.");
  return fail(ErrorCode::wrong_key, "What was given opens nothing here.");
}

Status KeyslotFile::check_store_key(const SecretBytes& store_key) const {
  if (store_key.size() != key_size || key_id(store_key) != store_key_id_) {
    return fail(ErrorCode::wrong_key, "This key is not the key of this store.");
  }
  if (!equal(keyed_hash(authenticator_tag, store_key, public_part()), authenticator_)) return disagrees();
  return {};
}

void KeyslotFile::authenticate(const SecretBytes& store_key) { authenticator_ = keyed_hash(authenticator_tag, store_key, public_part()); }

Result<KeyslotFile> KeyslotFile::make(const SecretBytes& store_key, const SecretBytes& phrase, Argon2Parameters parameters,
                                      Random& random) {
  CHECK(store_key.size() == key_size);
  KeyslotFile made;
  random.fill(made.file_id_);
  made.store_key_id_ = key_id(store_key);
  made.authenticate(store_key);
  TRY_ASSIGN([[maybe_unused]] const std::uint32_t slot, made.add_phrase_slot(store_key, phrase, parameters, random));
  return made;
}

Result<std::uint32_t> KeyslotFile::add_phrase_slot(const SecretBytes& store_key, const SecretBytes& phrase, Argon2Parameters parameters,
                                                   Random& random) {
  if (!parameters.acceptable()) return fail(ErrorCode::invalid, "Argon2id parameters are outside what this release accepts.");
  std::vector<Factor> factors;
  factors.push_back({FactorKind::phrase, stretch_parameters(parameters, random)});
  return add_slot(store_key, std::move(factors), FactorInput::with_phrase(phrase), random);
}

Result<std::uint32_t> KeyslotFile::add_slot(const SecretBytes& store_key, std::vector<Factor> factors, const FactorInput& input,
                                            Random& random) {
  TRY_STATUS(check_store_key(store_key));
  TRY_STATUS(check_factor_set(factors));
  if (slots_.size() >= most_slots) return fail(ErrorCode::limit, "A store has at most 16 ways in; remove one first.");
  Keyslot slot;
  slot.factors = std::move(factors);
  for (const Factor& factor : slot.factors) {
    if (input.find(factor.kind) == nullptr) return fail(ErrorCode::invalid, "A factor of the new way in is missing.");
    if (factor.parameters.size() > most_parameters)
      return fail(ErrorCode::limit, "A factor's parameters are larger than a key file takes.");
  }
  // Numbers are not given twice while a higher one stands.
  for (const Keyslot& other : slots_) slot.id = std::max(slot.id, other.id);
  ++slot.id;
  TRY_ASSIGN(const SealingKeyPair pair, slot_key(slot, input));
  slot.public_key = pair.public_key;
  seal(slot, store_key, random);
  slots_.push_back(std::move(slot));
  authenticate(store_key);
  return slots_.back().id;
}

void KeyslotFile::seal(Keyslot& slot, const SecretBytes& store_key, Random& random) const {
  const Bytes sealed = seal_to(slot.public_key, associated(slot), store_key.view(), random);
  CHECK(sealed.size() == slot.sealed.size());
  std::ranges::copy(sealed, slot.sealed.begin());
}

Result<KeyslotFile> KeyslotFile::rekeyed(const SecretBytes& store_key, const SecretBytes& next_store_key, Random& random) const {
  TRY_STATUS(check_store_key(store_key));
  CHECK(next_store_key.size() == key_size);
  KeyslotFile next = *this;
  next.store_key_id_ = key_id(next_store_key);
  for (Keyslot& slot : next.slots_) next.seal(slot, next_store_key, random);
  next.authenticate(next_store_key);
  return next;
}

Status KeyslotFile::remove(std::uint32_t slot, const SecretBytes& store_key) {
  TRY_STATUS(check_store_key(store_key));
  const auto found = std::ranges::find(slots_, slot, &Keyslot::id);
  if (found == slots_.end()) return fail(ErrorCode::not_found, "This store has no way in with that number.");
  if (slots_.size() == 1) return fail(ErrorCode::refused, "The last way into a store is never removed; add another first.");
  slots_.erase(found);
  authenticate(store_key);
  return {};
}

}  // namespace huisbord::crypto
