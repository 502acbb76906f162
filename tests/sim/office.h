// SPDX-License-Identifier: GPL-3.0-or-later
// Who writes the charters of a simulated organisation: its keys, its scopes, its devices, its people.
#pragma once

#include <map>
#include <vector>

#include "core/crypto/aead.h"
#include "core/office/office.h"
#include "tests/support/test_device.h"

namespace huisbord::sim {

/// What stands in every text that people write, and nowhere else.
inline constexpr std::string_view marker = "zichtbaar";

using Device = TestDevice;

/// One organisation with one house. The same keys and first charters every time; what follows is the seed's.
class Office {
 public:
  static constexpr Millis founded{std::int64_t{1'790'000'000} * 1000};  // a Monday in September 2026

  /// Another number, another organisation.
  explicit Office(std::uint64_t number = 20'260'921);

  [[nodiscard]] OrganisationId organisation() const { return organisation_; }
  [[nodiscard]] ScopeId org() const { return organisation_.as<ScopeTag>(); }
  [[nodiscard]] ScopeId house() const { return house_.as<ScopeTag>(); }
  [[nodiscard]] HouseId house_id() const { return house_; }
  [[nodiscard]] std::vector<ScopeId> scopes() const { return {org(), house()}; }
  [[nodiscard]] const crypto::SigningPublicKey& root() const { return root_.public_key; }
  [[nodiscard]] const Charter& charter(const ScopeId& scope) const { return scopes_.at(scope).charter; }
  [[nodiscard]] const Bytes& charter_bytes(const ScopeId& scope) const { return scopes_.at(scope).bytes; }
  /// Every charter that was ever written, oldest first.
  [[nodiscard]] const std::vector<Bytes>& written(const ScopeId& scope) const { return scopes_.at(scope).written; }
  [[nodiscard]] const crypto::SecretBytes& epoch_key(const ScopeId& scope, const crypto::KeyId& epoch) const;
  [[nodiscard]] Founding founding(const Device& device) const;
  [[nodiscard]] static crypto::SecretBytes store_key();

  /// Edits; each stands in the next charter that is written.
  Device add_device(DeviceClass device_class);
  /// A store that became another device; its number.
  DeviceNumber readmit(CharterDevice device);
  /// False when the charter may not name it.
  [[nodiscard]] bool name_snapshot(const ScopeId& scope, const SnapshotReference& snapshot);
  /// leaves_snapshot: it is on another branch than what the snapshot has of the device.
  void cut(const ScopeId& scope, DeviceNumber device, const Cut& at, bool leaves_snapshot);
  /// A cut took a device's part out of the snapshot since it was named.
  [[nodiscard]] bool covers_less(const ScopeId& scope) const { return scopes_.at(scope).covers_less; }
  void rule_free(const ScopeId& scope, const SegmentHeader& header, const HeaderHash& hash);
  void new_epoch(const ScopeId& scope);
  void erase(const PersonId& person);
  const Bytes& write(const ScopeId& scope, Millis now);

  /// The product's own office, in a desk's store that holds the newest charters.
  [[nodiscard]] huisbord::Office at(Vault& desk, Random& with) const;
  /// What was written there, if it was.
  void adopt(const Vault& desk);

  struct Resident {
    PersonId id;
    crypto::SecretBytes key;
  };
  std::vector<Resident> residents;
  std::vector<StaffId> staff;
  std::vector<RecordId> grants;
  std::vector<RoomId> rooms;
  std::vector<TaskId> tasks;
  WoongroepId woongroep;
  SeededRandom random;

 private:
  struct Scope {
    Charter charter;
    Bytes bytes;
    std::vector<Bytes> written;
    std::map<crypto::KeyId, crypto::SecretBytes> epochs;
    bool covers_less = false;
  };
  void grant(Scope& scope, Epoch& epoch, const CharterDevice& device);

  crypto::SigningKeyPair root_;
  crypto::SigningKeyPair delegated_;
  OrganisationId organisation_;
  HouseId house_;
  std::map<ScopeId, Scope> scopes_;
  DeviceNumber last_number_ = 0;
};

}  // namespace huisbord::sim
