// SPDX-License-Identifier: GPL-3.0-or-later
// What every engine of the mailbox must do, run on each of them.
#include "app/relay/mailbox.h"

#include <gtest/gtest.h>

#include "app/relay/memory_mailbox.h"
#include "app/relay/sqlite_mailbox.h"
#include "core/sync/wire/limits.h"
#include "tests/app/relay/chain_writer.h"
#include "tests/support/temporary_folder.h"

namespace huisbord::relay {
namespace {

struct Engine {
  const char* name;
  std::unique_ptr<MailboxEngine> (*make)(const std::filesystem::path&);
};

class MailboxTest : public ::testing::TestWithParam<Engine> {
 protected:
  MailboxTest() : organisation(1, 3, 1), chain(organisation, organisation.house(), 2), other(organisation, organisation.house(), 3) {
    engine = GetParam().make(folder.path());
    mailbox = *engine->connect();
    write([&] {
      EXPECT_TRUE(
          mailbox->keep_charter(name(), organisation.charter(organisation.house()), organisation.charter_bytes(organisation.house())));
    });
  }
  ScopeName name() const { return {.organisation = organisation.organisation(), .scope = organisation.house()}; }
  ScopeRow scope() { return **mailbox->find(name()); }
  void write(const std::function<void()>& change) {
    ASSERT_TRUE(mailbox->begin_write());
    change();
    ASSERT_TRUE(mailbox->commit());
  }
  template <class Read>
  auto read(Read question) {
    EXPECT_TRUE(mailbox->begin_read());
    auto answer = question();
    mailbox->end();
    return answer;
  }
  Bytes keep(ChainWriter& from) {
    const Bytes bytes = from.next(2);
    write([&] {
      const auto view = parse_segment(bytes);
      EXPECT_TRUE(mailbox->keep_segment(scope(), *view, bytes, *mailbox->device(scope(), view->header.device)));
    });
    return bytes;
  }
  Page page(const std::map<DeviceNumber, OperationNumber>& held = {}, std::size_t most = std::size_t{1} << 20) {
    return read([&] { return *mailbox->page(scope(), held, most); });
  }
  Bytes mark() {
    return read([&] { return *mailbox->mark(scope()); });
  }

  PaperOrganisation organisation;
  ChainWriter chain, other;
  TemporaryFolder folder;
  std::unique_ptr<MailboxEngine> engine;
  std::unique_ptr<Mailbox> mailbox;
};

}  // namespace

TEST_P(MailboxTest, ACharterIsFoundAndReplaced) {
  EXPECT_EQ(read([&] { return *mailbox->charter(scope()); }), organisation.charter_bytes(organisation.house()));
  const Bytes next = organisation.amend(organisation.house(), [](Charter&) {});
  write([&] { EXPECT_TRUE(mailbox->keep_charter(name(), organisation.charter(organisation.house()), next)); });
  EXPECT_EQ(read([&] { return scope(); }).charter, 2u);
  EXPECT_EQ(read([&] { return *mailbox->charter(scope()); }), next);
  EXPECT_FALSE(read([&] { return *mailbox->find({.organisation = name().organisation, .scope = organisation.org()}); }));
}

TEST_P(MailboxTest, SegmentsComeBackInTheOrderOfArrivalFromWhereTheyLack) {
  std::vector<Bytes> all;
  for (int i = 0; i < 4; ++i) all.push_back(keep(i % 2 == 0 ? chain : other));
  EXPECT_EQ(page().segments, all);
  EXPECT_FALSE(page().more);
  EXPECT_EQ(page({{2, 2}, {3, 4}}).segments, std::vector<Bytes>{all[2]});
  EXPECT_EQ(page({}, 1).segments, std::vector<Bytes>{all[0]});
  EXPECT_TRUE(page({}, 1).more);
  const auto heads = read([&] { return *mailbox->heads(scope()); });
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_EQ(heads[0].number, 4u);
  EXPECT_EQ(heads[1].hash, parse_segment(all[3])->hash());
}

TEST_P(MailboxTest, WhatWasNotCommittedIsNotThere) {
  keep(chain);
  const Bytes before = mark(), bytes = chain.seal();
  ASSERT_TRUE(mailbox->begin_write());
  const auto view = parse_segment(bytes);
  EXPECT_TRUE(mailbox->keep_segment(scope(), *view, bytes, *mailbox->device(scope(), 2)));
  EXPECT_TRUE(mailbox->keep_fork(scope(), 2, 1, view->signed_header, view->signed_header));
  EXPECT_TRUE(mailbox->keep_handed_in(scope(), *view, bytes));
  EXPECT_TRUE(mailbox->keep_piece(scope(), {}, bytes));
  EXPECT_TRUE(mailbox->let_go(scope(), 2, 1));
  mailbox->end();
  EXPECT_EQ(page().segments.size(), 1u);
  EXPECT_EQ(mark(), before);
  EXPECT_EQ(read([&] { return mailbox->device(scope(), 2)->head.number; }), 2u);
  EXPECT_TRUE(read([&] { return mailbox->forks(scope())->empty() && mailbox->handed_in(scope(), 0)->empty(); }));
  EXPECT_FALSE(read([&] { return *mailbox->piece(scope(), {}); }));
}

TEST_P(MailboxTest, EveryChangeGivesAnotherMarkAndNothingElseDoes) {
  std::set<Bytes> marks{mark()};
  keep(chain);
  marks.insert(mark());
  keep(other);
  marks.insert(mark());
  EXPECT_EQ(marks.size(), 3u);
  EXPECT_EQ(mark(), mark());
  EXPECT_LE(mark().size(), wire::max_mark);
}

TEST_P(MailboxTest, WhatASnapshotCoversLeavesItsHeadersAndAFloor) {
  const Bytes first = keep(chain), second = keep(chain);
  write([&] { EXPECT_TRUE(mailbox->let_go(scope(), 2, 2)); });
  EXPECT_EQ(page().segments, std::vector<Bytes>{second});
  EXPECT_EQ(read([&] { return (*mailbox->heads(scope()))[0].floor; }), 3u);
  EXPECT_EQ(read([&] { return *mailbox->covering(scope(), 2, 1); }), to_bytes(ByteView(first).first(signed_header_size)));
  EXPECT_EQ(read([&] { return mailbox->device(scope(), 2)->bytes; }), signed_header_size + second.size());
}

TEST_P(MailboxTest, AChainMayBeginAfterASnapshot) {
  chain.next(2);
  const ChainHead head = chain.head;
  write([&] { EXPECT_TRUE(mailbox->begin_after(scope(), 2, head)); });
  const Bytes next = keep(chain);
  EXPECT_EQ(page().segments, std::vector<Bytes>{next});
  EXPECT_EQ(read([&] { return (*mailbox->heads(scope()))[0].floor; }), 3u);
  EXPECT_FALSE(read([&] { return mailbox->covering(scope(), 2, 99).has_value(); }));
}

TEST_P(MailboxTest, WhatWasHandedInIsApart) {
  const Bytes bytes = chain.next();
  write([&] { EXPECT_TRUE(mailbox->keep_handed_in(scope(), *parse_segment(bytes), bytes)); });
  EXPECT_TRUE(page().segments.empty());
  auto rows = read([&] { return *mailbox->handed_in(scope(), 2); });
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].bytes, bytes);
  EXPECT_TRUE(read([&] { return mailbox->handed_in(scope(), 3)->empty(); }));
  write([&] { EXPECT_TRUE(mailbox->drop_handed_in(scope(), 2, rows[0].last)); });
  EXPECT_TRUE(read([&] { return mailbox->handed_in(scope(), 0)->empty(); }));
}

