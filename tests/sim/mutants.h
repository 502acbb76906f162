// SPDX-License-Identifier: GPL-3.0-or-later
// Each rule of merging, wrong on purpose: a simulation that does not notice proves nothing.
#pragma once

#include <string>
#include <vector>

#include "core/office/epochs_tending.h"
#include "core/store/merge_rules.h"

namespace huisbord::sim {

struct Mutant {
  std::string name;
  MergeRules rules;
  EpochTerms epochs{};
};
[[nodiscard]] const std::vector<Mutant>& mutants();

}  // namespace huisbord::sim
