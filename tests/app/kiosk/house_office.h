// SPDX-License-Identifier: GPL-3.0-or-later
// A real relay, a desk's folder with one house, and huisbordctl's commands, for kiosks that meet them.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "core/crypto/start.h"
#include "tests/app/kiosk/driven_kiosk.h"
#include "tests/support/child_program.h"
#include "tests/support/temporary_folder.h"

namespace huisbord {

class HouseOffice : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(crypto::start());
    write("people.csv",
          "huis;woongroep;kamer;roepnaam;symbool;taal;instroom;casemanager juridisch;casemanager sociaal\n"
          "Huis Zuid;Groep 1;1;Winta;fiets;nl;09-07-2026;;\n");
    ctl({"init", "--dir", path("desk"), "--root-dir", path("root"), "--root-dir", path("copy"), "--name", "Test", "--phrase-out",
         path("phrase")});
    std::smatch found;
    ASSERT_TRUE(std::regex_search(said_, found, std::regex("[0-9a-f]{64}")));
    root_ = found.str();
    at_desk({"import", "people", path("people.csv")});
    start_relay("127.0.0.1:0");
    url_ = "http://" + listening_;
  }
  /// Anew on the same address: what it kept is in its folder.
  void start_relay(const std::string& address) {
    relay_.reset();
    relay_.emplace(programs + "huisbord-relay",
                   std::vector<std::string>{"--listen", address, "--data", path("relay"), "--root", root_, "--log-level", "off"});
    const std::string line = relay_->line();
    listening_ = line.substr(line.rfind(' ') + 1);
  }
  /// A kiosk of the house, which the relay knows: folder "kiosk" with its key in "kiosk.key".
  void make_kiosk() {
    write("staff", passphrase);
    at_desk({"kiosk", "make", "--house", "Huis Zuid", "--out", path("kiosk"), "--kiosk-phrase-file", path("kiosk.phrase"),
             "--staff-passphrase-file", path("staff"), "--relay", url_, "--store-key-out", path("kiosk.key")});
    at_desk({"replica", "--once", "--relay", url_});
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_.path() / name) << text; }
  void ctl(const std::vector<std::string>& words) {
    ChildProgram program(programs + "huisbordctl", words);
    said_ = program.rest();
    ASSERT_EQ(program.wait(), 0) << words[0] << ": " << program.errors();
  }
  void at_desk(std::vector<std::string> words) {
    for (const std::string& word : {std::string("--dir"), path("desk"), std::string("--phrase-file"), path("phrase")})
      words.push_back(word);
    ctl(words);
  }
  /// The desk of one invitation, with somebody who types there.
  struct Desk {
    Desk(const std::string& folder, const std::string& url, const std::string& more = "")
        : program("bash", {"-c",
                           "cd \"$0\" && rm -f answer && mkfifo answer && exec 3<> answer && exec \"$1\" invite --dir desk "
                           "--phrase-file phrase --house 'Huis Zuid' --relay \"$2\" $3 <&3",
                           folder, programs + "huisbordctl", url, more}),
          answer_file(folder + "/answer") {}
    /// What follows a word at the beginning of a line.
    std::string next(const std::string& begin) {
      for (std::string line = program.line(); !line.empty(); line = program.line())
        if (line.starts_with(begin)) return line.substr(line.find_first_not_of(' ', begin.size()));
      ADD_FAILURE() << "the desk never said " << begin << ": " << program.errors();
      return {};
    }
    void answer(const std::string& text) const { std::ofstream(answer_file) << text << "\n"; }
    ChildProgram program;
    std::string answer_file;
  };
  /// "ABCD-EFGH   (type it ...": its letters.
  static std::string letters_of(const std::string& code) { return code.size() < 9 ? code : code.substr(0, 4) + code.substr(5, 4); }

  /// From the glass that asks for the code to yes on both sides, by two people who compare the words.
  static void pair(DrivenKiosk& kiosk, Desk& desk) {
    using i18n::Key;
    kiosk.type(letters_of(desk.next("code")));
    const std::string words = desk.next("words");
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.words.title"))));
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      EXPECT_TRUE(kiosk.shows("\"name\":\"" + words.substr(at, end - at) + "\"")) << "the same words on both sides";
      at = end + 1;
    }
    kiosk.tap(kiosk.say(Key("pair.words.yes")));
    kiosk.see(kiosk.say(Key("pair.waiting_for_yes")));
    desk.answer("yes");
  }

  static inline const std::string programs = std::string(HUISBORD_BINARY_DIR) + "/bin/";
  static constexpr const char* passphrase = "groene fiets";
  TemporaryFolder folder_;
  std::optional<ChildProgram> relay_;
  std::string root_, listening_, url_, said_;
};

}  // namespace huisbord
