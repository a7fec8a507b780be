// The policy file: what ships as an example is one, and whatever is wrong is told with its line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/identity/policy.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

std::string example() { return *read_text(POLICY_EXAMPLE); }

int line_with(const std::string& text, const std::string& part) {
  const auto at = text.find(part);
  return at == text.npos ? -1 : static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) + 1;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

// The one problem that `text` has.
PolicyProblem only_problem(const std::string& text) {
  const auto reading = parse_policy(text);
  EXPECT_FALSE(reading.policy);
  EXPECT_EQ(reading.problems.size(), 1u) << problems_text("policy.toml", reading.problems);
  return reading.problems.empty() ? PolicyProblem{} : reading.problems[0];
}

}  // namespace

// A-7.2b, A-7.4b: the annotated example that ships is a policy
TEST(Policy, TheExampleThatShipsIsRead) {
  const auto reading = parse_policy(example(), "/etc/guzheng");
  ASSERT_TRUE(reading.policy) << problems_text("policy.example.toml", reading.problems);
  const Policy& policy = *reading.policy;
  EXPECT_EQ(policy.name, "某某市市场监督管理局");
  EXPECT_EQ(policy.station, "LX-03");
  EXPECT_EQ(policy.root, "/etc/guzheng/org.crt");
  EXPECT_EQ(policy.people, "/etc/guzheng/people");
  EXPECT_EQ(policy.state, "/var/lib/guzheng/login");
  EXPECT_TRUE(policy.ingest.empty());
  EXPECT_TRUE(policy.second_copy.empty());
  EXPECT_EQ(policy.idle_lock_minutes, 10);
  EXPECT_EQ(policy.expiry_warning_days, 30);
  EXPECT_EQ(policy.min_free_bytes, 20ull << 30);
  EXPECT_EQ(policy.retention_months, 60);
  EXPECT_EQ(policy.automatic_days, 30);
  ASSERT_EQ(policy.authorities.size(), 2u);
  EXPECT_EQ(policy.authorities[0].url, "https://tsa.example.cn/tsr");
  EXPECT_EQ(policy.authorities[1].policy_oid, "1.3.6.1.4.1.32473.2");
  EXPECT_EQ(policy.authorities[1].root, "/etc/guzheng/tsa-2.crt");
}

// Every line of the example that sets something is needed or may be left out; left out, it is named.
TEST(Policy, WhatMissesIsNamed) {
  const std::string text = example();
  const std::set<std::string> optional{"policy_oid", "scrcpy_server_sha256", "app_baseline", "automatic_days"};
  std::size_t begin = 0;
  int removed = 0;
  while (begin < text.size()) {
    const auto end = text.find('\n', begin);
    const std::string line = text.substr(begin, end - begin);
    const auto equals = line.find(" = ");
    if (!line.starts_with('#') && equals != line.npos && !optional.contains(line.substr(0, equals))) {
      const auto reading = parse_policy(text.substr(0, begin) + text.substr(end));
      EXPECT_FALSE(reading.policy) << line;
      ASSERT_FALSE(reading.problems.empty()) << line;
      EXPECT_THAT(problems_text("p", reading.problems), testing::HasSubstr(line.substr(0, equals) + " is missing; expected: ")) << line;
      ++removed;
    }
    begin = end + 1;
  }
  EXPECT_EQ(removed, 24);
}

TEST(Policy, AMissingKeyIsToldAtItsSection) {
  const std::string text = example();
  const auto problem = only_problem(replaced(text, "retention_months = 60", "# 60"));
  EXPECT_EQ(problem.line, line_with(text, "[vault]"));
  EXPECT_EQ(problem.key, "vault.retention_months");
  const auto second = only_problem(replaced(text, "url = \"http://tsa2", "# http://tsa2"));
  EXPECT_EQ(second.line, line_with(text, "备用") - 1);
  EXPECT_EQ(second.key, "authority[2].url");
}

