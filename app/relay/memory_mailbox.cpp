// SPDX-License-Identifier: GPL-3.0-or-later
// Maps, a lock, and for each change of a transaction how it is taken back.
#include "app/relay/memory_mailbox.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <queue>
#include <shared_mutex>

#include "core/base/check.h"
#include "core/sync/wire/limits.h"

namespace huisbord::relay {
namespace {

struct KeptSegment {
  std::uint64_t arrival = 0;
  Bytes bytes;
};
struct KeptDevice {
  DeviceRow row;
  std::map<OperationNumber, KeptSegment> segments;  ///< by last number
};
struct KeptScope {
  ScopeRow row;
  Bytes charter;
  std::uint64_t changes = 0;
  std::map<DeviceNumber, KeptDevice> devices;
  std::map<std::pair<DeviceNumber, OperationNumber>, ForkRow> forks;
  std::map<std::pair<DeviceNumber, OperationNumber>, Bytes> handed_in;
  std::map<std::pair<crypto::Hash, std::uint32_t>, Bytes> pieces;
};

}  // namespace

struct MemoryEngine::State {
  std::shared_mutex mutex;
  std::uint64_t id = 0;
  std::uint64_t arrivals = 0;
  std::map<ScopeName, std::int64_t> names;
  std::map<std::int64_t, KeptScope> scopes;
};

namespace {

using State = MemoryEngine::State;

class MemoryMailbox final : public Mailbox {
 public:
  explicit MemoryMailbox(std::shared_ptr<State> state) : state_(std::move(state)) {}

  Status begin_read() override {
    reading_ = std::shared_lock(state_->mutex);
    return {};
  }
  Status begin_write() override {
    writing_ = std::unique_lock(state_->mutex);
    return {};
  }
  Status commit() override {
    undo_.clear();
    release();
    return {};
  }
  void end() override {
    for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) (*step)();
    undo_.clear();
    release();
  }

  Result<std::optional<ScopeRow>> find(const ScopeName& name) override {
    const auto found = state_->names.find(name);
    if (found == state_->names.end()) return std::nullopt;
    return std::optional(state_->scopes.at(found->second).row);
  }
  Result<Bytes> charter(const ScopeRow& scope) override { return at(scope).charter; }
  Status keep_charter(const ScopeName& name, const Charter& charter, ByteView bytes) override {
    const auto next = static_cast<std::int64_t>(state_->names.size() + 1);
    const auto [named, made] = state_->names.try_emplace(name, next);
    const std::int64_t row = named->second;
    if (made) undo_.emplace_back([this, name, row] { state_->names.erase(name), state_->scopes.erase(row); });
    KeptScope& scope = state_->scopes[row];
    take_back(scope.row), take_back(scope.charter);
    scope.row = {.row = row, .charter = charter.number, .charter_hash = charter.hash};
    scope.charter = to_bytes(bytes);
    changed(scope);
    return {};
  }
  Result<Bytes> mark(const ScopeRow& scope) override {
    Bytes mark;
    ByteWriter writer(mark);
    writer.u64(state_->id);
    writer.u64(at(scope).changes);
    return mark;
  }

  Result<DeviceRow> device(const ScopeRow& scope, DeviceNumber device) override {
    const auto& devices = at(scope).devices;
    const auto found = devices.find(device);
    return found == devices.end() ? DeviceRow{} : found->second.row;
  }
  Result<Bytes> covering(const ScopeRow& scope, DeviceNumber device, OperationNumber number) override {
    const auto& devices = at(scope).devices;
    if (const auto found = devices.find(device); found != devices.end())
      if (const auto segment = found->second.segments.lower_bound(number); segment != found->second.segments.end())
        return to_bytes(ByteView(segment->second.bytes).first(signed_header_size));
    return fail(ErrorCode::not_found, "the relay's mailbox holds no segment of that number");
  }
  Status keep_segment(const ScopeRow& scope, const SegmentView& segment, ByteView bytes, const DeviceRow& follows) override {
    KeptDevice& device = kept(scope, segment.header.device);
    device.row = follows;
    device.row.head = head_of(segment);
    device.row.bytes += bytes.size();
    const OperationNumber last = segment.header.last();
    device.segments[last] = {.arrival = ++state_->arrivals, .bytes = to_bytes(bytes)};
    undo_.emplace_back([&device, last] { device.segments.erase(last); });
    changed(at(scope));
    return {};
  }
  Status begin_after(const ScopeRow& scope, DeviceNumber device, const ChainHead& head) override {
    KeptDevice& begun = kept(scope, device);
    begun.row.head = head;
    begun.row.floor = head.number + 1;
    return {};
  }
  Status let_go(const ScopeRow& scope, DeviceNumber device, OperationNumber number) override {
    KeptDevice& shrunk = kept(scope, device);
    if (shrunk.row.head.number == 0 || shrunk.row.floor > number) return {};
    for (auto& [last, segment] : shrunk.segments) {
      if (last > number || segment.bytes.size() <= signed_header_size) continue;
      take_back(segment.bytes);
      shrunk.row.bytes -= segment.bytes.size() - signed_header_size;
      segment.bytes.resize(signed_header_size);
    }
    shrunk.row.floor = std::min(number, shrunk.row.head.number) + 1;
    changed(at(scope));
    return {};
  }
  Status keep_fork(const ScopeRow& scope, DeviceNumber device, OperationNumber number, ByteView held, ByteView refused) override {
    auto& forks = at(scope).forks;
    const auto of_device = std::ranges::count_if(forks, [&](const auto& fork) { return fork.first.first == device; });
    if (static_cast<std::size_t>(of_device) >= wire::max_forks_a_device) return {};
    const std::pair key(device, number);
    if (forks.try_emplace(key, ForkRow{.device = device, .held = to_bytes(held), .refused = to_bytes(refused)}).second)
      undo_.emplace_back([&forks, key] { forks.erase(key); });
    return {};
  }

