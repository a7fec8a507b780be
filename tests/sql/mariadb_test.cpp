// A real MariaDB behind Database (core/sql/mariadb.h): the contract of all engines, and what only a server elsewhere can do..
// Run by tests/servers/with_servers.py mariadb, which says in the environment where the server is.
#include "core/sql/mariadb.h"

#include <atomic>
#include <cstdlib>
#include <fstream>

#include "core/sql/mariadb_dialect.h"
#include "tests/sql/contract.h"

namespace guzheng {
namespace {

using test::SqlContract;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  EXPECT_NE(value, nullptr) << name << " is not set: run this through tests/servers/with_servers.py mariadb";
  return value == nullptr ? "" : value;
}

MariaDbAddress address_of(const std::string& database) {
  return {"localhost", static_cast<std::uint16_t>(std::stoi(environment("GUZHENG_MARIADB_PORT"))), environment("GUZHENG_MARIADB_ROOT"), {}, database, environment("GUZHENG_MARIADB_USER"),
          Secret(environment("GUZHENG_MARIADB_PASSWORD"))};
}

// Its own name each time: "guzheng_7", which the user may make.
std::string new_database() {
  static std::atomic<int> number{0};
  const std::string name = environment("GUZHENG_MARIADB_NAME") + "_" + std::to_string(++number);
  const auto all = open_mariadb(address_of(environment("GUZHENG_MARIADB_NAME")), {});
  EXPECT_TRUE(all) << all.error().what;
  EXPECT_TRUE((*all)->run("CREATE DATABASE " + name));
  return name;
}

class ServerMaker final : public test::SqlMaker {
 public:
  Result<std::unique_ptr<Database>> open(const SqlMigrations& migrations) override { return open_mariadb(address_of(name_), migrations); }

