// SPDX-License-Identifier: GPL-3.0-or-later
// The relay without HTTP: takes a request, answers it on a thread of its own; no key but the organisation's public root.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "app/relay/caller.h"
#include "app/relay/commit_queue.h"
#include "app/relay/meetings.h"
#include "app/relay/metrics.h"
#include "app/relay/news.h"
#include "app/relay/reply.h"
#include "app/relay/settings.h"
#include "app/relay/shares.h"
#include "core/base/clock.h"

namespace boost::asio {
class thread_pool;
}

namespace huisbord::relay {

struct Route;

/// Workers read and verify, each with a connection of its own; the commit queue writes. Both are bounded by `requests_at_work`.
class Service {
 public:
  /// With the mailbox in a file in `settings.data`.
  [[nodiscard]] static Result<std::unique_ptr<Service>> open(const Settings& settings, const Clock& clock);
  /// With another one.
  [[nodiscard]] static Result<std::unique_ptr<Service>> open(const Settings& settings, const Clock& clock,
                                                             std::unique_ptr<MailboxEngine> engine, std::unique_ptr<Shares> shares);
  /// Answers what it was asked, then ends.
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Safe from any thread. \p done is called once, on another thread or this one.
  void answer(Request request, std::function<void(Reply)> done);
  /// The last time that the mailbox was read or written, it worked.
  [[nodiscard]] bool healthy() const { return healthy_; }
  [[nodiscard]] std::uint64_t transactions() const { return writer_->transactions(); }
  [[nodiscard]] News& news() { return news_; }
  [[nodiscard]] Metrics& metrics() { return metrics_; }

 private:
  using Done = std::function<void(Reply)>;
  class Reader;

  Service(const Settings& settings, wire::RelayAddress address, const Clock& clock, std::unique_ptr<MailboxEngine> engine,
          std::unique_ptr<Mailbox> writer, std::unique_ptr<Shares> shares);
  void work(const Request& request, Done done);
  /// The device that signed, or the answer.
  [[nodiscard]] std::expected<Caller, Reply> caller(const ScopeName& name, const Request& request);
  void push(const ScopeName& name, const Request& request, Done done);
  void put_charter(const ScopeName& name, const Request& request, const Done& done);
  [[nodiscard]] Result<Reply> keep_charter(Mailbox& mailbox, const ScopeName& name, ByteView bytes, bool& fresh);
  void put_piece(const Route& route, const Request& request, const Done& done);
  [[nodiscard]] Reply piece(const Route& route, const Request& request);
  [[nodiscard]] Reply pull(const ScopeName& name, const Request& request);
  [[nodiscard]] Reply newest_charter(const ScopeName& name, const Request& request);
  [[nodiscard]] Reply wait(const OrganisationId& organisation, const Request& request);
  [[nodiscard]] Result<Reply> compare_marks(Wait wait, const wire::WaitRequest& question);
  [[nodiscard]] Result<std::shared_ptr<const Charter>> charter(const ScopeName& name);
  [[nodiscard]] Result<wire::PullReply> read_page(const ScopeName& name, const wire::PullRequest& request, const Caller& caller);
  [[nodiscard]] Reply host_meeting(const ScopeName& name, const Request& request);
  [[nodiscard]] Reply share(const Route& route, const Request& request);
  [[nodiscard]] Reply failed(const Error& error);

  Settings settings_;
  wire::RelayAddress address_;
  const Clock& clock_;
  Charters charters_;
  Meetings meetings_;
  std::unique_ptr<Shares> shares_;
  News news_;
  Metrics metrics_;
  std::atomic<bool> healthy_ = true;
  std::atomic<std::size_t> at_work_ = 0;
  std::mutex readers_mutex_;
  std::unique_ptr<MailboxEngine> engine_;
  std::vector<std::unique_ptr<Mailbox>> readers_;
  std::unique_ptr<CommitQueue> writer_;
  std::unique_ptr<boost::asio::thread_pool> workers_;
};

}  // namespace huisbord::relay
