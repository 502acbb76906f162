// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite, plain: what it holds is ciphertext and random identifiers.
#include "app/relay/database.h"

#include <sqlite3.h>

#include "core/base/check.h"

namespace huisbord::relay {
namespace {

constexpr int busy_millis = 5000;

ErrorCode code_of(int result) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return ErrorCode::disk_full;
    case SQLITE_READONLY:
      return ErrorCode::read_only;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::locked;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::damaged;
    default:
      return ErrorCode::io;
  }
}

}  // namespace

void Database::Close::operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Result<Database> Database::open(const std::filesystem::path& file) {
  sqlite3* raw = nullptr;
  const int result = sqlite3_open_v2(file.c_str(), &raw,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Database opened;
  opened.database_.reset(raw);
  if (result != SQLITE_OK) return fail(code_of(result), "the relay's mailbox does not open: " + std::string(sqlite3_errstr(result)));
  sqlite3_busy_timeout(raw, busy_millis);
  TRY_STATUS(
      opened.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
                     "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF"));
  return opened;
}

Error Database::error(const char* doing) const {
  const int result = sqlite3_extended_errcode(database_.get());
  return {code_of(result), std::string("the relay's mailbox, ") + doing + ": " + sqlite3_errstr(result)};
}

Status Database::execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return std::unexpected(error(sql));
  return {};
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v3(database_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK)
    return std::unexpected(error(sql));
  Statement statement;
  statement.statement_.reset(raw);
  return statement;
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(database_.get()); }

void Statement::reset() { sqlite3_reset(statement_.get()); }

void Statement::bind(int at, std::int64_t value) { CHECK(sqlite3_bind_int64(statement_.get(), at, value) == SQLITE_OK); }

void Statement::bind(int at, ByteView value) {
  // An empty view has no address, and SQLite reads no address as NULL.
  const void* const data = value.empty() ? static_cast<const void*>("") : value.data();
  CHECK(sqlite3_bind_blob64(statement_.get(), at, data, value.size(), SQLITE_STATIC) == SQLITE_OK);
}

Result<bool> Statement::next() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  sqlite3_reset(statement_.get());
  if (result == SQLITE_DONE) return false;
  return fail(code_of(result), std::string("the relay's mailbox: ") + sqlite3_errstr(result));
}

Status Statement::done() {
  TRY_ASSIGN(const bool row, next());
  CHECK(!row);
  return {};
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

ByteView Statement::blob(int column) const {
  const auto* const data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  return {data, data == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

}  // namespace huisbord::relay
