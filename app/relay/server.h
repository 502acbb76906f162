// SPDX-License-Identifier: GPL-3.0-or-later
// Listens, and holds every connection within its bounds; one thread for all of them.
#pragma once

#include <memory>

#include "app/relay/settings.h"
#include "core/base/clock.h"

namespace huisbord::relay {

class Service;

/// open() listens, run() serves on the calling thread until stop() and then lets requests at work end.
class Server {
 public:
  /// io when the address cannot be listened on; else as certificate or mailbox say.
  [[nodiscard]] static Result<std::unique_ptr<Server>> open(const Settings& settings, const Clock& clock);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::string listening_on() const;
  [[nodiscard]] std::uint16_t port() const;
  /// Where watchmen ask; 0 when nowhere.
  [[nodiscard]] std::uint16_t metrics_port() const;
  [[nodiscard]] Service& service();
  void run();
  /// Safe from any thread, and more than once.
  void stop();
  /// SIGTERM and SIGINT stop it; SIGHUP loads its certificate anew.
  void heed_signals();

 private:
  class Inside;
  explicit Server(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace huisbord::relay
