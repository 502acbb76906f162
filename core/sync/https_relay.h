// SPDX-License-Identifier: GPL-3.0-or-later
// The relay over HTTP/1.1, with TLS where the address says https (PROTOCOL.md 3).
#pragma once

#include "core/sync/https_exchange.h"
#include "core/sync/relay_connection.h"
#include "core/sync/wire/relay_address.h"

namespace huisbord {

/// Every call ends within a moment of its stop token. An answer that is not in a content type of ours is a portal's, a proxy's or a
/// stranger's: ErrorCode::network, whatever its status.
class HttpsRelay final : public RelayConnection {
 public:
  struct Settings {
    std::string url;            ///< "https://relay.example" or with a path before /v1; http too, for loopback and tunnels
    std::string authorities{};  ///< file of certificates to trust instead of the system's; empty: the system's
    std::chrono::milliseconds connect{60'000};
    std::chrono::seconds silence{30};        ///< slower than 30 bytes a second for so long ends a call
    std::chrono::seconds longest_wait{600};  ///< that is asked for in a long wait
  };
  /// Signs with the request keys that \p log names for each scope. invalid for an address that is none.
  [[nodiscard]] static Result<std::unique_ptr<HttpsRelay>> open(Settings settings, const Log& log, const Clock& clock);

  [[nodiscard]] Result<PushAnswer> push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token& stop) override;
  [[nodiscard]] Result<CharterAnswer> put_charter(const ScopeId& scope, ByteView charter, const std::stop_token& stop) override;
  [[nodiscard]] Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion& question, const std::stop_token& stop) override;
  [[nodiscard]] Result<std::optional<RelayRefusal>> put_snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                                       ByteView bytes, const std::stop_token& stop) override;
  [[nodiscard]] Result<SnapshotPieceAnswer> snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                           const std::stop_token& stop) override;
  [[nodiscard]] bool can_wait() const override { return true; }
  void end_wait() override { https_.end_beside(); }
  [[nodiscard]] Result<std::optional<WaitAnswer>> wait(const WaitQuestion& question, Millis most, const std::stop_token& stop) override;
  [[nodiscard]] std::optional<RelayDate> date() const override { return date_; }

 private:
  struct Asked {
    const char* method;
    std::string what;  ///< after organisation and scope
    std::string_view body_type;
    std::string_view wanted;  ///< content type of the answer
    bool sign = true;
    std::size_t expected = 0;
  };
  HttpsRelay(Settings settings, wire::RelayAddress address, const Log& log, const Clock& clock)
      : address_(std::move(address)),
        https_({.authorities = std::move(settings.authorities), .connect = settings.connect, .silence = settings.silence}),
        log_(log),
        clock_(clock),
        patience_(settings.longest_wait.count()) {}
  [[nodiscard]] Result<HttpsExchange::Answer> ask(const Asked& asked, const ScopeId& scope, ByteView body, const std::stop_token& stop);
  [[nodiscard]] Result<HttpsExchange::Answer> judged(HttpsExchange::Answer answer, std::string_view wanted);
  /// A question to \p path after the address, signed when \p signer names the scope that says with which key.
  [[nodiscard]] Result<HttpsExchange::Question> question(const char* method, const std::string& path, std::string_view type, ByteView body,
                                                         const ScopeId* signer) const;
  [[nodiscard]] Status begin_wait(const WaitQuestion& question);
  [[nodiscard]] Result<std::optional<HttpsExchange::Answer>> answer_to_wait(Millis most, const std::stop_token& stop);
  [[nodiscard]] bool set_clock_by(const HttpsExchange::Answer& answer);

  wire::RelayAddress address_;
  HttpsExchange https_;
  const Log& log_;
  const Clock& clock_;
  std::optional<RelayDate> date_;
  std::int64_t behind_ = 0;  ///< milliseconds that our clock lacks, by a relay that refused what we signed
  Millis wait_begun_;
  std::int64_t patience_;  ///< seconds that a wait may last here: less when something on the way ends longer ones
};

}  // namespace huisbord
