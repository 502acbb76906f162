// SPDX-License-Identifier: GPL-3.0-or-later
// A scope by name, as the path of a request says it.
#pragma once

#include "core/base/ids.h"

namespace huisbord::relay {

struct ScopeName {
  OrganisationId organisation;
  ScopeId scope;
  auto operator<=>(const ScopeName&) const = default;
};

}  // namespace huisbord::relay
