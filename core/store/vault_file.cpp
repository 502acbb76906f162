// SPDX-License-Identifier: GPL-3.0-or-later
// The vault as a file: made whole or not at all, held by one process, and opened only when key, first page, length and schema are right.
#include "core/store/vault_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/store/migrations.h"
#include "core/store/write_ahead_log.h"

namespace huisbord {

namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& path, const char* ending) {
  fs::path made = path;
  made += ending;
  return made;
}

void remove_database(const fs::path& path) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) fs::remove(beside(path, ending), ignored);
}

std::uint64_t size_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : static_cast<std::uint64_t>(size);
}

ByteArray<16> first_bytes(const fs::path& path) {
  ByteArray<16> found{};
  std::ifstream(path, std::ios::binary).read(reinterpret_cast<char*>(found.data()), static_cast<std::streamsize>(found.size()));
  return found;
}

Status synced_folder(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return fail(ErrorCode::io, "The vault's folder cannot be opened.");
  const int code = ::fsync(handle);
  ::close(handle);
  if (code != 0) return fail(ErrorCode::io, "The vault's folder cannot be written.");
  return {};
}

}  // namespace

ByteArray<16> vault_salt(const crypto::SecretBytes& store_key) {
  const crypto::Hash whole = crypto::keyed_hash("hb.vault.salt", store_key, {});
  ByteArray<16> salt;
  std::copy_n(whole.begin(), salt.size(), salt.begin());
  return salt;
}

Result<VaultLock> VaultLock::take(const fs::path& vault) {
  const fs::path path = beside(vault, ".lock");
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    const int why = errno;
    const std::string name = "The vault " + vault.filename().string();
    if (why == EROFS || why == EACCES || why == EPERM)
      return fail(ErrorCode::read_only, name + " cannot be opened for writing: its disk or folder is read-only.");
    if (why == ENOSPC || why == EDQUOT) return fail(ErrorCode::disk_full, name + " could not be opened: the disk is full.");
    if (why == ENOENT || why == ENOTDIR) return fail(ErrorCode::not_found, name + " is not there: its folder does not exist.");
    return fail(ErrorCode::io, name + " cannot be locked (system error " + std::to_string(why) + ").");
  }
  VaultLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0)
    return fail(ErrorCode::locked, "The vault " + vault.filename().string() + " is in use by another process; close that one first.");
  return lock;
}

VaultLock::~VaultLock() {
  if (file_ >= 0) ::close(file_);
}

Status create_vault_file(const fs::path& path, const crypto::SecretBytes& store_key, const std::string& vfs,
                         const std::function<Status(Database&)>& fill) {
  if (std::error_code error; fs::exists(path, error))
    return fail(ErrorCode::already_exists, "There is a vault named " + path.filename().string() + " already; it was left as it is.");
  const fs::path making = beside(path, ".making");
  remove_database(making);
  Status made = [&]() -> Status {
    DatabaseOptions options{.mode = DatabaseOptions::Mode::create, .cache_kib = 2048, .vfs = vfs};
    TRY_ASSIGN(auto database, Database::open(making, store_key, vault_salt(store_key), options));
    TRY_STATUS(migrate(*database));
    TRY_STATUS(database->transaction([&] { return fill(*database); }));
    TRY_STATUS(database->checkpoint());
    database->fold_log_on_close(true);
    return {};
  }();
  if (made && (::chmod(making.c_str(), 0600) != 0 || ::rename(making.c_str(), path.c_str()) != 0))
    made = fail(ErrorCode::io, "The vault " + path.filename().string() + " could not be put in its place.");
  if (!made) {
    remove_database(making);
    return made;
  }
  return synced_folder(path);
}