TEST_P(MailboxTest, PiecesOfTwoSnapshotsAtMostAreKept) {
  const auto named = [](std::uint8_t of, std::uint32_t piece) {
    PieceName name{.hash = {}, .piece = piece};
    name.hash.fill(of);
    return name;
  };
  write([&] {
    for (const std::uint8_t of : {1, 2, 3}) EXPECT_TRUE(mailbox->keep_piece(scope(), named(of, 0), Bytes{of}));
    EXPECT_TRUE(mailbox->keep_piece(scope(), named(3, 1), Bytes{31}));
    EXPECT_TRUE(mailbox->drop_other_pieces(scope(), named(1, 0).hash, named(3, 0).hash));
  });
  EXPECT_EQ(read([&] { return *mailbox->piece(scope(), named(3, 1)); }), Bytes{31});
  EXPECT_EQ(read([&] { return *mailbox->piece(scope(), named(1, 0)); }), Bytes{1});
  EXPECT_FALSE(read([&] { return *mailbox->piece(scope(), named(2, 0)); }));
}

TEST_P(MailboxTest, OfADeviceFewForksAreKept) {
  const Bytes bytes = chain.seal();
  const ByteView header = parse_segment(bytes)->signed_header;
  write([&] {
    for (OperationNumber number = 1; number <= 20; ++number) EXPECT_TRUE(mailbox->keep_fork(scope(), 2, number, header, header));
  });
  EXPECT_EQ(read([&] { return mailbox->forks(scope())->size(); }), wire::max_forks_a_device);
}

TEST_P(MailboxTest, AnotherConnectionSeesWhatWasCommitted) {
  const Bytes bytes = keep(chain);
  const auto second = *engine->connect();
  ASSERT_TRUE(second->begin_read());
  EXPECT_EQ(second->page(**second->find(name()), {}, 1000)->segments, std::vector<Bytes>{bytes});
  second->end();
}

INSTANTIATE_TEST_SUITE_P(Engines, MailboxTest,
                         ::testing::Values(Engine{"Sqlite",
                                                  [](const std::filesystem::path& folder) -> std::unique_ptr<MailboxEngine> {
                                                    return std::make_unique<SqliteEngine>(folder / "mailbox.db");
                                                  }},
                                           Engine{"Memory",
                                                  [](const std::filesystem::path&) -> std::unique_ptr<MailboxEngine> {
                                                    return std::make_unique<MemoryEngine>();
                                                  }}),
                         [](const auto& engine) { return std::string(engine.param.name); });

}  // namespace huisbord::relay
