// SPDX-License-Identifier: GPL-3.0-or-later
// The mailbox in a file: SQLite in WAL mode with a sync at each commit.
#pragma once

#include "app/relay/database.h"
#include "app/relay/mailbox.h"

namespace huisbord::relay {

class SqliteMailbox final : public Mailbox {
 public:
  /// Makes the file and its tables when they are not there. newer_version for one of a later release.
  [[nodiscard]] static Result<std::unique_ptr<Mailbox>> open(const std::filesystem::path& file);

  [[nodiscard]] Status begin_read() override;
  [[nodiscard]] Status begin_write() override;
  [[nodiscard]] Status commit() override;
  void end() override;
  [[nodiscard]] Result<std::optional<ScopeRow>> find(const ScopeName& name) override;
  [[nodiscard]] Result<Bytes> charter(const ScopeRow& scope) override;
  [[nodiscard]] Status keep_charter(const ScopeName& name, const Charter& charter, ByteView bytes) override;
  [[nodiscard]] Result<Bytes> mark(const ScopeRow& scope) override;
  [[nodiscard]] Result<DeviceRow> device(const ScopeRow& scope, DeviceNumber device) override;
  [[nodiscard]] Result<Bytes> covering(const ScopeRow& scope, DeviceNumber device, OperationNumber number) override;
  [[nodiscard]] Status keep_segment(const ScopeRow& scope, const SegmentView& segment, ByteView bytes, const DeviceRow& follows) override;
  [[nodiscard]] Status begin_after(const ScopeRow& scope, DeviceNumber device, const ChainHead& head) override;
  [[nodiscard]] Status let_go(const ScopeRow& scope, DeviceNumber device, OperationNumber number) override;
  [[nodiscard]] Status keep_fork(const ScopeRow& scope, DeviceNumber device, OperationNumber number, ByteView held,
                                 ByteView refused) override;
  [[nodiscard]] Status keep_handed_in(const ScopeRow& scope, const SegmentView& segment, ByteView bytes) override;
  [[nodiscard]] Result<std::vector<HandedRow>> handed_in(const ScopeRow& scope, DeviceNumber device) override;
  [[nodiscard]] Status drop_handed_in(const ScopeRow& scope, DeviceNumber device, OperationNumber last) override;
  [[nodiscard]] Status keep_piece(const ScopeRow& scope, const PieceName& name, ByteView bytes) override;
  [[nodiscard]] Result<std::optional<Bytes>> piece(const ScopeRow& scope, const PieceName& name) override;
  [[nodiscard]] Status drop_other_pieces(const ScopeRow& scope, const crypto::Hash& one, const crypto::Hash& other) override;
  [[nodiscard]] Result<std::vector<HeadRow>> heads(const ScopeRow& scope) override;
  [[nodiscard]] Result<std::vector<ForkRow>> forks(const ScopeRow& scope) override;
  [[nodiscard]] Result<Page> page(const ScopeRow& scope, const std::map<DeviceNumber, OperationNumber>& held, std::size_t most) override;

 private:
  [[nodiscard]] Status prepare();
  [[nodiscard]] Status changed(const ScopeRow& scope);
  [[nodiscard]] Status write_device(const ScopeRow& scope, DeviceNumber device, const DeviceRow& row);

  Database database_;
  bool overwritten_ = false;  ///< something that must not stay in the log either
  std::optional<Statement> find_, charter_, keep_scope_, keep_charter_, mark_, changed_, device_, covering_, keep_segment_, keep_device_,
      shrink_, size_, count_forks_, keep_fork_, heads_, forks_, next_, bytes_, keep_handed_, handed_, drop_handed_, keep_piece_, piece_,
      drop_pieces_;
};

class SqliteEngine final : public MailboxEngine {
 public:
  explicit SqliteEngine(std::filesystem::path file) : file_(std::move(file)) {}
  [[nodiscard]] Result<std::unique_ptr<Mailbox>> connect() override { return SqliteMailbox::open(file_); }

 private:
  std::filesystem::path file_;
};

}  // namespace huisbord::relay
