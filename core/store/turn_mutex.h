// SPDX-License-Identifier: GPL-3.0-or-later
// A mutex that serves in the order of asking, so that a tap waits for one batch of sync and never for all of them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace huisbord {

class TurnMutex {
 public:
  void lock() {
    std::unique_lock guard(mutex_);
    const std::uint64_t mine = next_++;
    turned_.wait(guard, [&] { return serving_ == mine; });
  }
  /// For who has it: somebody waits for their turn.
  [[nodiscard]] bool wanted() {
    const std::scoped_lock guard(mutex_);
    return next_ != serving_ + 1;
  }
  void unlock() {
    const std::scoped_lock guard(mutex_);
    ++serving_;
    turned_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable turned_;
  std::uint64_t next_ = 0;
  std::uint64_t serving_ = 0;
};

}  // namespace huisbord
