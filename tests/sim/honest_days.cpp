// SPDX-License-Identifier: GPL-3.0-or-later
// A scope as numbers alone: what each replica and the relay hold, who is on line when, and the real rules that judge it.
#include "tests/sim/honest_days.h"

#include <algorithm>
#include <optional>

#include "core/sync/watch.h"

namespace huisbord::sim {
namespace {

constexpr std::int64_t quarters_a_day = 96;
constexpr std::int64_t organisation_days = 60;
constexpr std::size_t most_witnesses = 6;
constexpr std::int64_t between_witnesses = 80;

/// What lies at the relay, in the order of arrival.
struct Put {
  DeviceNumber device = 0;
  OperationNumber last = 0;
  std::optional<HeldWitness> witness;
};

struct Replica {
  DeviceNumber number = 0;
  bool desk = false;
  bool listed = true;
  std::int64_t off_until = 0;      ///< no line
  std::int64_t clock_wrong = 0;    ///< of what it believes, within the 24 h that trusted time allows
  std::uint32_t loss_percent = 0;  ///< of pages
  OperationNumber last_own = 0;
  OperationNumber acknowledged = 0;
  std::vector<Put> waiting;
  std::map<DeviceNumber, OperationNumber> held;
  std::size_t read_up_to = 0;  ///< of the relay's order
  std::int64_t last_witness = -1000;
  std::int64_t last_judged = -1000;
  std::vector<HeldWitness> witnesses, read_before;
};

class Scope {
 public:
  Scope(std::uint64_t seed, HonestDays& found) : random_(seed), found_(found) {
    const std::uint32_t size = 3 + random_.below(4);
    for (std::uint32_t i = 0; i < size; ++i) join(i < 1 + random_.below(2));
  }

  void pass(std::int64_t quarters) {
    for (std::int64_t i = 0; i < quarters; i += 2, now_ += 2) {
      for (Replica& one : replicas_) {
        if (one.listed) live(one);
      }
      if (random_.below(60 * quarters_a_day) == 0 && replicas_.size() < 8) join(random_.below(4) == 0);
      if (random_.below(60 * quarters_a_day) == 0) cut();
    }
  }

 private:
  bool chance(std::uint32_t percent) { return random_.below(100) < percent; }

  void join(bool desk) {
    Replica made;
    made.number = static_cast<DeviceNumber>(replicas_.size() + 1);
    made.desk = desk || replicas_.empty();
    made.loss_percent = chance(30) ? random_.below(80) : 0;
    made.clock_wrong = chance(20) ? static_cast<std::int64_t>(random_.below(2 * 80)) - 80 : 0;
    replicas_.push_back(made);
    CharterDevice device;
    device.number = made.number;
    device.device_class = made.desk ? DeviceClass::desk : DeviceClass::kiosk;
    devices_.push_back(device);
  }

  /// A device other than the first desk goes; what the relay has of it counts.
  void cut() {
    Replica& gone = replicas_[random_.below(static_cast<std::uint32_t>(replicas_.size()))];
    if (gone.number == 1 || !gone.listed) return;
    gone.listed = false;
    devices_[gone.number - 1].state = DeviceState::cut;
    devices_[gone.number - 1].cut = Cut{gone.acknowledged, {}};
  }

  void live(Replica& one) {
    if (random_.below(10 * quarters_a_day) == 0) one.off_until = now_ + random_.below(20 * quarters_a_day);
    // Desks go home at night and at the weekend; kiosks stay.
    const std::int64_t weekday = (now_ / quarters_a_day + 3) % 7;
    const bool at_work = !one.desk || one.number != 1 || (weekday < 5 && now_ % quarters_a_day > 32 && now_ % quarters_a_day < 72);
    if (chance(8)) write(one, std::nullopt);
    if (now_ < one.off_until || !at_work) return;
    round(one);
  }

  void write(Replica& one, std::optional<HeldWitness> witness) {
    ++one.last_own;
    if (witness) witness->number = one.last_own;
    one.waiting.push_back({one.number, one.last_own, std::move(witness)});
  }

  void round(Replica& one) {
    for (Put& put : one.waiting) {
      one.held[one.number] = put.last;
      one.acknowledged = put.last;
      if (put.witness) take(one, *put.witness);
      relay_.push_back(put);
    }
    one.waiting.clear();
    // Pages come in the order of arrival; the line may end anywhere among them.
    for (; one.read_up_to < relay_.size(); ++one.read_up_to) {
      const Put& put = relay_[one.read_up_to];
      if (put.device == one.number) continue;
      one.held[put.device] = put.last;
      if (put.witness) take(one, *put.witness);
      if (chance(one.loss_percent / 4)) return;
    }
    if (chance(one.loss_percent)) return;
    judge_now(one);
    if (one.acknowledged != one.last_own || now_ < one.last_witness + between_witnesses) return;
    one.last_witness = now_;
    HeldWitness made{one.number, 0, {}};
    for (const auto& [device, number] : one.held) made.witness.heads.push_back({device, number, {}});
    made.witness.trusted_quarter = now_ + one.clock_wrong;
    write(one, std::move(made));
  }

  static void take(Replica& one, const HeldWitness& witness) {
    one.witnesses.push_back(witness);
    const auto same = [&](const HeldWitness& other) { return other.device == witness.device; };
    if (static_cast<std::size_t>(std::ranges::count_if(one.witnesses, same)) > most_witnesses)
      one.witnesses.erase(std::ranges::find_if(one.witnesses, same));
  }

  void judge_now(Replica& one) {
    if (now_ < one.last_judged + 4) return;
    one.last_judged = now_;
    std::vector<Head> received;
    for (const auto& [device, number] : one.held) received.push_back({device, number, {}});
    Watched watched;
    watched.own = one.number;
    watched.devices = devices_;
    watched.read_before = one.read_before;
    watched.witnesses = one.witnesses;
    watched.received = received;
    watched.only_witnesses = [](DeviceNumber, OperationNumber, OperationNumber) { return true; };
    ++found_.judgements;
    for (const Finding& finding : judge(watched)) {
      const bool silence = finding.kind == Finding::Kind::nothing_from_office;
      // Three days without a desk are said, and are so: only a desk that was there makes it false.
      const bool false_one = !silence || std::ranges::any_of(relay_, [&](const Put& put) {
        return put.witness && devices_[put.device - 1].device_class == DeviceClass::desk &&
               put.witness->witness.trusted_quarter > now_ - 2 * quarters_a_day;
      });
      if (!false_one) continue;
      ++(silence ? found_.silences : found_.alarms);
      if (found_.first.empty()) found_.first = "device " + std::to_string(one.number) + " says: " + sentence_of(finding);
    }
    one.read_before = one.witnesses;
  }

  SeededRandom random_;
  HonestDays& found_;
  std::int64_t now_ = 2'000'000;
  std::vector<Replica> replicas_;
  std::vector<CharterDevice> devices_;
  std::vector<Put> relay_;
};

}  // namespace

HonestDays pass_honest_days(std::uint64_t days, std::uint64_t seed) {
  HonestDays found;
  while (found.days < days) {
    Scope(seed++, found).pass(organisation_days * quarters_a_day);
    found.days += organisation_days;
  }
  return found;
}

}  // namespace huisbord::sim
