// SPDX-License-Identifier: GPL-3.0-or-later
// The mailbox without a disk: for tests and simulations, and for measuring what the file costs.
#pragma once

#include <memory>

#include "app/relay/mailbox.h"

namespace huisbord::relay {

/// What is kept lives as long as the engine. Readers wait for the writer.
class MemoryEngine final : public MailboxEngine {
 public:
  MemoryEngine();
  ~MemoryEngine() override;
  [[nodiscard]] Result<std::unique_ptr<Mailbox>> connect() override;

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace huisbord::relay
