// SPDX-License-Identifier: GPL-3.0-or-later
// Digests of a scope's tables: what two replicas compare (SCHEMA.md 6).
#include "core/store/digests.h"

#include <algorithm>

#include "core/journal/operation.h"
#include "core/store/reading.h"

namespace huisbord {

namespace {

/// Where a row stands; rows of one slot of one record in one week compete.
struct Contest {
  std::uint32_t table = 0;
  std::int32_t week = 0;
  Bytes owner;
  Bytes record;
  std::uint32_t slot = 0;
  auto operator<=>(const Contest&) const = default;
};

/// So many winners are read at a time, in the order in which operations lie in the file: a page is decrypted once and not for each of them.
constexpr std::size_t read_together = 8192;
/// Of their bytes no more than this is kept; the rest is read once more, one by one.
constexpr std::size_t kept_together = std::size_t{2} << 20;

/// Gathers each contest's candidates and hashes the winner's stored bytes.
class Digesting {
 public:
  Digesting(Database& database, std::int64_t scope, const MergeRules& rules) : rows_(database, scope, rules), rules_(rules) {}

  Status take(Contest contest, const Candidate& candidate) {
    if (contest != contest_) {
      TRY_STATUS(close_contest());
      contest_ = std::move(contest);
    }
    candidates_.push_back(candidate);
    return {};
  }

  Result<std::vector<TableDigest>> finish() {
    TRY_STATUS(close_contest());
    TRY_STATUS(hash_winners());
    close_table();
    return std::move(digests_);
  }

 private:
  struct Winner {
    Contest contest;
    DeviceNumber device = 0;
    OperationNumber number = 0;
    Bytes bytes{};
  };

  Status close_contest() {
    if (candidates_.empty()) return {};
    const Candidate won = winner(rule_of_slot(static_cast<Table>(contest_.table), contest_.slot), candidates_, rules_.beats);
    candidates_.clear();
    winners_.push_back({std::move(contest_), won.device, won.number});
    return winners_.size() < read_together ? Status{} : hash_winners();
  }
  Status hash_winners() {
    std::vector<Winner*> lying;
    for (Winner& winner : winners_) lying.push_back(&winner);
    std::ranges::sort(lying, {}, [](const Winner* winner) { return std::pair(winner->device, winner->number); });
    std::size_t kept = 0;
    for (Winner* winner : lying) {
      if (kept > kept_together) break;
      TRY_ASSIGN(winner->bytes, rows_.bytes(winner->device, winner->number));
      kept += winner->bytes.size();
    }
    for (Winner& winner : winners_) {
      if (winner.bytes.empty()) {
        TRY_ASSIGN(winner.bytes, rows_.bytes(winner.device, winner.number));
      }
      hash(winner);
      winner.bytes = {};
    }
    winners_.clear();
    return {};
  }
  void hash(const Winner& winner) {
    const Contest& contest = winner.contest;
    if (contest.table != table_ || contest.week != week_) close_table();
    table_ = contest.table;
    week_ = contest.week;
    Bytes place;
    ByteWriter writer(place);
    writer.u8(static_cast<std::uint8_t>(contest.owner.size()));
    writer.raw(contest.owner);
    writer.raw(contest.record);
    writer.u32(contest.slot);
    writer.u32(winner.device);
    writer.u64(winner.number);
    writer.u32(static_cast<std::uint32_t>(winner.bytes.size()));
    if (!hasher_) hasher_ = std::make_unique<crypto::Hasher>("hb.digest.table");
    hasher_->update(place).update(winner.bytes);
  }
  void close_table() {
    if (!hasher_) return;
    digests_.push_back({table_, week_, hasher_->finish()});
    hasher_.reset();
  }

  Rows rows_;
  const MergeRules& rules_;
  Contest contest_;
  std::vector<Candidate> candidates_;
  std::vector<Winner> winners_;
  std::uint32_t table_ = 0;  ///< of the hasher
  std::int32_t week_ = 0;
  std::unique_ptr<crypto::Hasher> hasher_;
  std::vector<TableDigest> digests_;
};

}  // namespace

Result<std::vector<TableDigest>> table_digests(Database& database, std::int64_t scope, const MergeRules& rules, DeviceClass own_class,
                                               Week now) {
  Digesting digesting(database, scope, rules);
  Statement rows = database.use(
      "SELECT tab, week, owner, record, slot, stamp, device, number FROM slot WHERE scope = ?"
      " ORDER BY tab, week, owner, record, slot, stamp, device, number");
  rows.bind(scope);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return digesting.finish();
    const auto term = static_cast<std::uint32_t>(term_of_table(static_cast<Table>(rows.integer(0))));
    if (rules.past_term(term, static_cast<std::uint32_t>(rows.integer(1)), own_class, now)) continue;
    Contest contest{static_cast<std::uint32_t>(rows.integer(0)), static_cast<std::int32_t>(rows.integer(1)), to_bytes(rows.blob(2)),
                    to_bytes(rows.blob(3)), static_cast<std::uint32_t>(rows.integer(4))};
    TRY_STATUS(digesting.take(std::move(contest), {rows.natural(5), static_cast<DeviceNumber>(rows.integer(6)), rows.natural(7)}));
  }
}

crypto::Hash digest_of(const std::vector<TableDigest>& digests) {
  crypto::Hasher hasher("hb.digest");
  for (const TableDigest& one : digests) {
    Bytes place;
    ByteWriter writer(place);
    writer.u32(one.table);
    writer.u32(static_cast<std::uint32_t>(one.week));
    hasher.update(place).update(one.digest);
  }
  return hasher.finish();
}

Result<std::vector<TableDigest>> Vault::digests(const ScopeId& scope) const {
  const auto seen = state_->seen(scope);
  if (!seen) return fail(ErrorCode::not_found, "That scope is not held here.");
  // A pass over everything: on a connection of its own, so that no screen waits for it.
  const std::shared_lock here(state_->sides);
  TRY_ASSIGN(const auto side, state_->connect_reader());
  TRY_STATUS(side->use("BEGIN").run());
  return table_digests(*side, seen->number, state_->rules, seen->own_class, state_->week_now());
}

Result<crypto::Hash> Vault::digest(const ScopeId& scope) const {
  TRY_ASSIGN(const std::vector<TableDigest> all, digests(scope));
  return digest_of(all);
}

}  // namespace huisbord
