// A server's database from every earlier version on (core/central/schema.h): A-7.4c.
#include "core/central/schema.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace guzheng {
namespace {

namespace fs = std::filesystem;

class CentralSchema : public testing::Test {
 protected:
  CentralSchema() {
    std::string pattern = (fs::temp_directory_path() / "gz-schema-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~CentralSchema() override { fs::remove_all(folder_); }
  static std::vector<SqlRow> shape(Database& database) {
    return database.query("SELECT m.type, m.name, c.name, c.type, c.\"notnull\", coalesce(c.dflt_value, ''), c.pk FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c WHERE m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2, 3").value();
  }
  fs::path folder_;
};

TEST_F(CentralSchema, EveryVersionBecomesTheNewestAndLosesNothing) {
  const auto& all = central_schema();
  const auto fresh = Database::open(folder_ / "fresh.sqlite", all);
  ASSERT_TRUE(fresh) << fresh.error().what;
  for (std::size_t version = 1; version <= all.size(); ++version) {
    const auto file = folder_ / (std::to_string(version) + ".sqlite");
    {
      const auto old = Database::open(file, SqlMigrations(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(version)));
      ASSERT_TRUE(old) << old.error().what;
      for (const char* row : {"INSERT INTO log_entry VALUES(0, 'entry')", "INSERT INTO log_node VALUES(0, 0, x'01')", "INSERT INTO log_checkpoint VALUES(1, 'text', x'02')",
                              "INSERT INTO received VALUES('zip', 'LX-03-1', 'f', 'LX-03', 'case/x', 0, 'receipt')", "INSERT INTO refused VALUES(1, 'at', 'LX-03', 'p', 'z', 'k', 'why')",
                              "INSERT INTO upload(id, station, staged, length, metadata, expires_ms, state, zip_sha256, kind, why) VALUES('u', 'LX-03', 's', 7, 'm', 9, 'open', '', '', '')"})
        ASSERT_TRUE((*old)->run(row)) << row;
    }
    const auto now = Database::open(file, all);
    ASSERT_TRUE(now) << now.error().what;
    EXPECT_EQ((*now)->version(), static_cast<int>(all.size()));
    EXPECT_EQ(shape(**now), shape(**fresh)) << "from version " << version;
    EXPECT_EQ((*now)->query("SELECT entry FROM log_entry").value(), (std::vector<SqlRow>{{std::string("entry")}}));
    EXPECT_EQ((*now)->query("SELECT receipt FROM received WHERE zip_sha256 = 'zip'").value().size(), 1u);
    EXPECT_EQ((*now)->query("SELECT package, expected, length FROM upload").value(), (std::vector<SqlRow>{{std::string(), std::string(), std::int64_t{7}}}));
    EXPECT_EQ((*now)->query("SELECT why FROM refused").value().size(), 1u);
  }
  EXPECT_GE(shape(**fresh).size(), 40u);
}

}  // namespace
}  // namespace guzheng
