// SPDX-License-Identifier: GPL-3.0-or-later
// The socket that tells what is on the glass: to whom, and what when the glass has changed.
#include "app/kiosk/semantics_socket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <future>
#include <thread>

#include "app/kiosk/widgets/bars.h"
#include "tests/support/temporary_folder.h"
#include "tests/ui/glass.h"

namespace huisbord {
namespace {

class Peer {
 public:
  explicit Peer(const std::filesystem::path& path) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Peer() { ::close(socket_); }
  [[nodiscard]] bool connected() const { return connected_; }
  /// Up to the empty line, or to the end.
  std::string ask(const std::string& question) {
    if (::send(socket_, question.data(), question.size(), MSG_NOSIGNAL) < 0) return "";
    std::string answer;
    for (char c = 0; !answer.ends_with("\n\n") && answer != "\n" && ::read(socket_, &c, 1) == 1;) answer.push_back(c);
    return answer;
  }

 private:
  int socket_;
  bool connected_ = false;
};

class Socket : public testing::Test {
 protected:
  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "tree";
  std::unique_ptr<SemanticsSocket> socket_ = std::move(*SemanticsSocket::open(path_));
};

TEST_F(Socket, IsForTheSameUserAlone) {
  struct stat status{};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_TRUE(S_ISSOCK(status.st_mode));
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(Socket, AnswersWithWhatIsOnTheGlass) {
  std::string text = "Koken \"samen\"\nmet z\xc3\xb3";
  tests::SceneOf scene({}, [&](ui::Ui& ui) {
    auto root = ui.screen("board", "board");
    ui::page_ground(ui);
    ui.text({32, 24, 600, 80}, text, ui::type::title, ui::Role::heading);
  });
  tests::Glass glass(1280, 800, scene);
  Peer peer(path_);
  ASSERT_TRUE(peer.connected());
  EXPECT_EQ(peer.ask("tree\n"), "\n") << "before the first frame";
  glass.settle();
  socket_->show(glass.stage().tree(), glass.stage().viewport());
  const std::string answer = peer.ask("tree\n");
  EXPECT_NE(answer.find(R"("role":"heading","name":"Koken \"samen\"\u000amet z)"
                        "\xc3\xb3\""),
            std::string::npos)
      << answer;
  EXPECT_NE(answer.find(R"("target":false)"), std::string::npos);
  text = "Leeg";
  glass.stage().request_frame();
  glass.settle();
  socket_->show(glass.stage().tree(), glass.stage().viewport());
  const std::string later = peer.ask("tree\n");
  EXPECT_NE(later.find("Leeg"), std::string::npos);
  EXPECT_EQ(later.find("Koken"), std::string::npos);
}

TEST_F(Socket, HangsUpOnWhoAsksSomethingElse) {
  Peer peer(path_);
  EXPECT_EQ(peer.ask("names\n"), "");
  Peer other(path_);
  EXPECT_EQ(other.ask("tree\n"), "\n");
}

TEST_F(Socket, GoesWithTheProgram) {
  socket_.reset();
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(Socket, EndsAlsoWhileSomebodyListens) {
  Peer peer(path_);
  EXPECT_EQ(peer.ask("tree\n"), "\n");
  socket_.reset();
  EXPECT_EQ(peer.ask("tree\n"), "");
}

TEST_F(Socket, EndsAlsoWhileSomebodyNeverStopsAsking) {
  std::promise<void> answered;
  std::thread asking([&] {
    Peer peer(path_);
    EXPECT_EQ(peer.ask("tree\n"), "\n");
    answered.set_value();
    while (!peer.ask("tree\n").empty()) continue;
  });
  answered.get_future().wait();
  socket_.reset();
  asking.join();
}

TEST_F(Socket, TakesThePlaceOfOneThatAKilledProgramLeft) {
  auto again = SemanticsSocket::open(path_);
  ASSERT_TRUE(again);
  EXPECT_EQ(Peer(path_).ask("tree\n"), "\n");
}

TEST(SocketPath, IsRefusedWhenTheSystemCannotHoldIt) {
  EXPECT_EQ(SemanticsSocket::open("/tmp/" + std::string(120, 'x')).error().code, ErrorCode::invalid);
  EXPECT_EQ(SemanticsSocket::open("/not/there/tree").error().code, ErrorCode::io);
}

}  // namespace
}  // namespace huisbord
