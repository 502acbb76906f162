// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl init: a new organisation, with its root key apart.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/root_media.h"
#include "app/ctl/secret_file.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/random.h"
#include "core/crypto/words.h"

namespace huisbord {
namespace {

struct InitOptions {
  Desk::Names names;
  std::string name;
  std::filesystem::path phrase_file;
  std::filesystem::path phrase_out;
};

Status init(const InitOptions& options) {
  crypto::SecretBytes phrase;
  if (!options.phrase_out.empty()) {
    if (std::filesystem::exists(options.phrase_out)) {
      return fail(ErrorCode::already_exists,
                  options.phrase_out.string() + " is there already; a new phrase is never written over an old one");
    }
    phrase = crypto::make_house_phrase(crypto::system_random());
  } else {
    TRY_ASSIGN(phrase, read_phrase(options.phrase_file));
  }
  TRY_STATUS(check_root_media(options.names.root_media));
  TRY_ASSIGN(Desk desk, Desk::create(options.names, phrase));
  TRY_STATUS(desk.vault().set_setting("desk.name", view(options.name)));
  if (!options.phrase_out.empty()) {
    TRY_STATUS(crypto::replace_file(options.phrase_out, phrase.view()));
    std::printf("house phrase     %s  (write the six words on paper, then remove the file)\n", options.phrase_out.c_str());
  }
  std::printf("organisation     %s\n", desk.vault().organisation().hex().c_str());
  std::printf("root public key  %s\n", to_hex(desk.vault().founding().root.view()).c_str());
  show_root_media(options.names.root_media);
  return {};
}

}  // namespace

void add_init(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<InitOptions>();
  CLI::App* command = program.add_subcommand("init", "make a new organisation: its store, its root key, its first charter");
  command->add_option("--dir", options->names.directory, "where the organisation's store comes")->required();
  command
      ->add_option("--root-dir", options->names.root_media,
                   "where the root key comes: give it twice, for two media; or once, for one that holds a root key already")
      ->required();
  command->add_option("--name", options->name, "what the organisation is called, for you alone")->required();
  auto* in = command->add_option("--phrase-file", options->phrase_file, "file with a house phrase made before, - for standard input");
  command->add_option("--phrase-out", options->phrase_out, "make a new house phrase and write it to this new file")->excludes(in);
  command->callback([options, &chosen] { chosen.run = [options] { return init(*options); }; });
}

}  // namespace huisbord
