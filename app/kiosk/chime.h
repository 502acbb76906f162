// SPDX-License-Identifier: GPL-3.0-or-later
// The soft sound before a session ends by itself.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace huisbord {

/// Opens the sound device for as long as the sound lasts, on a thread of its own: no frame waits for it, and an idle kiosk holds no device.
/// Where there is none it stays silent, once in the log.
class Chime {
 public:
  explicit Chime(std::function<void(const std::string&)> log) : log_(std::move(log)) {}
  ~Chime();
  Chime(const Chime&) = delete;
  Chime& operator=(const Chime&) = delete;

  /// Nothing while one sounds already.
  void play();

 private:
  void sound();

  std::function<void(const std::string&)> log_;
  std::thread thread_;
  std::atomic<bool> sounding_{false};
  bool told_ = false;  ///< the thread's own
};

}  // namespace huisbord
