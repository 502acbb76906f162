// SPDX-License-Identifier: GPL-3.0-or-later
// A store that is handed a generated world in some order.
#pragma once

#include "core/store/merge_rules.h"
#include "tests/core/store/generated_world.h"

namespace huisbord {

/// Hands a world's deliveries to one store in the order given, in batches, closing and opening it in between now and then.
class Receiver {
 public:
  Receiver(GeneratedWorld& world, DeviceClass device_class, SeededRandom& random, const MergeRules& rules = the_merge_rules())
      : random_(random), options_(world.organisation.options()), path_(folder_ / "vault.db") {
    options_.rules = &rules;
    const TestDevice& device = device_class == DeviceClass::desk ? world.receiver_desk : world.receiver_kiosk;
    vault_ = must(Vault::create(path_, SmallOrganisation::store_key(), world.organisation.founding(device), options_));
  }

  void take(const std::vector<const Delivery*>& order, bool restarts) {
    std::map<ScopeId, std::vector<Bytes>> early;
    for (std::size_t at = 0; at < order.size();) {
      const Delivery& next = *order[at];
      if (next.is_charter) {
        // A lower one than held is refused, as it must be.
        if (vault_->take_charter(next.bytes)) take_batch(next.scope, std::exchange(early[next.scope], {}));
        ++at;
        continue;
      }
      std::vector<Bytes> batch;
      const std::size_t size = 1 + random_.below(6);
      for (; at < order.size() && batch.size() < size && !order[at]->is_charter && order[at]->scope == next.scope; ++at)
        batch.push_back(order[at]->bytes);
      // Nobody asks for a scope's segments before its first charter.
      if (vault_->charter_number(next.scope) == 0) {
        early[next.scope].insert(early[next.scope].end(), batch.begin(), batch.end());
        continue;
      }
      take_batch(next.scope, batch);
      if (restarts && random_.below(12) == 0) {
        vault_.reset();
        vault_ = must(Vault::open(path_, SmallOrganisation::store_key(), options_));
      }
    }
  }
  [[nodiscard]] Vault& vault() { return *vault_; }

 private:
  void take_batch(const ScopeId& scope, const std::vector<Bytes>& batch) { (void)must(vault_->take_segments(scope, batch)); }

  SeededRandom& random_;
  VaultOptions options_;
  TestFolder folder_;
  std::filesystem::path path_;
  std::unique_ptr<Vault> vault_;
};

/// Every delivery at least once, in any order.
inline std::vector<const Delivery*> shuffled(const GeneratedWorld& world, SeededRandom& random) {
  std::vector<const Delivery*> order;
  for (const Delivery& one : world.deliveries) {
    order.push_back(&one);
    while (random.below(4) == 0) order.push_back(&one);
  }
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  return order;
}

}  // namespace huisbord
