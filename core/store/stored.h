// SPDX-License-Identifier: GPL-3.0-or-later
// What the vault answers with beside the domain's own types: rows with their mark of arrival, an opened person, digests, a verdict.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto/hash.h"
#include "core/crypto/key_id.h"
#include "core/crypto/sealing.h"
#include "core/domain/change.h"
#include "core/journal/envelope/charter.h"

namespace huisbord {

/// `arrived` of a row: every change of ours that shows in it has a receipt ("arrived at the office"); else it is "saved here".
struct StoredDuty {
  Duty duty;
  bool arrived = true;
};
struct Offer {
  OfferId id;
  DutyId duty;
  bool withdrawn = false;
  std::optional<RoomId> taken_by;
  bool arrived = true;
};
struct StoredSwap {
  Swap swap;
  bool arrived = true;
};
struct StoredGrant {
  RoleGranted grant;
  bool revoked = false;
};
struct StoredAppointment {
  Appointment appointment;
  bool arrived = true;         ///< of the appointment itself
  bool answer_arrived = true;  ///< of its answer
};
struct StoredEntry {
  Entry entry;
  bool arrived = true;
  bool question_arrived = true;
};

/// One person's record, decoded. Moves, never copies unseen; its texts are wiped when it goes.
struct PersonRecord {
  PersonId person;
  std::optional<Identity> identity;
  std::optional<Preferences> preferences;
  bool preferences_arrived = true;
  std::optional<CaseManagers> managers;
  std::optional<PlanStep> plan;
  std::vector<StoredAppointment> appointments;  ///< by day and start
  std::vector<StoredEntry> entries;             ///< newest first

  PersonRecord() = default;
  PersonRecord(PersonRecord&&) noexcept = default;
  PersonRecord& operator=(PersonRecord&& other) noexcept;
  PersonRecord(const PersonRecord&) = delete;
  PersonRecord& operator=(const PersonRecord&) = delete;
  ~PersonRecord() { wipe(); }
  /// Overwrites every text and forgets everything.
  void wipe();
};

struct TableDigest {
  std::uint32_t table = 0;  ///< SCHEMA.md 4
  std::int32_t week = 0;
  crypto::Hash digest{};
  auto operator<=>(const TableDigest&) const = default;
};

/// What a device says of its own keys.
struct DeviceKeys {
  DeviceNumber device = 0;
  crypto::SealingPublicKey sealing;
  std::optional<crypto::SealingPublicKey> custody;
  CharterNumber settled = 0;  ///< the charter whose erasures are carried out there to the end
};

struct EpochUse {
  crypto::KeyId id{};
  std::uint32_t number = 0;
  bool held = false;                             ///< its key is here
  std::map<DeviceNumber, OperationNumber> last;  ///< of the segments held under it that count or will
  bool undecided = false;                        ///< others wait: past their device's cut, or not signed by anybody who is known here
};

/// What verify() found. `faults` name scope, device and number, never a personal value.
struct VerifyReport {
  std::size_t segments = 0;
  std::size_t operations = 0;
  std::size_t rows = 0;
  std::size_t sealed_away = 0;  ///< segments whose body went with its term or whose epoch key is gone: header and chain checked alone
  std::vector<std::string> faults;
  [[nodiscard]] bool sound() const { return faults.empty(); }
};

/// Named in the next charter, put to the relay.
struct MadeSnapshot {
  Bytes bytes;
  SnapshotReference named;
};

/// A segment as it lies in the store, whether it counts or not.
struct StoredSegment {
  OperationNumber first = 0;
  OperationNumber last = 0;
  HeaderHash hash{};
  HeaderHash previous{};
  std::uint64_t last_stamp = 0;
  enum class Standing : std::uint8_t { counts, waits_for_keys, kept_aside, broken } standing = Standing::kept_aside;
};

/// Two signed headers of one device with a number in common, or two charters of one number.
struct ForkEvidence {
  enum class Kind : std::uint8_t { device = 1, charter } kind = Kind::device;
  ScopeId scope;
  DeviceNumber device = 0;   ///< of a device's fork
  std::uint64_t number = 0;  ///< first operation in question, or the charter's number
};

}  // namespace huisbord
