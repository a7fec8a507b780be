// The server's tables and its evidence log in a real MariaDB that several servers share (A-8.5, A-8.6). Run by tests/servers/with_servers.py rgw,mariadb.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "core/central/copy_tables.h"
#include "core/base/random.h"
#include "core/central/evidence_log.h"
#include "core/central/leases.h"
#include "core/central/records.h"
#include "core/central/schema.h"
#include "core/central/subject_index.h"
#include "core/central/subject_texts.h"
#include "core/search/fts_search.h"
#include "core/sql/mariadb.h"

namespace guzheng {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  EXPECT_NE(value, nullptr) << name << " is not set: run this through tests/servers/with_servers.py rgw,mariadb";
  return value == nullptr ? "" : value;
}

MariaDbAddress address_of(const std::string& database) {
  return {"localhost", static_cast<std::uint16_t>(std::stoi(environment("GUZHENG_MARIADB_PORT"))), environment("GUZHENG_MARIADB_ROOT"), {}, database, environment("GUZHENG_MARIADB_USER"),
          Secret(environment("GUZHENG_MARIADB_PASSWORD"))};
}

std::string new_database() {
  static std::atomic<int> number{0};
  const std::string name = environment("GUZHENG_MARIADB_NAME") + "_central_" + std::to_string(++number);
  EXPECT_TRUE(open_mariadb(address_of(environment("GUZHENG_MARIADB_NAME")), {}).value()->run("CREATE DATABASE " + name));
  return name;
}

class Echo final : public Signer {
 public:
  [[nodiscard]] std::string certificate_pem() const override { return {}; }
  [[nodiscard]] CertificateInfo info() const override { return {}; }
  Result<Bytes> sign_detached(ByteView content) const override { return Bytes(content.begin(), content.end()); }
};

std::vector<SqlRow> columns(const std::string& database) {
  const auto db = open_mariadb(address_of(database), central_schema()).value();
  return db->query("SELECT table_name, column_name, column_type, is_nullable, column_key FROM information_schema.columns WHERE table_schema = ? ORDER BY 1, 2", {database}).value();
}

// Every step is one that MariaDB knows too, and a database of any earlier version becomes the same.
TEST(SharedDatabase, IsUpgradedFromEveryVersion) {
  const auto& all = central_schema();
  const auto newest = columns(new_database());
  EXPECT_GT(newest.size(), 20u);
  for (std::size_t steps = 1; steps < all.size(); ++steps) {
    const auto name = new_database();
    const auto early = open_mariadb(address_of(name), {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(steps)});
    ASSERT_TRUE(early) << early.error().what;
    ASSERT_TRUE((*early)->run("INSERT INTO log_entry(number, entry) VALUES(0, 'kept')"));
    EXPECT_EQ(columns(name), newest) << "from version " << steps;
    EXPECT_EQ((*early)->query("SELECT entry FROM log_entry WHERE number = 0")->at(0).at(0), SqlValue(std::string("kept")));
  }
}

