// SPDX-License-Identifier: GPL-3.0-or-later
// A resident's stay in a house: what everybody in the hallway may see (symbol, room) and what only a session shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace huisbord {

/// The picture that a resident chose; numbers are FORMAT.md's and never change.
enum class Symbol : std::uint8_t {
  boat = 1,
  flower,
  umbrella,
  rabbit,
  star,
  paw,
  tree,
  piano,
  lightning,
  sun,
  anchor,
  heart,
  bicycle,
  mountain,
  bird,
  drum,
  moon,
  leaf,
  fish,
  wave,
  key,
  cup,
  camera,
  scissors,
  football,
  book,
  house,
  bell,
  cloud,
  guitar,
  kite,
};
inline constexpr std::uint8_t symbol_count = 31;
/// The ground of the disc (visual language 3); clay is for staff.
enum class Pastel : std::uint8_t { peach = 1, straw, leaf, mint, sky, lilac, rose, clay };

/// Who sleeps where and how they are shown before anybody signs in: never a name.
struct Placing {
  PersonId person;
  RoomId room;
  Symbol symbol = Symbol::boat;
  Pastel pastel = Pastel::peach;
  Day from;
  std::optional<Day> until;  ///< the stay has ended
};

enum class TextSize : std::uint8_t { normal = 1, large, larger, largest };  ///< 100, 130, 160, 200 %
enum class Contrast : std::uint8_t { normal = 1, high };

struct Preferences {
  std::string language;  ///< ISO 639-1; empty: not chosen yet
  TextSize text_size = TextSize::normal;
  Contrast contrast = Contrast::normal;
  auto operator<=>(const Preferences&) const = default;
};

struct CaseManagers {
  std::optional<std::string> legal;  ///< none yet is a normal state
  std::optional<std::string> social;
  std::optional<Day> asked_for;
};

/// Readable only while the person's key is open.
struct Identity {
  std::string called;  ///< the name the resident chose to be shown
  Day arrived;
};

}  // namespace huisbord
