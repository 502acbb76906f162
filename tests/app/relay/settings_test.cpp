// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration file of the relay.
#include "app/relay/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace huisbord::relay {
namespace {

Status read(const std::string& text, Settings& settings) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "relay.toml";
  std::ofstream(file) << text;
  return read_settings(file, settings);
}
std::string refusal_of(const std::string& text) {
  Settings settings;
  const Status status = read(text, settings);
  return status ? "" : status.error().sentence;
}

}  // namespace

TEST(RelaySettings, AFileSetsWhatItNamesAndLeavesTheRest) {
  Settings settings;
  ASSERT_TRUE(read("listen = \"[::1]:9000\"\ndata = \"/srv/relay\"\nroot = \"" + std::string(64, 'a') +
                       "\"\nlog_level = \"warning\"\ndevice_quota = 1000\nidle_seconds = 5\n",
                   settings));
  EXPECT_EQ(settings.address, "::1");
  EXPECT_EQ(settings.port, 9000);
  EXPECT_EQ(settings.data, "/srv/relay");
  EXPECT_EQ(settings.root.bytes[31], 0xaa);
  EXPECT_EQ(settings.log_level, "warning");
  EXPECT_EQ(settings.device_quota, 1000u);
  EXPECT_EQ(settings.idle, std::chrono::seconds(5));
  EXPECT_EQ(settings.connections, Settings{}.connections);
}

TEST(RelaySettings, WhatIsWrongIsNamed) {
  using ::testing::HasSubstr;
  EXPECT_THAT(refusal_of("conections = 5\n"), HasSubstr("\"conections\" is no setting"));
  EXPECT_THAT(refusal_of("connections = \"many\"\n"), HasSubstr("\"connections\": is not a whole number"));
  EXPECT_THAT(refusal_of("connections = 0\n"), HasSubstr("from 1 to"));
  EXPECT_THAT(refusal_of("connections = true\n"), HasSubstr("from 1 to"));
  EXPECT_THAT(refusal_of("slowest_bytes_per_second = 4294967396\n"), HasSubstr("from 1 to")) << "and not 100";
  EXPECT_THAT(refusal_of("idle_seconds = 9223372036854775807\n"), HasSubstr("from 1 to 86400"));
  EXPECT_THAT(refusal_of("listen = 80\n"), HasSubstr("\"listen\": is not a text"));
  EXPECT_THAT(refusal_of("listen = \"localhost:http\"\n"), HasSubstr("does not end in a port"));
  EXPECT_THAT(refusal_of("listen = \"127.0.0.1:70000\"\n"), HasSubstr("does not end in a port"));
  EXPECT_THAT(refusal_of("root = \"zz\"\n"), HasSubstr("64 hexadecimal digits"));
  EXPECT_THAT(refusal_of("a = [\n"), HasSubstr("line"));
  Settings settings;
  EXPECT_FALSE(read_settings("/nonexistent/relay.toml", settings));
}

}  // namespace huisbord::relay
