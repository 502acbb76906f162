// SPDX-License-Identifier: GPL-3.0-or-later
// A line between a replica and its relay that counts what goes over it, as packets on an Ethernet would carry it.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/check.h"

namespace huisbord {

/// Every read becomes packets of at most 1448 bytes; each has 52 bytes of IP and TCP before it and is acknowledged by 52 more (that an
/// acknowledgement often rides on an answer is not counted). A connection costs seven such packets to begin and end.
class CountingLine {
 public:
  CountingLine() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(listener_, 64) == 0);
    CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port = ntohs(address.sin_port);
  }
  ~CountingLine() {
    ::shutdown(listener_, SHUT_RDWR);
    if (accepting_.joinable()) accepting_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    for (const int socket : sockets_) ::close(socket);
    ::close(listener_);
  }
  CountingLine(const CountingLine&) = delete;
  CountingLine& operator=(const CountingLine&) = delete;

  void lead_to(std::uint16_t relay) {
    accepting_ = std::thread([this, relay] {
      for (;;) {
        const int here = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (here < 0) return;
        const int there = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(relay);
        CHECK(::connect(there, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        bytes += 7 * header;
        const std::lock_guard lock(mutex_);
        sockets_.insert(sockets_.end(), {here, there});
        threads_.emplace_back([this, here, there] { carry(here, there); });
        threads_.emplace_back([this, here, there] { carry(there, here); });
      }
    });
  }

  static constexpr std::uint64_t header = 52;
  static constexpr std::uint64_t most_in_packet = 1448;
  std::uint16_t port = 0;
  std::atomic<std::uint64_t> bytes = 0;

 private:
  void carry(int from, int to) {
    char piece[65536];
    for (ssize_t size = 0; (size = ::recv(from, piece, sizeof piece, 0)) > 0;) {
      const auto count = static_cast<std::uint64_t>(size);
      bytes += count + 2 * header * ((count + most_in_packet - 1) / most_in_packet);
      if (::send(to, piece, count, MSG_NOSIGNAL) != size) break;
    }
    ::shutdown(to, SHUT_RDWR);
    ::shutdown(from, SHUT_RDWR);
  }

  int listener_;
  std::mutex mutex_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::thread accepting_;
};

}  // namespace huisbord
