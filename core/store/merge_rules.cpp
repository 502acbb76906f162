// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that the tables depend on, as the product has them.
#include "core/store/merge_rules.h"

#include "core/journal/operation.h"
#include "core/store/tables.h"

namespace huisbord {

bool MergeRules::names_erased(const Charter& charter, const journal::Operation& operation) {
  if (charter.erased.empty()) return false;
  if (charter.is_erased(id_of<PersonId>(operation.person())) || charter.is_erased(id_of<PersonId>(operation.actor()))) return true;
  return table_of(operation) == Table::placing && charter.is_erased(id_of<PersonId>(operation.record()));
}

bool MergeRules::no_grant_left(const Charter& charter, const Epoch& epoch) {
  return epoch.grants.empty() && epoch.id != charter.highest_epoch()->id;
}

bool MergeRules::lists_newest(const Charter& charter, DeviceNumber own, const crypto::SealingPublicKey& newest) {
  const CharterDevice* device = charter.device(own);
  return device == nullptr || device->state != DeviceState::active || device->sealing_key == newest;
}

const MergeRules& the_merge_rules() {
  static const MergeRules rules;
  return rules;
}

}  // namespace huisbord
