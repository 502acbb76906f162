// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl verify: every page, chain, row and digest anew, with no network. An auditor runs it on a desk's or a kiosk's store.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/secret_file.h"

namespace huisbord {
namespace {

struct VerifyOptions {
  std::filesystem::path directory;
  std::filesystem::path phrase_file;
};

Status verify(const VerifyOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes phrase, read_phrase(options.phrase_file));
  TRY_ASSIGN(const crypto::SecretBytes store_key, open_store_key(options.directory, phrase));
  TRY_ASSIGN(const auto vault, Vault::open(vault_path(options.directory), store_key));
  TRY_ASSIGN(const VerifyReport report, vault->verify());
  std::printf("%zu segments, %zu operations, %zu rows; %zu segments by header and chain alone\n", report.segments, report.operations,
              report.rows, report.sealed_away);
  for (const ScopeId& scope : vault->scopes()) {
    TRY_ASSIGN(const auto digest, vault->digest(scope));
    std::printf("scope %s  charter %u  digest %s\n", scope.hex().c_str(), vault->charter_number(scope), to_hex(digest).c_str());
  }
  for (const ForkEvidence& fork : vault->forks()) {
    std::fprintf(stderr, "fork: scope %s, %s %llu\n", fork.scope.hex().c_str(),
                 fork.kind == ForkEvidence::Kind::charter ? "two charters of number"
                                                          : ("device " + std::to_string(fork.device) + " at operation").c_str(),
                 static_cast<unsigned long long>(fork.number));
  }
  for (const std::string& fault : report.faults) std::fprintf(stderr, "%s\n", fault.c_str());
  if (!report.sound())
    return fail(ErrorCode::damaged, options.directory.string() + " is not sound: " + std::to_string(report.faults.size()) + " faults");
  std::printf("sound\n");
  return {};
}

}  // namespace

void add_verify(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = program.add_subcommand("verify", "walk every chain and recompute every digest of a store");
  command->add_option("--dir", options->directory, "a desk's or a kiosk's store")->required();
  command->add_option("--phrase-file", options->phrase_file, "file with its house phrase (else HUISBORD_PHRASE, else asked for)");
  command->callback([options, &chosen] { chosen.run = [options] { return verify(*options); }; });
}

}  // namespace huisbord
