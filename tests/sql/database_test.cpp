// The contract of Database: what the catalogue rests on.
#include "core/sql/database.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "core/base/file.h"
#include "core/sql/mariadb_dialect.h"
#include "tests/sql/contract.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::SqlContract;

class FileMaker final : public test::SqlMaker {
 public:
  FileMaker() {
    std::string pattern = (fs::temp_directory_path() / "gz-sql-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~FileMaker() override { fs::remove_all(root_); }
  Result<std::unique_ptr<Database>> open(const SqlMigrations& migrations) override { return Database::open(root_ / "d", migrations); }

 private:
  fs::path root_;
};
INSTANTIATE_TEST_SUITE_P(Sqlite, SqlContract, testing::Values([]() -> std::unique_ptr<test::SqlMaker> { return std::make_unique<FileMaker>(); }));

const SqlMigrations kOne{"CREATE TABLE t(id TEXT PRIMARY KEY, n INTEGER, b BLOB)"};
const SqlMigrations kTwo{"CREATE TABLE t(id TEXT PRIMARY KEY, n INTEGER, b BLOB)", "ALTER TABLE t ADD COLUMN more TEXT NOT NULL DEFAULT 'new'"};

class SqlTest : public testing::Test {
 protected:
  SqlTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-sql-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~SqlTest() override { fs::remove_all(root_); }
  fs::path root_;
};

TEST_F(SqlTest, GivesBackWhatWasPut) {
  const auto db = std::move(Database::open(root_ / "d", kOne).value());
  const Bytes bytes{0, 1, 255};
  ASSERT_TRUE(db->run("INSERT INTO t VALUES(?,?,?)", {std::string("证据"), std::int64_t{-5}, bytes}));
  ASSERT_TRUE(db->run("INSERT INTO t VALUES(?,?,?)", {std::string("'; DROP TABLE t; --"), nullptr, Bytes{}}));
  const auto rows = db->query("SELECT id,n,b FROM t WHERE n=?", {std::int64_t{-5}}).value();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(std::get<std::string>(rows[0][0]), "证据");
  EXPECT_EQ(std::get<Bytes>(rows[0][2]), bytes);
  EXPECT_EQ(db->query("SELECT id FROM t")->size(), 2u);
  EXPECT_FALSE(db->run("INSERT INTO t VALUES('证据',1,NULL)")) << "the key is there";
  EXPECT_FALSE(db->query("SELECT nothing FROM nowhere"));
  struct stat st {};
  ASSERT_EQ(::stat((root_ / "d").c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0600u);
}

TEST_F(SqlTest, UpgradesWithoutLosingARow) {
  { ASSERT_TRUE(Database::open(root_ / "d", kOne).value()->run("INSERT INTO t(id) VALUES('a')")); }
  const auto db = std::move(Database::open(root_ / "d", kTwo).value());
  EXPECT_EQ(db->version(), 2);
  EXPECT_EQ(std::get<std::string>(db->query("SELECT more FROM t WHERE id='a'")->at(0)[0]), "new");
  EXPECT_EQ(Database::open(root_ / "d", kOne).error().kind, ErrorKind::Unsupported) << "an older program leaves it alone";
}

TEST_F(SqlTest, AStepThatFailsChangesNothing) {
  { ASSERT_TRUE(Database::open(root_ / "d", kOne)); }
  EXPECT_FALSE(Database::open(root_ / "d", {kOne[0], "ALTER TABLE t ADD COLUMN x; ALTER TABLE nowhere ADD COLUMN y"}));
  EXPECT_EQ(Database::open(root_ / "d", kTwo).value()->version(), 2);
}

TEST_F(SqlTest, TogetherIsAllOrNothing) {
  const auto db = std::move(Database::open(root_ / "d", kOne).value());
  EXPECT_FALSE(db->together([&]() -> Status {
    GZ_TRY(db->run("INSERT INTO t(id) VALUES('a')"));
    return fail(ErrorKind::Cancelled, "no");
  }));
  EXPECT_TRUE(db->query("SELECT * FROM t")->empty());
  EXPECT_TRUE(db->together([&] { return db->run("INSERT INTO t(id) VALUES('a')"); }));
  EXPECT_EQ(db->query("SELECT * FROM t")->size(), 1u);
}

TEST_F(SqlTest, SaysThatItIsDamaged) {
  std::ofstream(root_ / "d") << std::string(8192, 'x');
  EXPECT_EQ(Database::open(root_ / "d", kOne).error().kind, ErrorKind::Tampered);
  EXPECT_FALSE(Database::open(root_ / "nowhere/d", kOne));
}

// A large book is not read through at each start: what is damaged is told when it is met.
TEST_F(SqlTest, DamageMayBeFoundWhenItIsMet) {
  {
    const auto db = std::move(Database::open(root_ / "d", kOne).value());
    ASSERT_TRUE(db->together([&]() -> Status {
      for (int i = 0; i < 2000; ++i) GZ_TRY(db->run("INSERT INTO t(id) VALUES(?)", {std::to_string(i) + std::string(100, 'x')}));
      return ok();
    }));
  }
  std::fstream file(root_ / "d", std::ios::in | std::ios::out | std::ios::binary);
  for (int page = 10; page < 30; ++page) file.seekp(page * 4096).write(std::string(4096, 'z').data(), 4096);
  file.close();
  EXPECT_EQ(Database::open(root_ / "d", kOne).error().kind, ErrorKind::Tampered);
  const auto db = std::move(Database::open(root_ / "d", kOne, Database::Damage::FoundWhenMet).value());
  EXPECT_EQ(db->query("SELECT SUM(LENGTH(id)) FROM t").error().kind, ErrorKind::Tampered);
}

TEST_F(SqlTest, WritersOfTwoConnectionsWaitForEachOther) {
  { ASSERT_TRUE(Database::open(root_ / "d", kOne)); }
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&, t] {
      const auto db = std::move(Database::open(root_ / "d", kOne).value());
      for (int i = 0; i < 10; ++i) EXPECT_TRUE(db->run("INSERT INTO t(id) VALUES(?)", {std::to_string(t) + "-" + std::to_string(i)}));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(Database::open(root_ / "d", kOne).value()->query("SELECT * FROM t")->size(), 30u);
}

TEST(MariaDbDialect, SaysWhatTheOtherEngineKnows) {
  MariaDbDialect dialect;
  const std::string tail = " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin";
  EXPECT_EQ(dialect.statement("CREATE TABLE a(number INTEGER PRIMARY KEY, entry TEXT NOT NULL)").value(), "CREATE TABLE a(number BIGINT AUTO_INCREMENT PRIMARY KEY, entry LONGTEXT NOT NULL)" + tail);
  EXPECT_EQ(dialect.statement("CREATE TABLE b(x INTEGER, h BLOB, t TEXT, PRIMARY KEY(x, t)) WITHOUT ROWID").value(), "CREATE TABLE b(x BIGINT, h LONGBLOB, t VARCHAR(255), PRIMARY KEY(x, t))" + tail);
  EXPECT_EQ(dialect.statement("CREATE TABLE c(id TEXT PRIMARY KEY, s TEXT DEFAULT 'a, TEXT;')").value(),
            "CREATE TABLE c(id VARCHAR(255) PRIMARY KEY, s LONGTEXT DEFAULT 'a, TEXT;', rowid BIGINT NOT NULL AUTO_INCREMENT INVISIBLE UNIQUE)" + tail);
  EXPECT_EQ(dialect.statement("CREATE INDEX i ON c(s DESC, id)").value(), "CREATE INDEX i ON c(s(191) DESC, id)");
  EXPECT_EQ(dialect.statement("ALTER TABLE c ADD COLUMN n INTEGER NOT NULL DEFAULT 0").value(), "ALTER TABLE c ADD COLUMN n BIGINT NOT NULL DEFAULT 0");
  EXPECT_EQ(sql_statements(" a ; b 'x;y' ;\n; c").size(), 3u);
  EXPECT_EQ(mariadb_query("INSERT OR IGNORE INTO t VALUES(1)"), "INSERT IGNORE INTO t VALUES(1)");
  for (const char* other : {"CREATE VIRTUAL TABLE v USING fts5(x)", "CREATE TABLE a(x REAL)", "CREATE UNIQUE INDEX u ON c(s)", "PRAGMA x", "DROP TABLE a"}) EXPECT_EQ(dialect.statement(other).error().kind, ErrorKind::Unsupported) << other;
}

}  // namespace
}  // namespace guzheng
