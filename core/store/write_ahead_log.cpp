// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite's write-ahead log read before SQLite does (sqlite.org/walformat.html; SQLCipher encrypts the pages, not the frame headers).
#include "core/store/write_ahead_log.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string>

#include "core/base/bytes.h"

namespace huisbord {

namespace {

constexpr std::size_t header_bytes = 32;
constexpr std::size_t frame_header_bytes = 24;
constexpr std::size_t page_bytes = 4096;     // SCHEMA.md 2
constexpr std::uint32_t magic = 0x377f0682;  // its lowest bit says in which order words are summed
constexpr std::uint32_t most_pages = 1u << 28;

std::uint32_t big(ByteView bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 | bytes[at + 3];
}

enum class Order : std::uint8_t { little, big };

std::uint32_t word(ByteView bytes, std::size_t at, Order order) {
  if (order == Order::big) return big(bytes, at);
  return std::uint32_t{bytes[at + 3]} << 24 | std::uint32_t{bytes[at + 2]} << 16 | std::uint32_t{bytes[at + 1]} << 8 | bytes[at];
}

struct Sum {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  bool operator==(const Sum&) const = default;

  [[nodiscard]] Sum over(ByteView bytes, Order order) const {
    Sum sum = *this;
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      sum.a += word(bytes, at, order) + sum.b;
      sum.b += word(bytes, at + 4, order) + sum.a;
    }
    return sum;
  }
  /// What the sum was before these bytes.
  [[nodiscard]] Sum before(ByteView bytes, Order order) const {
    Sum sum = *this;
    for (std::size_t at = bytes.size(); at >= 8; at -= 8) {
      sum.b -= word(bytes, at - 4, order) + sum.a;
      sum.a -= word(bytes, at - 8, order) + sum.b;
    }
    return sum;
  }
};

struct Frame {
  ByteView bytes;
  [[nodiscard]] ByteView words() const { return bytes.first(8); }  ///< page number, and the file's size after a commit (else 0)
  [[nodiscard]] ByteView salts() const { return bytes.subspan(8, 8); }
  [[nodiscard]] ByteView page() const { return bytes.subspan(frame_header_bytes); }
  [[nodiscard]] std::uint32_t page_number() const { return big(bytes, 0); }
  [[nodiscard]] bool commits() const { return big(bytes, 4) != 0; }
  [[nodiscard]] Sum stored() const { return {big(bytes, 16), big(bytes, 20)}; }
  [[nodiscard]] Sum after(const Sum& before, Order order) const { return before.over(words(), order).over(page(), order); }
};

/// The words that go with the frame's page and sum, if those are unharmed: the sum can be run backwards. Else any words.
Bytes words_of(const Frame& frame, const Sum& before, Order order) {
  const Sum behind = frame.stored().before(frame.page(), order);
  Bytes made(8);
  const std::uint32_t first = behind.a - before.a - before.b;
  const std::uint32_t second = behind.b - before.b - behind.a;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto shift = order == Order::little ? 8 * i : 8 * (3 - i);
    made[i] = static_cast<std::uint8_t>(first >> shift);
    made[4 + i] = static_cast<std::uint8_t>(second >> shift);
  }
  return made;
}

/// Whether the transaction ended with this frame when it was written, though the frame does not verify now. Its salts are right.
bool committed_once(const Frame& frame, std::size_t offset, const Sum& before, Order order) {
  const Bytes made = words_of(frame, before, order);
  const std::uint32_t page = big(made, 0);
  const std::uint32_t size = big(made, 4);
  // A sector is written whole. So words in the salts' sector were written with them, and at most one of them has changed since: the
  // size, if what goes with the sum names the same page. (A changed page leaves any words, which may look like some.)
  if (offset % 512 != 504) return frame.commits() || (page == frame.page_number() && size != 0);
  // Words in the sector before may be left from an older log: they are not believed, only what goes with the sum.
  return page != 0 && page < most_pages && size < most_pages && size != 0;
}

