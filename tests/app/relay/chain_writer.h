// SPDX-License-Identifier: GPL-3.0-or-later
// Seals segments of one device as asked, also such as no honest device makes.
#pragma once

#include "core/journal/operation.pb.h"
#include "tests/support/paper_organisation.h"

namespace huisbord {

class ChainWriter {
 public:
  ChainWriter(PaperOrganisation& organisation, const ScopeId& scope, DeviceNumber device)
      : organisation_(organisation), scope_(scope), device_(device) {}

  /// The next segment of this chain.
  Bytes next(std::size_t operations = 1, std::size_t size = 200) {
    Bytes sealed = seal(operations, size);
    head = head_of(*parse_segment(sealed));
    return sealed;
  }
  /// One more after the same head, not kept: a fork in the making.
  Bytes seal(std::size_t operations = 1, std::size_t size = 200) {
    std::vector<Bytes> raw;
    std::uint64_t stamp = head.stamp;
    for (std::size_t i = 0; i < operations; ++i) {
      journal::Operation operation;
      operation.set_stamp(++stamp);
      Bytes box(size);
      organisation_.random().fill(box);
      operation.set_box(box.data(), box.size());
      raw.push_back(to_bytes(view(operation.SerializeAsString())));
    }
    auto sealed =
        seal_segment({.scope = scope_, .device = device_, .charter = charter, .after = head}, raw, organisation_.epoch_key(scope_),
                     organisation_.device(device_).signing, organisation_.random(), Padding::none);
    CHECK(sealed.has_value());
    return *sealed;
  }
  /// The header changed by \p change and signed again with \p key: well formed, and whatever else.
  static Bytes signed_again(const Bytes& segment, const crypto::SigningKeyPair& key, const std::function<void(SegmentHeader&)>& change) {
    auto header = *parse_header(ByteView(segment).first(header_size));
    change(header);
    Bytes bytes = write_header(header);
    const crypto::Signature signature = sign_header(bytes, key);
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    bytes.insert(bytes.end(), segment.begin() + static_cast<std::ptrdiff_t>(signed_header_size), segment.end());
    return bytes;
  }

  ChainHead head;
  CharterNumber charter = 1;

 private:
  PaperOrganisation& organisation_;
  ScopeId scope_;
  DeviceNumber device_;
};

}  // namespace huisbord
