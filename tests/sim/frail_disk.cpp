// SPDX-License-Identifier: GPL-3.0-or-later
// The disk as a SQLite VFS before the system's own: before each write it notes what stood there.
#include "tests/sim/frail_disk.h"

#include <fcntl.h>
#include <sqlcipher/sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace huisbord::sim {
namespace {

sqlite3_vfs* real = nullptr;
std::map<std::string, FrailDisk*>& disks() {
  static std::map<std::string, FrailDisk*> all;
  return all;
}
FrailDisk* disk_of(const char* path) {
  const auto found = path == nullptr ? disks().end() : disks().find(std::filesystem::path(path).parent_path().string());
  return found == disks().end() ? nullptr : found->second;
}

struct File {
  sqlite3_file base;
  sqlite3_file* inner;
  FrailDisk* disk;
  std::string* path;
  sqlite3_int64 size;
};
File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
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
  File& self = *of(file);
  if (self.disk != nullptr) {
    if (const int code = self.disk->before_write(); code != SQLITE_OK) return code;
    sqlite3_int64 end = 0;
    inner(file)->pMethods->xFileSize(inner(file), &end);
    Bytes before(static_cast<std::size_t>(std::clamp<sqlite3_int64>(end - offset, 0, size)));
    if (!before.empty()) inner(file)->pMethods->xRead(inner(file), before.data(), static_cast<int>(before.size()), offset);
    self.disk->wrote(*self.path, offset, std::move(before), static_cast<std::size_t>(size));
  }
  return inner(file)->pMethods->xWrite(inner(file), from, size, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (of(file)->disk != nullptr) {
    if (const int code = of(file)->disk->before_write(); code != SQLITE_OK) return code;
    of(file)->disk->forgot(*of(file)->path);
  }
  return inner(file)->pMethods->xTruncate(inner(file), size);
}
int sync(sqlite3_file* file, int) {
  if (of(file)->disk == nullptr) return SQLITE_OK;
  if (const int code = of(file)->disk->before_sync(); code != SQLITE_OK) {
    of(file)->disk->sync_failed(*of(file)->path);
    return code;
  }
  of(file)->disk->synced(*of(file)->path);
  return SQLITE_OK;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return inner(file)->pMethods->xFileSize(inner(file), size); }
int lock(sqlite3_file* file, int level) { return inner(file)->pMethods->xLock(inner(file), level); }
int unlock(sqlite3_file* file, int level) { return inner(file)->pMethods->xUnlock(inner(file), level); }
int check_reserved_lock(sqlite3_file* file, int* held) { return inner(file)->pMethods->xCheckReservedLock(inner(file), held); }
int file_control(sqlite3_file* file, int what, void* argument) { return inner(file)->pMethods->xFileControl(inner(file), what, argument); }
int sector_size(sqlite3_file*) { return 512; }
int device_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }  // as Linux's own answers
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
  File* made = of(file);
  made->base.pMethods = nullptr;
  made->inner = static_cast<sqlite3_file*>(sqlite3_malloc(real->szOsFile));
  std::memset(made->inner, 0, static_cast<std::size_t>(real->szOsFile));
  const int code = real->xOpen(real, path, made->inner, flags, out_flags);
  if (code != SQLITE_OK) {
    sqlite3_free(made->inner);
    return code;
  }
  made->disk = disk_of(path);
  made->path = new std::string(path == nullptr ? "" : path);
  made->base.pMethods = &methods;
  return SQLITE_OK;
}
int remove(sqlite3_vfs*, const char* path, int) {
  FrailDisk* disk = disk_of(path);
  if (disk != nullptr && disk->dead()) return SQLITE_IOERR_DELETE;
  if (disk != nullptr) disk->forgot(path);
  return real->xDelete(real, path, 0);
}

}  // namespace

const char* FrailDisk::vfs() {
  constexpr const char* name = "frail";
  if (real == nullptr) {
    real = sqlite3_vfs_find(nullptr);
    static sqlite3_vfs made;
    made = *real;
    made.szOsFile = sizeof(File);
    made.zName = name;
    made.xOpen = open;
    made.xDelete = remove;
    sqlite3_vfs_register(&made, 0);
  }
  return name;
}

FrailDisk::FrailDisk(std::filesystem::path folder) : folder_(std::move(folder)) { disks()[folder_.string()] = this; }
FrailDisk::~FrailDisk() { disks().erase(folder_.string()); }

void FrailDisk::step() {
  if (dies_at_ != 0 && --dies_at_ == 0) dead_ = true;
}
int FrailDisk::before_write() {
  step();
  if (dead_) return SQLITE_IOERR_WRITE;
  return full_ ? SQLITE_FULL : SQLITE_OK;
}
int FrailDisk::before_sync() {
  step();
  if (!dead_ && failing_syncs_ == 0) return SQLITE_OK;
  if (failing_syncs_ != 0) --failing_syncs_;
  return SQLITE_IOERR_FSYNC;
}

void FrailDisk::sync_failed(const std::string& path) {
  for (Write& one : unsynced_[path]) one.given_up = true;
}

void FrailDisk::synced(const std::string& path) {
  const auto found = unsynced_.find(path);
  if (found == unsynced_.end()) return;
  std::vector<Write>& writes = found->second;
  std::vector<Write> left;
  for (std::size_t i = 0; i < writes.size(); ++i) {
    if (!writes[i].given_up) continue;
    const auto end = [](const Write& one) { return one.offset + static_cast<std::int64_t>(one.size); };
    const bool written_again = std::any_of(writes.begin() + static_cast<std::ptrdiff_t>(i) + 1, writes.end(), [&](const Write& later) {
      return !later.given_up && later.offset <= writes[i].offset && end(later) >= end(writes[i]);
    });
    if (!written_again) left.push_back(std::move(writes[i]));
  }
  if (left.empty())
    unsynced_.erase(found);
  else
    writes = std::move(left);
}

void FrailDisk::wrote(const std::string& path, std::int64_t offset, Bytes before, std::size_t size) {
  unsynced_[path].push_back({offset, std::move(before), size, false});
}

void FrailDisk::power_cut(Random& random) {
  constexpr std::size_t sector = 512;
  for (const auto& [path, writes] : unsynced_) {
    if (path.ends_with("-shm")) continue;
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) continue;
    for (auto at = writes.rbegin(); at != writes.rend(); ++at) {
      for (std::size_t from = 0; from < at->size; from += sector) {
        const std::uint32_t fate = random.below(4);
        if (fate < 2) continue;  // this sector came on the disk in time
        Bytes piece(std::min(sector, at->size - from));
        if (fate == 3) {
          random.fill(piece);
        } else if (from < at->before.size()) {
          std::copy_n(at->before.begin() + static_cast<std::ptrdiff_t>(from), std::min(piece.size(), at->before.size() - from),
                      piece.begin());
        }
        [[maybe_unused]] const auto written = ::pwrite(file, piece.data(), piece.size(), at->offset + static_cast<std::int64_t>(from));
      }
    }
    ::close(file);
  }
  unsynced_.clear();
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored))
    if (entry.path().string().ends_with("-shm")) std::filesystem::remove(entry.path(), ignored);
  dead_ = full_ = false;
  dies_at_ = 0;
  failing_syncs_ = 0;
}

}  // namespace huisbord::sim
