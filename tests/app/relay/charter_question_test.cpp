// SPDX-License-Identifier: GPL-3.0-or-later
// Who may ask the relay for the newest charter without standing in one: whoever could write the next, and nobody else.
#include "core/sync/wire/charter_question.h"

#include <gtest/gtest.h>

#include "core/sync/charter_question.h"
#include "tests/app/relay/running_relay.h"

namespace huisbord::relay {
namespace {

class CharterQuestionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(relay.put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u);
  }
  [[nodiscard]] Delegation delegation(std::uint32_t number, std::int64_t days = 400) {
    return organisation.delegate_to(number, {system_clock().now().value + days * 86'400'000}, delegated.public_key);
  }
  Reply ask(const Delegation& by, const ScopeId& scope, std::int64_t late_seconds = 0) {
    const Millis now{system_clock().now().value + late_seconds * 1000};
    return ask(wire::make_charter_question(organisation.organisation(), house, by, delegated, now), scope);
  }
  Reply ask(const wire::CharterQuestion& question, const ScopeId& scope) {
    Request request{.method = "POST",
                    .target = Asked::path(organisation.organisation(), scope) + "charter",
                    .content_type = std::string(wire::charter_type),
                    .signature = {},
                    .body = wire::to_padded_body(question)};
    return relay.answer_to(std::move(request));
  }
  static wire::Refusal::Reason reason(const Reply& reply) {
    EXPECT_EQ(reply.content_type, wire::refusal_type);
    return reply.content_type == wire::refusal_type ? wire::parse_refusal(reply.body)->reason() : wire::Refusal::UNKNOWN;
  }

  PaperOrganisation organisation{1, 2, 1};
  ScopeId house = organisation.house();
  TemporaryFolder folder;
  Asked relay{settings_for(organisation, folder.path()), organisation};
  SeededRandom random{8};
  crypto::SigningKeyPair delegated = crypto::make_signing_key(random);
};

TEST_F(CharterQuestionTest, IsAnsweredToALaterDelegation) {
  const Bytes second = organisation.amend(house, [](Charter&) {});
  ASSERT_EQ(relay.put_charter(organisation.organisation(), house, second).status, 200u);
  const Reply reply = ask(delegation(2), house);
  ASSERT_EQ(reply.status, 200u);
  EXPECT_EQ(reply.content_type, wire::page_type);
  const auto page = wire::parse_page(reply.body);
  ASSERT_EQ(page->charters_size(), 1);
  EXPECT_EQ(page->charters(0), to_string(second));
  EXPECT_EQ(page->charter(), 2u);
  EXPECT_EQ(page->segments_size() + page->heads_size(), 0) << "and nothing else";
}

TEST_F(CharterQuestionTest, IsRefusedToADelegationThatCouldNotWriteTheNext) {
  EXPECT_EQ(reason(ask(delegation(1), house)), wire::Refusal::BAD_CHARTER) << "this number is another key's";
  EXPECT_EQ(reason(ask(delegation(2, -3), house)), wire::Refusal::BAD_CHARTER) << "ended";
}

TEST_F(CharterQuestionTest, IsRefusedToStrangersBeforeTheyLearnOfAScope) {
  Delegation theirs = delegation(2);
  theirs.root_signature = crypto::sign(delegated, "hb.delegation", Bytes{1});
  const ScopeId nowhere = random.id<ScopeTag>();
  for (const ScopeId& scope : {house, nowhere}) EXPECT_EQ(reason(ask(theirs, scope)), wire::Refusal::NOT_SIGNED);
  auto other = wire::make_charter_question(organisation.organisation(), house, delegation(2), delegated, system_clock().now());
  other.set_created(other.created() + 1);
  EXPECT_EQ(reason(ask(other, house)), wire::Refusal::NOT_SIGNED);
  EXPECT_EQ(reason(ask(delegation(2), nowhere)), wire::Refusal::NOT_SIGNED) << "signed for another scope";
  EXPECT_EQ(reason(ask(wire::make_charter_question(organisation.organisation(), nowhere, delegation(2), delegated, system_clock().now()),
                       nowhere)),
            wire::Refusal::NO_SUCH_SCOPE);
  EXPECT_EQ(reason(ask(wire::CharterQuestion{}, house)), wire::Refusal::MALFORMED);
}

TEST_F(CharterQuestionTest, IsWorthNothingAfterFiveMinutes) {
  EXPECT_EQ(reason(ask(delegation(2), house, -301)), wire::Refusal::STALE_SIGNATURE);
  EXPECT_EQ(reason(ask(delegation(2), house, 302)), wire::Refusal::STALE_SIGNATURE);
  EXPECT_EQ(ask(delegation(2), house, -290).status, 200u);
}

TEST_F(CharterQuestionTest, IsAskedOverHttpAlsoByAClockThatIsWrong) {
  class SlowClock final : public Clock {
   public:
    [[nodiscard]] Millis now() const override { return {system_clock().now().value - 3'600'000}; }
    [[nodiscard]] Millis running() const override { return system_clock().running(); }
  };
  TemporaryFolder data;
  Settings settings = settings_for(organisation, data.path());
  RunningRelay running(settings);
  const SlowClock slow;
  const RelayAtUrl at{.url = running.url(), .https = {}};
  const auto none = ask_newest_charter(at, organisation.organisation(), house, delegation(2), delegated, slow);
  ASSERT_TRUE(none) << none.error().sentence;
  EXPECT_FALSE(none->has_value()) << "the relay knows no such scope yet";
}

}  // namespace
}  // namespace huisbord::relay
