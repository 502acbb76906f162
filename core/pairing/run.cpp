// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of pairing.
#include "core/pairing/run.h"

namespace huisbord {

const char* sentence(PairingEnd end) {
  switch (end) {
    case PairingEnd::going_on:
      return "The pairing is going on.";
    case PairingEnd::admitted:
      return "The kiosk is admitted.";
    case PairingEnd::wrong_code:
      return "Nobody waits under this code; read it again, or ask for a new one.";
    case PairingEnd::old_code:
      return "This code is older than fifteen minutes; ask for a new one.";
    case PairingEnd::code_used:
      return "This code was used already, and a code works once; ask for a new one.";
    case PairingEnd::ended_there:
      return "The other side ended this pairing, or somebody tried wrong codes; nothing was handed out. Make a new code.";
    case PairingEnd::words_differ:
      return "The words were not the same, so somebody may stand in between; nothing was handed out. Make a new code, and tell the office "
             "if it "
             "happens again.";
    case PairingEnd::out_of_time:
      return "The fifteen minutes are over; nothing was handed out. Make a new code.";
    case PairingEnd::broken_promise:
      return "What the kiosk showed is not what it had promised, so somebody may stand in between; nothing was handed out. Make a new "
             "code, and "
             "tell the office if it happens again.";
    case PairingEnd::changed:
      return "A message of this pairing changed under way, so somebody may stand in between; nothing was handed out. Make a new code, and "
             "tell "
             "the office if it happens again.";
    case PairingEnd::malformed:
      return "What came from the other side is no pairing message; nothing was handed out. Make a new code.";
    case PairingEnd::newer_version:
      return "The other side has a later release; update this one first, then make a new code.";
  }
  return "The pairing ended.";
}

PairingEnd end_of(MeetingState state) {
  switch (state) {
    case MeetingState::open:
      return PairingEnd::going_on;
    case MeetingState::wrong_code:
      return PairingEnd::wrong_code;
    case MeetingState::old_code:
      return PairingEnd::old_code;
    case MeetingState::taken:
      return PairingEnd::code_used;
    case MeetingState::burnt:
      return PairingEnd::ended_there;
  }
  return PairingEnd::malformed;
}

PairingEnd end_of(const Error& unreadable) {
  return unreadable.code == ErrorCode::version ? PairingEnd::newer_version : PairingEnd::malformed;
}

}  // namespace huisbord
