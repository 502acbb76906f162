// SPDX-License-Identifier: GPL-3.0-or-later
// How erasures are told: done, or who is waited for.
#include "app/ctl/erasure_words.h"

#include <cstdio>

#include "core/office/erase_person.h"

namespace huisbord {
namespace {

std::string named(const Charter& charter, DeviceNumber number) {
  const CharterDevice* device = charter.device(number);
  const bool desk = device != nullptr && device->device_class == DeviceClass::desk;
  return std::string(desk ? "desk " : "kiosk ") + std::to_string(number);
}

}  // namespace

Status show_erasures(Desk& desk) {
  TRY_ASSIGN(const auto all, erasures(desk.office()));
  for (const Erasure& erasure : all) {
    TRY_ASSIGN(const Charter charter, desk.vault().held_charter(erasure.house));
    TRY_ASSIGN(const auto house, desk.vault().house(erasure.house.as<HouseTag>()));
    std::string line = "erasure  " + erasure.person.hex() + "  " + (house ? house->name : "?") + "  ";
    if (erasure.done()) line += "done";
    for (const DeviceNumber number : erasure.waiting)
      line += (number == erasure.waiting.front() ? "waiting for " : ", ") + named(charter, number);
    for (const DeviceNumber number : erasure.lost)
      line += (number == erasure.lost.front() ? "; ended before it was done there, so it may still hold what it held: " : ", ") +
              named(charter, number);
    std::printf("%s\n", line.c_str());
  }
  return {};
}

}  // namespace huisbord
