// SPDX-License-Identifier: GPL-3.0-or-later
// packaging/setup derives the mirror of the backports from apt sources of every form; its functions are asked one by one, nothing is
// installed.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

namespace fs = std::filesystem;

/// A folder like /etc/apt, and packaging/setup's functions asked about it.
class SetupSources : public testing::Test {
 protected:
  void SetUp() override {
    etc_ = fs::path(testing::TempDir()) /
           ("huisbord-apt-" + std::to_string(getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(etc_);
    fs::create_directories(etc_ / "sources.list.d");
  }
  void TearDown() override { fs::remove_all(etc_); }

  void write(const std::string& file, const std::string& text) const { std::ofstream(etc_ / file) << text; }

  struct Answer {
    int status;
    std::string text;
  };

  /// Sources packaging/setup and runs one command of it; $etc stands for the folder.
  [[nodiscard]] Answer ask(const std::string& command) const {
    const std::string line = "etc='" + etc_.string() + "' bash -c '. \"" HUISBORD_SOURCE_DIR "/packaging/setup\"; " + command + "' 2>&1";
    FILE* pipe = popen(line.c_str(), "r");
    std::string text;
    std::array<char, 512> part{};
    while (const auto got = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), got);
    return {pclose(pipe), text};
  }

 private:
  fs::path etc_;
};

const std::string one_line =
    "# deb http://old.example/debian bookworm main\n"
    "deb cdrom:[Debian GNU/Linux 12.5.0 _Bookworm_ - Official amd64]/ bookworm main\n"
    "deb-src http://source.example/debian bookworm main\n"
    "deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian bookworm main contrib # ours\n"
    "deb http://mirror.example/debian bookworm-updates main\n";

TEST_F(SetupSources, ReadsOneLineSources) {
  write("sources.list", one_line);
  const auto answer = ask("backports_sources \"$etc\" bookworm");
  EXPECT_EQ(answer.status, 0);
  EXPECT_EQ(answer.text,
            "Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm-backports\nComponents: main\n"
            "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n");
}

TEST_F(SetupSources, ReadsDeb822Sources) {
  write("sources.list.d/debian.sources",
        "Types: deb deb-src\n# a remark\nURIs: http://mirror.example/debian/\nSuites: bookworm bookworm-updates\nComponents: main\n"
        "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n"
        "types: deb\nuris: http://mirror.example/debian-security\nsuites: bookworm-security\ncomponents: main\n");
  const auto answer = ask("backports_sources \"$etc\" bookworm");
  EXPECT_EQ(answer.text,
            "Types: deb\nURIs: http://mirror.example/debian/\nSuites: bookworm-backports\nComponents: main\n"
            "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n");
}

TEST_F(SetupSources, KeepsAKeyThatStandsInTheSources) {
  write("sources.list.d/debian.sources",
        "Types: deb\nURIs:\n http://mirror.example/debian\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN PGP PUBLIC KEY "
        "BLOCK-----\n .\n mQINBF\n");
  const auto answer = ask("backports_sources \"$etc\" bookworm");
  EXPECT_EQ(answer.text,
            "Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm-backports\nComponents: main\n"
            "Signed-By: \n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n");
}

TEST_F(SetupSources, PassesBySourcesThatAreSwitchedOff) {
  write("sources.list.d/a.sources", "Types: deb\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main\nEnabled: no\n");
  write("sources.list.d/b.sources", "Types: deb-src\nURIs: http://source.example/debian\nSuites: bookworm\nComponents: main\n");
  write("sources.list.d/c.sources.disabled", "Types: deb\nURIs: http://disabled.example/debian\nSuites: bookworm\nComponents: main\n");
  EXPECT_NE(ask("debian_mirror \"$etc\" bookworm").status, 0);
}

TEST_F(SetupSources, BelievesDebianBeforeAnotherMakersArchive) {
  write("sources.list.d/a.list", "deb [signed-by=/etc/apt/keyrings/maker.gpg] http://maker.example bookworm main\n");
  write("sources.list.d/z.list", "deb http://mirror.example/pub/debian bookworm main\n");
  EXPECT_EQ(ask("debian_mirror \"$etc\" bookworm").text, "http://mirror.example/pub/debian\t\n");
}

TEST_F(SetupSources, AcceptsAMirrorListAndTheNameStable) {
  write("sources.list", "deb mirror+file:/etc/apt/mirrors/debian.list stable main\n");
  EXPECT_EQ(ask("debian_mirror \"$etc\" bookworm").text, "mirror+file:/etc/apt/mirrors/debian.list\t\n");
}

TEST_F(SetupSources, SeesThatTheSuiteIsThere) {
  write("sources.list", one_line);
  EXPECT_NE(ask("has_suite \"$etc\" bookworm-backports").status, 0);
  write("sources.list.d/own.list", "deb http://mirror.example/debian bookworm-backports main\n");
  EXPECT_EQ(ask("has_suite \"$etc\" bookworm-backports").status, 0);
}

TEST_F(SetupSources, FindsWhatItWroteItself) {
  write("sources.list", one_line);
  EXPECT_EQ(
      ask("backports_sources \"$etc\" bookworm >\"$etc\"/sources.list.d/huisbord-backports.sources; has_suite \"$etc\" bookworm-backports")
          .status,
      0);
}

TEST_F(SetupSources, RefusesAMachineWithoutSources) { EXPECT_NE(ask("backports_sources \"$etc\" bookworm").status, 0); }

TEST_F(SetupSources, PinsTheSuiteToSqlcipherAlone) {
  EXPECT_EQ(ask("backports_pin bookworm").text,
            "Package: *\nPin: release n=bookworm-backports\nPin-Priority: 1\n\n"
            "Package: libsqlcipher* sqlcipher\nPin: release n=bookworm-backports\nPin-Priority: 990\n");
}

TEST_F(SetupSources, ListsThePackagesThatAreMissing) {
  EXPECT_EQ(ask("missing_packages bash huisbord-no-such-package").text, "huisbord-no-such-package\n");
  EXPECT_EQ(ask("missing_packages bash coreutils").text, "");
}

TEST_F(SetupSources, NamesNoHost) { EXPECT_NE(ask("grep -E \"https?://\" \"" HUISBORD_SOURCE_DIR "/packaging/setup\"").status, 0); }

}  // namespace
