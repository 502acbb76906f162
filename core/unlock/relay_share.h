// SPDX-License-Identifier: GPL-3.0-or-later
// Leaving a share at the relay, asking for it with the store closed, and what a desk sees and allows (PROTOCOL.md 11).
#pragma once

#include "core/sync/meeting_connection.h"
#include "core/unlock/factors.h"
#include "core/unlock/unlock_key.h"

namespace huisbord {

/// Asks once a call, with an ephemeral key of its own each time: an answer that was recorded opens for nobody later.
class RelayShare final : public ShareSource {
 public:
  /// What it is given must outlive it.
  RelayShare(RelayAtUrl relay, const UnlockKey& key, const Clock& clock, Random& random)
      : url_(std::move(relay.url)), https_(std::move(relay.https)), key_(key), clock_(clock), random_(random) {}
  /// refused: cut, or silent for too long: the sentence says what to do; network.
  [[nodiscard]] Result<crypto::SecretBytes> share(ByteView parameters) override;

 private:
  [[nodiscard]] Result<crypto::SecretBytes> share_at(Millis now, std::optional<Millis>& relay_time);

  std::string url_;
  HttpsExchange https_;
  const UnlockKey& key_;
  const Clock& clock_;
  Random& random_;
};

/// With the store open: \p log signs. Replaces the device's former share there.
[[nodiscard]] Status leave_share(const RelayAtUrl& relay, const Log& log, const Clock& clock, const UnlockKey& key,
                                 const crypto::SecretBytes& share, Random& random);
/// The relay forgets this device's share.
[[nodiscard]] Status take_share_away(const RelayAtUrl& relay, const Log& log, const Clock& clock, const ScopeId& scope);

enum class ShareOutcome : std::uint8_t { given, click_needed, not_active };
struct ShareEvent {
  DeviceId device;
  Millis at;  ///< by the relay's clock
  ShareOutcome outcome = ShareOutcome::given;
  bool clicked = false;
};
/// What the relay did with shares of a scope, the newest last. \p allow: this device gets its share once within 30 minutes. For a desk.
[[nodiscard]] Result<std::vector<ShareEvent>> ask_about_shares(const RelayAtUrl& relay, const Log& desk, const Clock& clock,
                                                               const ScopeId& scope, const std::optional<DeviceId>& allow);

}  // namespace huisbord
