// SPDX-License-Identifier: GPL-3.0-or-later
// From nothing to ready: a new kiosk of a house of 60 with 18 months behind it, from the snapshots of both scopes.
//
// Timed: a new vault, the two charters, the snapshots opened and loaded, what came after them, and the house's placings read. Not timed:
// making the history and the snapshots, what people do at pairing, and the network (the snapshots' size is printed). The fastest of three
// counts.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/crypto/aead.h"
#include "core/crypto/keyslot.h"
#include "core/crypto/start.h"
#include "core/crypto/words.h"
#include "core/office/device.h"
#include "core/office/snapshots.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_device.h"

namespace {

using namespace huisbord;

std::unique_ptr<Vault> simulated_office(const std::filesystem::path& folder) {
  const std::string simulate =
      std::string(HUISBORD_BINARY_DIR "/bin/huisbordctl simulate --houses 1 --people 60 --months 18 --seed 1 --dir ") +
      (folder / "organisation").string() + " --root-dir " + (folder / "root").string() + " --phrase-out " + (folder / "phrase").string() +
      " >&2";
  if (std::system(simulate.c_str()) != 0) std::exit(1);
  std::string phrase;
  std::getline(std::ifstream(folder / "phrase") >> std::ws, phrase);
  const auto slots = must(crypto::KeyslotFile::load(folder / "organisation" / "keyslots"));
  const auto key = must(slots.open(crypto::FactorInput::with_phrase(must(crypto::normalise_phrase(phrase)))));
  return must(Vault::open(folder / "organisation" / "vault.db", key));
}

/// Seconds.
double first_start(Office& office, const std::filesystem::path& path) {
  Random& random = crypto::system_random();
  Vault& desk = office.vault();
  const Founding founding = make_founding(desk.organisation(), desk.founding().root, random);
  struct Given {
    ScopeId scope;
    Bytes charter;
    Bytes snapshot;
  };
  std::vector<Given> given;
  for (const ScopeId& scope : desk.scopes()) {
    (void)must(office.admit(scope, listed(founding, DeviceClass::kiosk)));
    given.push_back({scope, must(desk.charter(scope)).value(), must(kept_snapshot(desk, scope)).value()});
  }
  const crypto::SecretBytes key = crypto::make_key(random);

  const auto begun = std::chrono::steady_clock::now();
  const auto kiosk = must(Vault::create(path, key, founding));
  for (const Given& each : given) must(kiosk->take_charter(each.charter));
  for (const Given& each : given) {
    must(kiosk->load_snapshot(each.scope, each.snapshot));
    (void)must(
        kiosk->take_segments(each.scope, must(desk.segments_after(each.scope, must(kiosk->heads(each.scope)), std::size_t{1} << 24))));
  }
  std::size_t people = 0;
  for (const Given& each : given) people += must(kiosk->placings(each.scope)).size();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
  if (people < 60) {
    std::fprintf(stderr, "only %zu people came along\n", people);
    std::exit(1);
  }
  return taken.count();
}

}  // namespace

int main() {
  must(crypto::start());
  const TemporaryFolder folder;
  const auto desk = simulated_office(folder.path());
  Office office = must(Office::open(*desk, crypto::system_random()));
  std::size_t bytes = 0;
  for (const ScopeId& scope : desk->scopes()) {
    (void)must(renew_snapshot(office, scope));
    bytes += must(kept_snapshot(*desk, scope)).value().size();
  }
  double fastest = first_start(office, folder.path() / "kiosk-0.db");
  for (int i = 1; i < 3; ++i) fastest = std::min(fastest, first_start(office, folder.path() / ("kiosk-" + std::to_string(i) + ".db")));
  std::printf("snapshot_bytes %zu\nsync_first_start_s %.2f\n", bytes, fastest);
}
