// SPDX-License-Identifier: GPL-3.0-or-later
// Temporary file, fsync, rename, fsync of the folder.
#include "core/crypto/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace huisbord::crypto {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

std::unexpected<Error> failed(int cause, const std::string& what, const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  switch (cause) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return fail(ErrorCode::disk_full, "There is no room left on the disk to write " + name + "; the old file is unharmed.");
    case EROFS:
    case EACCES:
    case EPERM:
      return fail(ErrorCode::read_only, "The file " + name + " cannot be written: the disk or folder is read-only.");
    case ENOENT:
      return fail(ErrorCode::not_found, "The file " + name + " or its folder is not there.");
    default:
      return fail(ErrorCode::io, what + " " + name + " failed (system error " + std::to_string(cause) + ").");
  }
}

bool write_all(int file, ByteView content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Status replace_file(const std::filesystem::path& path, ByteView content) {
  const std::filesystem::path temporary = path.string() + ".new";
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  {
    const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.open()) return failed(errno, "Creating", path);
    if (!write_all(file.number(), content) || ::fsync(file.number()) != 0) {
      const int cause = errno;
      ::unlink(temporary.c_str());
      return failed(cause, "Writing", path);
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int cause = errno;
    ::unlink(temporary.c_str());
    return failed(cause, "Replacing", path);
  }
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.open() || ::fsync(directory.number()) != 0) return failed(errno, "Securing", path);
  return {};
}

Result<Bytes> read_small_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) {
    if (errno == EACCES) return fail(ErrorCode::io, "The file " + path.filename().string() + " may not be read by this user.");
    return failed(errno, "Opening", path);
  }
  Bytes content(limit + 1);
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t taken = ::read(file.number(), content.data() + size, content.size() - size);
    if (taken < 0 && errno == EINTR) continue;
    if (taken < 0) return failed(errno, "Reading", path);
    if (taken == 0) break;
    size += static_cast<std::size_t>(taken);
  }
  if (size > limit) return fail(ErrorCode::too_large, "The file " + path.filename().string() + " is larger than such a file can be.");
  content.resize(size);
  return content;
}

}  // namespace huisbord::crypto
