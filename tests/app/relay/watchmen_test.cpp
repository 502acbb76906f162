// SPDX-License-Identifier: GPL-3.0-or-later
// What the machine around the relay sees of it: counts without names, and the words of a service.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/un.h>

#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/app/relay/raw_client.h"
#include "tests/app/relay/running_relay.h"
#include "tests/support/child_program.h"
#include "tests/support/memory_log.h"

namespace huisbord::relay {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class WatchmenTest : public ::testing::Test {
 protected:
  WatchmenTest() : organisation(1, 2, 1), settings(settings_for(organisation, folder.path() / "data")) {
    settings.metrics = Settings::Address{.address = "127.0.0.1", .port = 0};
  }
  static std::string get(std::uint16_t port, const std::string& path) {
    RawClient client(port);
    client.send("GET " + path + " HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n");
    return client.read_all();
  }

  PaperOrganisation organisation;
  TemporaryFolder folder;
  Settings settings;
};

}  // namespace

TEST_F(WatchmenTest, CountsAreThereForWatchmenAndNotForReplicas) {
  RunningRelay relay(settings);
  MemoryLog log(organisation, 2, 1);
  log.record(organisation.house());
  const auto http = *HttpsRelay::open({.url = relay.url(), .authorities = {}}, log, system_clock());
  ASSERT_TRUE(SyncRound(log, *http, system_clock()).run({}).clean());
  const std::string text = get(relay.server().metrics_port(), "/metrics");
  EXPECT_THAT(text, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(text, HasSubstr("\nhuisbord_relay_segments_kept_total 1\n"));
  EXPECT_THAT(text, HasSubstr("\nhuisbord_relay_charters_kept_total 2\n"));
  EXPECT_THAT(text, HasSubstr("\n# TYPE huisbord_relay_waiting gauge\n"));
  for (const std::string& name : {organisation.house().hex(), organisation.organisation().hex(), organisation.device(2).listed.id.hex()})
    EXPECT_THAT(text, Not(HasSubstr(name)));
  EXPECT_THAT(get(relay.port(), "/metrics"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(get(relay.server().metrics_port(), "/healthz"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(get(relay.server().metrics_port(), "/v1/"), StartsWith("HTTP/1.1 400 "));
}

TEST_F(WatchmenTest, TheServiceManagerHearsWhenItIsReadyAndWhenItStops) {
  const std::string path = (folder.path() / "notify").string();
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const auto heard = [&] {
    char text[256];
    const ssize_t size = ::recv(socket, text, sizeof text, 0);
    return std::string(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  };
  ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  ChildProgram program(
      std::string(HUISBORD_BINARY_DIR) + "/bin/huisbord-relay",
      {"--listen", "127.0.0.1:0", "--data", (folder.path() / "data").string(), "--root", to_hex(organisation.root().bytes)});
  ::unsetenv("NOTIFY_SOCKET");
  EXPECT_EQ(heard(), "READY=1");
  program.kill(SIGTERM);
  EXPECT_EQ(heard(), "STOPPING=1");
  EXPECT_EQ(program.wait(), 0);
  ::close(socket);
}

}  // namespace huisbord::relay
