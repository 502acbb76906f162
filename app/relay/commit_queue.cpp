// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that writes.
#include "app/relay/commit_queue.h"

#include <utility>

namespace huisbord::relay {
namespace {
constexpr std::size_t most_at_once = 256;  // so that the first of a long queue does not wait for its last
}

CommitQueue::CommitQueue(std::unique_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)), thread_([this] { run(); }) {}

CommitQueue::~CommitQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  came_.notify_one();
  thread_.join();
}

void CommitQueue::add(Change change) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(change));
  }
  came_.notify_one();
}

std::uint64_t CommitQueue::transactions() const {
  const std::lock_guard lock(mutex_);
  return transactions_;
}

void CommitQueue::run() {
  for (;;) {
    std::vector<Change> changes;
    {
      std::unique_lock lock(mutex_);
      came_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      if (waiting_.size() <= most_at_once) {
        changes.swap(waiting_);
      } else {
        const auto end = waiting_.begin() + most_at_once;
        changes.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
      }
      ++transactions_;
    }
    const Status status = write_all(changes);
    for (const Change& change : changes) change.after(status);
  }
}

Status CommitQueue::write_all(const std::vector<Change>& changes) {
  TRY_STATUS(mailbox_->begin_write());
  Status status;
  for (const Change& change : changes) {
    status = change.write(*mailbox_);
    if (!status) break;
  }
  if (status) status = mailbox_->commit();
  if (!status) mailbox_->end();
  return status;
}

}  // namespace huisbord::relay
