// SPDX-License-Identifier: GPL-3.0-or-later
// One connection to the relay's SQLite file, and statements on it.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/bytes.h"
#include "core/base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace huisbord::relay {

class Statement;

/// WAL, synchronous=FULL: what commit() returned for is on stable storage. For one thread at a time.
class Database {
 public:
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& file);

  [[nodiscard]] Status execute(const char* sql);
  [[nodiscard]] Result<Statement> prepare(const char* sql);
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] Error error(const char* doing) const;

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept;
  };
  std::unique_ptr<sqlite3, Close> database_;
};

/// Prepared once, used often: run() resets, binds by position, and next() steps. Views end with the next call.
class Statement {
 public:
  template <class... Values>
  Statement& run(const Values&... values) {
    reset();
    int at = 0;
    (bind(++at, values), ...);
    return *this;
  }
  /// True: a row. False: done.
  [[nodiscard]] Result<bool> next();
  /// For a statement without rows.
  [[nodiscard]] Status done();
  /// Ends a statement that has rows left; one that stands open would hold back the checkpoint.
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] ByteView blob(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  void bind(int at, std::int64_t value);
  void bind(int at, std::uint64_t value) { bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, std::uint32_t value) { bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, ByteView value);
  template <std::size_t N>
  void bind(int at, const ByteArray<N>& value) {
    bind(at, ByteView(value));
  }
  void bind(int at, const Bytes& value) { bind(at, ByteView(value)); }

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace huisbord::relay