// A-6.4a: who does what with monitoring tasks; once the section is there it is whole, and what is wrong is told with its line
TEST(Policy, DutiesAreWholeOrLeftOut) {
  EXPECT_FALSE(parse_policy(example()).policy->duties);
  // the example shows the section as comments; taken in, it is one
  std::string text = example();
  const auto section = text.find("# [duties]");
  ASSERT_NE(section, text.npos);
  for (auto at = section; at != text.npos && at < text.size();) {
    if (text.compare(at, 2, "# ") == 0) text.erase(at, 2);
    const auto end = text.find('\n', at);
    at = end == text.npos ? end : end + 1;
  }
  const auto reading = parse_policy(text);
  ASSERT_TRUE(reading.policy) << problems_text("policy.toml", reading.problems);
  ASSERT_TRUE(reading.policy->duties);
  EXPECT_EQ(reading.policy->duties->size(), kPolicyDuties.size());
  EXPECT_THAT(reading.policy->duties->at("monitor"), testing::ElementsAre("浙A000002", "浙A000003"));
  EXPECT_THAT(reading.policy->duties->at("handler"), testing::ElementsAre("*"));
  const auto problem = [&](const std::string& from, const std::string& to) { return only_problem(replaced(text, from, to)); };
  const auto missing = problem("leader = ", "# leader = ");
  EXPECT_EQ(missing.line, line_with(text, "[duties]"));
  EXPECT_EQ(missing.key, "duties.leader");
  EXPECT_THAT(missing.what, testing::HasSubstr("is missing; expected: a list of badges"));
  const auto line = line_with(text, "handler = ");
  for (const auto& [to, says] : {std::pair{"handler = \"*\"", "is text; expected: a list of badges"}, {"handler = [\"*\", \"A1\"]", "and others beside it"},
                                 {"handler = [\"A1\", \"A1\"]", "twice"}, {"handler = [7]", "is a whole number"}, {"handler = [\"\"]", "is empty"}}) {
    const auto wrong = problem("handler = [\"*\"]", to);
    EXPECT_EQ(wrong.line, line) << to;
    EXPECT_EQ(wrong.key, "duties.handler");
    EXPECT_THAT(wrong.what, testing::HasSubstr(says));
  }
  EXPECT_EQ(problem("leader = ", "boss = []\nleader = ").key, "duties.boss");
  EXPECT_THAT(parse_policy(replaced(text, "handler = [\"*\"]", "handler = []")).policy->duties->at("handler"), testing::IsEmpty());
}

namespace {

// The example with its section [central], which it shows as comments.
std::string with_central() {
  std::string text = example();
  const auto section = text.find("# [central]");
  EXPECT_NE(section, text.npos);
  for (auto at = section; at < text.size() && text.compare(at, 2, "# ") == 0; at = text.find('\n', at) + 1) text.erase(at, 2);
  return text;
}

}  // namespace

