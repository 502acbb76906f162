// SPDX-License-Identifier: GPL-3.0-or-later
// When epochs begin and end, and what follows from a device's new keys.
#include "core/office/epochs_tending.h"

#include <algorithm>
#include <map>

#include "core/crypto/aead.h"
#include "core/journal/envelope/charter_edit.h"
#include "core/journal/grant.h"
#include "core/journal/hybrid_clock.h"
#include "core/office/person_keys.h"

namespace huisbord {
namespace {

constexpr std::int64_t quarters_a_day = 96;

std::string epoch_setting(const ScopeId& scope) { return "office.epoch." + scope.hex(); }

std::string began_setting(const crypto::KeyId& epoch) { return "office.began." + to_hex(epoch); }

/// When the epoch in use began. What is not known (a restored desk) is as if it began now: later than true is only more careful.
struct Beginning {
  crypto::KeyId epoch{};
  std::int64_t quarter = 0;
  CharterNumber charter = 0;
  std::uint32_t ended_devices = 0;  ///< listed as no longer active then
};

std::uint32_t ended_devices(const Charter& charter) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(charter.devices, [](const CharterDevice& device) { return device.state != DeviceState::active; }));
}

Status keep_beginning(Office& office, const Charter& charter) {
  Bytes value;
  ByteWriter writer(value);
  writer.raw(charter.highest_epoch()->id);
  writer.u64(quarter_of(office.vault().trusted_now()));
  writer.u32(charter.number);
  writer.u32(ended_devices(charter));
  TRY_STATUS(office.vault().set_setting(epoch_setting(charter.scope), value));
  Bytes quarter;
  ByteWriter(quarter).u64(quarter_of(office.vault().trusted_now()));
  return office.vault().set_setting(began_setting(charter.highest_epoch()->id), quarter);
}

Result<Beginning> beginning_of(Office& office, const Charter& charter) {
  for (int again = 0; again < 2; ++again) {
    TRY_ASSIGN(const auto stored, office.vault().setting(epoch_setting(charter.scope)));
    if (stored) {
      ByteReader reader(*stored);
      Beginning read;
      read.epoch = reader.array<8>();
      read.quarter = static_cast<std::int64_t>(reader.u64());
      read.charter = reader.u32();
      read.ended_devices = reader.u32();
      if (reader.ok() && read.epoch == charter.highest_epoch()->id) return read;
    }
    TRY_STATUS(keep_beginning(office, charter));
  }
  return fail(ErrorCode::io, "When an epoch began could not be kept.");
}

/// When another epoch followed that one: since then everybody was to witness it.
Result<std::int64_t> followed(Office& office, const Charter& charter, const Epoch& former, const Beginning& since) {
  const Epoch* next = nullptr;
  for (const Epoch& epoch : charter.epochs)
    if (epoch.number > former.number && (next == nullptr || epoch.number < next->number)) next = &epoch;
  TRY_ASSIGN(const auto stored, office.vault().setting(began_setting(next == nullptr ? since.epoch : next->id)));
  return stored ? static_cast<std::int64_t>(ByteReader(*stored).u64()) : since.quarter;
}

/// What each device, by its identifier, wants sealed to it from now on.
Result<std::map<DeviceId, DeviceKeys>> announced_keys(const Vault& vault) {
  std::map<DeviceId, DeviceKeys> all;
  for (const ScopeId& scope : vault.scopes()) {
    TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
    TRY_ASSIGN(const auto said, vault.device_keys(scope));
    for (const DeviceKeys& keys : said)
      if (const CharterDevice* device = charter.device(keys.device)) all[device->id] = keys;
  }
  // This desk needs no journal to know its own.
  all[vault.founding().device].sealing = vault.sealing_key();
  return all;
}

Status add_epoch(Office& office, Charter& charter) {
  const crypto::SecretBytes key = crypto::make_key(office.random());
  std::vector<EpochGrant> grants;
  for (const CharterDevice& device : charter.devices)
    if (device.state == DeviceState::active) grants.push_back(seal_grant(charter.scope, key, device, office.random()));
  return begin_epoch(charter, crypto::key_id(key), grants);
}

/// True when every replica that is waited for has witnessed the epoch in use and holds what was sealed under this one.
bool is_over(const Charter& charter, const EpochUse& use, const Beginning& since, std::int64_t next_began,
             const std::map<DeviceNumber, Witness>& witnesses, DeviceNumber own, std::int64_t now, const EpochTerms& terms) {
  // A person may still accept what was handed in; whoever has a stolen device, or the relay, keeps no key alive by it for longer.
  if (use.undecided && now - next_began < terms.lapsed_days * quarters_a_day) return false;
  return std::ranges::all_of(charter.devices, [&](const CharterDevice& device) {
    if (device.state != DeviceState::active || device.number == own) return true;
    const auto found = witnesses.find(device.number);
    const std::int64_t heard = found == witnesses.end() ? next_began : found->second.trusted_quarter;
    // A desk begins from no snapshot: what it lacks of an ended epoch it would lack for ever.
    if (device.device_class == DeviceClass::kiosk && now - heard >= terms.lapsed_days * quarters_a_day) return true;
    return found != witnesses.end() && terms.has_witnessed(found->second, device.number, since.charter, use);
  });
}

