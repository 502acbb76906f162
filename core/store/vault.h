// SPDX-License-Identifier: GPL-3.0-or-later
// The vault: a house's or a desk's encrypted store, where the journal and the tables made from it live in one file.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crypto/random.h"
#include "core/crypto/sealing.h"
#include "core/crypto/secret_bytes.h"
#include "core/crypto/signing.h"
#include "core/domain/change.h"
#include "core/journal/log.h"
#include "core/journal/segment.h"
#include "core/journal/witness.h"
#include "core/store/stored.h"

namespace huisbord {

struct MergeRules;
struct HeldWitness;

/// What a new vault is told once: whose it is and which device writes it. Its scopes come with their charters (take_charter).
struct Founding {
  OrganisationId organisation;
  crypto::SigningPublicKey root;  ///< pinned for ever: every charter must descend from it
  DeviceId device;                ///< how charters name this device
  crypto::SigningKeyPair signing;
  crypto::SigningKeyPair request;
  crypto::SealingKeyPair sealing;
};

struct VaultOptions {
  const Clock* clock = &system_clock();       ///< must outlive the vault
  Random* random = &crypto::system_random();  ///< must outlive the vault
  Padding padding = Padding::padme;           ///< of the segments it seals; none for a first import in bulk
  std::uint32_t cache_kib = 1024;             ///< decrypted pages kept by each of the two connections, at most
  const MergeRules* rules = nullptr;          ///< a test's own; nothing: the product's. Must outlive the vault
  std::string vfs;                            ///< name of a registered SQLite VFS; empty: the system's
};

/// Who did it. A device's own doing (an import, a generated rota) has no actor.
struct Actor {
  RecordId id;
  [[nodiscard]] static Actor none() { return {}; }
  [[nodiscard]] static Actor of(const PersonId& person) { return {person.as<RecordTag>()}; }
  [[nodiscard]] static Actor of(const StaffId& staff) { return {staff.as<RecordTag>()}; }
};

/// Changes about one person, to be sealed under that person's key (not owned; must live through the call).
struct SealedChanges {
  PersonId person;
  const crypto::SecretBytes* key = nullptr;
  std::vector<PersonalChange> changes;
};
struct ChangeToRecord {
  ScopeId scope;
  Actor actor;
  std::variant<OpenChange, SealedChanges> change;
};
/// The operations that a record call made: numbers of this device in that scope.
struct Recorded {
  DeviceNumber device = 0;
  OperationNumber first = 0;
  OperationNumber last = 0;
};

/// Model: a set of operations in chained segments, and tables that are a function of that set, the charters held and the current week
/// (SCHEMA.md). Every call is one transaction or several small ones, on the disk when it returns; a failed one leaves everything as it was.
/// Safe from any thread: writing waits for writing (at most one segment long), reading has a connection of its own and waits for neither.
class Vault final : public Log {
 public:
  /// A new file; already_exists when there is one. The key has 32 bytes.
  [[nodiscard]] static Result<std::unique_ptr<Vault>> create(const std::filesystem::path& path, const crypto::SecretBytes& store_key,
                                                             const Founding& founding, const VaultOptions& options = {});
  /// not_found, wrong_key, damaged, newer_version, locked (another process has it open), disk_full, read_only, io; the file is unharmed.
  [[nodiscard]] static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& path, const crypto::SecretBytes& store_key,
                                                           const VaultOptions& options = {});
  ~Vault() override;
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // Writing. forbidden: this device may not write that there, or is cut; not_found: a change names a duty, offer, appointment or entry that
  // is not here; charter: no charter of that scope names this device yet.
  [[nodiscard]] Result<Recorded> record(const ScopeId& scope, const Actor& actor, const OpenChange& change);
  /// Changes to one record (a person's identity and preferences) share an operation and its box.
  [[nodiscard]] Result<Recorded> record(const ScopeId& scope, const Actor& actor, const PersonId& person,
                                        const crypto::SecretBytes& person_key, const std::vector<PersonalChange>& changes);
  /// All or nothing, in one transaction. One answer a change.
  [[nodiscard]] Result<std::vector<Recorded>> record_all(std::span<const ChangeToRecord> changes);
  /// The same of changes that name numbers of their own (a balance says what it stands for): `make` is told which device writes in that
  /// scope and which number its first operation there gets.
  using MakeChanges = std::function<std::vector<ChangeToRecord>(DeviceNumber, OperationNumber)>;
  [[nodiscard]] Result<std::vector<Recorded>> record_numbered(const ScopeId& scope, const MakeChanges& make);
  /// Writes what this replica has into its own chain (FORMAT.md 9): daily while online.
  [[nodiscard]] Status record_witness(const ScopeId& scope);

