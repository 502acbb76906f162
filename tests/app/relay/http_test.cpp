// SPDX-License-Identifier: GPL-3.0-or-later
// The relay on a socket: bounds of size, time and number, and a stop that cuts nobody off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/relay/chain_writer.h"
#include "tests/app/relay/raw_client.h"
#include "tests/app/relay/running_relay.h"

namespace huisbord::relay {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class HttpTest : public ::testing::Test {
 protected:
  HttpTest() : organisation(1, 2, 1), settings(settings_for(organisation, folder.path())) {}
  void start() { relay.emplace(settings); }
  std::string path(const std::string& what) const { return Asked::path(organisation.organisation(), organisation.house()) + what; }
  std::string put_charter() const {
    wire::CharterRequest request;
    request.set_charter(to_string(organisation.charter_bytes(organisation.house())));
    const Bytes charter = wire::to_padded_body(request);
    return "PUT " + path("charter") + " HTTP/1.1\r\nHost: relay\r\nContent-Type: " + std::string(wire::charter_type) +
           "\r\nContent-Length: " + std::to_string(charter.size()) + "\r\n\r\n" + to_string(charter);
  }
  /// Whatever came before, an honest client is served.
  void expect_alive() {
    RawClient honest(relay->port());
    honest.send("GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n");
    EXPECT_THAT(honest.read_answer(), StartsWith("HTTP/1.1 200 OK\r\n"));
  }

  PaperOrganisation organisation;
  TemporaryFolder folder;
  Settings settings;
  std::optional<RunningRelay> relay;
};

}  // namespace

TEST_F(HttpTest, SaysThatItIsHealthy) {
  start();
  RawClient client(relay->port());
  client.send("GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n");
  const std::string answer = client.read_answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\nok\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nDate: "));
}

TEST_F(HttpTest, ServesManyRequestsOnOneConnectionAlsoWhenTheyComeAtOnce) {
  start();
  RawClient client(relay->port());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(put_charter()));
    EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 OK\r\n"));
  }
  RawClient hasty(relay->port());
  hasty.send(put_charter() + "GET /healthz HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n");
  const std::string both = hasty.read_all();
  EXPECT_THAT(both, HasSubstr(std::string(wire::receipt_type)));
  EXPECT_THAT(both, HasSubstr("ok\n"));
}

