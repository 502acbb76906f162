// SPDX-License-Identifier: GPL-3.0-or-later
// Walks over the outer fields before Protocol Buffers reads them: what is inside a field is then bounded by that field.
#include "core/journal/envelope/read_message.h"

#include <google/protobuf/io/coded_stream.h>

namespace huisbord {
namespace {

/// Fields of groups are met in the same walk: a group is two tags around them.
bool fields_fit(ByteView bytes) {
  google::protobuf::io::CodedInputStream in(bytes.data(), static_cast<int>(bytes.size()));
  while (const std::uint32_t tag = in.ReadTag()) {
    std::uint64_t value = 0;
    std::uint32_t size = 0;
    bool whole = true;
    switch (tag & 7u) {
      case 0:
        whole = in.ReadVarint64(&value);
        break;
      case 1:
        whole = in.Skip(8);
        break;
      case 2:
        whole = in.ReadVarint32(&size) && size <= bytes.size() && in.Skip(static_cast<int>(size));
        break;
      case 5:
        whole = in.Skip(4);
        break;
      default:
        break;
    }
    if (!whole) return false;
  }
  return in.CurrentPosition() == static_cast<int>(bytes.size());
}

}  // namespace

bool read_message(ByteView bytes, int nesting, google::protobuf::MessageLite& into) {
  if (!fields_fit(bytes)) return false;
  google::protobuf::io::CodedInputStream in(bytes.data(), static_cast<int>(bytes.size()));
  in.SetRecursionLimit(nesting);
  return into.MergeFromCodedStream(&in) && in.ConsumedEntireMessage();
}

}  // namespace huisbord
