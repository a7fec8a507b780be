// The nearer way to SQLite, and the tokenizer for Chinese.
#include "core/sql/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

namespace guzheng {
namespace {

namespace fs = std::filesystem;
const SqlMigrations kTable{"CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, s TEXT, b BLOB)"};

class ConnectionTest : public testing::Test {
 protected:
  ConnectionTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-connection-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    file_ = root_ / "c.sqlite";
  }
  ~ConnectionTest() override { fs::remove_all(root_); }
  [[nodiscard]] std::unique_ptr<SqlConnection> open(const SqlMigrations& steps = kTable, const SqlOptions& options = {}) const { return SqlConnection::open(file_, steps, options).value(); }
  fs::path root_, file_;
};

std::int64_t number(SqlConnection& c, std::string_view sql) {
  auto s = c.prepare(sql).value();
  EXPECT_TRUE(s.step().value());
  return s.integer(0);
}

TEST_F(ConnectionTest, values_come_back_as_they_were) {
  auto c = open();
  auto put = c->prepare("INSERT INTO t(n,s,b) VALUES(?,?,?)").value();
  const Bytes blob{0, 1, 255};
  ASSERT_TRUE(put.bind(1, std::int64_t{-5}).bind(2, std::string_view("练\0习", 7)).bind(3, ByteView(blob)).run());
  ASSERT_TRUE(put.bind_null(1).bind(2, std::string_view()).bind(3, ByteView()).run());
  EXPECT_EQ(c->last_row(), 2);
  auto get = c->prepare("SELECT n,s,b FROM t ORDER BY id").value();
  ASSERT_TRUE(get.step().value());
  EXPECT_EQ(get.integer(0), -5);
  EXPECT_EQ(get.text(1), std::string_view("练\0习", 7));
  EXPECT_THAT(get.bytes(2), testing::ElementsAreArray(blob));
  ASSERT_TRUE(get.step().value());
  EXPECT_TRUE(get.is_null(0));
  EXPECT_FALSE(get.is_null(1)) << "an empty text is a text";
  EXPECT_FALSE(get.step().value());
  struct stat st{};
  ASSERT_EQ(::stat(file_.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0600u);
}

TEST_F(ConnectionTest, errors_are_told_and_the_statement_lives_on) {
  auto c = open();
  EXPECT_FALSE(c->prepare("SELECT nothing FROM nowhere"));
  auto put = c->prepare("INSERT INTO t(id) VALUES(?)").value();
  ASSERT_TRUE(put.bind(1, std::int64_t{1}).run());
  EXPECT_FALSE(put.run()) << "there already";
  EXPECT_FALSE(put.bind(7, std::int64_t{1}).run()) << "no such place";
  EXPECT_TRUE(put.bind(1, std::int64_t{2}).run());
  SqlStatement none;
  EXPECT_EQ(none.step().error().kind, ErrorKind::Bug);
}

TEST_F(ConnectionTest, a_transaction_that_is_not_committed_never_was) {
  auto c = open();
  {
    auto all = SqlTransaction::begin(*c).value();
    ASSERT_TRUE(c->run("INSERT INTO t(n) VALUES(1)"));
    EXPECT_TRUE(c->in_transaction());
  }
  EXPECT_EQ(number(*c, "SELECT count(*) FROM t"), 0);
  auto all = SqlTransaction::begin(*c).value();
  ASSERT_TRUE(c->run("INSERT INTO t(n) VALUES(1)"));
  ASSERT_TRUE(all.commit());
  EXPECT_EQ(number(*open(), "SELECT count(*) FROM t"), 1);
}

TEST_F(ConnectionTest, readers_beside_the_writer_see_what_was_committed) {
  auto writer = open();
  auto reader = open({}, {true, 4});
  ASSERT_TRUE(writer->run("INSERT INTO t(n) VALUES(1)"));
  auto all = SqlTransaction::begin(*writer).value();
  ASSERT_TRUE(writer->run("INSERT INTO t(n) VALUES(2)"));
  EXPECT_EQ(number(*reader, "SELECT count(*) FROM t"), 1) << "without waiting";
  ASSERT_TRUE(all.commit());
  EXPECT_EQ(number(*reader, "SELECT count(*) FROM t"), 2);
  EXPECT_FALSE(reader->run("INSERT INTO t(n) VALUES(3)")) << "a reader may not write";
}

TEST_F(ConnectionTest, steps_newer_and_damaged) {
  open().reset();
  SqlMigrations two = kTable;
  two.push_back("ALTER TABLE t ADD COLUMN more TEXT NOT NULL DEFAULT 'new'; INSERT INTO t(n) VALUES(9)");
  EXPECT_EQ(number(*open(two), "SELECT count(*) FROM t WHERE more='new'"), 1);
  EXPECT_EQ(SqlConnection::open(file_, kTable).error().kind, ErrorKind::Unsupported);
  SqlMigrations wrong = two;
  wrong.push_back("CREATE TABLE u(id); CREATE TABLE u(id)");
  EXPECT_FALSE(SqlConnection::open(file_, wrong));
  EXPECT_EQ(number(*open(two), "SELECT count(*) FROM sqlite_master WHERE name='u'"), 0) << "whole or not at all";
  const auto other = root_ / "other.sqlite";
  std::ofstream(other) << std::string(9000, 'x');
  EXPECT_EQ(SqlConnection::open(other, kTable).error().kind, ErrorKind::Tampered);
}

class Bigrams : public ConnectionTest {
 protected:
  Bigrams() : index_(open({"CREATE VIRTUAL TABLE f USING fts5(d, content='', columnsize=0, tokenize='gz_bigrams')"})) {}
  void put(std::int64_t id, std::string_view text) {
    auto s = index_->prepare("INSERT INTO f(rowid,d) VALUES(?,?)").value();
    ASSERT_TRUE(s.bind(1, id).bind(2, text).run());
  }
  std::vector<std::int64_t> find(std::string_view match) {
    auto s = index_->prepare("SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid").value();
    s.bind(1, match);
    std::vector<std::int64_t> out;
    while (s.step().value()) out.push_back(s.integer(0));
    return out;
  }
  std::unique_ptr<SqlConnection> index_;
};
using Ids = std::vector<std::int64_t>;

TEST_F(Bigrams, names_by_one_two_and_more_characters) {
  put(1, "青禾茶叶店");
  put(2, "茶青叶店\x1f" "禾");
  put(3, "a茶");
  EXPECT_EQ(find("\"茶\""), (Ids{1, 2, 3}));
  EXPECT_EQ(find("\"茶叶\""), Ids{1});
  EXPECT_EQ(find("\"叶店\""), (Ids{1, 2}));
  EXPECT_EQ(find("\"青禾茶叶店\""), Ids{1});
  EXPECT_EQ(find("\"店禾\""), Ids{}) << "not across two texts";
  EXPECT_EQ(find("\"禾\""), (Ids{1, 2}));
  EXPECT_EQ(find("\"a茶\""), Ids{3});
  EXPECT_EQ(find("\"茶叶\" AND \"青禾\""), Ids{1});
}

TEST_F(Bigrams, other_texts_by_two_and_more) {
  put(1, "名\x1c" "人和路\x1f" "十号");
  EXPECT_EQ(find("\"和路\""), Ids{1});
  EXPECT_EQ(find("\"和\""), Ids{});
  EXPECT_EQ(find("\"路\""), Ids{}) << "nor the last";
  EXPECT_EQ(find("\"路十\""), Ids{});
  EXPECT_EQ(find("\"十号\""), Ids{1});
}

TEST_F(Bigrams, initials_with_choices) {
  put(1, "\x1d[zc]qxm\x1fqh");
  EXPECT_EQ(find("\"\x1d" "cqxm\""), Ids{1});
  EXPECT_EQ(find("\"\x1d" "zqx\""), Ids{1});
  EXPECT_EQ(find("\"\x1d" "qh\""), Ids{1});
  EXPECT_EQ(find("\"\x1d" "xmq\""), Ids{});
  EXPECT_EQ(find("\"cq\""), Ids{}) << "kinds never meet";
}

TEST_F(Bigrams, marks_are_whole) {
  put(1, "店\x1er9901 k2 C990100000001");
  EXPECT_EQ(find("\"\x1er9901\""), Ids{1});
  EXPECT_EQ(find("\"\x1er99\""), Ids{});
  EXPECT_EQ(find("\"\x1e" "C990100000\""), Ids{});
  EXPECT_EQ(find("\"\x1e" "C990100000\" *"), Ids{1});          // a beginning of more than kShortMark bytes
  EXPECT_EQ(find("\"店\" AND \"\x1ek2\""), Ids{1});
  EXPECT_EQ(find("\"r9901\""), Ids{});
}

TEST_F(Bigrams, broken_text_does_no_harm) {
  for (const std::string_view text : {std::string_view("\xe9\x9d"), std::string_view("\xf0"), std::string_view("[\x1d["), std::string_view("\x1d[]a[b"), std::string_view("\x1e\x1e \x1f\x1c\x1d"), std::string_view("a\0b", 3)}) put(9, text);
  EXPECT_EQ(find("\"\xe9\"").size(), 0u);
}

}  // namespace
}  // namespace guzheng
