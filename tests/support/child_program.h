// SPDX-License-Identifier: GPL-3.0-or-later
// A program run as a process of its own, with what it says on stdout and stderr.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/check.h"
#include "tests/support/temporary_folder.h"

extern char** environ;

namespace huisbord {

class ChildProgram {
 public:
  ChildProgram(const std::string& program, const std::vector<std::string>& arguments) {
    int pipe_ends[2];
    CHECK(::pipe2(pipe_ends, O_CLOEXEC) == 0);
    const std::string errors = (folder_.path() / "stderr").string();
    posix_spawn_file_actions_t actions;
    CHECK(::posix_spawn_file_actions_init(&actions) == 0);
    CHECK(::posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO) == 0);
    CHECK(::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600) == 0);
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    CHECK(::posix_spawnp(&process_, program.c_str(), &actions, nullptr, words.data(), environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe_ends[1]);
    output_ = pipe_ends[0];
  }
  ~ChildProgram() {
    if (process_ > 0) {
      kill(SIGKILL);
      wait();
    }
    ::close(output_);
  }
  ChildProgram(const ChildProgram&) = delete;
  ChildProgram& operator=(const ChildProgram&) = delete;

  /// The next line of stdout, without its end; empty at the end of all.
  std::string line() {
    std::string text;
    for (char c = 0; ::read(output_, &c, 1) == 1 && c != '\n';) text.push_back(c);
    return text;
  }
  std::string rest() {
    std::string text;
    char buffer[4096];
    for (ssize_t size = 0; (size = ::read(output_, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<std::size_t>(size));
    return text;
  }
  void kill(int signal) const { ::kill(process_, signal); }
  [[nodiscard]] pid_t process() const { return process_; }
  /// The exit status, or 128 and the signal that ended it.
  int wait() {
    int status = 0;
    CHECK(::waitpid(process_, &status, 0) == process_);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  /// What it has said on stderr until now.
  std::string errors() const {
    std::ifstream in(folder_.path() / "stderr");
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  TemporaryFolder folder_;
  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace huisbord
