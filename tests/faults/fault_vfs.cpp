// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that fails on demand, as a SQLite VFS that stands before the system's own.
#include "tests/faults/fault_vfs.h"

#include <algorithm>

#include "tests/support/file_content.h"

namespace huisbord {

namespace {

FaultVfs* current = nullptr;

void put(Bytes& image, std::int64_t offset, ByteView bytes) {
  const auto at = static_cast<std::size_t>(offset);
  if (image.size() < at + bytes.size()) image.resize(at + bytes.size());
  std::copy(bytes.begin(), bytes.end(), image.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

FaultVfs::FaultVfs() : vfs_(name, [](const char*) -> VfsDisk& { return *current; }) { current = this; }
FaultVfs::~FaultVfs() { current = nullptr; }

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

int FaultVfs::open(sqlite3_vfs* system, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  if (const int code = before(At::open); code != SQLITE_OK) return code;
  if (const int code = VfsDisk::open(system, path, file, flags, out_flags); code != SQLITE_OK) return code;
  if (plan_.kind == Kind::read_only && out_flags != nullptr) *out_flags = (*out_flags & ~SQLITE_OPEN_READWRITE) | SQLITE_OPEN_READONLY;
  const std::string named = path == nullptr ? "" : path;
  if (!files_.contains(named)) files_[named].durable = content(named);
  return SQLITE_OK;
}
int FaultVfs::write(sqlite3_file* file, const std::string& path, const void* from, int size, sqlite3_int64 offset) {
  if (const int code = before(At::write); code != SQLITE_OK) return code;
  const int code = VfsDisk::write(file, path, from, size, offset);
  const auto* const bytes = static_cast<const std::uint8_t*>(from);
  if (code == SQLITE_OK) files_[path].unsynced.push_back({offset, Bytes(bytes, bytes + size)});
  return code;
}
int FaultVfs::truncate(sqlite3_file* file, const std::string& path, sqlite3_int64 size) {
  if (const int code = before(At::write); code != SQLITE_OK) return code;
  const int code = VfsDisk::truncate(file, path, size);
  if (code != SQLITE_OK) return code;
  settle(path);
  files_[path].durable.resize(static_cast<std::size_t>(size));
  return code;
}
int FaultVfs::sync(sqlite3_file* file, const std::string& path, int flags) {
  if (const int code = before(At::sync); code != SQLITE_OK) return code;
  const int code = VfsDisk::sync(file, path, flags);
  if (code == SQLITE_OK) settle(path);
  return code;
}
int FaultVfs::remove(sqlite3_vfs* system, const char* path, int sync_folder) {
  const int code = VfsDisk::remove(system, path, sync_folder);
  if (code == SQLITE_OK) files_.erase(path);
  return code;
}
void FaultVfs::settle(const std::string& path) {
  File& file = files_[path];
  for (const Write& write : file.unsynced) put(file.durable, write.offset, write.bytes);
  file.unsynced.clear();
}

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
