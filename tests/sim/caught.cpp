// SPDX-License-Identifier: GPL-3.0-or-later
// Some days of each hostility with real stores, and the findings that stand afterwards.
#include "tests/sim/caught.h"

#include <functional>
#include <set>

#include "core/journal/finding.h"
#include "core/journal/operation.h"
#include "core/journal/witness_log.h"
#include "tests/sim/foundation.h"
#include "tests/sim/machine.h"
#include "tests/sim/rogue.h"

namespace huisbord::sim {
namespace {

constexpr DeviceNumber first_desk = 1;
constexpr DeviceNumber frozen = 3;
constexpr DeviceNumber stolen = 5;

struct Said {
  DeviceNumber by = 0;
  Finding::Kind kind{};
  DeviceNumber about = 0;
  auto operator<=>(const Said&) const = default;
};

class House {
 public:
  House() : folder_(fresh_folder("caught")) {
    std::vector<Device> devices = Foundation::admit(office_);
    relay_ = std::make_unique<RelayDouble>(office_.organisation(), office_.root(), now_);
    Foundation::get().lay(office_, *relay_, folder_);
    for (std::size_t i = 0; i < Foundation::desks + Foundation::kiosks; ++i) {
      machines_.push_back(
          std::make_unique<Machine>(office_, devices[i], *relay_, now_, folder_ / std::to_string(devices[i].number), devices[i].number));
      must(machines_.back()->start());
    }
    rogue_ = std::make_unique<Rogue>(devices.back(), office_, *relay_, 1);
  }
  ~House() {
    for (const auto& machine : machines_) machine->stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  void pass(int days) {
    for (int i = 0; i < days * 6; ++i) {
      now_.value += 4 * hour_ms;
      for (const auto& machine : machines_) {
        (void)machine->vault().record(office_.house(), Actor::none(), DutyDone{duty_of(office_.tasks[0], Day{0}), i % 2 == 0});
        (void)machine->round();
      }
    }
  }
  /// Everybody holds the same again, once the relay is honest.
  [[nodiscard]] bool agrees() {
    relay_->turn(Hostility::none, 0, 0);
    for (int i = 0; i < 4; ++i)
      for (const auto& machine : machines_) (void)machine->round();
    const auto heads = [&](std::size_t i) { return must(machines_[i]->vault().heads(office_.house())); };
    const auto tables = [&](std::size_t i) { return must(machines_[i]->vault().digests(office_.house())); };
    for (std::size_t i = 1; i < machines_.size(); ++i)
      if (heads(i) != heads(0) || tables(i) != tables(0)) return false;
    return true;
  }
  RelayDouble& relay() { return *relay_; }
  Rogue& rogue() { return *rogue_; }
  [[nodiscard]] Millis now() const { return now_; }
  [[nodiscard]] std::set<Said> said() {
    std::set<Said> all;
    for (const auto& machine : machines_)
      for (const Finding& finding : must(machine->vault().witness_log()->kept(office_.house())))
        all.insert({machine->number(), finding.kind, finding.device});
    return all;
  }

 private:
  Millis now_ = Office::founded;
  Office office_;
  std::filesystem::path folder_;
  std::unique_ptr<RelayDouble> relay_;
  std::vector<std::unique_ptr<Machine>> machines_;
  std::unique_ptr<Rogue> rogue_;
};

struct Case {
  std::string name;
  std::function<void(House&)> happens;
  std::set<Said> expected;  ///< all of these
  std::string words;        ///< of the finding, as a person reads it
  bool alone = false;       ///< and no other
};

/// Three days of honesty, then seven of this.
auto turned(Hostility how, DeviceNumber victim = 0) {
  return [how, victim](House& house) {
    house.pass(3);
    house.relay().turn(how, victim, 1);
    house.pass(7);
  };
}

std::set<Said> by(std::initializer_list<DeviceNumber> who, Finding::Kind kind, DeviceNumber about = 0) {
  std::set<Said> all;
  for (const DeviceNumber one : who) all.insert({one, kind, about});
  return all;
}

std::vector<Case> cases() {
  using enum Finding::Kind;
  std::set<Said> dropped = by({3, 4}, withheld, first_desk);
  dropped.insert({first_desk, shown_old_state, 3});
  return {
      {"honest", turned(Hostility::none), {}, "", true},
      {"drop", turned(Hostility::withhold, first_desk), dropped, "withheld by the relay"},
      {"delay", turned(Hostility::delay), by({3, 4}, nothing_from_office), "nothing from the office"},
      {"replay", turned(Hostility::replay), by({1, 2, 3, 4}, relay_replays), "hands out again what was replaced"},
      {"reorder", turned(Hostility::reorder), by({1, 2, 3, 4}, relay_reorders), "in another order"},
      {"roll_back",
       [](House& house) {
         house.pass(3);
         house.relay().forget_since({house.now().value - 24 * hour_ms});
         house.pass(2);
       },
       by({1}, relay_put_back), "put back to an older state"},
      {"freeze_one", turned(Hostility::freeze_one, frozen), {{first_desk, shown_old_state, frozen}}, "is shown an old state"},
      {"freeze_one_as_the_kiosk_sees_it", turned(Hostility::freeze_one, frozen), by({frozen}, nothing_from_office),
       "nothing from the office"},
      {"freeze_all", turned(Hostility::freeze), by({3, 4}, nothing_from_office), "nothing from the office"},
      {"fork_with_a_stolen_key",
       [](House& house) {
         house.pass(2);
         house.rogue().write_twice(house.now());
         house.pass(1);
       },
       by({1, 2, 3, 4}, device_forked, stolen), "device forked", true},
      {"wipe",
       [](House& house) {
         house.pass(3);
         house.relay().forget_since({0});
         house.pass(2);
       },
       by({first_desk}, relay_emptied), "lost everything that it had confirmed"},
      {"swap_of_scope", turned(Hostility::swap_scope), by({1, 2, 3, 4}, relay_mixes_scopes), "another house's changes"},
      {"swap_of_organisation", turned(Hostility::swap_organisation), by({1, 2, 3, 4}, relay_mixes_organisations), "another organisation's"},
      {"substituted_epoch_key", turned(Hostility::other_epoch), by({1, 2, 3, 4}, relay_forges_charter),
       "a charter that the office did not sign"},
      {"altered_bits", turned(Hostility::alter), by({1, 2, 3, 4}, relay_alters), "not as they were signed"},
      {"receipts_for_what_is_dropped", turned(Hostility::false_receipt), by({1, 2, 3, 4}, relay_put_back), "that it had confirmed"},
  };
}

}  // namespace

bool who_is_caught(const std::string& name) {
  bool any = false;
  bool right = true;
  for (const Case& one : cases()) {
    if (name != "all" && name != one.name) continue;
    any = true;
    House house;
    one.happens(house);
    const std::set<Said> said = house.said();
    bool holds = !one.alone || said == one.expected;
    bool in_words = one.expected.empty();
    for (const Said& expected : one.expected) {
      holds = holds && said.contains(expected);
      in_words = in_words || sentence_of({expected.kind, expected.about, 0, 0}).contains(one.words);
    }
    holds = holds && in_words;
    const bool agrees = house.agrees();
    std::printf("%s  %s:\n", holds ? "caught" : "WRONG ", one.name.c_str());
    for (const Said& it : said) std::printf("        device %u says: %s\n", it.by, sentence_of({it.kind, it.about, 0, 0}).c_str());
    if (!agrees) std::printf("WRONG   %s: something is lost, or the tables differ\n", one.name.c_str());
    right = right && holds && agrees;
  }
  return any && right;
}

}  // namespace huisbord::sim
