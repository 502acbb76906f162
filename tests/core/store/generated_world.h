// SPDX-License-Identifier: GPL-3.0-or-later
// A generated set of operations, charters and cuts as it comes over the wire, and the tables that the rules make of it, said a second time.
#pragma once

#include <set>

#include "core/journal/operation.h"
#include "core/store/merge.h"
#include "core/store/tables.h"
#include "tests/core/store/small_organisation.h"

namespace huisbord {

/// What can be delivered.
struct Delivery {
  bool is_charter = false;
  ScopeId scope;
  Bytes bytes;
};

/// How wild a generated world is; everything else follows from the seed.
struct WorldShape {
  std::uint64_t seed = 0;
  unsigned operations = 20;  ///< of each device in each scope, at most
  bool forks = false;
  bool cuts = false;
  bool ahead = false;     ///< some segments are stamped days ahead
  bool snapshot = false;  ///< the last charter names a snapshot, which says of some devices which branch counts up to where
};

class GeneratedWorld {
 public:
  explicit GeneratedWorld(const WorldShape& shape);

  SmallOrganisation organisation;
  TestDevice receiver_kiosk;
  TestDevice receiver_desk;
  std::vector<Delivery> deliveries;  ///< charters by number, then each chain in its order

  /// The digests that the rules give for a receiver of this class.
  [[nodiscard]] std::vector<TableDigest> expected_digests(const ScopeId& scope, DeviceClass receiver, Beats better = beats) const;
  /// Heads of what counts.
  [[nodiscard]] std::map<DeviceNumber, OperationNumber> expected_heads(const ScopeId& scope) const;

 private:
  struct Made {  ///< a segment before it was sealed
    SegmentHeader header;
    HeaderHash hash{};
    std::vector<Bytes> operations;
  };
  using Chain = std::vector<Made>;
  struct Holding {  ///< a grant as the organisation's operations tell it
    RecordId staff, house;
    Candidate granted;
    std::optional<Candidate> revoked;
  };

  void name_snapshots();
  void grow(const TestDevice& author, const ScopeId& scope, Chain& chain, std::size_t operations, CharterNumber charter, bool ahead);
  [[nodiscard]] Bytes draw_operation(DeviceClass author, const ScopeId& scope, std::uint64_t stamp);
  void put_open(journal::Operation& operation, Kind kind);
  [[nodiscard]] std::vector<const Made*> counted(const ScopeId& scope, DeviceNumber device) const;
  [[nodiscard]] std::map<RecordId, Holding> holdings(std::set<RecordId>& staff) const;
  [[nodiscard]] bool counts(const journal::Operation& operation, std::uint64_t stamp, const CharterDevice& author, const ScopeId& scope,
                            DeviceClass receiver) const;
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[random_.below(static_cast<std::uint32_t>(from.size()))];
  }
  [[nodiscard]] bool chance(std::uint32_t percent) { return random_.below(100) < percent; }

  SeededRandom random_;
  std::vector<TestDevice> authors_;
  std::map<std::pair<ScopeId, DeviceNumber>, std::vector<Made>> segments_;  ///< of every branch
  std::vector<RecordId> records_;
  std::vector<PersonId> people_;
  std::vector<RecordId> staff_ids_;
  std::uint32_t week_ = 0;
  std::uint32_t quarter_ = 0;
};

}  // namespace huisbord
