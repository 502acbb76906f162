// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of the mailbox and what is asked of them.
#include "app/relay/sqlite_mailbox.h"

#include <algorithm>
#include <queue>

#include "core/base/check.h"
#include "core/sync/wire/limits.h"

namespace huisbord::relay {
namespace {

constexpr std::int64_t schema = 2;

// Bytes stand in the last column, so that reading the others does not walk through them.
constexpr const char* tables = R"(
  CREATE TABLE IF NOT EXISTS relay (only INTEGER PRIMARY KEY CHECK (only = 1), id BLOB NOT NULL) STRICT;
  INSERT OR IGNORE INTO relay (only, id) VALUES (1, randomblob(8));
  CREATE TABLE IF NOT EXISTS scope (id INTEGER PRIMARY KEY, organisation BLOB NOT NULL, scope BLOB NOT NULL,
    charter_number INTEGER NOT NULL, charter_hash BLOB NOT NULL, changes INTEGER NOT NULL, UNIQUE (organisation, scope)) STRICT;
  CREATE TABLE IF NOT EXISTS charter (scope INTEGER PRIMARY KEY REFERENCES scope, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS device (scope INTEGER NOT NULL REFERENCES scope, device INTEGER NOT NULL, number INTEGER NOT NULL,
    header_hash BLOB NOT NULL, stamp INTEGER NOT NULL, bytes INTEGER NOT NULL, floor INTEGER NOT NULL, PRIMARY KEY (scope, device))
    STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS segment (arrival INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER NOT NULL REFERENCES scope,
    device INTEGER NOT NULL, last INTEGER NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS segment_by_number ON segment (scope, device, last, size);
  CREATE TABLE IF NOT EXISTS handed_in (scope INTEGER NOT NULL REFERENCES scope, device INTEGER NOT NULL, last INTEGER NOT NULL,
    bytes BLOB NOT NULL, PRIMARY KEY (scope, device, last)) STRICT;
  CREATE TABLE IF NOT EXISTS fork (scope INTEGER NOT NULL REFERENCES scope, device INTEGER NOT NULL, number INTEGER NOT NULL,
    held BLOB NOT NULL, refused BLOB NOT NULL, PRIMARY KEY (scope, device, number)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS piece (scope INTEGER NOT NULL REFERENCES scope, hash BLOB NOT NULL, piece INTEGER NOT NULL,
    bytes BLOB NOT NULL, PRIMARY KEY (scope, hash, piece)) STRICT;
  PRAGMA user_version = 2;
)";

template <std::size_t N>
ByteArray<N> array_of(ByteView bytes) {
  ByteArray<N> array{};
  std::ranges::copy(bytes.first(std::min(N, bytes.size())), array.begin());
  return array;
}

}  // namespace

Result<std::unique_ptr<Mailbox>> SqliteMailbox::open(const std::filesystem::path& file) {
  auto mailbox = std::make_unique<SqliteMailbox>();
  TRY_ASSIGN(mailbox->database_, Database::open(file));
  TRY_STATUS(mailbox->prepare());
  return std::unique_ptr<Mailbox>(std::move(mailbox));
}

Status SqliteMailbox::prepare() {
  TRY_STATUS(begin_write());
  {
    TRY_ASSIGN(Statement version, database_.prepare("PRAGMA user_version"));
    TRY_ASSIGN(const bool row, version.run().next());
    const std::int64_t written = row ? version.integer(0) : 0;
    if (written > schema) return fail(ErrorCode::newer_version, "the mailbox was written by a newer huisbord-relay");
    if (written != 0 && written < schema) return fail(ErrorCode::invalid, "the mailbox was written by a relay of before the first release");
  }
  TRY_STATUS(database_.execute(tables));
  TRY_STATUS(commit());

  const auto statement = [this](std::optional<Statement>& into, const char* sql) -> Status {
    TRY_ASSIGN(into, database_.prepare(sql));
    return {};
  };
  TRY_STATUS(statement(find_, "SELECT id, charter_number, charter_hash FROM scope WHERE organisation = ? AND scope = ?"));
  TRY_STATUS(statement(charter_, "SELECT bytes FROM charter WHERE scope = ?"));
  TRY_STATUS(statement(keep_scope_,
                       "INSERT INTO scope (organisation, scope, charter_number, charter_hash, changes) VALUES (?1, ?2, ?3, ?4, 1) "
                       "ON CONFLICT (organisation, scope) DO UPDATE SET charter_number = ?3, charter_hash = ?4, changes = changes + 1 "
                       "RETURNING id"));
  TRY_STATUS(statement(keep_charter_, "INSERT INTO charter (scope, bytes) VALUES (?1, ?2) ON CONFLICT (scope) DO UPDATE SET bytes = ?2"));
  TRY_STATUS(statement(mark_, "SELECT relay.id, scope.changes FROM scope, relay WHERE scope.id = ?"));
  TRY_STATUS(statement(changed_, "UPDATE scope SET changes = changes + 1 WHERE id = ?"));
  TRY_STATUS(statement(device_, "SELECT number, header_hash, stamp, bytes, floor FROM device WHERE scope = ? AND device = ?"));
  TRY_STATUS(statement(keep_device_,
                       "INSERT INTO device (scope, device, number, header_hash, stamp, bytes, floor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
                       "ON CONFLICT (scope, device) DO UPDATE SET number = ?3, header_hash = ?4, stamp = ?5, bytes = ?6, floor = ?7"));
  TRY_STATUS(statement(shrink_,
                       "UPDATE segment SET bytes = substr(bytes, 1, ?4), size = ?4 WHERE scope = ?1 AND device = ?2 AND last <= ?3 "
                       "AND size > ?4"));
  TRY_STATUS(statement(size_, "SELECT coalesce(sum(size), 0) FROM segment WHERE scope = ? AND device = ?"));
  TRY_STATUS(statement(keep_handed_, "INSERT OR IGNORE INTO handed_in (scope, device, last, bytes) VALUES (?, ?, ?, ?)"));
  TRY_STATUS(
      statement(handed_, "SELECT device, last, bytes FROM handed_in WHERE scope = ?1 AND (?2 = 0 OR device = ?2) ORDER BY device, last"));
  TRY_STATUS(statement(drop_handed_, "DELETE FROM handed_in WHERE scope = ? AND device = ? AND last = ?"));
  TRY_STATUS(statement(keep_piece_, "INSERT OR REPLACE INTO piece (scope, hash, piece, bytes) VALUES (?, ?, ?, ?)"));
  TRY_STATUS(statement(piece_, "SELECT bytes FROM piece WHERE scope = ? AND hash = ? AND piece = ?"));
  TRY_STATUS(statement(drop_pieces_, "DELETE FROM piece WHERE scope = ? AND hash <> ? AND hash <> ?"));
  TRY_STATUS(statement(covering_,
                       "SELECT substr(bytes, 1, ?4) FROM segment WHERE scope = ?1 AND device = ?2 AND last >= ?3 ORDER BY last LIMIT 1"));
  TRY_STATUS(statement(keep_segment_, "INSERT INTO segment (scope, device, last, size, bytes) VALUES (?, ?, ?, ?, ?)"));
  TRY_STATUS(statement(count_forks_, "SELECT count(*) FROM fork WHERE scope = ? AND device = ?"));
  TRY_STATUS(statement(keep_fork_, "INSERT OR IGNORE INTO fork (scope, device, number, held, refused) VALUES (?, ?, ?, ?, ?)"));
  TRY_STATUS(statement(heads_, "SELECT device, number, header_hash, floor FROM device WHERE scope = ? ORDER BY device"));
  TRY_STATUS(statement(forks_, "SELECT device, held, refused FROM fork WHERE scope = ? ORDER BY device, number LIMIT ?"));
  TRY_STATUS(statement(next_,
                       "SELECT arrival, last, size FROM segment INDEXED BY segment_by_number "
                       "WHERE scope = ? AND device = ? AND last > ? ORDER BY last LIMIT 1"));
  TRY_STATUS(statement(bytes_, "SELECT bytes FROM segment WHERE arrival = ?"));
  return {};
}

Status SqliteMailbox::begin_read() { return database_.execute("BEGIN"); }
Status SqliteMailbox::begin_write() { return database_.execute("BEGIN IMMEDIATE"); }
Status SqliteMailbox::commit() {
  TRY_STATUS(database_.execute("COMMIT"));
  // The former charter's bytes are overwritten in the file by secure_delete, and leave the log only so. Busy readers put it off.
  if (overwritten_ && database_.execute("PRAGMA wal_checkpoint(TRUNCATE)")) overwritten_ = false;
  return {};
}
void SqliteMailbox::end() {
  // Fails only when SQLite has rolled back by itself, which is what is wanted here.
  static_cast<void>(database_.execute("ROLLBACK"));
}

Result<std::optional<ScopeRow>> SqliteMailbox::find(const ScopeName& name) {
  TRY_ASSIGN(const bool row, find_->run(name.organisation.bytes, name.scope.bytes).next());
  if (!row) return std::nullopt;
  const ScopeRow scope{
      .row = find_->integer(0), .charter = static_cast<CharterNumber>(find_->integer(1)), .charter_hash = array_of<32>(find_->blob(2))};
  find_->reset();
  return scope;
}

Result<Bytes> SqliteMailbox::charter(const ScopeRow& scope) {
  TRY_ASSIGN(const bool row, charter_->run(scope.row).next());
  if (!row) return fail(ErrorCode::damaged, "the relay's mailbox lacks a charter");
  Bytes bytes = to_bytes(charter_->blob(0));
  charter_->reset();
  return bytes;
}

Status SqliteMailbox::keep_charter(const ScopeName& name, const Charter& charter, ByteView bytes) {
  overwritten_ = true;
  TRY_ASSIGN(const bool row, keep_scope_->run(name.organisation.bytes, name.scope.bytes, charter.number, charter.hash).next());
  CHECK(row);
  const std::int64_t scope = keep_scope_->integer(0);
  keep_scope_->reset();
  return keep_charter_->run(scope, bytes).done();
}

Result<Bytes> SqliteMailbox::mark(const ScopeRow& scope) {
  TRY_ASSIGN(const bool row, mark_->run(scope.row).next());
  if (!row) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");
  Bytes mark = to_bytes(mark_->blob(0));
  ByteWriter(mark).u64(static_cast<std::uint64_t>(mark_->integer(1)));
  mark_->reset();
  return mark;
}

Status SqliteMailbox::changed(const ScopeRow& scope) { return changed_->run(scope.row).done(); }

Result<DeviceRow> SqliteMailbox::device(const ScopeRow& scope, DeviceNumber device) {
  TRY_ASSIGN(const bool row, device_->run(scope.row, device).next());
  if (!row) return DeviceRow{};
  const DeviceRow found{.head = {.number = static_cast<OperationNumber>(device_->integer(0)),
                                 .hash = array_of<32>(device_->blob(1)),
                                 .stamp = static_cast<std::uint64_t>(device_->integer(2))},
                        .bytes = static_cast<std::uint64_t>(device_->integer(3)),
                        .floor = static_cast<OperationNumber>(device_->integer(4))};
  device_->reset();
  return found;
}

Status SqliteMailbox::write_device(const ScopeRow& scope, DeviceNumber device, const DeviceRow& row) {
  return keep_device_->run(scope.row, device, row.head.number, row.head.hash, row.head.stamp, row.bytes, row.floor).done();
}

Result<Bytes> SqliteMailbox::covering(const ScopeRow& scope, DeviceNumber device, OperationNumber number) {
  TRY_ASSIGN(const bool row, covering_->run(scope.row, device, number, std::int64_t{signed_header_size}).next());
  if (!row) return fail(ErrorCode::not_found, "the relay's mailbox holds no segment of that number");
  Bytes header = to_bytes(covering_->blob(0));
  covering_->reset();
  return header;
}

Status SqliteMailbox::keep_segment(const ScopeRow& scope, const SegmentView& segment, ByteView bytes, const DeviceRow& follows) {
  DeviceRow row = follows;
  row.head = head_of(segment);
  row.bytes += bytes.size();
  const auto size = static_cast<std::uint64_t>(bytes.size());
  TRY_STATUS(keep_segment_->run(scope.row, segment.header.device, row.head.number, size, bytes).done());
  TRY_STATUS(write_device(scope, segment.header.device, row));
  return changed(scope);
}

Status SqliteMailbox::begin_after(const ScopeRow& scope, DeviceNumber device, const ChainHead& head) {
  TRY_ASSIGN(DeviceRow row, this->device(scope, device));
  row.head = head;
  row.floor = head.number + 1;
  return write_device(scope, device, row);
}

Status SqliteMailbox::let_go(const ScopeRow& scope, DeviceNumber device, OperationNumber number) {
  TRY_ASSIGN(DeviceRow row, this->device(scope, device));
  if (row.head.number == 0 || row.floor > number) return {};
  overwritten_ = true;
  TRY_STATUS(shrink_->run(scope.row, device, number, std::int64_t{signed_header_size}).done());
  TRY_ASSIGN(const bool counted, size_->run(scope.row, device).next());
  row.bytes = counted ? static_cast<std::uint64_t>(size_->integer(0)) : 0;
  size_->reset();
  row.floor = std::min(number, row.head.number) + 1;
  TRY_STATUS(write_device(scope, device, row));
  return changed(scope);
}

Status SqliteMailbox::keep_handed_in(const ScopeRow& scope, const SegmentView& segment, ByteView bytes) {
  TRY_STATUS(keep_handed_->run(scope.row, segment.header.device, segment.header.last(), bytes).done());
  return changed(scope);
}

Result<std::vector<HandedRow>> SqliteMailbox::handed_in(const ScopeRow& scope, DeviceNumber device) {
  std::vector<HandedRow> rows;
  handed_->run(scope.row, device);
  for (;;) {
    TRY_ASSIGN(const bool row, handed_->next());
    if (!row) return rows;
    rows.push_back({.device = static_cast<DeviceNumber>(handed_->integer(0)),
                    .last = static_cast<OperationNumber>(handed_->integer(1)),
                    .bytes = to_bytes(handed_->blob(2))});
  }
}

Status SqliteMailbox::drop_handed_in(const ScopeRow& scope, DeviceNumber device, OperationNumber last) {
  return drop_handed_->run(scope.row, device, last).done();
}

Status SqliteMailbox::keep_piece(const ScopeRow& scope, const PieceName& name, ByteView bytes) {
  return keep_piece_->run(scope.row, name.hash, name.piece, bytes).done();
}

Result<std::optional<Bytes>> SqliteMailbox::piece(const ScopeRow& scope, const PieceName& name) {
  TRY_ASSIGN(const bool row, piece_->run(scope.row, name.hash, name.piece).next());
  if (!row) return std::nullopt;
  Bytes bytes = to_bytes(piece_->blob(0));
  piece_->reset();
  return bytes;
}

Status SqliteMailbox::drop_other_pieces(const ScopeRow& scope, const crypto::Hash& one, const crypto::Hash& other) {
  overwritten_ = true;
  return drop_pieces_->run(scope.row, one, other).done();
}

Status SqliteMailbox::keep_fork(const ScopeRow& scope, DeviceNumber device, OperationNumber number, ByteView held, ByteView refused) {
  TRY_ASSIGN(const bool row, count_forks_->run(scope.row, device).next());
  const bool full = row && count_forks_->integer(0) >= static_cast<std::int64_t>(wire::max_forks_a_device);
  count_forks_->reset();
  if (full) return {};
  return keep_fork_->run(scope.row, device, number, held, refused).done();
}

Result<std::vector<HeadRow>> SqliteMailbox::heads(const ScopeRow& scope) {
  std::vector<HeadRow> heads;
  heads_->run(scope.row);
  for (;;) {
    TRY_ASSIGN(const bool row, heads_->next());
    if (!row) return heads;
    heads.push_back({.device = static_cast<DeviceNumber>(heads_->integer(0)),
                     .number = static_cast<OperationNumber>(heads_->integer(1)),
                     .hash = array_of<32>(heads_->blob(2)),
                     .floor = static_cast<OperationNumber>(heads_->integer(3))});
  }
}

Result<std::vector<ForkRow>> SqliteMailbox::forks(const ScopeRow& scope) {
  std::vector<ForkRow> forks;
  forks_->run(scope.row, std::uint64_t{wire::max_heads});
  for (;;) {
    TRY_ASSIGN(const bool row, forks_->next());
    if (!row) return forks;
    forks.push_back(
        {.device = static_cast<DeviceNumber>(forks_->integer(0)), .held = to_bytes(forks_->blob(1)), .refused = to_bytes(forks_->blob(2))});
  }
}

Result<Page> SqliteMailbox::page(const ScopeRow& scope, const std::map<DeviceNumber, OperationNumber>& held, std::size_t most) {
  struct Next {
    std::int64_t arrival = 0;
    DeviceNumber device = 0;
    OperationNumber last = 0;
    std::size_t size = 0;
    bool operator>(const Next& other) const { return arrival > other.arrival; }
  };
  std::priority_queue<Next, std::vector<Next>, std::greater<>> coming;
  const auto look = [&](DeviceNumber device, OperationNumber after) -> Status {
    TRY_ASSIGN(const bool row, next_->run(scope.row, device, after).next());
    if (row)
      coming.push({.arrival = next_->integer(0),
                   .device = device,
                   .last = static_cast<OperationNumber>(next_->integer(1)),
                   .size = static_cast<std::size_t>(next_->integer(2))});
    next_->reset();
    return {};
  };

  TRY_ASSIGN(const auto heads, this->heads(scope));
  for (const HeadRow& head : heads) {
    const auto at = held.find(head.device);
    const OperationNumber after = std::max(at == held.end() ? 0 : at->second, head.floor == 0 ? 0 : head.floor - 1);
    if (after < head.number) TRY_STATUS(look(head.device, after));
  }
  Page page;
  std::size_t size = 0;
  while (!coming.empty()) {
    const Next next = coming.top();
    if (!page.segments.empty() && size + next.size > most) break;
    coming.pop();
    TRY_ASSIGN(const bool row, bytes_->run(next.arrival).next());
    if (!row) return fail(ErrorCode::damaged, "the relay's mailbox lacks a segment that it lists");
    page.segments.push_back(to_bytes(bytes_->blob(0)));
    bytes_->reset();
    size += next.size;
    TRY_STATUS(look(next.device, next.last));
  }
  page.more = !coming.empty();
  return page;
}

}  // namespace huisbord::relay
