// SPDX-License-Identifier: GPL-3.0-or-later
// The relay over HTTP/1.1, with TLS where the address says https (PROTOCOL.md 3).
#pragma once

#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/sync/relay_connection.h"

namespace huisbord {

/// Every call ends within a moment of its stop token. An answer that is not in a content type of ours is a portal's, a proxy's or a
/// stranger's: ErrorCode::network, whatever its status.
class HttpsRelay final : public RelayConnection {
 public:
  struct Settings {
    std::string url;          ///< "https://relay.example" or with a path before /v1; http too, for loopback and tunnels
    std::string authorities;  ///< file of certificates to trust instead of the system's; empty: the system's
    std::chrono::milliseconds connect{10'000};
    std::chrono::seconds silence{30};  ///< slower than 30 bytes a second for so long ends a call
  };
  /// Signs with the request keys that \p log names for each scope. invalid for an address that is none (wire/relay_address.h).
  [[nodiscard]] static Result<std::unique_ptr<HttpsRelay>> open(Settings settings, const Log& log, const Clock& clock);
  ~HttpsRelay() override;

  [[nodiscard]] Result<PushAnswer> push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token& stop) override;
  [[nodiscard]] Result<CharterAnswer> put_charter(const ScopeId& scope, ByteView charter, const std::stop_token& stop) override;
  [[nodiscard]] Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion& question, const std::stop_token& stop) override;
  [[nodiscard]] std::optional<RelayDate> date() const override;

 private:
  class Transfer;
  explicit HttpsRelay(std::unique_ptr<Transfer> transfer);
  std::unique_ptr<Transfer> transfer_;
};

}  // namespace huisbord
