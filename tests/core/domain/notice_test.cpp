// SPDX-License-Identifier: GPL-3.0-or-later
// Notices: the language shown, the days on the board.
#include "core/domain/notice.h"

#include <gtest/gtest.h>

namespace huisbord {
namespace {

TEST(Notice, IsShownInTheAskedLanguageElseInDutchElseInAny) {
  Notice notice;
  EXPECT_EQ(text_in(notice, "ar").title, "");
  notice.texts["fr"] = {"Douche", ""};
  EXPECT_EQ(text_in(notice, "ar").title, "Douche");
  notice.texts["nl"] = {"De douche is stuk", ""};
  EXPECT_EQ(text_in(notice, "ar").title, "De douche is stuk");
  EXPECT_EQ(text_in(notice, "fr").title, "Douche");
}

TEST(Notice, HangsFromItsFirstDayToItsLastUnlessWithdrawn) {
  Notice notice;
  notice.from = {100};
  notice.until = {102};
  EXPECT_FALSE(on_the_board(notice, {99}));
  EXPECT_TRUE(on_the_board(notice, {100}));
  EXPECT_TRUE(on_the_board(notice, {102}));
  EXPECT_FALSE(on_the_board(notice, {103}));
  notice.withdrawn = true;
  EXPECT_FALSE(on_the_board(notice, {100}));
}

}  // namespace
}  // namespace huisbord
