// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that wait for news of their scopes, told a few at a time when many wait for the same.
#pragma once

#include <deque>
#include <unordered_set>

#include "app/relay/asio.h"
#include "app/relay/reply.h"

namespace huisbord::relay {

struct Waiter {
  Waiter(const boost::asio::any_io_executor& executor, Wait wait) : asked(std::move(wait)), timer(executor, asked.most) {}
  Wait asked;
  boost::asio::steady_timer timer;  ///< cancelled when the wait is over
  std::vector<ScopeId> news;
  bool over = false;
};

/// For the server's thread.
class NewsDesk {
 public:
  NewsDesk(boost::asio::io_context& io, const News& news) : news_(news), pause_(io) {}

  /// From here on the waiter is told; at once when something came since it asked.
  void enter(const std::shared_ptr<Waiter>& waiter);
  void leave(const std::shared_ptr<Waiter>& waiter);
  /// Everybody but the device that brought it.
  void arrived(const ScopeName& name, const DeviceId& by);

  static void end(Waiter& waiter);
  /// Which scopes have news; none when the wait ended otherwise.
  [[nodiscard]] static Reply reply(const Waiter& waiter);

 private:
  void tell_some();

  const News& news_;
  std::map<ScopeName, std::unordered_set<std::shared_ptr<Waiter>>> waiting_;
  std::deque<std::shared_ptr<Waiter>> to_tell_;
  boost::asio::steady_timer pause_;
};

}  // namespace huisbord::relay
