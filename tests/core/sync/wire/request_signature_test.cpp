// SPDX-License-Identifier: GPL-3.0-or-later
// Request signatures: the standard's own example, PROTOCOL.md's, and every other form refused.
#include "core/sync/wire/request_signature.h"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>

#include "core/base/base64.h"
#include "core/sync/wire/relay_address.h"

namespace huisbord::wire {
namespace {

crypto::SigningKeyPair counting_request_key() {
  Bytes seed(32);
  std::iota(seed.begin(), seed.end(), std::uint8_t{0});
  return crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(seed));
}

class RequestSignature : public ::testing::Test {
 protected:
  const std::string path = "/v1/" + std::string(32, 'a') + "/" + std::string(32, 'b') + "/pull";
  const RequestTarget target{.method = "POST", .authority = "relay.example:8443", .path = path, .query = {}};
  const Bytes body = to_bytes(view("huisbord"));
  const DeviceId device = *DeviceId::from_hex_text("000102030405060708090a0b0c0d0e0f");
  const crypto::SigningKeyPair key = counting_request_key();
  const SignatureFields fields = sign_request(target, body, 1767225600, device, key);

  bool holds(const RequestTarget& of, ByteView with, const SignatureFields& by) const {
    const auto claim = read_signature(by);
    return claim && check_request(of, with, by, *claim, key.public_key);
  }
};

}  // namespace

TEST_F(RequestSignature, TheBaseAndTheSignatureOfTheStandardsOwnExample) {  // RFC 9421, B.2.6
  const SignatureComponent components[] = {
      {"date", "Tue, 20 Apr 2021 02:07:55 GMT"}, {"@method", "POST"},     {"@path", "/foo"}, {"@authority", "example.com"},
      {"content-type", "application/json"},      {"content-length", "18"}};
  const std::string base = signature_base(components, R"(("date" "@method" "@path" "@authority" "content-type" "content-length"))"
                                                      R"(;created=1618884473;keyid="test-key-ed25519")");
  const auto seed = from_base64("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=");
  const auto signature = from_base64("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
  ASSERT_TRUE(seed && signature);
  const crypto::SigningKeyPair theirs = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(*seed));
  EXPECT_EQ(to_base64(theirs.public_key.bytes), "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=");
  EXPECT_EQ(to_base64(crypto::sign_request(theirs, view(base))), to_base64(*signature));
}

TEST_F(RequestSignature, TheDigestOfTheStandardsOwnExample) {  // RFC 9530, D.1
  EXPECT_EQ(content_digest(view("{\"hello\": \"world\"}\n")), "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
}

TEST_F(RequestSignature, TheExampleOfTheDocument) {
  std::ifstream in(std::string(HUISBORD_SOURCE_DIR) + "/core/sync/PROTOCOL.md");
  const std::string document{std::istreambuf_iterator<char>(in), {}};
  for (const std::string& line : {"Content-Digest: " + fields.content_digest, "Signature-Input: " + fields.signature_input,
                                  "Signature: " + fields.signature, "\"@path\": " + path, to_hex(key.public_key.bytes)})
    EXPECT_NE(document.find(line), std::string::npos) << line;
}

TEST_F(RequestSignature, WhatWasSignedHoldsAndSaysWhoAndWhen) {
  const auto claim = read_signature(fields);
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->device, device);
  EXPECT_EQ(claim->created_second, 1767225600);
  EXPECT_TRUE(holds(target, body, fields));
}

TEST_F(RequestSignature, NothingOfTheRequestCanBeExchanged) {
  RequestTarget other = target;
  other.method = "PUT";
  EXPECT_FALSE(holds(other, body, fields));
  other = target;
  other.authority = "relay.example";
  EXPECT_FALSE(holds(other, body, fields));
  other = target;
  other.path = "/v1/charter";
  EXPECT_FALSE(holds(other, body, fields));
  other = target;
  other.query = "?a";
  EXPECT_FALSE(holds(other, body, fields));
  EXPECT_FALSE(holds(target, view("huisborD"), fields));
  SignatureFields digest = fields;
  digest.content_digest = content_digest(view("huisborD"));
  EXPECT_FALSE(holds(target, view("huisborD"), digest));
  SignatureFields later = fields;
  later.signature_input.replace(later.signature_input.find("1767225600"), 10, "1767225601");
  EXPECT_FALSE(holds(target, body, later));
  SeededRandom random(1);
  const auto claim = read_signature(fields);
  EXPECT_FALSE(check_request(target, body, fields, *claim, crypto::make_signing_key(random).public_key));
}

