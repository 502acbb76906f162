// SPDX-License-Identifier: GPL-3.0-or-later
// One machine of the simulation: a real store on a frail disk, a clock that may be wrong, and a line to the relay that may be bad.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "core/store/merge_rules.h"
#include "core/sync/sync_round.h"
#include "tests/sim/frail_disk.h"
#include "tests/sim/office.h"
#include "tests/sim/relay_double.h"

namespace huisbord::sim {

inline constexpr std::int64_t minute_ms = 60'000;
inline constexpr std::int64_t hour_ms = 60 * minute_ms;
inline constexpr std::int64_t day_ms = 24 * hour_ms;
inline constexpr std::int64_t week_ms = 7 * day_ms;

/// The world's time, as this machine's clock shows it.
class MachineClock final : public Clock {
 public:
  explicit MachineClock(const Millis& world) : world_(world), booted_(world) {}
  enum class Setting : std::uint8_t { right, lost, ahead };  ///< lost: begins in 1970 at each start; ahead: ten years
  Setting setting = Setting::right;
  void boot() { booted_ = world_; }
  [[nodiscard]] Millis now() const override {
    constexpr std::int64_t ten_years = std::int64_t{3653} * 86'400'000;
    switch (setting) {
      case Setting::lost:
        return {world_.value - booted_.value};
      case Setting::ahead:
        return {world_.value + ten_years};
      case Setting::right:
        break;
    }
    return world_;
  }
  [[nodiscard]] Millis running() const override { return {world_.value - booted_.value + 5}; }

 private:
  const Millis& world_;
  Millis booted_;
};

/// Loses, repeats and delays what passes; and cuts the power of its machine between a put and its receipt.
class Line final : public RelayConnection {
 public:
  /// Who asks: the device that the store is in a scope at that moment.
  using Who = std::function<DeviceNumber(const ScopeId&)>;
  Line(RelayDouble& relay, Who who, const Millis& world, const Clock& clock, FrailDisk& disk, std::uint64_t seed)
      : relay_(relay), who_(std::move(who)), world_(world), clock_(clock), disk_(disk), random_(seed) {}
  bool cut = false;                 ///< no line at all
  std::uint32_t loss_percent = 0;   ///< of questions, and as often of answers
  std::uint32_t again_percent = 0;  ///< delivered twice, or once more much later
  bool power_goes_after_put = false;
  std::size_t page = 0;             ///< at most so many bytes a pull; 0: as asked
  std::optional<ScopeId> silent{};  ///< of this scope the relay is too busy to speak: the other one comes first

  [[nodiscard]] Result<PushAnswer> push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token& stop) override;
  [[nodiscard]] Result<CharterAnswer> put_charter(const ScopeId& scope, ByteView charter, const std::stop_token& stop) override;
  [[nodiscard]] Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion& question, const std::stop_token& stop) override;
  [[nodiscard]] Result<std::optional<RelayRefusal>> put_snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                                       ByteView bytes, const std::stop_token& stop) override;
  [[nodiscard]] Result<SnapshotPieceAnswer> snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                           const std::stop_token& stop) override;
  [[nodiscard]] std::optional<RelayDate> date() const override;
  /// What was delayed comes now, long after anybody waits for it.
  void deliver_late();

 private:
  [[nodiscard]] bool lost() { return cut || random_.below(100) < loss_percent; }

  RelayDouble& relay_;
  Who who_;
  const Millis& world_;
  const Clock& clock_;
  FrailDisk& disk_;
  SeededRandom random_;
  bool answered_ = false;
  struct Late {
    ScopeId scope;
    std::vector<Bytes> segments;
    DeviceNumber by;
  };
  std::deque<Late> late_;
  std::deque<std::pair<ScopeId, PullAnswer>> old_pages_;
};

/// Nothing is lost or repeated on a line while this lives.
class GoodLine {
 public:
  explicit GoodLine(Line& line) : line_(line), loss_(std::exchange(line.loss_percent, 0)), again_(std::exchange(line.again_percent, 0)) {}
  ~GoodLine() {
    line_.loss_percent = loss_;
    line_.again_percent = again_;
  }
  GoodLine(const GoodLine&) = delete;
  GoodLine& operator=(const GoodLine&) = delete;

 private:
  Line& line_;
  std::uint32_t loss_;
  std::uint32_t again_;
};

class Machine {
 public:
  /// On a folder that holds a store of this device, or with `charters` on an empty one.
  Machine(const Office& office, const Device& device, RelayDouble& relay, const Millis& world, std::filesystem::path folder,
          std::uint64_t seed, const MergeRules* rules = nullptr, std::optional<std::uint32_t> newest_kind = std::nullopt);

  [[nodiscard]] DeviceNumber number() const { return number_; }
  /// Of the kinds of operations, the highest that its release knows.
  [[nodiscard]] std::uint32_t newest_kind() const { return rules_.newest_kind; }
  /// Stops; the next start is of the newest release.
  void update();
  /// Its store became this device.
  void renumber(DeviceNumber number, const DeviceId& id);
  [[nodiscard]] DeviceClass device_class() const { return class_; }
  [[nodiscard]] const DeviceId& id() const { return id_; }
  [[nodiscard]] bool on() const { return vault_ != nullptr; }
  [[nodiscard]] Vault& vault() { return *vault_; }
  /// A sentence when the store does not open.
  [[nodiscard]] Status start();
  void stop();
  void cut_power(Random& random);
  /// After anything failed: whether the disk died under it, in which case the machine is off now.
  bool noticed_dead_disk(Random& random);
  [[nodiscard]] RoundReport round();

  /// The store as a file, and back.
  void save_image(const std::filesystem::path& to);
  void load_image(const std::filesystem::path& from);

  MachineClock clock;
  FrailDisk disk;
  Line line;
  bool gone = false;  ///< cut from the organisation, stolen or thrown away

 private:
  [[nodiscard]] std::filesystem::path file() const { return disk.folder() / "vault.db"; }
  [[nodiscard]] VaultOptions options();

  DeviceNumber number_;
  const DeviceClass class_;
  DeviceId id_;
  MergeRules rules_;
  SeededRandom random_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<SyncRound> sync_;
};

}  // namespace huisbord::sim
