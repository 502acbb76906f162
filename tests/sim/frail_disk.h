// SPDX-License-Identifier: GPL-3.0-or-later
// A disk in memory that many stores share and each can lose: full, dead from the nth write on, and a power cut that loses or tears writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "tests/support/disk_vfs.h"

namespace huisbord::sim {

/// One machine's files: those under one folder. What a sync promised stays; of everything later a power cut leaves any part.
class FrailDisk final : private VfsDisk {
 public:
  /// Registered with SQLite under this name for as long as the process lives.
  static const char* vfs();

  explicit FrailDisk(std::filesystem::path folder);
  ~FrailDisk() override;
  FrailDisk(const FrailDisk&) = delete;
  FrailDisk& operator=(const FrailDisk&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  void fill(bool full) { full_ = full; }
  [[nodiscard]] bool full() const { return full_; }
  /// The next so many syncs fail, and no power goes: what was to be synced may be lost later, unless it is written again.
  void fail_syncs(std::uint32_t times) { failing_syncs_ = times; }
  /// The power goes before the nth write or sync from now on.
  void die_at(std::uint64_t nth) { dies_at_ = nth; }
  [[nodiscard]] bool dead() const { return dead_; }
  void die() { dead_ = true; }
  /// Every connection is closed: leaves on the files what a disk may hold after a power cut, and works again.
  void power_cut(Random& random);
  /// Forgets what was not synced: the files were put there from outside.
  void settle() { unsynced_.clear(); }

 private:
  struct Write {
    std::int64_t offset = 0;
    Bytes before;  ///< what stood there; shorter where the file ended
    std::size_t size = 0;
    bool given_up = false;  ///< a sync of it failed: a later one promises nothing
  };
  static VfsDisk& disk_of(const char* path);
  int write(sqlite3_file* file, const std::string& path, const void* from, int size, sqlite3_int64 offset) override;
  int truncate(sqlite3_file* file, const std::string& path, sqlite3_int64 size) override;
  int sync(sqlite3_file* file, const std::string& path, int flags) override;
  int remove(sqlite3_vfs* system, const char* path, int sync_folder) override;
  int sector_size(sqlite3_file*) override { return 512; }
  int characteristics(sqlite3_file*) override { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }  // as Linux's own answers
  void step();
  /// SQLite's result codes.
  [[nodiscard]] int before_write();
  [[nodiscard]] int before_sync();
  void synced(const std::string& path);
  void sync_failed(const std::string& path);

  std::filesystem::path folder_;
  bool full_ = false;
  bool dead_ = false;
  std::uint64_t dies_at_ = 0;
  std::uint32_t failing_syncs_ = 0;
  std::map<std::string, std::vector<Write>> unsynced_;
};

}  // namespace huisbord::sim
