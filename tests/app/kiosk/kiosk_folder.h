// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk's folder as the program opens it, made by a process of its own so that nothing of it is in this one's memory.
#pragma once

#include <sys/wait.h>

#include <fstream>

#include "app/kiosk/kiosk.h"
#include "tests/app/kiosk/kiosk_house.h"
#include "tests/support/temporary_folder.h"

namespace huisbord {

class KioskFolder {
 public:
  enum class Neighbour : std::uint8_t { has_pin, has_none };
  enum class Office : std::uint8_t { keeps_it, wiped_it };
  explicit KioskFolder(Neighbour neighbour = Neighbour::has_pin, Office office = Office::keeps_it) {
    const pid_t child = ::fork();
    CHECK(child >= 0);
    if (child == 0) {
      Founded().hand_over(folder_.path(), neighbour, office);
      ::_exit(0);
    }
    int status = 0;
    CHECK(::waitpid(child, &status, 0) == child && status == 0);
    write("kiosk.toml", "");
    std::string key;
    for (int i = 0; i < 32; ++i) key += "5a";  // SmallOrganisation::store_key()
    write("store-key", key);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path store_key() const { return path() / "store-key"; }
  [[nodiscard]] KioskOptions options() const {
    KioskOptions options;
    options.folder = path();
    options.store_key = store_key();
    return options;
  }
  [[nodiscard]] std::filesystem::path vault() const { return path() / "vault.db"; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path() / name) << text; }

 private:
  struct Founded : KioskHouse {
    Founded() : KioskHouse(Today::the_systems) {}
    void TestBody() override {}
    void wipe() {
      organisation_.cut(house(), kiosk_device_.number, {});
      Charter& charter = organisation_.charter(house());
      for (CharterDevice& device : charter.devices)
        if (device.number == kiosk_device_.number) device.state = DeviceState::wiped;
      charter.keyring.clear();
      must(kiosk_->take_charter(organisation_.sign(house())));
    }
    void hand_over(const std::filesystem::path& folder, Neighbour neighbour, Office office) {
      if (neighbour == Neighbour::has_pin) give_pin(neighbour_, neighbour_key_, neighbours_pin);
      if (office == Office::wiped_it) wipe();
      must(kiosk_->pass_time());  // the house was furnished in September
      actions_.reset();
      kiosk_.reset();
      std::filesystem::copy_file(folder_ / "kiosk.db", folder / "vault.db");
      desk_.reset();
      std::filesystem::remove_all(folder_.path());
    }
  };
  TemporaryFolder folder_;
};

}  // namespace huisbord
