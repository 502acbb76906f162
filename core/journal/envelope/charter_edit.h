// SPDX-License-Identifier: GPL-3.0-or-later
// The charter after the one held, edit by edit: each edit keeps what FORMAT.md 8.5 asks or refuses with a sentence of its own.
#pragma once

#include <span>

#include "core/journal/envelope/charter.h"

namespace huisbord {

/// Number 1 of a scope: no devices and no epochs yet.
[[nodiscard]] Charter first_charter(const OrganisationId& organisation, const ScopeId& scope, const Delegation& delegation, Millis now);
/// What follows `held`: numbered, linked, written at `now` or when `held` was, whichever is later; nothing else is changed.
[[nodiscard]] Charter next_charter(const Charter& held, Millis now);

// Pure edits. A refusal is ErrorCode::charter and leaves the charter as it was; limits of FORMAT.md 10 are ErrorCode::limit.

/// Its number is given here, one above the highest ever given; state and cut are made those of an active device.
[[nodiscard]] Result<DeviceNumber> add_device(Charter& charter, CharterDevice device);
/// Nothing of it counts past the cut; it gets no keys any more; a snapshot that holds more of it goes. Of a device cut before, the cut may
/// be raised and the state go on (cut, closed, wiped), never back.
[[nodiscard]] Status end_device(Charter& charter, DeviceNumber device, DeviceState state, const Cut& cut);
[[nodiscard]] Status cut_device(Charter& charter, DeviceNumber device, const Cut& cut);
[[nodiscard]] Status close_device(Charter& charter, DeviceNumber device, const Cut& cut);
[[nodiscard]] Status wipe_device(Charter& charter, DeviceNumber device, const Cut& cut);
/// More of a device that was cut counts: up to this number and header.
[[nodiscard]] Status raise_cut(Charter& charter, DeviceNumber device, const Cut& cut);
/// Replaced every 30 days; its keyring goes with the former one. Its grants stay: the device has that
/// key until it takes this charter, and an older epoch is never sealed to a newer key.
[[nodiscard]] Status set_sealing_key(Charter& charter, DeviceNumber device, const crypto::SealingPublicKey& key);

/// A new epoch, one above the highest, with its first grants (core/journal/grant.h). It is the one in use from now on.
[[nodiscard]] Status begin_epoch(Charter& charter, const crypto::KeyId& id, std::span<const EpochGrant> grants);
/// To an active device; replaces its former grant of that epoch.
[[nodiscard]] Status grant_epoch(Charter& charter, const crypto::KeyId& id, EpochGrant grant);
/// The epoch's key is to be used no more: it stays listed, nobody is given it. Never of the epoch in use.
[[nodiscard]] Status drop_grants(Charter& charter, const crypto::KeyId& id);

/// Of an active kiosk; replaces what that kiosk was given for that person.
[[nodiscard]] Status put_keyring_entry(Charter& charter, KeyringEntry entry);
/// No kiosk (or not this one) is given that person's key any more. Nothing there is no refusal.
void drop_keyring_entries(Charter& charter, const PersonId& person);
void drop_keyring_entry(Charter& charter, const PersonId& person, DeviceNumber device);
/// For ever: the person's keys go, and no keyring holds one again.
[[nodiscard]] Status erase_person(Charter& charter, const PersonId& person);

/// Stands for ever; the same again changes nothing.
[[nodiscard]] Status add_ruling(Charter& charter, const Ruling& ruling);
/// In place of the former one; covers at least as much of each device.
[[nodiscard]] Status name_snapshot(Charter& charter, SnapshotReference snapshot);
/// What the snapshot holds of that device counts no more: another branch does. A cut inside of it does the same.
void forget_in_snapshot(Charter& charter, DeviceNumber device);
/// Another hand writes from now on, or the same for longer.
[[nodiscard]] Status set_delegation(Charter& charter, const Delegation& delegation);
[[nodiscard]] Status raise_lowest_suite(Charter& charter, std::uint8_t suite);
[[nodiscard]] Status raise_rule_number(Charter& charter, std::uint32_t rule_number);

}  // namespace huisbord
