// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay keeps: of each scope its newest charter, every segment in the order of arrival, and two headers of each fork.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "app/relay/database.h"
#include "core/journal/envelope/charter.h"

namespace huisbord::relay {

/// A scope by name, as the path of a request says it.
struct ScopeName {
  OrganisationId organisation;
  ScopeId scope;
  auto operator<=>(const ScopeName&) const = default;
};
/// A scope that is held, and which charter of it.
struct ScopeRow {
  std::int64_t row = 0;
  CharterNumber charter = 0;
  crypto::Hash charter_hash{};
};
struct DeviceRow {
  ChainHead head;
  std::uint64_t bytes = 0;  ///< of segments kept
};
struct HeadRow {
  DeviceNumber device = 0;
  OperationNumber number = 0;
  HeaderHash hash{};
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

/// One connection, for one thread at a time; several may read while one writes. Every call stands inside a begin and an end.
class Mailbox {
 public:
  /// Makes the file and its tables when they are not there. newer_version for one of a later release.
  [[nodiscard]] static Result<Mailbox> open(const std::filesystem::path& file);

  [[nodiscard]] Status begin_read();
  [[nodiscard]] Status begin_write();
  /// After it returns, what was written is on stable storage.
  [[nodiscard]] Status commit();
  /// Ends either kind and keeps nothing.
  void end();

  [[nodiscard]] Result<std::optional<ScopeRow>> find(const ScopeName& name);
  [[nodiscard]] Result<Bytes> charter(const ScopeRow& scope);
  /// Replaces the former one, whose bytes are overwritten by the commit: nothing stays here sealed to a key that lives on.
  [[nodiscard]] Status keep_charter(const ScopeName& name, const Charter& charter, ByteView bytes);

  [[nodiscard]] Result<DeviceRow> device(const ScopeRow& scope, DeviceNumber device);
  /// Header and signature of the segment that holds this number; not_found when none does.
  [[nodiscard]] Result<Bytes> covering(const ScopeRow& scope, DeviceNumber device, OperationNumber number);
  /// \p follows is the device's row, after which it comes.
  [[nodiscard]] Status keep_segment(const ScopeRow& scope, const SegmentView& segment, ByteView bytes, const DeviceRow& follows);
  /// Keeps the first fork at a number, and few a device.
  [[nodiscard]] Status keep_fork(const ScopeRow& scope, DeviceNumber device, OperationNumber number, ByteView held, ByteView refused);

  [[nodiscard]] Result<std::vector<HeadRow>> heads(const ScopeRow& scope);
  [[nodiscard]] Result<std::vector<ForkRow>> forks(const ScopeRow& scope);
  /// What ends after the numbers in \p held, in order of arrival; at least one if there is any, else at most \p most bytes.
  [[nodiscard]] Result<Page> page(const ScopeRow& scope, const std::map<DeviceNumber, OperationNumber>& held, std::size_t most);

 private:
  [[nodiscard]] Status prepare();

  Database database_;
  bool replaced_charter_ = false;
  std::optional<Statement> find_, charter_, keep_charter_, device_, covering_, keep_segment_, keep_device_, count_forks_, keep_fork_,
      heads_, forks_, next_, bytes_;
};

}  // namespace huisbord::relay
