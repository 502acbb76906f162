// SPDX-License-Identifier: GPL-3.0-or-later
// A house is furnished, its people are placed, its rota is planned, and every device has it all.
#include "tests/sim/foundation.h"

#include <unistd.h>

#include "core/journal/operation.h"
#include "tests/sim/machine.h"

namespace huisbord::sim {
namespace fs = std::filesystem;

fs::path fresh_folder(const char* what) {
  const fs::path base = fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
  std::string pattern = (base / (std::string("huisbord-") + what + "-XXXXXX")).string();
  return ::mkdtemp(pattern.data());
}

const Foundation& Foundation::get() {
  static const Foundation made;
  return made;
}

std::vector<Device> Foundation::admit(Office& office) {
  std::vector<Device> devices;
  for (std::size_t i = 0; i < desks; ++i) devices.push_back(office.add_device(DeviceClass::desk));
  for (std::size_t i = 0; i <= kiosks; ++i) devices.push_back(office.add_device(DeviceClass::kiosk));
  for (const ScopeId& scope : office.scopes()) office.write(scope, Office::founded);
  return devices;
}

Foundation::Foundation() : folder_(fresh_folder("founded")) {
  Office office;
  Millis now = Office::founded;
  const std::vector<Device> devices = admit(office);
  RelayDouble relay(office.organisation(), office.root(), now);
  std::vector<std::unique_ptr<Machine>> machines;
  for (std::size_t i = 0; i < desks + kiosks; ++i) {
    machines.push_back(
        std::make_unique<Machine>(office, devices[i], relay, now, folder_ / std::to_string(devices[i].number), devices[i].number));
    must(machines.back()->start());
    for (const ScopeId& scope : office.scopes()) must(machines.back()->vault().take_charter(office.charter_bytes(scope)));
  }
  Vault& desk = machines.front()->vault();
  const std::string word(marker);
  const Day today{static_cast<std::int32_t>(now.value / 86'400'000)};
  const auto write = [&](const ScopeId& scope, const OpenChange& change) { (void)must(desk.record(scope, Actor::none(), change)); };
  write(office.org(), House{office.house_id(), word});
  for (std::size_t i = 0; i < office.staff.size(); ++i) {
    write(office.org(), Staff{office.staff[i], word});
    write(office.org(), RoleGranted{office.grants[i], office.staff[i], Role::woonbegeleider, office.house_id()});
  }
  write(office.house(), Woongroep{office.woongroep, word, 1});
  for (std::size_t i = 0; i < office.rooms.size(); ++i)
    write(office.house(), Room{office.rooms[i], office.woongroep, std::to_string(i + 1)});
  for (const TaskId& task : office.tasks) write(office.house(), Task{task, office.woongroep, TaskPlace::kitchen, {1200}, 127});
  for (std::size_t i = 0; i < office.residents.size(); ++i) {
    Placing placing{office.residents[i].id, office.rooms[i], Symbol::boat, Pastel::mint, today, std::nullopt};
    write(office.house(), placing);
  }
  for (int day = 0; day < planned_days; ++day)
    for (const TaskId& task : office.tasks)
      write(office.house(), DutyPlanned{task, today + day, office.rooms[static_cast<std::size_t>(day) % 4]});
  for (int twice = 0; twice < 2; ++twice)
    for (const auto& machine : machines)
      if (!machine->round().clean()) std::abort();
  for (const auto& machine : machines) machine->stop();
  for (const ScopeId& scope : office.scopes())
    for (const RelayDouble::Kept& kept : relay.kept(scope)) segments_.emplace_back(scope, kept.bytes);
}

Foundation::~Foundation() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Foundation::lay(const Office& office, RelayDouble& relay, const fs::path& folder) const {
  for (const ScopeId& scope : office.scopes()) (void)must(relay.put_charter(scope, office.charter_bytes(scope)));
  for (const auto& [scope, segment] : segments_) (void)must(relay.push(scope, {&segment, 1}, parse_segment(segment)->header.device));
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const fs::path to = folder / entry.path().filename();
    fs::create_directories(to);
    fs::copy_file(entry.path() / "vault.db", to / "vault.db");
  }
}

}  // namespace huisbord::sim
