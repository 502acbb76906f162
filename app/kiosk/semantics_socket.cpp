// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the tree as JSON lines and hands it out.
#include "app/kiosk/semantics_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstring>

namespace huisbord {
namespace {

/// RFC 8259 7: only quotes, backslashes and control characters need escaping.
std::string quoted(const std::string& text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += digits[(c >> 4) & 15];
      out += digits[c & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string pixels(float units, float scale) { return std::to_string(std::lround(units * scale)); }

}  // namespace

Result<std::unique_ptr<SemanticsSocket>> SemanticsSocket::open(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.string().size() >= sizeof address.sun_path)
    return fail(ErrorCode::invalid, "The path of the semantics socket is longer than 107 characters.");
  std::memcpy(address.sun_path, path.c_str(), path.string().size() + 1);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return fail(ErrorCode::io, "No unix socket can be made.");
  ::unlink(path.c_str());
  const mode_t before = ::umask(0177);
  const bool bound = ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && ::listen(listener, 4) == 0;
  ::umask(before);
  if (!bound) {
    ::close(listener);
    return fail(ErrorCode::io, "The semantics socket " + path.string() + " cannot be opened: " + std::strerror(errno) + ".");
  }
  return std::unique_ptr<SemanticsSocket>(new SemanticsSocket(listener, path));
}

SemanticsSocket::SemanticsSocket(int listener, std::filesystem::path path)
    : listener_(listener), path_(std::move(path)), thread_([this](const std::stop_token& stop) { serve(stop); }) {}

SemanticsSocket::~SemanticsSocket() {
  thread_.request_stop();
  ::shutdown(listener_, SHUT_RDWR);
  if (thread_.joinable()) thread_.join();
  ::close(listener_);
  ::unlink(path_.c_str());
}

void SemanticsSocket::show(const ui::SemanticTree& tree, const ui::Viewport& viewport) {
  std::string lines;
  for (const ui::Node& node : tree.nodes()) {
    lines += "{\"role\":" + quoted(ui::name(node.role)) + ",\"name\":" + quoted(node.name) + ",\"value\":" + quoted(node.value) +
             ",\"language\":" + quoted(node.language) + ",\"target\":" + (node.target ? "true" : "false") +
             ",\"selected\":" + (node.state.selected ? "true" : "false") + ",\"disabled\":" + (node.state.disabled ? "true" : "false") +
             ",\"x\":" + pixels(node.rect.x, viewport.scale) + ",\"y\":" + pixels(node.rect.y, viewport.scale) +
             ",\"w\":" + pixels(node.rect.w, viewport.scale) + ",\"h\":" + pixels(node.rect.h, viewport.scale) + "}\n";
  }
  lines += "\n";
  const std::lock_guard lock(mutex_);
  shown_ = std::move(lines);
}

void SemanticsSocket::serve(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const int peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (peer < 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      continue;
    }
    // A peer that reads nothing does not hold the program's end up.
    const timeval patience{1, 0};
    ::setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    ucred who{};
    socklen_t size = sizeof who;
    const bool same_user = ::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && who.uid == ::getuid();
    char line[16];
    pollfd ready{peer, POLLIN, 0};
    while (same_user && !stop.stop_requested() && ::poll(&ready, 1, 1000) > 0 && ::read(peer, line, sizeof line) >= 5 &&
           std::memcmp(line, "tree\n", 5) == 0) {
      std::string shown;
      {
        const std::lock_guard lock(mutex_);
        shown = shown_;
      }
      for (std::size_t sent = 0; sent < shown.size() && !stop.stop_requested();) {
        const ssize_t wrote = ::send(peer, shown.data() + sent, shown.size() - sent, MSG_NOSIGNAL);
        if (wrote <= 0) break;
        sent += static_cast<std::size_t>(wrote);
      }
    }
    ::close(peer);
  }
}

}  // namespace huisbord
