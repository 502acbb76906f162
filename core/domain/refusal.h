// SPDX-License-Identifier: GPL-3.0-or-later
// Why a person may not do something now: shown in their language, never logged as an error.
#pragma once

#include <cstdint>

namespace huisbord {

enum class Refusal : std::uint8_t {
  not_yours,              ///< another room's duty, another resident's appointment or entry
  already_done,           ///< the duty is marked done
  not_done,               ///< nothing to take back
  already_taken,          ///< somebody else took the offer first
  already_offered,        ///< it hangs on the board already
  not_offered,            ///< nobody gives this duty away
  own_offer,              ///< one does not take over one's own duty
  too_late,               ///< its day is over
  too_early,              ///< its day has not begun
  appointment_over,       ///< it lies in the past
  appointment_cancelled,  ///< the office called it off
  same_answer,            ///< that is the answer already
  already_asked,          ///< the question about this entry is with the office
  stay_ended,             ///< this person's stay is over
  nothing_to_undo,        ///< the eight seconds are over
  not_allowed,            ///< this role may not
};

}  // namespace huisbord
