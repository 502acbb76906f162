// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the pixels that differ beyond the tolerance, and writes the three pictures where too many do.
#include "tests/support/picture_match.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <unordered_map>

namespace huisbord::tests {
namespace {

constexpr int stored_colours = 48;

int most_apart(std::uint32_t a, std::uint32_t b) {
  int most = 0;
  for (int shift = 0; shift < 24; shift += 8)
    most = std::max(most, std::abs(static_cast<int>(a >> shift & 255) - static_cast<int>(b >> shift & 255)));
  return most;
}

int squared_apart(std::uint32_t a, std::uint32_t b) {
  int sum = 0;
  for (int shift = 0; shift < 24; shift += 8) {
    const int d = static_cast<int>(a >> shift & 255) - static_cast<int>(b >> shift & 255);
    sum += d * d;
  }
  return sum;
}

}  // namespace

Picture half_size(const Picture& picture) {
  Picture half{picture.width / 2, picture.height / 2, {}};
  half.pixels.reserve(static_cast<std::size_t>(half.width) * static_cast<std::size_t>(half.height));
  // Two channels at a time, each with room for the sum of four.
  constexpr std::uint32_t even = 0x00FF00FF, rounding = 0x00020002;
  const auto width = static_cast<std::size_t>(picture.width);
  for (int y = 0; y < half.height; ++y) {
    const std::uint32_t* row = picture.pixels.data() + static_cast<std::size_t>(2 * y) * width;
    for (int x = 0; x < half.width; ++x, row += 2) {
      const std::uint32_t blue_red = rounding + (row[0] & even) + (row[1] & even) + (row[width] & even) + (row[width + 1] & even);
      const std::uint32_t green = 2 + (row[0] >> 8 & 255) + (row[1] >> 8 & 255) + (row[width] >> 8 & 255) + (row[width + 1] >> 8 & 255);
      half.pixels.push_back(0xFF000000 | (blue_red >> 2 & even) | green / 4 << 8);
    }
  }
  return half;
}

std::string compare_with_stored(const Picture& actual, const std::string& stored, const std::string& leave_in, Tolerance tolerance) {
  const Picture small = half_size(actual);
  if (const char* renew = std::getenv("HUISBORD_RENEW_PICTURES"); renew != nullptr && std::string(renew) == "1") {
    std::filesystem::create_directories(std::filesystem::path(stored).parent_path());
    const Status written = write_png(stored, small, stored_colours);
    return written ? "" : written.error().sentence;
  }
  std::filesystem::create_directories(leave_in);
  const std::string name = leave_in + "/" + std::filesystem::path(stored).stem().string();
  const auto expected = read_png(stored);
  if (!expected) {
    (void)write_png(name + ".actual.png", actual);
    return expected.error().sentence + " (HUISBORD_RENEW_PICTURES=1 makes it; what was drawn is " + name + ".actual.png)";
  }
  if (expected->width != small.width || expected->height != small.height) {
    (void)write_png(name + ".actual.png", small);
    return "The picture is " + std::to_string(small.width) + "x" + std::to_string(small.height) + ", stored is " +
           std::to_string(expected->width) + "x" + std::to_string(expected->height);
  }
  // Only the colours that the stored palette can show are compared: what it merged is no difference.
  std::set<std::uint32_t> palette;
  for (const std::uint32_t p : expected->pixels) palette.insert(p);
  std::unordered_map<std::uint32_t, std::uint32_t> nearest;
  const auto shown = [&](std::uint32_t p) {
    const auto known = nearest.find(p);
    if (known != nearest.end()) return known->second;
    const std::uint32_t best = *std::ranges::min_element(palette, {}, [p](std::uint32_t c) { return squared_apart(c, p); });
    return nearest.emplace(p, best).first->second;
  };
  std::size_t differ = 0;
  Picture difference{small.width, small.height, {}};
  difference.pixels.reserve(small.pixels.size());
  for (std::size_t i = 0; i < small.pixels.size(); ++i) {
    int apart = most_apart(small.pixels[i], expected->pixels[i]);
    if (apart > tolerance.channel) apart = std::min(apart, most_apart(shown(small.pixels[i]), expected->pixels[i]));
    if (apart > tolerance.channel) ++differ;
    const auto grey = static_cast<std::uint32_t>(255 - apart);
    difference.pixels.push_back(apart > tolerance.channel ? 0xFFC00000u : 0xFF000000u | grey << 16 | grey << 8 | grey);
  }
  const auto allowed = static_cast<std::size_t>(tolerance.pixels * static_cast<double>(small.pixels.size()));
  if (differ <= allowed) return "";
  (void)write_png(name + ".actual.png", small);
  (void)write_png(name + ".expected.png", *expected);
  (void)write_png(name + ".difference.png", difference);
  return std::to_string(differ) + " pixels differ, " + std::to_string(allowed) + " may: see " + name + ".{actual,expected,difference}.png";
}

}  // namespace huisbord::tests
