// SPDX-License-Identifier: GPL-3.0-or-later
// The words on screen: a key of ours becomes a text in the reader's language, or else in Dutch.
//
// Keys. A message id is a short dotted name, not a text: "home.next_appointment", made of a-z, 0-9, _ and dots; first the screen or thing,
// then what it says. locale/nl.po is the source language and names the rules for texts; a key is added there and in en.po, ar.po and
// ti.po in the same commit (tests/core/i18n reads every Key("...") of app/kiosk and fails for one that a catalogue lacks).
//     c.text(Key("home.title"))
//     c.text(Key("home.hello"), {{"name", person.name}})               msgstr "Dag {name}"
//     c.plural(Key("home.messages_new"), n)                            msgstr[0] "{n} nieuw bericht"
//
// Why Boost.Locale's gettext facet alone, and not its ICU back end: measured on Debian 12 with four languages, a generator on ICU adds 8.0
// MB of proportional memory and 5 ms to the start; the facet alone adds 3.4 MB and 1.3 ms, all of it for the libraries that the facet is
// linked with. What ICU would format it formats against our rules: its Arabic digits are not 0-9, its amounts follow the country. So
// days, months and amounts are words and patterns of the catalogue (dates.h, money.h).
#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/i18n/direction.h"
#include "core/i18n/language.h"

namespace huisbord::i18n {

/// The name of a text. Only from a literal, so that a test can find each of them, and never a text itself.
struct Key {
  consteval explicit Key(const char* literal) : id(literal) {
    for (const char* c = literal; *c != '\0'; ++c) {
      const bool allowed = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_' || *c == '.';
      if (!allowed) throw "a key is made of a-z 0-9 _ and dots";
    }
  }
  const char* id;
  friend bool operator==(Key a, Key b) { return std::string_view(a.id) == b.id; }
};

/// What takes the place of {name} in a text. Isolated where its direction asks for it; spans that must outlive the call only.
struct Placeholder {
  std::string_view name;
  std::string_view value;
};
using Placeholders = std::initializer_list<Placeholder>;

/// The texts of one language. Cheap to copy, immutable, usable from any thread. What the language lacks comes from the Dutch catalogue,
/// which is part of the program; a key that Dutch lacks gives an empty text (its pictogram stays), never the key.
class Catalogue {
 public:
  /// Reads <directory>/<code>/LC_MESSAGES/huisbord.mo. Fails with not_found or damaged and the place, for the log; the caller then takes
  /// dutch(). Asked for Dutch it reads nothing and never fails.
  [[nodiscard]] static Result<Catalogue> load(const std::filesystem::path& directory, Language language);
  [[nodiscard]] static Catalogue dutch();

  [[nodiscard]] Language language() const noexcept { return language_; }
  [[nodiscard]] Direction direction() const noexcept { return i18n::direction(language_); }

  [[nodiscard]] std::string text(Key key) const;
  [[nodiscard]] std::string text(Key key, Placeholders placeholders) const;
  /// The form of the text that n asks for; {n} in it is the number. n is at least 0.
  [[nodiscard]] std::string plural(Key key, int n, Placeholders placeholders = {}) const;

  /// The language has this text itself; false where text() would answer in Dutch, so that it is also read aloud in Dutch.
  [[nodiscard]] bool translates(Key key) const;

 private:
  struct Messages;
  Catalogue(Language language, std::shared_ptr<const Messages> messages);
  [[nodiscard]] static const std::shared_ptr<const Messages>& dutch_messages();

  Language language_;
  std::shared_ptr<const Messages> messages_;
};

}  // namespace huisbord::i18n
