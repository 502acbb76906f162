// SPDX-License-Identifier: GPL-3.0-or-later
// Tries, and where the socket is not ready waits for it and tries again.
#include "app/relay/stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <climits>
#include <functional>

namespace huisbord::relay {

namespace asio = boost::asio;
using asio::ip::tcp;

void Stream::Free::operator()(ssl_st* tls) const noexcept { SSL_free(tls); }

Stream::Stream(tcp::socket socket, TlsIdentity identity)
    : socket_(std::move(socket)), timer_(socket_.get_executor()), identity_(std::move(identity)) {
  boost::system::error_code ignored;
  socket_.non_blocking(true, ignored);
  if (identity_ == nullptr) return;
  tls_.reset(SSL_new(identity_.get()));
  if (tls_ != nullptr && SSL_set_fd(tls_.get(), socket_.native_handle()) == 1)
    SSL_set_accept_state(tls_.get());
  else
    close();
}

Stream::~Stream() = default;

Stream::Step Stream::tls_step(int result) const {
  if (result > 0) return {.outcome = Outcome::done, .size = static_cast<std::size_t>(result)};
  const int error = SSL_get_error(tls_.get(), result);
  ERR_clear_error();
  if (error == SSL_ERROR_WANT_READ) return {.outcome = Outcome::wants_read};
  if (error == SSL_ERROR_WANT_WRITE) return {.outcome = Outcome::wants_write};
  return {};
}

/// Each attempt gives a Step.
template <class Attempt>
asio::awaitable<std::size_t> Stream::retry(Attempt attempt, Time until) {
  while (socket_.is_open()) {
    const Step step = attempt();
    if (step.outcome == Outcome::done) co_return step.size;
    if (step.outcome == Outcome::failed) co_return 0;
    const auto type = step.outcome == Outcome::wants_read ? tcp::socket::wait_read : tcp::socket::wait_write;
    if (!co_await ready(type, until)) co_return 0;
  }
  co_return 0;
}

asio::awaitable<bool> Stream::ready(tcp::socket::wait_type type, Time until) {
  const std::uint64_t wait = ++waits_;
  timer_.expires_at(until);
  timer_.async_wait([self = weak_from_this(), wait](const boost::system::error_code& cancelled) {
    const auto stream = self.lock();
    if (cancelled || stream == nullptr || stream->waits_ != wait) return;
    boost::system::error_code ignored;
    stream->socket_.cancel(ignored);
  });
  boost::system::error_code error;
  co_await socket_.async_wait(type, asio::redirect_error(asio::use_awaitable, error));
  ++waits_;
  timer_.cancel();
  co_return !error;
}

asio::awaitable<bool> Stream::handshake(Time until) {
  if (tls_ == nullptr) co_return socket_.is_open();
  const std::size_t done = co_await retry([this] { return tls_step(SSL_do_handshake(tls_.get())); }, until);
  co_return done > 0;
}

asio::awaitable<std::size_t> Stream::read_some(std::span<std::uint8_t> into, Time until) {
  const int most = static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX));
  return retry(
      [this, into, most]() -> Step {
        if (tls_ != nullptr) return tls_step(SSL_read(tls_.get(), into.data(), most));
        boost::system::error_code error;
        const std::size_t size = socket_.read_some(asio::buffer(into.data(), into.size()), error);
        if (error == asio::error::would_block) return {.outcome = Outcome::wants_read};
        return error ? Step{} : Step{.outcome = Outcome::done, .size = size};
      },
      until);
}

asio::awaitable<std::size_t> Stream::write_some(ByteView from, Time until) {
  const int most = static_cast<int>(std::min<std::size_t>(from.size(), INT_MAX));
  return retry(
      [this, from, most]() -> Step {
        if (tls_ != nullptr) return tls_step(SSL_write(tls_.get(), from.data(), most));
        boost::system::error_code error;
        const std::size_t size = socket_.write_some(asio::buffer(from.data(), from.size()), error);
        if (error == asio::error::would_block) return {.outcome = Outcome::wants_write};
        return error ? Step{} : Step{.outcome = Outcome::done, .size = size};
      },
      until);
}

void Stream::watch(std::function<void()> heard) {
  if (tls_ != nullptr && SSL_has_pending(tls_.get()) != 0) return asio::post(socket_.get_executor(), std::move(heard));
  socket_.async_wait(tcp::socket::wait_read, [heard = std::move(heard)](const boost::system::error_code& error) {
    if (error != asio::error::operation_aborted) heard();
  });
}

void Stream::unwatch() {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Stream::end() {
  if (!socket_.is_open()) return;
  boost::system::error_code ignored;
  if (tls_ != nullptr && SSL_is_init_finished(tls_.get()) != 0) SSL_shutdown(tls_.get());
  ERR_clear_error();
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Stream::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace huisbord::relay