  // What the tables say. Rows come in the order named; a row of a later release that cannot be read is left out.
  [[nodiscard]] Result<std::vector<House>> houses() const;  ///< by name, then id
  [[nodiscard]] Result<std::optional<House>> house(const HouseId& house) const;
  [[nodiscard]] Result<std::vector<Woongroep>> woongroepen(const ScopeId& house) const;  ///< by order, then name
  [[nodiscard]] Result<std::vector<Room>> rooms(const ScopeId& house) const;             ///< by label as a number, then text
  [[nodiscard]] Result<std::vector<Placing>> placings(const ScopeId& house) const;       ///< also of ended stays that are still held
  [[nodiscard]] Result<std::vector<Task>> tasks(const ScopeId& house) const;             ///< by woongroep, place, id
  /// From and to included; by day, then place, then id. Offers, take-overs and swaps are worked in.
  [[nodiscard]] Result<std::vector<StoredDuty>> duties(const ScopeId& house, Day from, Day to) const;
  [[nodiscard]] Result<std::vector<Offer>> offers(const ScopeId& house, Day from, Day to) const;      ///< of duties on those days
  [[nodiscard]] Result<std::vector<StoredSwap>> swaps(const ScopeId& house, Day from, Day to) const;  ///< that touch duties on those days
  [[nodiscard]] Result<std::vector<Notice>> notices(const ScopeId& scope, Day day) const;  ///< on the board that day, newest first
  [[nodiscard]] Result<std::vector<Notice>> all_notices(const ScopeId& scope) const;       ///< also withdrawn ones, newest first
  [[nodiscard]] Result<std::vector<Activity>> activities(const ScopeId& house, Day from, Day to) const;  ///< by day and start
  [[nodiscard]] Result<std::vector<Rate>> rates() const;                                                 ///< by first day
  [[nodiscard]] Result<std::vector<Staff>> staff() const;                                                ///< by name
  [[nodiscard]] Result<std::vector<StoredGrant>> grants() const;                                         ///< also revoked ones

  /// Opens the winning boxes in memory only; one that does not open shows nothing. seal when none does: the key is not that person's. A
  /// record never written to is empty, no error.
  [[nodiscard]] Result<PersonRecord> open_person(const ScopeId& house, const PersonId& person, const crypto::SecretBytes& person_key) const;
  /// True when the operation left this device and a receipt came; always of another device's.
  [[nodiscard]] bool arrived(const ScopeId& scope, DeviceNumber device, OperationNumber number) const;
  /// Grows with every change of the tables or of what has arrived; costs nothing to ask.
  [[nodiscard]] std::uint64_t revision() const;

  // Comparing and proving.
  /// Over the stored bytes of the winning rows, per table and week, ascending.
  [[nodiscard]] Result<std::vector<TableDigest>> digests(const ScopeId& scope) const;
  /// One digest over digests(), as a witness carries it.
  [[nodiscard]] Result<crypto::Hash> digest(const ScopeId& scope) const;
  /// Every page, every chain from the stored bytes, every row and digest anew; needs no network. Fails only when it cannot go on at all:
  /// what it finds wrong stands in the report. Takes long; writing goes on meanwhile only between scopes.
  [[nodiscard]] Result<VerifyReport> verify() const;

  /// For a replica that gets its history by file: the exact bytes of segments that count and lie past `held`, each device's in their order,
  /// about `most_bytes` of them (at least one). Own waiting operations are sealed first; that does not count as sending.
  [[nodiscard]] Result<std::vector<Bytes>> segments_after(const ScopeId& scope, std::span<const Head> held, std::size_t most_bytes);

  /// What a kiosk would hold of the scope now, sealed under the epoch in use. forbidden: not a desk; limit: there is too much.
  [[nodiscard]] Result<MadeSnapshot> make_snapshot(const ScopeId& scope);

