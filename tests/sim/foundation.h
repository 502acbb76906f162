// SPDX-License-Identifier: GPL-3.0-or-later
// The first day of every simulated organisation, made once a process: its devices, its furnished house and what the relay then holds.
#pragma once

#include <filesystem>

#include "tests/sim/office.h"
#include "tests/sim/relay_double.h"

namespace huisbord::sim {

/// A folder in memory where there is one.
[[nodiscard]] std::filesystem::path fresh_folder(const char* what);

class Foundation {
 public:
  static constexpr std::size_t desks = 2;
  static constexpr std::size_t kiosks = 2;
  static constexpr int planned_days = 10;
  static const Foundation& get();
  ~Foundation();

  /// The devices that every organisation begins with, in the order of their numbers; the last is a kiosk whose keys were stolen.
  [[nodiscard]] static std::vector<Device> admit(Office& office);
  /// Gives the relay charters and history, and copies each device's store: folder / device number / vault.db.
  void lay(const Office& office, RelayDouble& relay, const std::filesystem::path& folder) const;

 private:
  Foundation();
  std::filesystem::path folder_;
  std::vector<std::pair<ScopeId, Bytes>> segments_;
};

}  // namespace huisbord::sim
