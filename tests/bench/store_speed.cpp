// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the vault stores: one change a transaction, remote operations in batches, and bulk, on the folder given (default: here).
#include <chrono>
#include <cstdio>
#include <cstring>

#include "core/journal/operation.h"
#include "core/store/migrations.h"
#include "core/store/vault_file.h"
#include "tests/core/store/small_organisation.h"

namespace huisbord {
namespace {

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// A desk's history of one house: rota, marks, take-overs and leefgeld in the order of days.
class History {
 public:
  explicit History(SmallOrganisation& organisation) : organisation_(organisation), key_(crypto::make_key(organisation.random())) {
    SeededRandom& random = organisation.random();
    for (auto& room : rooms_) room = random.id<RoomTag>();
    for (auto& task : tasks_) task = random.id<TaskTag>();
    for (auto& person : people_) person = random.id<PersonTag>();
  }

  /// Of `days` days from the organisation's today on. About 100 changes a day.
  std::vector<ChangeToRecord> day(int offset) {
    const ScopeId house = organisation_.house();
    SeededRandom& random = organisation_.random();
    const Day today{static_cast<std::int32_t>(organisation_.clock.now().value / TestClock::day) + offset};
    std::vector<ChangeToRecord> changes;
    for (std::size_t i = 0; i < std::size(tasks_); ++i) {
      changes.push_back({house, Actor::none(), OpenChange{DutyPlanned{tasks_[i], today, rooms_[(i + offset) % std::size(rooms_)]}}});
      const PersonId& who = people_[random.below(std::size(people_))];
      const DutyId duty = duty_of(tasks_[i], today);
      changes.push_back({house, Actor::of(who), OpenChange{DutyDone{duty, true}}});
      if (i % 8 == 0) {
        const auto offer = random.id<OfferTag>();
        changes.push_back({house, Actor::of(who), OpenChange{DutyOffered{offer, duty, false}}});
        changes.push_back({house, Actor::of(who), OpenChange{DutyClaimed{offer, duty, rooms_[3]}}});
      }
    }
    for (int i = 0; i < 16; ++i) {
      EntryAdded added;
      added.entry.id = random.id<EntryTag>();
      added.entry.day = today;
      added.entry.amount = {5000};
      added.entry.reason = "corvee keuken";
      changes.push_back({house, Actor::none(), SealedChanges{people_[random.below(std::size(people_))], &key_, {added}}});
    }
    return changes;
  }

