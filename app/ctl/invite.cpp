// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl invite: the desk's side of pairing; shows a code, compares six words, admits.
#include <cstdio>
#include <memory>
#include <thread>

#include "app/ctl/command.h"
#include "app/ctl/desk_round.h"
#include "app/ctl/enrolled_staff.h"
#include "app/ctl/words_question.h"
#include "core/crypto/random.h"
#include "core/office/invitation.h"
#include "core/office/readmission.h"
#include "core/pairing/desk_run.h"
#include "core/sync/https_relay.h"
#include "core/sync/meeting_connection.h"

namespace huisbord {
namespace {

constexpr std::chrono::seconds between_moves{1};

struct InviteOptions {
  DeskOptions desk;
  std::string house;
  std::string staff = "woonbegeleider";
  DeviceNumber instead_of = 0;
  HttpsRelay::Settings relay;
  bool typed = false;
};

/// One call; a relay that is not reached for a moment is called again until the run's time is over.
Result<MeetingView> call(MeetingConnection& meeting, DeskRun& run, const PairingMove& move) {
  for (bool told = false;; told = true) {
    auto seen = meeting.make(run.code(), move, {});
    if (seen) return seen;
    const ErrorCode code = seen.error().code;
    if (code != ErrorCode::network && code != ErrorCode::unavailable) return seen;
    if (!told) std::fprintf(stderr, "%s; trying again\n", seen.error().sentence.c_str());
    std::this_thread::sleep_for(between_moves);
    static_cast<void>(run.advance({}, system_clock().running()));
    if (run.end() != PairingEnd::going_on) return seen;
  }
}

/// Until the words are there.
Status meet(MeetingConnection& meeting, DeskRun& run) {
  PairingMove move;
  while (!run.words()) {
    TRY_ASSIGN(const MeetingView seen, call(meeting, run, move));
    move = run.advance(seen, system_clock().running());
    if (run.end() != PairingEnd::going_on) {
      if (move.burn) static_cast<void>(meeting.make(run.code(), move, {}));
      return fail(ErrorCode::refused, sentence(run.end()));
    }
    if (!move.put) std::this_thread::sleep_for(between_moves);
  }
  return {};
}

/// Whose place the kiosk takes, when it is a copy of one that is listed.
Result<std::optional<DeviceId>> former_of(Desk& desk, const House& house, DeviceNumber number) {
  if (number == 0) return std::nullopt;
  TRY_ASSIGN(const Charter charter, desk.vault().held_charter(house.id.as<ScopeTag>()));
  const CharterDevice* const device = charter.device(number);
  if (device == nullptr || device->device_class != DeviceClass::kiosk)
    return fail(ErrorCode::not_found,
                "--instead-of: " + house.name + " has no kiosk " + std::to_string(number) + "; see huisbordctl status");
  TRY_ASSIGN(const FormerKiosk former, find_former(desk.office(), device->id));
  return former.id;
}

Status invite(const InviteOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  TRY_ASSIGN(const bool finished, finish_admission(desk.office(), today));
  if (finished) std::fprintf(stderr, "note: a kiosk whose words were confirmed earlier is admitted now\n");
  TRY_ASSIGN(const House house, desk.find_house(options.house));
  TRY_ASSIGN(const auto former, former_of(desk, house, options.instead_of));
  TRY_ASSIGN(const StaffId staff, enrolled_staff(desk, options.staff, house.id));
  TRY_STATUS(synchronise(desk, options.relay));

  TRY_ASSIGN(const PairingOffer offer, make_offer(desk.office(), house.id, staff));
  Random& random = crypto::system_random();
  DeskRun run(make_code(random), offer, system_clock().running(), random);
  const auto meeting = HttpsMeeting::host(
      {.url = options.relay.url,
       .https = {.authorities = options.relay.authorities, .connect = options.relay.connect, .silence = options.relay.silence}},
      desk.vault(), system_clock());
  TRY_ASSIGN(const MeetingView opened, call(*meeting, run, {}));
  if (opened.state != MeetingState::open) return fail(ErrorCode::refused, sentence(end_of(opened.state)));
  std::printf("code    %s   (type it on the kiosk of %s within 15 minutes)\n", shown(run.code()).c_str(), house.name.c_str());
  std::fflush(stdout);
  TRY_STATUS(meet(*meeting, run));

  const PairingMove answered = run.answer(ask_about(*run.words(), "on the kiosk", options.typed));
  if (run.end() != PairingEnd::going_on) {
    static_cast<void>(call(*meeting, run, answered));
    return fail(ErrorCode::refused, sentence(run.end()));
  }
  TRY_STATUS(admit_paired(desk.office(), house.id, *run.device(), former, today));
  std::printf("admitted %s to %s\n", run.device()->device.hex().c_str(), house.name.c_str());
  if (former) std::printf("kiosk %u is cut: what it had not sent comes from the one that took its place\n", options.instead_of);
  std::fflush(stdout);
  TRY_STATUS(synchronise(desk, options.relay));
  static_cast<void>(meeting->make(run.code(), run.admitted(), {}));
  return {};
}

}  // namespace

void add_invite(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<InviteOptions>();
  CLI::App* command = program.add_subcommand("invite", "let a new kiosk into a house: a code, six words to compare, a yes");
  add_desk_options(*command, options->desk);
  command->add_option("--house", options->house, "the house, by name or identifier")->required();
  command->add_option("--relay", options->relay.url, "URL of the relay")->required();
  command->add_option("--authorities", options->relay.authorities, "file of certificates to trust instead of the system's");
  command->add_option("--staff", options->staff, "for whose passphrase the kiosk's custody key is made");
  command->add_option("--instead-of", options->instead_of,
                      "the kiosk's number until now, when its store is a copy that becomes new (huisbordctl kiosk renew --code)");
  command->add_flag("--typed", options->typed, "do not show the words: they are to be typed as they stand on the kiosk");
  command->callback([options, &chosen] { chosen.run = [options] { return invite(*options); }; });
}

}  // namespace huisbord
