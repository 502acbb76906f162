// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl kiosk renew, at a kiosk whose store is a copy; huisbordctl kiosk readmit, at the office that takes it in again.
#include <cstdio>
#include <memory>
#include <thread>

#include "app/ctl/command.h"
#include "app/ctl/desk_round.h"
#include "app/ctl/field.h"
#include "app/ctl/guest_talk.h"
#include "app/ctl/secret_file.h"
#include "app/ctl/words_question.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/words.h"
#include "core/joining/renewal.h"
#include "core/office/readmission.h"
#include "core/sync/sync_round.h"

namespace huisbord {
namespace {

constexpr std::size_t largest_request = 1024;

struct RenewOptions {
  DeskOptions store;
  std::filesystem::path out;
  std::string code;
  HttpsRelay::Settings relay;
  bool copied = false;
  bool typed = false;
};

struct ReadmitOptions {
  DeskOptions desk;
  std::filesystem::path request;
  std::string words;
  HttpsRelay::Settings relay;
  bool keep_former = false;
};

Status check_copy(Vault& kiosk, bool copied) {
  if (kiosk.must_become_new()) return {};
  if (!copied)
    return fail(
        ErrorCode::refused,
        "this kiosk's store is no copy as far as it knows: it stays the kiosk that it is. If its folder was put back from a backup or "
        "copied from another kiosk, say so with --copied");
  TRY_STATUS(kiosk.mark_copied());
  if (kiosk.must_become_new()) return {};
  return fail(ErrorCode::refused, "this kiosk has not joined its office yet: pair it anew in an empty folder (huisbordctl kiosk pair)");
}

Status ask_by_file(Vault& kiosk, const std::filesystem::path& out) {
  TRY_ASSIGN(const Bytes request, readmission_request(kiosk));
  TRY_STATUS(crypto::replace_file(out, request));
  std::printf(
      "request  %s  (nothing in it is secret: carry or mail it to the office, for huisbordctl kiosk readmit)\nwords    %s  (say them to "
      "the "
      "office by telephone: the same six stand there)\n",
      out.c_str(), text_of(readmission_words(request)).c_str());
  return {};
}

/// Rounds until the charters of every scope list the new device, and one more that sends what had waited.
Status wait_for_charters(Vault& kiosk, const HttpsRelay::Settings& settings) {
  TRY_ASSIGN(const auto relay, HttpsRelay::open(settings, kiosk, system_clock()));
  SyncRound rounds(kiosk, *relay, system_clock());
  for (int waits = 0;; ++waits) {
    const bool waiting = kiosk.must_become_new();
    const RoundReport round = rounds.run({});
    if (round.failure && round.failure->code != ErrorCode::network) return std::unexpected(*round.failure);
    if (!waiting && !round.failure) {
      std::printf("sent     %zu segments, %zu operations wait\n", round.segments_pushed(), round.waiting);
      return {};
    }
    if (waits == most_looks)
      return fail(ErrorCode::unavailable, "the office has not taken this kiosk in yet; the kiosk's own program goes on asking");
    if (waiting) std::this_thread::sleep_for(between_looks);
  }
}

Status ask_by_code(Vault& kiosk, const PairingDevice& device, const RenewOptions& options) {
  if (options.relay.url.empty()) return fail(ErrorCode::invalid, "--relay is needed with --code: kiosk and office meet there");
  TRY_ASSIGN(const PairingCode code, parse_code(options.code));
  GuestTalk talk(options.relay, code, device);
  TRY_ASSIGN(const PairingOffer offer, talk.compare(options.typed));
  TRY_STATUS(check_same_office(kiosk, offer));
  TRY_STATUS(talk.wait_for_yes());
  return wait_for_charters(kiosk, options.relay);
}

Status renew(const RenewOptions& options) {
  if (options.out.empty() == options.code.empty())
    return fail(ErrorCode::invalid,
                "say how the office hears of it: --out for a file to carry there, or --code and --relay as "
                "huisbordctl invite --instead-of shows it");
  TRY_ASSIGN(const auto kiosk, open_store(options.store));
  if (kiosk->setting("desk.delegated").value_or(std::nullopt))
    return fail(ErrorCode::invalid, "this is a desk's store: huisbordctl device renew is for that");
  TRY_STATUS(check_copy(*kiosk, options.copied));
  TRY_ASSIGN(const PairingDevice device, renewed_device(*kiosk));
  TRY_STATUS(options.out.empty() ? ask_by_code(*kiosk, device, options) : ask_by_file(*kiosk, options.out));
  std::printf("kiosk    %s  (as which it goes on; if it opened alone until now: huisbordctl keyslot add once more)\n",
              device.device.hex().c_str());
  return {};
}

WordsAgree compare(const ReadmitOptions& options, const PairingWords& words) {
  if (options.words.empty()) return ask_about(words, "at the kiosk", false);
  const auto given = crypto::normalise_phrase(options.words);
  return given && text_view(given->view()) == text_of(words) ? WordsAgree::yes : WordsAgree::no;
}

Status readmit(const ReadmitOptions& options) {
  TRY_ASSIGN(const Bytes bytes, crypto::read_small_file(options.request, largest_request));
  TRY_ASSIGN(const ReadmissionRequest request, read_readmission(bytes));
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  if (!options.relay.url.empty()) TRY_STATUS(synchronise(desk, options.relay));
  TRY_ASSIGN(const FormerKiosk former, find_former(desk.office(), bytes));
  TRY_ASSIGN(const auto house, desk.vault().house(former.house));
  const std::string name = house ? house->name : former.house.hex();
  std::printf("kiosk %u of %s asks to be taken in again as %s\n", former.number, name.c_str(), request.device.device.hex().c_str());
  if (compare(options, readmission_words(bytes)) == WordsAgree::no)
    return fail(ErrorCode::refused, "the words are not the same: nothing was done. Get the file again from the kiosk itself");
  TRY_ASSIGN(const auto cuts,
             readmit_kiosk(desk.office(), former, request.device, options.keep_former ? FormerEnd::kept : FormerEnd::cut, today));
  TRY_ASSIGN(const Charter charter, desk.vault().held_charter(former.house.as<ScopeTag>()));
  std::printf("kiosk %u of %s is taken in\n", charter.device(request.device.device)->number, name.c_str());
  for (const MadeCut& made : cuts)
    std::printf("scope %s  device %u  cut at %llu\n", made.scope.hex().c_str(), made.device,
                static_cast<unsigned long long>(made.cut.number));
  if (!options.relay.url.empty()) return synchronise(desk, options.relay);
  std::printf("goes to the relay with the next huisbordctl replica\n");
  return {};
}

}  // namespace

void add_kiosk_renew(CLI::App& kiosk, Chosen& chosen) {
  const auto options = std::make_shared<RenewOptions>();
  CLI::App* command =
      kiosk.add_subcommand("renew", "at a kiosk whose store was put back or copied: ask the office to take it in as a new one");
  command->add_option("--dir", options->store.directory, "the kiosk's store")->required();
  command->add_option("--phrase-file", options->store.phrase_file,
                      "file with the kiosk's house phrase, - for standard input (else HUISBORD_PHRASE, else asked for)");
  command->add_flag("--copied", options->copied, "this folder was put back from a backup or copied, though nothing has shown it yet");
  command->add_option("--out", options->out, "write the file that asks the office");
  command->add_option("--code", options->code, "or meet the office at the relay: as huisbordctl invite --instead-of shows it");
  command->add_option("--relay", options->relay.url, "URL of the relay, with --code");
  command->add_option("--authorities", options->relay.authorities, "file of certificates to trust instead of the system's");
  command->add_flag("--typed", options->typed, "do not show the words: they are to be typed as they stand at the desk");
  command->callback([options, &chosen] { chosen.run = [options] { return renew(*options); }; });
}

void add_kiosk_readmit(CLI::App& kiosk, Chosen& chosen) {
  const auto options = std::make_shared<ReadmitOptions>();
  CLI::App* command = kiosk.add_subcommand("readmit", "at the office: take in a kiosk that asks with huisbordctl kiosk renew");
  add_desk_options(*command, options->desk);
  command->add_option("--request", options->request, "the file that the kiosk wrote")->required();
  command->add_option("--words", options->words, "the six words that stand at the kiosk (else they are shown, and you are asked)");
  command->add_flag("--keep-former", options->keep_former,
                    "do not cut the one that it was: that store goes on on another machine (else it is cut where its chain is held here)");
  command->add_option("--relay", options->relay.url, "URL of the relay: takes the newest before, and sends the charters after");
  command->add_option("--authorities", options->relay.authorities, "file of certificates to trust instead of the system's");
  command->callback([options, &chosen] { chosen.run = [options] { return readmit(*options); }; });
}

}  // namespace huisbord
