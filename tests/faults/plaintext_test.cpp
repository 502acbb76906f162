// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing that a house tells its vault is readable in any file that the vault writes, in UTF-8 or UTF-16.

#include "core/journal/operation.h"
#include "tests/core/store/small_organisation.h"
#include "tests/support/file_content.h"

namespace huisbord {
namespace {

namespace fs = std::filesystem;

std::vector<Bytes> spellings(std::string_view text) {
  std::vector<Bytes> all = {to_bytes(view(text)), {}, {}};
  for (const char letter : text) {
    const auto byte = static_cast<std::uint8_t>(letter);
    all[1].insert(all[1].end(), {byte, 0});
    all[2].insert(all[2].end(), {0, byte});
  }
  return all;
}

/// How many files under the folders hold one of the words.
std::size_t files_with(const std::vector<std::string>& words, const std::vector<fs::path>& folders) {
  std::size_t found = 0;
  for (const fs::path& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      const Bytes bytes = content(entry.path());
      const bool has = std::ranges::any_of(words, [&](const std::string& word) {
        return std::ranges::any_of(spellings(word), [&](const Bytes& spelled) { return !std::ranges::search(bytes, spelled).empty(); });
      });
      if (has) {
        ++found;
        ADD_FAILURE_AT(__FILE__, __LINE__) << entry.path();
      }
    }
  }
  return found;
}

/// The same without complaint, to prove that it can find.
bool finds(const std::string& word, const fs::path& folder) {
  const Bytes bytes = content(folder / "control");
  return std::ranges::any_of(spellings(word), [&](const Bytes& spelled) { return !std::ranges::search(bytes, spelled).empty(); });
}

TEST(Plaintext, TheSearchFindsWhatLiesOpen) {
  TestFolder folder;
  const std::string word = "Semhar Tesfay";
  for (const Bytes& spelled : spellings(word)) {
    Bytes bytes(1000, 7);
    bytes.insert(bytes.end(), spelled.begin(), spelled.end());
    bytes.resize(bytes.size() + 999);
    std::ofstream(folder / "control", std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    EXPECT_TRUE(finds(word, folder.path()));
  }
}

TEST(Plaintext, NothingOfAHouseLiesOpenInAnyFile) {
  TestFolder folder;
  TestFolder temporary;
  ::setenv("SQLITE_TMPDIR", temporary.path().c_str(), 1);
  ::setenv("TMPDIR", temporary.path().c_str(), 1);
  SmallOrganisation organisation;
  const TestDevice device = organisation.add_device(DeviceClass::desk);
  const std::vector<Bytes> charters = {organisation.sign(organisation.org()), organisation.sign(organisation.house())};
  auto vault = organisation.make_vault(folder / "vault.db", device, charters);
  const Day today{static_cast<std::int32_t>(organisation.clock.now().value / TestClock::day)};
  const crypto::SecretBytes key = crypto::make_key(organisation.random());
  std::vector<std::string> words = {"Huis De Linde", "Advocaat Bakker", "Vluchtelingenwerk", "Semhar"};
  must(vault->record(organisation.org(), Actor::none(), House{organisation.house_id(), words[0]}));
  std::vector<ChangeToRecord> changes;
  for (int i = 0; i < 400; ++i) {
    const PersonId person = organisation.random().id<PersonTag>();
    words.push_back("Semhar Tesfay " + std::to_string(i * 7919));
    Appointment appointment;
    appointment.id = organisation.random().id<AppointmentTag>();
    appointment.title = words[1];
    appointment.place = words[2];
    appointment.day = appointment.end_day = today + i % 60;
    changes.push_back({organisation.house(), Actor::none(), SealedChanges{person, &key, {IdentitySet{person, {words.back(), today}}}}});
    changes.push_back({organisation.house(), Actor::none(), SealedChanges{person, &key, {appointment}}});
    changes.push_back(
        {organisation.house(), Actor::none(),
         OpenChange{Notice{organisation.random().id<NoticeTag>(), NoticeIcon::key, today, today, {{"nl", {words[2], words[1]}}}, false}}});
  }
  must(vault->record_all(changes));
  must(vault->set_setting("a name", view(words[0])));
  (void)drain(*vault, organisation.house());
  (void)must(vault->verify());
  (void)must(vault->all_notices(organisation.house()));
  words.push_back(to_string(key.view()));
  words.push_back(to_string(SmallOrganisation::store_key().view()));
  words.push_back("CREATE TABLE");
  ASSERT_TRUE(fs::exists(folder / "vault.db-wal"));
  EXPECT_EQ(files_with(words, {folder.path(), temporary.path()}), 0u);
  vault.reset();
  EXPECT_EQ(files_with(words, {folder.path(), temporary.path()}), 0u);
}

}  // namespace
}  // namespace huisbord
