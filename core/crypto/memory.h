// SPDX-License-Identifier: GPL-3.0-or-later
// Wiping and comparing bytes that are secret but live on the stack or in a buffer of somebody else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/bytes.h"

namespace huisbord::crypto {

/// Overwrites with zeroes in a way that the compiler does not leave out.
void wipe(std::span<std::uint8_t> bytes);

/// True when both have the same size and content; the time taken depends on the size alone.
[[nodiscard]] bool equal(ByteView a, ByteView b);

/// Keeps pages of somebody else's buffer out of swap and dumps. False when the system's limit on locked memory is reached.
[[nodiscard]] bool lock_memory(std::span<std::uint8_t> bytes);
/// Wipes the buffer and lets its pages go.
void unlock_memory(std::span<std::uint8_t> bytes);

/// A short secret on the stack, wiped at the end of its scope.
template <std::size_t N>
class StackSecret {
 public:
  StackSecret() = default;
  StackSecret(const StackSecret&) = delete;
  StackSecret& operator=(const StackSecret&) = delete;
  ~StackSecret() { wipe(bytes_); }
  [[nodiscard]] ByteView view() const { return bytes_; }
  [[nodiscard]] std::span<std::uint8_t, N> mutable_view() { return bytes_; }

 private:
  ByteArray<N> bytes_{};
};

}  // namespace huisbord::crypto
