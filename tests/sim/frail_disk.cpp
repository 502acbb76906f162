// SPDX-License-Identifier: GPL-3.0-or-later
// The disk as a SQLite VFS before the system's own: before each write it notes what stood there.
#include "tests/sim/frail_disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace huisbord::sim {
namespace {

std::map<std::string, FrailDisk*>& disks() {
  static std::map<std::string, FrailDisk*> all;
  return all;
}

/// Files of no machine: nobody waits for them to be synced.
class Elsewhere final : public VfsDisk {
  int sync(sqlite3_file*, const std::string&, int) override { return SQLITE_OK; }
  int remove(sqlite3_vfs* system, const char* path, int) override { return system->xDelete(system, path, 0); }
  int sector_size(sqlite3_file*) override { return 512; }
  int characteristics(sqlite3_file*) override { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }
};

}  // namespace

VfsDisk& FrailDisk::disk_of(const char* path) {
  static Elsewhere elsewhere;
  const auto found = path == nullptr ? disks().end() : disks().find(std::filesystem::path(path).parent_path().string());
  if (found == disks().end()) return elsewhere;
  return *found->second;
}

const char* FrailDisk::vfs() {
  constexpr const char* name = "frail";
  static const DiskVfs registered(name, &FrailDisk::disk_of);
  return name;
}

FrailDisk::FrailDisk(std::filesystem::path folder) : folder_(std::move(folder)) { disks()[folder_.string()] = this; }
FrailDisk::~FrailDisk() { disks().erase(folder_.string()); }

int FrailDisk::write(sqlite3_file* file, const std::string& path, const void* from, int size, sqlite3_int64 offset) {
  if (const int code = before_write(); code != SQLITE_OK) return code;
  sqlite3_int64 end = 0;
  file->pMethods->xFileSize(file, &end);
  Bytes before(static_cast<std::size_t>(std::clamp<sqlite3_int64>(end - offset, 0, size)));
  if (!before.empty()) file->pMethods->xRead(file, before.data(), static_cast<int>(before.size()), offset);
  unsynced_[path].push_back({offset, std::move(before), static_cast<std::size_t>(size), false});
  return VfsDisk::write(file, path, from, size, offset);
}
int FrailDisk::truncate(sqlite3_file* file, const std::string& path, sqlite3_int64 size) {
  if (const int code = before_write(); code != SQLITE_OK) return code;
  unsynced_.erase(path);
  return VfsDisk::truncate(file, path, size);
}
int FrailDisk::sync(sqlite3_file*, const std::string& path, int) {
  const int code = before_sync();
  if (code == SQLITE_OK)
    synced(path);
  else
    sync_failed(path);
  return code;
}
int FrailDisk::remove(sqlite3_vfs* system, const char* path, int) {
  if (dead_) return SQLITE_IOERR_DELETE;
  unsynced_.erase(path);
  return VfsDisk::remove(system, path, 0);
}

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
