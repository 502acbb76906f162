// SPDX-License-Identifier: GPL-3.0-or-later
// Where a desk and a new kiosk meet under a code: four places, fifteen minutes, five wrong tries, in memory alone (PROTOCOL.md 9.2).
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "app/relay/reply.h"
#include "core/base/clock.h"
#include "core/sync/wire/meeting.h"

namespace huisbord::relay {

/// Safe from any thread. Bounded: 64 meetings that live, 256 with those that are remembered to say why they are over.
class Meetings {
 public:
  explicit Meetings(const Clock& clock) : clock_(clock) {}

  enum class Side : std::uint8_t { guest, host };
  [[nodiscard]] Reply answer(Side side, ByteView body);

 private:
  struct Meeting {
    std::string secret;  ///< the code's second half
    Millis opened;       ///< running time
    unsigned wrong_tries = 0;
    bool burnt = false;
    std::vector<std::string> messages;
  };
  using Found = std::map<std::string, Meeting>::iterator;
  [[nodiscard]] bool living(const Meeting& meeting) const;
  [[nodiscard]] bool open(const std::string& place, const std::string& secret);
  [[nodiscard]] wire::MeetingReply::State put(Meeting& meeting, Side side, const wire::MeetingRequest& request) const;
  void forget_one();

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Meeting> meetings_;  ///< by the code's first half
};

}  // namespace huisbord::relay
