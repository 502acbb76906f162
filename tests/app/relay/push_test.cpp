// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay takes of segments, and each refusal with its reason.
#include <gtest/gtest.h>

#include "tests/app/relay/chain_writer.h"
#include "tests/app/relay/running_relay.h"

namespace huisbord::relay {
namespace {

class PushTest : public ::testing::Test {
 protected:
  explicit PushTest(std::uint64_t quota = std::uint64_t{1} << 30)
      : organisation(1, 3, 2), house(organisation.house()), writer(organisation, house, 2) {
    settings = settings_for(organisation, folder.path());
    settings.device_quota = quota;
    relay.emplace(settings, organisation);
    EXPECT_EQ(relay->put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u);
  }
  Reply push(const std::vector<Bytes>& segments) { return relay->push(organisation.organisation(), house, segments); }
  /// The heads in the receipts, or none for a refusal.
  std::vector<wire::Head> accepted(const std::vector<Bytes>& segments) {
    const Reply reply = push(segments);
    if (reply.status != 200 || reply.content_type != wire::receipt_type) return {};
    const auto receipt = wire::parse_push_receipt(reply.body);
    return {receipt->receipts().begin(), receipt->receipts().end()};
  }
  wire::Refusal refused(const std::vector<Bytes>& segments, unsigned status) {
    const Reply reply = push(segments);
    EXPECT_EQ(reply.status, status);
    EXPECT_EQ(reply.content_type, wire::refusal_type);
    return reply.content_type == wire::refusal_type ? *wire::parse_refusal(reply.body) : wire::Refusal{};
  }
  wire::Refusal::Reason reason(const std::vector<Bytes>& segments, unsigned status) { return refused(segments, status).reason(); }
  wire::PullReply everything() { return *wire::parse_page(relay->pull(organisation.organisation(), house, wire::PullRequest{}).body); }
  const crypto::SigningKeyPair& key(DeviceNumber device) { return organisation.device(device).signing; }

