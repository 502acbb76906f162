// SPDX-License-Identifier: GPL-3.0-or-later
// Sealed keys inside a charter, each bound to its place: FORMAT.md 8.4.
#include "core/journal/grant.h"

#include <algorithm>

#include "core/base/check.h"

namespace huisbord {
namespace {

constexpr std::string_view outer_layer = "outer.";

Bytes grant_context(const ScopeId& scope, DeviceNumber device, const crypto::KeyId& epoch) {
  Bytes context;
  ByteWriter writer(context);
  writer.raw(view("hb.grant"));
  writer.raw(scope.bytes);
  writer.u32(device);
  writer.raw(epoch);
  return context;
}

Bytes keyring_context(const ScopeId& scope, const PersonId& person, DeviceNumber device, const crypto::KeyId& custody,
                      const crypto::KeyId& key) {
  Bytes context;
  ByteWriter writer(context);
  writer.raw(view(outer_layer));
  writer.raw(view("hb.keyring"));
  writer.raw(scope.bytes);
  writer.raw(person.bytes);
  writer.u32(device);
  writer.raw(custody);
  writer.raw(key);
  return context;
}

/// The inner layer's context is the outer one's without its first word.
ByteView inner(ByteView context) { return context.subspan(outer_layer.size()); }

Result<crypto::SecretBytes> open_key(const crypto::SealingKeyPair& receiver, ByteView context, ByteView sealed, const crypto::KeyId& id) {
  TRY_ASSIGN(crypto::SecretBytes key, crypto::open_sealed(receiver, context, sealed));
  if (key.size() != 32 || crypto::key_id(key) != id) return fail(ErrorCode::seal, "A sealed key is another one than the charter names.");
  return key;
}

}  // namespace

crypto::KeyId custody_key_id(const crypto::SealingPublicKey& custody) {
  crypto::KeyId id;
  crypto::hash_into("hb.custody-id", {}, custody.bytes, id);
  return id;
}

EpochGrant seal_grant(const ScopeId& scope, const crypto::SecretBytes& epoch_key, const CharterDevice& device, Random& random) {
  CHECK(epoch_key.size() == 32);
  const Bytes context = grant_context(scope, device.number, crypto::key_id(epoch_key));
  return {device.number, crypto::seal_to(device.sealing_key, context, epoch_key.view(), random)};
}

Result<crypto::SecretBytes> open_grant(const Charter& charter, const crypto::KeyId& epoch, DeviceNumber device,
                                       const crypto::SealingKeyPair& sealing) {
  const Epoch* found = charter.epoch(epoch);
  if (found == nullptr) return fail(ErrorCode::epoch, "The charter lists no such epoch.");
  const auto grant = std::ranges::find(found->grants, device, &EpochGrant::device);
  if (grant == found->grants.end()) return fail(ErrorCode::epoch, "The charter grants this epoch's key to this device no longer.");
  return open_key(sealing, grant_context(charter.scope, device, epoch), grant->sealed, epoch);
}

KeyringEntry seal_person_key(const ScopeId& scope, const PersonId& person, const crypto::SecretBytes& person_key,
                             const CharterDevice& kiosk, const crypto::SealingPublicKey& custody, Random& random) {
  CHECK(person_key.size() == 32);
  KeyringEntry entry{person, crypto::key_id(person_key), kiosk.number, custody_key_id(custody), {}};
  const Bytes context = keyring_context(scope, person, kiosk.number, entry.custody, entry.key);
  const Bytes for_custody = crypto::seal_to(custody, inner(context), person_key.view(), random);
  entry.sealed = crypto::seal_to(kiosk.sealing_key, context, for_custody, random);
  return entry;
}

Result<crypto::SecretBytes> open_person_key(const Charter& charter, const PersonId& person, DeviceNumber device,
                                            const crypto::SealingKeyPair& custody, const crypto::SealingKeyPair& sealing) {
  if (charter.is_erased(person)) return fail(ErrorCode::charter, "This person was erased.");
  const crypto::KeyId custody_id = custody_key_id(custody.public_key);
  const auto entry = std::ranges::find_if(charter.keyring, [&](const KeyringEntry& candidate) {
    return candidate.person == person && candidate.device == device && candidate.custody == custody_id;
  });
  if (entry == charter.keyring.end()) return fail(ErrorCode::not_found, "The charter holds no key of this person for this kiosk.");
  const Bytes context = keyring_context(charter.scope, person, device, custody_id, entry->key);
  TRY_ASSIGN(const crypto::SecretBytes for_custody, crypto::open_sealed(sealing, context, entry->sealed));
  return open_key(custody, inner(context), for_custody.view(), entry->key);
}

}  // namespace huisbord
