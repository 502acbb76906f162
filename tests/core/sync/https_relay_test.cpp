// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is no relay is "network": portals, proxies, cut and endless answers. And what a relay says is understood.
#include "core/sync/https_relay.h"

#include <gtest/gtest.h>

#include "core/sync/wire/limits.h"
#include "core/sync/wire/messages.h"
#include "core/sync/wire/request_signature.h"
#include "tests/core/sync/manual_clock.h"
#include "tests/core/sync/odd_server.h"
#include "tests/support/memory_log.h"

namespace huisbord {
namespace {

const std::string portal = "<html><body>Welcome to the guest network. Accept the terms.</body></html>";

std::string text_of(const google::protobuf::MessageLite& message) { return to_string(wire::to_body(message)); }

class HttpsRelayTest : public ::testing::Test {
 protected:
  std::unique_ptr<HttpsRelay> to(const std::string& url, std::chrono::seconds silence = std::chrono::seconds(30)) {
    auto opened = HttpsRelay::open({.url = url, .authorities = {}, .silence = silence}, log, clock);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  Result<PullAnswer> pull_from(const std::string& answer) {
    OddServer server([&](OddServer::Peer& peer) {
      request = peer.read_some();
      peer.write(answer);
    });
    relay = to(server.url());
    return relay->pull(organisation.house(), {}, {});
  }
  ErrorCode code_from(const std::string& answer) {
    const auto pulled = pull_from(answer);
    return pulled ? ErrorCode::io : pulled.error().code;
  }

  PaperOrganisation organisation{1, 1, 1};
  MemoryLog log{organisation, 1, 1};
  ManualClock clock;
  std::unique_ptr<HttpsRelay> relay;
  std::string request;
};

}  // namespace

TEST_F(HttpsRelayTest, APageIsUnderstood) {
  wire::PullReply page;
  page.add_charters("charter");
  page.add_segments("segment");
  page.set_charter(4);
  wire::Head& head = *page.add_heads();
  head.set_device(3);
  head.set_number(99);
  head.set_header_hash(std::string(32, 'h'));
  const auto pulled = pull_from(OddServer::answer("200 OK", std::string(wire::page_type), text_of(page)));
  ASSERT_TRUE(pulled);
  EXPECT_EQ(pulled->charters, std::vector<Bytes>{to_bytes(view("charter"))});
  EXPECT_EQ(pulled->segments, std::vector<Bytes>{to_bytes(view("segment"))});
  EXPECT_EQ(pulled->charter, 4u);
  ASSERT_EQ(pulled->heads.size(), 1u);
  EXPECT_EQ(pulled->heads[0].number, 99u);
  EXPECT_TRUE(
      request.starts_with("POST /v1/" + organisation.organisation().hex() + "/" + organisation.house().hex() + "/pull HTTP/1.1\r\n"))
      << request;
}

TEST_F(HttpsRelayTest, ARefusalIsUnderstood) {
  wire::Refusal refusal;
  refusal.set_reason(wire::Refusal::BUSY);
  refusal.set_retry_after(9);
  const auto pulled = pull_from(OddServer::answer("503 Service Unavailable", std::string(wire::refusal_type), text_of(refusal)));
  ASSERT_TRUE(pulled);
  ASSERT_TRUE(pulled->refusal);
  EXPECT_EQ(pulled->refusal->reason, RelayRefusal::Reason::busy);
  EXPECT_EQ(pulled->refusal->retry_after, std::chrono::seconds(9));
}

TEST_F(HttpsRelayTest, ARefusalOfALaterReleaseIsARefusal) {
  const auto pulled = pull_from(OddServer::answer("409 Conflict", std::string(wire::refusal_type), std::string("\x08\xe7\x07", 3)));
  ASSERT_TRUE(pulled);
  ASSERT_TRUE(pulled->refusal);
  EXPECT_EQ(pulled->refusal->reason, RelayRefusal::Reason::unknown);
}

TEST_F(HttpsRelayTest, APortalThatAnswersTwoHundredWithHtmlIsNoRelay) {
  EXPECT_EQ(code_from(OddServer::answer("200 OK", "text/html", portal)), ErrorCode::network);
}

TEST_F(HttpsRelayTest, APortalIsNoRelayForAPushEither) {
  OddServer server([&](OddServer::Peer& peer) {
    peer.read_some();
    peer.write(OddServer::answer("200 OK", "text/html", portal));
  });
  const std::vector<Bytes> segments{Bytes(1000, 1)};
  const auto pushed = to(server.url())->push(organisation.house(), segments, {});
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pushed.error().code, ErrorCode::network);
}

TEST_F(HttpsRelayTest, APortalThatRedirectsIsNotFollowed) {
  EXPECT_EQ(code_from(OddServer::answer("302 Found", "text/html", portal, "Location: http://127.0.0.1:1/login\r\n")), ErrorCode::network);
}

TEST_F(HttpsRelayTest, ARefusalThatIsNotInOurTypeIsNoRefusal) {
  EXPECT_EQ(code_from(OddServer::answer("404 Not Found", "text/html", portal)), ErrorCode::network);
  EXPECT_EQ(code_from(OddServer::answer("511 Network Authentication Required", "text/html", portal)), ErrorCode::network);
}

TEST_F(HttpsRelayTest, ARefusalWithTheStatusOfSuccessIsNone) {
  EXPECT_EQ(code_from(OddServer::answer("200 OK", std::string(wire::refusal_type), "")), ErrorCode::network);
}

TEST_F(HttpsRelayTest, OurTypeAroundHtmlIsNoRelay) {
  EXPECT_EQ(code_from(OddServer::answer("200 OK", std::string(wire::page_type), portal)), ErrorCode::network);
}

TEST_F(HttpsRelayTest, AnAnswerThatIsCutShortIsNone) {
  const std::string whole = OddServer::answer("200 OK", std::string(wire::page_type), std::string(1000, '\0'));
  EXPECT_EQ(code_from(whole.substr(0, whole.size() - 10)), ErrorCode::network);
  EXPECT_EQ(code_from("HTTP/1.1 200 OK\r\nConte"), ErrorCode::network);
  EXPECT_EQ(code_from(""), ErrorCode::network);
  EXPECT_EQ(code_from("SSH-2.0-OpenSSH\r\n"), ErrorCode::network);
}

TEST_F(HttpsRelayTest, AnAnswerWithoutEndIsLeftAtTheBound) {
  OddServer server([&](OddServer::Peer& peer) {
    peer.read_some();
    std::string piece(1 << 20, 'x');
    if (!peer.write("HTTP/1.1 200 OK\r\nContent-Type: " + std::string(wire::page_type) + "\r\n\r\n")) return;
    while (peer.write(piece)) {
    }
  });
  const auto pulled = to(server.url())->pull(organisation.house(), {}, {});
  ASSERT_FALSE(pulled);
  EXPECT_EQ(pulled.error().code, ErrorCode::network);
}

TEST_F(HttpsRelayTest, ASilentServerIsLeft) {
  OddServer server([](OddServer::Peer& peer) { peer.read_until_closed(); });
  const auto pulled = to(server.url(), std::chrono::seconds(1))->pull(organisation.house(), {}, {});
  ASSERT_FALSE(pulled);
  EXPECT_EQ(pulled.error().code, ErrorCode::network);
}

TEST_F(HttpsRelayTest, NobodyListening) {
  std::string url;
  {
    const OddServer server([](OddServer::Peer&) {});
    url = server.url();
  }
  const auto pulled = to(url)->pull(organisation.house(), {}, {});
  ASSERT_FALSE(pulled);
  EXPECT_EQ(pulled.error().code, ErrorCode::network);
}

TEST_F(HttpsRelayTest, AServerThatSpeaksNoTlsIsNoRelayForHttps) {
  OddServer server([](OddServer::Peer& peer) {
    peer.read_some();
    peer.write(OddServer::answer("200 OK", std::string(wire::page_type), ""));
  });
  const auto pulled = to(server.url("https"))->pull(organisation.house(), {}, {});
  ASSERT_FALSE(pulled);
  EXPECT_EQ(pulled.error().code, ErrorCode::network);
}

TEST_F(HttpsRelayTest, TheDateIsHandedOutWhenARelaySaysItAndNotWhenAPortalDoes) {
  const std::string date = "Date: Wed, 15 Apr 2026 12:00:00 GMT\r\n";
  static_cast<void>(pull_from(OddServer::answer("200 OK", "text/html", portal, date)));
  EXPECT_FALSE(relay->date());
  static_cast<void>(pull_from(OddServer::answer("200 OK", std::string(wire::page_type), "", date)));
  ASSERT_TRUE(relay->date());
  EXPECT_EQ(relay->date()->date, Millis{1'776'254'400'000});
  EXPECT_EQ(relay->date()->running, clock.running());
}

TEST_F(HttpsRelayTest, ARequestIsSignedByTheDevicesRequestKey) {
  static_cast<void>(pull_from(OddServer::answer("200 OK", std::string(wire::page_type), "")));
  const auto field = [&](const std::string& name) {
    const std::size_t at = request.find("\r\n" + name + ": ") + name.size() + 4;
    return request.substr(at, request.find("\r\n", at) - at);
  };
  const wire::SignatureFields fields{
      .content_digest = field("Content-Digest"), .signature_input = field("Signature-Input"), .signature = field("Signature")};
  const auto claim = wire::read_signature(fields);
  ASSERT_TRUE(claim) << request;
  EXPECT_EQ(claim->created_second, clock.now().value / 1000);
  const std::string path = request.substr(5, request.find(" HTTP/1.1") - 5), body = request.substr(request.find("\r\n\r\n") + 4);
  EXPECT_TRUE(wire::check_request({.method = "POST", .authority = field("Host"), .path = path, .query = {}}, view(body), fields, *claim,
                                  organisation.device(1).listed.request_key));
}

TEST_F(HttpsRelayTest, WhoseClockIsWrongSignsAgainByTheRelaysDate) {
  wire::Refusal stale;
  stale.set_reason(wire::Refusal::STALE_SIGNATURE);
  std::vector<std::string> requests;
  OddServer server([&](OddServer::Peer& peer) {
    requests.push_back(peer.read_some());
    const bool late = requests.back().find(";created=1776254400;") != std::string::npos;
    peer.write(late ? OddServer::answer("200 OK", std::string(wire::page_type), "")
                    : OddServer::answer("401 Unauthorized", std::string(wire::refusal_type), text_of(stale),
                                        "Date: Wed, 15 Apr 2026 12:00:00 GMT\r\n"));
  });
  relay = to(server.url());
  ASSERT_TRUE(relay->pull(organisation.house(), {}, {})) << "two requests: by our clock, then by the relay's";
  EXPECT_EQ(requests.size(), 2u);
  EXPECT_FALSE(relay->pull(organisation.house(), {}, {})->refusal);
  EXPECT_EQ(requests.size(), 3u);
}

TEST_F(HttpsRelayTest, ARelayThatFindsEverySignatureStaleIsAskedTwiceAndNoMore) {
  wire::Refusal stale;
  stale.set_reason(wire::Refusal::STALE_SIGNATURE);
  int requests = 0;
  OddServer server([&](OddServer::Peer& peer) {
    peer.read_some();
    ++requests;
    peer.write(
        OddServer::answer("401 Unauthorized", std::string(wire::refusal_type), text_of(stale), "Date: Wed, 15 Apr 2026 12:00:00 GMT\r\n"));
  });
  const auto pulled = to(server.url())->pull(organisation.house(), {}, {});
  ASSERT_TRUE(pulled && pulled->refusal);
  EXPECT_EQ(pulled->refusal->reason, RelayRefusal::Reason::stale_signature);
  EXPECT_EQ(requests, 2);
}

TEST_F(HttpsRelayTest, OtherSchemesAreRefused) {
  EXPECT_FALSE(HttpsRelay::open({.url = "file:///etc/passwd", .authorities = {}}, log, clock));
  EXPECT_FALSE(HttpsRelay::open({.url = "relay.example", .authorities = {}}, log, clock));
}

TEST_F(HttpsRelayTest, AStopBeforeTheCallEndsIt) {
  OddServer server([](OddServer::Peer& peer) { peer.read_until_closed(); });
  std::stop_source stop;
  stop.request_stop();
  const auto pulled = to(server.url())->pull(organisation.house(), {}, stop.get_token());
  ASSERT_FALSE(pulled);
  EXPECT_EQ(pulled.error().code, ErrorCode::unavailable);
}

}  // namespace huisbord
