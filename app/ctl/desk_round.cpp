// SPDX-License-Identifier: GPL-3.0-or-later
// A desk's round, and what it says of itself.
#include "app/ctl/desk_round.h"

#include <stop_token>

#include "core/sync/sync_round.h"

namespace huisbord {

Status synchronise(Desk& desk, const HttpsRelay::Settings& settings) {
  TRY_ASSIGN(const auto relay, HttpsRelay::open(settings, desk.vault(), system_clock()));
  SyncRound rounds(desk.vault(), *relay, system_clock());
  const RoundReport round = rounds.run(std::stop_token{});
  if (round.failure) return std::unexpected(*round.failure);
  if (!round.clean()) return fail(ErrorCode::refused, "the relay refused something of this desk; see huisbordctl status");
  return {};
}

Status check_no_copy(const Desk& desk, const std::filesystem::path& folder, const std::string& relay) {
  if (!desk.vault().must_become_new()) return {};
  return fail(
      ErrorCode::refused,
      "this desk's store is a copy: the same store goes on somewhere else (it was put back from a backup, or its folder was copied), "
      "and has sent what this one does not know. Nothing that is written here is sent any more. Decide which of the two goes on, keep "
      "the other one closed for ever, and on the one that goes on: 1. huisbordctl device renew --dir " +
          folder.string() + " --relay " + relay +
          "; 2. if anybody can still open the other one: huisbordctl root ask, root delegate and root accept, so that it writes no "
          "charters any more; 3. huisbordctl replica again");
}

}  // namespace huisbord
