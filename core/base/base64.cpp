// SPDX-License-Identifier: GPL-3.0-or-later
// Three bytes, four letters.
#include "core/base/base64.h"

#include <algorithm>

namespace huisbord {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t six_bits = 63;

}  // namespace

std::string to_base64(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < count ? bytes[at + i] : 0u);
    for (std::size_t i = 0; i < 4; ++i) text.push_back(i <= count ? letters[group >> (18 - 6 * i) & six_bits] : '=');
  }
  return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  std::size_t count = 0;
  for (const char letter : text.substr(0, text.find('='))) {
    const std::size_t value = letters.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(value);
    if (++count % 4 == 0)
      for (const int shift : {16, 8, 0}) bytes.push_back(static_cast<std::uint8_t>(group >> shift));
  }
  if (count % 4 == 2) bytes.push_back(static_cast<std::uint8_t>(group >> 4));
  if (count % 4 == 3)
    for (const int shift : {10, 2}) bytes.push_back(static_cast<std::uint8_t>(group >> shift));
  if (to_base64(bytes) != text) return std::nullopt;  // bits or padding that it does not have
  return bytes;
}

}  // namespace huisbord
