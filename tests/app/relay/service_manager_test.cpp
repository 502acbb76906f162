// SPDX-License-Identifier: GPL-3.0-or-later
// The relay under a service manager: it says when it is ready, and takes a port that somebody else holds for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/un.h>

#include "tests/app/relay/raw_client.h"
#include "tests/support/child_program.h"
#include "tests/support/paper_organisation.h"

namespace huisbord {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A port on loopback that listens and is handed to programs, as a systemd socket unit does.
class HeldPort {
 public:
  HeldPort() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {  // inherited: without SOCK_CLOEXEC
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && ::listen(socket_, 16) == 0);
    socklen_t size = sizeof address;
    CHECK(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
  }
  ~HeldPort() { ::close(socket_); }
  HeldPort(const HeldPort&) = delete;
  HeldPort& operator=(const HeldPort&) = delete;
  [[nodiscard]] std::string descriptor() const { return std::to_string(socket_); }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

/// What the relay tells its service manager.
class NotifySocket {
 public:
  explicit NotifySocket(const std::filesystem::path& path) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    CHECK(path.string().size() < sizeof address.sun_path);
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    CHECK(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    CHECK(::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
  }
  ~NotifySocket() { ::close(socket_); }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;
  std::string next() {
    char text[256];
    const ssize_t size = ::recv(socket_, text, sizeof text, 0);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
  }

 private:
  int socket_;
};

class ServiceManagerTest : public ::testing::Test {
 protected:
  ServiceManagerTest() : organisation(1, 2, 1) {}
  /// Starts the relay by a shell, which gives it \p before: variables and descriptors.
  std::unique_ptr<ChildProgram> start(const std::string& before, const std::string& after = {}) const {
    return std::make_unique<ChildProgram>(
        "sh", std::vector<std::string>{"-c", before + " exec " + std::string(HUISBORD_BINARY_DIR) +
                                                 "/bin/huisbord-relay --listen 127.0.0.1:0 --data " + data.path().string() + " --root " +
                                                 to_hex(organisation.root().bytes) + after});
  }
  PaperOrganisation organisation;
  TemporaryFolder data, run;
};

constexpr char healthy[] = "GET /healthz HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n";

}  // namespace

TEST_F(ServiceManagerTest, IsToldWhenTheRelayIsReadyAndWhenItStops) {
  NotifySocket manager(run.path() / "notify");
  const auto relay = start("NOTIFY_SOCKET=" + (run.path() / "notify").string());
  EXPECT_EQ(manager.next(), "READY=1") << relay->errors();
  EXPECT_THAT(relay->line(), StartsWith("listening on 127.0.0.1:"));
  relay->kill(SIGTERM);
  EXPECT_EQ(manager.next(), "STOPPING=1");
  EXPECT_EQ(relay->wait(), 0) << relay->errors();
}

TEST_F(ServiceManagerTest, HoldsThePortWhileTheRelayStartsAnew) {
  const HeldPort held;
  const std::string handed = "LISTEN_PID=$$ LISTEN_FDS=1";
  const std::string as_third = " 3<&" + held.descriptor();
  auto relay = start(handed, as_third);
  EXPECT_EQ(relay->line(), "listening on 127.0.0.1:" + std::to_string(held.port())) << relay->errors();
  relay->kill(SIGTERM);
  ASSERT_EQ(relay->wait(), 0) << relay->errors();

  RawClient caller(held.port());  // nobody is there, and it is not refused
  ASSERT_TRUE(caller.send(healthy));
  relay = start(handed, as_third);
  EXPECT_THAT(caller.read_all(), HasSubstr("200 OK")) << relay->errors();
}

TEST_F(ServiceManagerTest, APortThatWasHandedToAnotherProcessIsLeftAlone) {
  const HeldPort held;
  const auto relay = start("LISTEN_PID=1 LISTEN_FDS=1", " 3<&" + held.descriptor());
  const std::string line = relay->line();
  EXPECT_THAT(line, StartsWith("listening on 127.0.0.1:"));
  EXPECT_NE(line, "listening on 127.0.0.1:" + std::to_string(held.port()));
}

TEST_F(ServiceManagerTest, WhatIsHandedOverAndNoPortIsRefusedInASentence) {
  const auto relay = start("LISTEN_PID=$$ LISTEN_FDS=1", " 3</dev/null");
  EXPECT_NE(relay->wait(), 0);
  EXPECT_THAT(relay->errors(), HasSubstr("the socket that was handed over is no TCP socket"));
}

}  // namespace huisbord
