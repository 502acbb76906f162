// SPDX-License-Identifier: GPL-3.0-or-later
// A server on loopback that is no relay: a portal, a broken proxy, one that never answers.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <future>
#include <list>
#include <string>
#include <thread>

#include "core/base/check.h"

namespace huisbord {

/// Each connection is served by \p serve on the server's one thread; the destructor ends it, also in the middle of a read.
class OddServer {
 public:
  class Peer {
   public:
    explicit Peer(int socket) : socket_(socket) {}
    /// Header lines and as much of the body as came with them.
    std::string read_some() {
      std::string text(65536, '\0');
      const ssize_t size = ::recv(socket_, text.data(), text.size(), 0);
      text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
      return text;
    }
    void read_until_closed() {
      while (!read_some().empty()) {
      }
    }
    bool write(const std::string& text) {
      return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }

   private:
    int socket_;
  };
  using Serve = std::function<void(Peer&)>;

  explicit OddServer(Serve serve) : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    CHECK(::listen(listener_, 16) == 0);
    CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~OddServer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    if (const int socket = current_.exchange(-1); socket >= 0) ::shutdown(socket, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  OddServer(const OddServer&) = delete;
  OddServer& operator=(const OddServer&) = delete;

  [[nodiscard]] std::string url(const std::string& scheme = "http") const { return scheme + "://127.0.0.1:" + std::to_string(port_); }
  void wait_for_request() { came_.get_future().wait(); }

  /// A whole answer with its length.
  [[nodiscard]] static std::string answer(const std::string& status, const std::string& type, const std::string& body,
                                          const std::string& more = {}) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + more + "Content-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
  }

 private:
  void run() {
    while (!stopping_) {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      current_ = socket;
      if (!std::exchange(told_, true)) came_.set_value();
      if (stopping_) ::shutdown(socket, SHUT_RDWR);
      Peer peer(socket);
      serve_(peer);
      current_ = -1;
      ::close(socket);
    }
  }

  Serve serve_;
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> current_ = -1;
  bool told_ = false;
  std::promise<void> came_;
  std::thread thread_;
};

}  // namespace huisbord