TEST_F(HttpTest, ABodyThatComesByteByByteIsTaken) {
  start();
  RawClient client(relay->port());
  for (const char byte : put_charter()) ASSERT_TRUE(client.send(std::string(1, byte)));
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(HttpTest, WhoAsksWhetherToSendIsToldToGoOn) {
  start();
  RawClient client(relay->port());
  std::string request = put_charter();
  request.insert(request.find("\r\n") + 2, "Expect: 100-continue\r\n");
  const std::size_t body = request.find("\r\n\r\n") + 4;
  client.send(request.substr(0, body));
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 100 Continue\r\n"));
  client.send(request.substr(body));
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(HttpTest, AnAnnouncedBodyOverTheLimitIsRefusedBeforeItComes) {
  start();
  RawClient client(relay->port());
  client.send("PUT " + path("segments") + " HTTP/1.1\r\nHost: relay\r\nContent-Length: 99999999999\r\n\r\n");
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 413 "));
  expect_alive();
}

TEST_F(HttpTest, ABodyWithoutALengthIsRefused) {
  start();
  RawClient client(relay->port());
  client.send("PUT " + path("segments") + " HTTP/1.1\r\nHost: relay\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 400 "));
  RawClient none(relay->port());
  none.send("PUT " + path("segments") + " HTTP/1.1\r\nHost: relay\r\n\r\n");
  EXPECT_THAT(none.read_all(), StartsWith("HTTP/1.1 400 "));
  expect_alive();
}

TEST_F(HttpTest, HeaderLinesWithoutEndAreRefused) {
  start();
  RawClient client(relay->port());
  std::string request = "GET /healthz HTTP/1.1\r\n";
  for (int i = 0; i < 2000; ++i) request += "X-" + std::to_string(i) + ": abcdefghijklmnopqrstuvwxyz\r\n";
  client.send(request);
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 413 "));
  RawClient line(relay->port());
  line.send("GET /" + std::string(100'000, 'a'));
  EXPECT_THAT(line.read_all(), StartsWith("HTTP/1.1 4"));
  expect_alive();
}

TEST_F(HttpTest, WhatIsNoHttpIsAnsweredOrClosed) {
  start();
  for (const std::string& text :
       {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), std::string("SSH-2.0-x\r\n\r\n"),
        std::string("GET / HTTP/9.9\r\n\r\n"), std::string("\r\n\r\n\r\n\r\n"), std::string("PUT / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
        std::string("PUT / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")}) {
    RawClient client(relay->port());
    client.send(text);
    const std::string answer = client.read_all();
    if (!answer.empty()) {
      EXPECT_THAT(answer, StartsWith("HTTP/1.1 4")) << text;
    }
  }
  expect_alive();
}

TEST_F(HttpTest, AWrongPathIsRefusedInOurType) {
  start();
  RawClient client(relay->port());
  client.send("PUT /admin HTTP/1.1\r\nHost: relay\r\nContent-Length: 0\r\n\r\n");
  const std::string answer = client.read_answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(answer, HasSubstr(std::string(wire::refusal_type)));
}

TEST_F(HttpTest, HeaderLinesThatTrickleAreCutOff) {
  settings.headers = std::chrono::seconds(1);
  start();
  RawClient slow(relay->port());
  slow.send("GET /healthz HTTP/1.1\r\nX: ");
  while (slow.send("a")) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  SUCCEED() << "a relay that waited on would hold this test until its time limit";
  expect_alive();
}

TEST_F(HttpTest, ABodyThatStopsComingIsCutOff) {
  settings.progress = std::chrono::seconds(1);
  start();
  RawClient slow(relay->port());
  slow.send("PUT " + path("segments") + " HTTP/1.1\r\nHost: relay\r\nContent-Length: 1000\r\n\r\nabc");
  EXPECT_EQ(slow.read_all(), "");
  expect_alive();
}

TEST_F(HttpTest, ABodyThatTricklesBelowTheSlowestPaceIsCutOff) {
  settings.progress = std::chrono::seconds(1);
  settings.slowest = 1'000'000;
  start();
  RawClient slow(relay->port());
  slow.send("PUT " + path("segments") + " HTTP/1.1\r\nHost: relay\r\nContent-Length: 100000\r\n\r\n");
  while (slow.send("a")) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  expect_alive();
}

TEST_F(HttpTest, AnIdleConnectionIsClosed) {
  settings.idle = std::chrono::seconds(1);
  start();
  RawClient idle(relay->port());
  EXPECT_EQ(idle.read_all(), "");
}

TEST_F(HttpTest, MoreConnectionsThanItMayHoldAreTurnedAwayAndServedLater) {
  settings.connections = 4;
  settings.idle = std::chrono::seconds(2);
  start();
  std::vector<std::unique_ptr<RawClient>> crowd;
  for (int i = 0; i < 4; ++i) {
    crowd.push_back(std::make_unique<RawClient>(relay->port()));
    crowd.back()->send("GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n");
    EXPECT_THAT(crowd.back()->read_answer(), StartsWith("HTTP/1.1 200 "));
  }
  RawClient late(relay->port());
  EXPECT_EQ(late.read_all(), "");
  for (const auto& one : crowd) one->read_all();
  expect_alive();
}

TEST_F(HttpTest, MoreAtWorkThanItMayHoldIsBusy) {
  settings.requests_at_work = 0;
  start();
  RawClient client(relay->port());
  client.send(put_charter());
  const std::string answer = client.read_answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr(std::string(wire::refusal_type)));
}

TEST_F(HttpTest, StopAnswersWhoIsBeingServedAndClosesWhoIsIdle) {
  start();
  RawClient idle(relay->port());
  idle.send("GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n");
  idle.read_answer();
  RawClient busy(relay->port());
  const std::string request = put_charter();
  busy.send(request.substr(0, request.size() - 10));
  expect_alive();  // so that what came before was read
  relay->server().stop();
  EXPECT_EQ(idle.read_all(), "");
  busy.send(request.substr(request.size() - 10));
  EXPECT_THAT(busy.read_all(), StartsWith("HTTP/1.1 200 OK\r\n"));
  relay.reset();
}

TEST_F(HttpTest, StopDoesNotWaitForWhoNeverEnds) {
  settings.grace = std::chrono::seconds(1);
  start();
  RawClient hanging(relay->port());
  hanging.send(put_charter().substr(0, 200));
  expect_alive();
  relay.reset();
  EXPECT_EQ(hanging.read_all(), "");
}

}  // namespace huisbord::relay
