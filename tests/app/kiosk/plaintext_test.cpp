// SPDX-License-Identifier: GPL-3.0-or-later
// No plaintext outside the process: every file that the programs write for a house is searched for its people's names and values.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "tests/app/kiosk/driven_kiosk.h"
#include "tests/support/child_program.h"

namespace huisbord {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> secrets{"Qelbixo",     "Zwaniroem",         "Oxtermaal",      "Verblijfsgesprek Wq",
                                       "Gracht Xylo", "sleutel Zyx kwijt", "groene fiets Vq"};

class Plaintext : public testing::Test {
 protected:
  Plaintext() {
    for (const char* name : {"in", "tmp", "kiosk", "relay"}) fs::create_directory(top() / name);
    ::setenv("TMPDIR", (top() / "tmp").c_str(), 1);
    write("in/people.csv",
          "huis;woongroep;kamer;roepnaam;symbool;taal;instroom;casemanager juridisch;casemanager sociaal\n"
          "Huis Zuid;Groep 1;1;Qelbixo;fiets;nl;09-07-2026;Oxtermaal;\nHuis Zuid;Groep 1;2;Zwaniroem;berg;nl;09-07-2026;;\n");
    write("in/leefgeld.csv",
          "huis;kamer;roepnaam;datum;soort;bedrag;reden\nHuis Zuid;1;Qelbixo;05-11-2026;toekenning;50,00;sleutel Zyx kwijt\n");
    write("in/calendar.ics",
          "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//NL\r\nBEGIN:VEVENT\r\nUID:a@t\r\nDTSTAMP:20260101T000000Z\r\n"
          "DTSTART;TZID=Europe/Amsterdam:" +
              in_a_week() + "T103000\r\nDTEND;TZID=Europe/Amsterdam:" + in_a_week() +
              "T113000\r\nSUMMARY:Verblijfsgesprek Wq\r\nLOCATION:Gracht Xylo\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    write("in/staff", "groene fiets Vq");
  }
  ~Plaintext() override { ::unsetenv("TMPDIR"); }
  [[nodiscard]] const fs::path& top() const { return folder_.path(); }
  [[nodiscard]] std::string path(const std::string& name) const { return (top() / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(top() / name, std::ios::binary) << text; }
  static std::string in_a_week() {
    const auto day = Day{static_cast<std::int32_t>(system_clock().now().value / 86'400'000) + 7}.ymd();
    char text[16];
    std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                  static_cast<unsigned>(day.day()));
    return text;
  }
  /// What it printed; fails the test when the command does.
  std::string ctl(std::vector<std::string> words, bool desk = true) const {
    if (desk) words.insert(words.end(), {"--dir", path("desk"), "--phrase-file", path("phrase")});
    ChildProgram program(std::string(HUISBORD_BINARY_DIR) + "/bin/huisbordctl", words);
    const std::string said = program.rest();
    EXPECT_EQ(program.wait(), 0) << words[0] << " " << words[1] << ": " << program.errors();
    logs_ += said + program.errors();
    return said;
  }
  /// Every file below the folder but what was put in, and what the programs said, that holds a secret.
  [[nodiscard]] std::string found(bool also_what_was_put_in = false) const {
    std::string all;
    const auto look = [&](const std::string& name, const std::string& bytes) {
      for (const std::string& secret : secrets) {
        std::string wide;
        for (const char c : secret) wide += std::string{c, '\0'};
        if (bytes.find(secret) != std::string::npos || bytes.find(wide) != std::string::npos) all += name + " holds " + secret + "\n";
      }
    };
    for (const auto& entry : fs::recursive_directory_iterator(top())) {
      if (!entry.is_regular_file() || (!also_what_was_put_in && entry.path().parent_path() == top() / "in")) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      look(entry.path().filename(), {std::istreambuf_iterator<char>(in), {}});
    }
    look("what the programs said", logs_);
    return all;
  }

  TemporaryFolder folder_;
  mutable std::string logs_;
};

TEST_F(Plaintext, StandsInNoFileOfAHouseThatWasUsed) {
  write("in/wide", [] {
    std::string wide;
    for (const char c : secrets[0]) wide += std::string{c, '\0'};
    return wide;
  }());
  const std::string control = found(true);
  for (const char* file : {"people.csv", "leefgeld.csv", "calendar.ics", "staff", "wide"})
    EXPECT_NE(control.find(std::string(file) + " holds"), std::string::npos) << "the search must find it in " << file;

  ctl({"init", "--dir", path("desk"), "--root-dir", path("root"), "--root-dir", path("root-copy"), "--name", "Test", "--phrase-out",
       path("phrase")},
      false);
  ctl({"import", "people", path("in/people.csv")});
  ctl({"import", "leefgeld", path("in/leefgeld.csv")});
  ctl({"import", "appointments", path("in/calendar.ics"), "--person", "1/fiets"});
  std::smatch root;
  ASSERT_TRUE(std::regex_search(logs_, root, std::regex("[0-9a-f]{64}"))) << "init names the public root key";
  ChildProgram relay(std::string(HUISBORD_BINARY_DIR) + "/bin/huisbord-relay",
                     {"--listen", "127.0.0.1:0", "--data", path("relay"), "--root", root.str()});
  const std::string line = relay.line();
  const std::string url = "http://" + line.substr(line.rfind(' ') + 1);
  ctl({"kiosk", "make", "--house", "Huis Zuid", "--out", path("kiosk/k"), "--kiosk-phrase-file", path("kiosk-phrase"),
       "--staff-passphrase-file", path("in/staff"), "--relay", url, "--store-key-out", path("store-key")});
  std::string pin = ctl({"kiosk", "pin", "--dir", path("kiosk/k"), "--phrase-file", path("kiosk-phrase"), "--staff-passphrase-file",
                         path("in/staff"), "--room", "1", "--symbol", "fiets"},
                        false);
  pin.resize(6);
  ctl({"replica", "--relay", url, "--once"});

  KioskOptions options;
  options.folder = path("kiosk/k");
  options.store_key = path("store-key");
  options.frame_log = path("frames");
  options.tick_seconds = 0.3;
  DrivenKiosk driven(options);
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    if (!kiosk.sign_in("1", pin)) return;
    EXPECT_TRUE(kiosk.shows(secrets[0]));
    kiosk.tap(kiosk.say(i18n::Key("answer.come")));
    kiosk.see(kiosk.say(i18n::Key("toast.undo")));
    kiosk.tap(kiosk.say(i18n::Key("home.leefgeld")));
    DrivenKiosk::rest();
    EXPECT_EQ(found(), "") << "while somebody is signed in";
    kiosk.tap(kiosk.say(i18n::Key("bar.stop")));
    DrivenKiosk::rest();
  }),
            0);
  ctl({"replica", "--relay", url, "--once"});
  relay.kill(SIGTERM);
  EXPECT_EQ(relay.wait(), 0);
  logs_ += relay.rest() + relay.errors();
  EXPECT_EQ(found(), "");
}

}  // namespace
}  // namespace huisbord
