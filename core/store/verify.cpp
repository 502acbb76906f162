// SPDX-License-Identifier: GPL-3.0-or-later
// Proving a vault: its pages, every chain from the stored bytes, and the rows anew from the operations.
#include <algorithm>

#include "core/crypto/memory.h"
#include "core/journal/operation.h"
#include "core/store/digests.h"
#include "core/store/reading.h"

namespace huisbord {

namespace {

constexpr std::size_t most_faults = 100;

std::string place(const ScopeId& scope, DeviceNumber device, OperationNumber number) {
  return "scope " + scope.hex() + ", device " + std::to_string(device) + ", operation " + std::to_string(number);
}

/// A sum that does not depend on order: of the rows as they stand and of the rows as the operations give them.
class RowSum {
 public:
  void add(std::int64_t tab, std::int64_t week, ByteView owner, ByteView record, std::int64_t slot, std::uint64_t stamp,
           DeviceNumber device, OperationNumber number) {
    row_.clear();
    ByteWriter writer(row_);
    writer.u32(static_cast<std::uint32_t>(tab));
    writer.u32(static_cast<std::uint32_t>(week));
    writer.u8(static_cast<std::uint8_t>(owner.size()));
    writer.raw(owner);
    writer.raw(record);
    writer.u32(static_cast<std::uint32_t>(slot));
    writer.u64(stamp);
    writer.u32(device);
    writer.u64(number);
    const crypto::Hash hash = crypto::hash("hb.verify.row", row_);
    ByteReader reader(hash);
    for (std::uint64_t& part : sum_) part += reader.u64();
    ++count_;
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  bool operator==(const RowSum& other) const { return sum_ == other.sum_ && count_ == other.count_; }

 private:
  Bytes row_;
  std::array<std::uint64_t, 4> sum_{};
  std::size_t count_ = 0;
};

/// One scope, on a connection and in a snapshot of its own.
class Proof {
 public:
  Proof(Database& database, const Founding& founding, const ScopeId& id, std::int64_t number, const MergeRules& rules, Week let_go,
        VerifyReport& report)
      : database_(database), founding_(founding), id_(id), number_(number), rules_(rules), let_go_(let_go), report_(report) {}

  Status prove() {
    Statement found =
        database_.use("SELECT c.bytes FROM scope AS s JOIN charter AS c ON c.scope = s.number AND c.hash = s.charter WHERE s.number = ?");
    found.bind(number_);
    TRY_ASSIGN(const bool there, found.row());
    auto charter = there ? Charter::verify(found.blob(0), founding_.root, nullptr) : fail(ErrorCode::not_found, "");
    found.reset();
    if (!charter) {
      fault("scope " + id_.hex() + ": its charter is missing or does not verify");
      return {};
    }
    charter_ = std::move(*charter);
    TRY_ASSIGN(roles_, read_roles());
    for (const CharterDevice& device : charter_.devices) TRY_STATUS(prove_chain(device));
    return prove_rows();
  }

 private:
  void fault(std::string sentence) {
    if (report_.faults.size() < most_faults) report_.faults.push_back(std::move(sentence));
  }

  Result<Roles> read_roles() {
    Statement organisation = database_.use("SELECT number FROM scope WHERE id = ?");
    organisation.bind(founding_.organisation.bytes);
    TRY_ASSIGN(const bool there, organisation.row());
    if (!there) return Roles();
    const std::int64_t number = organisation.integer(0);
    organisation.reset();
    return Roles::read(Rows(database_, number, rules_));
  }

  Status prove_chain(const CharterDevice& device) {
    Statement rows =
        database_.use("SELECT header, body, hash, last FROM segment WHERE scope = ? AND device = ? AND state = 2 ORDER BY first");
    rows.bind(number_, device.number);
    TRY_ASSIGN(const auto base, base_of(database_, number_, device.number));
    ChainHead head = base.value_or(ChainHead{});
    if (base) ++report_.sealed_away;
    for (;;) {
      TRY_ASSIGN(const bool more, rows.row());
      if (!more) break;
      ++report_.segments;
      Bytes bytes = to_bytes(rows.blob(0));
      const bool has_body = !rows.is_null(1);
      if (has_body) bytes.insert(bytes.end(), rows.blob(1).begin(), rows.blob(1).end());
      const auto segment = has_body ? parse_segment(bytes) : parse_evidence(bytes);
      if (!segment) {
        fault(place(id_, device.number, head.number + 1) + ": a segment's stored bytes are damaged");
        return {};
      }
      const std::string where = place(id_, device.number, segment->header.first);
      if (!charter_.check_segment(*segment)) fault(where + ": the signature does not verify");
      if (!check_follows(head, segment->header)) fault(where + ": does not follow the segment before it");
      if (!std::ranges::equal(rows.blob(2), segment->hash())) fault(where + ": stored under another hash");
      head = head_of(*segment);
      TRY_STATUS(prove_operations(device, *segment, has_body, where));
    }
    if (device.cut && (head.number > device.cut->number || (head.number == device.cut->number && head.hash != device.cut->header_hash)))
      fault(place(id_, device.number, head.number) + ": counts beyond the device's cut");
    const bool own = device.id == founding_.device;
    Statement beyond = database_.use("SELECT count(*) FROM operation WHERE scope = ? AND device = ? AND number > ?");
    beyond.bind(number_, device.number, head.number);
    TRY_ASSIGN([[maybe_unused]] const bool answered, beyond.row());
    if (!own && beyond.integer(0) != 0) fault(place(id_, device.number, head.number + 1) + ": operations in no segment");
    return {};
  }

