// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl erase: a person's keys end everywhere, and who is still waited for.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/desk_keys.h"
#include "app/ctl/erasure_words.h"
#include "app/ctl/resident.h"
#include "core/office/erase_person.h"

namespace huisbord {
namespace {

struct EraseOptions {
  DeskOptions desk;
  std::string person;
  std::string house;
  std::filesystem::path phrase_out;
};

Status erase(const EraseOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  // Everything that can be refused is asked before anything ends.
  TRY_ASSIGN(const auto backup, keys_backup_path(desk));
  if (backup && options.phrase_out.empty())
    return fail(ErrorCode::invalid,
                "the backup of keys at " + backup->string() +
                    " holds this person's key and is replaced under a new phrase: name a new file for it with --phrase-out");
  if (!options.phrase_out.empty() && std::filesystem::exists(options.phrase_out))
    return fail(ErrorCode::already_exists,
                options.phrase_out.string() + " is there already; a new phrase is never written over an old one");
  std::optional<PersonId> person = PersonId::from_hex_text(options.person);
  if (!person) {
    TRY_ASSIGN(const Resident found, find_resident(desk.vault(), options.house, options.person, today));
    person = found.person;
  }
  TRY_STATUS(erase_person(desk.office(), *person, today));
  TRY_ASSIGN([[maybe_unused]] const std::size_t written, tend_desk(desk, options.desk.directory, today));
  if (backup) {
    TRY_ASSIGN(const crypto::SecretBytes phrase, replace_keys_backup(desk, *backup));
    TRY_STATUS(hand_over_phrase(phrase, options.phrase_out, "backup phrase"));
    std::printf("Destroy every other copy of the former backup of keys: it opens this person's record.\n");
  }
  std::printf("Kiosks hear of it at their next contact: huisbordctl replica, then huisbordctl status.\n");
  return show_erasures(desk);
}

}  // namespace

void add_erase(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<EraseOptions>();
  CLI::App* command = program.add_subcommand("erase", "end a person's keys everywhere, for ever");
  add_desk_options(*command, options->desk);
  command->add_option("--person", options->person, "the stay's identifier, or ROOM/SYMBOL")->required();
  command->add_option("--house", options->house, "the house, where ROOM/SYMBOL is in several");
  command->add_option("--phrase-out", options->phrase_out, "new file for the phrase of the backup of keys, which is replaced");
  command->callback([options, &chosen] { chosen.run = [options] { return erase(*options); }; });
}

}  // namespace huisbord
