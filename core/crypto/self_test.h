// SPDX-License-Identifier: GPL-3.0-or-later
// Known-answer tests that stand beside the primitive they test and run at every start.
#pragma once

namespace huisbord::crypto {

/// One static object in the source file of each primitive. start() runs those that are linked, so that a program tests what it can do
/// and testing never links what a program must not be able to do (the relay holds no decryption).
class SelfTest {
 public:
  using Passes = bool (*)();
  SelfTest(const char* of, Passes test) noexcept : primitive_(of), passes_(test), next_(first_) { first_ = this; }

  [[nodiscard]] const char* primitive() const { return primitive_; }
  [[nodiscard]] bool passes() const { return passes_(); }
  [[nodiscard]] const SelfTest* next() const { return next_; }
  [[nodiscard]] static const SelfTest* first() { return first_; }

 private:
  const char* primitive_;
  Passes passes_;
  const SelfTest* next_;
  static inline const SelfTest* first_ = nullptr;
};

}  // namespace huisbord::crypto
