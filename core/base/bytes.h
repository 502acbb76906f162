// SPDX-License-Identifier: GPL-3.0-or-later
// Byte strings: views, owned buffers, hexadecimal, and little-endian integers as FORMAT.md writes them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huisbord {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;

[[nodiscard]] inline ByteView view(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
[[nodiscard]] inline std::string_view text_view(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
[[nodiscard]] inline Bytes to_bytes(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
[[nodiscard]] inline std::string to_string(ByteView bytes) { return std::string(text_view(bytes)); }

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(ByteView bytes);
/// Nothing when the text has an odd length or any other character than 0-9 a-f A-F.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

/// Appends to a buffer; integers little-endian.
class ByteWriter {
 public:
  explicit ByteWriter(Bytes& out) : out_(out) {}
  void raw(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  void u8(std::uint8_t value) { out_.push_back(value); }
  void u16(std::uint16_t value) { integer(value); }
  void u32(std::uint32_t value) { integer(value); }
  void u64(std::uint64_t value) { integer(value); }

 private:
  template <class T>
  void integer(T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  Bytes& out_;
};

/// Reads from a view; after the first short read everything returns zero and ok() is false.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : rest_(bytes) {}
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] ByteView rest() const { return rest_; }
  [[nodiscard]] ByteView raw(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  template <std::size_t N>
  [[nodiscard]] ByteArray<N> array() {
    ByteArray<N> value{};
    if (const ByteView taken = raw(N); taken.size() == N) std::memcpy(value.data(), taken.data(), N);
    return value;
  }
  [[nodiscard]] std::uint8_t u8() { return integer<std::uint8_t>(); }
  [[nodiscard]] std::uint16_t u16() { return integer<std::uint16_t>(); }
  [[nodiscard]] std::uint32_t u32() { return integer<std::uint32_t>(); }
  [[nodiscard]] std::uint64_t u64() { return integer<std::uint64_t>(); }

 private:
  template <class T>
  T integer() {
    T value = 0;
    const ByteView taken = raw(sizeof(T));
    for (std::size_t i = 0; i < taken.size(); ++i) value = static_cast<T>(value | static_cast<T>(static_cast<T>(taken[i]) << (8 * i)));
    return value;
  }
  ByteView rest_;
  bool ok_ = true;
};

}  // namespace huisbord
