// SPDX-License-Identifier: GPL-3.0-or-later
// A notice of the house or the organisation: some days on the board, in the languages it was written in.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace huisbord {

enum class NoticeIcon : std::uint8_t { megaphone = 1, shower, meeting, repair, key, food, warning };

struct NoticeText {
  std::string title;
  std::string body;
};

struct Notice {
  NoticeId id;
  NoticeIcon icon = NoticeIcon::megaphone;
  Day from;
  Day until;                                ///< last day on the board
  std::map<std::string, NoticeText> texts;  ///< ISO 639-1; Dutch is always there
  bool withdrawn = false;
};

/// The text in that language, else Dutch, else any.
[[nodiscard]] const NoticeText& text_in(const Notice& notice, const std::string& language);
/// From its first day to its last, unless it was taken down.
[[nodiscard]] bool on_the_board(const Notice& notice, Day day);

}  // namespace huisbord
