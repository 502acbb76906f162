// SPDX-License-Identifier: GPL-3.0-or-later
// huisbord-relay as it is installed: what it cannot do, how it starts, dies and comes back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/app/relay/raw_client.h"
#include "tests/support/child_program.h"
#include "tests/support/memory_log.h"

namespace huisbord {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string program = std::string(HUISBORD_BINARY_DIR) + "/bin/huisbord-relay";

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() : organisation(1, 2, 1), house(organisation.house()) {}
  void start(const std::string& listen = "127.0.0.1:0") {
    relay.emplace(program, std::vector<std::string>{"--listen", listen, "--data", data.path().string(), "--root",
                                                    to_hex(organisation.root().bytes), "--log-level", "debug"});
    const std::string line = relay->line();
    ASSERT_THAT(line, StartsWith("listening on 127.0.0.1:")) << relay->errors();
    address = line.substr(std::string("listening on ").size());
  }
  RoundReport sync(MemoryLog& log) {
    const auto connection = *HttpsRelay::open({.url = "http://" + address, .authorities = {}}, log, system_clock());
    return SyncRound(log, *connection, system_clock()).run({});
  }

  PaperOrganisation organisation;
  ScopeId house;
  TemporaryFolder data;
  std::optional<ChildProgram> relay;
  std::string address;
};

std::string output_of(const std::string& command, const std::vector<std::string>& arguments) {
  ChildProgram child(command, arguments);
  std::string text = child.rest();
  EXPECT_EQ(child.wait(), 0) << child.errors();
  return text;
}

}  // namespace

TEST_F(ProgramTest, IsLinkedWithNothingThatOpensASegment) {
  const std::string imports = output_of("nm", {"--dynamic", "--undefined-only", program});
  EXPECT_THAT(imports, HasSubstr("crypto_sign_ed25519_verify_detached")) << "the list must be one of imports";
  // It seals: a share of a store key, closed already, once more to the kiosk that asks. It opens nothing.
  for (const char* opening :
       {"crypto_aead_xchacha20poly1305_ietf_decrypt", "ZSTD_", "crypto_box", "crypto_secretbox", "crypto_pwhash", "sqlite3_key"})
    EXPECT_THAT(imports, Not(HasSubstr(opening)));
  const std::string own = output_of("nm", {"--demangle", "--defined-only", program});
  EXPECT_THAT(own, HasSubstr("huisbord::parse_segment("));
  for (const char* opening : {"huisbord::open_segment", "huisbord::seal_segment", "huisbord::parse_operation", "huisbord::open_grant",
                              "huisbord::crypto::open_", "huisbord::journal::Operation", "huisbord::journal::Personal"})
    EXPECT_THAT(own, Not(HasSubstr(opening)));
}

TEST_F(ProgramTest, SigtermEndsItWithZeroAndWhatWasAcknowledgedIsThereAgain) {
  start();
  MemoryLog writer(organisation, 2, 1), reader(organisation, 1, 2);
  for (int i = 0; i < 50; ++i) writer.record(house);
  ASSERT_TRUE(sync(writer).clean());
  relay->kill(SIGTERM);
  EXPECT_EQ(relay->wait(), 0);
  start();
  ASSERT_TRUE(sync(reader).clean());
  EXPECT_EQ(reader.operations(house), writer.operations(house));
}

TEST_F(ProgramTest, KilledAtAnyMomentItLosesNothingThatItAcknowledged) {
  MemoryLog writer(organisation, 2, 1), reader(organisation, 1, 2);
  writer.set_most_operations(2);
  for (int life = 0; life < 4; ++life) {
    start();
    for (int i = 0; i < 40; ++i) writer.record(house);
    std::jthread killer([this, life] {
      std::this_thread::sleep_for(std::chrono::milliseconds(5 + 15 * life));
      relay->kill(SIGKILL);
    });
    static_cast<void>(sync(writer));
    killer.join();
    relay->wait();
  }
  start();
  const RoundReport report = sync(writer);
  EXPECT_TRUE(report.clean()) << "nothing that was acknowledged may be missing, or the chain would have a gap";
  EXPECT_EQ(writer.waiting_count(), 0u);
  ASSERT_TRUE(sync(reader).clean());
  EXPECT_EQ(reader.operations(house), writer.operations(house));
  EXPECT_EQ(reader.operations(house).size(), 160u);
}

TEST_F(ProgramTest, ItsLogNamesScopesAndNoCaller) {
  start();
  MemoryLog writer(organisation, 2, 1);
  writer.record(house);
  ASSERT_TRUE(sync(writer).clean());
  RawClient stranger(static_cast<std::uint16_t>(std::stoi(address.substr(address.find(':') + 1))));
  stranger.send("PUT /v1/secret-word?name=somebody HTTP/1.1\r\nHost: some-host\r\nUser-Agent: some-agent\r\nContent-Length: 0\r\n\r\n");
  stranger.read_answer();
  relay->kill(SIGTERM);
  EXPECT_EQ(relay->wait(), 0);
  const std::string log = relay->errors();
  EXPECT_THAT(log, HasSubstr(house.hex()));
  EXPECT_THAT(log, HasSubstr("\"status\":400"));
  for (const char* word : {"127.0.0.1", "secret-word", "somebody", "some-host", "some-agent"}) EXPECT_THAT(log, Not(HasSubstr(word)));
}

TEST_F(ProgramTest, SaysWhyItDoesNotStart) {
  const auto errors_of = [](const std::vector<std::string>& arguments) {
    ChildProgram child(program, arguments);
    EXPECT_NE(child.wait(), 0);
    return child.errors();
  };
  const std::string root = to_hex(organisation.root().bytes);
  EXPECT_THAT(errors_of({"--root", root}), HasSubstr("--data DIR"));
  EXPECT_THAT(errors_of({"--data", data.path().string()}), HasSubstr("--root HEX"));
  EXPECT_THAT(errors_of({"--data", data.path().string(), "--root", "abc"}), HasSubstr("64 hexadecimal digits"));
  EXPECT_THAT(errors_of({"--data", data.path().string(), "--root", root, "--listen", "here"}), HasSubstr("address:port"));
  EXPECT_THAT(errors_of({"--data", "/proc/nowhere", "--root", root, "--listen", "127.0.0.1:0"}), HasSubstr("data directory"));
  start();
  EXPECT_THAT(errors_of({"--data", data.path().string(), "--root", root, "--listen", address}), HasSubstr("cannot listen"));
}

}  // namespace huisbord
