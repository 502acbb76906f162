// SPDX-License-Identifier: GPL-3.0-or-later
// Which of a notice's texts is shown, and when it hangs on the board.
#include "core/domain/notice.h"

namespace huisbord {

const NoticeText& text_in(const Notice& notice, const std::string& language) {
  static const NoticeText nothing;
  if (const auto found = notice.texts.find(language); found != notice.texts.end()) return found->second;
  if (const auto dutch = notice.texts.find("nl"); dutch != notice.texts.end()) return dutch->second;
  return notice.texts.empty() ? nothing : notice.texts.begin()->second;
}

bool on_the_board(const Notice& notice, Day day) { return !notice.withdrawn && notice.from <= day && day <= notice.until; }

}  // namespace huisbord
