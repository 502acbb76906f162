// SPDX-License-Identifier: GPL-3.0-or-later
// Tending a desk's keys, and replacing the backup of them.
#include "app/ctl/desk_keys.h"

#include <cstdio>

#include "core/crypto/durable_file.h"
#include "core/crypto/words.h"
#include "core/office/backup_restore.h"
#include "core/office/epochs_tending.h"
#include "core/store/store_key.h"

namespace huisbord {
namespace {

constexpr const char* keys_backup_setting = "desk.keys_backup";

}  // namespace

Result<std::size_t> tend_desk(Desk& desk, const std::filesystem::path& folder, Day today) {
  TRY_ASSIGN(const std::size_t written, tend_keys(desk.office(), today));
  if (desk.vault().rekey_due()) {
    TRY_STATUS(renew_store_key(desk.vault(), folder, crypto::system_random()));
    TRY_STATUS(desk.vault().tend_keys());
  }
  return written;
}

Result<std::optional<std::filesystem::path>> keys_backup_path(Desk& desk) {
  TRY_ASSIGN(const auto stored, desk.vault().setting(keys_backup_setting));
  if (!stored) return std::nullopt;
  return std::filesystem::path(to_string(*stored));
}

Result<crypto::SecretBytes> replace_keys_backup(Desk& desk, const std::filesystem::path& path) {
  crypto::SecretBytes phrase = crypto::make_house_phrase(crypto::system_random());
  TRY_STATUS(back_up_keys(desk.office(), path, phrase, crypto::Argon2Parameters::phrase()));
  TRY_STATUS(desk.vault().set_setting(keys_backup_setting, view(std::filesystem::absolute(path).string())));
  return phrase;
}

Status hand_over_phrase(const crypto::SecretBytes& phrase, const std::filesystem::path& file, const std::string& what) {
  TRY_STATUS(crypto::replace_file(file, phrase.view()));
  std::printf("%s  %s  (write the six words on paper, then remove the file)\n", what.c_str(), file.c_str());
  return {};
}

}  // namespace huisbord
