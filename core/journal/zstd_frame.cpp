// SPDX-License-Identifier: GPL-3.0-or-later
// zstd through its stable interface; the frame's header is read by hand (RFC 8878, 3.1.1.1) because that interface does not tell the
// window.
#include "core/journal/zstd_frame.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "core/journal/envelope/segment_header.h"

namespace huisbord {
namespace {

constexpr int level = 3;
constexpr int window_log = 20;
constexpr std::uint32_t frame_magic = 0xfd2fb528;

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeExpander {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// A frame without checksum or dictionary whose window is within the bound.
Status check_frame_header(ByteView padded) {
  ByteReader reader(padded);
  const std::uint32_t magic = reader.u32();
  const std::uint8_t descriptor = reader.u8();
  const std::uint8_t window = reader.u8();
  if (!reader.ok() || magic != frame_magic) return fail(ErrorCode::parse, "A segment's plaintext is no zstd frame.");
  constexpr std::uint8_t checksum_or_dictionary = 0x04 | 0x03;
  if ((descriptor & checksum_or_dictionary) != 0) return fail(ErrorCode::parse, "A segment's zstd frame has a checksum or a dictionary.");
  const bool single_segment = (descriptor & 0x20) != 0;
  if (single_segment) return {};  // the window is the content, whose size is checked
  const std::uint64_t base = std::uint64_t{1} << (10 + (window >> 3));
  const std::uint64_t size = base + base / 8 * (window & 7u);
  if (size > (std::uint64_t{1} << window_log)) return fail(ErrorCode::limit, "A segment's zstd frame asks for a window over 1 MiB.");
  return {};
}

}  // namespace

Result<Bytes> compress_frame(ByteView content) {
  const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
  if (!context) return fail(ErrorCode::unavailable, "There is not enough memory to compress a segment.");
  bool set = ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level)) == 0;
  set = set && ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, window_log)) == 0;
  set = set && ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 0)) == 0;
  Bytes frame(ZSTD_compressBound(content.size()));
  const std::size_t size = ZSTD_compress2(context.get(), frame.data(), frame.size(), content.data(), content.size());
  if (!set || ZSTD_isError(size) != 0) return fail(ErrorCode::unavailable, "A segment could not be compressed.");
  frame.resize(size);
  return frame;
}

Result<Bytes> expand_frame(ByteView padded, std::size_t size) {
  TRY_STATUS(check_frame_header(padded));
  const unsigned long long declared = ZSTD_getFrameContentSize(padded.data(), padded.size());
  if (declared == ZSTD_CONTENTSIZE_ERROR || declared == ZSTD_CONTENTSIZE_UNKNOWN || declared != size || size > max_opened_size) {
    return fail(ErrorCode::parse, "A segment's zstd frame declares another size than the header.");
  }
  const std::size_t frame_size = ZSTD_findFrameCompressedSize(padded.data(), padded.size());
  if (ZSTD_isError(frame_size) != 0) return fail(ErrorCode::parse, "A segment's zstd frame is damaged.");
  if (!std::ranges::all_of(padded.subspan(frame_size), [](std::uint8_t byte) { return byte == 0; })) {
    return fail(ErrorCode::parse, "A segment's padding is not zero.");
  }
  const std::unique_ptr<ZSTD_DCtx, FreeExpander> context(ZSTD_createDCtx());
  if (!context) return fail(ErrorCode::unavailable, "There is not enough memory to open a segment.");
  Bytes opened(size);
  const std::size_t made = ZSTD_decompressDCtx(context.get(), opened.data(), opened.size(), padded.data(), frame_size);
  if (ZSTD_isError(made) != 0 || made != size) return fail(ErrorCode::parse, "A segment's zstd frame is damaged.");
  return opened;
}

}  // namespace huisbord
