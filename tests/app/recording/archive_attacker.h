// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody with everything a relay ever saw and every secret of some day: tries each key on each recorded thing until nothing new opens.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/store/vault.h"

namespace huisbord {

class ArchiveAttacker {
 public:
  /// Finds charters and segments in recorded streams, whatever was wrapped around them.
  ArchiveAttacker(const std::vector<Bytes>& streams, const crypto::SigningPublicKey& root);

  /// Any 32 bytes: tried as a key of every kind.
  void knows(ByteView key);
  /// The whole of an opened store: each 32 bytes of whatever it keeps beside the journal, and the operations of its journal.
  void reads_store(const std::filesystem::path& vault, const crypto::SecretBytes& store_key);
  /// Until no key opens anything that gives another.
  void works();

  [[nodiscard]] std::size_t charters() const { return charters_.size(); }
  [[nodiscard]] std::size_t segments() const { return segments_.size(); }
  [[nodiscard]] std::size_t opened_segments() const { return opened_segments_.size(); }
  /// What stood in a person's boxes that opened.
  [[nodiscard]] std::string read_of(const PersonId& person) const;
  /// True when a recorded operation outside of boxes is about the person (a room, a day), and was opened from the recording alone.
  [[nodiscard]] bool placed(const PersonId& person) const { return placed_.contains(person); }

 private:
  struct Box {
    PersonId person;
    Bytes associated;
    Bytes sealed;
  };
  void look_at(ByteView operation, const ScopeId& scope, bool recorded);
  void open_sealed_keys();
  void open_segments();

  std::vector<Charter> charters_;
  std::vector<Bytes> segments_;
  std::map<Bytes, crypto::SealingKeyPair> pairs_;  ///< every known key as an X25519 secret, by public key
  std::set<Bytes> keys_;
  std::set<std::size_t> opened_segments_;
  std::map<Bytes, Box> boxes_;
  std::map<PersonId, std::string> read_;
  std::set<PersonId> placed_;
};

}  // namespace huisbord