 private:
  SmallOrganisation& organisation_;
  crypto::SecretBytes key_;
  RoomId rooms_[30];
  TaskId tasks_[36];
  PersonId people_[60];
};

/// The rows that a vault's bulk wrote, to be written again.
struct RowsOf {
  struct Operation {
    std::int64_t scope, device, number;
    Bytes bytes;
  };
  struct Slot {
    std::int64_t scope, tab, week;
    Bytes owner, record;
    std::int64_t slot, stamp, device, number;
  };
  std::vector<Operation> operations;
  std::map<std::int64_t, std::vector<Slot>> slots;  ///< by operation number
};

RowsOf read_rows(const std::filesystem::path& path) {
  const auto key = SmallOrganisation::store_key();
  auto database = must(Database::open(path, key, vault_salt(key), {}));
  RowsOf rows;
  Statement operations = database->use("SELECT scope, device, number, bytes FROM operation ORDER BY scope, device, number");
  while (must(operations.row()))
    rows.operations.push_back({operations.integer(0), operations.integer(1), operations.integer(2), to_bytes(operations.blob(3))});
  Statement slots = database->use("SELECT scope, tab, week, owner, record, slot, stamp, device, number FROM slot");
  while (must(slots.row()))
    rows.slots[slots.integer(8)].push_back({slots.integer(0), slots.integer(1), slots.integer(2), to_bytes(slots.blob(3)),
                                            to_bytes(slots.blob(4)), slots.integer(5), slots.integer(6), slots.integer(7),
                                            slots.integer(8)});
  return rows;
}

/// The same rows in transactions of the same size into the same library without a key. Answers seconds.
double write_plain(const std::filesystem::path& path, const RowsOf& rows, std::size_t per_transaction) {
  auto database = must(Database::open_plain(path, {.mode = DatabaseOptions::Mode::create, .cache_kib = 2048, .vfs = {}}));
  must(migrate(*database));
  const double began = seconds();
  for (std::size_t at = 0; at < rows.operations.size(); at += per_transaction) {
    must(database->transaction([&]() -> Status {
      for (std::size_t i = at; i < std::min(at + per_transaction, rows.operations.size()); ++i) {
        const auto& one = rows.operations[i];
        TRY_STATUS(database->use("INSERT OR REPLACE INTO operation (scope, device, number, bytes) VALUES (?, ?, ?, ?)")
                       .bind(one.scope, one.device, one.number, one.bytes)
                       .run());
        for (const auto& row : rows.slots.at(one.number))
          TRY_STATUS(database
                         ->use("INSERT OR IGNORE INTO slot (scope, tab, week, owner, record, slot, stamp, device, number)"
                               " VALUES (?,?,?,?,?,?,?,?,?)")
                         .bind(row.scope, row.tab, row.week, row.owner, row.record, row.slot, row.stamp, row.device, row.number)
                         .run());
      }
      return {};
    }));
  }
  return seconds() - began;
}

int run(const std::filesystem::path& base) {
  std::string pattern = (base / "store-bench-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  SmallOrganisation organisation(5);
  VaultOptions options = organisation.options();
  options.padding = Padding::none;
  options.cache_kib = 2048;
  const TestDevice author = organisation.add_device(DeviceClass::desk);
  const TestDevice reader = organisation.add_device(DeviceClass::desk);
  const TestDevice kiosk = organisation.add_device(DeviceClass::kiosk);
  const std::vector<Bytes> charters = {organisation.sign(organisation.org()), organisation.sign(organisation.house())};
  const auto make = [&](const char* name, const TestDevice& device) {
    auto vault = must(Vault::create(folder / name, SmallOrganisation::store_key(), organisation.founding(device), options));
    for (const Bytes& charter : charters) must(vault->take_charter(charter));
    return vault;
  };
  History history(organisation);

  // Bulk: a day is a transaction of about 100 changes; 18 months.
  auto desk = make("desk.db", author);
  std::size_t operations = 0;
  double recording = 0;
  for (int day = 0; day < 540; ++day) {
    const auto changes = history.day(day);
    operations += changes.size();
    const double began = seconds();
    must(desk->record_all(changes));
    recording += seconds() - began;
  }
  std::printf("recorded %zu operations in bulk\n", operations);
  std::printf("store_bulk_us_per_row %.3f\n", recording / static_cast<double>(operations) * 1e6);

  std::vector<Bytes> segments;
  std::size_t wire = 0;
  double began = seconds();
  while (const auto segment = must(desk->next_segment_to_send(organisation.house()))) {
    segments.push_back(*segment);
    wire += segment->size();
    const SegmentView view = must(parse_segment(segments.back()));
    must(desk->acknowledged(organisation.house(), view.header.device, view.header.last(), view.hash()));
  }
  std::printf("sealed %zu segments, %.1f bytes an operation of any kind, %.0f operations a second\n", segments.size(),
              static_cast<double>(wire) / static_cast<double>(operations), static_cast<double>(operations) / (seconds() - began));

  auto replica = make("replica.db", reader);
  began = seconds();
  for (std::size_t at = 0; at < segments.size(); at += 64)
    must(replica->take_segments(organisation.house(), std::span(segments).subspan(at, std::min<std::size_t>(64, segments.size() - at))));
  std::printf("store_apply_per_s %.0f\n", static_cast<double>(operations) / (seconds() - began));

  auto house = make("kiosk.db", kiosk);
  must(house->take_segments(organisation.house(), segments));
  std::vector<ChangeToRecord> taps;
  for (int day = 0; taps.size() < 8000; ++day) {
    for (ChangeToRecord& change : history.day(day % 3)) {
      const auto* open = std::get_if<OpenChange>(&change.change);
      if (open != nullptr && std::holds_alternative<DutyDone>(*open)) taps.push_back(change);
    }
  }
  must(house->record_all(history.day(0)));
  must(house->record_all(history.day(1)));
  must(house->record_all(history.day(2)));
  began = seconds();
  for (const ChangeToRecord& tap : taps) must(house->record_all({&tap, 1}));
  std::printf("store_commit_per_s %.0f\n", static_cast<double>(taps.size()) / (seconds() - began));

  house.reset();
  began = seconds();
  house = must(Vault::open(folder / "kiosk.db", SmallOrganisation::store_key(), options));
  std::printf("opening took %.2f ms\n", (seconds() - began) * 1e3);
  house.reset();
  replica.reset();
  desk.reset();

  const RowsOf rows = read_rows(folder / "desk.db");
  const double plain = write_plain(folder / "plain.db", rows, operations / 540);
  std::printf("plain_sqlite_same_rows_us_per_row %.3f\n", plain / static_cast<double>(operations) * 1e6);
  std::printf("store_vs_plain_sqlite %.2f\n", recording / plain);
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace huisbord

int main(int count, char** arguments) { return huisbord::run(count > 1 ? arguments[1] : "."); }
