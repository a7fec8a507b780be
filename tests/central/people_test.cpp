// Who may look at what the server holds, and the two persons that handing out a package takes (core/central/people.h, exports.h).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/central/exports.h"
#include "core/central/schema.h"
#include "core/identity/openssl.h"
#include "tests/support/sample_bureau.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
constexpr CentralRole kRoles[] = {CentralRole::Officer, CentralRole::Reviewer, CentralRole::Leader, CentralRole::Administrator, CentralRole::Auditor};

class PeopleTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = (fs::temp_directory_path() / "gz-people-XXXXXX").string();
    bureau_ = new fs::path(::mkdtemp(pattern.data()));
    const WallTime now = SystemClock().wall();
    ASSERT_TRUE(test::make_sample_bureau(*bureau_, {now, {{"officer2", {{now.ms - 86'400'000LL * 9}, {now.ms - 86'400'000LL}}}}, {}, {{"officer1", now}}}));
  }
  static void TearDownTestSuite() {
    fs::remove_all(*bureau_);
    delete bureau_;
  }
  PeopleTest() : crl_(text("org.crl")) {
    std::string pattern = (fs::temp_directory_path() / "gz-people-db-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    clock_.wall_now = SystemClock().wall();
    database_ = Database::open(folder_ / "central.sqlite", central_schema()).value();
    people_ = std::make_unique<CentralPeople>(*database_, text("org.crt"), [this] { return crl_; }, clock_);
    exports_ = std::make_unique<Exports>(*database_, clock_);
  }
  ~PeopleTest() override {
    database_.reset();
    fs::remove_all(folder_);
  }
  static std::string text(const std::string& name) { return read_text(*bureau_ / name, 1u << 20).value(); }
  static Bytes der(const std::string& name) { return ssl::cert_der(ssl::read_cert(as_bytes(text(name + ".crt"))).value().get()); }

  static fs::path* bureau_;
  fs::path folder_;
  std::string crl_;
  ManualClock clock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<CentralPeople> people_;
  std::unique_ptr<Exports> exports_;
};
fs::path* PeopleTest::bureau_ = nullptr;

TEST(Roles, EachSeesItsOwnUnitAndNoMore) {
  for (const auto role : kRoles) {
    const CentralPerson one{"01", "王甲", "一科", role};
    const bool works = role == CentralRole::Officer || role == CentralRole::Reviewer || role == CentralRole::Leader;
    EXPECT_EQ(may_see_packages(one, "一科"), works || role == CentralRole::Auditor);
    EXPECT_EQ(may_see_packages(one, "二科"), role == CentralRole::Auditor);
    EXPECT_EQ(may_see_packages(one, ""), role == CentralRole::Auditor) << "a station of no unit is nobody's";
    EXPECT_EQ(may_see_stations(one, "二科"), role == CentralRole::Auditor || role == CentralRole::Administrator);
    EXPECT_EQ(may_ask_for_export(one, "一科"), works);
    EXPECT_FALSE(may_ask_for_export(one, "二科"));
    EXPECT_EQ(may_decide_export(one, "一科", "02"), role == CentralRole::Leader);
    EXPECT_FALSE(may_decide_export(one, "一科", "01")) << "who asked does not decide";
    EXPECT_FALSE(may_decide_export(one, "二科", "02"));
    EXPECT_EQ(central_role_from(to_string(role)), role);
  }
  EXPECT_EQ(central_role_from("Leader"), std::nullopt);
}

TEST_F(PeopleTest, APersonIsKnownByACertificateThatStandsNow) {
  EXPECT_EQ(people_->who(der("officer1")).error().kind, ErrorKind::Denied) << "nobody is in who was not let in";
  const auto added = people_->put(text("officer1.crt"), CentralRole::Reviewer, "一科");
  ASSERT_TRUE(added) << added.error().what;
  EXPECT_EQ(people_->who(der("officer1")).value(), *added);
  EXPECT_EQ(people_->list().value(), std::vector<CentralPerson>{*added});
  ASSERT_TRUE(people_->put(text("officer1.crt"), CentralRole::Leader, "二科"));
  EXPECT_EQ(people_->who(der("officer1")).value().unit, "二科");
  EXPECT_EQ(people_->list().value().size(), 1u);

  crl_ = text("newer.crl");                        // from the next question on
  EXPECT_THAT(people_->who(der("officer1")).error().what, testing::HasSubstr("revoked"));
  EXPECT_EQ(people_->put(text("officer1.crt"), CentralRole::Leader, "二科").error().kind, ErrorKind::Denied);
  crl_ = text("org.crl");
  EXPECT_TRUE(people_->who(der("officer1")));
  ASSERT_TRUE(people_->remove(added->badge));
  EXPECT_EQ(people_->who(der("officer1")).error().kind, ErrorKind::Denied);
  EXPECT_EQ(people_->remove(added->badge).error().kind, ErrorKind::NotFound);
}

