// SPDX-License-Identifier: GPL-3.0-or-later
// One connection to an encrypted database file: opening, statements, transactions, and what SQLite's codes mean to a person.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"

struct sqlite3;
struct sqlite3_stmt;

namespace huisbord {

class Database;

/// A prepared statement in use: bind, then row() until false, or run(). Given back to the connection's cache when it goes.
/// A failure to prepare shows at the first row() or run(). Bound bytes must live until then.
class Statement {
 public:
  Statement(Database& database, sqlite3_stmt* statement, int prepare_code)
      : database_(&database), statement_(statement), code_(prepare_code) {}
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  template <class... T>
  Statement& bind(const T&... values) {
    int place = 0;
    (bind_one(++place, values), ...);
    return *this;
  }
  [[nodiscard]] Result<bool> row();
  /// Steps to the end and makes the statement ready for the next binding.
  [[nodiscard]] Status run();
  /// Ready for the next binding.
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t natural(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  /// Valid until the next row(), run() or reset().
  [[nodiscard]] ByteView blob(int column) const;
  [[nodiscard]] std::string text(int column) const { return to_string(blob(column)); }
  [[nodiscard]] bool is_null(int column) const;

 private:
  void bind_integer(int place, std::int64_t value);
  void bind_bytes(int place, ByteView value);
  void bind_text(int place, std::string_view value);
  void bind_null(int place);
  void bind_one(int place, ByteView value) { bind_bytes(place, value); }
  void bind_one(int place, const Bytes& value) { bind_bytes(place, value); }
  template <std::size_t N>
  void bind_one(int place, const ByteArray<N>& value) {
    bind_bytes(place, value);
  }
  void bind_one(int place, std::string_view value) { bind_text(place, value); }
  void bind_one(int place, const std::string& value) { bind_text(place, value); }
  void bind_one(int place, std::nullopt_t) { bind_null(place); }
  template <class T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  void bind_one(int place, T value) {
    bind_integer(place, static_cast<std::int64_t>(value));
  }
  template <class T>
  void bind_one(int place, const std::optional<T>& value) {
    if (value) {
      bind_one(place, *value);
    } else {
      bind_null(place);
    }
  }

  Database* database_;
  sqlite3_stmt* statement_;
  int code_;
};

struct DatabaseOptions {
  enum class Mode : std::uint8_t { create, write, read } mode = Mode::write;
  std::uint32_t cache_kib = 2048;  ///< pages kept decrypted in memory, at most
  std::string vfs;                 ///< name of a registered SQLite VFS; empty: the system's
};

/// Owns the connection. Not safe for two threads at once: its owner holds a mutex. SCHEMA.md 2 lists the settings and why.
class Database {
 public:
  /// Opens and checks that the key opens the first page. Salt: the 16 bytes that stand at the file's start (vault_file.h).
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, const crypto::SecretBytes& key,
                                                              ByteView salt, const DatabaseOptions& options);
  /// The same settings without a key: for comparison only (tests/bench); no program stores so.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open_plain(const std::filesystem::path& path, const DatabaseOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// The cached statement for this text, which must live as long as the connection (a literal).
  [[nodiscard]] Statement use(std::string_view sql);
  /// Runs statements that give no rows; not cached.
  [[nodiscard]] Status execute(const std::string& sql);
  /// The single integer that a query answers.
  [[nodiscard]] Result<std::int64_t> integer(const std::string& sql);
  /// The first column of the first row, as text.
  [[nodiscard]] Result<std::string> text(const std::string& sql);
  [[nodiscard]] Result<std::size_t> count_rows(const std::string& sql);
  /// Runs `work` between BEGIN IMMEDIATE and COMMIT; an error of either rolls back, so that nothing of it stays.
  [[nodiscard]] Status transaction(const std::function<Status()>& work);
  [[nodiscard]] bool in_transaction() const;
  /// When the connection closes, the write-ahead log is folded into the file and removed. Off until the vault is known to be sound.
  void fold_log_on_close(bool fold);
  /// Moves the write-ahead log into the file and empties it.
  [[nodiscard]] Status checkpoint();

  /// Every table into a new file under another key; settings that are not in tables (user_version) stay behind.
  [[nodiscard]] Status copy_into(const std::filesystem::path& path, const crypto::SecretBytes& key, ByteView salt);

  [[nodiscard]] Error error(int code) const;
  [[nodiscard]] sqlite3* handle() { return handle_; }

 private:
  explicit Database(std::string name) : name_(std::move(name)) {}
  friend class Statement;
  [[nodiscard]] Status connect(const std::filesystem::path& path, const DatabaseOptions& options);
  [[nodiscard]] Status settle(const DatabaseOptions& options);
  /// For a statement that is asked once.
  [[nodiscard]] Status each_row(const std::string& sql, const std::function<bool(sqlite3_stmt*)>& visit);

  sqlite3* handle_ = nullptr;
  std::string name_;  ///< of the file, for sentences
  std::unordered_map<std::string_view, sqlite3_stmt*> statements_;
};

}  // namespace huisbord
