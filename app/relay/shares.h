// SPDX-License-Identifier: GPL-3.0-or-later
// The relay's shares of store keys: kept closed, given to a kiosk in good standing that called lately, each giving noted (PROTOCOL.md 11).
#pragma once

#include <deque>
#include <map>
#include <mutex>

#include "app/relay/database.h"
#include "app/relay/mailbox.h"
#include "core/base/clock.h"
#include "core/sync/wire/share.h"

namespace huisbord::relay {

/// Deposits and events are in a file of their own beside the mailbox; when a device last called is in memory alone, so after the relay
/// starts again a kiosk that is off needs a click. Safe from any thread.
class Shares {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Shares>> open(const std::filesystem::path& file, const Clock& clock);

  /// A signed request of this device came.
  void called(const ScopeId& scope, const DeviceId& device);
  /// By the device itself.
  [[nodiscard]] Status deposit(const ScopeId& scope, const DeviceId& device, const wire::ShareDeposit& deposit);
  /// \p charter is the scope's newest, or nullptr.
  [[nodiscard]] Result<wire::ShareReply> release(const ScopeId& scope, const Charter* charter, const wire::ShareRequest& request,
                                                 Random& random);
  /// By a desk.
  [[nodiscard]] Result<wire::ShareReply> answer(const ScopeId& scope, const wire::ShareQuestion& question);

 private:
  using Place = std::pair<ScopeId, DeviceId>;
  Shares(Database database, const Clock& clock) : database_(std::move(database)), clock_(clock) {}
  [[nodiscard]] Status note(const ScopeId& scope, const DeviceId& device, wire::ShareReply::State state, bool clicked);
  [[nodiscard]] bool lately(const std::map<Place, Millis>& when, const Place& place) const;

  Database database_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<Place, Millis> called_;   ///< running time
  std::map<Place, Millis> allowed_;  ///< running time
};

}  // namespace huisbord::relay