  // This device's own tables: never journaled, never sent.
  [[nodiscard]] Result<std::optional<Bytes>> setting(const std::string& name) const;
  [[nodiscard]] Status set_setting(const std::string& name, ByteView value);
  [[nodiscard]] Status remove_setting(const std::string& name);
  /// By name, of all that begin so.
  [[nodiscard]] Result<std::vector<std::pair<std::string, Bytes>>> settings(const std::string& prefix) const;
  /// Person keys in the clear inside the vault: a desk's alone. A kiosk has them sealed, in its charter's keyring.
  [[nodiscard]] Status put_person_key(const PersonId& person, const crypto::SecretBytes& key);
  [[nodiscard]] Result<crypto::SecretBytes> person_key(const PersonId& person) const;  ///< not_found
  [[nodiscard]] Result<std::vector<PersonId>> people_with_keys() const;
  [[nodiscard]] Status remove_person_key(const PersonId& person);
  /// On a kiosk: that person's key out of the charter's keyring, with the custody key that staff opened. Errors as open_person_key().
  [[nodiscard]] Result<crypto::SecretBytes> keyring_key(const ScopeId& house, const PersonId& person,
                                                        const crypto::SealingKeyPair& custody) const;

  // Keys of this device (KEYS.md 13).
  /// Once a tick: another sealing key after 30 days or an erasure, a custody key without who left, leases of PINs, and telling the office
  /// so. Costs nothing when nothing is due.
  [[nodiscard]] Status tend_keys();
  /// An erasure asks for another store key: renew_store_key() (store_key.h) gives it.
  [[nodiscard]] bool rekey_due() const;
  /// The same store in a new file under another key, put in the place of the former: what the former key opened is gone. Not while
  /// digests or verify run (locked).
  [[nodiscard]] Status rekey(const crypto::SecretBytes& next_store_key);
  [[nodiscard]] const crypto::SecretBytes& store_key() const;
  /// A copy of this desk's store in a file of its own under another key, without any key that it holds: none of the device's, of epochs, of
  /// people, nor the one that writes charters. What waits is sealed first.
  [[nodiscard]] Status back_up(const std::filesystem::path& to, const crypto::SecretBytes& key);
  /// Such a copy becomes a store of another device, which `charters` (one a scope, each following the one in the copy) name.
  [[nodiscard]] static Status restore(const std::filesystem::path& copy, const crypto::SecretBytes& key, const Founding& founding,
                                      std::span<const Bytes> charters);
  /// Of such a copy, before it is restored: whose it is, its root key, and the charters it holds.
  struct Origin {
    OrganisationId organisation;
    crypto::SigningPublicKey root;
    std::vector<Bytes> charters;
  };
  [[nodiscard]] static Result<Origin> origin(const std::filesystem::path& copy, const crypto::SecretBytes& key);
  /// Out of a backup of keys: of an epoch that the scope's charter lists. What waited for it is taken.
  [[nodiscard]] Status put_epoch_key(const ScopeId& scope, const crypto::SecretBytes& key);
  /// What this device is to be sealed to from the next charter on.
  [[nodiscard]] crypto::SealingPublicKey sealing_key() const;
  /// The key of the highest epoch that is held. epoch when none is.
  [[nodiscard]] Result<crypto::SecretBytes> epoch_key(const ScopeId& scope) const;
  [[nodiscard]] Result<crypto::SecretBytes> epoch_key(const ScopeId& scope, const crypto::KeyId& epoch) const;
  /// What devices announced of their keys, ascending by device.
  [[nodiscard]] Result<std::vector<DeviceKeys>> device_keys(const ScopeId& house) const;
  /// Of every epoch that the charter lists, oldest first: whether its key is here, and where each device's segments under it end.
  [[nodiscard]] Result<std::vector<EpochUse>> epochs(const ScopeId& scope) const;
  /// Segments that wait for ever, because their epoch has ended and its key is here no more (or never was): this store lacks them until it
  /// begins again from a snapshot.
  [[nodiscard]] Result<std::vector<Head>> ended_away(const ScopeId& scope) const;
  /// The newest witness of each device that wrote one, its own included.
  [[nodiscard]] Result<std::map<DeviceNumber, Witness>> last_witnesses(const ScopeId& scope) const;

  // Time and terms.
  [[nodiscard]] Millis trusted_now() const;
  /// Once a day and after a long sleep: rows and bodies past their term go; segments whose time has come are applied.
  [[nodiscard]] Status pass_time();
  /// Forces the write-ahead log into the file, so that what secure_delete removed is gone from both.
  [[nodiscard]] Status fold_log();

