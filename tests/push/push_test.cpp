// 推送: packed, signed, imported at once, acknowledged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/identity/practice.h"
#include "core/push/push.h"

namespace guzheng {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

const SystemClock kClock;
const Act kSender{"甲 J-1", "专项"}, kReceiver{"乙 J-2", "接收推送"};

fs::path new_folder() {
  static int number = 0;
  const fs::path out = fs::temp_directory_path() / ("guzheng-push-" + std::to_string(getpid()) + "-" + std::to_string(++number));
  fs::remove_all(out);
  fs::create_directories(out);
  return out;
}

const Bureau& bureau() {
  static const fs::path folder = new_folder();
  static const Bureau made = open_practice_bureau(folder / "bureau", kClock).value();
  return made;
}

PushTrust trust() { return {bureau().org_root_pem, bureau().org_crl_pem, kClock.wall()}; }

class PushTest : public testing::Test {
 protected:
  PushTest() : folder_(new_folder()), from_(open("from")), to_(open("to")) {}
  ~PushTest() override {
    from_.reset(), to_.reset();
    fs::remove_all(folder_);
  }

  std::unique_ptr<SubjectStore> open(const std::string& name) {
    return SubjectStore::open(folder_ / name, Secret(std::string(32, 'k')), kClock, [](const Json&) { return ok(); }).value();
  }

