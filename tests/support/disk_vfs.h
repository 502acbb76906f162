// SPDX-License-Identifier: GPL-3.0-or-later
// A SQLite VFS that passes everything on to the system's, but asks a test's disk wherever something changes.
#pragma once

#include <sqlcipher/sqlite3.h>

#include <cstring>
#include <string>

namespace huisbord {

/// What a test overrides of a disk; each passes on by itself. Answers are SQLite's result codes.
class VfsDisk {
 public:
  virtual ~VfsDisk() = default;
  virtual int open(sqlite3_vfs* system, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    return system->xOpen(system, path, file, flags, out_flags);
  }
  virtual int write(sqlite3_file* file, const std::string& path, const void* from, int size, sqlite3_int64 offset) {
    static_cast<void>(path);
    return file->pMethods->xWrite(file, from, size, offset);
  }
  virtual int truncate(sqlite3_file* file, const std::string& path, sqlite3_int64 size) {
    static_cast<void>(path);
    return file->pMethods->xTruncate(file, size);
  }
  virtual int sync(sqlite3_file* file, const std::string& path, int flags) {
    static_cast<void>(path);
    return file->pMethods->xSync(file, flags);
  }
  virtual int remove(sqlite3_vfs* system, const char* path, int sync_folder) { return system->xDelete(system, path, sync_folder); }
  virtual int sector_size(sqlite3_file* file) { return file->pMethods->xSectorSize(file); }
  virtual int characteristics(sqlite3_file* file) { return file->pMethods->xDeviceCharacteristics(file); }
};

/// Shared memory passes through: it is rebuilt after a crash.
class DiskVfs {
 public:
  /// \p disk_of is asked for each file that is opened or removed; its answer must outlive the file. Once a name.
  DiskVfs(const char* name, VfsDisk& (*disk_of)(const char* path)) : system_(sqlite3_vfs_find(nullptr)), disk_of_(disk_of) {
    made_ = *system_;
    made_.szOsFile = sizeof(File);
    made_.zName = name;
    made_.pAppData = this;
    made_.xOpen = open;
    made_.xDelete = remove;
    sqlite3_vfs_register(&made_, 0);
  }
  ~DiskVfs() { sqlite3_vfs_unregister(&made_); }
  DiskVfs(const DiskVfs&) = delete;
  DiskVfs& operator=(const DiskVfs&) = delete;

 private:
  struct File {
    sqlite3_file base;
    sqlite3_file* inner;
    VfsDisk* disk;
    std::string* path;
  };
  static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
  static sqlite3_file* inner(sqlite3_file* file) { return of(file).inner; }
  static DiskVfs& self(sqlite3_vfs* vfs) { return *static_cast<DiskVfs*>(vfs->pAppData); }

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    sqlite3_vfs* const system = self(vfs).system_;
    File& made = of(file);
    made.base.pMethods = nullptr;
    made.inner = static_cast<sqlite3_file*>(sqlite3_malloc(system->szOsFile));
    std::memset(made.inner, 0, static_cast<std::size_t>(system->szOsFile));
    made.disk = &self(vfs).disk_of_(path);
    if (const int code = made.disk->open(system, path, made.inner, flags, out_flags); code != SQLITE_OK) {
      sqlite3_free(made.inner);
      return code;
    }
    made.path = new std::string(path == nullptr ? "" : path);
    made.base.pMethods = &methods;
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    return self(vfs).disk_of_(path).remove(self(vfs).system_, path, sync_folder);
  }

  static int close(sqlite3_file* file) {
    const int code = inner(file)->pMethods->xClose(inner(file));
    sqlite3_free(inner(file));
    delete of(file).path;
    return code;
  }
  static int read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    return inner(file)->pMethods->xRead(inner(file), into, size, offset);
  }
  static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    return of(file).disk->write(inner(file), *of(file).path, from, size, offset);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) { return of(file).disk->truncate(inner(file), *of(file).path, size); }
  static int sync(sqlite3_file* file, int flags) { return of(file).disk->sync(inner(file), *of(file).path, flags); }
  static int file_size(sqlite3_file* file, sqlite3_int64* size) { return inner(file)->pMethods->xFileSize(inner(file), size); }
  static int lock(sqlite3_file* file, int level) { return inner(file)->pMethods->xLock(inner(file), level); }
  static int unlock(sqlite3_file* file, int level) { return inner(file)->pMethods->xUnlock(inner(file), level); }
  static int check_reserved_lock(sqlite3_file* file, int* held) { return inner(file)->pMethods->xCheckReservedLock(inner(file), held); }
  static int file_control(sqlite3_file* file, int what, void* argument) {
    return inner(file)->pMethods->xFileControl(inner(file), what, argument);
  }
  static int sector_size(sqlite3_file* file) { return of(file).disk->sector_size(inner(file)); }
  static int characteristics(sqlite3_file* file) { return of(file).disk->characteristics(inner(file)); }
  static int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** into) {
    return inner(file)->pMethods->xShmMap(inner(file), page, size, extend, into);
  }
  static int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return inner(file)->pMethods->xShmLock(inner(file), offset, n, flags);
  }
  static void shm_barrier(sqlite3_file* file) { inner(file)->pMethods->xShmBarrier(inner(file)); }
  static int shm_unmap(sqlite3_file* file, int remove) { return inner(file)->pMethods->xShmUnmap(inner(file), remove); }

  static constexpr sqlite3_io_methods methods = {
      2,           close,           read,    write,    truncate,    sync,      file_size, lock,   unlock, check_reserved_lock, file_control,
      sector_size, characteristics, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr,   nullptr};

  sqlite3_vfs* system_;
  VfsDisk& (*disk_of_)(const char*);
  sqlite3_vfs made_{};
};

}  // namespace huisbord
