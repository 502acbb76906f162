// SPDX-License-Identifier: GPL-3.0-or-later
// TLS between a replica and the relay's own certificate: what is trusted, and what is no network.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/app/relay/raw_client.h"
#include "tests/app/relay/running_relay.h"
#include "tests/support/certificate.h"
#include "tests/support/memory_log.h"

namespace huisbord::relay {
namespace {

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() : organisation(1, 2, 1), authority(folder.path() / "tls"), settings(settings_for(organisation, folder.path() / "data")) {}
  void start(const CertificateAuthority::Pair& pair) {
    settings.certificate = pair.certificate;
    settings.key = pair.key;
    relay.emplace(settings);
  }
  RoundReport round(const std::string& trusted) {
    const auto http = *HttpsRelay::open({.url = relay->url("https"), .authorities = trusted}, log, system_clock());
    return SyncRound(log, *http, system_clock()).run({});
  }
  ErrorCode code(const std::string& trusted) {
    const RoundReport report = round(trusted);
    return report.failure ? report.failure->code : ErrorCode::io;
  }

  PaperOrganisation organisation;
  MemoryLog log{organisation, 2, 1};
  TemporaryFolder folder;
  CertificateAuthority authority;
  Settings settings;
  std::optional<RunningRelay> relay;
};

}  // namespace

TEST_F(TlsTest, WithACertificateOfAnAuthorityThatIsTrustedEverythingGoesAsInTheClear) {
  start(authority.certify("good", "IP:127.0.0.1"));
  for (int i = 0; i < 2000; ++i) log.record(organisation.house());
  const RoundReport report = round(authority.trusted());
  EXPECT_TRUE(report.clean()) << (report.failure ? report.failure->sentence : "refused");
  EXPECT_EQ(log.waiting_count(), 0u);
  EXPECT_TRUE(report.date);
}

TEST_F(TlsTest, ACertificateForAnotherHostIsNoNetwork) {
  start(authority.certify("other", "DNS:relay.example"));
  EXPECT_EQ(code(authority.trusted()), ErrorCode::network);
}

TEST_F(TlsTest, OneThatHasEndedIsNoNetwork) {
  start(authority.certify("ended", "IP:127.0.0.1", 0));
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // certificates end at whole seconds
  EXPECT_EQ(code(authority.trusted()), ErrorCode::network);
}

TEST_F(TlsTest, OneOfAnAuthorityThatNobodyKnowsIsNoNetwork) {
  start(authority.certify("good", "IP:127.0.0.1"));
  const CertificateAuthority stranger(folder.path() / "stranger");
  EXPECT_EQ(code(stranger.trusted()), ErrorCode::network);
  EXPECT_EQ(code(""), ErrorCode::network) << "nor does the system know it";
}

TEST_F(TlsTest, AHandshakeThatHangsIsCutOffAndNobodyElseWaits) {
  settings.progress = std::chrono::seconds(1);
  start(authority.certify("good", "IP:127.0.0.1"));
  RawClient silent(relay->port());
  EXPECT_TRUE(round(authority.trusted()).clean());
  RawClient half(relay->port());
  half.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
  EXPECT_EQ(silent.read_all(), "");
  half.read_all();
  EXPECT_TRUE(round(authority.trusted()).clean());
}

TEST_F(TlsTest, WhoSpeaksPlainHttpToItIsNotAnswered) {
  start(authority.certify("good", "IP:127.0.0.1"));
  RawClient plain(relay->port());
  plain.send("GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n");
  EXPECT_EQ(plain.read_all().find("HTTP/1.1 200"), std::string::npos);
}

TEST_F(TlsTest, ACertificateIsLoadedAnewOnSighupAndABadOneLeavesTheFormer) {
  const auto pair = authority.certify("good", "IP:127.0.0.1");
  const CertificateAuthority next(folder.path() / "next");
  const auto renewed = next.certify("renewed", "IP:127.0.0.1");
  ChildProgram program(std::string(HUISBORD_BINARY_DIR) + "/bin/huisbord-relay",
                       {"--listen", "127.0.0.1:0", "--data", (folder.path() / "data").string(), "--root", to_hex(organisation.root().bytes),
                        "--certificate", pair.certificate, "--key", pair.key});
  const std::string line = program.line(), url = "https://" + line.substr(line.rfind(' ') + 1);
  const auto reached = [&](const std::string& trusted) {
    const auto http = *HttpsRelay::open({.url = url, .authorities = trusted}, log, system_clock());
    return SyncRound(log, *http, system_clock()).run({}).reached();
  };
  ASSERT_TRUE(reached(authority.trusted()));
  std::ofstream(pair.key) << "no key";
  program.kill(SIGHUP);
  while (program.errors().find("parse") == std::string::npos) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(reached(authority.trusted()));
  std::filesystem::copy_file(renewed.certificate, pair.certificate, std::filesystem::copy_options::overwrite_existing);
  std::filesystem::copy_file(renewed.key, pair.key, std::filesystem::copy_options::overwrite_existing);
  program.kill(SIGHUP);
  while (program.errors().find("certificate loaded") == std::string::npos) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(reached(next.trusted()));
  EXPECT_FALSE(reached(authority.trusted()));
}

TEST_F(TlsTest, AKeyOfAnotherCertificateIsRefusedAtTheStart) {
  settings.certificate = authority.certify("one", "IP:127.0.0.1").certificate;
  settings.key = authority.certify("two", "IP:127.0.0.1").key;
  const auto opened = Server::open(settings, system_clock());
  ASSERT_FALSE(opened);
}

}  // namespace huisbord::relay
