// SPDX-License-Identifier: GPL-3.0-or-later
// Bounded reading, and the two encodings that spreadsheets save in.
#include "app/ctl/source_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace huisbord {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// The length of the UTF-8 character at the start, or 0 when there is none: no overlong form, no surrogate, nothing above U+10FFFF.
std::size_t character_length(ByteView bytes) {
  const std::uint8_t first = bytes[0];
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || bytes.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((bytes[i] & 0xc0) != 0x80) return 0;
  }
  const std::uint8_t second = bytes[1];
  const bool wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
                     (first == 0xf4 && second > 0x8f);
  return wrong ? 0 : length;
}

bool is_utf8(ByteView bytes) {
  while (!bytes.empty()) {
    const std::size_t length = character_length(bytes);
    if (length == 0) return false;
    bytes = bytes.subspan(length);
  }
  return true;
}

// Windows-1252 from 0x80 to 0x9f, as the Unicode consortium's CP1252 table has it; 0 where it has nothing.
constexpr std::array<char16_t, 32> windows_1252{0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                                0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                                0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

void append_utf8(std::string& text, char16_t character) {
  if (character < 0x80) {
    text.push_back(static_cast<char>(character));
  } else if (character < 0x800) {
    text.push_back(static_cast<char>(0xc0 | character >> 6));
    text.push_back(static_cast<char>(0x80 | (character & 0x3f)));
  } else {
    text.push_back(static_cast<char>(0xe0 | character >> 12));
    text.push_back(static_cast<char>(0x80 | (character >> 6 & 0x3f)));
    text.push_back(static_cast<char>(0x80 | (character & 0x3f)));
  }
}

Result<std::string> from_windows_1252(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const std::uint8_t byte : bytes) {
    const char16_t character = byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80u] : char16_t{byte};
    if (byte >= 0x80 && character == 0) {
      return fail(ErrorCode::invalid, "the text is neither UTF-8 nor Windows-1252; save it again as \"CSV UTF-8\"");
    }
    append_utf8(text, character);
  }
  return text;
}

bool begins_with(ByteView bytes, std::initializer_list<std::uint8_t> mark) {
  return bytes.size() >= mark.size() && std::equal(mark.begin(), mark.end(), bytes.begin());
}

std::string in_mib(std::size_t size) { return std::to_string(size / (1024 * 1024)) + " MiB"; }

}  // namespace

Result<Bytes> read_source(const std::filesystem::path& path, std::size_t limit) {
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rbe"));
  if (!file) {
    const int reason = errno;
    return fail(reason == ENOENT ? ErrorCode::not_found : ErrorCode::io, "cannot open " + path.string() + ": " + std::strerror(reason));
  }
  Bytes bytes;
  std::array<std::uint8_t, 65536> chunk{};
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), file.get())) {
    if (bytes.size() + got > limit) {
      return fail(ErrorCode::too_large, path.string() + " is larger than " + in_mib(limit) + ", the most that one file may have; split it");
    }
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(got));
  }
  if (std::ferror(file.get()) != 0) return fail(ErrorCode::io, "cannot read " + path.string() + ": is it a file?");
  return bytes;
}

Result<std::string> decode_text(ByteView bytes) {
  if (begins_with(bytes, {0xef, 0xbb, 0xbf})) {
    bytes = bytes.subspan(3);
    if (!is_utf8(bytes)) return fail(ErrorCode::invalid, "the text begins as UTF-8 and goes on as something else; save it again");
  }
  if (begins_with(bytes, {0xff, 0xfe}) || begins_with(bytes, {0xfe, 0xff})) {
    return fail(ErrorCode::invalid, "the text is UTF-16; save it again as \"CSV UTF-8\"");
  }
  if (std::memchr(bytes.data(), 0, bytes.size()) != nullptr) return fail(ErrorCode::invalid, "this is no text file: it holds zero bytes");
  if (is_utf8(bytes)) return to_string(bytes);
  return from_windows_1252(bytes);
}

std::string shortened(const std::string& text, std::size_t longest) {
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace huisbord