// A-7.4c: which central system, by which certificate, how much of the line; what is wrong is told with its line
TEST(Policy, TheCentralSystemIsReadOrLeftOut) {
  EXPECT_FALSE(parse_policy(example()).policy->central);
  const auto text = with_central();
  const auto reading = parse_policy(text, "/etc/guzheng");
  ASSERT_TRUE(reading.policy) << problems_text("policy.toml", reading.problems);
  ASSERT_TRUE(reading.policy->central);
  const auto& central = *reading.policy->central;
  EXPECT_EQ(central.url, "https://central.example.cn:8443");
  EXPECT_EQ(central.certificate, "/etc/guzheng/central.crt");
  EXPECT_EQ(central.bytes_per_second, 2'500'000u);
  EXPECT_EQ(central.at_once, 2);
  EXPECT_TRUE(central.automatic);
  const auto shortest = parse_policy(example() + "\n[central]\nurl = \"https://c/\"\ncertificate = \"c.crt\"\nautomatic = false\n");
  ASSERT_TRUE(shortest.policy) << problems_text("policy.toml", shortest.problems);
  EXPECT_EQ(shortest.policy->central->url, "https://c");
  EXPECT_EQ(shortest.policy->central->bytes_per_second, 0u) << "no limit";
  EXPECT_EQ(shortest.policy->central->at_once, 2);
  EXPECT_FALSE(shortest.policy->central->automatic);
  struct Wrong {
    const char *from, *to, *key, *says;
  };
  const Wrong cases[] = {
      {"url = \"https://central.example.cn:8443\"", "url = \"http://central.example.cn\"", "central.url", "expected: the central system's address, https://HOST:PORT"},
      {"url = \"https://central.example.cn:8443\"", "url = \"https://central.example.cn/v1\"", "central.url", "expected: the central system's address"},
      {"url = \"https://central.example.cn:8443\"", "url = \"https://a@central.example.cn\"", "central.url", "expected: the central system's address"},
      {"certificate = \"central.crt\"", "certificate = 1", "central.certificate", "is a whole number; expected: the file of the certificate"},
      {"bandwidth_kbit = 20000", "bandwidth_kbit = 63", "central.bandwidth_kbit", "is 63; expected: a whole number from 64 to 10000000"},
      {"bandwidth_kbit = 20000", "bandwidth_kbit = \"20\"", "central.bandwidth_kbit", "is text"},
      {"at_once = 2", "at_once = 9", "central.at_once", "is 9; expected: a whole number from 1 to 8"},
      {"automatic = true", "automatic = \"yes\"", "central.automatic", "is text; expected: true or false"},
      {"automatic = true", "automatic = true\nautomatik = true", "central.automatik", "is not known here; expected: one of at_once, automatic, bandwidth_kbit, certificate, url"},
  };
  for (const auto& wrong : cases) {
    const auto changed = replaced(text, wrong.from, wrong.to);
    const auto problem = only_problem(changed);
    const std::string value = std::string(wrong.to).substr(std::string(wrong.to).rfind('\n') + 1);
    EXPECT_EQ(problem.line, line_with(changed, value)) << wrong.to;
    EXPECT_EQ(problem.key, wrong.key);
    EXPECT_THAT(problem.what, testing::HasSubstr(wrong.says));
  }
  const auto missing = only_problem(replaced(text, "url = \"https://central", "# \"https://central"));
  EXPECT_EQ(missing.line, line_with(text, "[central]"));
  EXPECT_EQ(missing.key, "central.url");
}

// The practice desk has no policy: its central system stands in a file of its own, read as strictly
TEST(Policy, ThePracticeDesksCentralSystem) {
  std::string name = (fs::temp_directory_path() / "gz-central-XXXXXX").string();
  const fs::path folder = ::mkdtemp(name.data());
  const auto file = folder / "central.toml";
  const auto none = read_central(file);
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
  const auto put = [&](const std::string& text) {
    EXPECT_TRUE(write_atomically(file, as_bytes(text)));
    return read_central(file);
  };
  const std::string good = "version = 1\n[central]\nurl = \"https://localhost:8443\"\ncertificate = \"central.crt\"\n";
  auto read = put(good);
  ASSERT_FALSE(read) << "the certificate is not there";
  EXPECT_EQ(read.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(read.error().what, file.string() + ":4: central.certificate there is no file " + (folder / "central.crt").string());
  ASSERT_TRUE(write_atomically(folder / "central.crt", as_bytes("x")));
  read = put(good);
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->url, "https://localhost:8443");
  EXPECT_EQ((*read)->certificate, folder / "central.crt");
  EXPECT_FALSE(put("version = 1\n"));
  EXPECT_FALSE(put("version = 2\n" + good.substr(12)));
  EXPECT_FALSE(put(good + "[vault]\nmin_free_gib = 1\n"));
  EXPECT_FALSE(put(""));
  fs::remove_all(folder);
}

