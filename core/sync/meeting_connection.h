// SPDX-License-Identifier: GPL-3.0-or-later
// The place at the relay where a desk and a new kiosk meet, as either side sees it (PROTOCOL.md 9.2).
#pragma once

#include <memory>
#include <stop_token>

#include "core/journal/log.h"
#include "core/pairing/run.h"
#include "core/sync/https_exchange.h"

namespace huisbord {

/// For one thread.
class MeetingConnection {
 public:
  virtual ~MeetingConnection() = default;
  /// Does the move (nothing in it: only looks) and shows what stands there then. network; unavailable when the relay is full or the call
  /// was stopped: the same may be asked again. refused: asking again changes nothing.
  [[nodiscard]] virtual Result<MeetingView> make(const PairingCode& code, const PairingMove& move, const std::stop_token& stop) = 0;
};

/// Where a relay is: its address, and which certificates are believed.
struct RelayAtUrl {
  std::string url;  ///< "https://relay.example", or with a path before /v1
  HttpsExchange::Settings https;
};
/// The header lines that sign a request of this body (PROTOCOL.md 3.1); `path` begins after the address. invalid for an address that is
/// none.
[[nodiscard]] Result<std::vector<std::string>> signed_lines(const std::string& relay_url, const char* method, const std::string& path,
                                                            ByteView body, Millis now, const DeviceId& device,
                                                            const crypto::SigningKeyPair& request_key);

class HttpsMeeting final : public MeetingConnection {
 public:
  /// The kiosk's side: known to nobody, so nothing is signed.
  [[nodiscard]] static std::unique_ptr<HttpsMeeting> guest(RelayAtUrl relay);
  /// The desk's side, which opens the meeting; both must outlive it.
  [[nodiscard]] static std::unique_ptr<HttpsMeeting> host(RelayAtUrl relay, const Log& desk, const Clock& clock);

  [[nodiscard]] Result<MeetingView> make(const PairingCode& code, const PairingMove& move, const std::stop_token& stop) override;

 private:
  HttpsMeeting(RelayAtUrl relay, std::string target, const Log* desk, const Clock* clock);

  std::string url_;
  std::string target_;
  const Log* desk_;
  const Clock* clock_;
  HttpsExchange https_;
};

}  // namespace huisbord
