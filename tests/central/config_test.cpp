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
       {"every_hours", "168"}, {"mib_per_second", "32"}}) {
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
  for (int n = 1; n <= 14; ++n) EXPECT_NE(once.find(" = " + std::to_string(100 + n) + "\n"), once.npos) << n;
  EXPECT_EQ(again.config->uploads.most_bytes, read.config->uploads.most_bytes);
  EXPECT_EQ(again.config->stores, read.config->stores);
  EXPECT_EQ(again.config->metrics_from, read.config->metrics_from);
  EXPECT_EQ(again.config->crl, read.config->crl);
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
  expect(changed("practice = false", "practice = 0"), "system.practice", "a whole number");
  expect(changed("tsa_roots = [\"keys/tsa-1.crt\"]", "tsa_roots = [1]"), "bureau.tsa_roots", "a whole number");
  expect(changed("version = 1", "version = 2"), "version", "is 2");
  expect(example() + "\n[limits]\n", "", "is no TOML");
  EXPECT_EQ(problem("[system").line, 1);
}

}  // namespace
}  // namespace guzheng
