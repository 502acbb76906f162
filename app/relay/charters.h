// SPDX-License-Identifier: GPL-3.0-or-later
// The charters that the mailbox holds, verified once and then kept in memory.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "app/relay/mailbox.h"

namespace huisbord::relay {

/// Safe from any thread. Asks the mailbox each time which charter is the one, so it never answers with an older one.
class Charters {
 public:
  explicit Charters(const crypto::SigningPublicKey& root) : root_(root) {}

  /// damaged when what the mailbox holds does not verify.
  [[nodiscard]] Result<std::shared_ptr<const Charter>> get(Mailbox& mailbox, const ScopeName& name, const ScopeRow& scope);
  [[nodiscard]] const crypto::SigningPublicKey& root() const { return root_; }

 private:
  crypto::SigningPublicKey root_;
  std::mutex mutex_;
  std::map<ScopeName, std::shared_ptr<const Charter>> kept_;
};

}  // namespace huisbord::relay
