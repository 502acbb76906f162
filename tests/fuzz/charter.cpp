// SPDX-License-Identifier: GPL-3.0-or-later
// Charters and the root key's files from anywhere: frames, bodies with the signatures out of the way, and what they say.
#include "core/journal/envelope/charter.h"

#include <algorithm>
#include <fstream>

#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/journal/envelope/charter_body.h"
#include "core/office/root_key.h"
#include "tests/fuzz/target.h"
#include "tests/support/temporary_folder.h"

namespace huisbord::fuzz {
namespace {

enum Shape : std::uint8_t { charter = 0, root_file = 1, summed_root_file = 2, root_key = 3 };

void run_charter(ByteView bytes) {
  const auto named = charter_name(bytes);
  CHECK(!Charter::verify(bytes, {}, nullptr));
  constexpr std::size_t around = 12 + 64;
  if (bytes.size() < around || bytes.size() > max_charter_size) return;
  const auto read = parse_charter_body(bytes.subspan(12, bytes.size() - around));
  if (named) CHECK(read && read->number == named->number);
  if (!read || !check_charter_sense(*read)) return;
  CHECK(check_charter_follows(*read, *read).has_value());
  const auto again = parse_charter_body(write_charter_body(*read));
  CHECK(again && write_charter_body(*again) == write_charter_body(*read));
  for (const CharterDevice& device : read->devices) CHECK(read->device(device.number) != nullptr && read->device(device.id) != nullptr);
  (void)read->highest_epoch();
}

void run_root_file(ByteView bytes) {
  if (const auto request = read_delegation_request(bytes)) CHECK(std::ranges::equal(write_delegation_request(*request), bytes));
  if (const auto made = read_delegation(bytes)) {
    CHECK(std::ranges::equal(write_delegation(*made), bytes));
    CHECK(!verify_delegation(made->organisation, made->delegation, {}));
  }
}

/// As it lies on a medium, but for its sum.
void run_root_key(ByteView bytes) {
  static const TemporaryFolder medium;
  const crypto::Hash sum = crypto::hash("hb.root.file", bytes);
  std::ofstream out(root_key_path(medium.path()), std::ios::binary);
  for (const ByteView part : {bytes, ByteView(sum)})
    out.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
  out.close();
  const auto read = read_root_key(medium.path());
  if (read) CHECK(crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(read->seed())).public_key == read->public_key);
}

}  // namespace

std::vector<Bytes> seeds() {
  std::vector<Bytes> all;
  for (const Bytes& bytes : vectors("charter_")) all.push_back(shaped(charter, bytes));
  const DelegationRequest request{.organisation = {}, .number = 3, .key = {}};
  const OrganisationDelegation made{.organisation = {}, .delegation = {.number = 3, .expires_quarter = 9, .key = {}, .root_signature = {}}};
  for (const Bytes& bytes : {write_delegation_request(request), write_delegation(made)}) {
    all.push_back(shaped(root_file, bytes));
    all.push_back(shaped(summed_root_file, ByteView(bytes).first(bytes.size() - 32)));
  }
  SeededRandom random(1);
  const crypto::SigningKeyPair root = crypto::make_signing_key(random);
  Bytes key = to_bytes(view("HBROOTK1"));
  for (const ByteView part : {root.seed(), ByteView(root.public_key.bytes)}) key.insert(key.end(), part.begin(), part.end());
  all.push_back(shaped(root_key, key));
  return all;
}

void run(ByteView input) {
  if (input.empty()) return;
  const ByteView rest = input.subspan(1);
  if (input[0] == charter) run_charter(rest);
  if (input[0] == root_file) run_root_file(rest);
  if (input[0] == summed_root_file) {
    Bytes file = to_bytes(rest);
    const crypto::Hash sum = crypto::hash("hb.root.file", rest);
    file.insert(file.end(), sum.begin(), sum.end());
    run_root_file(file);
  }
  if (input[0] == root_key) run_root_key(rest);
}

}  // namespace huisbord::fuzz
