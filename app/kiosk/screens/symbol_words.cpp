// SPDX-License-Identifier: GPL-3.0-or-later
// What each picture-symbol is called.
#include <iterator>

#include "app/kiosk/screens/faces.h"

namespace huisbord {
namespace {

using i18n::Key;

/// In the order of Symbol, which counts from 1.
constexpr Key names[] = {Key("symbol.boat"),      Key("symbol.flower"),   Key("symbol.umbrella"), Key("symbol.rabbit"),
                         Key("symbol.star"),      Key("symbol.paw"),      Key("symbol.tree"),     Key("symbol.piano"),
                         Key("symbol.lightning"), Key("symbol.sun"),      Key("symbol.anchor"),   Key("symbol.heart"),
                         Key("symbol.bicycle"),   Key("symbol.mountain"), Key("symbol.bird"),     Key("symbol.drum"),
                         Key("symbol.moon"),      Key("symbol.leaf"),     Key("symbol.fish"),     Key("symbol.wave"),
                         Key("symbol.key"),       Key("symbol.cup"),      Key("symbol.camera"),   Key("symbol.scissors"),
                         Key("symbol.football"),  Key("symbol.book"),     Key("symbol.house"),    Key("symbol.bell"),
                         Key("symbol.cloud"),     Key("symbol.guitar"),   Key("symbol.kite")};
static_assert(std::size(names) == symbol_count);

}  // namespace

i18n::Key words_for(Symbol symbol) {
  const auto number = static_cast<std::size_t>(symbol);
  return names[number >= 1 && number <= std::size(names) ? number - 1 : 0];
}

}  // namespace huisbord
