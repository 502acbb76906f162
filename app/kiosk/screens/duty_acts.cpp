// SPDX-License-Identifier: GPL-3.0-or-later
// Each act with what is said of it and how it is taken back.
#include "app/kiosk/screens/duty_acts.h"

namespace huisbord {

using i18n::Key;

void finish_duty(Host& host, const Duty& duty) {
  auto& actions = host.actions();
  const DutyId id = duty.id;
  host.act([&actions, id] { return actions.mark_done(id); }, Key("toast.task_done"), [&actions, id] { return actions.take_back_done(id); });
}

void give_duty_away(Host& host, const Duty& duty) {
  auto& actions = host.actions();
  const DutyId id = duty.id;
  const auto offer = [&actions, id] { return actions.offer(id); };
  const auto keep = [&actions, id] { return actions.withdraw_offer(id); };
  if (duty.open_offer)
    host.act(keep, Key("toast.withdrawn"), offer);
  else
    host.act(offer, Key("toast.task_offered"), keep);
}

void take_duty_over(Host& host, const Duty& duty) {
  auto& actions = host.actions();
  const DutyId id = duty.id;
  host.act([&actions, id] { return actions.claim(id); }, Key("toast.task_taken"), [&actions, id] { return actions.return_claim(id); });
}

void ask_for_swap(Host& host, const Duty& mine, const Duty& theirs) {
  auto& actions = host.actions();
  host.act([&actions, own = mine.id, other = theirs.id] { return actions.propose_swap(own, other); }, Key("toast.swap_asked"),
           [&actions, own = mine.id] { return actions.withdraw_swap(own); });
}

void settle_swap(Host& host, const Swap& swap, bool accept) {
  auto& actions = host.actions();
  // The first answer to a swap counts for ever (FORMAT.md 6), so it waits as long as it may be taken back.
  host.act_later(
      swap.id, [&actions, id = swap.id, accept] { return actions.answer_swap(id, accept); },
      accept ? Key("toast.swapped") : Key("toast.swap_refused"));
}

}  // namespace huisbord
