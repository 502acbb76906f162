// SPDX-License-Identifier: GPL-3.0-or-later
// Witnesses: what they say comes back, and what a relay withholds shows.
#include "core/journal/witness.h"

#include <gtest/gtest.h>

namespace huisbord {
namespace {

HeaderHash hash_of(DeviceNumber device) {
  Bytes bytes;
  ByteWriter(bytes).u32(device);
  return crypto::hash("test", bytes);
}

Witness sample(std::size_t heads) {
  Witness witness;
  for (std::size_t i = heads; i > 0; --i)
    witness.heads.push_back({static_cast<DeviceNumber>(i), 10 * i, hash_of(static_cast<DeviceNumber>(i))});
  witness.charter = 4;
  witness.trusted_quarter = 1'980'000;
  witness.kinds = 22;
  witness.digest = hash_of(0);
  witness.roles = hash_of(4);
  return witness;
}

TEST(Witness, ComesBackAsItWasMade) {
  const auto raw = write_operation(make_witness(sample(3), {77}, {2900}));
  ASSERT_TRUE(raw) << raw.error().sentence;
  const auto operation = parse_operation(*raw);
  ASSERT_TRUE(operation);
  const auto read = read_witness(*operation);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->heads.size(), 3u);
  EXPECT_EQ(read->heads[0], (WitnessHead{1, 10, hash_of(1)}));
  EXPECT_EQ(read->charter, 4u);
  EXPECT_EQ(read->trusted_quarter, 1'980'000);
  EXPECT_EQ(read->kinds, 22);
  EXPECT_EQ(read->digest, hash_of(0));
  EXPECT_EQ(read->roles, hash_of(4));
}

TEST(Witness, AFullOneFitsAnOperationAndKeepsTheYoungestDevices) {
  const auto raw = write_operation(make_witness(sample(400), {77}, {2900}));
  ASSERT_TRUE(raw) << raw.error().sentence;
  const auto read = read_witness(*parse_operation(*raw));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->heads.size(), max_witness_heads);
  EXPECT_EQ(read->heads.back().device, 400u);
}

TEST(Witness, IsRefusedInBadForm) {
  const auto broken = [](auto change) {
    journal::Operation operation = make_witness(sample(3), {77}, {2900});
    change(*operation.mutable_witness());
    return !read_witness(operation) && !write_operation(operation);
  };
  EXPECT_TRUE(broken([](journal::Witness& body) { body.mutable_heads(1)->set_device(1); }));
  EXPECT_TRUE(broken([](journal::Witness& body) { body.mutable_heads(1)->set_number(0); }));
  EXPECT_TRUE(broken([](journal::Witness& body) { body.mutable_heads(1)->set_header_hash("short"); }));
  EXPECT_TRUE(broken([](journal::Witness& body) { body.clear_digest(); }));
  EXPECT_TRUE(broken([](journal::Witness& body) { body.set_roles("short"); }));
  EXPECT_FALSE(broken([](journal::Witness&) {}));
  EXPECT_FALSE(broken([](journal::Witness& body) { body.clear_roles(); }));
}

TEST(Witness, WhatItSawAndNobodyHasIsMissing) {
  const Witness witness = *read_witness(make_witness(sample(3), {77}, {2900}));
  const std::vector<WitnessHead> all{{1, 10, hash_of(1)}, {2, 25, hash_of(2)}, {3, 30, hash_of(3)}};
  EXPECT_TRUE(missing(witness, all).empty());
  const std::vector<WitnessHead> some{{1, 9, hash_of(1)}, {3, 30, hash_of(3)}};
  const auto lacking = missing(witness, some);
  ASSERT_EQ(lacking.size(), 2u);
  EXPECT_EQ(lacking[0].device, 1u);
  EXPECT_EQ(lacking[1].device, 2u);
}

}  // namespace
}  // namespace huisbord
