// SPDX-License-Identifier: GPL-3.0-or-later
// Every stored vector is judged as it says, for ever; and the generator still writes the same bytes.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/vectors/vector_file.h"

namespace huisbord::vectors {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(HUISBORD_SOURCE_DIR) / "tests/vectors";

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Vectors, AreAllJudgedAsTheySay) {
  std::set<std::string> expectations;
  const auto all = read_vectors(folder);
  EXPECT_GE(all.size(), 150u);
  for (const VectorFile& vector : all) {
    if (vector.text("kind") == "request") continue;  // tests/app/relay/request_head_test.cpp judges these: only the relay reads them
    EXPECT_EQ(contradiction(vector), "") << vector.name;
    expectations.insert(vector.text("expect"));
  }
  EXPECT_EQ(expectations,
            (std::set<std::string>{"ok", "parse", "limit", "chain", "signature", "seal", "epoch", "charter", "version", "forbidden"}));
}

TEST(Vectors, AreContradictedWhenTheyLie) {
  VectorFile good = read_vector(folder / "segment_first.vector");
  good.header.erase("expect");
  good.header.emplace("expect", "chain");
  EXPECT_EQ(contradiction(good), "expected chain, got ok");
  VectorFile other = read_vector(folder / "segment_first.vector");
  other.header.find("operation")->second.back() = 'f';
  EXPECT_EQ(contradiction(other), "another operation");
  VectorFile flipped = read_vector(folder / "charter_first.vector");
  flipped.bytes[100] ^= 1;
  EXPECT_NE(contradiction(flipped), "");
}

TEST(Vectors, NoByteOfAGoodOneCanBeChanged) {
  for (const char* const name : {"segment_mixed", "segment_compressed", "charter_full", "charter_keyring"}) {
    VectorFile vector = read_vector(folder / (std::string(name) + ".vector"));
    for (std::size_t at = 0; at < vector.bytes.size(); ++at) {
      vector.bytes[at] ^= 0x40;
      EXPECT_NE(contradiction(vector), "") << name << ", byte " << at;
      vector.bytes[at] ^= 0x40;
    }
  }
}

TEST(Vectors, AreWhatTheGeneratorWrites) {
  const fs::path made = fs::path(HUISBORD_BINARY_DIR) / "vectors";
  fs::remove_all(made);
  fs::create_directories(made);
  const std::string command = "/usr/bin/python3 '" + (folder / "generate.py").string() + "' '" + made.string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0) << "needs Debian's python3-nacl";
  std::set<std::string> stored;
  std::set<std::string> generated;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".vector") stored.insert(entry.path().filename().string());
  }
  for (const auto& entry : fs::directory_iterator(made)) {
    generated.insert(entry.path().filename().string());
    EXPECT_EQ(content(entry.path()), content(folder / entry.path().filename())) << entry.path().filename();
  }
  EXPECT_EQ(stored, generated);
}

}  // namespace
}  // namespace huisbord::vectors
