// SPDX-License-Identifier: GPL-3.0-or-later
// Stands between replicas and a relay and keeps every byte that passes, either way: the archive of a relay that forgets nothing.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/bytes.h"

namespace huisbord {

class RecordedWire {
 public:
  RecordedWire() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = loopback(0);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 16), 0);
    socklen_t size = sizeof address;
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~RecordedWire() {
    stopped_ = true;
    acceptor_ = {};
    for (auto& line : lines_) line = {};
    ::close(listener_);
  }
  RecordedWire(const RecordedWire&) = delete;
  RecordedWire& operator=(const RecordedWire&) = delete;

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  void forward_to(std::uint16_t port) {
    acceptor_ = std::jthread([this, port] {
      while (!stopped_) {
        if (!readable(listener_)) continue;
        const int caller = ::accept(listener_, nullptr, nullptr);
        if (caller < 0) continue;
        const std::lock_guard guard(mutex_);
        lines_.emplace_back([this, caller, port] { carry(caller, port); });
      }
    });
  }
  /// Each connection's bytes, one stream a direction.
  [[nodiscard]] std::vector<Bytes> streams() {
    const std::lock_guard guard(mutex_);
    return {streams_.begin(), streams_.end()};
  }

 private:
  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }
  static bool readable(int socket) {
    pollfd asked{socket, POLLIN, 0};
    return ::poll(&asked, 1, 50) > 0;
  }
  Bytes& stream() {
    const std::lock_guard guard(mutex_);
    return streams_.emplace_back();
  }
  /// False at the end of the stream.
  bool pass(int from, int to, Bytes& kept) {
    std::uint8_t buffer[16384];
    const ssize_t got = ::recv(from, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    {
      const std::lock_guard guard(mutex_);
      kept.insert(kept.end(), buffer, buffer + got);
    }
    for (ssize_t sent = 0; sent < got;) {
      const ssize_t one = ::send(to, buffer + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
      if (one <= 0) return false;
      sent += one;
    }
    return true;
  }
  void carry(int caller, std::uint16_t port) {
    const int relay = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    if (::connect(relay, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
      Bytes& there = stream();
      Bytes& back = stream();
      while (!stopped_) {
        pollfd ends[] = {{caller, POLLIN, 0}, {relay, POLLIN, 0}};
        if (::poll(ends, 2, 50) <= 0) continue;
        if (ends[0].revents != 0 && !pass(caller, relay, there)) break;
        if (ends[1].revents != 0 && !pass(relay, caller, back)) break;
      }
    }
    ::close(relay);
    ::close(caller);
  }

  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;
  std::list<Bytes> streams_;
  std::list<std::jthread> lines_;
  std::jthread acceptor_;
};

}  // namespace huisbord