TEST_F(RequestSignature, EveryOtherFormIsRefused) {
  const auto refused = [&](const std::function<void(SignatureFields&)>& change) {
    SignatureFields other = fields;
    change(other);
    return !read_signature(other) || !holds(target, body, other);
  };
  EXPECT_FALSE(refused([](SignatureFields&) {}));
  for (const auto& [from, to] : {std::pair{"created=1767225600", "created=01767225600"},
                                 {"created=1767225600", "created=-1767225600"},
                                 {"created=1767225600", "created=+1767225600"},
                                 {"created=1767225600", "created=99999999999999999999"},
                                 {"created=1767225600", "created="},
                                 {"0a0b", "0A0B"},
                                 {"0a0b", "0a0"},
                                 {"huisbord-1", "huisbord-2"},
                                 {"ed25519", "rsa-v1_5-sha256"},
                                 {"\"@method\" ", ""},
                                 {"\"@method\" \"@authority\"", "\"@authority\" \"@method\""},
                                 {"huisbord=(", "huisbord= ("},
                                 {"huisbord=(", "sig1=("}}) {
    EXPECT_TRUE(refused([&](SignatureFields& other) {
      const std::size_t at = other.signature_input.find(from);
      ASSERT_NE(at, std::string::npos) << from;
      other.signature_input.replace(at, std::string_view(from).size(), to);
    })) << to;
  }
  EXPECT_TRUE(refused([](SignatureFields& other) { other.signature_input += ";expires=2000000000"; }));
  EXPECT_TRUE(refused([](SignatureFields& other) { other.signature_input += ", " + other.signature_input; }));
  EXPECT_TRUE(refused([](SignatureFields& other) { other.signature += ", sig1=:AA==:"; }));
  EXPECT_TRUE(refused([](SignatureFields& other) { other.signature = "huisbord=::"; }));
  EXPECT_TRUE(refused([](SignatureFields& other) { other.signature = "huisbord=:"; }));
  EXPECT_TRUE(refused([](SignatureFields& other) { other.signature[12] ^= 1; }));
  EXPECT_TRUE(refused([](SignatureFields& other) { other.content_digest = "sha-512" + other.content_digest.substr(7); }));
  for (std::size_t size = 0; size < fields.signature_input.size(); ++size)
    EXPECT_TRUE(refused([&](SignatureFields& other) { other.signature_input.resize(size); })) << size;
  EXPECT_TRUE(refused([](SignatureFields& other) { other = {}; }));
}

TEST(RelayAddress, IsTakenApartAsBothSidesSignIt) {
  const auto address = parse_address("https://Relay.Example:443/board/");
  ASSERT_TRUE(address);
  EXPECT_TRUE(address->tls);
  EXPECT_EQ(address->authority, "relay.example");
  EXPECT_EQ(address->path, "/board");
  EXPECT_EQ(parse_address("http://127.0.0.1:8420")->authority, "127.0.0.1:8420");
  EXPECT_EQ(parse_address("http://[::1]:80/")->url(), "http://[::1]");
  EXPECT_EQ(parse_address("http://[::1]")->url(), "http://[::1]");
}

TEST(RelayAddress, WithAnythingElseInItIsRefused) {
  for (const char* url :
       {"", "relay.example", "file:///etc/passwd", "https://", "https:///v1", "https://me:secret@relay.example",
        "https://relay.example/?a=b", "https://relay.example/#a", "https://relay example/", "https://relay.example/a\r\nb"})
    EXPECT_FALSE(parse_address(url)) << url;
}

TEST(RelayAddress, OfAHostPortOrPathThatCannotBeIsRefused) {
  for (const char* port : {":443:443", ":", ":0", ":65536", ":0443", ":443a"})
    EXPECT_FALSE(parse_address("https://a" + std::string(port))) << port;
  for (const char* host : {":443", "[::1", "[]", "::1", "[::1]a", "[x]"})
    EXPECT_FALSE(parse_address("https://" + std::string(host))) << host;
  for (const char* path : {"//a", "/../a", "/./a", "/a/..", "//", "/a//"})
    EXPECT_FALSE(parse_address("https://a" + std::string(path))) << path;
}

}  // namespace huisbord::wire
