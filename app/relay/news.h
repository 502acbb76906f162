// SPDX-License-Identifier: GPL-3.0-or-later
// That something came into a scope: told from the writer's thread to whoever waits for it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "app/relay/scope_name.h"

namespace huisbord::relay {

/// A wait that a device asked for, and that nothing has ended yet.
struct Wait {
  struct Scope {
    ScopeName name;
    std::uint64_t count = 0;  ///< of News, before the mailbox was looked at
  };
  std::vector<Scope> scopes;
  DeviceId device;
  std::chrono::seconds most{0};
};

/// Counts what came into each scope since the relay started. Safe from any thread.
class News {
 public:
  /// \p by is the device that brought it, which need not be told; empty for news that concern all.
  using Listener = std::function<void(const ScopeName&, const DeviceId& by)>;
  /// From now on, on the thread that calls arrived(); none when it is empty.
  void listen(Listener listener);
  void arrived(const ScopeName& name, const DeviceId& by);
  [[nodiscard]] std::uint64_t count(const ScopeName& name) const;

 private:
  mutable std::mutex mutex_;
  std::map<ScopeName, std::uint64_t> counts_;
  Listener listener_;
};

}  // namespace huisbord::relay
