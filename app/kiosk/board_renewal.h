// SPDX-License-Identifier: GPL-3.0-or-later
// A board whose store was put back or copied is taken in again: it meets its office, and goes on as a new device (SCHEMA.md 12).
#pragma once

#include "app/kiosk/office_meeting.h"
#include "core/store/vault.h"

namespace huisbord {

/// The board goes on meanwhile, and synchronising too: that is what takes the charters and sends what waits. Given up at any time, the
/// board is the copy that it was.
class BoardRenewal final : public OfficeMeeting {
 public:
  struct Parts {
    Vault* vault = nullptr;  ///< outlives this
    HttpsRelay::Settings relay;
    std::function<void()> changed;                 ///< on any thread: view() says something new, or it is over
    std::function<void(const std::string&)> warn;  ///< on any thread: a line for the log
  };
  explicit BoardRenewal(Parts parts);
  ~BoardRenewal() override { halt(); }

  /// Nobody of staff enrolled here means that nobody's passphrase can be asked.
  [[nodiscard]] static bool knows_staff(const Vault& vault);
  /// The store has become the new device: this is over.
  [[nodiscard]] bool is_new() const;

  void begin(const std::string& code, const std::string& staff_passphrase) override;
  void start_over() override;

 private:
  void renew(const std::stop_token& stop, const PairingCode& code, const PairingDevice& device);

  Parts parts_;
};

}  // namespace huisbord
