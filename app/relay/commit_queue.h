// SPDX-License-Identifier: GPL-3.0-or-later
// Group commit: one thread writes, and whatever came while the disk was busy shares the next transaction and its one fsync.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "app/relay/mailbox.h"

namespace huisbord::relay {

/// Invariant: `after` is called once for every change that was added, in the order of adding, after the fsync; with an error when nothing
/// of its transaction is kept.
class CommitQueue {
 public:
  struct Change {
    /// Writes; an error undoes the whole transaction.
    std::function<Status(Mailbox&)> write;
    std::function<void(const Status&)> after;
  };

  explicit CommitQueue(std::unique_ptr<Mailbox> mailbox);
  /// Writes what was added before.
  ~CommitQueue();
  CommitQueue(const CommitQueue&) = delete;
  CommitQueue& operator=(const CommitQueue&) = delete;

  void add(Change change);
  /// How many transactions there were.
  [[nodiscard]] std::uint64_t transactions() const;

 private:
  void run();
  [[nodiscard]] Status write_all(const std::vector<Change>& changes);

  std::unique_ptr<Mailbox> mailbox_;
  mutable std::mutex mutex_;
  std::condition_variable came_;
  std::vector<Change> waiting_;
  std::uint64_t transactions_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace huisbord::relay
