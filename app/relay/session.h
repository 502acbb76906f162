// SPDX-License-Identifier: GPL-3.0-or-later
// One connection: reads requests and writes answers, each within bounds of size and time.
#pragma once

#include "app/relay/metrics.h"
#include "app/relay/news_desk.h"
#include "app/relay/service.h"
#include "app/relay/stream.h"

namespace huisbord::relay {

/// What all connections share. Used on the server's thread alone.
struct Traffic {
  Service& service;
  const Settings& settings;
  const Clock& clock;
  Metrics& metrics;
  NewsDesk news;
  std::size_t bytes_at_work = 0;
  bool stopping = false;
};

/// What a connection is for: replicas, or the machine's own watchmen, who get counts and nothing else.
enum class Door : std::uint8_t { replicas, watchmen };

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<Stream> stream, Door door, Traffic& traffic);
  ~Session();

  /// Ends with the connection.
  [[nodiscard]] boost::asio::awaitable<void> serve();
  /// Closes at once when no request is at work, else after its answer; a wait is answered now.
  void stop();
  void close();

 private:
  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace huisbord::relay
