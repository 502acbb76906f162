// SPDX-License-Identifier: GPL-3.0-or-later
// A relay that stands between desk and kiosk and tries to make the words agree, played many times; and what it could do without the
// commitment, so that the play is known to find a weaker protocol.
#include <gtest/gtest.h>

#include "tests/core/pairing/meeting.h"

namespace huisbord {
namespace {

constexpr int runs = 300;
constexpr int guesses = 20'000;  // drawn for a first word that agrees: 2,048 are needed on average

/// Keys of the attacker's own, and a random number that is its to choose.
PairingReveal attackers_reveal(Random& random) { return {.device = some_device(random), .random = {}}; }
PairingOffer attackers_offer(Random& random) { return some_offer(random); }

void choose(PairingRandom& number, std::uint64_t guess) {
  for (std::size_t i = 0; i < 8; ++i) number[i] = static_cast<std::uint8_t>(guess >> (8 * i));
}

/// How far an attacker got: what a person sees on both screens when the desk went on that far.
struct Outcome {
  bool desk_shows_words = false;
  bool first_word_agrees = false;
  bool all_agree = false;
};

Outcome compare(const KioskRun& kiosk, const std::optional<PairingWords>& desk) {
  if (!desk || !kiosk.words()) return {};
  return {.desk_shows_words = true, .first_word_agrees = (*desk)[0] == (*kiosk.words())[0], .all_agree = *desk == *kiosk.words()};
}

/// The kiosk is led to its words first, with an offer of the attacker's; then the attacker faces the desk as a kiosk.
struct FacesTheKioskFirst {
  explicit FacesTheKioskFirst(std::uint64_t seed) : play(seed), reveal(attackers_reveal(play.random)) {
    play.kiosk_looks();
    const Bytes kiosks_commit = play.meeting.view().messages[0];
    const Bytes offer = write_offer(attackers_offer(play.random));
    static_cast<void>(play.kiosk.advance({.state = MeetingState::open, .messages = {kiosks_commit, offer}}, play.now));
    kiosks_reveal = play.kiosk.advance({.state = MeetingState::open, .messages = {kiosks_commit, offer}}, play.now).put->message;
    static_cast<void>(play.kiosk.advance({.state = MeetingState::open, .messages = {kiosks_commit, offer, kiosks_reveal}}, play.now));
    CHECK(play.kiosk.words());
    // The commitment must be made before the desk's random number is known.
    commit = write_commit(commitment(write_reveal(reveal)));
    desks_offer = play.desk.advance({.state = MeetingState::open, .messages = {commit}}, play.now).put->message;
  }
  /// A reveal whose words begin like the kiosk's, found by trying.
  Bytes grind() {
    for (std::uint64_t guess = 0; guess < guesses; ++guess) {
      choose(reveal.random, guess);
      const Bytes bytes = write_reveal(reveal);
      if (pairing_words(play.code, commit, desks_offer, bytes)[0] == (*play.kiosk.words())[0]) return bytes;
    }
    return write_reveal(reveal);
  }