TEST_F(PeopleTest, NobodyElseGetsIn) {
  EXPECT_EQ(people_->put(text("officer2.crt"), CentralRole::Officer, "一科").error().kind, ErrorKind::Denied) << "expired";
  EXPECT_EQ(people_->put("no certificate", CentralRole::Officer, "一科").has_value(), false);
  EXPECT_EQ(people_->put(text("officer1.crt"), CentralRole::Officer, "").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(people_->put(text("officer1.crt"), CentralRole::Officer, "一\n科").error().kind, ErrorKind::Invalid);
  EXPECT_TRUE(people_->put(text("officer1.crt"), CentralRole::Auditor, ""));
  EXPECT_FALSE(people_->put(text("tsa.crt"), CentralRole::Auditor, ""));
  EXPECT_FALSE(people_->put(text("station.crt"), CentralRole::Auditor, "")) << "a station is no person";
  EXPECT_EQ(people_->who(Bytes()).error().kind, ErrorKind::Denied);
  EXPECT_EQ(people_->who(Bytes{1, 2, 3}).error().kind, ErrorKind::Denied);
  EXPECT_EQ(people_->set_station_unit("LX-3", "一科").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(people_->set_station_unit("LX-03", "").error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(people_->set_station_unit("LX-03", "一科"));
  ASSERT_TRUE(people_->set_station_unit("LX-03", "二科"));
  EXPECT_EQ(people_->unit_of("LX-03").value(), "二科");
  EXPECT_EQ(people_->unit_of("LX-04").value(), "");
}

TEST_F(PeopleTest, AnExportTakesTwoPersons) {
  const CentralPerson officer{"01", "王甲", "一科", CentralRole::Officer}, leader{"02", "李乙", "一科", CentralRole::Leader}, other{"03", "张丙", "二科", CentralRole::Leader},
      auditor{"04", "赵丁", "", CentralRole::Auditor}, admin{"05", "钱戊", "", CentralRole::Administrator};
  const std::string zip(64, 'a'), package = "LX-03-20261127-0001";
  const auto ask = [&](const CentralPerson& who, const std::string& reason = "移送法院") { return exports_->ask(who, package, zip, "一科", reason); };
  for (const auto& who : {other, auditor, admin}) EXPECT_EQ(ask(who).error().kind, ErrorKind::Denied) << who.badge;
  EXPECT_EQ(ask(officer, "  ").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(ask(officer, std::string(1001, 'x')).error().kind, ErrorKind::Invalid);
  const auto asked = ask(officer);
  ASSERT_TRUE(asked) << asked.error().what;
  EXPECT_EQ(ask(officer).error().kind, ErrorKind::Exists);
  EXPECT_EQ(exports_->to_fetch(officer, asked->number).error().kind, ErrorKind::Denied) << "nobody has approved";

  EXPECT_EQ(exports_->decide(officer, asked->number, true, "").error().kind, ErrorKind::Denied);
  EXPECT_EQ(exports_->decide(auditor, asked->number, true, "").error().kind, ErrorKind::Denied);
  EXPECT_EQ(exports_->decide(other, asked->number, true, "").error().kind, ErrorKind::NotFound) << "another unit learns nothing";
  EXPECT_EQ(exports_->decide(leader, asked->number + 1, true, "").error().kind, ErrorKind::NotFound);
  ASSERT_TRUE(exports_->decide(leader, asked->number, true, ""));
  EXPECT_EQ(exports_->decide(leader, asked->number, false, "太迟").error().kind, ErrorKind::Exists);
  EXPECT_TRUE(exports_->to_fetch(officer, asked->number));
  EXPECT_EQ(exports_->to_fetch(leader, asked->number).error().kind, ErrorKind::Denied) << "who asked, and nobody else";
  EXPECT_EQ(exports_->to_fetch(other, asked->number).error().kind, ErrorKind::NotFound);

  clock_.advance_ms(Exports::kOpenMs + 1000);
  EXPECT_EQ(exports_->to_fetch(officer, asked->number).error().kind, ErrorKind::Denied);
  EXPECT_EQ(exports_->list(auditor).value().at(0).state, ExportState::Over);

  // a leader's own request needs another leader
  const auto own = ask(leader);
  ASSERT_TRUE(own);
  EXPECT_EQ(exports_->decide(leader, own->number, true, "").error().kind, ErrorKind::Denied);
  const CentralPerson second{"06", "孙己", "一科", CentralRole::Leader};
  EXPECT_EQ(exports_->decide(second, own->number, false, "").error().kind, ErrorKind::Invalid) << "a refusal has a reason";
  EXPECT_EQ(exports_->decide(second, own->number, false, "没有案号").value().state, ExportState::Refused);
  EXPECT_EQ(exports_->to_fetch(leader, own->number).error().kind, ErrorKind::Denied);
  EXPECT_EQ(exports_->list(officer).value().size(), 2u);
  EXPECT_EQ(exports_->list(other).value().size(), 0u);
  EXPECT_EQ(exports_->list(admin).value().size(), 0u);
}

}  // namespace
}  // namespace guzheng
