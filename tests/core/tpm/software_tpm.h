// SPDX-License-Identifier: GPL-3.0-or-later
// A TPM in software (swtpm) on a socket in a folder of the test's own; its state outlives it as a machine's does.
#pragma once

#include <chrono>
#include <memory>
#include <thread>

#include "core/tpm/tpm.h"
#include "tests/support/child_program.h"

namespace huisbord {

class SoftwareTpm {
 public:
  SoftwareTpm() { start(); }
  /// As a machine that is switched off and on.
  void restart() {
    program_.reset();
    start();
  }
  [[nodiscard]] const std::string& where() const { return where_; }

 private:
  void start() {
    const std::string socket = (folder_.path() / "tpm.sock").string();
    std::filesystem::remove(socket);
    std::filesystem::create_directories(folder_.path() / "state");
    program_ = std::make_unique<ChildProgram>(
        "swtpm", std::vector<std::string>{"socket", "--tpm2", "--tpmstate", "dir=" + (folder_.path() / "state").string(), "--server",
                                          "type=unixio,path=" + socket, "--ctrl", "type=unixio,path=" + socket + ".ctrl", "--flags",
                                          "not-need-init"});
    where_ = "swtpm:path=" + socket;
    // The socket is there a moment before it is listened to.
    bool answers = false;
    for (int wait = 0; wait < 1000 && !answers; ++wait) {
      answers = std::filesystem::exists(socket) && Tpm::open(where_).has_value();
      if (!answers) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    CHECK(answers);
  }

  TemporaryFolder folder_;
  std::unique_ptr<ChildProgram> program_;
  std::string where_;
};

}  // namespace huisbord
