// SPDX-License-Identifier: GPL-3.0-or-later
// Charters: the only one held counts, and what it says about devices, keys and people takes effect when it is taken.
#include <algorithm>
#include <array>
#include <set>

#include "core/journal/grant.h"
#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// One more charter of its number is evidence; a third tells nothing new.
constexpr std::int64_t most_of_one_number = 2;

Result<std::int64_t> count_of(Database& database, std::int64_t scope, CharterNumber number) {
  Statement found = database.use("SELECT count(*) FROM charter WHERE scope = ? AND number = ?");
  found.bind(scope, number);
  TRY_ASSIGN([[maybe_unused]] const bool answered, found.row());
  return found.integer(0);
}

Result<bool> kept(Database& database, std::int64_t scope, const crypto::Hash& hash) {
  Statement found = database.use("SELECT 1 FROM charter WHERE scope = ? AND hash = ?");
  found.bind(scope, hash);
  return found.row();
}

Status keep(Database& database, std::int64_t scope, const Charter& charter, ByteView bytes) {
  return database.use("INSERT OR IGNORE INTO charter (scope, number, hash, bytes) VALUES (?, ?, ?, ?)")
      .bind(scope, charter.number, charter.hash, bytes)
      .run();
}

/// The epoch keys that this charter grants to this device and that are not here yet.
Status keep_epoch_keys(Database& database, const ScopeState& scope, const std::vector<OwnSealing>& own, const Founding& identity) {
  for (const Epoch& epoch : scope.charter.epochs) {
    const bool granted = std::ranges::any_of(epoch.grants, [&](const EpochGrant& grant) { return grant.device == scope.own; });
    if (!granted) continue;
    Statement known = database.use("SELECT 1 FROM epoch WHERE scope = ? AND id = ?");
    known.bind(scope.number, epoch.id);
    TRY_ASSIGN(const bool here, known.row());
    known.reset();
    if (here) continue;
    // An epoch older than this device's newest sealing key stays granted to a former one.
    Result<crypto::SecretBytes> key = open_grant(scope.charter, epoch.id, scope.own, identity.sealing);
    for (auto pair = own.rbegin(); pair != own.rend() && !key; ++pair) key = open_grant(scope.charter, epoch.id, scope.own, pair->pair);
    // Sealed to a key that this store never made: a copy of it did, and what is under this epoch waits until this one is a new device.
    if (!key && key.error().code == ErrorCode::seal) continue;
    if (!key) return std::unexpected(key.error());
    TRY_STATUS(
        database.use("INSERT OR IGNORE INTO epoch (scope, id, key) VALUES (?, ?, ?)").bind(scope.number, epoch.id, key->view()).run());
  }
  return {};
}

/// An erased person's rows and, on a desk, the key go; boxes that are left in the journal open with no key that anybody holds.
Status erase(Database& database, Vault::State& state, const ScopeState& scope, const std::vector<PersonId>& erased) {
  const std::set<PersonId> people(erased.begin(), erased.end());
  Applying applying(database, state.conditions(scope));
  const auto about = [&](const journal::Operation& op) {
    return people.contains(id_of<PersonId>(op.person())) || people.contains(id_of<PersonId>(op.actor())) ||
           (table_of(op) == Table::placing && people.contains(id_of<PersonId>(op.record())));
  };
  TRY_STATUS(applying.judge_again(about));
  for (const PersonId& person : erased) TRY_STATUS(database.use("DELETE FROM person_key WHERE person = ?").bind(person.bytes).run());
  return state.begin_erasure(erased);
}

/// Segments that waited for a charter: those that pass now are held, those that never will are gone.
Status check_aside(Database& database, const ScopeState& scope) {
  struct Aside {
    DeviceNumber device = 0;
    OperationNumber first = 0;
    Bytes hash;
    Status checked;
  };
  std::vector<Aside> all;
  Statement rows = database.use("SELECT device, first, hash, header FROM segment WHERE scope = ? AND state = 0");
  rows.bind(scope.number);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    TRY_ASSIGN(const SegmentView view, parse_evidence(rows.blob(3)));
    all.push_back({static_cast<DeviceNumber>(rows.integer(0)), rows.natural(1), to_bytes(rows.blob(2)), scope.charter.check_segment(view)});
  }
  rows.reset();
  for (const Aside& one : all) {
    if (!one.checked && (one.checked.error().code == ErrorCode::charter || one.checked.error().code == ErrorCode::epoch)) continue;
    Statement change = one.checked ? database.use("UPDATE segment SET state = 1 WHERE scope = ? AND device = ? AND first = ? AND hash = ?")
                                   : database.use("DELETE FROM segment WHERE scope = ? AND device = ? AND first = ? AND hash = ?");
    change.bind(scope.number, one.device, one.first, one.hash);
    TRY_STATUS(change.run());
  }
  return {};
}

