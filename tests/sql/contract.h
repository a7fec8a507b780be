// What every Database must do (core/sql/database.h), whatever engine stands behind it. An engine's test instantiates SqlContract with a maker.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/sql/database.h"

namespace guzheng::test {

// One database, empty at first; opened as often as it is asked for.
class SqlMaker {
 public:
  virtual ~SqlMaker() = default;
  virtual Result<std::unique_ptr<Database>> open(const SqlMigrations& migrations) = 0;
};

inline const SqlMigrations& contract_schema() {
  static const SqlMigrations steps{
      "CREATE TABLE t(id TEXT PRIMARY KEY, n INTEGER, b BLOB, long_text TEXT NOT NULL DEFAULT '');"
      "CREATE TABLE counted(number INTEGER PRIMARY KEY, text TEXT NOT NULL);"
      "CREATE TABLE pairs(level INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(level, place)) WITHOUT ROWID;"
      "CREATE INDEX t_long ON t(long_text, n); INSERT INTO counted(number, text) VALUES(0, 'a;b')",
      "ALTER TABLE t ADD COLUMN more TEXT NOT NULL DEFAULT 'new'; CREATE INDEX t_more ON t(more)"};
  return steps;
}

class SqlContract : public testing::TestWithParam<std::unique_ptr<SqlMaker> (*)()> {
 protected:
  SqlContract() : maker_(GetParam()()) {}
  std::unique_ptr<Database> open() {
    auto opened = maker_->open(contract_schema());
    EXPECT_TRUE(opened) << opened.error().what;
    return opened ? std::move(*opened) : nullptr;
  }
  static std::int64_t number(Database& db, const std::string& sql) { return std::get<std::int64_t>(db.query(sql).value().at(0).at(0)); }

  std::unique_ptr<SqlMaker> maker_;
};

TEST_P(SqlContract, GivesBackWhatWasPut) {
  const auto db = open();
  EXPECT_EQ(db->version(), 2);
  const Bytes bytes{0, 1, 255};
  const std::string text = "证据 𠮷 '; DROP TABLE t; -- \\ \" `\n", large(300'000, 'x');
  ASSERT_TRUE(db->run("INSERT INTO t(id, n, b, long_text) VALUES(?,?,?,?)", {text, std::int64_t{-5'000'000'000'000}, bytes, large}));
  ASSERT_TRUE(db->run("INSERT INTO t(id, n, b) VALUES(?,?,?)", {std::string("n"), nullptr, nullptr}));
  auto rows = db->query("SELECT id, n, b, long_text, more FROM t WHERE n = ?", {std::int64_t{-5'000'000'000'000}}).value();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0], (SqlRow{text, std::int64_t{-5'000'000'000'000}, bytes, large, std::string("new")}));
  rows = db->query("SELECT n, b, long_text FROM t WHERE id = ?", {std::string("n")}).value();
  EXPECT_EQ(rows.at(0), (SqlRow{nullptr, nullptr, std::string()}));
  EXPECT_EQ(db->query("SELECT text FROM counted WHERE number = 0")->at(0).at(0), SqlValue(std::string("a;b")));
  EXPECT_EQ(number(*db, "SELECT count(*) FROM t"), 2);
  EXPECT_EQ(number(*db, "SELECT coalesce(max(number), -1) FROM counted"), 0);
  EXPECT_EQ(number(*db, "SELECT sum(n) FROM t"), -5'000'000'000'000);
  Bytes megabytes(3'000'000, 7);
  ASSERT_TRUE(db->run("INSERT INTO pairs(level, place, hash) VALUES(?, ?, ?)", {std::int64_t{0}, std::int64_t{1}, megabytes}));
  EXPECT_EQ(db->query("SELECT hash FROM pairs")->at(0).at(0), SqlValue(megabytes));
}

TEST_P(SqlContract, KeysAreKeptByteByByte) {
  const auto db = open();
  for (const char* id : {"a", "A", "ä", "a ", "ａ"}) ASSERT_TRUE(db->run("INSERT INTO t(id) VALUES(?)", {std::string(id)})) << id;
  EXPECT_FALSE(db->run("INSERT INTO t(id) VALUES('a')")) << "the key is there";
  EXPECT_TRUE(db->run("INSERT OR IGNORE INTO t(id, n) VALUES('a', 5)"));
  EXPECT_EQ(db->query("SELECT n FROM t WHERE id = 'a'")->at(0).at(0), SqlValue(nullptr));
  EXPECT_TRUE(db->run("INSERT OR REPLACE INTO t(id, n) VALUES('a', 6)"));
  EXPECT_EQ(number(*db, "SELECT n FROM t WHERE id = 'a'"), 6);
  EXPECT_EQ(db->query("SELECT id FROM t ORDER BY id")->at(0).at(0), SqlValue(std::string("A")));
  EXPECT_FALSE(db->query("SELECT nothing FROM nowhere"));
  EXPECT_TRUE(db->query("SELECT id FROM t"));      // an error before is over
}

