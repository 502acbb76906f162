// SPDX-License-Identifier: GPL-3.0-or-later
// A body from anywhere, as the relay and as a replica read each message; and pairing messages in every place of a run.
#include <algorithm>

#include "core/base/check.h"
#include "core/pairing/desk_run.h"
#include "core/pairing/kiosk_run.h"
#include "core/pairing/readmission.h"
#include "core/sync/answers.h"
#include "core/sync/wire/charter_question.h"
#include "core/sync/wire/limits.h"
#include "core/sync/wire/meeting.h"
#include "core/sync/wire/messages.h"
#include "core/sync/wire/share.h"
#include "tests/fuzz/target.h"

namespace huisbord::fuzz {
namespace {

enum Shape : std::uint8_t {
  push = 0,
  pull = 1,
  charter = 2,
  wait = 3,
  piece = 4,
  push_receipt = 5,
  charter_receipt = 6,
  page = 7,
  news = 8,
  refusal = 9,
  meeting = 10,
  share = 11,
  pairing = 12,
  charter_question = 13,
  readmission = 14,
};

/// What was read is written and read again the same; padded it has one of the sizes that may be seen, and says the same.
template <class Parse>
void check_again(const google::protobuf::MessageLite& message, const Parse& parse) {
  const Bytes written = wire::to_body(message);
  const auto again = parse(ByteView(written));
  CHECK(again && wire::to_body(*again) == written);
}

template <class Parse>
void check_padded(const google::protobuf::MessageLite& message, const Parse& parse) {
  check_again(message, parse);
  const Bytes padded = wire::to_padded_body(message);
  if (padded.size() > wire::max_body) return;
  CHECK(padded.size() >= wire::smallest_body - 1);
  // What came with as many fields as a message may have has no room for another; nobody pads what they were given.
  const auto again = parse(ByteView(padded));
  CHECK(again || again.error().code == ErrorCode::limit);
}

void to_relay(Shape shape, ByteView body) {
  if (shape == push) {
    if (const auto read = wire::parse_push(body)) {
      CHECK(static_cast<std::size_t>(read->segments_size()) <= wire::max_push_segments);
      check_padded(*read, wire::parse_push);
    }
  } else if (shape == pull) {
    if (const auto read = wire::parse_pull(body)) {
      CHECK(static_cast<std::size_t>(read->heads_size()) <= wire::max_heads);
      check_padded(*read, wire::parse_pull);
    }
  } else if (shape == charter) {
    if (const auto read = wire::parse_charter(body)) check_padded(*read, wire::parse_charter);
  } else if (shape == wait) {
    if (const auto read = wire::parse_wait(body)) {
      CHECK(static_cast<std::size_t>(read->scopes_size()) <= wire::max_wait_scopes);
      check_padded(*read, wire::parse_wait);
    }
  } else if (shape == piece) {
    if (const auto read = wire::parse_snapshot_piece(body)) {
      CHECK(read->bytes().size() <= wire::max_snapshot_piece);
      check_padded(*read, wire::parse_snapshot_piece);
      CHECK(read_snapshot_piece(body)->bytes.size() == read->bytes().size());
    }
  }
}

/// Whatever the relay says: an answer, or no network.
void to_replica(Shape shape, ByteView body) {
  const auto no_network = [](const auto& answer) { return answer.has_value() || answer.error().code == ErrorCode::network; };
  if (shape == push_receipt) {
    CHECK(no_network(read_push_receipt(body)));
  } else if (shape == charter_receipt) {
    CHECK(no_network(read_charter_receipt(body)));
  } else if (shape == page) {
    const auto answer = read_page(body);
    CHECK(no_network(answer));
    std::size_t bytes = 0;
    if (answer)
      for (const Bytes& segment : answer->segments) bytes += segment.size();
    CHECK(bytes <= body.size());
  } else if (shape == news) {
    CHECK(no_network(read_news(body)));
  } else if (shape == refusal) {
    CHECK(no_network(read_push_refusal(body)));
    const auto refused = read_refusal(body);
    CHECK(no_network(refused));
    if (refused) CHECK(refused->retry_after <= std::chrono::hours(24) && *name(refused->reason) != '\0');
  }
}

void run_share(ByteView body) {
  if (const auto deposit = wire::parse_share_deposit(body)) check_again(*deposit, wire::parse_share_deposit);
  if (const auto request = wire::parse_share_request(body)) CHECK(wire::signed_part({}, *request).size() == 16 + 16 + 16 + 32 + 8);
  (void)wire::parse_share_question(body);
  if (const auto reply = wire::parse_share_reply(body)) CHECK(static_cast<std::size_t>(reply->events_size()) <= wire::max_share_events);
}

/// Read alone and read again the same.
void read_pairing(ByteView bytes) {
  if (const auto commit = read_commit(bytes)) CHECK(*read_commit(write_commit(*commit)) == *commit);
  if (const auto offer = read_offer(bytes)) {
    const Bytes written = write_offer(*offer);
    const auto again = read_offer(written);
    CHECK(again && write_offer(*again) == written);
  }
  if (const auto reveal = read_reveal(bytes)) {
    const Bytes written = write_reveal(*reveal);
    const auto again = read_reveal(written);
    CHECK(again && write_reveal(*again) == written);
  }
  (void)read_verdict(bytes);
  if (const auto code = parse_code(text_view(bytes))) CHECK(parse_code(shown(*code)) == *code);
}

/// In each place of a run: no side ever shows words over what it did not ask for.
void run_pairing(ByteView bytes) {
  read_pairing(bytes);
  SeededRandom random(bytes.size());
  const PairingCode code = make_code(random);
  const Bytes message = to_bytes(bytes);
  KioskRun kiosk(code, {}, {0}, random);
  const Bytes commit = kiosk.first_move().put->message;
  (void)kiosk.advance({.state = MeetingState::open, .messages = {commit, message}}, {1});
  (void)kiosk.advance({.state = MeetingState::open, .messages = {commit, message, message, message}}, {2});
  CHECK(!kiosk.words());
  DeskRun desk(code, {}, {0}, random);
  const PairingMove answer = desk.advance({.state = MeetingState::open, .messages = {message}}, {1});
  if (answer.put) (void)desk.advance({.state = MeetingState::open, .messages = {message, answer.put->message, message}}, {2});
  CHECK(!desk.words());
}

void run_readmission(ByteView bytes) {
  (void)readmission_words(bytes);
  const auto read = read_readmission(bytes);
  if (!read) return;
  SeededRandom random(2);
  static const crypto::SigningKeyPair stranger = crypto::make_signing_key(random);
  CHECK(!is_signed_by(bytes, stranger.public_key));
  const Bytes written = write_readmission(*read, stranger);
  CHECK(written.size() == bytes.size() && read_readmission(written).has_value() && is_signed_by(written, stranger.public_key));
  constexpr std::size_t signature = 64;
  CHECK(std::ranges::equal(ByteView(written).first(written.size() - signature), bytes.first(bytes.size() - signature)));
}

wire::Head head() {
  wire::Head made;
  made.set_device(3);
  made.set_number(70'000);
  made.set_header_hash(std::string(32, 'h'));
  return made;
}

}  // namespace

std::vector<Bytes> seeds() {
  std::vector<Bytes> all;
  const auto add = [&](Shape shape, const google::protobuf::MessageLite& message) { all.push_back(shaped(shape, wire::to_body(message))); };
  wire::PushRequest pushed;
  for (const Bytes& segment : vectors("segment_next")) pushed.add_segments(to_string(segment));
  add(push, pushed);
  all.push_back(shaped(push, wire::to_padded_body(pushed)));
  wire::PullRequest asked;
  *asked.add_heads() = head();
  asked.set_max_bytes(9);
  add(pull, asked);
  wire::CharterRequest put;
  put.set_charter("HBCH");
  add(charter, put);
  wire::WaitRequest waited;
  waited.add_scopes()->set_scope(std::string(16, 's'));
  waited.mutable_scopes(0)->set_mark("mark");
  add(wait, waited);
  wire::SnapshotPiece part;
  part.set_bytes("bytes");
  add(piece, part);
  wire::PushReceipt receipt;
  *receipt.add_receipts() = head();
  receipt.set_mark("mark");
  add(push_receipt, receipt);
  wire::CharterReceipt taken;
  taken.set_hash(std::string(32, 'h'));
  add(charter_receipt, taken);
  wire::PullReply reply;
  reply.add_charters("charter");
  reply.add_segments("segment");
  *reply.add_heads() = head();
  reply.add_forks()->set_first("first");
  reply.add_floors()->set_number(5);
  reply.add_handed_in("handed in");
  add(page, reply);
  wire::News told;
  told.add_scopes(std::string(16, 's'));
  add(news, told);
  wire::Refusal no;
  no.set_reason(wire::Refusal::GAP);
  *no.mutable_held() = head();
  no.set_retry_after(~0u);
  add(refusal, no);
  wire::MeetingRequest came;
  came.set_code("ABCD1234");
  came.set_place(1);
  came.set_message("message");
  add(meeting, came);
  wire::MeetingReply stands;
  stands.add_messages("message");
  add(meeting, stands);
  wire::ShareDeposit left;
  left.set_share(std::string(16, 'a'));
  left.set_unlock_key(std::string(32, 'u'));
  left.set_sealed(std::string(wire::sealed_share_size, 's'));
  add(share, left);
  wire::ShareRequest wants;
  wants.set_device(std::string(16, 'd'));
  wants.set_share(std::string(16, 'a'));
  wants.set_ephemeral(std::string(32, 'e'));
  wants.set_signature(std::string(64, 's'));
  add(share, wants);
  wire::ShareReply given;
  given.add_events()->set_device(std::string(16, 'd'));
  add(share, given);
  SeededRandom random(1);
  const crypto::SigningKeyPair former = crypto::make_signing_key(random);
  const Delegation delegation = delegate({}, 2, {900'000'000}, former.public_key, former);
  add(charter_question, wire::make_charter_question({}, {}, delegation, former, {1'000'000}));
  all.push_back(shaped(readmission, write_readmission({}, former)));
  for (const Bytes& message : vectors("pairing_")) all.push_back(shaped(pairing, message));
  all.push_back(shaped(pairing, view("abcd-efgh")));
  return all;
}

void run(ByteView input) {
  if (input.empty()) return;
  const auto shape = static_cast<Shape>(input[0]);
  const ByteView body = input.subspan(1);
  to_relay(shape, body);
  to_replica(shape, body);
  if (shape == meeting) {
    if (const auto request = wire::parse_meeting_request(body)) check_again(*request, wire::parse_meeting_request);
    if (const auto reply = wire::parse_meeting_reply(body)) check_again(*reply, wire::parse_meeting_reply);
  }
  if (shape == share) run_share(body);
  if (shape == pairing) run_pairing(body);
  if (shape == readmission) run_readmission(body);
  if (shape == charter_question) {
    if (const auto question = wire::parse_charter_question(body)) {
      CHECK(!wire::is_signed(*question, {}, {}, {}));
      (void)wire::delegation_of(*question);
    }
  }
}

}  // namespace huisbord::fuzz
