// SPDX-License-Identifier: GPL-3.0-or-later
// Vaults of a paper organisation, and changes of an everyday size to fill them with.
#pragma once

#include <filesystem>
#include <memory>

#include "tests/support/paper_organisation.h"
#include "tests/support/test_device.h"

namespace huisbord {

inline std::unique_ptr<Vault> make_bench_vault(const PaperOrganisation& organisation, DeviceNumber number,
                                               const std::filesystem::path& path) {
  auto key = crypto::SecretBytes::of_size(32);
  crypto::system_random().fill(key.mutable_view());
  const PaperOrganisation::Device& device = organisation.device(number);
  auto vault = must(Vault::create(path, key,
                                  {.organisation = organisation.organisation(),
                                   .root = organisation.root(),
                                   .device = device.listed.id,
                                   .signing = device.signing.clone(),
                                   .request = device.request.clone(),
                                   .sealing = device.sealing.clone()}));
  for (const ScopeId& scope : organisation.scopes()) must(vault->take_charter(organisation.charter_bytes(scope)));
  return vault;
}

/// Leefgeld entries in their boxes, about 200 bytes each on the wire.
inline void write_entries(Vault& vault, const ScopeId& house, Random& random, int count) {
  auto key = crypto::SecretBytes::of_size(32);
  random.fill(key.mutable_view());
  const auto person = random.id<PersonTag>();
  const Day today{static_cast<std::int32_t>(system_clock().now().value / 86'400'000)};
  std::vector<ChangeToRecord> changes;
  for (int i = 0; i < count; ++i) {
    Entry entry;
    entry.id = random.id<EntryTag>();
    entry.day = today;
    entry.amount = {5000};
    entry.reason = "corvee in the kitchen, the week of the fifteenth";
    changes.push_back(
        {.scope = house, .actor = Actor::none(), .change = SealedChanges{.person = person, .key = &key, .changes = {EntryAdded{entry}}}});
  }
  must(vault.record_all(changes));
}

}  // namespace huisbord
