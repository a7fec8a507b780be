// The configuration: the annotated example is right, and each mistake is told with its line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/central/config.h"

namespace guzheng {
namespace {

std::string example() { return read_text(GUZHENG_CENTRAL_EXAMPLE).value(); }

std::string changed(const std::string& from, const std::string& to) {
  auto text = example();
  const auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(CentralConfig, ExampleIsRight) {
  const auto read = parse_central_config(example(), "/etc/guzheng-central");
  ASSERT_TRUE(read.config) << problems_text("example", read.problems);
  EXPECT_EQ(read.config->port, 8443);
  EXPECT_EQ(read.config->crl, "/etc/guzheng-central/keys/org.crl");
  EXPECT_EQ(read.config->stores.size(), 2u);
  EXPECT_EQ(read.config->keep.case_months, 36);
  EXPECT_FALSE(read.config->practice);
}

// a restored server works by a file that is written anew: nothing that was set may be lost in it
TEST(CentralConfig, IsWrittenAsItWasRead) {
  auto text = example();
  for (int n = 1; const auto& [key, value] : std::vector<std::pair<std::string, std::string>>{{"connections", "1024"}, {"connections_of_one_address", "256"}, {"header_seconds", "10"}, {"idle_seconds", "60"},
       {"body_seconds", "30"}, {"body_bytes", "32768"}, {"requests_per_second", "100"}, {"upload_gib", "64"}, {"open_uploads", "64"}, {"upload_hours", "168"}, {"case_months", "36"}, {"automatic_days", "30"},
       {"every_hours", "168"}, {"mib_per_second", "32"}, {"lease_seconds", "60"}, {"attempts", "3"}, {"retry_seconds", "30"}}) {
    const auto at = text.find("\n" + key + " = " + value);
    ASSERT_NE(at, text.npos) << key;
    text.replace(at, key.size() + value.size() + 4, "\n" + key + " = " + std::to_string(100 + n++));      // each a value of its own
  }
  const auto read = parse_central_config(text);
  ASSERT_TRUE(read.config) << problems_text("example", read.problems);
  const auto once = write_central_config(*read.config);
  const auto again = parse_central_config(once);
  ASSERT_TRUE(again.config) << problems_text("written", again.problems) << once;
  EXPECT_EQ(write_central_config(*again.config), once);
  for (int n = 1; n <= 17; ++n) EXPECT_NE(once.find(" = " + std::to_string(100 + n) + "\n"), once.npos) << n;
  EXPECT_EQ(again.config->uploads.most_bytes, read.config->uploads.most_bytes);
  EXPECT_EQ(again.config->stores, read.config->stores);
  EXPECT_EQ(again.config->metrics_from, read.config->metrics_from);
  EXPECT_EQ(again.config->crl, read.config->crl);
}

// likewise with a database and stores that lie elsewhere
TEST(CentralConfig, EnginesElsewhereAreWrittenAsTheyWereRead) {
  auto text = example();
  text.erase(text.find("[[store]]"));
  text += "[[store]]\ns3 = \"https://s3.example.cn:7443\"\nname = \"s3-a\"\nbucket = \"a\"\nregion = \"cn-1\"\naccess_key = \"KEY\"\nsecret_file = \"keys/a\"\nroots = \"keys/r\"\nspool = \"sp\"\nencryption = \"aws:kms\"\n"
          "encryption_key = \"k\"\n[[store]]\nfolder = \"/b\"\n[database]\nengine = \"mariadb\"\nhost = \"db.example.cn\"\nport = 3307\nroots = \"keys/d\"\nname = \"n\"\nuser = \"u\"\npassword_file = \"keys/p\"\n";
  const auto read = parse_central_config(text);
  ASSERT_TRUE(read.config) << problems_text("example", read.problems);
  const auto once = write_central_config(*read.config);
  const auto again = parse_central_config(once);
  ASSERT_TRUE(again.config) << problems_text("written", again.problems) << once;
  EXPECT_EQ(write_central_config(*again.config), once);
  const auto &was = *read.config->s3[0], &is = *again.config->s3[0];
  EXPECT_EQ(std::tie(is.name, is.endpoint, is.region, is.bucket, is.access_key, is.secret_file, is.roots, is.spool, is.encryption, is.encryption_key),
            std::tie(was.name, was.endpoint, was.region, was.bucket, was.access_key, was.secret_file, was.roots, was.spool, was.encryption, was.encryption_key));
  EXPECT_EQ(again.config->stores, read.config->stores);
  EXPECT_EQ(again.config->mariadb->port, 3307);
  EXPECT_EQ(again.config->mariadb->password_file, read.config->mariadb->password_file);
}

TEST(CentralConfig, ASearchEngineElsewhereIsWrittenAsItWasRead) {
  const auto read = parse_central_config(changed("engine = \"fts5\"", "engine = \"groonga\"\nurl = \"https://search.example.cn\"\nroots = \"/srv/roots.crt\""));
  ASSERT_TRUE(read.config) << problems_text("example", read.problems);
  const auto again = parse_central_config(write_central_config(*read.config));
  ASSERT_TRUE(again.config && again.config->search.groonga) << problems_text("written", again.problems);
  EXPECT_EQ(again.config->search.groonga->url, "https://search.example.cn");
  EXPECT_EQ(again.config->search.groonga->roots, "/srv/roots.crt");
  EXPECT_FALSE(parse_central_config(example()).config->search.groonga);
}

TEST(CentralConfig, EveryMistakeHasItsLine) {
  const auto problem = [](const std::string& text) {
    const auto read = parse_central_config(text);
    EXPECT_FALSE(read.config);
    return read.problems.empty() ? PolicyProblem{} : read.problems.front();
  };
  const auto expect = [&](const std::string& text, const std::string& key, const std::string& word) {
    const auto found = problem(text);
    EXPECT_EQ(found.key, key) << found.what;
    EXPECT_GT(found.line, 0) << key;
    EXPECT_NE(found.what.find(word), std::string::npos) << found.what;
  };
  expect(changed("port = 8443", "port = \"8443\""), "listen.port", "is text");
  expect(changed("address = \"0.0.0.0\"", "address = \"localhost\""), "listen.address", "an IP address");
  expect(changed("case_months = 36", "case_months = 35"), "keep.case_months", "from 36");           // three years
  expect(changed("automatic_days = 30", "automatic_days = 29"), "keep.automatic_days", "from 30");
  expect(changed("every_hours = 168", "every_hours = -1"), "scrub.every_hours", "from 0");
  expect(changed("mib_per_second = 32", "mib_per_second = true"), "scrub.mib_per_second", "true or false");
  expect(changed("engine = \"fts5\"", "engine = \"lucene\""), "search.engine", "fts5 or groonga");
  expect(changed("engine = \"fts5\"", "engine = \"groonga\""), "search.url", "https");
  expect(changed("engine = \"fts5\"", "engine = \"groonga\"\nurl = \"http://10.0.0.7:10041\""), "search.url", "https");      // nobody on the way reads the index
  expect(changed("engine = \"fts5\"", "engine = \"fts5\"\nurl = \"http://127.0.0.1:1\""), "search.url", "");
  expect(changed("lease_seconds = 60", "lease_seconds = 1"), "triggers.lease_seconds", "from 5");
  expect(changed("attempts = 3", "attempts = 0"), "triggers.attempts", "from 1");
  expect(changed("practice = false", "practice = 0"), "system.practice", "a whole number");
  expect(changed("tsa_roots = [\"keys/tsa-1.crt\"]", "tsa_roots = [1]"), "bureau.tsa_roots", "a whole number");
  expect(changed("version = 1", "version = 2"), "version", "is 2");
  expect(example() + "\n[limits]\n", "", "is no TOML");
  EXPECT_EQ(problem("[system").line, 1);
}

// The example's own lines for a database and a bucket, without their hashes.
std::string elsewhere() {
  std::string out;
  bool taken = false, dropped = false;
  for (std::size_t at = 0; at < example().size();) {
    const auto text = example();
    const auto end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    at = end + 1;
    const bool begins = line == "# [database]" || line == "# [[store]]";
    if (begins) taken = true;
    if (taken && !line.starts_with("# ")) taken = false;
    if (line == "folder = \"/srv/guzheng/store-a\"") continue;
    if (line == "[[store]]" && !dropped) {
      dropped = true;
      continue;
    }
    out += (taken ? line.substr(2) : line) + "\n";
  }
  return out;
}

//
TEST(CentralConfig, NamesADatabaseAndBucketsElsewhere) {
  const auto read = parse_central_config(elsewhere(), "/etc/guzheng-central");
  ASSERT_TRUE(read.config) << problems_text("example", read.problems) << elsewhere();
  ASSERT_TRUE(read.config->mariadb);
  EXPECT_EQ(read.config->mariadb->host, "db.example.cn");
  EXPECT_EQ(read.config->mariadb->password_file, "/etc/guzheng-central/keys/database.pass");
  const int bucket = read.config->s3[0] ? 0 : 1;
  ASSERT_TRUE(read.config->s3[bucket]);
  EXPECT_FALSE(read.config->s3[1 - bucket]);
  EXPECT_EQ(read.config->s3[bucket]->bucket, "guzheng-evidence");
  EXPECT_EQ(read.config->s3[bucket]->encryption_key, "guzheng");
  EXPECT_EQ(read.config->stores.size(), 2u);
  EXPECT_EQ(read.config->stores[1 - bucket], "/srv/backup/store-b");
  const auto without = parse_central_config(example(), "/etc/guzheng-central");
  EXPECT_FALSE(without.config->mariadb || without.config->s3[0] || without.config->s3[1]);
}

TEST(CentralConfig, MistakesOfEnginesHaveTheirLine) {
  const auto expect = [&](const std::string& from, const std::string& to, const std::string& key, const std::string& word) {
    auto text = elsewhere();
    const auto at = text.find(from);
    ASSERT_NE(at, text.npos) << from;
    const auto read = parse_central_config(text.replace(at, from.size(), to));
    ASSERT_FALSE(read.problems.empty()) << from;
    EXPECT_EQ(read.problems.front().key, key) << read.problems.front().what;
    EXPECT_GT(read.problems.front().line, 0) << key;
    EXPECT_NE(read.problems.front().what.find(word), std::string::npos) << read.problems.front().what;
  };
  const std::string store = elsewhere().find("s3 = ") < elsewhere().find("folder = ") ? "store[1]." : "store[2].";
  expect("engine = \"mariadb\"", "engine = \"oracle\"", "database.engine", "sqlite or mariadb");
  expect("engine = \"mariadb\"", "engine = \"sqlite\"", "database.host", "not known");
  expect("roots = \"keys/database-roots.crt\"", "", "database.roots", "is missing");              // never without TLS
  expect("s3 = \"https://", "s3 = \"http://", store + "s3", "https://");
  expect("bucket = \"guzheng-evidence\"", "", store + "bucket", "is missing");
  expect("encryption = \"aws:kms\"", "encryption = \"none\"", store + "encryption", "AES256");
  expect("name = \"s3-a\"", "name = \"../a\"", store + "name", "receipts");
}

}  // namespace
}  // namespace guzheng
