// SPDX-License-Identifier: GPL-3.0-or-later
// A secret in memory of its own: locked, between guard pages, wiped when it goes, and printable by nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/bytes.h"

namespace huisbord::crypto {

/// Owns a secret (a key, a phrase, a decoded box). Moves, never copies unseen: clone() says so at the place where it happens.
/// Each lives in pages of its own (sodium_malloc: mlock, MADV_DONTDUMP, guard pages), so it is for keys and texts, not for millions of
/// rows. Throws std::bad_alloc when memory is out, as a vector does.
class SecretBytes {
 public:
  SecretBytes() = default;
  SecretBytes(SecretBytes&& other) noexcept : data_(other.data_), size_(other.size_) { other.forget(); }
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes() { release(); }

  /// Zeroes, to be filled through mutable_view().
  [[nodiscard]] static SecretBytes of_size(std::size_t size);
  [[nodiscard]] static SecretBytes copy_of(ByteView source);
  [[nodiscard]] SecretBytes clone() const { return copy_of(view()); }

  [[nodiscard]] ByteView view() const { return {data_, size_}; }
  [[nodiscard]] std::span<std::uint8_t> mutable_view() { return {data_, size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// Compare with equal() of memory.h, which takes the same time whatever it finds.
  bool operator==(const SecretBytes&) const = delete;
  template <class Stream>
  friend Stream& operator<<(Stream&, const SecretBytes&) = delete;

 private:
  void release() noexcept;
  void forget() noexcept {
    data_ = nullptr;
    size_ = 0;
  }
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace huisbord::crypto
