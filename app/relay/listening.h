// SPDX-License-Identifier: GPL-3.0-or-later
// A listening socket: made here, or handed over by the service manager.
#pragma once

#include <optional>

#include "app/relay/asio.h"
#include "core/base/error.h"

namespace huisbord::relay {

/// invalid for an address that is none, io when it cannot be listened on. With \p inherited address and port are not used.
[[nodiscard]] Status listen(boost::asio::ip::tcp::acceptor& acceptor, const std::string& address, std::uint16_t port,
                            std::optional<int> inherited);
[[nodiscard]] boost::asio::ip::tcp::endpoint endpoint_of(const boost::asio::ip::tcp::acceptor& acceptor);
/// "address:port".
[[nodiscard]] std::string text_of(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace huisbord::relay
