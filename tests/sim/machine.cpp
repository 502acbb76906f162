// SPDX-License-Identifier: GPL-3.0-or-later
// A machine's life, and what its line does to what passes.
#include "tests/sim/machine.h"

#include <algorithm>

namespace huisbord::sim {
namespace fs = std::filesystem;

namespace {
constexpr std::size_t most_kept_late = 8;
std::unexpected<Error> no_line() { return fail(ErrorCode::network, "the line is down"); }
}  // namespace

Result<PushAnswer> Line::push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token&) {
  if (lost()) return no_line();
  auto answer = relay_.push(scope, segments, who_(scope));
  if (random_.below(100) < again_percent) {
    (void)relay_.push(scope, segments, who_(scope));
    late_.push_back({scope, std::vector<Bytes>(segments.begin(), segments.end()), who_(scope)});
    if (late_.size() > most_kept_late) late_.pop_front();
  }
  if (power_goes_after_put) {
    power_goes_after_put = false;
    disk_.die();
  }
  if (lost() || disk_.dead()) return no_line();
  answered_ = true;
  return answer;
}

Result<CharterAnswer> Line::put_charter(const ScopeId& scope, ByteView charter, const std::stop_token&) {
  if (lost()) return no_line();
  auto answer = relay_.put_charter(scope, charter);
  if (lost()) return no_line();
  answered_ = true;
  return answer;
}

Result<PullAnswer> Line::pull(const ScopeId& scope, const PullQuestion& question, const std::stop_token&) {
  if (lost()) return no_line();
  if (silent == scope) {
    PullAnswer busy;
    busy.refusal = RelayRefusal{.reason = RelayRefusal::Reason::busy, .held = {}, .charter = question.charter};
    answered_ = true;
    return busy;
  }
  PullQuestion asked = question;
  if (page != 0) asked.max_bytes = std::min(asked.max_bytes, page);
  auto answer = relay_.pull(scope, asked, who_(scope));
  if (answer && random_.below(100) < again_percent) {
    // A page of long ago instead of this one.
    for (const auto& [of, old] : old_pages_)
      if (of == scope) answer = old;
  }
  if (answer && again_percent != 0) {
    old_pages_.emplace_back(scope, *answer);
    if (old_pages_.size() > most_kept_late) old_pages_.pop_front();
  }
  if (lost()) return no_line();
  answered_ = true;
  return answer;
}

std::optional<RelayDate> Line::date() const {
  if (!answered_) return std::nullopt;
  return RelayDate{world_, clock_.running()};
}

Result<std::optional<RelayRefusal>> Line::put_snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                             ByteView bytes, const std::stop_token&) {
  if (lost()) return no_line();
  auto answer = relay_.put_piece(scope, hash, piece, bytes);
  if (lost()) return no_line();
  return answer;
}

Result<SnapshotPieceAnswer> Line::snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                 const std::stop_token&) {
  if (lost()) return no_line();
  auto answer = relay_.piece(scope, hash, piece);
  if (lost()) return no_line();
  return answer;
}

void Line::deliver_late() {
  for (const Late& one : std::exchange(late_, {})) (void)relay_.push(one.scope, one.segments, one.by);
}

Machine::Machine(const Office& office, const Device& device, RelayDouble& relay, const Millis& world, fs::path folder, std::uint64_t seed,
                 const MergeRules* rules, std::optional<std::uint32_t> newest_kind)
    : clock(world),
      disk(std::move(folder)),
      line(
          relay,
          [this](const ScopeId& scope) {
            if (vault_ == nullptr) return number_;
            const auto identity = vault_->identity(scope);
            return identity ? identity->device : number_;
          },
          world, clock, disk, seed + 1),
      number_(device.number),
      class_(device.device_class),
      id_(device.id),
      rules_(rules == nullptr ? the_merge_rules() : *rules),
      random_(seed) {
  if (newest_kind) rules_.newest_kind = *newest_kind;
  fs::create_directories(disk.folder());
  if (!fs::exists(file())) (void)must(Vault::create(file(), Office::store_key(), office.founding(device), options()));
}

VaultOptions Machine::options() {
  VaultOptions options;
  options.clock = &clock;
  options.random = &random_;
  options.vfs = FrailDisk::vfs();
  options.rules = &rules_;
  return options;
}

Status Machine::start() {
  clock.boot();
  TRY_ASSIGN(vault_, Vault::open(file(), Office::store_key(), options()));
  sync_ = std::make_unique<SyncRound>(*vault_, line, clock);
  return {};
}

void Machine::update() {
  stop();
  rules_.newest_kind = the_merge_rules().newest_kind;
}

void Machine::renumber(DeviceNumber number, const DeviceId& id) {
  number_ = number;
  id_ = id;
}

void Machine::stop() {
  sync_.reset();
  vault_.reset();
}

void Machine::cut_power(Random& random) {
  disk.die();
  stop();
  disk.power_cut(random);
}

bool Machine::noticed_dead_disk(Random& random) {
  if (!disk.dead()) return false;
  cut_power(random);
  return true;
}

RoundReport Machine::round() { return sync_->run({}); }

void Machine::save_image(const fs::path& to) {
  stop();
  fs::copy_file(file(), to, fs::copy_options::overwrite_existing);
  // A disk that is full or fails to sync leaves the log beside the file.
  if (fs::exists(file().string() + "-wal")) fs::copy_file(file().string() + "-wal", to.string() + "-wal");
}

void Machine::load_image(const fs::path& from) {
  stop();
  for (const char* ending : {"-wal", "-shm"}) fs::remove(file().string() + ending);
  fs::copy_file(from, file(), fs::copy_options::overwrite_existing);
  if (fs::exists(from.string() + "-wal")) fs::copy_file(from.string() + "-wal", file().string() + "-wal");
  disk.settle();
}

}  // namespace huisbord::sim