  Status keep_handed_in(const ScopeRow& scope, const SegmentView& segment, ByteView bytes) override {
    auto& handed = at(scope).handed_in;
    const std::pair key(segment.header.device, segment.header.last());
    if (handed.try_emplace(key, to_bytes(bytes)).second) undo_.emplace_back([&handed, key] { handed.erase(key); });
    changed(at(scope));
    return {};
  }
  Result<std::vector<HandedRow>> handed_in(const ScopeRow& scope, DeviceNumber device) override {
    std::vector<HandedRow> rows;
    for (const auto& [key, bytes] : at(scope).handed_in)
      if (device == 0 || key.first == device) rows.push_back({.device = key.first, .last = key.second, .bytes = bytes});
    return rows;
  }
  Status drop_handed_in(const ScopeRow& scope, DeviceNumber device, OperationNumber last) override {
    auto& handed = at(scope).handed_in;
    take_back(handed);
    handed.erase({device, last});
    return {};
  }

  Status keep_piece(const ScopeRow& scope, const PieceName& name, ByteView bytes) override {
    auto& pieces = at(scope).pieces;
    take_back(pieces);
    pieces[{name.hash, name.piece}] = to_bytes(bytes);
    return {};
  }
  Result<std::optional<Bytes>> piece(const ScopeRow& scope, const PieceName& name) override {
    const auto& pieces = at(scope).pieces;
    const auto found = pieces.find({name.hash, name.piece});
    return found == pieces.end() ? std::nullopt : std::optional(found->second);
  }
  Status drop_other_pieces(const ScopeRow& scope, const crypto::Hash& one, const crypto::Hash& other) override {
    auto& pieces = at(scope).pieces;
    take_back(pieces);
    std::erase_if(pieces, [&](const auto& piece) { return piece.first.first != one && piece.first.first != other; });
    return {};
  }

  Result<std::vector<HeadRow>> heads(const ScopeRow& scope) override {
    std::vector<HeadRow> rows;
    for (const auto& [number, device] : at(scope).devices) {
      const DeviceRow& row = device.row;
      if (row.head.number > 0) rows.push_back({.device = number, .number = row.head.number, .hash = row.head.hash, .floor = row.floor});
    }
    return rows;
  }
  Result<std::vector<ForkRow>> forks(const ScopeRow& scope) override {
    std::vector<ForkRow> rows;
    for (const auto& [key, fork] : at(scope).forks) rows.push_back(fork);
    return rows;
  }
  Result<Page> page(const ScopeRow& scope, const std::map<DeviceNumber, OperationNumber>& held, std::size_t most) override {
    std::map<std::uint64_t, const Bytes*> lacking;  // by arrival
    for (const auto& [number, device] : at(scope).devices) {
      const auto from = held.find(number);
      const OperationNumber floor = device.row.floor == 0 ? 0 : device.row.floor - 1;
      const OperationNumber after = std::max(from == held.end() ? 0 : from->second, floor);
      for (auto segment = device.segments.upper_bound(after); segment != device.segments.end(); ++segment)
        lacking[segment->second.arrival] = &segment->second.bytes;
    }
    Page page;
    std::size_t size = 0;
    for (const auto& [arrival, bytes] : lacking) {
      page.more = !page.segments.empty() && size + bytes->size() > most;
      if (page.more) break;
      page.segments.push_back(*bytes);
      size += bytes->size();
    }
    return page;
  }

 private:
  KeptScope& at(const ScopeRow& scope) {
    const auto found = state_->scopes.find(scope.row);
    CHECK(found != state_->scopes.end());
    return found->second;
  }
  KeptDevice& kept(const ScopeRow& scope, DeviceNumber number) {
    KeptDevice& device = at(scope).devices[number];
    take_back(device.row);
    return device;
  }
  void changed(KeptScope& scope) {
    take_back(scope.changes);
    ++scope.changes;
  }
  /// Nodes of maps stay where they are, so a reference lasts as long as the transaction.
  template <class Value>
  void take_back(Value& value) {
    undo_.emplace_back([&value, before = value] { value = before; });
  }
  void release() {
    if (reading_.owns_lock()) reading_.unlock();
    if (writing_.owns_lock()) writing_.unlock();
  }

  std::shared_ptr<State> state_;
  std::shared_lock<std::shared_mutex> reading_;
  std::unique_lock<std::shared_mutex> writing_;
  std::vector<std::function<void()>> undo_;
};

}  // namespace

MemoryEngine::MemoryEngine() : state_(std::make_shared<State>()) {
  static std::atomic<std::uint64_t> engines = 0;
  state_->id = ++engines;  // so that marks of another engine are not this one's
}
MemoryEngine::~MemoryEngine() = default;

Result<std::unique_ptr<Mailbox>> MemoryEngine::connect() { return std::unique_ptr<Mailbox>(std::make_unique<MemoryMailbox>(state_)); }

}  // namespace huisbord::relay
