// SPDX-License-Identifier: GPL-3.0-or-later
// Commands of huisbordctl as an operator types them, in this process, with what they say; and the organisation that they are about.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "app/ctl/command.h"
#include "core/crypto/durable_file.h"
#include "tests/app/ctl/temporary_desk.h"

namespace huisbord {

class CommandLine : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(crypto::start());
    ASSERT_TRUE(run("init --dir " + dir() + " --root-dir " + path("root") + " --root-dir " + path("root-copy") +
                    " --name Test --phrase-out " + path("phrase")));
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / name).string(); }
  [[nodiscard]] std::string dir() const { return path("desk"); }
  [[nodiscard]] std::string access() const { return " --dir " + dir() + " --phrase-file " + path("phrase") + " --today 2026-11-21"; }
  /// What it printed stands in `said`.
  Status run(const std::string& line) {
    CLI::App program;
    Chosen chosen;
    for (auto* add :
         {add_init, add_root,   add_devices, add_rule,   add_snapshot,    add_import, add_export,   add_kiosk, add_keyslot, add_unlock,
          add_show, add_status, add_task,    add_notice, add_appointment, add_verify, add_simulate, add_erase, add_backup,  add_restore})
      add(program, chosen);
    testing::internal::CaptureStdout();
    const Status done = [&]() -> Status {
      try {
        program.parse(line);
      } catch (const CLI::ParseError& error) {
        return fail(ErrorCode::parse, error.what());
      }
      return chosen.run();
    }();
    std::fflush(stdout);
    said = testing::internal::GetCapturedStdout();
    return done;
  }
  /// The sentence of a command that must be refused.
  std::string refused(const std::string& line) {
    const Status done = run(line);
    EXPECT_FALSE(done) << line;
    return done ? "" : done.error().sentence;
  }
  void expect_done(const std::string& line) {
    const Status done = run(line);
    EXPECT_TRUE(done) << line << ": " << (done ? "" : done.error().sentence);
  }
  [[nodiscard]] bool has_said(const std::string& words) const { return said.find(words) != std::string::npos; }
  [[nodiscard]] crypto::SecretBytes phrase_in(const std::string& name) const {
    return crypto::normalise_phrase(to_string(read_source(path(name), 1000).value())).value();
  }
  Desk open_desk() { return std::move(Desk::open(dir(), phrase_in("phrase")).value()); }
  /// With the residents of the fixtures and a kiosk in Huis Zuid.
  void fill_house() {
    expect_done("import people " + fixture_path("people.csv").string() + access());
    write(path("staff"), "een lange zin van staf");
    expect_done("kiosk make --house 'huis zuid' --out " + path("kiosk") + " --kiosk-phrase-file " + path("kiosk-phrase") +
                " --staff-passphrase-file " + path("staff") + access());
  }
  std::unique_ptr<Vault> open_kiosk(const VaultOptions& options = {}) {
    auto vault = Vault::open(vault_path(path("kiosk")), open_store_key(path("kiosk"), phrase_in("kiosk-phrase")).value(), options);
    EXPECT_TRUE(vault) << (vault ? "" : vault.error().sentence);
    return std::move(*vault);
  }
  static void write(const std::string& file, const std::string& text) { ASSERT_TRUE(crypto::replace_file(file, view(text))); }

  TemporaryFolder folder;
  std::string said;
};

}  // namespace huisbord
