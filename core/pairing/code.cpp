// SPDX-License-Identifier: GPL-3.0-or-later
// Making and reading codes.
#include "core/pairing/code.h"

namespace huisbord {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char normalised(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

PairingCode make_code(Random& random) {
  PairingCode code;
  for (std::uint8_t& character : code.characters)
    character = static_cast<std::uint8_t>(alphabet[random.below(static_cast<std::uint32_t>(alphabet.size()))]);
  return code;
}

Result<PairingCode> parse_code(std::string_view typed) {
  PairingCode code;
  std::size_t size = 0;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    const char character = normalised(c);
    if (alphabet.find(character) == std::string_view::npos)
      return fail(ErrorCode::invalid, "This code has a character that no code has; read it again.");
    if (size == code_size) return fail(ErrorCode::invalid, "This code is too long; a code has eight characters.");
    code.characters[size++] = static_cast<std::uint8_t>(character);
  }
  if (size < code_size) return fail(ErrorCode::invalid, "This code is too short; a code has eight characters.");
  return code;
}

std::string shown(const PairingCode& code) {
  return std::string(code.text().substr(0, code_place_size)) + "-" + std::string(code.text().substr(code_place_size));
}

}  // namespace huisbord
