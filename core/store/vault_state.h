// SPDX-License-Identifier: GPL-3.0-or-later
// What a vault holds in memory: its connections, each scope's charter, heads and keys, and the clocks. Seen by core/store alone.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "core/journal/trusted_time.h"
#include "core/store/apply.h"
#include "core/store/change_encoding.h"
#include "core/store/own_keys.h"
#include "core/store/turn_mutex.h"
#include "core/store/vault.h"
#include "core/store/vault_file.h"
#include "core/store/watching.h"

namespace huisbord {

/// Where a stored segment stands; numbers are in the file (SCHEMA.md 3).
enum class SegmentState : std::uint8_t {
  aside = 0,    ///< not checked yet: its charter, device or epoch is not known here
  held = 1,     ///< signature verified, does not count (now): a gap before it, a fork, past a cut, or stamped too far ahead
  counted = 2,  ///< its operations are stored and stand in the tables
  broken = 3,   ///< signed, but does not open to what its header says: never counts
};

/// One scope; guarded by State::writing.
struct ScopeState {
  std::int64_t number = 0;
  ScopeId id;
  Charter charter;
  DeviceNumber own = 0;
  DeviceClass own_class = DeviceClass::kiosk;
  std::map<DeviceNumber, ChainHead> heads;  ///< of what counts
  OperationNumber last_own = 0;             ///< recorded, perhaps not sealed yet
  OperationNumber last_sealed = 0;          ///< by this device, whether it counts or not
  OperationNumber acknowledged = 0;
  bool renewed = false;    ///< the charter lists State::next, and this store goes by it here
  bool elsewhere = false;  ///< somebody goes on with this device's chain: this store is a copy and seals no more
  std::map<crypto::KeyId, crypto::SecretBytes> epochs;

  [[nodiscard]] DeviceState own_state() const {
    const CharterDevice* device = charter.device(own);
    return device == nullptr ? DeviceState::cut : device->state;
  }
  /// What is recorded in a copy gets its numbers when the store is a new device.
  [[nodiscard]] bool may_record() const { return own_state() == DeviceState::active; }
  [[nodiscard]] bool own_active() const { return !elsewhere && may_record(); }
  [[nodiscard]] ChainHead head(DeviceNumber device) const {
    const auto found = heads.find(device);
    return found == heads.end() ? ChainHead{} : found->second;
  }
};

/// What readers on any thread may see of a scope without waiting for a writer.
struct PublishedScope {
  std::int64_t number = 0;
  ScopeKind kind = ScopeKind::house;
  DeviceNumber own = 0;
  DeviceClass own_class = DeviceClass::kiosk;
  CharterNumber charter = 0;
  OperationNumber last_own = 0;  ///< of what may still be sent
  OperationNumber acknowledged = 0;
  DeviceState own_state = DeviceState::active;
  Millis charter_written;
  bool renewed = false;
  bool elsewhere = false;
};

/// Where the chain of a device begins here because a snapshot stands for what came before; nothing when it begins at number 1.
[[nodiscard]] Result<std::optional<ChainHead>> base_of(Database& database, std::int64_t scope, DeviceNumber device);
/// A row of `founding`, whatever stood there.
[[nodiscard]] Status put_founding(Database& database, std::string_view name, ByteView value);

struct Vault::State {
  State(std::filesystem::path path, const crypto::SecretBytes& key, const VaultOptions& how, VaultLock held)
      : file(std::move(path)),
        store_key(key.clone()),
        options(how),
        rules(how.rules == nullptr ? the_merge_rules() : *how.rules),
        lock(std::move(held)),
        time({}, std::nullopt, how.clock->running()) {}

  const std::filesystem::path file;
  crypto::SecretBytes store_key;
  const VaultOptions options;
  const MergeRules& rules;
  const VaultLock lock;
  Founding founding;
  std::unique_ptr<VaultWitnesses> witnesses;  ///< the vault seen by who watches
  std::optional<Founding> next;  ///< the new device that a copied store becomes, charter by charter; never replaced while this lives

  TurnMutex writing;  ///< guards writer, scopes, clock, roles and the two caches of weeks
  std::unique_ptr<Database> writer;
  std::map<ScopeId, ScopeState> scopes;
  HybridClock clock;
  Roles roles;
  journal::Operation operation;     ///< used again for each that is written
  Millis kept_sure{};               ///< what was proven of time when it was last written down
  bool given_way = false;           ///< the work of the last transaction stopped for somebody who waits
  std::vector<SlotRow> batch_rows;  ///< of the batch of segments that is being taken
  Week terms_week;                  ///< the highest week by whose terms anything was let go
  crypto::SecretBytes plaintext;    ///< and this for what goes into a box
  struct RecordKey {
    std::int64_t scope = 0;
    Table table = Table::house;
    RecordId record;
    auto operator<=>(const RecordKey&) const = default;
  };
  std::map<RecordKey, Week> week_of_record;
  std::map<std::pair<std::int64_t, Table>, std::vector<Week>> weeks_of_table;
  std::map<std::pair<std::int64_t, Table>, std::size_t> misses;  ///< searches that found nothing; after many, a table is read whole
  std::set<std::pair<std::int64_t, Table>> known_whole;          ///< tables of which week_of_record holds every record

  std::vector<OwnSealing> sealing;  ///< never empty; the newest last
  KeyDuties duties;
  bool staff_changed = true;  ///< whom custody is wrapped for is to be asked again
  bool stays_changed = true;  ///< whose stay has ended is to be asked again
  bool fold_due = false;      ///< keys went: what secure_delete overwrote is to leave the log too
  Millis counted_running{};   ///< up to when running time is counted for leases