  PairingPlay play;
  PairingReveal reveal;
  Bytes kiosks_reveal;
  Bytes commit;
  Bytes desks_offer;
};

TEST(ManInTheMiddle, WhoRevealsWhatMakesTheWordsAgreeIsCaughtByTheCommitment) {
  for (int run = 0; run < 20; ++run) {
    FacesTheKioskFirst attack(static_cast<std::uint64_t>(run));
    const Bytes ground = attack.grind();
    const PairingMove move =
        attack.play.desk.advance({.state = MeetingState::open, .messages = {attack.commit, attack.desks_offer, ground}}, attack.play.now);
    EXPECT_EQ(attack.play.desk.end(), PairingEnd::broken_promise);
    EXPECT_TRUE(move.burn);
    EXPECT_FALSE(compare(attack.play.kiosk, attack.play.desk.words()).desk_shows_words);
  }
}

TEST(ManInTheMiddle, WhoKeepsThePromiseHasOneChanceIn2To66) {
  int first_words = 0;
  for (int run = 0; run < runs; ++run) {
    FacesTheKioskFirst attack(1000 + static_cast<std::uint64_t>(run));
    static_cast<void>(attack.play.desk.advance(
        {.state = MeetingState::open, .messages = {attack.commit, attack.desks_offer, write_reveal(attack.reveal)}}, attack.play.now));
    const Outcome outcome = compare(attack.play.kiosk, attack.play.desk.words());
    EXPECT_TRUE(outcome.desk_shows_words);
    EXPECT_FALSE(outcome.all_agree);
    first_words += outcome.first_word_agrees ? 1 : 0;
    // A person sees other words, says no, and the run is over on both sides.
    EXPECT_TRUE(attack.play.desk.answer(WordsAgree::no).burn);
    EXPECT_EQ(attack.play.desk.end(), PairingEnd::words_differ);
  }
  EXPECT_LE(first_words, 4) << "0.15 expected of " << runs;
}

TEST(ManInTheMiddle, WhoFacesTheDeskFirstMustOfferBeforeTheKioskReveals) {
  int first_words = 0;
  for (int run = 0; run < runs; ++run) {
    PairingPlay play(5000 + static_cast<std::uint64_t>(run));
    const Bytes reveal = write_reveal(attackers_reveal(play.random));
    const Bytes commit = write_commit(commitment(reveal));
    const Bytes offer = play.desk.advance({.state = MeetingState::open, .messages = {commit}}, play.now).put->message;
    static_cast<void>(play.desk.advance({.state = MeetingState::open, .messages = {commit, offer, reveal}}, play.now));
    ASSERT_TRUE(play.desk.words().has_value());
    play.kiosk_looks();
    const Bytes kiosks_commit = play.meeting.view().messages[0];
    // All that is known of the kiosk is a hash over 32 random bytes; any offer is a blind guess.
    const Bytes own_offer = write_offer(attackers_offer(play.random));
    const Bytes kiosks_reveal =
        play.kiosk.advance({.state = MeetingState::open, .messages = {kiosks_commit, own_offer}}, play.now).put->message;
    static_cast<void>(play.kiosk.advance({.state = MeetingState::open, .messages = {kiosks_commit, own_offer, kiosks_reveal}}, play.now));
    const Outcome outcome = compare(play.kiosk, play.desk.words());
    EXPECT_FALSE(outcome.all_agree);
    first_words += outcome.first_word_agrees ? 1 : 0;
    // A second offer, now that the reveal is known, is one change too many.
    PairingOffer better = attackers_offer(play.random);
    for (std::uint64_t guess = 0; guess < 100; ++guess) {
      choose(better.random, guess);
      if (pairing_words(play.code, kiosks_commit, write_offer(better), kiosks_reveal)[0] == (*play.desk.words())[0]) break;
    }
    EXPECT_TRUE(
        play.kiosk.advance({.state = MeetingState::open, .messages = {kiosks_commit, write_offer(better), kiosks_reveal}}, play.now).burn);
    EXPECT_EQ(play.kiosk.end(), PairingEnd::changed);
  }
  EXPECT_LE(first_words, 4) << "0.15 expected of " << runs;
}

TEST(ManInTheMiddle, WhoOnlySwapsKeysChangesTheWords) {
  for (int run = 0; run < runs; ++run) {
    PairingPlay play(9000 + static_cast<std::uint64_t>(run));
    play.to_words();
    auto reveal = read_reveal(play.meeting.view().messages[2]);
    ASSERT_TRUE(reveal.has_value());
    reveal->device.signing = crypto::make_signing_key(play.random).public_key;
    const PairingWords swapped =
        pairing_words(play.code, play.meeting.view().messages[0], play.meeting.view().messages[1], write_reveal(*reveal));
    EXPECT_NE(swapped, *play.kiosk.words());
  }
}

// The same attack against a desk that does not check the promise: its words are those of whatever is revealed. It works every time on the
// word that the attacker had the time to work for, and on six words with 2^66 tries: this play can tell a weaker protocol.
TEST(ManInTheMiddle, BeatsADeskWithoutTheCommitment) {
  int first_words = 0;
  for (int run = 0; run < 20; ++run) {
    FacesTheKioskFirst attack(static_cast<std::uint64_t>(run));
    const Bytes ground = attack.grind();
    ASSERT_TRUE(read_reveal(ground).has_value());
    const PairingWords shown_at_that_desk = pairing_words(attack.play.code, attack.commit, attack.desks_offer, ground);
    first_words += compare(attack.play.kiosk, shown_at_that_desk).first_word_agrees ? 1 : 0;
  }
  EXPECT_GE(first_words, 19);
}

}  // namespace
}  // namespace huisbord