 private:
  const std::string name_ = new_database();
};
INSTANTIATE_TEST_SUITE_P(MariaDb, SqlContract, testing::Values([]() -> std::unique_ptr<test::SqlMaker> { return std::make_unique<ServerMaker>(); }));

class MariaDbTest : public testing::Test {
 protected:
  std::unique_ptr<Database> open() {
    auto opened = open_mariadb(address_of(name_), test::contract_schema());
    EXPECT_TRUE(opened) << opened.error().what;
    return std::move(*opened);
  }
  // The server ends that connection, as a restart or a failing line would.
  static void cut(Database& db, Database& other) {
    const auto id = std::get<std::int64_t>(db.query("SELECT CONNECTION_ID()").value().at(0).at(0));
    ASSERT_TRUE(other.run("KILL CONNECTION " + std::to_string(id)));
    while (!other.query("SELECT 1 FROM information_schema.processlist WHERE id = ?", {id})->empty()) {}
  }
  static std::size_t count(Database& db) { return db.query("SELECT id FROM t").value().size(); }
  const std::string name_ = new_database();
};

TEST_F(MariaDbTest, GoesOnWithANewConnection) {
  const auto db = open(), other = open();
  cut(*db, *other);
  const auto done = db->run("INSERT INTO t(id) VALUES('a')");
  EXPECT_TRUE(done) << done.error().what;                     // lost before it was sent: done once, by the next connection
  cut(*db, *other);
  EXPECT_EQ(count(*db), 1u);
  cut(*db, *other);
  EXPECT_TRUE(db->together([&] { return db->run("INSERT INTO t(id) VALUES('b')"); }));
  EXPECT_EQ(count(*db), 2u);
  EXPECT_TRUE(db->shared());
}

TEST_F(MariaDbTest, ATransactionThatLostItsConnectionIsNotHalfDone) {
  const auto db = open(), other = open();
  const auto done = db->together([&]() -> Status {
    GZ_TRY(db->run("INSERT INTO t(id) VALUES('a')"));
    cut(*db, *other);
    (void)db->run("INSERT INTO t(id) VALUES('b')");           // whoever passes over an error changes nothing either
    EXPECT_EQ(db->run("INSERT INTO t(id) VALUES('c')").error().kind, ErrorKind::Network);
    return ok();
  });
  EXPECT_EQ(done.error().kind, ErrorKind::Network) << done.error().what;
  EXPECT_EQ(count(*other), 0u);
  EXPECT_EQ(count(*db), 0u);
  EXPECT_TRUE(db->together([&] { return db->run("INSERT INTO t(id) VALUES('a')"); }));
  EXPECT_EQ(count(*other), 1u);
}

// A-7.4c: a backup reads one moment, holds nobody up, and changes nothing
TEST_F(MariaDbTest, AReaderSeesOneMoment) {
  const auto db = open();
  ASSERT_TRUE(db->run("INSERT INTO t(id) VALUES('a')"));
  const auto opened = open_mariadb_reader(address_of(name_), test::contract_schema());
  ASSERT_TRUE(opened) << opened.error().what;
  Database& reader = **opened;
  const auto read = reader.together([&]() -> Status {
    EXPECT_EQ(count(reader), 1u);
    EXPECT_TRUE(db->together([&] { return db->run("INSERT INTO t(id) VALUES('b')"); }));       // another's turn, meanwhile
    EXPECT_EQ(count(*db), 2u);
    EXPECT_EQ(count(reader), 1u);
    return ok();
  });
  EXPECT_TRUE(read) << read.error().what;
  EXPECT_EQ(count(reader), 2u);
  EXPECT_FALSE(reader.together([&] { return reader.run("INSERT INTO t(id) VALUES('c')"); }));
  EXPECT_FALSE(reader.run("INSERT INTO t(id) VALUES('c')"));
  EXPECT_EQ(count(*db), 2u);
  auto more = test::contract_schema();
  more.push_back("CREATE TABLE more(id INTEGER PRIMARY KEY)");
  EXPECT_EQ(open_mariadb_reader(address_of(name_), more).error().kind, ErrorKind::Unsupported);        // and does not upgrade either
}

// Two that take rows the other way round: one is taken back by the server and done again.
TEST_F(MariaDbTest, ADeadlockIsDoneAgain) {
  const auto db = open(), other = open(), third = open();
  ASSERT_TRUE(db->run("INSERT INTO t(id, n) VALUES('a', 0), ('b', 0)"));
  std::atomic<int> calls{0};
  std::atomic<bool> other_has_a{false};
  std::thread thread([&] {
    ASSERT_TRUE(other->run("START TRANSACTION"));             // beside together(), without its turn
    ASSERT_TRUE(other->run("UPDATE t SET n = n + 1 WHERE id = 'a'"));
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(other->run("UPDATE pairs SET place = place + 1"));
    other_has_a = true;
    for (int i = 0; i < 20; ++i) {                            // until db waits for a; the table is made anew ten times a second at most
      const auto waits = third->query("SELECT 1 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'");
      ASSERT_TRUE(waits) << waits.error().what;
      if (!waits->empty()) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
    }
    (void)other->run("UPDATE t SET n = n + 1 WHERE id = 'b'");
    (void)other->run("COMMIT");
  });
  const auto done = db->together([&]() -> Status {
    ++calls;
    GZ_TRY(db->run("UPDATE t SET n = n + 10 WHERE id = 'b'"));
    while (!other_has_a) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return db->run("UPDATE t SET n = n + 10 WHERE id = 'a'");
  });
  thread.join();
  EXPECT_TRUE(done) << done.error().what;
  EXPECT_GE(calls.load(), 1);
  const auto rows = third->query("SELECT n FROM t ORDER BY id").value();
  EXPECT_GE(std::get<std::int64_t>(rows[0][0]), 10);
  EXPECT_EQ(std::get<std::int64_t>(rows[0][0]) / 10, 1);      // once, however often it was called
  EXPECT_EQ(std::get<std::int64_t>(rows[1][0]) / 10, 1);
}

// Killed behind a statement that made something, before that was written down.
TEST_F(MariaDbTest, AnInterruptedStepGoesOn) {
  {
    const auto db = open_mariadb(address_of(name_), {test::contract_schema()[0]}).value();
    ASSERT_TRUE(db->run("ALTER TABLE t ADD COLUMN more LONGTEXT NOT NULL DEFAULT 'new'"));
  }
  const auto db = open();
  EXPECT_EQ(db->version(), 2);
  ASSERT_TRUE(db->run("UPDATE guzheng_schema SET version = 1, statement = 1"));
  EXPECT_EQ(open()->version(), 2);
}

TEST_F(MariaDbTest, SaysWhoIsNotLetIn) {
  auto address = address_of(name_);
  address.password = Secret("another");
  EXPECT_EQ(open_mariadb(std::move(address), {}).error().kind, ErrorKind::Denied);
  EXPECT_EQ(open_mariadb(address_of("guzheng_no_such"), {}).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(open_mariadb(address_of("mysql"), {}).error().kind, ErrorKind::Denied);
  address = address_of(name_);
  address.roots = "/etc/ssl/certs/ca-certificates.crt";       // which do not know the test's
  EXPECT_EQ(open_mariadb(std::move(address), {}).error().kind, ErrorKind::Denied);
  address = address_of(name_);
  address.port = 1;
  EXPECT_EQ(open_mariadb(std::move(address), {}).error().kind, ErrorKind::Network);
  address = address_of(name_);
  address.socket = environment("GUZHENG_MARIADB_SOCKET");
  EXPECT_TRUE(open_mariadb(std::move(address), {}));          // its own machine needs no TLS
}

}  // namespace
}  // namespace guzheng
