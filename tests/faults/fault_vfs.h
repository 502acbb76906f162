// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that fails on demand: the nth write, sync or open, once or from then on, and a power cut that loses or spoils what was not synced.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "tests/support/disk_vfs.h"

namespace huisbord {

/// Stands before the system's VFS under the name "fault"; one at a time.
class FaultVfs final : private VfsDisk {
 public:
  enum class Kind : std::uint8_t { none, full_disk, io_error, read_only, power_cut };
  enum class At : std::uint8_t { write, sync, open };
  struct Plan {
    Kind kind = Kind::none;
    At at = At::write;
    std::uint64_t nth = 0;     ///< the first to fail, from 1
    bool from_then_on = true;  ///< else once
  };

  FaultVfs();
  ~FaultVfs() override;
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  static constexpr const char* name = "fault";
  /// Counts begin anew.
  void plan(const Plan& plan);
  [[nodiscard]] bool was_hit() const { return hit_; }

  /// What a disk may hold after a power cut now: everything that was synced, and of the rest each sector new, old or garbage.
  void write_crash_image(const std::filesystem::path& from, const std::filesystem::path& to, Random& random) const;

 private:
  struct Write {
    std::int64_t offset = 0;
    Bytes bytes;
  };
  struct File {
    Bytes durable;
    std::vector<Write> unsynced;
  };

  int open(sqlite3_vfs* system, const char* path, sqlite3_file* file, int flags, int* out_flags) override;
  int write(sqlite3_file* file, const std::string& path, const void* from, int size, sqlite3_int64 offset) override;
  int truncate(sqlite3_file* file, const std::string& path, sqlite3_int64 size) override;
  int sync(sqlite3_file* file, const std::string& path, int flags) override;
  int remove(sqlite3_vfs* system, const char* path, int sync_folder) override;
  int characteristics(sqlite3_file*) override { return 0; }  // promises nothing: SQLite must not lean on powersafe overwrites
  /// The code of the failure that is planned here, or SQLITE_OK.
  [[nodiscard]] int before(At what);
  void settle(const std::string& path);

  DiskVfs vfs_;
  Plan plan_;
  std::uint64_t count_ = 0;
  bool hit_ = false;
  std::map<std::string, File> files_;
};

}  // namespace huisbord