// A-7.4c: out of MariaDB into SQLite and back nothing is lost, whatever stands in it
TEST(SharedDatabase, ItsTablesAreCopiedWhole) {
  const auto maria = new_database(), again = new_database();
  const auto from = open_mariadb(address_of(maria), central_schema()).value();
  for (int i = 0; i < 120; ++i) ASSERT_TRUE(from->run("INSERT INTO log_node(level, place, hash) VALUES(?, ?, ?)", {std::int64_t{i % 3}, std::int64_t{i}, Bytes(static_cast<std::size_t>(i + 1), 0xff)}));
  for (int i = 0; i < 51; ++i)
    ASSERT_TRUE(from->run("INSERT INTO journal_head(package, seq, head, station, statement, signature) VALUES(?, ?, 'h', 'LX-03', ?, ?)", {std::string(i % 2 == 0 ? "包" : "B'\"\\"), std::int64_t{i}, std::string("见证\n") + std::to_string(i), Bytes{0, 1}}));
  ASSERT_TRUE(from->run("INSERT INTO lease(name, holder, until_ms) VALUES('scrub', 'a', 1)"));
  std::string pattern = (std::filesystem::temp_directory_path() / "gz-copy-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  {
    const auto local = Database::open(folder / "copy.sqlite", central_schema()).value();
    const auto reader = open_mariadb_reader(address_of(maria), central_schema()).value();
    const auto copied = copy_tables(*reader, *local, *local);
    ASSERT_TRUE(copied) << copied.error().what;
    EXPECT_TRUE(local->query("SELECT name FROM lease")->empty());
    const auto back = open_mariadb(address_of(again), central_schema()).value();
    const auto returned = copy_tables(*local, *back, *local);
    ASSERT_TRUE(returned) << returned.error().what;
    for (const char* sql : {"SELECT level, place, hash FROM log_node ORDER BY level, place", "SELECT package, seq, head, station, statement, signature FROM journal_head ORDER BY seq"}) {
      EXPECT_EQ(local->query(sql).value(), from->query(sql).value());
      EXPECT_EQ(back->query(sql).value(), from->query(sql).value());
    }
    EXPECT_EQ(copy_tables(*local, *back, *local).error().kind, ErrorKind::Exists);
    EXPECT_EQ(back->query("SELECT place FROM log_node")->size(), 120u);
  }
  std::filesystem::remove_all(folder);
}

// A-5.2a: each server follows the table that all share with an index of its own
TEST(SharedDatabase, TheIndexOfSubjectsFollowsIt) {
  const SystemClock clock;
  const auto database = open_mariadb(address_of(new_database()), central_schema()).value();
  std::string pattern = (std::filesystem::temp_directory_path() / "gz-shared-index-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  {
    SubjectIndex index(*database, open_fts_search(folder / "subjects.sqlite", kSubjectShape, clock).value(), nullptr);
    const auto tell = [&](std::int64_t seq, const std::string& id, const std::string& name, std::int64_t version, std::int64_t gone) {
      const auto done = database->run("INSERT OR REPLACE INTO record(kind, id, version, seq, unit, station, person, at, gone, body) VALUES('subject',?,?,?,'甲局','LX-03','甲',1,?,?)", {id, version, seq, gone, "{\"name\":\"" + name + "\"}"});
      ASSERT_TRUE(done) << done.error().what;
    };
    tell(1, "s1", "杭州甲店", 1, 0);
    tell(2, "s2", "杭州乙店", 1, 0);
    EXPECT_TRUE(index.follow().value());
    EXPECT_EQ(index.search({"杭州", subject_filter({"", "", "", "", "", "甲局"}).value()})->count, 2);
    tell(3, "s1", "宁波甲店", 2, 0);
    tell(4, "s2", "杭州乙店", 2, 1);
    EXPECT_TRUE(index.follow().value());
    EXPECT_FALSE(index.follow().value());
    EXPECT_EQ(index.search({"杭州"})->count, 0);
    EXPECT_EQ(index.search({"甲店"})->hits, (std::vector<TextHit>{{"s1", 3}}));
  }
  std::filesystem::remove_all(folder);
}

TEST(SharedDatabase, OneLogIsWrittenBySeveralServers) {
  const auto name = new_database();
  const SystemClock clock;
  const Echo signer;
  std::vector<std::thread> servers;
  std::atomic<int> failed{0};
  for (int s = 0; s < 3; ++s)
    servers.emplace_back([&, s] {
      const auto database = open_mariadb(address_of(name), central_schema()).value();
      for (int i = 0; i < 12; ++i) {
        const auto log = EvidenceLog::open(*database, "系统", signer, clock);      // while others append
        if (!log || !(*log)->append("entry " + std::to_string(s) + "-" + std::to_string(i))) ++failed;
      }
    });
  for (auto& one : servers) one.join();
  EXPECT_EQ(failed, 0);
  const auto database = open_mariadb(address_of(name), central_schema()).value();
  const auto log = EvidenceLog::open(*database, "系统", signer, clock).value();
  EXPECT_EQ(log->size().value(), 36u);
  const auto whole = log->audit();
  EXPECT_TRUE(whole) << whole.error().what;
}

