// SPDX-License-Identifier: GPL-3.0-or-later
// A whole organisation for some weeks on a virtual clock, with everything that goes wrong; and what must hold whenever it is quiet.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/office/epochs_tending.h"
#include "tests/sim/machine.h"
#include "tests/sim/rogue.h"
#include "tests/sim/rules.h"
#include "tests/sim/weather.h"

namespace huisbord::sim {

inline constexpr std::size_t most_machines = 7;

struct Options {
  const MergeRules* rules = nullptr;  ///< of every store; nothing: the product's
  EpochTerms epochs{};                ///< of the office
  bool stormy = false;                ///< every trouble that a rule of merging is about
  std::optional<Weather> weather{};   ///< instead of what the seed draws
  bool talk = false;                  ///< prints each step
};

/// What people were told is stored: to be found again, to the cent.
struct Ledger {
  struct Line {
    PersonId person;
    Cents cents;
    const Machine* by = nullptr;
    DeviceNumber device = 0;  ///< that it was at the time
    std::size_t order = 0;
    bool sure = false;      ///< the call returned success, and no card was put back since; else it may be there
    bool by_staff = false;  ///< counts only while a role holds
  };
  std::map<EntryId, Line> entries;
  std::map<std::pair<ScopeId, DeviceNumber>, OperationNumber> told;  ///< the last operation that a device said is stored
};

class Simulation {
 public:
  Simulation(std::uint64_t seed, const Options& options);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  /// Nothing, or the sentence that says what does not hold.
  [[nodiscard]] std::optional<std::string> run();
  [[nodiscard]] const Weather& weather() const { return weather_; }
  /// Of everything that was told and of what the relay holds: the same seed has the same.
  [[nodiscard]] std::uint64_t course() const;

 private:
  struct Broken {
    std::string sentence;
  };
  /// What people make, to be answered, taken back and collided on.
  struct Things {
    std::vector<DutyId> duties;
    std::vector<OfferId> offers;
    std::map<OfferId, DutyId> duty_of_offer;
    std::vector<RecordId> swaps;
    std::vector<std::pair<EntryId, PersonId>> entries;
    std::vector<std::pair<AppointmentId, PersonId>> appointments;
    std::vector<NoticeId> notices;
    std::vector<ActivityId> activities;
  };
  /// A card as it was, and how much had been written in the ledger by then.
  struct Image {
    std::filesystem::path path;
    std::size_t order = 0;
    DeviceNumber number = 0;  ///< that the machine was at the time
    DeviceId id;
  };

  // simulation.cpp
  void step();
  void require(bool holds, const std::string& sentence) const;
  void say(const std::string& sentence) const;
  [[nodiscard]] static std::string name_of(const Machine& machine) { return "device " + std::to_string(machine.number()); }
  [[nodiscard]] bool has(Adversity what) const { return weather_.has(what); }
  /// Its own stream; drawn from on every step, whether it does anything or not.
  [[nodiscard]] Stream& stream(Adversity what) { return draws_.of(rule_for(what).name); }
  [[nodiscard]] Machine* any_machine(Stream& stream);
  [[nodiscard]] Machine* any_kiosk(Stream& stream);
  [[nodiscard]] Machine* any_desk();
  [[nodiscard]] Day today() const { return {static_cast<std::int32_t>(now_.value / 86'400'000)}; }
  Machine& join(const Device& device, const std::filesystem::path& folder, std::optional<std::uint32_t> newest_kind = std::nullopt);
  [[nodiscard]] std::filesystem::path fresh_subfolder(const char* what);
  void sync(Machine& machine);
  void tell(Machine& machine, const RoundReport& report) const;
  /// What a failing disk may say now.
  [[nodiscard]] bool disk_says(const Machine& machine, ErrorCode code) const;