  /// What was stored of each operation is what the device signed.
  Status prove_operations(const CharterDevice& device, const SegmentView& segment, bool has_body, const std::string& where) {
    crypto::SecretBytes epoch;
    Statement key = database_.use("SELECT key FROM epoch WHERE scope = ? AND id = ?");
    key.bind(number_, segment.header.epoch);
    TRY_ASSIGN(const bool held, key.row());
    if (held) epoch = crypto::SecretBytes::copy_of(key.blob(0));
    key.reset();
    if (!has_body || !held) {
      ++report_.sealed_away;
      return {};
    }
    const auto opened = open_segment(segment, epoch);
    if (!opened) {
      fault(where + ": does not open (" + name(opened.error().code) + ")");
      return {};
    }
    OperationNumber number = segment.header.first;
    const Rows rows(database_, number_, rules_);
    for (const OpenedOperation& one : *opened) {
      ++report_.operations;
      const auto stored = rows.bytes(device.number, number);
      // Past its term an operation is counted and not kept.
      const bool gone = !stored && stored.error().code == ErrorCode::damaged;
      if (!stored && !gone) return std::unexpected(stored.error());
      const bool past =
          parse_operation(one.raw, operation_) && rules_.past_term(operation_.term_class(), operation_.term_week(), own_class(), let_go_);
      if (gone ? !past : !std::ranges::equal(*stored, one.raw)) fault(place(id_, device.number, number) + ": not stored as it was signed");
      ++number;
    }
    return {};
  }

  [[nodiscard]] DeviceClass own_class() const {
    const CharterDevice* own = charter_.device(founding_.device);
    return own == nullptr ? DeviceClass::kiosk : own->device_class;
  }

  Status prove_rows() {
    RowSum standing;
    Statement rows = database_.use("SELECT tab, week, owner, record, slot, stamp, device, number FROM slot WHERE scope = ?");
    rows.bind(number_);
    for (;;) {
      TRY_ASSIGN(const bool more, rows.row());
      if (!more) break;
      standing.add(rows.integer(0), rows.integer(1), rows.blob(2), rows.blob(3), rows.integer(4), rows.natural(5),
                   static_cast<DeviceNumber>(rows.integer(6)), rows.natural(7));
    }
    report_.rows += standing.count();

    RowSum anew;
    const Applying applying(database_, {number_, &charter_, &roles_, &rules_, 0, own_class(), let_go_});
    Statement operations = database_.use("SELECT device, number, bytes FROM operation WHERE scope = ?");
    operations.bind(number_);
    for (;;) {
      TRY_ASSIGN(const bool more, operations.row());
      if (!more) break;
      const auto device_number = static_cast<DeviceNumber>(operations.integer(0));
      const CharterDevice* device = charter_.device(device_number);
      if (device == nullptr || !parse_operation(operations.blob(2), operation_) ||
          !applying.counts(*device, operations.natural(1), operation_))
        continue;
      const std::uint64_t stamp = charter_.standing_stamp(device_number, operations.natural(1), operation_.stamp());
      const Table table = table_of(operation_).value();
      const ByteView owner = table >= Table::person ? view(operation_.person()) : ByteView{};
      const auto add = [&](std::uint32_t slot) {
        anew.add(static_cast<std::int64_t>(table), operation_.term_week(), owner, view(operation_.record()), slot, stamp, device_number,
                 operations.natural(1));
      };
      const std::uint32_t slot = rule_of(operation_.kind())->slot;
      if (slot != 0) add(slot);
      for (const std::uint32_t sealed : operation_.slots()) add(sealed);
    }
    if (!(standing == anew)) fault("scope " + id_.hex() + ": the tables are not what the operations make of them");
    return {};
  }

  Database& database_;
  const Founding& founding_;
  const ScopeId& id_;
  std::int64_t number_;
  const MergeRules& rules_;
  Week let_go_;  ///< what is past its term then may be gone
  VerifyReport& report_;
  Charter charter_;
  Roles roles_;
  journal::Operation operation_;
};

}  // namespace

Result<VerifyReport> Vault::verify() const {
  VerifyReport report;
  const std::shared_lock here(state_->sides);
  {
    // After a power cut a page of the file may be torn that stands whole in the log: there it counts, and here it is put in its place.
    const std::scoped_lock guard(state_->writing);
    TRY_STATUS(state_->writer->checkpoint());
  }
  TRY_ASSIGN(const auto side, state_->connect_reader());
  TRY_ASSIGN(const std::size_t bad_pages, side->count_rows("PRAGMA cipher_integrity_check"));
  if (bad_pages != 0) {
    report.faults.push_back(std::to_string(bad_pages) + " pages of the file do not verify");
    return report;
  }
  TRY_ASSIGN(const std::string structure, side->text("PRAGMA integrity_check(1)"));
  if (structure != "ok") report.faults.push_back("the file's structure is damaged");
  // A clock that was right again later took nothing back.
  TRY_ASSIGN(const std::int64_t terms_week,
             side->integer("SELECT coalesce(max(CAST(CAST(value AS TEXT) AS INTEGER)), 0) FROM founding WHERE name = 'terms_week'"));
  const Week let_go = std::max(state_->week_now(), Week{static_cast<std::int32_t>(terms_week)});
  for (const ScopeId& id : scopes()) {
    const auto seen = state_->seen(id);
    TRY_STATUS(side->use("BEGIN").run());
    Status proved = Proof(*side, seen->renewed ? *state_->next : state_->founding, id, seen->number, state_->rules, let_go, report).prove();
    TRY_STATUS(side->use("COMMIT").run());
    if (!proved && proved.error().code != ErrorCode::damaged) return std::unexpected(std::move(proved.error()));
    if (!proved) report.faults.push_back("scope " + id.hex() + ": " + proved.error().sentence);
  }
  return report;
}

}  // namespace huisbord
