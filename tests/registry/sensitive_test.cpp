// Phone and identity numbers: encrypted, found whole, journalled, brought and taken back by batches., A-7.2a, A-8.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/registry/sensitive_journal.h"
#include "core/sql/connection.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::count_of;
using test::kOfficer;
using test::kOther;
using test::named;

std::string all_bytes(const fs::path& folder) {
  std::string out;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    out.append(std::istreambuf_iterator<char>(in), {});
  }
  return out;
}

// phones and identity numbers lie in no file in clear, are found only whole, and reading them is journalled
TEST(Sensitive, encrypted_found_whole_and_journalled) {
  test::Library library;
  const std::string phone = "10001234567", identity = "990101200001019999";
  SubjectRow row = named("甲商行（练习）");
  row.sensitive = {{SensitiveKind::Phone, phone}, {SensitiveKind::IdentityNumber, identity}};
  const auto id = library.store->add(row, kOfficer).value();
  auto session = library.store->begin_import("a.csv", kOfficer).value();
  ASSERT_TRUE(session->add(row));
  ASSERT_TRUE(session->finish(""));
  session.reset();
  library.follow();
  const std::string bytes = all_bytes(library.folder);
  EXPECT_NE(bytes.find("甲商行"), std::string::npos) << "the search would find what is in clear";
  for (const auto& secret : {phone, identity, phone.substr(2, 7), identity.substr(3, 9)}) EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  EXPECT_EQ(count_of(*library.store, phone), 0);
  EXPECT_EQ(count_of(*library.store, "1000"), 0);
  EXPECT_TRUE(library.journalled.empty());
  EXPECT_EQ(library.store->sensitive(id, kOfficer).value(), row.sensitive);
  ASSERT_EQ(library.journalled.size(), 1u);
  EXPECT_EQ(library.journalled[0]["what"], "read");
  EXPECT_EQ(library.journalled[0]["subject"], id);
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::Phone, "+86 1000-123-4567"}, kOfficer).value().size(), 2u);
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::Phone, "1000123456"}, kOfficer).value().size(), 0u) << "no part finds";
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::IdentityNumber, phone}, kOfficer).value().size(), 0u);
  EXPECT_EQ(library.journalled.size(), 4u);
  for (const auto& line : library.journalled) EXPECT_EQ(line.dump().find("1234567"), std::string::npos);
  library.journal_fails = true;
  EXPECT_EQ(library.store->sensitive(id, kOfficer).error().kind, ErrorKind::Io) << "what cannot be journalled is not given out";
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::Phone, phone}, kOfficer).error().kind, ErrorKind::Io);
  library.journal_fails = false;
  ASSERT_TRUE(library.store->set_sensitive(id, {{SensitiveKind::Phone, "10007654321"}}, kOfficer));
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::Phone, phone}, kOfficer).value().size(), 1u);
  const auto history = library.store->history(id).value();
  for (const auto& change : history) EXPECT_EQ((change.before + change.after).find("1000"), std::string::npos);
}

TEST(Sensitive, the_operation_log_gets_a_line_and_no_value) {
  test::Library library;
  library.store.reset();
  auto log = OperationLog::open(library.folder / "operations.log", library.clock).value();
  auto store = SubjectStore::open(library.folder, test::library_key(), library.clock, journal_into(*log)).value();
  SubjectRow row = named("甲（练习）");
  row.sensitive = {{SensitiveKind::Phone, "10001234567"}};
  const auto id = store->add(row, kOfficer).value();
  ASSERT_TRUE(store->sensitive(id, kOfficer));
  ASSERT_TRUE(store->find_sensitive(row.sensitive[0], kOfficer));
  const auto lines = read_operation_log(library.folder / "operations.log").value().lines;
  ASSERT_EQ(lines.size(), 2u);
  for (const auto& line : lines) {
    EXPECT_EQ(line.kind, "op.sensitive");
    EXPECT_NE(line.body.find(kOfficer.who), std::string::npos);
    EXPECT_EQ(line.body.find("1234567"), std::string::npos);
  }
}

TEST(Sensitive, moved_changed_or_under_another_key) {
  test::Library library;
  for (const auto* value : {"10001111111", "10002222222"}) {
    SubjectRow row = named("甲（练习）");
    row.sensitive = {{SensitiveKind::Phone, value}};
    ASSERT_TRUE(library.store->add(row, kOfficer));
  }
  library.store.reset();
  EXPECT_EQ(SubjectStore::open(library.folder, Secret(std::string(32, 'k')), library.clock, {}).error().kind, ErrorKind::Denied);
  EXPECT_EQ(SubjectStore::open(library.folder, Secret("short"), library.clock, {}).error().kind, ErrorKind::Invalid);
  {
    auto sql = SqlConnection::open(library.folder / "registry.sqlite", {}, {true, 4}).value();
    ASSERT_TRUE(sql->run("PRAGMA query_only=0; UPDATE secret SET sealed=(SELECT sealed FROM secret WHERE subject=1) WHERE subject=2"));
  }
  library.open();
  EXPECT_TRUE(library.store->sensitive(1, kOfficer));
  EXPECT_EQ(library.store->sensitive(2, kOfficer).error().kind, ErrorKind::Tampered);
}

// values that an import brings stand beside those that are there, and go with it; what somebody wrote since stays.
TEST(Sensitive, brought_by_a_batch_and_taken_back) {
  test::Library library;
  auto& store = *library.store;
  const SensitiveValue old{SensitiveKind::Phone, "10000000001"}, fresh{SensitiveKind::Phone, "10000000002"}, identity{SensitiveKind::IdentityNumber, "990101200001019999"};
  const auto id = library.store->add(named("甲商行（练习）"), kOfficer).value();
  ASSERT_TRUE(store.set_sensitive(id, {old}, kOfficer));
  const auto bring = [&](bool fill_only) {
    auto session = store.begin_import("a.csv", kOfficer).value();
    EXPECT_TRUE(session->add_sensitive(id, {old, fresh, identity}, fill_only));
    return session->finish("").value().id;
  };
  const auto filled = bring(true);
  EXPECT_EQ(store.sensitive(id, kOfficer).value(), (std::vector<SensitiveValue>{old, identity})) << "it has a phone already";
  ASSERT_TRUE(store.undo(filled, kOfficer));
  EXPECT_EQ(store.sensitive(id, kOfficer).value(), std::vector<SensitiveValue>{old});
  const auto beside = bring(false);
  EXPECT_EQ(store.sensitive(id, kOfficer).value(), (std::vector<SensitiveValue>{old, fresh, identity}));
  EXPECT_EQ(store.find_sensitive(fresh, kOfficer).value(), std::vector<SubjectId>{id});
  const auto history = store.history(id).value();
  for (const auto& change : history) EXPECT_EQ((change.before + change.after).find("1000000"), std::string::npos);
  ASSERT_TRUE(store.set_sensitive(id, {fresh}, kOther));
  const auto report = store.undo(beside, kOfficer).value();
  EXPECT_EQ(report.kept_count, 1);
  EXPECT_EQ(store.sensitive(id, kOfficer).value(), std::vector<SensitiveValue>{fresh});
}

}  // namespace
}  // namespace guzheng