TEST_P(SqlContract, RowsAreCountedInTheirOrder) {
  const auto db = open();
  for (const char* id : {"z", "m", "a"}) ASSERT_TRUE(db->run("INSERT INTO t(id) VALUES(?)", {std::string(id)}));
  EXPECT_EQ(db->query("SELECT id FROM t ORDER BY rowid DESC LIMIT 1")->at(0).at(0), SqlValue(std::string("a")));
  ASSERT_TRUE(db->run("INSERT INTO counted(text) VALUES('x')"));
  EXPECT_EQ(number(*db, "SELECT number FROM counted WHERE text = 'x'"), 1);
}

TEST_P(SqlContract, UpgradesWithoutLosingARow) {
  const auto& all = contract_schema();
  {
    const auto db = maker_->open({all[0]}).value();
    EXPECT_EQ(db->version(), 1);
    ASSERT_TRUE(db->run("INSERT INTO t(id) VALUES('a')"));
    EXPECT_FALSE(db->query("SELECT more FROM t"));
  }
  const auto db = open();
  EXPECT_EQ(db->version(), 2);
  EXPECT_EQ(db->query("SELECT more FROM t WHERE id = 'a'")->at(0).at(0), SqlValue(std::string("new")));
  EXPECT_EQ(maker_->open({all[0]}).error().kind, ErrorKind::Unsupported) << "an older program leaves it alone";
  EXPECT_EQ(maker_->open(all).value()->version(), 2);
}

TEST_P(SqlContract, AStepThatFailsIsNoVersion) {
  const auto& all = contract_schema();
  { ASSERT_TRUE(maker_->open({all[0]}).value()->run("INSERT INTO t(id) VALUES('a')")); }
  EXPECT_FALSE(maker_->open({all[0], "INSERT INTO t(id) VALUES('b'); INSERT INTO nowhere(x) VALUES(1)"}));
  const auto db = maker_->open({all[0]}).value();
  EXPECT_EQ(db->version(), 1);
  EXPECT_EQ(number(*db, "SELECT count(*) FROM t WHERE id = 'a'"), 1);
}

TEST_P(SqlContract, TogetherIsAllOrNothing) {
  const auto db = open();
  EXPECT_EQ(db->together([&]() -> Status {
    GZ_TRY(db->run("INSERT INTO t(id) VALUES('a')"));
    EXPECT_EQ(db->query("SELECT id FROM t")->size(), 1u);
    return fail(ErrorKind::Cancelled, "no");
  }).error().kind, ErrorKind::Cancelled);
  EXPECT_TRUE(db->query("SELECT id FROM t")->empty());
  EXPECT_FALSE(db->together([&]() -> Status {
    GZ_TRY(db->run("INSERT INTO t(id) VALUES('a')"));
    return db->run("INSERT INTO t(id) VALUES('a')");
  }));
  EXPECT_TRUE(db->query("SELECT id FROM t")->empty());
  EXPECT_TRUE(db->together([&] { return db->run("INSERT INTO t(id) VALUES('a')"); }));
  EXPECT_EQ(db->query("SELECT id FROM t")->size(), 1u);
}

// A-7.4c: what numbers its rows by what it reads gives no number twice, however many programs do it
TEST_P(SqlContract, TransactionsOfSeveralComeOneAfterTheOther) {
  open();
  std::vector<std::thread> threads;
  std::atomic<int> failed{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      const auto db = open();
      for (int i = 0; i < 10; ++i) {
        const auto done = db->together([&]() -> Status {
          GZ_TRY_ASSIGN(const auto rows, db->query("SELECT coalesce(max(number), -1) FROM counted"));
          return db->run("INSERT INTO counted(number, text) VALUES(?, ?)", {std::get<std::int64_t>(rows.at(0).at(0)) + 1, std::to_string(t)});
        });
        if (!done) ++failed;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  const auto db = open();
  EXPECT_EQ(number(*db, "SELECT count(*) FROM counted"), 41);
  EXPECT_EQ(number(*db, "SELECT max(number) FROM counted"), 40);
}

TEST_P(SqlContract, SeveralFirstStartsMakeItOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> opened{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      const auto db = maker_->open(contract_schema());
      EXPECT_TRUE(db) << db.error().what;
      if (db) ++opened;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(opened, 4);
  EXPECT_EQ(number(*open(), "SELECT count(*) FROM counted"), 1);
}

}  // namespace guzheng::test
