// SPDX-License-Identifier: GPL-3.0-or-later
// Destroying a store: mark, key files, everything else.
#include "core/store/closing.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/crypto/durable_file.h"

namespace huisbord {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "closed";
constexpr std::string_view settings = "kiosk.toml";
constexpr std::string_view vault_prefix = "vault.";
/// Of a vault its first pages are enough: what opens it is gone before.
constexpr std::uint64_t most_overwritten = std::uint64_t{1} << 20;

bool overwritten(const fs::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return false;
  struct stat status{};
  bool done = ::fstat(file, &status) == 0;
  constexpr std::array<char, 4096> zeroes{};
  for (std::uint64_t left = done ? std::min<std::uint64_t>(static_cast<std::uint64_t>(status.st_size), most_overwritten) : 0; left > 0;) {
    const ssize_t written = ::write(file, zeroes.data(), std::min<std::uint64_t>(left, zeroes.size()));
    if (written <= 0) {
      done = false;
      break;
    }
    left -= static_cast<std::uint64_t>(written);
  }
  done = ::fsync(file) == 0 && done;
  ::close(file);
  return done;
}

bool gone(const fs::path& path) {
  const bool blank = overwritten(path);
  std::error_code error;
  fs::remove(path, error);
  return blank && !error;
}

bool folder_synced(const fs::path& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return false;
  const bool done = ::fsync(handle) == 0;
  ::close(handle);
  return done;
}

}  // namespace

bool is_destroyed(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / mark, error);
}

Status destroy_store(const fs::path& folder) {
  // A full disk has room for the mark once something went.
  Status marked = is_destroyed(folder) ? Status{} : crypto::replace_file(folder / mark, view(mark));
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    std::error_code unreadable;
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file(unreadable) && name != mark && name != settings) files.push_back(entry.path());
  }
  // Keys first: without them the vault is noise.
  std::ranges::stable_partition(files, [](const fs::path& path) { return !path.filename().string().starts_with(vault_prefix); });
  bool whole = !error;
  for (const fs::path& path : files) whole = gone(path) && whole;
  if (!marked) marked = crypto::replace_file(folder / mark, view(mark));
  TRY_STATUS(marked);
  if (!folder_synced(folder) || !whole)
    return fail(ErrorCode::io, "Not every file of the closed store could be destroyed; it is tried again.");
  return {};
}

}  // namespace huisbord
