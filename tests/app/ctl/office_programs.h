// SPDX-License-Identifier: GPL-3.0-or-later
// An office with one house, a relay and huisbordctl as programs; kiosks as stores that synchronise as a kiosk's own thread does.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "app/ctl/desk.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/random.h"
#include "core/crypto/start.h"
#include "core/crypto/words.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/support/child_program.h"
#include "tests/support/temporary_folder.h"

namespace huisbord {

class OfficePrograms : public testing::Test {
 protected:
  using Words = std::vector<std::string>;
  void SetUp() override {
    ASSERT_TRUE(crypto::start());
    phrase = crypto::make_house_phrase(crypto::system_random());
    auto desk = Desk::create({folder.path() / "desk", {folder.path() / "root"}}, phrase);
    ASSERT_TRUE(desk) << desk.error().sentence;
    house = desk->found_house("Zuid").value();
    root = to_hex(desk->vault().founding().root.view());
    ASSERT_TRUE(crypto::replace_file(folder.path() / "desk.phrase", phrase.view()));
    ASSERT_TRUE(crypto::replace_file(folder.path() / "staff.phrase", view("a passphrase of staff")));
    start_relay();
  }
  void start_relay() {
    relay.reset();
    relay.emplace(programs + "huisbord-relay",
                  Words{"--listen", "127.0.0.1:0", "--data", path("relay"), "--root", root, "--log-level", "off"});
    url = "http://" + relay->line().substr(std::string("listening on ").size());
  }
  /// What it said stands in `out`.
  int ctl(const Words& arguments) {
    ChildProgram program(programs + "huisbordctl", arguments);
    out = program.rest();
    const int status = program.wait();
    out += program.errors();
    return status;
  }
  /// At the desk.
  int office(Words words, const Words& more = {}) {
    for (const char* word : {"--dir", "desk", "--phrase-file", "desk.phrase"}) words.push_back(*word == '-' ? word : path(word));
    words.insert(words.end(), more.begin(), more.end());
    return ctl(words);
  }
  int replica() { return office({"replica", "--once"}, {"--relay", url}); }
  /// On a kiosk's folder.
  int at(const std::string& kiosk, Words words, const Words& more = {}) {
    for (const std::string& word : {std::string("--dir"), path(kiosk), std::string("--phrase-file"), path("kiosk.phrase")})
      words.push_back(word);
    words.insert(words.end(), more.begin(), more.end());
    return ctl(words);
  }
  void make_kiosk(const std::string& name) {
    ASSERT_EQ(office({"kiosk", "make"}, {"--house", "zuid", "--out", path(name), "--kiosk-phrase-file", path("kiosk.phrase"),
                                         "--staff-passphrase-file", path("staff.phrase"), "--relay", url}),
              0)
        << out;
    ASSERT_EQ(replica(), 0) << out;
  }
  std::unique_ptr<Vault> open(const std::string& kiosk) {
    const auto typed = crypto::read_small_file(folder.path() / "kiosk.phrase", 200);
    const auto normalised = crypto::normalise_phrase(text_view(typed.value()));
    auto vault = Vault::open(vault_path(folder.path() / kiosk), open_store_key(folder.path() / kiosk, *normalised).value());
    EXPECT_TRUE(vault) << (vault ? "" : vault.error().sentence);
    return vault ? std::move(*vault) : nullptr;
  }
  Desk desk() { return std::move(Desk::open(folder.path() / "desk", phrase).value()); }
  Charter charter() { return desk().vault().held_charter(scope()).value(); }
  /// What a kiosk's thread does at each tick.
  RoundReport round(Vault& kiosk) {
    const auto connection = HttpsRelay::open({.url = url}, kiosk, system_clock());
    SyncRound rounds(kiosk, **connection, system_clock());
    return rounds.run({});
  }
  /// Until everything that it wrote, its day's witness with it, has a receipt.
  void settle(Vault& kiosk) {
    for (int again = 0; again < 4; ++again) {
      const RoundReport report = round(kiosk);
      EXPECT_TRUE(report.clean()) << (report.failure ? report.failure->sentence : "refused");
      if (again > 0 && report.waiting == 0) return;
    }
    ADD_FAILURE() << "something waits for ever";
  }
  void write(Vault& store, const std::string& title) {
    Activity activity;
    activity.id = crypto::system_random().id<ActivityTag>();
    activity.title = title;
    activity.day = Day{static_cast<std::int32_t>(system_clock().now().value / 86'400'000)};
    const auto written = store.record(scope(), Actor::none(), activity);
    EXPECT_TRUE(written) << (written ? "" : written.error().sentence);
  }
  /// The titles on a store's board, sorted.
  Words board(const Vault& store) {
    Words titles;
    const auto activities = store.activities(scope(), Day{0}, Day{50'000});
    for (const Activity& activity : activities.value()) titles.push_back(activity.title);
    std::ranges::sort(titles);
    return titles;
  }
  [[nodiscard]] ScopeId scope() const { return house.as<ScopeTag>(); }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / name).string(); }
  [[nodiscard]] bool said(const std::string& words) const { return out.find(words) != std::string::npos; }

  static inline const std::string programs = std::string(HUISBORD_BINARY_DIR) + "/bin/";
  TemporaryFolder folder;
  crypto::SecretBytes phrase;
  HouseId house;
  std::string root;
  std::optional<ChildProgram> relay;
  std::string url;
  std::string out;
};

}  // namespace huisbord
