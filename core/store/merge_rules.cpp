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

const MergeRules& the_merge_rules() {
  static const MergeRules rules;
  return rules;
}

}  // namespace huisbord
