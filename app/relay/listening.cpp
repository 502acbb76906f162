// SPDX-License-Identifier: GPL-3.0-or-later
// Binds and listens.
#include "app/relay/listening.h"

#include <sys/socket.h>

namespace huisbord::relay {

namespace asio = boost::asio;
using asio::ip::tcp;

Status listen(tcp::acceptor& acceptor, const std::string& address, std::uint16_t port, std::optional<int> inherited) {
  boost::system::error_code error;
  if (inherited) {
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    const bool known = ::getsockname(*inherited, reinterpret_cast<sockaddr*>(&bound), &size) == 0;
    if (!known || (bound.ss_family != AF_INET && bound.ss_family != AF_INET6))
      return fail(ErrorCode::io, "the socket that was handed over is no TCP socket");
    acceptor.assign(bound.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), *inherited, error);
    if (error) return fail(ErrorCode::io, "the socket that was handed over cannot be used: " + error.message());
    return {};
  }
  const auto parsed = asio::ip::make_address(address, error);
  if (error) return fail(ErrorCode::invalid, "\"" + address + "\" is not an IP address");
  const tcp::endpoint endpoint(parsed, port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) return fail(ErrorCode::io, "the relay cannot listen on " + address + ": " + error.message());
  return {};
}

tcp::endpoint endpoint_of(const tcp::acceptor& acceptor) {
  boost::system::error_code error;
  return acceptor.is_open() ? acceptor.local_endpoint(error) : tcp::endpoint();
}

std::string text_of(const tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

}  // namespace huisbord::relay
