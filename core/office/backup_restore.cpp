// SPDX-License-Identifier: GPL-3.0-or-later
// Writing the backup of keys, and a restored desk in three steps.
#include "core/office/backup_restore.h"

#include <algorithm>

#include "core/crypto/backup_file.h"
#include "core/crypto/memory.h"
#include "core/journal/envelope/charter_edit.h"
#include "core/office/device.h"
#include "core/office/epochs_tending.h"

namespace huisbord {
namespace {

Bytes key_record(KeyRecord what, ByteView id, const crypto::SecretBytes& key) {
  Bytes record;
  ByteWriter writer(record);
  writer.u8(static_cast<std::uint8_t>(what));
  writer.raw(id);
  writer.raw(key.view());
  return record;
}

Result<std::vector<Bytes>> key_records(const Vault& vault) {
  std::vector<Bytes> records;
  TRY_ASSIGN(const auto people, vault.people_with_keys());
  for (const PersonId& person : people) {
    TRY_ASSIGN(const auto key, vault.person_key(person));
    records.push_back(key_record(KeyRecord::person, person.bytes, key));
  }
  for (const ScopeId& scope : vault.scopes()) {
    TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
    for (const Epoch& epoch : charter.epochs) {
      const auto key = vault.epoch_key(scope, epoch.id);
      if (key) records.push_back(key_record(KeyRecord::epoch, scope.bytes, *key));
    }
    TRY_ASSIGN(const auto bytes, vault.charter(scope));
    Bytes record{static_cast<std::uint8_t>(KeyRecord::charter)};
    if (bytes) record.insert(record.end(), bytes->begin(), bytes->end());
    records.push_back(std::move(record));
  }
  return records;
}

Status put_epoch_keys(Vault& vault, const KeyBackup& keys) {
  for (const auto& [scope, key] : keys.epochs) {
    if (vault.charter_number(scope) == 0) continue;
    const Status put = vault.put_epoch_key(scope, key);
    if (!put && put.error().code != ErrorCode::epoch) return put;
  }
  return {};
}

/// The next charter of a scope with this desk in it.
Result<Bytes> charter_with(const Charter& held, const Founding& founding, const crypto::SigningKeyPair& delegated,
                           const Delegation& delegation, Millis now) {
  Charter next = next_charter(held, now);
  TRY_STATUS(set_delegation(next, delegation));
  TRY_ASSIGN([[maybe_unused]] const DeviceNumber number, add_device(next, listed(founding, DeviceClass::desk)));
  return next.sign(delegated);
}

}  // namespace

Status back_up_keys(Office& office, const std::filesystem::path& path, const crypto::SecretBytes& phrase,
                    crypto::Argon2Parameters parameters) {
  TRY_ASSIGN(std::vector<Bytes> records, key_records(office.vault()));
  Status written = crypto::write_backup_file(path, phrase, parameters, records, office.random());
  for (Bytes& record : records) crypto::wipe(record);
  return written;
}

Status restore_desk(const std::filesystem::path& vault, const crypto::SecretBytes& store_key, const Founding& founding,
                    const KeyBackup* keys, const std::map<ScopeId, Bytes>& newest, const crypto::SigningKeyPair& delegated,
                    const Delegation& delegation, Millis now) {
  TRY_ASSIGN(const Vault::Origin origin, Vault::origin(vault, store_key));
  std::vector<Bytes> charters;
  for (const Bytes& bytes : origin.charters) {
    TRY_ASSIGN(Charter held, Charter::verify(bytes, origin.root, nullptr));
    // Keys are backed up with every charter, so theirs is often the newer one; the relay's is as new as it likes to show.
    for (const auto* known : {keys == nullptr ? nullptr : &keys->charters, &newest}) {
      if (known == nullptr || !known->contains(held.scope)) continue;
      const auto newer = Charter::verify(known->at(held.scope), origin.root, &held);
      if (newer) held = *newer;
    }
    TRY_ASSIGN(Bytes next, charter_with(held, founding, delegated, delegation, now));
    charters.push_back(std::move(next));
  }
  return Vault::restore(vault, store_key, founding, charters);
}

Result<Office> take_up_desk(Vault& vault, const KeyBackup* keys, crypto::SigningKeyPair delegated, const Delegation& delegation,
                            Random& random) {
  TRY_ASSIGN(Office office, Office::take_up(vault, std::move(delegated), delegation, random));
  if (keys != nullptr) {
    for (const auto& [person, key] : keys->people) {
      bool erased = false;
      for (const ScopeId& scope : vault.scopes()) {
        TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
        erased = erased || charter.is_erased(person);
      }
      if (!erased) TRY_STATUS(vault.put_person_key(person, key));
    }
    TRY_STATUS(put_epoch_keys(vault, *keys));
  }
  // It has to seal under something; the next epoch comes when the former desk is cut.
  for (const ScopeId& scope : vault.scopes()) TRY_STATUS(begin_next_epoch(office, scope));
  return office;
}

Status join_later_scope(Office& office, ByteView newest, const KeyBackup* keys) {
  TRY_ASSIGN(const Charter held, Charter::verify(newest, office.vault().founding().root, nullptr));
  TRY_STATUS(office.enter_scope(held));
  if (keys != nullptr) TRY_STATUS(put_epoch_keys(office.vault(), *keys));
  return begin_next_epoch(office, held.scope);
}

Status replace_former_desks(Office& office) {
  Vault& vault = office.vault();
  for (const ScopeId& scope : vault.scopes()) {
    TRY_ASSIGN(const auto heads, vault.heads(scope));
    TRY_ASSIGN(const Charter held, vault.held_charter(scope));
    bool cut = false;
    for (const CharterDevice& device : held.devices) {
      if (device.device_class != DeviceClass::desk || device.state != DeviceState::active || device.id == vault.founding().device) continue;
      const auto head = std::ranges::find(heads, device.number, &Head::device);
      const Cut at = head == heads.end() ? Cut{} : Cut{head->number, head->header_hash};
      TRY_STATUS(office.amend(scope, [&](Charter& charter) { return cut_device(charter, device.number, at); }));
      cut = true;
    }
    if (cut) TRY_STATUS(begin_next_epoch(office, scope));
  }
  return {};
}

}  // namespace huisbord
