// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl root: the key above all others, kept off line on two media, and the delegations that it signs.
#include <sys/stat.h>

#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/field.h"
#include "app/ctl/root_media.h"
#include "core/crypto/durable_file.h"
#include "core/office/delegation.h"

namespace huisbord {
namespace {

constexpr std::size_t largest_file = 1024;
constexpr std::int64_t millis_a_day = 24 * 60 * 60 * 1000;

struct RootOptions {
  std::vector<std::filesystem::path> media;
};
struct AskOptions {
  DeskOptions desk;
  std::filesystem::path out;
};
struct DelegateOptions {
  std::filesystem::path medium;
  std::filesystem::path request;
  std::filesystem::path out;
  int days = 400;
};
struct AcceptOptions {
  DeskOptions desk;
  std::filesystem::path delegation;
  CharterNumber above = 0;
};

bool on_one_disk(const std::filesystem::path& a, const std::filesystem::path& b) {
  struct stat first{};
  struct stat second{};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev;
}

std::string day_of_quarter(std::int64_t quarter) { return iso_day(Day{static_cast<std::int32_t>(quarter / (24 * 4))}); }

Status make_root(const RootOptions& options) {
  if (options.media.size() != 2) return fail(ErrorCode::invalid, "a root key lies on two media: give --root-dir twice");
  TRY_ASSIGN(const crypto::SigningPublicKey root, make_root_key(options.media, crypto::system_random()));
  std::printf("root public key  %s\n", to_hex(root.view()).c_str());
  show_root_media(options.media);
  return {};
}

Status ask(const AskOptions& options) {
  TRY_ASSIGN(const auto vault, open_store(options.desk));
  TRY_ASSIGN(const DelegationRequest request, ask_delegation(*vault, crypto::system_random()));
  TRY_STATUS(crypto::replace_file(options.out, write_delegation_request(request)));
  std::printf("request  %s  (carry it to the machine that reads the root key: huisbordctl root delegate)\n", options.out.c_str());
  return {};
}

Status delegate_to(const DelegateOptions& options) {
  TRY_ASSIGN(const Bytes bytes, crypto::read_small_file(options.request, largest_file));
  TRY_ASSIGN(const DelegationRequest request, read_delegation_request(bytes));
  const Millis expires{system_clock().now().value + options.days * millis_a_day};
  TRY_ASSIGN(const OrganisationDelegation made, make_delegation(options.medium, request, expires));
  TRY_STATUS(crypto::replace_file(options.out, write_delegation(made)));
  std::printf("delegation %u of organisation %s, until %s\nfile  %s  (carry it back: huisbordctl root accept)\n", made.delegation.number,
              made.organisation.hex().c_str(), day_of_quarter(made.delegation.expires_quarter).c_str(), options.out.c_str());
  return {};
}

Status accept(const AcceptOptions& options) {
  TRY_ASSIGN(const Bytes bytes, crypto::read_small_file(options.delegation, largest_file));
  TRY_ASSIGN(const OrganisationDelegation made, read_delegation(bytes));
  TRY_ASSIGN(const auto vault, open_store(options.desk));
  TRY_ASSIGN(Office office, accept_delegation(*vault, made, crypto::system_random()));
  for (const ScopeId& scope : vault->scopes()) {
    if (vault->charter_number(scope) <= options.above) {
      TRY_STATUS(office.amend(scope, [&](Charter& charter) -> Status {
        charter.number = options.above + 1;
        return {};
      }));
    }
    std::printf("scope %s  charter %u under delegation %u\n", scope.hex().c_str(), vault->charter_number(scope), made.delegation.number);
  }
  std::printf("until %s; whoever holds an older delegation is refused by all that hear of these charters\n",
              day_of_quarter(made.delegation.expires_quarter).c_str());
  return {};
}

}  // namespace

Status check_root_media(std::span<const std::filesystem::path> media) {
  const bool there = media.size() == 1 && std::filesystem::exists(root_key_path(media.front()));
  if (there || media.size() == 2) return {};
  return fail(ErrorCode::invalid, "a root key lies on two media: give --root-dir twice, or once for a medium that holds one");
}

void show_root_media(std::span<const std::filesystem::path> media) {
  for (const auto& medium : media) std::printf("root key         %s  (keep this medium off line)\n", root_key_path(medium).c_str());
  if (media.size() == 2 && on_one_disk(media[0], media[1]))
    std::fprintf(stderr, "note: both folders lie on one disk; move each to a medium of its own and remove it here\n");
}

void add_root(CLI::App& program, Chosen& chosen) {
  CLI::App* root = program.add_subcommand("root", "the root key, kept off line, and which desk writes the charters");
  root->require_subcommand(1);

  const auto making = std::make_shared<RootOptions>();
  CLI::App* make_command = root->add_subcommand("make", "a new root key on two media, each read back");
  make_command->add_option("--root-dir", making->media, "a folder on one medium; give it twice")->required();
  make_command->callback([making, &chosen] { chosen.run = [making] { return make_root(*making); }; });

  const auto asking = std::make_shared<AskOptions>();
  CLI::App* ask_command = root->add_subcommand("ask", "a new key for this desk, and the file that asks the root key for its delegation");
  add_desk_options(*ask_command, asking->desk);
  ask_command->add_option("--out", asking->out, "where the request comes")->required();
  ask_command->callback([asking, &chosen] { chosen.run = [asking] { return ask(*asking); }; });

  const auto delegating = std::make_shared<DelegateOptions>();
  CLI::App* delegate_command = root->add_subcommand("delegate", "let the key in a request write charters, with a number and an end");
  delegate_command->add_option("--root-dir", delegating->medium, "the medium with the root key")->required();
  delegate_command->add_option("--request", delegating->request, "what a desk asked")->required();
  delegate_command->add_option("--out", delegating->out, "where the delegation comes")->required();
  delegate_command->add_option("--days", delegating->days, "how long it holds (400)")->check(CLI::Range(1, 3660));
  delegate_command->callback([delegating, &chosen] { chosen.run = [delegating] { return delegate_to(*delegating); }; });

  const auto accepting = std::make_shared<AcceptOptions>();
  CLI::App* accept_command = root->add_subcommand("accept", "take the delegation up: this desk writes the charters from now on");
  add_desk_options(*accept_command, accepting->desk);
  accept_command->add_option("--delegation", accepting->delegation, "what the root key signed")->required();
  accept_command->add_option("--above", accepting->above, "number the charters above this one: when a stolen desk went on writing");
  accept_command->callback([accepting, &chosen] { chosen.run = [accepting] { return accept(*accepting); }; });
}

}  // namespace huisbord