std::ptrdiff_t ruled(const Charter& charter, DeviceNumber device) { return std::ranges::count(charter.rulings, device, &Ruling::device); }

bool same_verdict(const CharterDevice& a, const CharterDevice* b) { return b != nullptr && a.state == b->state && a.cut == b->cut; }

}  // namespace

/// True when the office's hand signed another one of a number that is held: both are kept as evidence.
Result<bool> Vault::State::keep_second_charter(const ScopeState& scope, const CharterName& name, ByteView bytes) {
  TRY_ASSIGN(const std::int64_t count, count_of(*writer, scope.number, name.number));
  if (count == 0) return false;
  TRY_ASSIGN(const bool known, kept(*writer, scope.number, name.hash));
  if (known) return count > 1;
  const auto other = Charter::verify(bytes, founding.root, nullptr);
  if (!other || other->organisation != founding.organisation) return false;
  if (count >= most_of_one_number) return true;
  TRY_STATUS(write([&] { return keep(*writer, scope.number, *other, bytes); }));
  return true;
}

Status Vault::take_charter(ByteView bytes) {
  TRY_ASSIGN(const CharterName name, charter_name(bytes));
  const std::scoped_lock guard(state_->writing);
  Database& db = *state_->writer;
  const auto held = state_->scopes.find(name.scope);
  const Charter* before = held == state_->scopes.end() ? nullptr : &held->second.charter;
  if (before != nullptr && before->number == name.number && before->hash == name.hash) return {};
  if (before != nullptr && before->number >= name.number) {
    TRY_ASSIGN(const bool alarm, state_->keep_second_charter(held->second, name, bytes));
    if (alarm) return fail(ErrorCode::charter, "There are two charters of one number.");
  }
  TRY_ASSIGN(Charter charter, Charter::verify(bytes, state_->founding.root, before, state_->now()));
  if (charter.organisation != state_->founding.organisation) return fail(ErrorCode::charter, "That charter is of another organisation.");
  const CharterDevice* own = state_->next ? charter.device(state_->next->device) : nullptr;
  const bool renewed = own != nullptr;
  if (own == nullptr) own = charter.device(state_->founding.device);
  if (own == nullptr) return fail(ErrorCode::charter, "That charter does not name this device.");
  const DeviceNumber own_number = own->number;
  const DeviceClass own_class = own->device_class;

  return state_->write([&]() -> Status {
    if (before == nullptr) {
      TRY_STATUS(db.use("INSERT INTO scope (id, charter, acknowledged) VALUES (?, ?, 0)").bind(name.scope.bytes, charter.hash).run());
      ScopeState& made = state_->scopes[name.scope];
      made.id = name.scope;
      TRY_ASSIGN(made.number, db.integer("SELECT last_insert_rowid()"));
    } else {
      TRY_STATUS(db.use("UPDATE scope SET charter = ? WHERE number = ?").bind(charter.hash, held->second.number).run());
    }
    ScopeState& scope = state_->scopes[name.scope];
    const Charter former = std::exchange(scope.charter, std::move(charter));
    const DeviceNumber former_own = scope.own;
    const bool goes_over = before != nullptr && renewed && !scope.renewed;
    scope.own = own_number;
    scope.own_class = own_class;
    scope.renewed = renewed;
    TRY_STATUS(keep(db, scope.number, scope.charter, bytes));
    TRY_STATUS(keep_epoch_keys(db, scope, state_->sealing, state_->identity(scope)));
    if (state_->sealing_pair(scope).public_key != scope.charter.device(scope.own)->sealing_key) TRY_STATUS(state_->mark_elsewhere(scope));
    Applying stamping(db, state_->conditions(scope));
    for (const CharterDevice& device : former.devices) {
      if (ruled(former, device.number) != ruled(scope.charter, device.number)) TRY_STATUS(stamping.stamp_again(device.number, former));
    }
    if (goes_over) TRY_STATUS(state_->go_over(scope, former_own));
    TRY_STATUS(check_aside(db, scope));
    bool touched_roles = stamping.touched_roles();
    for (const CharterDevice& device : scope.charter.devices) {
      TRY_ASSIGN(const bool pending, state_->has_pending(scope, device.number));
      if (pending || !same_verdict(device, former.device(device.number)))
        TRY_STATUS(state_->recount(scope, device.number, nullptr, touched_roles));
    }
    std::vector<PersonId> erased;
    std::ranges::copy_if(scope.charter.erased, std::back_inserter(erased),
                         [&](const PersonId& person) { return !former.is_erased(person); });
    if (!erased.empty()) TRY_STATUS(erase(db, *state_, scope, erased));
    TRY_STATUS(state_->left_keyring(scope, former));
    TRY_STATUS(state_->forget_ended_keys(scope));
    state_->saw_desk({scope.charter.written_quarter * Stamp::quarter_millis});
    return touched_roles || before == nullptr ? state_->renew_roles() : Status{};
  });
}

