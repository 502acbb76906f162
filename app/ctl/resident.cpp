// SPDX-License-Identifier: GPL-3.0-or-later
// Room and symbol against the placings.
#include "app/ctl/resident.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "app/ctl/field.h"
#include "core/domain/stay.h"

namespace huisbord {
namespace {

struct Looks {
  std::string room;
  Symbol symbol = Symbol::boat;
  std::optional<Pastel> pastel;
};

Result<Looks> parse_looks(const std::string& who) {
  const std::size_t slash = who.find('/');
  const std::size_t second = slash == std::string::npos ? slash : who.find('/', slash + 1);
  if (slash == std::string::npos) return fail(ErrorCode::invalid, "write a resident as ROOM/SYMBOL, as 7/paw");
  Looks looks{plain_word(who.substr(0, slash)), {}, {}};
  const auto symbol = parse_symbol(who.substr(slash + 1, second == std::string::npos ? second : second - slash - 1));
  if (!symbol) return fail(ErrorCode::invalid, "the symbol " + symbol.error());
  looks.symbol = *symbol;
  if (second != std::string::npos) {
    const auto pastel = parse_pastel(who.substr(second + 1));
    if (!pastel) return fail(ErrorCode::invalid, "the colour " + pastel.error());
    looks.pastel = *pastel;
  }
  return looks;
}

}  // namespace

Result<Resident> find_resident(const Vault& vault, const std::string& house, const std::string& who, Day today) {
  TRY_ASSIGN(const auto houses, vault.houses());
  const auto id = PersonId::from_hex_text(who);
  std::optional<Looks> looks;
  if (!id) {
    TRY_ASSIGN(looks, parse_looks(who));
  }
  std::vector<Resident> found;
  for (const House& each : houses) {
    if (!house.empty() && plain_word(each.name) != plain_word(house) && each.id.hex() != house) continue;
    TRY_ASSIGN(const auto rooms, vault.rooms(each.id.as<ScopeTag>()));
    TRY_ASSIGN(const auto placings, vault.placings(each.id.as<ScopeTag>()));
    for (const Placing& placing : placings) {
      if (id) {
        if (placing.person == *id) found.push_back({each.id, placing.person});
        continue;
      }
      const auto room = std::ranges::find(rooms, placing.room, &Room::id);
      const bool fits = room != rooms.end() && plain_word(room->label) == looks->room && placing.symbol == looks->symbol &&
                        (!looks->pastel || placing.pastel == *looks->pastel) && (!placing.until || *placing.until >= today);
      if (fits) found.push_back({each.id, placing.person});
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty())
    return fail(ErrorCode::not_found, "nobody stays at " + who + (house.empty() ? "" : " in " + house) + "; see: huisbordctl show people");
  return fail(ErrorCode::invalid, std::to_string(found.size()) + " residents fit " + who + "; add the house, or the colour, as 7/paw/sky");
}

}  // namespace huisbord
