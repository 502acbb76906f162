// SPDX-License-Identifier: GPL-3.0-or-later
// A pairing message from anywhere, as every side reads it: what is read is written and read again the same.
#include "core/base/check.h"
#include "core/pairing/desk_run.h"
#include "core/pairing/kiosk_run.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huisbord;
  const ByteView bytes(data, size);
  if (const auto commit = read_commit(bytes)) CHECK(*read_commit(write_commit(*commit)) == *commit);
  if (const auto offer = read_offer(bytes)) {
    const Bytes written = write_offer(*offer);
    const auto again = read_offer(written);
    CHECK(again && write_offer(*again) == written);
  }
  if (const auto reveal = read_reveal(bytes)) {
    const Bytes written = write_reveal(*reveal);
    const auto again = read_reveal(written);
    CHECK(again && write_reveal(*again) == written);
  }
  (void)read_verdict(bytes);

  // In each place of a run: no side ever shows words over what it did not ask for.
  SeededRandom random(size);
  const PairingCode code = make_code(random);
  const Bytes message(bytes.begin(), bytes.end());
  KioskRun kiosk(code, {}, {0}, random);
  const Bytes commit = kiosk.first_move().put->message;
  (void)kiosk.advance({.state = MeetingState::open, .messages = {commit, message}}, {1});
  (void)kiosk.advance({.state = MeetingState::open, .messages = {commit, message, message, message}}, {2});
  CHECK(!kiosk.words());
  DeskRun desk(code, {}, {0}, random);
  const PairingMove answer = desk.advance({.state = MeetingState::open, .messages = {message}}, {1});
  if (answer.put) (void)desk.advance({.state = MeetingState::open, .messages = {message, answer.put->message, message}}, {2});
  CHECK(!desk.words());
  return 0;
}
