// SPDX-License-Identifier: GPL-3.0-or-later
// Work on a thread of its own whose result can be given up before it is there.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace huisbord {

/// Stretching a code takes about a quarter of a second, too long for the screens' thread. Whoever leaves meanwhile gives the result up:
/// from then on no key of it is in memory, also when the thread is not done yet. All calls from one thread.
template <class T>
class Stretching {
 public:
  /// Gives up what was begun before. \p work runs on another thread and owns what it needs.
  template <class Work>
  void begin(Work work) {
    give_up();
    begun_ = std::make_shared<Attempt>();
    thread_ = std::jthread([attempt = begun_, work = std::move(work)]() mutable {
      std::optional<T> result(std::in_place, work());
      const std::lock_guard lock(attempt->mutex);
      if (!attempt->given_up) attempt->result = std::move(result);
    });
  }
  /// Something was begun and neither answered nor given up.
  [[nodiscard]] bool waits() const { return begun_ != nullptr; }
  /// Once, when it is there.
  [[nodiscard]] std::optional<T> poll() {
    if (!begun_) return std::nullopt;
    std::optional<T> result;
    {
      const std::lock_guard lock(begun_->mutex);
      if (!begun_->result) return std::nullopt;
      result = std::move(begun_->result);
      begun_->result.reset();
    }
    begun_.reset();
    return result;
  }
  void give_up() {
    if (!begun_) return;
    {
      const std::lock_guard lock(begun_->mutex);
      begun_->given_up = true;
      begun_->result.reset();
    }
    begun_.reset();
  }

 private:
  struct Attempt {
    std::mutex mutex;
    bool given_up = false;
    std::optional<T> result;
  };
  std::shared_ptr<Attempt> begun_;
  std::jthread thread_;  ///< joined before the next begins
};

}  // namespace huisbord
