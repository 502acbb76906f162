// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl: set up an organisation, import, make kiosks, show, verify, simulate.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/ctl/command.h"
#include "core/crypto/start.h"

int main(int argc, char** argv) {
  CLI::App program("huisbordctl: set up an organisation, import, make kiosks, show, verify, simulate", "huisbordctl");
  program.require_subcommand(1);
  huisbord::Chosen chosen;
  huisbord::add_init(program, chosen);
  huisbord::add_root(program, chosen);
  huisbord::add_devices(program, chosen);
  huisbord::add_rule(program, chosen);
  huisbord::add_snapshot(program, chosen);
  huisbord::add_import(program, chosen);
  huisbord::add_invite(program, chosen);
  huisbord::add_kiosk(program, chosen);
  huisbord::add_keyslot(program, chosen);
  huisbord::add_unlock(program, chosen);
  huisbord::add_appointment(program, chosen);
  huisbord::add_notice(program, chosen);
  huisbord::add_task(program, chosen);
  huisbord::add_show(program, chosen);
  huisbord::add_export(program, chosen);
  huisbord::add_verify(program, chosen);
  huisbord::add_resident(program, chosen);
  huisbord::add_replica(program, chosen);
  huisbord::add_erase(program, chosen);
  huisbord::add_backup(program, chosen);
  huisbord::add_restore(program, chosen);
  huisbord::add_simulate(program, chosen);
  huisbord::add_status(program, chosen);
  CLI11_PARSE(program, argc, argv);
  huisbord::Status done = huisbord::crypto::start();
  if (done) done = chosen.run();
  if (done) return 0;
  std::fprintf(stderr, "huisbordctl: %s\n", done.error().sentence.c_str());
  return 1;
}
