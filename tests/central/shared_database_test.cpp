// The server's tables and its evidence log in a real MariaDB that several servers share. Run by tests/servers/with_servers.py mariadb.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "core/central/evidence_log.h"
#include "core/central/leases.h"
#include "core/central/schema.h"
#include "core/central/subject_index.h"
#include "core/central/subject_texts.h"
#include "core/search/fts_search.h"
#include "core/sql/mariadb.h"

namespace guzheng {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  EXPECT_NE(value, nullptr) << name << " is not set: run this through tests/servers/with_servers.py mariadb";
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

}  // namespace
}  // namespace guzheng
