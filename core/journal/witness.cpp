// SPDX-License-Identifier: GPL-3.0-or-later
// Witnesses as operations, and what they let a reader conclude: FORMAT.md 9.
#include "core/journal/witness.h"

#include <algorithm>
#include <iterator>

namespace huisbord {

journal::Operation make_witness(Witness witness, Stamp stamp, Week week) {
  std::ranges::sort(witness.heads, {}, &WitnessHead::device);
  if (witness.heads.size() > max_witness_heads) {
    // Higher numbers are younger devices: those still write.
    witness.heads.erase(witness.heads.begin(), std::prev(witness.heads.end(), max_witness_heads));
  }
  journal::Operation operation;
  operation.set_stamp(stamp.value);
  operation.set_kind(static_cast<std::uint32_t>(Kind::witness));
  operation.set_term_class(static_cast<std::uint32_t>(TermClass::structure));
  operation.set_term_week(static_cast<std::uint32_t>(std::max(week.value, 0)));
  auto& body = *operation.mutable_witness();
  for (const WitnessHead& head : witness.heads) {
    auto& to = *body.add_heads();
    to.set_device(head.device);
    to.set_number(head.number);
    to.set_header_hash(to_string(head.header_hash));
  }
  body.set_charter(witness.charter);
  body.set_trusted_quarter(witness.trusted_quarter);
  body.set_digest(to_string(witness.digest));
  body.set_kinds(witness.kinds);
  if (witness.roles) body.set_roles(to_string(*witness.roles));
  return operation;
}

Result<Witness> read_witness(const journal::Operation& operation) {
  const auto broken = [] { return fail(ErrorCode::parse, "A witness is not in good form."); };
  if (operation.kind() != static_cast<std::uint32_t>(Kind::witness) || !operation.has_witness()) return broken();
  const journal::Witness& body = operation.witness();
  if (static_cast<std::size_t>(body.heads_size()) > max_witness_heads || body.digest().size() != sizeof(crypto::Hash)) return broken();
  Witness witness;
  witness.charter = body.charter();
  witness.trusted_quarter = body.trusted_quarter();
  witness.kinds = body.kinds();
  std::ranges::copy(view(body.digest()), witness.digest.begin());
  if (!body.roles().empty()) {
    if (body.roles().size() != sizeof(crypto::Hash)) return broken();
    std::ranges::copy(view(body.roles()), witness.roles.emplace().begin());
  }
  witness.heads.reserve(static_cast<std::size_t>(body.heads_size()));
  for (const auto& from : body.heads()) {
    if (from.device() == 0 || from.number() == 0 || from.header_hash().size() != sizeof(HeaderHash)) return broken();
    if (!witness.heads.empty() && witness.heads.back().device >= from.device()) return broken();
    WitnessHead& head = witness.heads.emplace_back(from.device(), from.number());
    std::ranges::copy(view(from.header_hash()), head.header_hash.begin());
  }
  return witness;
}

std::vector<WitnessHead> missing(const Witness& witness, std::span<const WitnessHead> held) {
  std::vector<WitnessHead> lacking;
  std::ranges::copy_if(witness.heads, std::back_inserter(lacking), [&](const WitnessHead& seen) {
    const auto own = std::ranges::find(held, seen.device, &WitnessHead::device);
    return own == held.end() || own->number < seen.number;
  });
  return lacking;
}

}  // namespace huisbord
