// SPDX-License-Identifier: GPL-3.0-or-later
// How many bytes an operation takes on the wire: the simulated history of 500 people in bulk, open and boxed ones apart, bodies not padded.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "core/crypto/keyslot.h"
#include "core/crypto/start.h"
#include "core/crypto/words.h"
#include "core/journal/grant.h"
#include "core/journal/operation.h"
#include "core/journal/segment.h"
#include "core/store/vault.h"

namespace huisbord {
namespace {

struct Tally {
  std::vector<Bytes> waiting;
  std::size_t operations = 0;
  std::size_t bytes = 0;
};

/// As a device seals: as many as surely fit, in order.
Status seal_all(Tally& tally, const ScopeId& scope, const crypto::SecretBytes& epoch, const crypto::SigningKeyPair& device) {
  std::span<const Bytes> rest = tally.waiting;
  while (!rest.empty()) {
    const std::size_t count = fitting(rest);
    TRY_ASSIGN(const Bytes sealed, seal_segment({.scope = scope, .device = 1, .charter = 1, .after = {}}, rest.first(count), epoch, device,
                                                crypto::system_random(), Padding::none));
    tally.operations += count;
    tally.bytes += sealed.size();
    rest = rest.subspan(count);
  }
  tally.waiting.clear();
  return {};
}

Status measure(const std::filesystem::path& folder, const std::string& phrase_text) {
  TRY_ASSIGN(const auto phrase, crypto::normalise_phrase(phrase_text));
  TRY_ASSIGN(const auto slots, crypto::KeyslotFile::load(folder / "keyslots"));
  TRY_ASSIGN(const auto key, slots.open(crypto::FactorInput::with_phrase(phrase)));
  TRY_ASSIGN(const auto vault, Vault::open(folder / "vault.db", key));
  Tally open, boxed;
  for (const ScopeId& scope : vault->scopes()) {
    TRY_ASSIGN(const Charter charter, vault->held_charter(scope));
    TRY_ASSIGN(const ScopeIdentity me, vault->identity(scope));
    TRY_ASSIGN(const auto segments, vault->segments_after(scope, {}, std::size_t{1} << 40));
    crypto::SecretBytes epoch;
    crypto::KeyId opened_for{};
    for (const Bytes& bytes : segments) {
      TRY_ASSIGN(const SegmentView segment, parse_segment(bytes));
      if (epoch.empty() || opened_for != segment.header.epoch) {
        TRY_ASSIGN(epoch, open_grant(charter, segment.header.epoch, me.device, vault->founding().sealing));
        opened_for = segment.header.epoch;
      }
      TRY_ASSIGN(const OpenedSegment opened, open_segment(segment, epoch));
      for (const OpenedOperation& operation : opened) {
        TRY_ASSIGN(const journal::Operation read, parse_operation(operation.raw));
        (read.box().empty() ? open : boxed).waiting.push_back(to_bytes(operation.raw));
      }
      // Stamps rise within a device's segment only.
      TRY_STATUS(seal_all(open, scope, epoch, vault->founding().signing));
      TRY_STATUS(seal_all(boxed, scope, epoch, vault->founding().signing));
    }
  }
  if (open.operations == 0 || boxed.operations == 0) return fail(ErrorCode::invalid, "the simulated history has no operations of one kind");
  std::printf("wire_open_operations %zu\nwire_bytes_per_open_op %.2f\n", open.operations,
              static_cast<double>(open.bytes) / static_cast<double>(open.operations));
  std::printf("wire_boxed_operations %zu\nwire_bytes_per_boxed_op %.2f\n", boxed.operations,
              static_cast<double>(boxed.bytes) / static_cast<double>(boxed.operations));
  return {};
}

}  // namespace
}  // namespace huisbord

int main() {
  if (!huisbord::crypto::start()) return 3;
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("huisbord-wire-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const std::string simulate =
      std::string(HUISBORD_BINARY_DIR "/bin/huisbordctl simulate --houses 8 --people 500 --months 18 --seed 1 --dir ") +
      (folder / "organisation").string() + " --root-dir " + (folder / "root").string() + " --phrase-out " + (folder / "phrase").string() +
      " >&2";
  int code = 1;
  if (std::system(simulate.c_str()) == 0) {
    std::ifstream in(folder / "phrase");
    std::string phrase;
    std::getline(in, phrase);
    const auto measured = huisbord::measure(folder / "organisation", phrase);
    if (!measured) std::cerr << measured.error().sentence << "\n";
    code = measured ? 0 : 1;
  }
  std::filesystem::remove_all(folder);
  return code;
}
