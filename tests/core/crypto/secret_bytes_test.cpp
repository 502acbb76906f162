// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets move and never copy or print; their pages are guarded and in no dump.
#include "core/crypto/secret_bytes.h"

#include <fstream>
#include <sstream>
#include <string>
#include <type_traits>

#include "core/crypto/memory.h"
#include "core/crypto/random.h"
#include "tests/core/crypto/counting_random.h"

namespace huisbord::crypto {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
concept Comparable = requires(const T& a, const T& b) { a == b; };

static_assert(Printable<std::string> && !Printable<SecretBytes>);
static_assert(Comparable<Bytes> && !Comparable<SecretBytes>);
static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes> && std::is_nothrow_move_assignable_v<SecretBytes>);
static_assert(!std::is_convertible_v<SecretBytes, std::string_view> && !std::is_convertible_v<SecretBytes, ByteView> &&
              !std::is_convertible_v<SecretBytes, std::string>);

TEST(SecretBytes, HoldsWhatItCopied) {
  const SecretBytes made = secret("not for others");
  EXPECT_EQ(text_view(made.view()), "not for others");
  EXPECT_FALSE(made.empty());
}

TEST(SecretBytes, BeginsAsZeroes) {
  const SecretBytes made = SecretBytes::of_size(100);
  for (const std::uint8_t byte : made.view()) EXPECT_EQ(byte, 0);
}

TEST(SecretBytes, MovesAndLeavesNothingBehind) {
  SecretBytes first = secret("one");
  SecretBytes second = std::move(first);
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the point
  SecretBytes third = secret("three");
  third = std::move(second);
  EXPECT_EQ(text_view(third.view()), "one");
  EXPECT_TRUE(second.empty());  // NOLINT(bugprone-use-after-move)
}

TEST(SecretBytes, ClonesApart) {
  SecretBytes first = secret("one");
  const SecretBytes second = first.clone();
  first.mutable_view()[0] = 'x';
  EXPECT_EQ(text_view(second.view()), "one");
}

TEST(SecretBytes, OfNothingIsEmpty) {
  EXPECT_TRUE(SecretBytes::of_size(0).empty());
  EXPECT_TRUE(SecretBytes{}.clone().empty());
}

TEST(SecretBytes, EndsTheProgramThatReadsPastItsEnd) {
  const SecretBytes made = SecretBytes::of_size(32);
  EXPECT_DEATH(
      {
        volatile const std::uint8_t* past = made.view().data() + 32;
        static_cast<void>(*past);
      },
      "");
}

TEST(SecretBytes, LivesInPagesThatNoDumpHolds) {
  const SecretBytes made = secret("in no dump");
  const auto at = reinterpret_cast<std::uintptr_t>(made.view().data());
  std::ifstream maps("/proc/self/smaps");
  bool inside = false;
  std::string flags;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    char dash = 0;
    std::istringstream range(line);
    if (range >> std::hex >> from >> dash >> to && dash == '-') inside = at >= from && at < to;
    if (inside && line.starts_with("VmFlags:")) flags = line + " ";
  }
  ASSERT_FALSE(flags.empty());
  EXPECT_NE(flags.find(" dd "), std::string::npos) << flags;
}

TEST(Memory, WipesAndCompares) {
  Bytes bytes{1, 2, 3};
  wipe(bytes);
  EXPECT_EQ(bytes, (Bytes{0, 0, 0}));
  EXPECT_TRUE(equal(view("abc"), view("abc")));
  EXPECT_FALSE(equal(view("abc"), view("abd")));
  EXPECT_FALSE(equal(view("abc"), view("ab")));
  EXPECT_TRUE(equal({}, {}));
}

TEST(Memory, UnlockingWipes) {
  Bytes bytes(4096, 7);
  static_cast<void>(lock_memory(bytes));
  unlock_memory(bytes);
  EXPECT_EQ(bytes, Bytes(4096, 0));
}

TEST(SystemRandom, NeverRepeatsAKey) {
  ByteArray<32> first{};
  ByteArray<32> second{};
  system_random().fill(first);
  system_random().fill(second);
  EXPECT_NE(first, second);
  EXPECT_NE(first, (ByteArray<32>{}));
}

}  // namespace huisbord::crypto