Status copy_vault_file(Database& source, const fs::path& to, const crypto::SecretBytes& store_key, const std::string& vfs,
                       const std::function<Status(Database&)>& edit) {
  remove_database(to);
  // A connection that may not make files attaches one that is there; an empty one is an empty database.
  const int empty = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (empty < 0) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return fail(full ? ErrorCode::disk_full : ErrorCode::io, "The copy of the vault could not be begun beside it.");
  }
  ::close(empty);
  Status made = [&]() -> Status {
    TRY_STATUS(source.copy_into(to, store_key, vault_salt(store_key)));
    TRY_ASSIGN(const std::int64_t schema, source.integer("PRAGMA user_version"));
    TRY_ASSIGN(const std::int64_t application, source.integer("PRAGMA application_id"));
    const DatabaseOptions options{.mode = DatabaseOptions::Mode::create, .cache_kib = 2048, .vfs = vfs};
    TRY_ASSIGN(auto database, Database::open(to, store_key, vault_salt(store_key), options));
    TRY_STATUS(database->execute("PRAGMA user_version = " + std::to_string(schema)));
    TRY_STATUS(database->execute("PRAGMA application_id = " + std::to_string(application)));
    TRY_STATUS(database->transaction([&] { return edit(*database); }));
    TRY_STATUS(database->checkpoint());
    database->fold_log_on_close(true);
    return {};
  }();
  if (made && ::chmod(to.c_str(), 0600) != 0) made = fail(ErrorCode::io, "The copy of the vault could not be made its owner's alone.");
  if (!made) remove_database(to);
  return made;
}

Status put_vault_file(const fs::path& made, const fs::path& path) {
  // The former's log was folded into it and is empty; beside the new file it would be another's.
  std::error_code ignored;
  for (const char* ending : {"-wal", "-shm"}) fs::remove(beside(path, ending), ignored);
  if (::rename(made.c_str(), path.c_str()) != 0) {
    remove_database(made);
    return fail(ErrorCode::io, "The vault " + path.filename().string() + " could not be put in its place.");
  }
  return synced_folder(path);
}

Result<std::unique_ptr<Database>> open_vault_file(const fs::path& path, const crypto::SecretBytes& store_key,
                                                  const DatabaseOptions& options) {
  const std::string name = "The vault " + path.filename().string();
  std::error_code error;
  if (!fs::exists(path, error)) return fail(ErrorCode::not_found, name + " is not there.");
  if (size_of(path) < 512)
    return fail(ErrorCode::damaged, name + " is cut short: hardly anything of it is left. Restore it from a backup.");
  const ByteArray<16> salt = vault_salt(store_key);
  ByteArray<16> found = first_bytes(path);
  if (found == salt) TRY_STATUS(check_write_ahead_log(path, options.vfs.empty() ? SectorFill::none : SectorFill::copies));
  auto database = Database::open(path, store_key, salt, options);
  if (!database) {
    if (database.error().code == ErrorCode::damaged && found != salt)
      return fail(ErrorCode::wrong_key, name + " is not opened by this key.");
    return database;
  }
  if (size_of(beside(path, "-wal")) != 0) {
    // What of the log never came on the disk is still in the system's memory when a sync failed: folded it is written anew, and nothing is
    // written behind it. And when the power went while the log was folded, the first page is torn in the file and whole in the log.
    const Status folded = (*database)->checkpoint();
    if (!folded && (found != salt || folded.error().code == ErrorCode::io)) return std::unexpected(folded.error());
    found = first_bytes(path);
  }
  if (found != salt) return fail(ErrorCode::damaged, name + " is damaged: its first bytes were changed. Restore it from a backup.");
  TRY_STATUS(check_schema(**database, name));
  TRY_ASSIGN(const std::int64_t pages, (*database)->integer("PRAGMA page_count"));
  TRY_ASSIGN(const std::int64_t page_size, (*database)->integer("PRAGMA page_size"));
  if (size_of(beside(path, "-wal")) == 0 && size_of(path) < static_cast<std::uint64_t>(pages * page_size))
    return fail(ErrorCode::damaged, name + " is cut short. Restore it from a backup.");
  TRY_STATUS(migrate(**database));
  (*database)->fold_log_on_close(true);
  return database;
}

}  // namespace huisbord
