// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that fails on demand, as a SQLite VFS that stands before the system's own.
#include "tests/faults/fault_vfs.h"

#include <sqlcipher/sqlite3.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace huisbord {

namespace {

FaultVfs* current = nullptr;
sqlite3_vfs* real = nullptr;

struct FaultFile {
  sqlite3_file base;
  sqlite3_file* inner;
  std::string* path;
};
FaultFile* of(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file); }
sqlite3_file* inner(sqlite3_file* file) { return of(file)->inner; }

int close(sqlite3_file* file) {
  const int code = inner(file)->pMethods->xClose(inner(file));
  sqlite3_free(of(file)->inner);
  delete of(file)->path;
  return code;
}
int read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  return inner(file)->pMethods->xRead(inner(file), into, size, offset);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  if (const int code = current->before(FaultVfs::At::write); code != SQLITE_OK) return code;
  const int code = inner(file)->pMethods->xWrite(inner(file), from, size, offset);
  if (code == SQLITE_OK) current->wrote(*of(file)->path, offset, {static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(size)});
  return code;
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int code = current->before(FaultVfs::At::write); code != SQLITE_OK) return code;
  const int code = inner(file)->pMethods->xTruncate(inner(file), size);
  if (code == SQLITE_OK) current->truncated(*of(file)->path, size);
  return code;
}
int sync(sqlite3_file* file, int flags) {
  if (const int code = current->before(FaultVfs::At::sync); code != SQLITE_OK) return code;
  const int code = inner(file)->pMethods->xSync(inner(file), flags);
  if (code == SQLITE_OK) current->synced(*of(file)->path);
  return code;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return inner(file)->pMethods->xFileSize(inner(file), size); }
int lock(sqlite3_file* file, int level) { return inner(file)->pMethods->xLock(inner(file), level); }
int unlock(sqlite3_file* file, int level) { return inner(file)->pMethods->xUnlock(inner(file), level); }
int check_reserved_lock(sqlite3_file* file, int* held) { return inner(file)->pMethods->xCheckReservedLock(inner(file), held); }
int file_control(sqlite3_file* file, int what, void* argument) { return inner(file)->pMethods->xFileControl(inner(file), what, argument); }
int sector_size(sqlite3_file* file) { return inner(file)->pMethods->xSectorSize(inner(file)); }
int device_characteristics(sqlite3_file*) { return 0; }  // promises nothing: SQLite must not lean on powersafe overwrites
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** into) {
  return inner(file)->pMethods->xShmMap(inner(file), page, size, extend, into);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) { return inner(file)->pMethods->xShmLock(inner(file), offset, n, flags); }
void shm_barrier(sqlite3_file* file) { inner(file)->pMethods->xShmBarrier(inner(file)); }
int shm_unmap(sqlite3_file* file, int remove) { return inner(file)->pMethods->xShmUnmap(inner(file), remove); }

const sqlite3_io_methods methods = {2,
                                    close,
                                    read,
                                    write,
                                    truncate,
                                    sync,
                                    file_size,
                                    lock,
                                    unlock,
                                    check_reserved_lock,
                                    file_control,
                                    sector_size,
                                    device_characteristics,
                                    shm_map,
                                    shm_lock,
                                    shm_barrier,
                                    shm_unmap,
                                    nullptr,
                                    nullptr};

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  FaultFile* made = of(file);
  made->base.pMethods = nullptr;
  if (const int code = current->before(FaultVfs::At::open); code != SQLITE_OK) return code;
  made->inner = static_cast<sqlite3_file*>(sqlite3_malloc(real->szOsFile));
  std::memset(made->inner, 0, static_cast<std::size_t>(real->szOsFile));
  const int code = real->xOpen(real, path, made->inner, flags, out_flags);
  if (code != SQLITE_OK) {
    sqlite3_free(made->inner);
    return code;
  }
  if (current->is_read_only() && out_flags != nullptr) *out_flags = (*out_flags & ~SQLITE_OPEN_READWRITE) | SQLITE_OPEN_READONLY;
  made->path = new std::string(path == nullptr ? "" : path);
  current->opened(*made->path);
  made->base.pMethods = &methods;
  return SQLITE_OK;
}
int remove(sqlite3_vfs*, const char* path, int sync_folder) {
  const int code = real->xDelete(real, path, sync_folder);
  if (code == SQLITE_OK) current->deleted(path);
  return code;
}

Bytes content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void put(Bytes& image, std::int64_t offset, ByteView bytes) {
  const auto at = static_cast<std::size_t>(offset);
  if (image.size() < at + bytes.size()) image.resize(at + bytes.size());
  std::copy(bytes.begin(), bytes.end(), image.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

FaultVfs::FaultVfs() {
  real = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs made;
  made = *real;
  made.szOsFile = sizeof(FaultFile);
  made.zName = name;
  made.xOpen = open;
  made.xDelete = remove;
  current = this;
  sqlite3_vfs_register(&made, 0);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(sqlite3_vfs_find(name));
  current = nullptr;
}

void FaultVfs::plan(const Plan& plan) {
  plan_ = plan;
  count_ = 0;
  hit_ = false;
}

int FaultVfs::before(At what) {
  if (plan_.kind == Kind::read_only) return what == At::open ? SQLITE_OK : SQLITE_READONLY;
  // After the power went, nothing reaches the disk.
  if (hit_ && plan_.kind == Kind::power_cut) return SQLITE_IOERR;
  if (plan_.kind == Kind::none || plan_.at != what) return SQLITE_OK;
  ++count_;
  if (count_ < plan_.nth || (count_ > plan_.nth && !plan_.from_then_on)) return SQLITE_OK;
  hit_ = true;
  if (plan_.kind == Kind::full_disk) return SQLITE_FULL;
  if (what == At::open) return SQLITE_CANTOPEN;
  return what == At::sync ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_WRITE;
}

void FaultVfs::opened(const std::string& path) {
  if (!files_.contains(path)) files_[path].durable = content(path);
}
void FaultVfs::wrote(const std::string& path, std::int64_t offset, ByteView bytes) {
  files_[path].unsynced.push_back({offset, to_bytes(bytes)});
}
void FaultVfs::synced(const std::string& path) {
  File& file = files_[path];
  for (const Write& write : file.unsynced) put(file.durable, write.offset, write.bytes);
  file.unsynced.clear();
}
void FaultVfs::truncated(const std::string& path, std::int64_t size) {
  synced(path);
  files_[path].durable.resize(static_cast<std::size_t>(size));
}
void FaultVfs::deleted(const std::string& path) { files_.erase(path); }

void FaultVfs::write_crash_image(const std::filesystem::path& from, const std::filesystem::path& to, Random& random) const {
  constexpr std::size_t sector = 512;
  for (const auto& [path, file] : files_) {
    if (!path.starts_with(from.string() + "/") || path.ends_with("-shm")) continue;
    Bytes image = file.durable;
    for (const Write& write : file.unsynced) {
      for (std::size_t at = 0; at < write.bytes.size(); at += sector) {
        Bytes piece(write.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    write.bytes.begin() + static_cast<std::ptrdiff_t>(std::min(at + sector, write.bytes.size())));
        switch (random.below(4)) {
          case 0:
            continue;
          case 1:
            random.fill(piece);
            break;
          default:
            break;
        }
        put(image, write.offset + static_cast<std::int64_t>(at), piece);
      }
    }
    std::ofstream(to / std::filesystem::path(path).filename(), std::ios::binary)
        .write(reinterpret_cast<const char*>(image.data()), static_cast<std::streamsize>(image.size()));
  }
}

}  // namespace huisbord