// A-8.3f: an unknown host key is confirmed by an authorised officer
TEST(Policy, WhoAnswersForANodesHostKey) {
  const auto left_out = parse_policy(example());
  ASSERT_TRUE(left_out.policy);
  EXPECT_FALSE(left_out.policy->node_trust);
  EXPECT_TRUE(may_trust_nodes(&*left_out.policy, "浙A000001"));
  EXPECT_TRUE(may_trust_nodes(nullptr, "浙A000001"));
  EXPECT_FALSE(may_trust_nodes(nullptr, "")) << "nobody is logged in";
  const auto with = [&](const std::string& list) { return parse_policy(replaced(example(), "# node_trust = [\"浙A000005\"]", "node_trust = " + list)); };
  const auto one = with("[\"浙A000005\"]");
  ASSERT_TRUE(one.policy) << problems_text("policy.toml", one.problems);
  EXPECT_TRUE(may_trust_nodes(&*one.policy, "浙A000005"));
  EXPECT_FALSE(may_trust_nodes(&*one.policy, "浙A000001"));
  EXPECT_FALSE(may_trust_nodes(&*one.policy, ""));
  const auto all = with("[\"*\"]"), nobody = with("[]");
  EXPECT_TRUE(may_trust_nodes(&*all.policy, "浙A000001"));
  EXPECT_FALSE(may_trust_nodes(&*nobody.policy, "浙A000001"));
  const auto wrong = with("\"浙A000005\"");
  ASSERT_EQ(wrong.problems.size(), 1u);
  EXPECT_EQ(wrong.problems[0].key, "device.node_trust");
}

// What is wrong is told with its line and with what is expected.
TEST(Policy, WrongValuesAreToldWithTheirLine) {
  struct Wrong {
    const char *from, *to, *says;
  };
  const Wrong cases[] = {
      {"id = \"LX-03\"", "id = \"lx3\"", "is \"lx3\"; expected: two capitals"},
      {"id = \"LX-03\"", "id = 3", "is a whole number; expected: two capitals"},
      {"idle_lock_minutes = 10", "idle_lock_minutes = 0", "is 0; expected: a whole number from 1 to 240"},
      {"idle_lock_minutes = 10", "idle_lock_minutes = \"10\"", "is text; expected: a whole number from 1 to 240"},
      {"idle_lock_minutes = 10", "idle_lock_minutes = 1.5", "is a number with a point"},
      {"idle_lock_minutes = 10", "idle_lock_minutes = 10\nidle = 1", "is not known here; expected: one of expiry_warning_days, folder"},
      {"department = \"网络交易监督管理科\"", "department = \"\"", "is empty; expected: the department"},
      {"department = \"网络交易监督管理科\"", "department = \"a\\u0007\"", "holds a control character"},
      {"url = \"https://tsa.example.cn/tsr\"", "url = \"ftp://tsa\"", "expected: an address that begins with http:// or https://"},
      {"url = \"https://tsa.example.cn/tsr\"", "url = \"http://tsa2.example.cn:3180/tsa\"", "is that of another authority"},
      {"policy_oid = \"1.3.6.1.4.1.32473.2\"", "policy_oid = \"1..3\"", "expected: a policy identifier"},
      {"scrcpy_server_sha256 = []", "scrcpy_server_sha256 = [\"AB\"]", "\"AB\" is no digest"},
      {"scrcpy_server_sha256 = []", "scrcpy_server_sha256 = \"AB\"", "is text; expected: a list"},
      {"version = 1 ", "version = 2 ", "is 2; expected: a whole number from 1 to 1"},
      {"automatic_days = 30", "automatic_days = 29", "is 29; expected: a whole number from 30 to 36500"},
  };
  for (const auto& wrong : cases) {
    const std::string text = replaced(example(), wrong.from, wrong.to);
    const auto reading = parse_policy(text);
    EXPECT_FALSE(reading.policy) << wrong.to;
    ASSERT_FALSE(reading.problems.empty()) << wrong.to;
    const std::string said = problems_text("p", reading.problems);
    EXPECT_THAT(said, testing::HasSubstr(wrong.says));
    const std::string value = std::string(wrong.to).substr(std::string(wrong.to).rfind('\n') + 1);
    EXPECT_TRUE(std::any_of(reading.problems.begin(), reading.problems.end(), [&](const auto& p) {
      return p.line == line_with(text, wrong.says == cases[9].says ? "备用" : value) || p.line == line_with(text, "备用") + 1;
    })) << said;
  }
}

