// SPDX-License-Identifier: GPL-3.0-or-later
// What a version vector lacks, by pages, in the order of arrival.
#include <gtest/gtest.h>

#include "app/relay/sqlite_mailbox.h"
#include "tests/app/relay/chain_writer.h"
#include "tests/app/relay/running_relay.h"

namespace huisbord::relay {
namespace {

class PullTest : public ::testing::Test {
 protected:
  PullTest() : organisation(1, 3, 2), house(organisation.house()), relay(settings_for(organisation, folder.path()), organisation) {
    EXPECT_EQ(relay.put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u);
    ChainWriter second(organisation, house, 2), third(organisation, house, 3);
    for (int i = 0; i < 6; ++i) {
      for (ChainWriter* chain : {&second, &third}) {
        arrived.push_back(chain->next(2, 300));
        EXPECT_EQ(relay.push(organisation.organisation(), house, {arrived.back()}).status, 200u);
      }
    }
  }
  wire::PullReply pull(const wire::PullRequest& request) {
    const Reply reply = relay.pull(organisation.organisation(), house, request);
    EXPECT_EQ(reply.status, 200u);
    EXPECT_EQ(reply.content_type, wire::page_type);
    return *wire::parse_page(reply.body);
  }
  static void hold(wire::PullRequest& request, DeviceNumber device, OperationNumber number) {
    for (wire::Head& head : *request.mutable_heads())
      if (head.device() == device) return head.set_number(number);
    wire::Head& head = *request.add_heads();
    head.set_device(device);
    head.set_number(number);
    head.set_header_hash(std::string(32, '\0'));
  }

  PaperOrganisation organisation;
  ScopeId house;
  TemporaryFolder folder;
  Asked relay;
  std::vector<Bytes> arrived;
};

}  // namespace

TEST_F(PullTest, WhoHoldsNothingGetsEverythingInTheOrderOfArrival) {
  const wire::PullReply page = pull({});
  ASSERT_EQ(static_cast<std::size_t>(page.segments_size()), arrived.size());
  for (int i = 0; i < page.segments_size(); ++i) EXPECT_EQ(page.segments(i), to_string(arrived[static_cast<std::size_t>(i)]));
  EXPECT_FALSE(page.more());
  ASSERT_EQ(page.heads_size(), 2);
  EXPECT_EQ(page.heads(0).device(), 2u);
  EXPECT_EQ(page.heads(0).number(), 12u);
}

TEST_F(PullTest, OnlyWhatIsLackingComes) {
  wire::PullRequest request;
  hold(request, 2, 12);
  hold(request, 3, 8);
  const wire::PullReply page = pull(request);
  ASSERT_EQ(page.segments_size(), 2);
  EXPECT_EQ(page.segments(0), to_string(arrived[9]));
  EXPECT_EQ(page.segments(1), to_string(arrived[11]));
}

TEST_F(PullTest, PagesJoinToTheWholeAndOneSegmentComesHoweverSmallThePage) {
  wire::PullRequest request;
  request.set_max_bytes(1);
  std::vector<std::string> got;
  for (;;) {
    const wire::PullReply page = pull(request);
    ASSERT_EQ(page.segments_size(), 1);
    got.push_back(page.segments(0));
    const auto view = parse_segment(huisbord::view(got.back()));
    hold(request, view->header.device, view->header.last());
    EXPECT_EQ(page.heads_size() > 0, !page.more());
    if (!page.more()) break;
  }
  ASSERT_EQ(got.size(), arrived.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_EQ(got[i], to_string(arrived[i]));
}

TEST_F(PullTest, APageHoldsAtMostWhatWasAskedFor) {
  wire::PullRequest request;
  request.set_max_bytes(3000);
  const wire::PullReply page = pull(request);
  std::size_t size = 0;
  for (const std::string& segment : page.segments()) size += segment.size();
  EXPECT_LE(size, 3000u);
  EXPECT_GT(page.segments_size(), 1);
  EXPECT_TRUE(page.more());
}

TEST_F(PullTest, AVectorInsideASegmentGetsThatSegment) {
  wire::PullRequest request;
  hold(request, 2, 11);
  hold(request, 3, 12);
  EXPECT_EQ(pull(request).segments_size(), 1);
}

TEST_F(PullTest, AVectorAheadOfTheRelayGetsNothing) {
  wire::PullRequest request;
  hold(request, 2, ~OperationNumber{0});
  hold(request, 3, 13);
  hold(request, 99, 5);
  const wire::PullReply page = pull(request);
  EXPECT_EQ(page.segments_size(), 0);
  EXPECT_EQ(page.heads_size(), 2);
}

TEST_F(PullTest, AnUnknownScopeIsRefused) {
  const Reply reply = relay.pull(organisation.organisation(), organisation.house(1), {});
  EXPECT_EQ(reply.status, 404u);
  EXPECT_EQ(wire::parse_refusal(reply.body)->reason(), wire::Refusal::NO_SUCH_SCOPE);
}

TEST_F(PullTest, ABodyThatIsNoRequestIsMalformed) {
  const Reply reply = relay.ask("POST", Asked::path(organisation.organisation(), house) + "pull", wire::pull_type, Bytes(40, 0xff));
  EXPECT_EQ(reply.status, 400u);
}

TEST_F(PullTest, TheOrganisationIsPartOfTheName) {
  SeededRandom random(9);
  EXPECT_EQ(relay.pull(random.id<OrganisationTag>(), house, {}).status, 404u);
}

TEST(Mailbox, OneOfALaterReleaseIsRefusedUnharmed) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "mailbox.db";
  {
    auto database = Database::open(file);
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->execute("CREATE TABLE later (x); PRAGMA user_version = 99"));
  }
  const auto opened = SqliteMailbox::open(file);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::newer_version);
  auto database = Database::open(file);
  EXPECT_TRUE(database->execute("SELECT x FROM later"));
}

TEST(Mailbox, AFileThatIsNoneIsDamaged) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "mailbox.db";
  {
    std::unique_ptr<FILE, int (*)(FILE*)> out(std::fopen(file.c_str(), "w"), &std::fclose);
    for (int i = 0; i < 1000; ++i) std::fputs("this is a letter and no mailbox\n", out.get());
  }
  const auto opened = SqliteMailbox::open(file);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::damaged);
}

}  // namespace huisbord::relay
