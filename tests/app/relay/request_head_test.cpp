// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a request as the vectors have them, byte by byte and as a whole; and which paths there are.
#include "app/relay/request_head.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/relay/route.h"

namespace huisbord::relay {
namespace {

struct Vector {
  std::string expect;
  Bytes bytes;
};

Vector read(const std::string& name) {
  std::ifstream in(std::string(HUISBORD_SOURCE_DIR) + "/tests/vectors/request_" + name + ".vector");
  Vector vector;
  std::string hexadecimal;
  bool body = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("expect: ")) vector.expect = line.substr(8);
    if (body) hexadecimal += line;
    body = body || line.empty();
  }
  vector.bytes = from_hex(hexadecimal).value();
  return vector;
}

}  // namespace

TEST(RequestHead, EveryVectorIsReadOrRefusedAsItSays) {
  for (const char* name : {"pull", "health", "wait", "piece", "goes_on", "cut_short", "chunked", "two_lengths", "enormous", "negative",
                           "line_feeds", "tls", "endless_line"}) {
    const Vector vector = read(name);
    const auto head = parse_head(vector.bytes);
    EXPECT_EQ(vector.expect, !head ? "refused" : *head ? "ok" : "more") << name;
  }
}

TEST(RequestHead, TheExampleOfTheDocumentIsReadAndItsSignatureHolds) {
  const Vector vector = read("pull");
  const auto head = parse_head(vector.bytes);
  ASSERT_TRUE(head && *head);
  EXPECT_EQ((*head)->content_length, 8u);
  EXPECT_TRUE((*head)->keep);
  const auto claim = wire::read_signature((*head)->signature);
  ASSERT_TRUE(claim);
  crypto::SigningPublicKey key;
  std::ranges::copy(*from_hex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"), key.bytes.begin());
  EXPECT_TRUE(wire::check_request({.method = "POST", .authority = "relay.example:8443", .path = (*head)->target, .query = {}},
                                  ByteView(vector.bytes).subspan((*head)->size), (*head)->signature, *claim, key));
}

TEST(RequestHead, NothingIsSaidBeforeTheLinesAreWhole) {
  const Vector vector = read("pull");
  const std::size_t whole = (*parse_head(vector.bytes))->size;
  for (std::size_t size = 0; size < whole; ++size) {
    const auto head = parse_head(ByteView(vector.bytes).first(size));
    ASSERT_TRUE(head) << size;
    EXPECT_FALSE(*head) << size;
  }
}

TEST(Route, EachThingHasOnePath) {
  const std::string organisation(32, 'a'), scope(32, 'b'), hash(64, 'c'), path = "/v1/" + organisation + "/" + scope + "/";
  EXPECT_EQ(route_of(path + "segments")->what, Route::What::segments);
  EXPECT_EQ(route_of(path + "charter")->what, Route::What::charter);
  EXPECT_EQ(route_of(path + "pull")->what, Route::What::pull);
  EXPECT_EQ(route_of("/v1/" + organisation + "/wait")->what, Route::What::wait);
  EXPECT_EQ(route_of(path + "snapshot/" + hash + "/15")->piece.piece, 15u);
  for (const std::string& other :
       {std::string(), std::string("/"), std::string("/v1"), std::string("/v1/"), path, path + "pull/", path + "pull?a", path + "/pull",
        "/v2" + path.substr(3) + "pull", path + "snapshot/" + hash, path + "snapshot/" + hash + "/16", path + "snapshot/" + hash + "/01",
        path + "snapshot/" + hash + "/-1", path + "snapshot/" + std::string(64, 'C') + "/0", "/v1/" + std::string(32, 'A') + "/wait",
        "/v1/" + organisation + "/wait/"})
    EXPECT_FALSE(route_of(other)) << other;
}

}  // namespace huisbord::relay