TEST(SharedDatabase, ALeaseIsTakenByOneOfMany) {
  const auto name = new_database();
  const SystemClock clock;
  std::vector<std::thread> servers;
  std::atomic<int> asked{0}, taken{0};
  for (int s = 0; s < 4; ++s)
    servers.emplace_back([&] {
      const auto database = open_mariadb(address_of(name), central_schema()).value();
      const auto leases = Leases::open(*database, clock).value();
      const auto mine = leases->take("upload/1");
      EXPECT_TRUE(mine) << mine.error().what;
      if (mine && *mine) ++taken;
      ++asked;
      while (asked < 4) std::this_thread::sleep_for(std::chrono::milliseconds(5));      // who ends gives it back
    });
  for (auto& one : servers) one.join();
  EXPECT_EQ(taken, 1);
}

// While servers take changes, who asks for what is new since the last sequence misses none of them; of two changes to one version one is taken.
TEST(SharedDatabase, RecordsOfSeveralServersAreSeenInOrder) {
  constexpr int kServers = 3, kEach = 15;
  const auto name = new_database();
  const SystemClock clock;
  const auto change = [](const std::string& id, std::int64_t base, const std::string& body) { return RecordChange{random_hex(16), "subject", id, base, body.empty(), body, "王甲 01", 1}; };
  std::atomic<int> at_work{kServers}, failed{0}, taken_first{0};
  std::vector<std::thread> servers;
  for (int s = 0; s < kServers; ++s)
    servers.emplace_back([&, s] {
      const auto database = open_mariadb(address_of(name), central_schema()).value();
      CommonRecords records(*database, clock);
      for (int i = 0; i < kEach; ++i) {
        const auto own = std::to_string(s) + "-" + std::to_string(i);
        const auto taken = records.take({change(own, 0, R"({"n":1})"), change("all-" + std::to_string(i), 0, R"({"by":")" + own + R"("})")}, "LX-0" + std::to_string(s + 1), "网监一科");
        if (!taken || taken->outcomes.at(0).word != RecordOutcome::Word::Taken) ++failed;
        else if (taken->outcomes.at(1).word == RecordOutcome::Word::Taken) ++taken_first;
      }
      --at_work;
    });
  const auto database = open_mariadb(address_of(name), central_schema()).value();
  CommonRecords records(*database, clock);
  std::map<std::string, int> seen;
  std::int64_t since = 0;
  for (bool last = false; !last;) {
    last = at_work == 0;                           // one more look after the last was kept
    for (bool more = true; more;) {
      const auto page = records.page("网监一科", since, {}, 4).value();
      for (const auto& record : page.records) ++seen[record.id];
      since = page.since;
      more = page.more;
    }
  }
  for (auto& one : servers) one.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(taken_first, kEach);
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kServers * kEach + kEach));
  for (const auto& [id, times] : seen) EXPECT_EQ(times, 1) << id;
  ASSERT_EQ(records.take({change("0-0", 1, R"({"n":2})"), change("0-1", 1, "")}, "LX-01", "网监一科")->outcomes.at(1).version, 2);
  EXPECT_EQ(records.take({change("0-0", 1, R"({"n":3})")}, "LX-02", "网监一科")->outcomes.at(0).newest->body, R"({"n":2})");
  EXPECT_EQ(records.versions("subject", "0-0")->size(), 2u);
  EXPECT_EQ(records.count().value(), kServers * kEach + kEach - 1);
  EXPECT_EQ(records.page("网监二科", 0, {"subject"}, 500)->records.size(), 0u);
}

}  // namespace
}  // namespace guzheng
