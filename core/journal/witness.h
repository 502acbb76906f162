// SPDX-License-Identifier: GPL-3.0-or-later
// The witness: what a replica has and has seen, sealed into its own chain with each push (FORMAT.md 9).
#pragma once

#include <optional>
#include <vector>

#include "core/journal/hybrid_clock.h"
#include "core/journal/operation.h"

namespace huisbord {

inline constexpr std::size_t max_witness_heads = 256;

struct WitnessHead {
  DeviceNumber device = 0;
  OperationNumber number = 0;
  HeaderHash header_hash{};
  auto operator<=>(const WitnessHead&) const = default;
};

struct Witness {
  std::vector<WitnessHead> heads;  ///< ascending by device, each once
  CharterNumber charter = 0;
  std::int64_t trusted_quarter = 0;  ///< quarter hours since 1970; a desk's is signed desk time
  crypto::Hash digest{};             ///< over all tables and weeks held
  std::uint32_t kinds = 0;           ///< that the writer's release knows: with others it makes other tables
  /// In a house: over the roles by which its tables were made, which come in the organisation's scope. Earlier releases do not say it.
  std::optional<crypto::Hash> roles{};
};

/// Ready for write_operation. Heads beyond the limit are left out, the highest device numbers last to go.
[[nodiscard]] journal::Operation make_witness(Witness witness, Stamp stamp, Week week);
/// parse unless it is a witness in good form.
[[nodiscard]] Result<Witness> read_witness(const journal::Operation& operation);

/// What `witness` says to be there and `held` lacks: after a complete pull begun after reading it, withheld by the relay.
[[nodiscard]] std::vector<WitnessHead> missing(const Witness& witness, std::span<const WitnessHead> held);

}  // namespace huisbord
