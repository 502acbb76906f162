// SPDX-License-Identifier: GPL-3.0-or-later
// Very many connections to a relay over TLS from one thread: each sends what it is given and counts whole answers.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace huisbord {

inline void must_hold(bool holds, const char* what) {
  if (holds) return;
  std::perror(what);
  std::exit(1);
}

/// A connection that does not block. Answers are HTTP with a Content-Length.
class LoadConnection {
 public:
  LoadConnection(std::uint16_t port, SSL_CTX* tls) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), tls_(SSL_new(tls)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    must_hold(socket_ >= 0 && ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "connect");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    SSL_set_fd(tls_, socket_);
    must_hold(SSL_connect(tls_) == 1, "TLS handshake");
    ::fcntl(socket_, F_SETFL, O_NONBLOCK);
  }
  ~LoadConnection() {
    SSL_free(tls_);
    ::close(socket_);
  }
  LoadConnection(const LoadConnection&) = delete;
  LoadConnection& operator=(const LoadConnection&) = delete;

  [[nodiscard]] int socket() const { return socket_; }
  /// Small enough for the socket's buffer.
  void send(const std::string& request) {
    must_hold(SSL_write(tls_, request.data(), static_cast<int>(request.size())) == static_cast<int>(request.size()), "send");
  }
  /// Calls \p whole with the status of each answer that is complete.
  void read(const std::function<void(int)>& whole) {
    char piece[16384];
    for (int size = 0; (size = SSL_read(tls_, piece, sizeof piece)) > 0;) {
      held_.append(piece, static_cast<std::size_t>(size));
      for (;;) {
        const std::size_t end = held_.find("\r\n\r\n");
        if (end == std::string::npos) break;
        const std::size_t length_at = held_.find("Content-Length: ");
        must_hold(length_at < end, "an answer with a length");
        const std::size_t answer = end + 4 + std::strtoul(held_.c_str() + length_at + 16, nullptr, 10);
        if (held_.size() < answer) break;
        const int status = std::atoi(held_.c_str() + 9);
        held_.erase(0, answer);
        whole(status);
      }
    }
  }

 private:
  int socket_;
  SSL* tls_;
  std::string held_;
};

/// All connections of a load, served in one thread.
class Load {
 public:
  explicit Load(std::uint16_t port)
      : port_(port), tls_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    SSL_CTX_set_mode(tls_.get(), SSL_MODE_RELEASE_BUFFERS);
  }
  ~Load() { ::close(epoll_); }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  LoadConnection& add() {
    connections.push_back(std::make_unique<LoadConnection>(port_, tls_.get()));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = connections.size() - 1;
    must_hold(::epoll_ctl(epoll_, EPOLL_CTL_ADD, connections.back()->socket(), &event) == 0, "epoll");
    return *connections.back();
  }
  /// Calls \p answered with connection and status until \p over.
  void run(const std::function<void(std::size_t, int)>& answered, const std::function<bool()>& over) {
    epoll_event events[256];
    while (!over()) {
      const int count = ::epoll_wait(epoll_, events, 256, 1000);
      for (int i = 0; i < count; ++i) {
        const std::size_t at = events[i].data.u64;
        connections[at]->read([&](int status) { answered(at, status); });
      }
    }
  }
  std::vector<std::unique_ptr<LoadConnection>> connections;

 private:
  std::uint16_t port_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> tls_;
  int epoll_;
};

}  // namespace huisbord
