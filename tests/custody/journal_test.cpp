#include <gtest/gtest.h>

#include <thread>

#include "core/base/digest.h"
#include "core/custody/journal.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

class JournalTest : public testing::Test {
 protected:
  JournalTest() {
    std::string name = (fs::temp_directory_path() / "gz-journal-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    path_ = folder_ / "journal.log";
  }
  ~JournalTest() override { fs::remove_all(folder_); }

  std::unique_ptr<Journal> create() {
    auto journal = Journal::create(path_, clock_);
    EXPECT_TRUE(journal) << journal.error().what;
    return std::move(*journal);
  }
  std::string text() const { return *read_text(path_); }
  void write_three() {
    const auto journal = create();
    EXPECT_TRUE(journal->append("tsa.beacon", "sha256:" + std::string(64, 'a')));
    clock_.advance_ms(40);
    EXPECT_TRUE(journal->append("session.open", Json{{"format", 1}}));
    EXPECT_TRUE(journal->append("session.close", Json{{"state", "complete"}}));
    EXPECT_TRUE(journal->close());
  }

  ManualClock clock_;
  fs::path folder_, path_;
};

}  // namespace

// A-7.2a: each line names the one before it; the form is FORMAT.md 5
TEST_F(JournalTest, LinesAreChained) {
  write_three();
  const auto lines = parse_journal(text());
  ASSERT_TRUE(lines) << lines.error().what;
  ASSERT_EQ(lines->size(), 3u);
  EXPECT_EQ((*lines)[0].previous, std::string(64, '0'));
  const auto first = text().substr(0, text().find('\n') + 1);
  EXPECT_EQ((*lines)[1].previous, sha256_hex(as_bytes(first)));
  EXPECT_EQ((*lines)[0].digest, sha256_hex(as_bytes(first)));
  EXPECT_EQ(first, "00000000 " + std::string(64, '0') + " " + format_time(ManualClock().wall_now) + " tsa.beacon sha256:" +
                       std::string(64, 'a') + "\n");
}

// A-7.2a: no byte can be changed unseen: either the text is refused or the final head differs
TEST_F(JournalTest, EveryChangedByteIsDetected) {
  write_three();
  const std::string whole = text();
  const auto lines = parse_journal(whole);
  ASSERT_TRUE(lines);
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (const int bit : {0, 1, 5, 7}) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      const auto read = parse_journal(changed);
      EXPECT_TRUE(!read || read->size() != lines->size() || read->back().digest != lines->back().digest) << i << "." << bit;
    }
}

TEST_F(JournalTest, EveryTruncationButAtALineEndIsRefused) {
  write_three();
  const std::string whole = text();
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(static_cast<bool>(parse_journal(whole.substr(0, size))), size > 0 && whole[size - 1] == '\n') << size;
}

TEST_F(JournalTest, TimeNeverGoesBack) {
  const auto journal = create();
  ASSERT_TRUE(journal->append("tsa.none", Json{{"reason", "x"}}));
  const WallTime before = clock_.wall_now;
  clock_.wall_now.ms -= 3'600'000;
  const auto head = journal->append("note", Json{{"item", ""}, {"text", "x"}});
  ASSERT_TRUE(head);
  EXPECT_EQ(head->time, before);
  EXPECT_TRUE(parse_journal(text()));
}

TEST_F(JournalTest, RefusesWhatTheFormatRefuses) {
  const auto journal = create();
  EXPECT_FALSE(journal->append("no.kind", Json::object()));
  EXPECT_FALSE(journal->append("tsa.beacon", "sha256:ABC"));
  EXPECT_FALSE(journal->append("note", "{\"text\": \"spaces\"}"));
  EXPECT_FALSE(journal->append("note", Json{{"text", "\x7f"}}));
  EXPECT_FALSE(journal->append("note", Json{{"text", std::string(70'000, 'x')}}));
  EXPECT_FALSE(journal->append("note", Json{{"text", 1.5}}));
  EXPECT_FALSE(journal->append("shot", std::string(64, 'a') + " data/main/shot-0001.png 1 2 -"));
  EXPECT_FALSE(journal->append("tsa.anchor", "1 pending"));
  EXPECT_EQ(fs::file_size(path_), 0u);                     // nothing of it was written
  EXPECT_TRUE(journal->append("shot", std::string(64, 'a') + "  data/main/shot-0001.png 0 0 -"));
  EXPECT_TRUE(journal->append("tsa.anchor", "00000000 pending"));
}

TEST_F(JournalTest, TextFromOutsideIsMadeFit) {
  const auto journal = create();
  const std::string text = journal_text("a\x7f\xc2\x85\xff\xe6\x9c\x80\n");
  EXPECT_EQ(text, "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD最\n");
  EXPECT_TRUE(journal->append("note", Json{{"text", text}}));
}

TEST_F(JournalTest, EightThreadsKeepTheChain) {
  const auto journal = create();
  std::uint64_t told = 0;
  journal->on_line([&](const JournalLine& line) { EXPECT_EQ(line.seq, told++); });
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) EXPECT_TRUE(journal->append("note", Json{{"item", std::to_string(t)}, {"text", std::to_string(i)}}));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(journal->sync());
  const auto lines = parse_journal(text());
  ASSERT_TRUE(lines) << lines.error().what;
  EXPECT_EQ(lines->size(), 1600u);
  EXPECT_EQ(told, 1600u);
  EXPECT_EQ(journal->head().digest, lines->back().digest);
}

TEST_F(JournalTest, GoesOnAfterACrash) {
  write_three();
  const auto before = parse_journal(text());
  ASSERT_TRUE(before);
  {
    const auto journal = Journal::reopen(path_, clock_, before->back());
    ASSERT_TRUE(journal) << journal.error().what;
    EXPECT_EQ((*journal)->head().digest, before->back().digest);
    EXPECT_TRUE((*journal)->append("crash.recover", Json{{"lost", "x"}}));
  }
  const auto after = parse_journal(text());
  ASSERT_TRUE(after);
  EXPECT_EQ(after->size(), 4u);
  EXPECT_EQ(Journal::reopen(path_, clock_, before->back()).error().kind, ErrorKind::Tampered);
  EXPECT_EQ(Journal::create(path_, clock_).error().kind, ErrorKind::Exists);
}