  [[nodiscard]] const Founding& founding() const;
  /// The charter of a scope as it was verified, for whoever writes the next; not_found before the first.
  [[nodiscard]] Result<Charter> held_charter(const ScopeId& scope) const;
  [[nodiscard]] std::vector<ForkEvidence> forks() const;
  /// Every segment kept of a device, by first number: for who decides where the device is cut.
  [[nodiscard]] Result<std::vector<StoredSegment>> segments_of(const ScopeId& scope, DeviceNumber device) const;
  [[nodiscard]] Result<std::vector<Bytes>> segments_from(const ScopeId& scope, DeviceNumber device, OperationNumber first) const override;
  /// What the office decided about this device, in the scope where it is worst; costs nothing to ask.
  [[nodiscard]] DeviceState own_state() const;
  /// This device was wiped; or closed, and what it had sealed has been handed in (or a week went by). destroy_store (closing.h) is due.
  [[nodiscard]] bool must_be_destroyed() const;

  // A copy: restored from a backup, or cloned (SCHEMA.md 12).
  /// Somebody goes on under this device's name, or this store was restored: it records and seals nothing until it is a new device.
  [[nodiscard]] bool must_become_new() const;
  /// For restoring: whatever the backup did not know of may have been sent already.
  [[nodiscard]] Status mark_copied();
  /// Identifier and public keys (made once, kept) under which a charter takes this store in again; number and state are the charter's. The
  /// charter that lists it moves what was not sent to it. forbidden unless must_become_new().
  [[nodiscard]] Result<CharterDevice> new_identity();

  // Log
  [[nodiscard]] OrganisationId organisation() const override;
  [[nodiscard]] std::vector<ScopeId> scopes() const override;
  [[nodiscard]] Result<ScopeIdentity> identity(const ScopeId& scope) const override;
  [[nodiscard]] CharterNumber charter_number(const ScopeId& scope) const override;
  [[nodiscard]] Result<std::optional<Bytes>> charter(const ScopeId& scope) const override;
  [[nodiscard]] Status take_charter(ByteView charter) override;
  [[nodiscard]] Result<std::vector<Head>> heads(const ScopeId& scope) const override;
  [[nodiscard]] Result<std::vector<Bytes>> segments_to_send(const ScopeId& scope, std::size_t most, std::size_t most_bytes) override;
  [[nodiscard]] Status acknowledged(const ScopeId& scope, DeviceNumber device, OperationNumber last, const HeaderHash& header) override;
  [[nodiscard]] Result<TakeReport> take_segments(const ScopeId& scope, std::span<const Bytes> segments) override;
  /// When this kiosk has handed in what it wrote, and holds nothing of others there, heard nothing for 60 days, or lacks what is to be had
  /// no more.
  [[nodiscard]] std::optional<crypto::Hash> wanted_snapshot(const ScopeId& scope, PullSoFar pulled) const override;
  /// Of every device of which the snapshot holds more than is here; own operations stay. charter: not the one that the charter held names;
  /// epoch: its key is not held here; seal, parse, limit. A failed one leaves everything as it was.
  [[nodiscard]] Status load_snapshot(const ScopeId& scope, ByteView bytes) override;
  [[nodiscard]] Status relay_holds_own(const ScopeId& scope, const Head& held) override;
  [[nodiscard]] Status saw_own_evidence(const ScopeId& scope, ByteView header) override;
  [[nodiscard]] std::size_t waiting_count() const override;
  [[nodiscard]] WitnessLog* witness_log() override;
  void saw_relay_date(Millis date) override;
  Status set_last_contact(Millis when) override;
  [[nodiscard]] std::optional<Millis> last_contact() const;

  struct State;  ///< vault_state.h: core/store's own

 private:
  friend class VaultWitnesses;
  explicit Vault(std::unique_ptr<State> state);
  [[nodiscard]] Result<std::vector<HeldWitness>> read_witnesses(const ScopeId& scope, const std::vector<CharterDevice>& devices) const;
  [[nodiscard]] Result<std::vector<Head>> read_received(const ScopeId& scope) const;
  [[nodiscard]] bool holds_only_witnesses(const ScopeId& scope, DeviceNumber device, OperationNumber after, OperationNumber to) const;
  [[nodiscard]] bool may_witness(const ScopeId& scope) const;
  [[nodiscard]] Result<std::vector<PersonId>> who_left() const;
  std::unique_ptr<State> state_;
};

}  // namespace huisbord
