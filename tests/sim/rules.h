// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of merging said a second time, over the whole set at once and without a store.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/journal/operation.h"
#include "core/store/stored.h"
#include "tests/sim/office.h"
#include "tests/sim/relay_double.h"

namespace huisbord::sim {

/// What every replica must come to, given all segments that reached the relay, the newest charters and the time.
class Rules {
 public:
  /// Of a relay that lost its memory counts what it has again, and what is held up to there.
  using Held = std::map<std::pair<ScopeId, DeviceNumber>, OperationNumber>;
  Rules(const Office& office, const RelayDouble& relay, Millis now, const Held& held);

  /// As a reader comes to them whose release knows kinds up to that.
  [[nodiscard]] const std::vector<TableDigest>& digests(const ScopeId& scope, DeviceClass reader, Week week, std::uint32_t newest_kind);
  [[nodiscard]] std::map<DeviceNumber, OperationNumber> heads(const ScopeId& scope);

 private:
  struct Segment {
    const RelayDouble::Kept* kept = nullptr;
    std::vector<Bytes> operations;
  };
  struct Writer {
    std::uint64_t stamp = 0;
    DeviceNumber device = 0;
    OperationNumber number = 0;
    Bytes raw;
  };
  struct Holding {
    RecordId staff, house;
    std::optional<Writer> granted, revoked;
  };
  [[nodiscard]] std::vector<const Segment*> counted(const ScopeId& scope, const CharterDevice& device);
  void read_roles(std::uint32_t newest_kind);
  [[nodiscard]] std::vector<TableDigest> make_digests(const ScopeId& scope, DeviceClass reader, Week week);
  /// By its standing stamp.
  [[nodiscard]] bool counts(const journal::Operation& operation, std::uint64_t stamp, const CharterDevice& author, const ScopeId& scope,
                            DeviceClass reader, Week week) const;

  const Office& office_;
  const RelayDouble& relay_;
  std::uint64_t quarter_;
  std::map<ScopeId, std::vector<Segment>> segments_;
  std::map<RecordId, Holding> grants_;
  std::set<RecordId> staff_;
  std::uint32_t newest_kind_ = 0;  ///< of the roles that were read last
  std::map<std::tuple<ScopeId, DeviceClass, Week, std::uint32_t>, std::vector<TableDigest>> made_;
};

}  // namespace huisbord::sim
