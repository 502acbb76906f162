// SPDX-License-Identifier: GPL-3.0-or-later
// The root key and its delegations as an operator meets them, with every refusal.
#include <fstream>

#include "core/office/root_key.h"
#include "tests/app/ctl/command_line.h"

namespace huisbord {
namespace {

class RootCommands : public CommandLine {
 protected:
  [[nodiscard]] std::string ask() const { return "root ask" + access() + " --out " + path("request"); }
  [[nodiscard]] std::string sign(const std::string& medium = "root") const {
    return "root delegate --root-dir " + path(medium) + " --request " + path("request") + " --out " + path("delegation");
  }
  [[nodiscard]] std::string accept() const { return "root accept" + access() + " --delegation " + path("delegation"); }
  [[nodiscard]] std::uint32_t number_in_charter() {
    Desk desk = open_desk();
    return desk.vault().held_charter(desk.org())->delegation.number;
  }
};

TEST_F(RootCommands, MakeAKeyOnceOnTwoMedia) {
  EXPECT_EQ(refused("root make --root-dir " + path("one")), "a root key lies on two media: give --root-dir twice");
  EXPECT_NE(refused("root make").find("--root-dir"), std::string::npos);
  const std::string twice = "root make --root-dir " + path("a") + " --root-dir " + path("b");
  expect_done(twice);
  EXPECT_TRUE(has_said("root public key  "));
  EXPECT_TRUE(std::filesystem::exists(root_key_path(path("a"))) && std::filesystem::exists(root_key_path(path("b"))));
  const std::string again = refused(twice);
  EXPECT_NE(again.find(path("a")), std::string::npos) << again;
  EXPECT_NE(refused("root make --root-dir " + path("c") + " --root-dir " + path("c")), "");
  EXPECT_FALSE(std::filesystem::exists(root_key_path(path("c"))));
}

TEST_F(RootCommands, LetAnotherDeskWriteUnderTheNextDelegation) {
  EXPECT_EQ(number_in_charter(), 1u);
  expect_done(ask());
  expect_done(sign());
  EXPECT_TRUE(has_said("delegation 2 of organisation")) << said;
  expect_done(accept());
  EXPECT_TRUE(has_said("under delegation 2")) << said;
  EXPECT_EQ(number_in_charter(), 2u);
}

TEST_F(RootCommands, AcceptNothingThatIsNotTheAnswer) {
  expect_done(ask());
  expect_done(sign());
  expect_done(accept());
  EXPECT_EQ(refused(accept()), "That delegation was replaced by a later one: ask for a new one.");
  // A later one that nobody here asked for.
  expect_done(sign());
  EXPECT_EQ(refused(accept()), "This store asked for no delegation.");
  expect_done(ask());
  EXPECT_EQ(refused(accept()), "That delegation answers another store's request.");

  write(path("delegation"), "not a delegation");
  EXPECT_NE(refused(accept()).find("delegation"), std::string::npos);
  EXPECT_NE(refused("root accept" + access() + " --delegation " + path("none")), "");
  EXPECT_EQ(number_in_charter(), 2u) << "none of it changed anything";
}

TEST_F(RootCommands, AcceptNoDelegationThatHasEndedAndNoOthers) {
  expect_done(ask());
  const auto request = read_delegation_request(read_source(path("request"), 1000).value());
  ASSERT_TRUE(request);
  const auto ended = make_delegation(path("root"), *request, Millis{system_clock().now().value - 2 * 86'400'000});
  ASSERT_TRUE(crypto::replace_file(path("delegation"), write_delegation(*ended)));
  EXPECT_EQ(refused(accept()), "That delegation has ended: ask for a new one.");

  ASSERT_TRUE(run("root make --root-dir " + path("x") + " --root-dir " + path("y")));
  expect_done(sign("x"));
  EXPECT_EQ(refused(accept()), "That delegation is not signed by this organisation's root key.");
  auto stranger = *request;
  stranger.organisation = OrganisationId{{9}};
  const auto theirs = make_delegation(path("root"), stranger, Millis{system_clock().now().value + 86'400'000});
  ASSERT_TRUE(crypto::replace_file(path("delegation"), write_delegation(*theirs)));
  EXPECT_EQ(refused(accept()), "That delegation is for another organisation.");
}

TEST_F(RootCommands, DelegateOnlyWithTheKeyAtHand) {
  expect_done(ask());
  EXPECT_EQ(refused(sign("nowhere")), "There is no root key in " + path("nowhere") + ".");
  EXPECT_NE(refused(sign() + " --days 0").find("--days"), std::string::npos);
  const auto key = root_key_path(path("root-copy"));
  std::string bytes = to_string(read_source(key, 1000).value());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  ASSERT_TRUE(crypto::replace_file(key, view(bytes)));
  EXPECT_EQ(refused(sign("root-copy")), "The root key in " + path("root-copy") + " is damaged: take the other medium.");
  write(path("request"), "no request");
  EXPECT_NE(refused(sign()), "");
  EXPECT_FALSE(std::filesystem::exists(path("delegation")));
}

TEST_F(RootCommands, PassTheChartersThatAStolenDeskWentOnWriting) {
  expect_done(ask());
  expect_done(sign());
  expect_done(accept() + " --above 40");
  EXPECT_TRUE(has_said("charter 41 under delegation 2")) << said;
  Desk desk = open_desk();
  EXPECT_EQ(desk.vault().charter_number(desk.org()), 41u);
}

TEST_F(RootCommands, ADeskWithAnOlderDelegationIsRefusedByWhoHeardOfTheLater) {
  std::filesystem::copy(dir(), path("stolen"), std::filesystem::copy_options::recursive);
  expect_done(ask());
  expect_done(sign());
  expect_done(accept());
  Desk desk = open_desk();
  auto stolen = Desk::open(path("stolen"), phrase_in("phrase"));
  ASSERT_TRUE(stolen);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(stolen->office().amend(stolen->org(), [](Charter&) { return Status{}; }));
  const auto later = stolen->vault().charter(stolen->org()).value().value();
  const Status taken = desk.vault().take_charter(later);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().sentence, "A charter is written under a delegation that was replaced.");
}

}  // namespace
}  // namespace huisbord
