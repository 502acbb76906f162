// SPDX-License-Identifier: GPL-3.0-or-later
// A TCP connection that says exactly what a test wants, at its pace.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "core/base/check.h"

namespace huisbord {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    CHECK(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the other side has closed.
  bool send(const std::string& text) {
    std::size_t sent = 0;
    while (sent < text.size()) {
      const ssize_t size = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
      if (size <= 0) return false;
      sent += static_cast<std::size_t>(size);
    }
    return true;
  }
  /// Until the other side closes.
  std::string read_all() {
    std::string all;
    while (read_more(all)) {
    }
    return all;
  }
  /// One answer, by its Content-Length.
  std::string read_answer() {
    std::string all;
    for (;;) {
      if (const auto end = all.find("\r\n\r\n"); end != std::string::npos) {
        const auto length = all.find("Content-Length: ");
        const std::size_t body = length < end ? std::stoul(all.substr(length + 16)) : 0;
        if (all.size() >= end + 4 + body) return all;
      }
      if (!read_more(all)) return all;
    }
  }

 private:
  bool read_more(std::string& all) {
    char buffer[4096];
    const ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
    if (size > 0) all.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  }
  int socket_;
};

}  // namespace huisbord
