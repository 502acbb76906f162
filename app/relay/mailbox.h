// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay keeps: of each scope its newest charter, every segment in the order of arrival, and two headers of each fork.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/relay/scope_name.h"
#include "core/journal/envelope/charter.h"

namespace huisbord::relay {

/// A scope that is held, and which charter of it.
struct ScopeRow {
  std::int64_t row = 0;
  CharterNumber charter = 0;
  crypto::Hash charter_hash{};
};
struct DeviceRow {
  ChainHead head;
  std::uint64_t bytes = 0;    ///< of segments kept
  OperationNumber floor = 0;  ///< of what ends before this number only headers are left
};
struct HeadRow {
  DeviceNumber device = 0;
  OperationNumber number = 0;
  HeaderHash hash{};
  OperationNumber floor = 0;
};
struct ForkRow {
  DeviceNumber device = 0;
  Bytes held;  ///< header and signature
  Bytes refused;
};
struct Page {
  std::vector<Bytes> segments;
  bool more = false;
};
/// What was handed in past a cut, and by whom.
struct HandedRow {
  DeviceNumber device = 0;
  OperationNumber last = 0;
  Bytes bytes;
};
struct PieceName {
  crypto::Hash hash{};
  std::uint32_t piece = 0;
};

/// One connection to an engine, for one thread at a time; several may read while one writes. Every call stands inside a begin and an end;
/// who reads sees one moment. Errors are the engine's own: io, disk_full, damaged and the like.
class Mailbox {
 public:
  virtual ~Mailbox() = default;

  [[nodiscard]] virtual Status begin_read() = 0;
  [[nodiscard]] virtual Status begin_write() = 0;
  /// After it returns, what was written is on stable storage.
  [[nodiscard]] virtual Status commit() = 0;
  /// Ends either kind and keeps nothing.
  virtual void end() = 0;

  [[nodiscard]] virtual Result<std::optional<ScopeRow>> find(const ScopeName& name) = 0;
  [[nodiscard]] virtual Result<Bytes> charter(const ScopeRow& scope) = 0;
  /// Replaces the former one, whose bytes are overwritten by the commit: nothing stays here sealed to a key that lives on.
  [[nodiscard]] virtual Status keep_charter(const ScopeName& name, const Charter& charter, ByteView bytes) = 0;
  /// Another after every change in the scope, and after the relay lost its memory: at most wire::max_mark bytes.
  [[nodiscard]] virtual Result<Bytes> mark(const ScopeRow& scope) = 0;

  [[nodiscard]] virtual Result<DeviceRow> device(const ScopeRow& scope, DeviceNumber device) = 0;
  /// Header and signature of the segment that holds this number; not_found when none does.
  [[nodiscard]] virtual Result<Bytes> covering(const ScopeRow& scope, DeviceNumber device, OperationNumber number) = 0;
  /// \p follows is the device's row, after which it comes.
  [[nodiscard]] virtual Status keep_segment(const ScopeRow& scope, const SegmentView& segment, ByteView bytes,
                                            const DeviceRow& follows) = 0;
  /// The device's chain begins after \p head here, because a snapshot covers what is before.
  [[nodiscard]] virtual Status begin_after(const ScopeRow& scope, DeviceNumber device, const ChainHead& head) = 0;
  /// Leaves of the segments that end at or before \p number only header and signature.
  [[nodiscard]] virtual Status let_go(const ScopeRow& scope, DeviceNumber device, OperationNumber number) = 0;
  /// Keeps the first fork at a number, and few a device.
  [[nodiscard]] virtual Status keep_fork(const ScopeRow& scope, DeviceNumber device, OperationNumber number, ByteView held,
                                         ByteView refused) = 0;

  [[nodiscard]] virtual Status keep_handed_in(const ScopeRow& scope, const SegmentView& segment, ByteView bytes) = 0;
  /// In the order of devices and numbers; \p device 0 for all.
  [[nodiscard]] virtual Result<std::vector<HandedRow>> handed_in(const ScopeRow& scope, DeviceNumber device) = 0;
  [[nodiscard]] virtual Status drop_handed_in(const ScopeRow& scope, DeviceNumber device, OperationNumber last) = 0;

  [[nodiscard]] virtual Status keep_piece(const ScopeRow& scope, const PieceName& name, ByteView bytes) = 0;
  [[nodiscard]] virtual Result<std::optional<Bytes>> piece(const ScopeRow& scope, const PieceName& name) = 0;
  /// All pieces but those of the two.
  [[nodiscard]] virtual Status drop_other_pieces(const ScopeRow& scope, const crypto::Hash& one, const crypto::Hash& other) = 0;

  [[nodiscard]] virtual Result<std::vector<HeadRow>> heads(const ScopeRow& scope) = 0;
  [[nodiscard]] virtual Result<std::vector<ForkRow>> forks(const ScopeRow& scope) = 0;
  /// What ends after the numbers in \p held, in order of arrival; at least one if there is any, else at most \p most bytes.
  [[nodiscard]] virtual Result<Page> page(const ScopeRow& scope, const std::map<DeviceNumber, OperationNumber>& held, std::size_t most) = 0;
};

/// Where mailboxes are: gives each thread a connection of its own to the same one.
class MailboxEngine {
 public:
  virtual ~MailboxEngine() = default;
  [[nodiscard]] virtual Result<std::unique_ptr<Mailbox>> connect() = 0;
};

}  // namespace huisbord::relay