  mutable std::shared_mutex sides;  ///< shared by connections of their own, which a new file would pull the ground from under
  std::mutex reading;               ///< guards reader
  std::unique_ptr<Database> reader;

  mutable std::shared_mutex publishing;  ///< guards published and last_contact
  std::map<ScopeId, PublishedScope> published;
  std::optional<Millis> last_contact;
  std::atomic<std::uint64_t> revision{1};

  mutable std::mutex timing;  ///< guards time
  TrustedTime time;

  // vault_state.cpp
  [[nodiscard]] Status load();
  [[nodiscard]] Status load_scopes();
  [[nodiscard]] Status load_scope(ScopeState& scope);
  [[nodiscard]] Result<std::unique_ptr<Database>> connect_reader() const;
  /// The device that this store is in that scope.
  [[nodiscard]] const Founding& identity(const ScopeState& scope) const { return scope.renewed ? *next : founding; }
  void publish();
  [[nodiscard]] Millis now() const;
  [[nodiscard]] Week week_now() const;
  /// For what is let go for good (SCHEMA.md 7): the latest time that is proven, and its week.
  [[nodiscard]] Millis sure_now() const;
  [[nodiscard]] Week term_week() const;
  [[nodiscard]] Status keep_sure(Millis now);
  void saw(const ScopeState& scope, DeviceNumber device, OperationNumber number, std::uint64_t stamp);
  void saw_desk(Millis desk);
  [[nodiscard]] Result<ScopeState*> find(const ScopeId& scope);
  [[nodiscard]] std::optional<PublishedScope> seen(const ScopeId& scope) const;
  [[nodiscard]] const ScopeState* organisation_scope() const;
  [[nodiscard]] Conditions conditions(const ScopeState& scope) const;
  /// Runs `work` in a transaction with the writing lock held by the caller; after a failure memory is read again from the file.
  [[nodiscard]] Status write(const std::function<Status()>& work);
  [[nodiscard]] Result<std::vector<Recorded>> record_all(std::span<const ChangeToRecord> changes);
  /// Within a transaction whose operations touched staff or grants: judges again what these people did in the houses.
  [[nodiscard]] Status renew_roles();
  [[nodiscard]] Result<std::optional<Week>> find_week(const ScopeState& scope, Table table, const PersonId& owner, const RecordId& record,
                                                      Week near);
  void forget_weeks();
  /// After an upgrade: operations of kinds that the release before did not know.
  [[nodiscard]] Status judge_later_kinds();

  // charters.cpp
  [[nodiscard]] Result<bool> keep_second_charter(const ScopeState& scope, const CharterName& name, ByteView bytes);
  // own_keys.cpp, tending.cpp
  [[nodiscard]] Status load_own_keys();
  /// The pair that the charter names for this device; the newest when it names none of ours.
  [[nodiscard]] const crypto::SealingKeyPair& sealing_pair(const ScopeState& scope) const;
  /// Within a transaction: what is to be done because these people were erased.
  [[nodiscard]] Status begin_erasure(const std::vector<PersonId>& people);
  /// Within a transaction, after a charter: epoch keys without a grant go, sealing keys that no charter names, leases begin anew.
  [[nodiscard]] Status forget_ended_keys(ScopeState& scope);
  /// Within a transaction, after a charter: whose key this kiosk is given no more has left.
  [[nodiscard]] Status left_keyring(const ScopeState& scope, const Charter& former);
  [[nodiscard]] Status end_pins_of(const std::vector<PersonId>& left);
  [[nodiscard]] Status renew_leases();
  [[nodiscard]] Status end_leases();
  [[nodiscard]] bool count_due() const;
  [[nodiscard]] Result<std::int64_t> count_running();
  [[nodiscard]] Status turn_sealing_key();
  [[nodiscard]] Result<bool> drop_former_staff();
  [[nodiscard]] Status announce_keys();

  // receiving.cpp and recounting.cpp, within a transaction
  [[nodiscard]] Status take_segment(ScopeState& scope, ByteView bytes, TakeReport& report, bool& touched_roles, bool may_give_way);
  /// What every segment of a batch leaves for its end, or for a segment that needs it before: the rows of those before it.
  [[nodiscard]] Status put_rows(const ScopeState& scope, bool may_give_way);
  /// The failure with which work ends that somebody waits for; it begins again after them.
  [[nodiscard]] Status give_way();
  [[nodiscard]] Status saw_witnesses(const ScopeState& scope, const Applying& applying);
  [[nodiscard]] Status recount(ScopeState& scope, DeviceNumber device, TakeReport* report, bool& touched_roles);
  // renewing.cpp, within a transaction
  /// In every scope in which this store is the same device as in that one.
  [[nodiscard]] Status mark_elsewhere(const ScopeState& where);
  /// True when the file has own segments up to exactly there.
  [[nodiscard]] Result<bool> sealed_here(const ScopeState& scope, OperationNumber last, const HeaderHash& hash);
  /// Own operations without a receipt, out of the way of a chain that goes on without them.
  [[nodiscard]] Status set_unsent_aside(const ScopeState& scope);
  /// The charter lists `next`: what has no receipt gets numbers of the new device.
  [[nodiscard]] Status go_over(ScopeState& scope, DeviceNumber former);
  [[nodiscard]] Result<bool> has_pending(const ScopeState& scope, DeviceNumber device);
  [[nodiscard]] Result<const crypto::SecretBytes*> epoch_key(ScopeState& scope, const crypto::KeyId& epoch);
};

}  // namespace huisbord
