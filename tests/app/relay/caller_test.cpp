// SPDX-License-Identifier: GPL-3.0-or-later
// Who may ask the relay for anything: a device that the charter lists, by a fresh signature of its own, and what each may.
#include <gtest/gtest.h>

#include "tests/app/relay/chain_writer.h"
#include "tests/app/relay/running_relay.h"

namespace huisbord::relay {
namespace {

class CallerTest : public ::testing::Test {
 protected:
  CallerTest() : organisation(1, 3, 1), house(organisation.house()), relay(settings_for(organisation, folder.path()), organisation) {
    EXPECT_EQ(put_charter(), 200u);
  }
  unsigned put_charter() { return relay.put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status; }
  Request pull_request(std::int64_t late = 0) {
    return relay.signed_request("POST", Asked::path(organisation.organisation(), house) + "pull", wire::pull_type, {}, late);
  }
  wire::Refusal::Reason reason(const Reply& reply, unsigned status) {
    EXPECT_EQ(reply.status, status);
    return reply.content_type == wire::refusal_type ? wire::parse_refusal(reply.body)->reason() : wire::Refusal::UNKNOWN;
  }
  Reply pull(CharterNumber held = 1) {
    wire::PullRequest request;
    request.set_charter(held);
    return relay.pull(organisation.organisation(), house, request);
  }

  PaperOrganisation organisation;
  ScopeId house;
  TemporaryFolder folder;
  Asked relay;
};

}  // namespace

TEST_F(CallerTest, AListedDeviceIsAnswered) {
  for (const DeviceNumber device : {1u, 2u, 3u}) EXPECT_EQ(relay.as(device).answer_to(pull_request()).status, 200u);
}

TEST_F(CallerTest, WithoutASignatureOnlyACharterIsTaken) {
  Request request = pull_request();
  request.signature = {};
  EXPECT_EQ(reason(relay.answer_to(request), 401), wire::Refusal::NOT_SIGNED);
  wire::CharterRequest message;
  message.set_charter(to_string(organisation.charter_bytes(house)));
  Request charter = relay.signed_request("PUT", Asked::path(organisation.organisation(), house) + "charter", wire::charter_type,
                                         wire::to_body(message), 0);
  charter.signature = {};
  EXPECT_EQ(relay.answer_to(charter).status, 200u);
}

TEST_F(CallerTest, ASignatureOverSomethingElseIsNone) {
  Request body = pull_request();
  body.body = Bytes{0x18, 0x01};
  EXPECT_EQ(reason(relay.answer_to(body), 401), wire::Refusal::NOT_SIGNED);
  Request other = pull_request();
  const Request of_another = relay.as(2).signed_request("POST", other.target, wire::pull_type, {}, 0);
  other.signature.signature = of_another.signature.signature;
  EXPECT_EQ(reason(relay.answer_to(other), 401), wire::Refusal::NOT_SIGNED);
  Request query = pull_request();
  query.target += "?a";
  EXPECT_NE(relay.answer_to(query).status, 200u);
}

TEST_F(CallerTest, AnOldOrFutureSignatureIsStaleAndOneOfFourMinutesIsNot) {
  EXPECT_EQ(reason(relay.answer_to(pull_request(-310)), 401), wire::Refusal::STALE_SIGNATURE);
  EXPECT_EQ(reason(relay.answer_to(pull_request(310)), 401), wire::Refusal::STALE_SIGNATURE);
  EXPECT_EQ(relay.answer_to(pull_request(-240)).status, 200u);
  EXPECT_EQ(relay.answer_to(pull_request(240)).status, 200u);
}

TEST_F(CallerTest, ADeviceThatTheCharterDoesNotListIsRefusedWithTheChartersNumber) {
  PaperOrganisation stranger(7, 1, 1);
  Request request = pull_request();
  const auto& device = stranger.device(1);
  request.signature = wire::sign_request({.method = "POST", .authority = Asked::authority, .path = request.target, .query = {}}, {},
                                         system_clock().now().value / 1000, device.listed.id, device.request);
  const Reply reply = relay.answer_to(request);
  EXPECT_EQ(reason(reply, 403), wire::Refusal::NO_SUCH_DEVICE);
  EXPECT_EQ(wire::parse_refusal(reply.body)->charter(), 1u);
}

TEST_F(CallerTest, AKioskPutsItsOwnSegmentsAndADeskEverybodys) {
  ChainWriter second(organisation, house, 2), third(organisation, house, 3);
  const Bytes of_second = second.next(), of_third = third.next();
  EXPECT_EQ(relay.as(2).push(organisation.organisation(), house, {of_second}).status, 200u);
  EXPECT_EQ(reason(relay.as(2).push(organisation.organisation(), house, {of_third}), 403), wire::Refusal::ONLY_A_DESK);
  EXPECT_EQ(relay.as(1).push(organisation.organisation(), house, {of_third}).status, 200u);
}

TEST_F(CallerTest, ADeviceThatWasCutGetsTheCharterThatSaysSoAndNothingElse) {
  ChainWriter chain(organisation, house, 3);
  ASSERT_EQ(relay.as(3).push(organisation.organisation(), house, {chain.next()}).status, 200u);
  organisation.amend(house, [](Charter& charter) {
    charter.devices[1].state = DeviceState::cut;
    charter.devices[1].cut = Cut{};
    std::erase_if(charter.epochs[0].grants, [](const EpochGrant& grant) { return grant.device == 2; });
  });
  ASSERT_EQ(put_charter(), 200u);
  const auto page = wire::parse_page(relay.as(2).pull(organisation.organisation(), house, {}).body);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->charters_size(), 1);
  EXPECT_EQ(page->segments_size(), 0);
  EXPECT_EQ(page->heads_size(), 0);
  EXPECT_TRUE(page->more());
  EXPECT_EQ(reason(pull(2), 403), wire::Refusal::DEVICE_NOT_ACTIVE);
}

}  // namespace huisbord::relay
