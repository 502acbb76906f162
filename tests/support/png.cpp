// SPDX-License-Identifier: GPL-3.0-or-later
// Reads and writes PNG files.
#include "tests/support/png.h"

#include <png.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <unordered_map>

namespace huisbord::tests {
namespace {

struct Close {
  void operator()(std::FILE* f) const { std::fclose(f); }
};
using File = std::unique_ptr<std::FILE, Close>;

int distance(std::uint32_t a, std::uint32_t b) {
  int sum = 0;
  for (int shift = 0; shift < 24; shift += 8) {
    const int d = static_cast<int>(a >> shift & 255) - static_cast<int>(b >> shift & 255);
    sum += d * d;
  }
  return sum;
}

/// The palette: the most frequent colours, but of those within a small distance of a chosen one only the first.
std::vector<std::uint32_t> palette_of(const Picture& picture, std::size_t most) {
  std::unordered_map<std::uint32_t, int> counts;
  for (const std::uint32_t p : picture.pixels) ++counts[p & 0xFFFFFF];
  std::vector<std::pair<int, std::uint32_t>> order;
  for (const auto& [colour, count] : counts) order.emplace_back(-count, colour);
  std::ranges::sort(order);
  std::vector<std::uint32_t> palette;
  for (const int apart : {48, 0})
    for (const auto& [count, colour] : order) {
      if (palette.size() == most) return palette;
      if (std::ranges::all_of(palette, [&](std::uint32_t p) { return distance(p, colour) > apart; })) palette.push_back(colour);
    }
  return palette;
}

}  // namespace

Result<Picture> read_png(const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0)
    return fail(ErrorCode::not_found, "No picture at " + path + ": " + image.message);
  image.format = PNG_FORMAT_BGRA;
  Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.pixels.resize(std::size_t{image.width} * image.height);
  if (png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr) == 0)
    return fail(ErrorCode::damaged, "Picture " + path + ": " + image.message);
  return picture;
}

Status write_png(const std::string& path, const Picture& picture, int colours) {
  File file(std::fopen(path.c_str(), "wb"));
  if (!file) return fail(ErrorCode::io, "Cannot write " + path);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  std::vector<std::uint32_t> palette;
  std::vector<png_color> entries;
  std::vector<std::uint8_t> row;
  std::unordered_map<std::uint32_t, std::uint8_t> nearest;
  if (setjmp(png_jmpbuf(png)) != 0) {
    png_destroy_write_struct(&png, &info);
    return fail(ErrorCode::io, "Cannot write " + path);
  }
  png_init_io(png, file.get());
  png_set_compression_level(png, 9);
  const auto width = static_cast<png_uint_32>(picture.width), height = static_cast<png_uint_32>(picture.height);
  const bool with_palette = colours > 0;
  png_set_IHDR(png, info, width, height, 8, with_palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (with_palette) {
    palette = palette_of(picture, static_cast<std::size_t>(std::min(colours, 256)));
    for (const std::uint32_t p : palette)
      entries.push_back({static_cast<png_byte>(p >> 16), static_cast<png_byte>(p >> 8), static_cast<png_byte>(p)});
    png_set_PLTE(png, info, entries.data(), static_cast<int>(entries.size()));
    png_set_filter(png, 0, PNG_FILTER_NONE);
  }
  png_write_info(png, info);
  for (int y = 0; y < picture.height; ++y) {
    row.clear();
    for (int x = 0; x < picture.width; ++x) {
      const std::uint32_t p = picture.at(x, y) & 0xFFFFFF;
      if (!with_palette) {
        row.insert(row.end(), {static_cast<std::uint8_t>(p >> 16), static_cast<std::uint8_t>(p >> 8), static_cast<std::uint8_t>(p)});
        continue;
      }
      auto known = nearest.find(p);
      if (known == nearest.end()) {
        const auto best = std::ranges::min_element(palette, {}, [p](std::uint32_t c) { return distance(c, p); });
        known = nearest.emplace(p, static_cast<std::uint8_t>(best - palette.begin())).first;
      }
      row.push_back(known->second);
    }
    png_write_row(png, row.data());
  }
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  return {};
}

}  // namespace huisbord::tests