bool covered(const Charter& charter, const EpochUse& use) {
  return charter.snapshot && std::ranges::all_of(use.last, [&](const auto& sealed) {
           const auto head = std::ranges::find(charter.snapshot->heads, sealed.first, &SnapshotHead::device);
           return head != charter.snapshot->heads.end() && head->head.number >= sealed.second;
         });
}

/// True when one changed. What a keyring sealed to the former is sealed again by fill_keyring.
Result<bool> list_sealing_keys(Charter& charter, const std::map<DeviceId, DeviceKeys>& announced) {
  bool changed = false;
  for (const CharterDevice& device : std::vector<CharterDevice>(charter.devices)) {
    const auto said = announced.find(device.id);
    if (device.state != DeviceState::active || said == announced.end() || said->second.sealing == device.sealing_key) continue;
    TRY_STATUS(set_sealing_key(charter, device.number, said->second.sealing));
    changed = true;
  }
  return changed;
}

Status remember_custodies(Office& office, const Charter& charter, const std::map<DeviceId, DeviceKeys>& announced) {
  for (const CharterDevice& device : charter.devices) {
    const auto said = announced.find(device.id);
    if (device.device_class != DeviceClass::kiosk || said == announced.end()) continue;
    TRY_ASSIGN(const auto known, custody_of(office, device.id));
    if (known != said->second.custody && said->second.custody) TRY_STATUS(remember_custody(office, device.id, *said->second.custody));
    if (known && !said->second.custody) TRY_STATUS(forget_custody(office, device.id));
  }
  return {};
}

}  // namespace

bool has_witnessed_next(const Witness& said, DeviceNumber by, CharterNumber next_began, const EpochUse& former) {
  if (said.charter < next_began) return false;
  return std::ranges::all_of(former.last, [&](const auto& sealed) {
    if (sealed.first == by) return true;
    const auto head = std::ranges::find(said.heads, sealed.first, &WitnessHead::device);
    return head != said.heads.end() && head->number >= sealed.second;
  });
}

Status begin_next_epoch(Office& office, const ScopeId& scope) {
  TRY_STATUS(office.amend(scope, [&](Charter& charter) { return add_epoch(office, charter); }));
  TRY_ASSIGN(const Charter charter, office.vault().held_charter(scope));
  return keep_beginning(office, charter);
}

Result<std::size_t> tend_keys(Office& office, Day today, const EpochTerms& terms) {
  Vault& vault = office.vault();
  TRY_STATUS(vault.tend_keys());
  TRY_ASSIGN(const auto announced, announced_keys(vault));
  std::size_t written = 0;
  for (const ScopeId& scope : vault.scopes()) {
    TRY_ASSIGN(const Charter held, vault.held_charter(scope));
    const bool house = held.scope_kind() == ScopeKind::house;
    TRY_ASSIGN(const ScopeIdentity me, vault.identity(scope));
    TRY_ASSIGN(const Beginning since, beginning_of(office, held));
    const std::int64_t now = quarter_of(vault.trusted_now());
    const bool next = now - since.quarter >= terms.epoch_days * quarters_a_day || ended_devices(held) > since.ended_devices;

    std::vector<crypto::KeyId> over;
    const auto has_older = std::ranges::count_if(held.epochs, [](const Epoch& epoch) { return !epoch.grants.empty(); }) > 1;
    if (has_older && !next) {
      TRY_ASSIGN(const auto uses, vault.epochs(scope));
      TRY_ASSIGN(const auto witnesses, vault.last_witnesses(scope));
      for (const EpochUse& use : uses) {
        const Epoch* epoch = held.epoch(use.id);
        if (use.id == since.epoch || epoch->grants.empty() || !(terms.without_snapshot || covered(held, use))) continue;
        TRY_ASSIGN(const std::int64_t next_began, followed(office, held, *epoch, since));
        if (is_over(held, use, since, next_began, witnesses, me.device, now, terms)) over.push_back(use.id);
      }
    }
    if (house) TRY_STATUS(remember_custodies(office, held, announced));

    Charter draft = next_charter(held, vault.trusted_now());
    bool changed = next || !over.empty();
    for (const crypto::KeyId& id : over) TRY_STATUS(drop_grants(draft, id));
    TRY_ASSIGN(const bool turned, list_sealing_keys(draft, announced));
    if (next) TRY_STATUS(add_epoch(office, draft));
    changed = changed || turned;
    if (house) {
      TRY_ASSIGN(const bool given, fill_keyring(office, draft, today));
      changed = changed || given;
    }
    if (!changed) continue;
    TRY_STATUS(office.amend(scope, [&](Charter& charter) -> Status {
      const Delegation by = charter.delegation;
      charter = draft;
      charter.delegation = by;
      return {};
    }));
    ++written;
    if (next) {
      TRY_ASSIGN(const Charter after, vault.held_charter(scope));
      TRY_STATUS(keep_beginning(office, after));
    }
  }
  // What was listed just now may settle this desk's own keys.
  if (written > 0) TRY_STATUS(vault.tend_keys());
  return written;
}

}  // namespace huisbord
