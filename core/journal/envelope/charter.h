// SPDX-License-Identifier: GPL-3.0-or-later
// The charter of a scope: who is in it, what of each device counts, which keys are in use; signed by the delegated key (FORMAT.md 8).
#pragma once

#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/crypto/sealing.h"
#include "core/journal/envelope/segment_header.h"

namespace huisbord {

enum class DeviceClass : std::uint8_t { kiosk = 1, desk = 2 };
enum class DeviceState : std::uint8_t { active = 1, cut, closed, wiped };
enum class ScopeKind : std::uint8_t { org = 1, house = 2 };

inline constexpr std::size_t max_charter_size = std::size_t{1024} * 1024;

/// The last number and header hash of a device that count; number 0 and hash zero: nothing of it counts.
struct Cut {
  OperationNumber number = 0;
  HeaderHash header_hash{};
  auto operator<=>(const Cut&) const = default;
};
struct CharterDevice {
  DeviceNumber number = 0;
  DeviceId id;
  DeviceClass device_class = DeviceClass::kiosk;
  DeviceState state = DeviceState::active;
  crypto::SigningPublicKey signing_key;
  crypto::SigningPublicKey request_key;
  crypto::SealingPublicKey sealing_key;
  std::optional<Cut> cut;  ///< there in every state but active
};
/// The epoch's key sealed to a device (core/journal/grant.h).
struct EpochGrant {
  DeviceNumber device = 0;
  Bytes sealed;
};
/// An epoch stays listed for ever, so that a segment sealed long ago is still known; its grants go when its key is destroyed.
struct Epoch {
  crypto::KeyId id{};
  std::uint32_t number = 0;
  std::vector<EpochGrant> grants;
};
/// A person's key sealed to a kiosk's custody key, and that to the device's sealing key (core/journal/grant.h).
struct KeyringEntry {
  PersonId person;
  crypto::KeyId key{};
  DeviceNumber device = 0;
  crypto::KeyId custody{};
  Bytes sealed;
};
/// What the desk decided about one segment.
struct Ruling {
  enum class Kind : std::uint8_t { free_waiting = 1 } kind = Kind::free_waiting;
  DeviceNumber device = 0;
  OperationNumber number = 0;  ///< the segment's last
  HeaderHash header_hash{};
  std::int64_t quarter = 0;  ///< of the decision: no operation of the device up to there stands later than that
  auto operator<=>(const Ruling&) const = default;
};
struct SnapshotHead {
  DeviceNumber device = 0;
  ChainHead head;
};
struct SnapshotReference {
  crypto::Hash hash{};
  crypto::Hash digest{};
  std::vector<SnapshotHead> heads;
};

/// Which key writes charters: said by the root key.
struct Delegation {
  std::uint32_t number = 0;
  std::int64_t expires_quarter = 0;  ///< quarter hours since 1970
  crypto::SigningPublicKey key;
  crypto::Signature root_signature{};
};
[[nodiscard]] Delegation delegate(const OrganisationId& organisation, std::uint32_t number, Millis expires,
                                  const crypto::SigningPublicKey& key, const crypto::SigningKeyPair& root);
[[nodiscard]] bool verify_delegation(const OrganisationId& organisation, const Delegation& delegation,
                                     const crypto::SigningPublicKey& root);

/// What a device's segment is worth. Everything but `counts` is quarantined, also when it was applied before the cut was known.
enum class SegmentStanding : std::uint8_t { counts, past_cut, off_chain };

/// Invariant of one that verify() gave: within limits, each device number, device id and epoch named once, every reference inside it holds.
struct Charter {
  OrganisationId organisation;
  ScopeId scope;
  CharterNumber number = 0;
  crypto::Hash previous{};           ///< zeroes in number 1
  std::int64_t written_quarter = 0;  ///< by the writer's trusted time: signed desk time
  Delegation delegation;
  std::vector<CharterDevice> devices;
  std::vector<Epoch> epochs;
  std::vector<KeyringEntry> keyring;
  std::vector<Ruling> rulings;
  std::vector<PersonId> erased;  ///< for ever
  std::optional<SnapshotReference> snapshot;
  std::uint8_t lowest_suite = suite_1;
  std::uint32_t rule_number = 1;
  crypto::Hash hash{};  ///< made by verify() and sign(): what the next charter names as previous

  /// Checks form, limits, delegation, signature, and against the charter held of that scope (or nullptr): never a lower number, never
  /// another one of the same number, linked when it is the next, and nothing undone that stands for ever. With `now` (trusted time) an
  /// expired delegation is refused as well; without, not: for charters that were taken before. parse, limit, version, signature, charter.
  [[nodiscard]] static Result<Charter> verify(ByteView bytes, const crypto::SigningPublicKey& root, const Charter* held,
                                              std::optional<Millis> now = std::nullopt);
  /// The bytes of this charter, and sets `hash`. invalid when verify() would refuse them or the key is not the delegated one.
  [[nodiscard]] Result<Bytes> sign(const crypto::SigningKeyPair& delegated);

  [[nodiscard]] ScopeKind scope_kind() const { return scope.bytes == organisation.bytes ? ScopeKind::org : ScopeKind::house; }
  /// nullptr when it is not listed.
  [[nodiscard]] const CharterDevice* device(DeviceNumber device_number) const;
  [[nodiscard]] const CharterDevice* device(const DeviceId& id) const;
  [[nodiscard]] const Epoch* epoch(const crypto::KeyId& id) const;
  /// The one that new segments use; nullptr in a charter without any.
  [[nodiscard]] const Epoch* highest_epoch() const;
  [[nodiscard]] bool is_erased(const PersonId& person) const;

  /// What relay and replica ask before they take a segment: same scope, listed device, suite, epoch, signature. charter (also: names a
  /// newer charter, so that one comes first), version, epoch, signature. Chain and cut are asked apart.
  [[nodiscard]] Status check_segment(const SegmentView& segment) const;
  /// For a segment that passed check_segment. At the cut's own number the hash decides.
  [[nodiscard]] SegmentStanding standing(const SegmentHeader& header, const HeaderHash& own_hash) const;
  /// A ruling lets this segment count although its stamp lies ahead.
  [[nodiscard]] bool freed(const SegmentHeader& header, const HeaderHash& own_hash) const;
  /// Where the named snapshot's part of that device ends: which of two branches counts up to there is decided.
  [[nodiscard]] std::optional<Cut> snapshot_end(DeviceNumber of) const;
  /// The stamp by which an operation of that device is ordered: its own, but never past the quarter of the ruling that freed it.
  [[nodiscard]] std::uint64_t standing_stamp(DeviceNumber device, OperationNumber operation, std::uint64_t stamp) const;
};

/// Number and hash of a charter's bytes without trusting them: to name two of one number. parse, version, limit.
struct CharterName {
  ScopeId scope;
  CharterNumber number = 0;
  crypto::Hash hash{};
};
[[nodiscard]] Result<CharterName> charter_name(ByteView bytes);

}  // namespace huisbord
