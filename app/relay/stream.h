// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of one connection, plain or over TLS, with a time limit on each wait for the other side.
#pragma once

#include <span>

#include "app/relay/asio.h"
#include "app/relay/tls.h"
#include "core/base/bytes.h"

struct ssl_st;

namespace huisbord::relay {

/// Small while nobody speaks: TLS reads and writes the socket itself, so that a connection that waits holds no buffer of ours.
/// For the server's thread; one call at a time, but close() and watch().
class Stream : public std::enable_shared_from_this<Stream> {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Plain without an identity.
  Stream(boost::asio::ip::tcp::socket socket, TlsIdentity identity);
  ~Stream();

  /// False: no TLS, or too late. At once true for a plain one.
  [[nodiscard]] boost::asio::awaitable<bool> handshake(Time until);
  /// At least one byte; 0 when the other side closed, failed or was late.
  [[nodiscard]] boost::asio::awaitable<std::size_t> read_some(std::span<std::uint8_t> into, Time until);
  /// At least one byte; 0 as above.
  [[nodiscard]] boost::asio::awaitable<std::size_t> write_some(ByteView from, Time until);

  /// Calls \p heard, once and not from inside this call, when the other side says or ends something; not after unwatch().
  void watch(std::function<void()> heard);
  void unwatch();
  /// No more is written; the other side learns it.
  void end();
  void close();

 private:
  enum class Outcome : std::uint8_t { done, wants_read, wants_write, failed };
  struct Step {
    Outcome outcome = Outcome::failed;
    std::size_t size = 0;
  };
  template <class Attempt>
  [[nodiscard]] boost::asio::awaitable<std::size_t> retry(Attempt attempt, Time until);
  [[nodiscard]] boost::asio::awaitable<bool> ready(boost::asio::ip::tcp::socket::wait_type type, Time until);
  [[nodiscard]] Step tls_step(int result) const;

  struct Free {
    void operator()(ssl_st* tls) const noexcept;
  };
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer timer_;
  TlsIdentity identity_;
  std::unique_ptr<ssl_st, Free> tls_;
  std::uint64_t waits_ = 0;  ///< tells a late timer from the one that runs
};

}  // namespace huisbord::relay
