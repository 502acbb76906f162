// SPDX-License-Identifier: GPL-3.0-or-later
// One question, one line.
#include "app/ctl/words_question.h"

#include <cstdio>
#include <iostream>

#include "app/ctl/field.h"
#include "core/crypto/words.h"

namespace huisbord {

WordsAgree ask_about(const PairingWords& words, const std::string& other_side, bool hidden) {
  const std::string ours = text_of(words);
  if (hidden) {
    std::printf("type the six words that stand %s\n", other_side.c_str());
  } else {
    std::printf("words   %s\nDo the same six words stand %s, in the same order? yes or no\n", ours.c_str(), other_side.c_str());
  }
  std::fflush(stdout);
  std::string line;
  if (!std::getline(std::cin, line)) return WordsAgree::no;
  if (!hidden && plain_word(line) == "yes") return WordsAgree::yes;
  const auto typed = crypto::normalise_phrase(line);
  return typed && text_view(typed->view()) == ours ? WordsAgree::yes : WordsAgree::no;
}

}  // namespace huisbord
