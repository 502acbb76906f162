// SPDX-License-Identifier: GPL-3.0-or-later
// Ten days of each hostility with real stores, and the findings that stand afterwards.
#include "tests/sim/caught.h"

#include <set>

#include "core/journal/operation.h"
#include "core/journal/witness_log.h"
#include "tests/sim/foundation.h"
#include "tests/sim/machine.h"
#include "tests/sim/rogue.h"

namespace huisbord::sim {
namespace {

constexpr std::int64_t hour = 3'600'000;
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
      now_.value += 4 * hour;
      for (const auto& machine : machines_) {
        (void)machine->vault().record(office_.house(), Actor::none(), DutyDone{duty_of(office_.tasks[0], Day{0}), i % 2 == 0});
        (void)machine->round();
      }
    }
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
  const char* name;
  Hostility how;
  DeviceNumber victim;
  std::set<Said> expected;  ///< all of these; of `none` nothing else either
};

}  // namespace

bool who_is_caught() {
  using enum Finding::Kind;
  const Case cases[] = {
      {"an honest relay", Hostility::none, 0, {}},
      {"one kiosk frozen", Hostility::freeze_one, frozen, {{first_desk, shown_old_state, frozen}, {frozen, nothing_from_office, 0}}},
      {"everybody frozen", Hostility::freeze, 0, {{3, nothing_from_office, 0}, {4, nothing_from_office, 0}}},
      {"one desk's changes withheld",
       Hostility::withhold,
       first_desk,
       {{3, withheld, first_desk}, {4, withheld, first_desk}, {first_desk, shown_old_state, 3}}},
      {"bits changed", Hostility::spoil, 0, {{3, nothing_from_office, 0}}},
      {"another scope's segments", Hostility::swap_scope, 0, {{3, nothing_from_office, 0}}},
      {"receipts for what is dropped", Hostility::false_receipt, 0, {{3, nothing_from_office, 0}}},
      {"former charters again", Hostility::old_charter, 0, {}},
      {"any order, and twice", Hostility::shuffle, 0, {}},
  };
  bool right = true;
  const auto tell = [&](const char* name, const std::set<Said>& expected, const std::set<Said>& said, bool exactly) {
    bool holds = !exactly || said == expected;
    for (const Said& one : expected) holds = holds && said.contains(one);
    std::printf("%s  %s:", holds ? "caught" : "WRONG ", name);
    for (const Said& one : said) std::printf(" %u says %s;", one.by, sentence_of({one.kind, one.about, 0, 0}).c_str());
    std::printf("\n");
    right = right && holds;
  };
  for (const Case& one : cases) {
    House house;
    house.pass(3);
    house.relay().turn(one.how, one.victim, 1);
    house.pass(7);
    tell(one.name, one.expected, house.said(), one.expected.empty());
  }
  House house;
  house.pass(2);
  house.rogue().write_twice(house.now());
  house.pass(1);
  const std::set<Said> forked = {
      {1, device_forked, stolen}, {2, device_forked, stolen}, {3, device_forked, stolen}, {4, device_forked, stolen}};
  tell("a stolen key that signs twice", forked, house.said(), true);
  return right;
}

}  // namespace huisbord::sim
