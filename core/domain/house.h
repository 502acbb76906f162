// SPDX-License-Identifier: GPL-3.0-or-later
// Organisation, house, woongroep and room: where people live together.
#pragma once

#include <string>

#include "core/base/ids.h"

namespace huisbord {

struct House {
  HouseId id;
  std::string name;  ///< "Huis De Linde"
};

/// About 15 people who share kitchen, living room and showers, and a rota.
struct Woongroep {
  WoongroepId id;
  std::string name;
  std::uint32_t order = 0;
};

struct Room {
  RoomId id;
  WoongroepId woongroep;
  std::string label;  ///< what stands on the door: "7"
};

}  // namespace huisbord