/// Reads frames one after another.
class Log {
 public:
  Log(std::ifstream& file, Order order) : file_(file), order_(order), bytes_(frame_header_bytes + page_bytes) {}

  /// Nothing at the end, or before a frame that is not whole.
  std::optional<Frame> next() {
    offset_ = header_bytes + count_ * bytes_.size();
    file_.read(reinterpret_cast<char*>(bytes_.data()), static_cast<std::streamsize>(bytes_.size()));
    if (file_.gcount() != static_cast<std::streamsize>(bytes_.size())) return std::nullopt;
    ++count_;
    return Frame{bytes_};
  }
  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] Order order() const { return order_; }

 private:
  std::ifstream& file_;
  Order order_;
  Bytes bytes_;
  std::size_t count_ = 0;
  std::size_t offset_ = 0;
};

/// After the first frame that does not verify: whether a transaction that another follows holds it.
bool is_followed(Log& log, Frame bad, const Sum& before, ByteView salts, SectorFill fill) {
  const Order order = log.order();
  const auto same = [&](const Frame& frame) { return std::ranges::equal(frame.salts(), salts); };
  // Sum and page right, salts changed: no torn write makes that.
  if (bad.after(before, order) == bad.stored() && bad.page_number() != 0) return true;
  bool commits = same(bad) && committed_once(bad, log.offset(), before, order);
  bool copied = false;
  Sum stored = bad.stored();
  Sum computed = bad.after(before, order);
  std::uint32_t page = bad.page_number();
  while (const auto frame = log.next()) {
    // It was written after the one before it when it goes on with that one's sum, as stored or as it should be.
    const bool follows = frame->after(stored, order) == frame->stored() || frame->after(computed, order) == frame->stored();
    if (commits && follows) {
      const bool copy = fill == SectorFill::copies && !copied && frame->commits() && frame->page_number() == page;
      if (!copy) return true;
      copied = true;
    } else {
      copied = false;
    }
    commits = same(*frame) && frame->commits();
    computed = frame->after(stored, order);
    stored = frame->stored();
    page = frame->page_number();
  }
  return false;
}

bool is_sound(std::ifstream& file, SectorFill fill) {
  std::array<std::uint8_t, header_bytes> header{};
  file.read(reinterpret_cast<char*>(header.data()), header_bytes);
  if (file.gcount() != static_cast<std::streamsize>(header_bytes)) return true;
  const ByteView head(header);
  const Order order = big(head, 0) == magic + 1 ? Order::big : Order::little;
  const Sum stored{big(head, 24), big(head, 28)};
  const Sum computed = Sum{}.over(head.first(24), order);
  const bool known = (big(head, 0) | 1u) == (magic | 1u) && stored == computed;
  Log log(file, order);
  std::optional<Frame> frame = log.next();
  if (!known) {
    // The header is synced before the first frame is written. One that was torn when the log began anew has no frame that goes on with it.
    for (const Order each : {Order::little, Order::big}) {
      for (const Sum& before : {stored, Sum{}.over(head.first(24), each)})
        if (frame && frame->after(before, each) == frame->stored()) return false;
    }
    return true;
  }
  const ByteView salts = head.subspan(16, 8);
  Sum before = stored;
  for (; frame; frame = log.next()) {
    const bool right =
        std::ranges::equal(frame->salts(), salts) && frame->page_number() != 0 && frame->after(before, order) == frame->stored();
    if (!right) return !is_followed(log, *frame, before, salts, fill);
    before = frame->stored();
  }
  return true;
}

}  // namespace

Status check_write_ahead_log(const std::filesystem::path& vault, SectorFill fill) {
  std::filesystem::path path = vault;
  path += "-wal";
  std::ifstream file(path, std::ios::binary);
  if (!file || is_sound(file, fill)) return {};
  return fail(
      ErrorCode::damaged,
      "The vault " + vault.filename().string() + " is damaged: its log (" + path.filename().string() +
          ") is not as it was written, and changes behind that place would be lost. Nothing was changed; restore it from a backup.");
}

}  // namespace huisbord