Result<std::optional<Bytes>> Vault::charter(const ScopeId& scope) const {
  const auto seen = state_->seen(scope);
  if (!seen) return std::nullopt;
  const std::scoped_lock guard(state_->reading);
  Statement found = state_->reader->use(
      "SELECT c.bytes FROM scope AS s JOIN charter AS c ON c.scope = s.number AND c.hash = s.charter WHERE s.number = ?");
  found.bind(seen->number);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return std::nullopt;
  return to_bytes(found.blob(0));
}

Result<std::vector<StoredSegment>> Vault::segments_of(const ScopeId& scope_id, DeviceNumber device) const {
  const auto scope = state_->seen(scope_id);
  if (!scope) return fail(ErrorCode::not_found, "That scope is not held here.");
  const std::scoped_lock guard(state_->reading);
  std::vector<StoredSegment> all;
  Statement rows = state_->reader->use("SELECT hash, state, header FROM segment WHERE scope = ? AND device = ? ORDER BY first");
  rows.bind(scope->number, device);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return all;
    TRY_ASSIGN(const SegmentView segment, parse_evidence(rows.blob(2)));
    constexpr std::array standings = {StoredSegment::Standing::waits_for_keys, StoredSegment::Standing::kept_aside,
                                      StoredSegment::Standing::counts, StoredSegment::Standing::broken};
    all.push_back({segment.header.first, segment.header.last(), segment.hash(), segment.header.previous, segment.header.last_stamp,
                   standings.at(static_cast<std::size_t>(rows.integer(1)))});
  }
}

Result<std::vector<Bytes>> Vault::segments_from(const ScopeId& scope_id, DeviceNumber device, OperationNumber first) const {
  constexpr std::size_t most = std::size_t{512} << 10;
  const auto scope = state_->seen(scope_id);
  if (!scope) return fail(ErrorCode::not_found, "That scope is not held here.");
  const std::scoped_lock guard(state_->reading);
  std::vector<Bytes> all;
  std::size_t size = 0;
  Statement rows = state_->reader->use(
      "SELECT last, header, body FROM segment WHERE scope = ? AND device = ? AND first >= ? AND state = 2 ORDER BY first LIMIT 64");
  rows.bind(scope->number, device, first);
  while (size < most) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    Bytes bytes = to_bytes(rows.blob(1));
    const ByteView body = rows.blob(2);
    TRY_ASSIGN(const SegmentView segment, parse_evidence(bytes));
    const bool sent = device != scope->own || rows.natural(0) <= scope->acknowledged;
    if (!sent || body.empty() || segment.header.first != first) break;
    bytes.insert(bytes.end(), body.begin(), body.end());
    size += bytes.size();
    first = rows.natural(0) + 1;
    all.push_back(std::move(bytes));
  }
  return all;
}

std::vector<ForkEvidence> Vault::forks() const {
  std::vector<ForkEvidence> found;
  for (const ScopeId& id : scopes()) {
    const auto scope = state_->seen(id);
    const std::scoped_lock guard(state_->reading);
    Statement devices = state_->reader->use(
        "SELECT DISTINCT a.device, a.first FROM segment AS a JOIN segment AS b ON b.scope = a.scope AND b.device = a.device"
        " AND b.hash > a.hash AND b.first <= a.last AND b.last >= a.first"
        " WHERE a.scope = ? AND a.state BETWEEN 1 AND 3 AND b.state BETWEEN 1 AND 3");
    devices.bind(scope->number);
    for (auto more = devices.row(); more && *more; more = devices.row())
      found.push_back({ForkEvidence::Kind::device, id, static_cast<DeviceNumber>(devices.integer(0)), devices.natural(1)});
    Statement charters = state_->reader->use("SELECT number FROM charter WHERE scope = ? GROUP BY number HAVING count(*) > 1");
    charters.bind(scope->number);
    for (auto more = charters.row(); more && *more; more = charters.row())
      found.push_back({ForkEvidence::Kind::charter, id, 0, charters.natural(0)});
  }
  return found;
}

}  // namespace huisbord