  // acts.cpp
  void act(Machine& machine);
  void act_in_house(Machine& machine, std::string_view what, Stream& stream);
  void act_at_desk(Machine& machine, std::string_view what, Stream& stream);
  void act_about_person(Machine& machine, std::string_view what, Stream& stream);
  void record(Machine& machine, const ScopeId& scope, const Actor& actor, const OpenChange& change);
  void record(Machine& machine, const Actor& actor, std::size_t resident, const PersonalChange& change);
  void noted(Machine& machine, const ScopeId& scope, const Result<Recorded>& made, const EntryAdded* entry);
  void add_entry(Machine& machine, std::size_t resident, const Actor& actor, Stream& stream);
  [[nodiscard]] static std::string text(const char* what, Stream& stream);

  // troubles.cpp: to machines and lines
  void trouble(Adversity what, Stream& stream);
  void start(Machine& machine);
  void cut_power(Machine& machine, Stream& stream);
  void take_or_put_card(Machine& machine);
  /// With an image from before it became another device: the number that it had meanwhile is nobody's, and its own may have ended.
  void become_former(Machine& machine, const Image& image, Stream& stream);
  void clone(Machine& machine);
  void lapse(Stream& stream);

  // decisions.cpp: what the office decides
  void decide(Adversity what, Stream& stream);
  void publish_charters();
  void hand_to_desks();
  void cut_device(DeviceNumber device, bool at_last, Stream& stream);
  void replace(DeviceClass device_class);
  void erase_someone(Stream& stream);
  void make_snapshot(const ScopeId& scope);
  /// A relay keeps pieces of the snapshot that its own charter names and of the one put last: others are put again, as after a loss.
  void give_snapshots_again();
  /// After the charter that names it, as often as it takes.
  void put_snapshots(Machine& desk);
  /// What a snapshot covers a relay that lost its memory need not have again, and has let go when a desk is put back to long before; a desk
  /// that lacks it has it from another one (PROTOCOL.md 7).
  void share_history();
  /// A cut inside of what a snapshot held took its name away: the next one brings what still counts. True when there was one.
  bool renew_snapshots();
  /// Stores of which a copy goes on elsewhere become new devices. True when there was one.
  bool renew_copies();

  // keys.cpp
  /// What is due with a machine's own keys: on each tick.
  void tend(Machine& machine);
  /// The same at the office, whose charters then follow.
  void tend_office();
  /// After a round of the office's desk.
  void tend_now_and_then(const Machine& desk);
  /// Nine or eighteen weeks: sealing keys turn, epochs follow one another and end.
  void pass_months(Stream& stream);
  /// At a quiet point: whatever epoch can end ends.
  void end_epochs();
  void everybody_calls();
  [[nodiscard]] bool has_former_epoch() const;
  [[nodiscard]] bool has_ended_epoch() const;
  void check_keys();

  // quiet.cpp and checks.cpp
  void quiet();
  void settle();
  void check_copies();
  [[nodiscard]] std::set<DeviceNumber> waiting_authors() const;
  void check_tables();
  void check_tables_of(Machine& machine, const ScopeId& scope, Rules& rules);
  void check_money();
  void check_findings();
  void check_told();
  void check_stores();

  const std::uint64_t seed_;
  const Options options_;
  Draws draws_;
  Weather weather_;
  Millis now_ = Office::founded;
  Office office_;
  std::filesystem::path folder_;
  std::unique_ptr<RelayDouble> relay_;
  std::vector<std::unique_ptr<Machine>> machines_;
  std::optional<Rogue> rogue_;
  std::map<const Machine*, Image> images_;
  std::set<DeviceNumber> doubtful_;  ///< rolled back or cloned: what they told of numbers is no promise
  std::set<DeviceNumber> cut_;
  bool desk_went_back_ = false;  ///< to an image of its card
  std::map<ScopeId, Bytes> snapshots_;
  std::set<ScopeId> snapshots_to_put_;
  Ledger ledger_;
  Things things_;
  std::size_t folders_ = 0;
  mutable std::uint64_t course_ = 0xcbf29ce484222325u;
};

}  // namespace huisbord::sim
