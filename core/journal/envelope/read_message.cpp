// SPDX-License-Identifier: GPL-3.0-or-later
// Walks over the outer fields before Protocol Buffers reads them: what is inside a field is then bounded by that field.
#include "core/journal/envelope/read_message.h"

#include <google/protobuf/io/coded_stream.h>

namespace huisbord {
namespace {

using google::protobuf::io::CodedInputStream;

/// What stands after its tag.
bool skip_value(CodedInputStream& in, std::uint32_t form, std::size_t most_bytes, Groups groups) {
  std::uint64_t value = 0;
  std::uint32_t size = 0;
  switch (form) {
    case 0:
      return in.ReadVarint64(&value);
    case 1:
      return in.Skip(8);
    case 2:
      return in.ReadVarint32(&size) && size <= most_bytes && in.Skip(static_cast<int>(size));
    case 5:
      return in.Skip(4);
    default:
      return groups == Groups::walked;
  }
}

}  // namespace

FieldWalk walk_fields(ByteView bytes, Groups groups, std::size_t most) {
  CodedInputStream in(bytes.data(), static_cast<int>(bytes.size()));
  for (std::size_t count = 0; const std::uint32_t tag = in.ReadTag(); ++count) {
    if (count == most) return FieldWalk::too_many;
    if (!skip_value(in, tag & 7u, bytes.size(), groups)) return FieldWalk::unfit;
  }
  return in.CurrentPosition() == static_cast<int>(bytes.size()) ? FieldWalk::fits : FieldWalk::unfit;
}

bool read_message(ByteView bytes, int nesting, google::protobuf::MessageLite& into) {
  if (walk_fields(bytes, Groups::walked) != FieldWalk::fits) return false;
  CodedInputStream in(bytes.data(), static_cast<int>(bytes.size()));
  in.SetRecursionLimit(nesting);
  return into.MergeFromCodedStream(&in) && in.ConsumedEntireMessage();
}

}  // namespace huisbord
