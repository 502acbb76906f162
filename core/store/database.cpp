// SPDX-License-Identifier: GPL-3.0-or-later
// One connection to an encrypted database file: opening, statements, transactions, and what SQLite's codes mean to a person.
#include "core/store/database.h"

#define SQLITE_HAS_CODEC 1  // the header shows sqlite3_key only then; Debian's library is built with it
#include <sqlcipher/sqlite3.h>

#include <cerrno>

#include "core/base/check.h"
#include "core/crypto/memory.h"

namespace huisbord {
namespace {

/// x'key salt' in hexadecimal: SQLCipher takes both as they are and derives nothing from a passphrase.
crypto::SecretBytes spelled(const crypto::SecretBytes& key, ByteView salt) {
  static constexpr char digits[] = "0123456789abcdef";
  crypto::SecretBytes raw = crypto::SecretBytes::of_size(3 + 2 * (key.size() + salt.size()));
  const auto out = raw.mutable_view();
  std::size_t at = 0;
  out[at++] = 'x';
  out[at++] = '\'';
  for (const ByteView part : {key.view(), salt})
    for (const std::uint8_t byte : part) {
      out[at++] = static_cast<std::uint8_t>(digits[byte >> 4]);
      out[at++] = static_cast<std::uint8_t>(digits[byte & 15]);
    }
  out[at++] = '\'';
  return raw;
}

}  // namespace

Statement::Statement(Statement&& other) noexcept : database_(other.database_), statement_(other.statement_), code_(other.code_) {
  other.statement_ = nullptr;
}

Statement::~Statement() { reset(); }

void Statement::reset() {
  if (statement_ != nullptr) sqlite3_reset(statement_);
}

Result<bool> Statement::row() {
  if (statement_ == nullptr) return std::unexpected(database_->error(code_));
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  auto error = database_->error(code);
  sqlite3_reset(statement_);
  return std::unexpected(std::move(error));
}

Status Statement::run() {
  for (;;) {
    TRY_ASSIGN(const bool more, row());
    if (!more) break;
  }
  reset();
  return {};
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
ByteView Statement::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Statement::bind_integer(int place, std::int64_t value) {
  if (statement_ != nullptr) CHECK(sqlite3_bind_int64(statement_, place, value) == SQLITE_OK);
}
void Statement::bind_bytes(int place, ByteView value) {
  if (statement_ == nullptr) return;
  // A null pointer would bind NULL, and an empty blob is something else.
  const void* data = value.empty() ? static_cast<const void*>("") : value.data();
  CHECK(sqlite3_bind_blob64(statement_, place, data, value.size(), SQLITE_STATIC) == SQLITE_OK);
}
void Statement::bind_text(int place, std::string_view value) {
  if (statement_ == nullptr) return;
  CHECK(sqlite3_bind_text64(statement_, place, value.empty() ? "" : value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK);
}
void Statement::bind_null(int place) {
  if (statement_ != nullptr) CHECK(sqlite3_bind_null(statement_, place) == SQLITE_OK);
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, const crypto::SecretBytes& key, ByteView salt,
                                                 const DatabaseOptions& options) {
  std::unique_ptr<Database> database(new Database(path.filename().string()));
  TRY_STATUS(database->connect(path, options));
  // What went wrong is said by whoever called, in words; SQLCipher's own lines on stderr are for its developers.
  TRY_STATUS(database->execute("PRAGMA cipher_log_level = NONE"));
  const crypto::SecretBytes raw = spelled(key, salt);
  if (const int code = sqlite3_key(database->handle_, raw.view().data(), static_cast<int>(raw.size())); code != SQLITE_OK)
    return std::unexpected(database->error(code));
  // No statement may come before these; they say how the pages are made and so belong to the format (SCHEMA.md 2).
  TRY_STATUS(database->execute("PRAGMA cipher_page_size = 4096"));
  TRY_STATUS(database->execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA256"));
  TRY_STATUS(database->settle(options));
  return database;
}

Result<std::unique_ptr<Database>> Database::open_plain(const std::filesystem::path& path, const DatabaseOptions& options) {
  std::unique_ptr<Database> database(new Database(path.filename().string()));
  TRY_STATUS(database->connect(path, options));
  TRY_STATUS(database->execute("PRAGMA page_size = 4096"));
  TRY_STATUS(database->settle(options));
  return database;
}

Status Database::connect(const std::filesystem::path& path, const DatabaseOptions& options) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  if (options.mode == DatabaseOptions::Mode::create) flags |= SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (code != SQLITE_OK) return std::unexpected(error(code));
  fold_log_on_close(false);
  if (sqlite3_db_readonly(handle_, "main") == 1) return std::unexpected(error(SQLITE_READONLY));
  sqlite3_busy_timeout(handle_, 2000);
  return {};
}

Status Database::settle(const DatabaseOptions& options) {
  TRY_STATUS(execute("PRAGMA cache_size = -" + std::to_string(options.cache_kib)));
  TRY_STATUS(execute("PRAGMA temp_store = MEMORY"));
  // The first read of the file: here a wrong key or a damaged first page shows.
  TRY_ASSIGN([[maybe_unused]] const std::int64_t version, integer("PRAGMA user_version"));
  TRY_ASSIGN([[maybe_unused]] const std::int64_t objects, integer("SELECT count(*) FROM sqlite_schema"));
  if (options.mode == DatabaseOptions::Mode::create) TRY_STATUS(execute("PRAGMA journal_mode = WAL"));
  TRY_STATUS(execute("PRAGMA synchronous = FULL"));
  TRY_STATUS(execute("PRAGMA secure_delete = ON"));
  TRY_STATUS(execute("PRAGMA mmap_size = 0"));
  TRY_STATUS(execute("PRAGMA trusted_schema = OFF"));
  TRY_STATUS(execute("PRAGMA cell_size_check = ON"));
  if (options.mode == DatabaseOptions::Mode::read) TRY_STATUS(execute("PRAGMA query_only = ON"));
  return {};
}

Statement Database::use(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return {*this, found->second, SQLITE_OK};
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  CHECK(code != SQLITE_ERROR);  // a text of ours that SQLite does not understand
  if (code == SQLITE_OK) statements_.emplace(sql, statement);
  return {*this, statement, code};
}

Status Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  return {};
}

Status Database::each_row(const std::string& sql, const std::function<bool(sqlite3_stmt*)>& visit) {
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v2(handle_, sql.c_str(), -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(prepared, sqlite3_finalize);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  for (;;) {
    const int step = sqlite3_step(prepared);
    if (step == SQLITE_DONE) return {};
    if (step != SQLITE_ROW) return std::unexpected(error(step));
    if (!visit(prepared)) return {};
  }
}

Result<std::int64_t> Database::integer(const std::string& sql) {
  std::optional<std::int64_t> answer;
  const Status asked = each_row(sql, [&](sqlite3_stmt* row) {
    answer = sqlite3_column_int64(row, 0);
    return false;
  });
  TRY_STATUS(asked);
  if (!answer) return fail(ErrorCode::not_found, "A query that must answer a number answered nothing.");
  return *answer;
}

Result<std::string> Database::text(const std::string& sql) {
  std::string answer;
  const Status asked = each_row(sql, [&](sqlite3_stmt* row) {
    const void* data = sqlite3_column_blob(row, 0);
    answer.assign(static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(row, 0)));
    return false;
  });
  TRY_STATUS(asked);
  return answer;
}

Status Database::copy_into(const std::filesystem::path& path, const crypto::SecretBytes& key, ByteView salt) {
  const crypto::SecretBytes raw = spelled(key, salt);
  const std::string file = path.string();
  TRY_STATUS(use("ATTACH DATABASE ? AS fresh KEY ?").bind(file, raw.view()).run());
  const Status copied = [&]() -> Status {
    TRY_STATUS(execute("PRAGMA fresh.cipher_page_size = 4096"));
    TRY_STATUS(execute("PRAGMA fresh.cipher_hmac_algorithm = HMAC_SHA256"));
    return execute("SELECT sqlcipher_export('fresh')");
  }();
  const Status detached = execute("DETACH DATABASE fresh");
  return copied ? detached : copied;
}

Result<std::size_t> Database::count_rows(const std::string& sql) {
  std::size_t count = 0;
  const Status asked = each_row(sql, [&](sqlite3_stmt*) { return ++count != 0; });
  TRY_STATUS(asked);
  return count;
}

Status Database::transaction(const std::function<Status()>& work) {
  TRY_STATUS(use("BEGIN IMMEDIATE").run());
  Status done = work();
  if (done) done = use("COMMIT").run();
  // A failure in the middle (full disk) may have rolled back by itself already.
  if (!done && in_transaction()) {
    if (auto undone = use("ROLLBACK").run(); !undone) done.error().sentence += " " + undone.error().sentence;
  }
  return done;
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void Database::fold_log_on_close(bool fold) { sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, fold ? 0 : 1, nullptr); }

Status Database::checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  return {};
}

Error Database::error(int code) const {
  const int system = handle_ != nullptr ? sqlite3_system_errno(handle_) : 0;
  const bool no_room = system == ENOSPC || system == EDQUOT || system == EFBIG;
  const std::string file = "The vault " + name_;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {ErrorCode::disk_full, file + " could not be written: the disk is full. Nothing was lost; make room and try again."};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorCode::read_only, file + " cannot be written: its disk or folder is read-only."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::locked, file + " is in use by another process; close that one first."};
    case SQLITE_ERROR:  // what a page of the schema says that does not verify; texts of ours are understood
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorCode::damaged, file + " is damaged: a page of it does not verify. Nothing was changed; restore it from a backup."};
    case SQLITE_CANTOPEN:
      if (system == EROFS || system == EACCES || system == EPERM)
        return {ErrorCode::read_only, file + " cannot be opened for writing: its disk or folder is read-only."};
      if (no_room) return {ErrorCode::disk_full, file + " could not be opened: the disk is full."};
      return {ErrorCode::io, file + " cannot be opened (system error " + std::to_string(system) + ")."};
    default:
      if (no_room)
        return {ErrorCode::disk_full, file + " could not be written: the disk is full. Nothing was lost; make room and try again."};
      if (system == EROFS) return {ErrorCode::read_only, file + " cannot be written: its disk is read-only."};
      return {ErrorCode::io,
              file + " could not be read or written (code " + std::to_string(code) + ", system error " + std::to_string(system) + ")."};
  }
}

}  // namespace huisbord
