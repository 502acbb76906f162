// SPDX-License-Identifier: GPL-3.0-or-later
// The includes of this tree follow core/layers.txt, and the check finds every kind of include that does not.
#include "tests/repo/layers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace huisbord::repo {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<SourceFile>& this_tree() {
  static const auto tree = read_tree(HUISBORD_SOURCE_DIR);
  return tree;
}

TEST(Includes, OfThisTreeFollowTheLayers) {
  const Findings findings = check_includes(this_tree());
  EXPECT_THAT(findings, IsEmpty()) << listed(findings);
}

TEST(Links, OfThisTreeFollowTheLayers) {
  const Findings findings = check_links(this_tree());
  EXPECT_THAT(findings, IsEmpty()) << listed(findings);
}

TEST(Links, TheRelayIsBlind) {
  const auto linked = linked_folders(this_tree(), "app/relay");
  EXPECT_TRUE(linked.contains("core/sync/wire")) << "the relay's line in CMakeLists.txt was not read";
  for (const char* seeing : {"core/domain", "core/journal", "core/store", "core/i18n", "core/sync"})
    EXPECT_FALSE(linked.contains(seeing)) << seeing;
}

// From here on the check is fed with wrong trees: a check that finds nothing in these would find nothing anywhere.

const SourceFile layers{
    "core/layers.txt",
    {"core/base -", "core/crypto core/base", "core/domain core/base", "core/journal core/base core/crypto",
     "app/kiosk core/base app/kiosk/screens", "app/kiosk/screens core/base core/domain app/kiosk/actions.h", "app/desk core/base"}};

std::vector<SourceFile> with(SourceFile wrong) {
  std::vector<SourceFile> tree{layers, {"app/kiosk/actions.h", {}}, {"core/base/bytes.h", {"#include <vector>"}}};
  tree.push_back(std::move(wrong));
  return tree;
}

TEST(IncludeCheck, IsContentWithAnAllowedInclude) {
  EXPECT_THAT(check_includes(with({"core/journal/a.cpp", {"#include \"core/base/bytes.h\"", "#include <span>"}})), IsEmpty());
  EXPECT_THAT(check_includes(with({"app/kiosk/screens/a.cpp", {"#include \"app/kiosk/actions.h\""}})), IsEmpty());
}

TEST(IncludeCheck, FindsTheJournalIncludingDomain) {
  EXPECT_THAT(check_includes(with({"core/journal/a.cpp", {"", "#include \"core/domain/task.h\""}})),
              ElementsAre("core/journal/a.cpp:2 includes core/domain/task.h, which core/layers.txt does not allow"));
}

TEST(IncludeCheck, FindsAScreenThatReachesPastTheActions) {
  EXPECT_THAT(check_includes(with({"app/kiosk/screens/a.cpp", {"#include \"app/kiosk/wiring.h\""}})),
              ElementsAre(HasSubstr("app/kiosk/wiring.h")));
}

TEST(IncludeCheck, FindsAnAppThatIncludesAnother) {
  EXPECT_THAT(check_includes(with({"app/desk/a.cpp", {"#include \"app/kiosk/actions.h\""}})),
              ElementsAre(HasSubstr("app/kiosk/actions.h")));
}

TEST(IncludeCheck, FindsAFolderWithoutALine) {
  EXPECT_THAT(check_includes(with({"core/rumour/a.h", {}})), ElementsAre("core/rumour has no line in core/layers.txt"));
}

TEST(IncludeCheck, FindsProductThatIncludesTests) {
  EXPECT_THAT(check_includes(with({"core/base/a.cpp", {"#include \"tests/support/fake.h\""}})),
              ElementsAre(HasSubstr("no product file includes tests/")));
}

TEST(IncludeCheck, FindsAnIncludeByItsBareName) {
  EXPECT_THAT(check_includes(with({"core/base/a.cpp", {"#include \"bytes.h\""}})), ElementsAre(HasSubstr("from the top of the tree")));
}

TEST(IncludeCheck, FindsEveryLibraryOutsideItsGate) {
  for (const char* header :
       {"sodium.h", "sqlite3.h", "sqlcipher/sqlite3.h", "curl/curl.h", "imgui.h", "imgui_internal.h", "SDL.h", "SDL2/SDL.h",
        "pango/pangoft2.h", "boost/asio.hpp", "boost/beast/http.hpp", "zstd.h", "libical/ical.h", "spdlog/spdlog.h"}) {
    EXPECT_THAT(check_includes(with({"core/base/a.cpp", {std::string("# include <") + header + ">"}})), ElementsAre(HasSubstr(header)));
  }
  EXPECT_THAT(check_includes(with({"core/crypto/a.cpp", {"#include <sodium.h>"}})), IsEmpty());
}

TEST(IncludeCheck, FindsDomainReadingTheWorld) {
  EXPECT_THAT(check_includes(with({"core/domain/a.cpp", {"#include <fstream>"}})), ElementsAre(HasSubstr("domain reads no clock")));
}

TEST(IncludeCheck, FindsATreeWithoutLayers) {
  EXPECT_THAT(check_includes({{"core/base/a.h", {}}}), testing::Contains(HasSubstr("missing or empty")));
}

TEST(IncludeCheck, FindsALineThatNamesNothing) {
  EXPECT_THAT(check_includes({{"core/layers.txt", {"core/base core/basement"}}}), ElementsAre(HasSubstr("core/basement")));
}

TEST(LinkCheck, FindsALinkThatLayersForbid) {
  EXPECT_THAT(check_links({layers, {"CMakeLists.txt", {"huisbord_folder(core/journal USES core/base core/domain LIBRARIES x)"}}}),
              ElementsAre(HasSubstr("core/journal to core/domain")));
}

TEST(LinkCheck, FollowsLinksThroughOtherFolders) {
  EXPECT_THAT(linked_folders({{"CMakeLists.txt", {"huisbord_folder(a USES b LIBRARIES z)", "huisbord_folder(b   USES c)"}}}, "a"),
              ElementsAre("b", "c"));
}

}  // namespace huisbord::repo