  static SubjectRow row(const std::string& name, const std::string& code) {
    SubjectRow out;
    out.subject.name = name;
    out.subject.credit_code = code;
    out.subject.kind = SubjectKind::Company;
    out.subject.category = "食品";
    out.entries.push_back({0, EntryKind::WebShop, name + "旗舰店", "练习商城", "https://shop.example/" + code, "食品", 0, {1'000}, Reach::Reachable, false, ""});
    out.sensitive.push_back({SensitiveKind::Phone, "13800000000"});
    return out;
  }

  static void follow(SubjectStore& store) {
    while (store.follow().value().behind > 0) {}
  }

  PushSeen pushed(const SubjectQuery& query = {}) {
    follow(*from_);
    return write_push(*from_, query, {"示例县局", "保健食品专项", "食品"}, *bureau().officers[0], kClock, file_).value();
  }

  Result<PushTaken> taken() { return take_push(*to_, file_, trust(), kReceiver); }

  fs::path folder_;
  std::unique_ptr<SubjectStore> from_, to_;
  const fs::path file_ = folder_ / "p.gzpush";
};

TEST_F(PushTest, ASelectionArrivesWholeAndIsAcknowledged) {
  const auto unit = from_->put_unit({0, "城东所", "370102"}, kSender).value();
  auto one = row("示例健康品（练习）", "91990000MA0000001A");
  one.subject.unit = unit;
  const auto id = from_->add(one, kSender).value();
  const auto tag = from_->put_tag({0, "直播基地", "东湖", 0}, kSender).value();
  ASSERT_TRUE(from_->set_tag(id, tag, true, kSender));
  ASSERT_TRUE(from_->add_record(id, {0, RecordKind::Complaint, {5'000}, "标价不实", "正文", "12315", "T-1"}, kSender));
  ASSERT_TRUE(from_->add(row("另一家（练习）", "91990000MA0000002B"), kSender));
  const auto there = to_->put_unit({0, "城东市场监管所", "370102"}, kReceiver).value();

  const auto push = pushed();
  EXPECT_EQ(push.subjects, 2);
  const auto seen = check_push(file_, trust());
  ASSERT_TRUE(seen) << seen.error().what;
  EXPECT_EQ(seen->sha256, push.sha256);
  EXPECT_EQ(seen->note.note, "保健食品专项");
  EXPECT_EQ(seen->by.name, bureau().officers[0]->info().subject_cn);

  const auto came = taken();
  ASSERT_TRUE(came) << came.error().what;
  EXPECT_EQ(came->added, 2);
  EXPECT_EQ(came->without_unit, 0);
  const auto found = to_->by_credit_code("91990000MA0000001A").value();
  ASSERT_EQ(found.size(), 1u);
  const auto subject = to_->get(found[0]).value();
  EXPECT_EQ(subject.name, "示例健康品（练习）");
  EXPECT_EQ(subject.unit, there) << "a unit is known by its code, whatever its number here";
  const auto entries = to_->entries(found[0]).value();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].link, "https://shop.example/91990000MA0000001A");
  EXPECT_EQ(to_->records(found[0]).value().at(0).title, "标价不实");
  EXPECT_EQ(to_->tags_of(found[0]).value().at(0).name, "东湖");
  EXPECT_TRUE(to_->sensitive(found[0], kReceiver).value().empty()) << "phones do not go along";
  EXPECT_THAT(read_text(file_).value(), testing::Not(HasSubstr("13800000000")));

  ASSERT_TRUE(write_acknowledgement(*came, *bureau().officers[1], kClock, folder_ / "p.ack"));
  const auto ack = check_acknowledgement(folder_ / "p.ack", push, trust());
  ASSERT_TRUE(ack) << ack.error().what;
  EXPECT_EQ(ack->added, 2);
  EXPECT_EQ(ack->by.name, bureau().officers[1]->info().subject_cn);
  EXPECT_EQ(write_acknowledgement(*came, *bureau().officers[1], kClock, folder_ / "p.ack").error().kind, ErrorKind::Exists);
  auto other = push;
  other.sha256.assign(64, '0');
  EXPECT_EQ(check_acknowledgement(folder_ / "p.ack", other, trust()).error().kind, ErrorKind::Tampered);
  other.id.assign(32, '0');
  EXPECT_EQ(check_acknowledgement(folder_ / "p.ack", other, trust()).error().kind, ErrorKind::NotFound);
}

TEST_F(PushTest, WhatIsKnownTakesOverWhatIsSaidAndKeepsTheRest) {
  auto known = row("示例健康品（练习）", "91990000MA0000001A");
  known.subject.address = "示例市东湖路 1 号";
  known.entries[0].checked = {9'000};
  known.entries[0].reach = Reach::Gone;
  const auto id = to_->add(known, kReceiver).value();
  auto said = row("示例健康品（练习）", "91990000MA0000001A");
  said.subject.industry = "F5225";
  ASSERT_TRUE(from_->add(said, kSender));
  pushed();
  const auto came = taken().value();
  EXPECT_EQ(came.changed, 1);
  EXPECT_EQ(came.added, 0);
  const auto now = to_->get(id).value();
  EXPECT_EQ(now.industry, "F5225");
  EXPECT_EQ(now.address, "示例市东湖路 1 号");
  EXPECT_EQ(to_->entries(id).value().at(0).reach, Reach::Gone) << "the newer check counts";
  EXPECT_EQ(taken().error().kind, ErrorKind::Exists) << "once is enough";
  ASSERT_TRUE(to_->undo(came.batch, kReceiver));
  EXPECT_EQ(to_->get(id).value().industry, "");
  EXPECT_EQ(taken().value().changed, 1) << "taken back, it may come again";
}

TEST_F(PushTest, ThoseThatWereChosenOneByOne) {
  const auto one = from_->add(row("示例甲（练习）", "91990000MA0000001A"), kSender).value();
  ASSERT_TRUE(from_->add(row("示例乙（练习）", "91990000MA0000002X"), kSender));
  EXPECT_EQ(write_push(*from_, std::vector<SubjectId>{}, {}, *bureau().officers[0], kClock, file_).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(write_push(*from_, std::vector<SubjectId>{one}, {}, *bureau().officers[0], kClock, file_).value().subjects, 1);
  EXPECT_EQ(taken().value().added, 1);
  EXPECT_EQ(to_->page(0, 10).value().at(0).name, "示例甲（练习）");
}

TEST_F(PushTest, TheUnitOfAWatchedSubjectIsTold) {
  const auto unit = to_->put_unit({0, "城东所", "370102"}, kReceiver).value();
  auto known = row("示例健康品（练习）", "91990000MA0000001A");
  known.subject.unit = unit;
  const auto id = to_->add(known, kReceiver).value();
  ASSERT_TRUE(to_->add(row("示例乙（练习）", "91990000MA0000002X"), kReceiver));
  ASSERT_TRUE(to_->set_tag(id, to_->put_tag({0, std::string(kWatchGroup), "重点监管"}, kReceiver).value(), true, kReceiver));
  const auto said = from_->add(row("示例健康品（练习）", "91990000MA0000001A"), kSender).value();
  const auto other = from_->add(row("示例乙（练习）", "91990000MA0000002X"), kSender).value();
  pushed();
  const auto words = [](const PushHit& hit) { return hit.by.name + "：" + hit.watched + hit.title; };
  const auto first = take_push(*to_, file_, trust(), kReceiver, {}, words).value();
  auto notices = to_->notices({}).value();
  ASSERT_EQ(notices.size(), 1u) << "of the one that is watched";
  EXPECT_EQ(notices[0].unit, unit);
  EXPECT_THAT(notices[0].text, testing::HasSubstr("：重点监管"));
  ASSERT_TRUE(to_->undo(first.batch, kReceiver));
  EXPECT_EQ(to_->unseen_notices().value(), 0);
  for (const auto one : {said, other}) ASSERT_TRUE(from_->add_record(one, {0, RecordKind::Complaint, {5'000}, "新投诉", "", "", ""}, kSender));
  fs::remove(file_);
  pushed();
  ASSERT_TRUE(take_push(*to_, file_, trust(), kReceiver, {}, words));
  notices = to_->notices({}).value();
  ASSERT_EQ(notices.size(), 2u) << "a new record is of interest whoever it is about";
  EXPECT_THAT(notices[0].text, testing::HasSubstr("：新投诉"));
}

TEST_F(PushTest, ManyRowsWithOneCodeAreOneSubject) {
  ASSERT_TRUE(from_->add(row("示例健康品（练习）", "91990000MA0000001A"), kSender));
  auto twin = row("示例健康品（练习）", "91990000MA0000001A");
  twin.entries[0].platform = "另一平台";
  ASSERT_TRUE(from_->add(twin, kSender));
  pushed();
  const auto came = taken().value();
  EXPECT_EQ(came.added, 1);
  EXPECT_EQ(came.changed, 1);
  EXPECT_EQ(to_->entries(to_->by_credit_code("91990000MA0000001A").value().at(0)).value().size(), 2u);
}

TEST_F(PushTest, AStoppedImportGoesOn) {
  for (int i = 0; i < 5'000; ++i) ASSERT_TRUE(from_->add(row("主体" + std::to_string(i) + "（练习）", std::string("9199") + std::to_string(10'000'000'000'000 + i)), kSender));
  pushed();
  const auto stopped = take_push(*to_, file_, trust(), kReceiver, [](std::int64_t done, std::int64_t) { return done < 3'000; });
  EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
  to_.reset();
  to_ = open("to");
  const auto came = taken();
  ASSERT_TRUE(came) << came.error().what;
  EXPECT_EQ(came->added, 5'000);
  EXPECT_EQ(to_->bounds().value().count, 5'000);
}

TEST_F(PushTest, AnyChangedByteIsFoundAndNothingIsImported) {
  ASSERT_TRUE(from_->add(row("示例健康品（练习）", "91990000MA0000001A"), kSender));
  pushed();
  const auto good = read_text(file_).value();
  const std::size_t signature = good.rfind('\n', good.size() - 2) + 1;
  for (std::size_t at = 0; at < good.size(); at += 7) {
    std::string text = good;
    text[at] = static_cast<char>(text[at] ^ 1);
    ASSERT_TRUE(write_text(file_, text));
    // DER has bytes that no signature covers; whoever changes these changes nothing that is imported
    const auto answer = check_push(file_, trust());
    ASSERT_FALSE(answer && at < signature) << "byte " << at;
    if (!answer) {
      ASSERT_FALSE(taken()) << "byte " << at;
    }
  }
  for (const std::size_t size : {std::size_t{0}, good.size() / 3, good.find('\n') + 1, good.size() - 1, good.rfind('\n', good.size() - 2) + 1}) {
    ASSERT_TRUE(write_text(file_, good.substr(0, size)));
    EXPECT_FALSE(taken()) << size;
  }
  EXPECT_EQ(to_->bounds().value().count, 0);
  EXPECT_TRUE(to_->batches().value().empty());
}

TEST_F(PushTest, WhoIsNotOfTheBureauIsRefused) {
  ASSERT_TRUE(from_->add(row("示例健康品（练习）", "91990000MA0000001A"), kSender));
  follow(*from_);
  const Bureau stranger = open_practice_bureau(folder_ / "stranger", kClock).value();
  ASSERT_TRUE(write_push(*from_, SubjectQuery{}, {}, *stranger.officers[0], kClock, file_));
  EXPECT_EQ(taken().error().kind, ErrorKind::Tampered);
  PushTrust later = trust();
  later.now = {later.now.ms + 20LL * 365 * 86'400'000};
  fs::remove(file_);
  ASSERT_TRUE(write_push(*from_, SubjectQuery{}, {}, *bureau().officers[0], kClock, file_));
  EXPECT_EQ(check_push(file_, later).error().kind, ErrorKind::Denied) << "expired by then";
  EXPECT_EQ(write_push(*from_, SubjectQuery{}, {}, *bureau().officers[0], kClock, file_).error().kind, ErrorKind::Exists);
  SubjectQuery nothing;
  nothing.text = "没有这样的主体";
  EXPECT_EQ(write_push(*from_, nothing, {}, *bureau().officers[0], kClock, folder_ / "none").error().kind, ErrorKind::Invalid);
  EXPECT_FALSE(fs::exists(folder_ / "none"));
}

}  // namespace
}  // namespace guzheng
