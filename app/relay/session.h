// SPDX-License-Identifier: GPL-3.0-or-later
// One connection: reads requests and writes answers, each within bounds of size and time.
#pragma once

#include "app/relay/asio.h"
#include "app/relay/service.h"

namespace huisbord::relay {

/// What all connections share. Used on the server's thread alone.
struct Traffic {
  Service& service;
  const Settings& settings;
  const Clock& clock;
  std::size_t bytes_at_work = 0;
  bool stopping = false;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, Traffic& traffic);
  ~Session();

  /// Ends with the connection.
  [[nodiscard]] boost::asio::awaitable<void> serve();
  /// Closes at once when no request is at work, else after its answer.
  void stop();
  void close();

 private:
  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace huisbord::relay
