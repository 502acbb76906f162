// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl resident move: a resident goes to another house, and what must follow goes along.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/desk_keys.h"
#include "app/ctl/field.h"
#include "app/ctl/resident.h"
#include "core/office/moving.h"

namespace huisbord {
namespace {

struct MoveOptions {
  DeskOptions desk;
  std::string person;
  std::string house;
  std::string to;
  std::string room;
};

Status move(const MoveOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  TRY_ASSIGN(const Resident resident, find_resident(desk.vault(), options.house, options.person, today));
  TRY_ASSIGN(const House to, desk.find_house(options.to));
  TRY_ASSIGN(const auto rooms, desk.vault().rooms(to.id.as<ScopeTag>()));
  const auto room = std::ranges::find_if(rooms, [&](const Room& each) { return plain_word(each.label) == plain_word(options.room); });
  if (room == rooms.end()) return fail(ErrorCode::not_found, to.name + " has no room " + options.room + "; see: huisbordctl show people");
  TRY_ASSIGN(const PersonId person, move_resident(desk.office(), {resident.person, resident.house, to.id, room->id}, today));
  TRY_STATUS(desk.append_to_order({person}));
  TRY_ASSIGN([[maybe_unused]] const std::size_t written, tend_desk(desk, options.desk.directory, today));
  std::printf("stay    %s\nhouse   %s\nroom    %s\n", person.hex().c_str(), to.name.c_str(), room->label.c_str());
  std::printf("The new house's kiosk needs a PIN for this resident (staff set it there), and the backup of keys the new key.\n");
  return {};
}

}  // namespace

void add_resident(CLI::App& program, Chosen& chosen) {
  CLI::App* resident = program.add_subcommand("resident", "what the office does about one resident's stay");
  resident->require_subcommand(1);
  const auto options = std::make_shared<MoveOptions>();
  CLI::App* command = resident->add_subcommand("move", "to another house, from today: a new stay under a new key (also within the house)");
  add_desk_options(*command, options->desk);
  command->add_option("--person", options->person, "the resident: ROOM/SYMBOL, as 7/paw, or the stay's identifier")->required();
  command->add_option("--house", options->house, "the house of today, where ROOM/SYMBOL is in several");
  command->add_option("--to", options->to, "the new house, by name or identifier")->required();
  command->add_option("--room", options->room, "the room there")->required();
  command->callback([options, &chosen] { chosen.run = [options] { return move(*options); }; });
}

}  // namespace huisbord