  PaperOrganisation organisation;
  ScopeId house;
  TemporaryFolder folder;
  Settings settings;
  std::optional<Asked> relay;
  ChainWriter writer;
};

class SmallQuota : public PushTest {
 protected:
  SmallQuota() : PushTest(4000) {}
};

std::string text(const Bytes& bytes) { return to_string(bytes); }

}  // namespace

TEST_F(PushTest, SegmentsInOrderAreKeptAndTheReceiptNamesTheirHashes) {
  const std::vector<Bytes> segments{writer.next(3), writer.next(1), writer.next(2)};
  const auto receipts = accepted(segments);
  ASSERT_EQ(receipts.size(), 3u);
  EXPECT_EQ(receipts[0].number(), 3u);
  EXPECT_EQ(receipts[2].number(), 6u);
  EXPECT_EQ(receipts[2].device(), 2u);
  EXPECT_EQ(receipts[2].header_hash(), text(to_bytes(parse_segment(segments[2])->hash())));
  const wire::PullReply held = everything();
  ASSERT_EQ(held.segments_size(), 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(held.segments(i), text(segments[static_cast<std::size_t>(i)]));
}

TEST_F(PushTest, TheSameAgainHasTheSameReceiptAndIsKeptOnce) {
  const Bytes first = writer.next(2), second = writer.next(2);
  ASSERT_EQ(accepted({first, second}).size(), 2u);
  EXPECT_EQ(accepted({first}).size(), 1u);
  EXPECT_EQ(accepted({first, second}).size(), 2u);
  EXPECT_EQ(accepted({second, second}).size(), 2u);
  EXPECT_EQ(everything().segments_size(), 2);
  EXPECT_EQ(everything().forks_size(), 0);
}

TEST_F(PushTest, AnotherOneOfTheSameNumberIsRefusedAndBothHeadersAreKept) {
  const Bytes other = writer.seal(1), first = writer.next(1);
  ASSERT_EQ(accepted({first}).size(), 1u);
  const wire::Refusal refusal = refused({other}, 409);
  EXPECT_EQ(refusal.reason(), wire::Refusal::FORKED);
  EXPECT_EQ(refusal.held().number(), 1u);
  const wire::PullReply held = everything();
  ASSERT_EQ(held.forks_size(), 1);
  EXPECT_EQ(held.forks(0).first(), text(to_bytes(ByteView(first).first(signed_header_size))));
  EXPECT_EQ(held.forks(0).second(), text(to_bytes(ByteView(other).first(signed_header_size))));
  const auto a = parse_evidence(view(held.forks(0).first())), b = parse_evidence(view(held.forks(0).second()));
  EXPECT_TRUE(is_fork(*a, *b, key(2).public_key));
  EXPECT_EQ(held.segments_size(), 1);
}

TEST_F(PushTest, AnOverlapIsAForkToo) {
  const Bytes longer = writer.seal(5), first = writer.next(2), second = writer.next(2);
  ASSERT_EQ(accepted({first, second}).size(), 2u);
  EXPECT_EQ(reason({longer}, 409), wire::Refusal::FORKED);
  EXPECT_EQ(everything().forks_size(), 1);
}

TEST_F(PushTest, EvidenceIsKeptOfAForkOnceAndOfFewForks) {
  std::vector<Bytes> honest, others;
  for (int i = 0; i < 20; ++i) {
    others.push_back(writer.seal(1));
    honest.push_back(writer.next(1));
  }
  ASSERT_EQ(accepted(honest).size(), 20u);
  for (int twice = 0; twice < 2; ++twice)
    for (const Bytes& other : others) EXPECT_EQ(reason({other}, 409), wire::Refusal::FORKED);
  EXPECT_EQ(static_cast<std::size_t>(everything().forks_size()), wire::max_forks_a_device);
}

TEST_F(PushTest, AStrangersSignatureMakesNoEvidence) {
  const Bytes first = writer.next(1);
  ASSERT_EQ(accepted({first}).size(), 1u);
  const Bytes forged = ChainWriter::signed_again(first, key(3), [](SegmentHeader& header) { ++header.last_stamp; });
  EXPECT_EQ(reason({forged}, 403), wire::Refusal::BAD_SIGNATURE);
  EXPECT_EQ(everything().forks_size(), 0);
}

TEST_F(PushTest, AGapIsRefusedAndSaysWhatIsHeld) {
  const Bytes first = writer.next(2);
  static_cast<void>(writer.next(1));
  const Bytes third = writer.next(1);
  ASSERT_EQ(accepted({first}).size(), 1u);
  const wire::Refusal refusal = refused({third}, 409);
  EXPECT_EQ(refusal.reason(), wire::Refusal::GAP);
  EXPECT_EQ(refusal.held().number(), 2u);
  EXPECT_EQ(refusal.held().header_hash(), text(to_bytes(parse_segment(first)->hash())));
}

TEST_F(PushTest, TheNextNumberOnAnotherHashIsRefused) {
  const Bytes first = writer.next(1), second = writer.next(1);
  ASSERT_EQ(accepted({first}).size(), 1u);
  EXPECT_EQ(reason({ChainWriter::signed_again(second, key(2), [](SegmentHeader& header) { header.previous[0] ^= 1; })}, 409),
            wire::Refusal::GAP);
  EXPECT_EQ(accepted({second}).size(), 1u);
}

TEST_F(PushTest, AChainThatDoesNotBeginAtOneIsRefused) {
  EXPECT_EQ(reason({ChainWriter::signed_again(writer.next(1), key(2), [](SegmentHeader& header) { header.first = 2; })}, 409),
            wire::Refusal::GAP);
}

TEST_F(PushTest, WhatCameBeforeTheRefusedOneIsKeptAndSaid) {
  const Bytes first = writer.next(1), second = writer.next(1);
  Bytes damaged = writer.next(1);
  damaged.back() ^= 1;
  const wire::Refusal refusal = refused({first, second, damaged}, 422);
  EXPECT_EQ(refusal.reason(), wire::Refusal::BAD_SEGMENT);
  ASSERT_EQ(refusal.receipts_size(), 2);
  EXPECT_EQ(refusal.receipts(1).number(), 2u);
  EXPECT_EQ(everything().segments_size(), 2);
}

TEST_F(PushTest, AScopeWithoutACharterIsRefused) {
  ChainWriter elsewhere(organisation, organisation.house(1), 2);
  const Reply reply = relay->push(organisation.organisation(), organisation.house(1), {elsewhere.next()});
  EXPECT_EQ(reply.status, 404u);
  EXPECT_EQ(wire::parse_refusal(reply.body)->reason(), wire::Refusal::NO_SUCH_SCOPE);
}

TEST_F(PushTest, ADeviceThatTheCharterDoesNotListIsRefused) {
  EXPECT_EQ(reason({ChainWriter::signed_again(writer.next(), key(2), [](SegmentHeader& header) { header.device = 77; })}, 403),
            wire::Refusal::NO_SUCH_DEVICE);
}

TEST_F(PushTest, OneSealedUnderANewerCharterWaitsForThatCharter) {
  organisation.amend(house, [](Charter&) {});
  writer.charter = 2;
  const Bytes segment = writer.next();
  const wire::Refusal refusal = refused({segment}, 409);
  EXPECT_EQ(refusal.reason(), wire::Refusal::CHARTER_FIRST);
  EXPECT_EQ(refusal.charter(), 1u);
  ASSERT_EQ(relay->put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u);
  EXPECT_EQ(accepted({segment}).size(), 1u);
}

TEST_F(PushTest, AnotherDevicesSignatureIsRefused) {
  EXPECT_EQ(reason({ChainWriter::signed_again(writer.next(), key(3), [](SegmentHeader&) {})}, 403), wire::Refusal::BAD_SIGNATURE);
}

TEST_F(PushTest, OneOfAnotherScopeIsRefused) {
  ChainWriter elsewhere(organisation, organisation.house(1), 2);
  EXPECT_EQ(reason({elsewhere.next()}, 422), wire::Refusal::BAD_SEGMENT);
}

TEST_F(PushTest, AnUnknownEpochOrSuiteIsRefused) {
  EXPECT_EQ(reason({ChainWriter::signed_again(writer.next(), key(2), [](SegmentHeader& header) { header.epoch[0] ^= 1; })}, 422),
            wire::Refusal::BAD_SEGMENT);
  EXPECT_EQ(reason({ChainWriter::signed_again(writer.next(), key(2), [](SegmentHeader& header) { header.suite = 9; })}, 422),
            wire::Refusal::BAD_SEGMENT);
}

TEST_F(PushTest, EveryChangedByteIsRefused) {
  const Bytes sound = writer.next();
  for (std::size_t at = 0; at < sound.size(); at += at < signed_header_size ? 1 : 17) {
    Bytes damaged = sound;
    damaged[at] ^= 0x40;
    const Reply reply = push({damaged});
    EXPECT_GE(reply.status, 400u) << "byte " << at;
    EXPECT_LT(reply.status, 500u) << "byte " << at;
  }
  EXPECT_EQ(everything().segments_size(), 0);
  EXPECT_EQ(accepted({sound}).size(), 1u);
}

TEST_F(PushTest, OneCutShortOrWithATailIsRefused) {
  Bytes sound = writer.next();
  const Bytes shorter(sound.begin(), sound.end() - 1);
  EXPECT_EQ(reason({shorter}, 422), wire::Refusal::BAD_SEGMENT);
  EXPECT_EQ(reason({Bytes(sound.begin(), sound.begin() + 100)}, 422), wire::Refusal::BAD_SEGMENT);
  sound.push_back(0);
  EXPECT_EQ(reason({sound}, 422), wire::Refusal::BAD_SEGMENT);
  EXPECT_EQ(reason({Bytes{}}, 422), wire::Refusal::BAD_SEGMENT);
}

TEST_F(PushTest, ADeclaredSizeOverTheLimitIsTooLarge) {
  EXPECT_EQ(reason({ChainWriter::signed_again(writer.next(), key(2), [](SegmentHeader& header) { header.sealed_size = 1 << 30; })}, 413),
            wire::Refusal::TOO_LARGE);
}

TEST_F(PushTest, WhatADeviceHandsInPastItsCutWaitsApartUntilThatIsRaised) {
  const Bytes first = writer.next(), second = writer.next(), third = writer.next(), fourth = writer.next();
  const auto cut_at = [&](OperationNumber number, const Bytes& segment) {
    organisation.amend(house, [&](Charter& charter) {
      charter.devices[1].state = DeviceState::cut;
      charter.devices[1].cut = Cut{.number = number, .header_hash = parse_segment(segment)->hash()};
      for (Epoch& epoch : charter.epochs) std::erase_if(epoch.grants, [](const EpochGrant& grant) { return grant.device == 2; });
    });
    ASSERT_EQ(relay->put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u);
  };
  cut_at(2, second);
  relay->as(2);
  EXPECT_EQ(accepted({first, second}).size(), 2u);
  EXPECT_EQ(reason({fourth}, 409), wire::Refusal::GAP);
  EXPECT_EQ(accepted({third, fourth}).size(), 2u);
  EXPECT_EQ(accepted({third}).size(), 1u) << "the same again";
  relay->as(3);
  EXPECT_EQ(everything().segments_size(), 2);
  EXPECT_EQ(everything().handed_in_size(), 0) << "no kiosk gets it";
  relay->as(1);
  ASSERT_EQ(everything().handed_in_size(), 2);
  EXPECT_EQ(everything().handed_in(0), text(third));
  cut_at(3, third);
  EXPECT_EQ(everything().segments_size(), 3);
  EXPECT_EQ(everything().segments(2), text(third));
  EXPECT_EQ(everything().handed_in_size(), 1);
}

TEST_F(PushTest, WhatIsHandedInIsBounded) {
  organisation.amend(house, [&](Charter& charter) {
    charter.devices[1].state = DeviceState::closed;
    charter.devices[1].cut = Cut{};
    for (Epoch& epoch : charter.epochs) std::erase_if(epoch.grants, [](const EpochGrant& grant) { return grant.device == 2; });
  });
  ASSERT_EQ(relay->put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u);
  int kept = 0;
  wire::Refusal::Reason reason = wire::Refusal::UNKNOWN;
  while (reason == wire::Refusal::UNKNOWN && kept < 100) {
    const Reply reply = push({writer.next(14, 16000)});
    if (reply.status == 200)
      ++kept;
    else
      reason = wire::parse_refusal(reply.body)->reason();
  }
  EXPECT_EQ(reason, wire::Refusal::QUOTA);
  EXPECT_LE(kept, 20);
}

TEST_F(PushTest, OfAWipedDeviceNothingIsTakenPastItsCut) {
  organisation.amend(house, [&](Charter& charter) {
    charter.devices[1].state = DeviceState::wiped;
    charter.devices[1].cut = Cut{};
    for (Epoch& epoch : charter.epochs) std::erase_if(epoch.grants, [](const EpochGrant& grant) { return grant.device == 2; });
  });
  ASSERT_EQ(relay->put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u);
  EXPECT_EQ(reason({writer.next()}, 403), wire::Refusal::DEVICE_NOT_ACTIVE);
}

TEST_F(PushTest, AtTheCutTheHashDecides) {
  const Bytes first = writer.next(), other = writer.seal(), second = writer.next();
  organisation.amend(house, [&](Charter& charter) {
    charter.devices[1].state = DeviceState::cut;
    charter.devices[1].cut = Cut{.number = 2, .header_hash = parse_segment(second)->hash()};
    for (Epoch& epoch : charter.epochs) std::erase_if(epoch.grants, [](const EpochGrant& grant) { return grant.device == 2; });
  });
  ASSERT_EQ(relay->put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u);
  ASSERT_EQ(accepted({first}).size(), 1u);
  EXPECT_EQ(reason({other}, 403), wire::Refusal::DEVICE_NOT_ACTIVE);
  EXPECT_EQ(accepted({second}).size(), 1u);
}

TEST_F(SmallQuota, OverItsQuotaADeviceIsRefusedAndOthersAreNot) {
  std::vector<Bytes> kept;
  wire::Refusal refusal;
  for (int i = 0; i < 20 && refusal.reason() == wire::Refusal::UNKNOWN; ++i) {
    const Bytes segment = writer.next(1, 500);
    const Reply reply = push({segment});
    if (reply.status == 200)
      kept.push_back(segment);
    else
      refusal = *wire::parse_refusal(reply.body);
  }
  EXPECT_EQ(refusal.reason(), wire::Refusal::QUOTA);
  EXPECT_GE(kept.size(), 3u);
  EXPECT_LE(kept.size(), 8u);
  EXPECT_EQ(push({writer.seal(1, 500)}).status, 409u) << "a gap by now";
  EXPECT_EQ(accepted({kept.back()}).size(), 1u) << "what is held costs nothing";
  ChainWriter other(organisation, house, 3);
  EXPECT_EQ(accepted({other.next(1, 500)}).size(), 1u);
}

TEST_F(PushTest, AQuotaRefusalIsFourHundredAndTwentyNine) { EXPECT_EQ(refusal(wire::Refusal::QUOTA).status, 429u); }

TEST_F(PushTest, WhatWasAcknowledgedIsThereAfterARestart) {
  const Bytes first = writer.next(), other = writer.seal(), second = writer.next();
  ASSERT_EQ(accepted({first, second}).size(), 2u);
  EXPECT_EQ(reason({other}, 409), wire::Refusal::FORKED);
  relay.reset();
  relay.emplace(settings, organisation);
  EXPECT_EQ(everything().segments_size(), 2);
  EXPECT_EQ(everything().forks_size(), 1);
  EXPECT_EQ(everything().charter(), 1u);
  EXPECT_EQ(accepted({writer.next()}).size(), 1u);
}

TEST_F(PushTest, ManyAtOnceShareTransactionsAndAllAreThere) {
  constexpr std::size_t each = 40;
  std::vector<std::vector<Bytes>> chains;
  for (DeviceNumber device = 1; device <= 3; ++device) {
    ChainWriter chain(organisation, house, device);
    chains.emplace_back();
    for (std::size_t i = 0; i < each; ++i) chains.back().push_back(chain.next());
  }
  const std::uint64_t before = relay->service().transactions();
  std::vector<std::thread> devices;
  std::atomic<std::size_t> good = 0;
  for (const auto& chain : chains)
    devices.emplace_back([&, &segments = chain] {
      for (const Bytes& segment : segments) good += push({segment}).status == 200 ? 1 : 0;
    });
  for (std::thread& device : devices) device.join();
  EXPECT_EQ(good, 3 * each);
  EXPECT_LE(relay->service().transactions() - before, 3 * each);
  EXPECT_EQ(static_cast<std::size_t>(everything().segments_size()), 3 * each);
}

TEST_F(PushTest, OtherPathsMethodsAndTypesAreMalformed) {
  const std::string path = Asked::path(organisation.organisation(), house);
  const auto reason_of = [&](const std::string& method, const std::string& target, std::string_view type) {
    const Reply reply = relay->ask(method, target, type, Bytes{});
    EXPECT_EQ(reply.status, 400u) << target;
    return wire::parse_refusal(reply.body)->reason();
  };
  EXPECT_EQ(reason_of("PUT", "/", wire::push_type), wire::Refusal::MALFORMED);
  EXPECT_EQ(reason_of("GET", path + "segments", wire::push_type), wire::Refusal::MALFORMED);
  EXPECT_EQ(reason_of("PUT", path + "segments", "text/plain"), wire::Refusal::MALFORMED);
  EXPECT_EQ(reason_of("PUT", path + "segments/../charter", wire::push_type), wire::Refusal::MALFORMED);
  EXPECT_EQ(reason_of("PUT", "/v1/" + organisation.organisation().hex() + "/segments", wire::push_type), wire::Refusal::MALFORMED);
  EXPECT_EQ(reason_of("PUT", "/v1/" + std::string(32, 'G') + "/" + house.hex() + "/segments", wire::push_type), wire::Refusal::MALFORMED);
  EXPECT_EQ(reason_of("PUT", path + "segments", wire::push_type), wire::Refusal::MALFORMED) << "an empty body";
}

}  // namespace huisbord::relay
