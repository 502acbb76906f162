// SPDX-License-Identifier: GPL-3.0-or-later
// How a hostile relay twists its answers.
#include <algorithm>

#include "core/journal/grant.h"
#include "core/journal/segment.h"
#include "tests/sim/foundation.h"
#include "tests/sim/office.h"
#include "tests/sim/relay_double.h"
#include "tests/sim/rogue.h"

namespace huisbord::sim {
namespace {

/// Another organisation that uses the same relay.
struct Strangers {
  Bytes charter;
  std::vector<Bytes> segments;
  Strangers() {
    Millis now = Office::founded;
    Office office(7);
    const std::vector<Device> devices = Foundation::admit(office);
    RelayDouble relay(office.organisation(), office.root(), now);
    for (const ScopeId& scope : office.scopes()) (void)must(relay.put_charter(scope, office.charter_bytes(scope)));
    Rogue writer(devices.back(), office, relay, 3);
    for (int i = 0; i < 6; ++i) writer.write(now, false);
    charter = office.charter_bytes(office.house());
    for (const RelayDouble::Kept& one : relay.kept(office.house())) segments.push_back(one.bytes);
  }
  static const Strangers& get() {
    static const Strangers made;
    return made;
  }
};

}  // namespace

void RelayDouble::hold_back_since(const ScopeId& scope, Millis moment, const PullQuestion& question, DeviceNumber asker,
                                  PullAnswer& answer) const {
  const auto& all = kept(scope);
  std::erase_if(answer.segments, [&](const Bytes& segment) {
    const auto one = std::ranges::find(all, segment, &Kept::bytes);
    return one != all.end() && one->arrived > moment;
  });
  answer.more = false;
  for (Head& head : answer.heads) {
    if (head.device == asker) continue;
    head.number = 0;
    for (const Kept& one : all)
      if (one.header.device == head.device && one.arrived <= moment) head.number = std::max(head.number, one.header.last());
  }
  const auto given = given_charters_.find(scope);
  CharterNumber newest = question.charter;
  for (const GivenCharter& one : given->second)
    if (one.arrived <= moment) newest = std::max(newest, one.number);
  answer.charter = newest;
  if (newest == question.charter) answer.charters.clear();
}

/// The newest charter with one epoch more, whose key the relay made and sealed to everybody; signed as well as it can.
Bytes RelayDouble::forged_charter(const ScopeId& scope) const {
  SeededRandom random(4711);
  Charter charter = must(Charter::verify(given_charters_.at(scope).back().bytes, root_, nullptr));
  const auto root = crypto::make_signing_key(random);
  const auto delegated = crypto::make_signing_key(random);
  charter.delegation =
      delegate(organisation_, charter.delegation.number + 1, {std::int64_t{4'000'000'000'000}}, delegated.public_key, root);
  charter.previous = charter.hash;
  ++charter.number;
  const crypto::SecretBytes key = crypto::make_key(random);
  Epoch& epoch = charter.epochs.emplace_back(Epoch{crypto::key_id(key), charter.highest_epoch()->number + 1, {}});
  for (const CharterDevice& device : charter.devices)
    if (device.state == DeviceState::active) epoch.grants.push_back(seal_grant(scope, key, device, random));
  return must(charter.sign(delegated));
}

void RelayDouble::twist(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker, PullAnswer& answer) {
  constexpr std::int64_t long_enough = std::int64_t{80} * 3'600'000;
  const auto& all = kept(scope);
  switch (hostility_) {
    case Hostility::none:
    case Hostility::false_receipt:
      break;
    case Hostility::freeze:
    case Hostility::freeze_one:
      if (hostility_ == Hostility::freeze || asker == victim_) hold_back_since(scope, turned_, question, asker, answer);
      break;
    case Hostility::delay:
      hold_back_since(scope, {std::max(turned_.value, now_.value - long_enough)}, question, asker, answer);
      break;
    case Hostility::withhold:
      if (asker <= Foundation::desks) break;
      std::erase_if(answer.segments, [&](const Bytes& segment) {
        const auto one = std::ranges::find(all, segment, &Kept::bytes);
        return one != all.end() && one->header.device == victim_ && one->arrived > turned_;
      });
      answer.more = false;
      break;
    case Hostility::replay:
      answer.charters.clear();
      for (const GivenCharter& one : given_charters_[scope]) answer.charters.push_back(one.bytes);
      for (const Kept& one : all)
        if (one.here && random_.below(4) == 0) answer.segments.push_back(one.bytes);
      break;
    case Hostility::reorder:
      for (std::size_t i = answer.segments.size(); i > 1; --i)
        std::swap(answer.segments[i - 1], answer.segments[random_.below(static_cast<std::uint32_t>(i))]);
      if (!answer.segments.empty()) answer.segments.push_back(answer.segments.front());
      break;
    case Hostility::alter:
      for (Bytes& segment : answer.segments)
        segment[random_.below(static_cast<std::uint32_t>(segment.size()))] ^= static_cast<std::uint8_t>(1u << random_.below(8));
      for (Bytes& charter : answer.charters) charter[random_.below(static_cast<std::uint32_t>(charter.size()))] ^= 1;
      break;
    case Hostility::swap_scope:
      for (const auto& [other, segments] : kept_) {
        if (other == scope) continue;
        answer.segments.clear();
        for (const Kept& one : segments) answer.segments.push_back(one.bytes);
        answer.charters.clear();
        for (const GivenCharter& one : given_charters_[other]) answer.charters.push_back(one.bytes);
      }
      answer.more = false;
      break;
    case Hostility::swap_organisation:
      answer.segments = Strangers::get().segments;
      answer.charters = {Strangers::get().charter};
      answer.more = false;
      break;
    case Hostility::other_epoch:
      answer.charters = {forged_charter(scope)};
      break;
  }
}

}  // namespace huisbord::sim