TEST(Policy, AllProblemsAreToldAtOnceInTheOrderOfTheirLines) {
  std::string text = replaced(example(), "id = \"LX-03\"", "id = \"3\"");
  text = replaced(text, "min_free_gib = 20", "min_free_gib = -1");
  text = replaced(text, "root = \"org.crt\"", "roots = \"org.crt\"");
  const auto reading = parse_policy(text);
  EXPECT_FALSE(reading.policy);
  ASSERT_EQ(reading.problems.size(), 4u) << problems_text("p", reading.problems);      // root misses, roots is not known
  for (std::size_t i = 1; i < reading.problems.size(); ++i) EXPECT_LE(reading.problems[i - 1].line, reading.problems[i].line);
}

TEST(Policy, WhatIsNoTomlIsToldWithItsLine) {
  for (const char* wrong : {"min_free_gib = = 20", "min_free_gib = 20 20", "min_free_gib", "min_free_gib = 20\nmin_free_gib = 20"}) {
    const std::string text = replaced(example(), "min_free_gib = 20", wrong);
    const auto reading = parse_policy(text);
    ASSERT_EQ(reading.problems.size(), 1u) << wrong;
    EXPECT_NEAR(reading.problems[0].line, line_with(text, "min_free_gib"), 1) << problems_text("p", reading.problems);
  }
  EXPECT_FALSE(parse_policy("").policy);
  EXPECT_EQ(parse_policy(std::string("version = 1\n\0", 13)).problems.at(0).line, 2);
  EXPECT_EQ(parse_policy("version = 1\na = 'b\xff'\n").problems.at(0).line, 2);
  EXPECT_FALSE(parse_policy("a = " + std::string(2000, '[')).policy);
}

// A file that a policy names and that is not there is told before anything else happens.
TEST(Policy, FilesThatAreNotThereAreNamed) {
  std::string name = (fs::temp_directory_path() / "gz-policy-XXXXXX").string();
  const fs::path folder = ::mkdtemp(name.data());
  ASSERT_TRUE(write_atomically(folder / "policy.toml", as_bytes(example())));
  for (const char* file : {"org.crt", "archive.crt", "station.crt", "station.p12", "station.pass", "tsa-1.crt", "tsa-2.crt"})
    ASSERT_TRUE(write_atomically(folder / file, as_bytes("x")));
  const auto policy = read_policy(folder / "policy.toml");
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().kind, ErrorKind::Invalid);
  const std::string text = example();
  EXPECT_EQ(policy.error().what,
            (folder / "policy.toml").string() + ":" + std::to_string(line_with(text, "crl = \"org.crl\"")) + ": bureau.crl there is no file " +
                (folder / "org.crl").string() + "\n" + (folder / "policy.toml").string() + ":" + std::to_string(line_with(text, "folder = \"people\"")) +
                ": people.folder there is no folder " + (folder / "people").string());
  ASSERT_TRUE(write_atomically(folder / "org.crl", as_bytes("x")));
  fs::create_directory(folder / "people");
  const auto whole = read_policy(folder / "policy.toml");
  ASSERT_TRUE(whole) << whole.error().what;
  EXPECT_EQ(whole->file, folder / "policy.toml");
  EXPECT_EQ(read_policy(folder / "none.toml").error().kind, ErrorKind::NotFound);
  fs::remove_all(folder);
}
