// Subjects and tags in common between the libraries of desks (core/records/subject_source.h, core/registry/exchange.h): A-5.1, A-7.4c, A-8.1, A-8.3.
#include "core/records/subject_source.h"

#include "core/registry/merge.h"
#include "tests/records/desks.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::Central;
using test::Desk;
using test::kOfficer;
using test::kOther;
using test::Library;
using test::named;
using test::Side;

// A desk with a library.
struct LibraryDesk {
  LibraryDesk(Central& central, const std::string& station, const Clock& clock) : desk(central, station, clock, {&source}) {}
  Subject only() const {
    const auto page = library.store->page(0, 10).value();
    EXPECT_EQ(page.size(), 1u);
    return page.empty() ? Subject{} : page[0];
  }
  Subject called(const std::string& name) const {
    for (const auto& one : test::taken(library.store->page(0, 1000)))
      if (one.name == name) return one;
    ADD_FAILURE() << "no " << name;
    return {};
  }
  std::vector<std::string> tags(SubjectId id) const {
    std::vector<std::string> out;
    for (const auto& tag : test::taken(library.store->tags_of(id))) out.push_back(tag.group + "/" + tag.name);
    return out;
  }
  Library library;
  SubjectSource source{*library.store};
  Desk desk;
};

SubjectRow full_row() {
  auto row = named("示例商贸有限公司");
  row.subject.credit_code = "91350211M000100Y43";
  row.subject.address = "示例路 1 号";
  row.subject.state = SubjectState::Open;
  row.entries = {{0, EntryKind::WebShop, "示例旗舰店", "示例平台", "https://shop.example/1", "食品", 0, {5}, Reach::Reachable, false, ""}};
  row.sensitive = {{SensitiveKind::Phone, "13800000000"}};
  return row;
}

class SubjectsInCommon : public testing::Test {
 protected:
  // As they are kept in common, by id.
  static std::map<RecordName, std::string> all(LibraryDesk& at) {
    std::map<RecordName, std::string> out;
    std::string mark;
    for (bool more = true; more;) {
      const auto changed = at.source.changed_since(mark).value();
      for (const auto& name : changed.names)
        if (auto body = at.source.read(name)->body; !body.empty()) out[name] = body;
      mark = changed.mark;
      more = changed.more;
    }
    return out;
  }
  void equal() {
    for (int i = 0; i < 2; ++i) one_.desk.ran(), two_.desk.ran();
    EXPECT_EQ(all(one_), all(two_));
    EXPECT_TRUE(one_.library.store->verify_changes());
    EXPECT_TRUE(two_.library.store->verify_changes());
  }
  ManualClock clock_;
  Central central_{clock_};
  LibraryDesk one_{central_, "LX-03", clock_}, two_{central_, "LX-04", clock_};
};

TEST_F(SubjectsInCommon, ComeWholeButForWhatIsSensitive) {
  auto& here = *one_.library.store;
  const auto unit = here.put_unit({0, "示例所", "3502"}, kOfficer).value();
  auto row = full_row();
  row.subject.unit = unit;
  const auto id = here.add(row, kOfficer).value();
  const auto tag = here.put_tag({0, "直播基地", "示例基地", 0}, kOfficer).value();
  ASSERT_TRUE(here.put_tag({0, "直播基地", "没有人用", 0}, kOfficer));
  ASSERT_TRUE(here.set_tag(id, tag, true, kOfficer));
  EXPECT_EQ(one_.desk.ran().up, 3);
  EXPECT_EQ(two_.desk.ran().down, 2);              // the subject came with the tag that it carries
  const auto there = two_.only();
  EXPECT_EQ(there.name, row.subject.name);
  EXPECT_EQ(there.credit_code, row.subject.credit_code);
  EXPECT_EQ(two_.library.store->units()->at(0).name, "示例所");
  EXPECT_EQ(there.unit, two_.library.store->units()->at(0).id);
  EXPECT_EQ(two_.tags(there.id), (std::vector<std::string>{"直播基地/示例基地"}));
  EXPECT_EQ(two_.library.store->tags()->size(), 2u);
  const auto entries = two_.library.store->entries(there.id).value();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].link, "https://shop.example/1");
  EXPECT_EQ(entries[0].reach, Reach::Unchecked);   // each station looks for itself
  EXPECT_TRUE(two_.library.store->sensitive(there.id, kOfficer)->empty());
  EXPECT_EQ(all(one_).begin()->second.find("13800000000"), std::string::npos);
  const auto history = two_.library.store->history(there.id).value();
  EXPECT_EQ(history.back().who, kOfficer.who);     // who made it, not who fetched it
  EXPECT_EQ(two_.library.store->search(test::asking("示例商贸"))->count, 1);
  equal();
}

TEST_F(SubjectsInCommon, EditedAtBothDesksIsDecidedByFields) {       // the way of a subject from end to end
  const auto id = one_.library.store->add(full_row(), kOfficer).value();
  equal();
  auto mine = one_.only();
  mine.address = "新路 2 号";
  ASSERT_TRUE(one_.library.store->change(mine, kOfficer));
  const auto tag = one_.library.store->put_tag({0, "监管", "重点", 0}, kOfficer).value();
  ASSERT_TRUE(one_.library.store->set_tag(id, tag, true, kOfficer));
  auto theirs = two_.only();
  theirs.state = SubjectState::Revoked;
  theirs.address = "旧路 3 号";
  ASSERT_TRUE(two_.library.store->change(theirs, kOther));
  Entry more{0, EntryKind::App, "示例应用", "", "", "", 0, {}, Reach::Unchecked, false, ""};
  ASSERT_TRUE(two_.library.store->put_entry(theirs.id, more, kOther));
  ASSERT_TRUE(two_.library.store->checked(theirs.id, 1, Reach::Gone, kOther));
  one_.desk.ran();
  EXPECT_EQ(two_.desk.ran().conflicts, 1);
  EXPECT_EQ(two_.only().address, "旧路 3 号");     // nothing was written over
  const auto conflict = two_.desk.only_conflict();
  std::vector<std::string> differ;
  for (const auto& field : test::taken(record_fields(conflict.base, conflict.mine, conflict.theirs)))
    if (field.differs()) differ.push_back(field.name);
  EXPECT_EQ(differ, (std::vector<std::string>{"address", "entries.2", "state", "tags"}));
  ASSERT_TRUE(two_.desk.sync->decide(conflict, {Side::Fields, {"address", "tags"}}, kOther.who));
  equal();
  for (auto* at : {&one_, &two_}) {
    const auto now = at->only();
    EXPECT_EQ(now.address, "新路 2 号");
    EXPECT_EQ(now.state, SubjectState::Revoked);
    EXPECT_EQ(at->library.store->entries(now.id)->size(), 2u);
    EXPECT_EQ(at->tags(now.id), (std::vector<std::string>{"监管/重点"}));
  }
  EXPECT_EQ(two_.library.store->entries(two_.only().id)->at(0).reach, Reach::Gone);
  EXPECT_EQ(one_.library.store->entries(one_.only().id)->at(0).reach, Reach::Reachable);
}

TEST_F(SubjectsInCommon, RemovedMergedAndTakenBackOnesFollow) {
  auto& here = *one_.library.store;
  const auto batch = one_.library.fill(5);
  const auto a = here.add(named("甲店"), kOfficer).value(), b = here.add(named("乙店"), kOfficer).value();
  one_.desk.ran();
  EXPECT_EQ(two_.desk.ran().down, 7);
  ASSERT_TRUE(merge_subjects(here, a, b, kOfficer));
  equal();
  EXPECT_EQ(two_.library.store->bounds()->count, 6);
  ASSERT_TRUE(here.undo(batch, kOfficer));
  equal();
  EXPECT_EQ(two_.library.store->bounds()->count, 1);
  // removed here, changed there: a person decides, and it comes back with all it had
  ASSERT_TRUE(here.remove(b, kOfficer));
  auto changed = two_.called("乙店");
  changed.address = "还在营业";
  ASSERT_TRUE(two_.library.store->change(changed, kOther));
  one_.desk.ran();
  EXPECT_EQ(two_.desk.ran().conflicts, 1);
  ASSERT_TRUE(two_.desk.sync->decide(two_.desk.only_conflict(), {Side::Mine, {}}, kOther.who));
  equal();
  EXPECT_EQ(here.get(b)->address, "还在营业");
}

TEST_F(SubjectsInCommon, TagsAreTurnedRenamedAndRemoved) {
  auto& here = *one_.library.store;
  one_.library.fill(5);
  const auto tag = here.put_tag({0, "电商园区", "旧名", 0}, kOfficer).value();
  const auto batch = here.tag_these({1, 2, 3}, tag, true, kOfficer).value();
  equal();
  EXPECT_EQ(two_.library.store->tags()->at(0).count, 3);
  ASSERT_TRUE(here.put_tag({tag, "电商园区", "新名", 0}, kOfficer));
  equal();
  ASSERT_EQ(two_.library.store->tags()->size(), 1u);
  EXPECT_EQ(two_.library.store->tags()->at(0).name, "新名");
  ASSERT_TRUE(here.undo(batch, kOfficer));
  equal();
  EXPECT_EQ(two_.library.store->tags()->at(0).count, 0);
  // taken out of the library here while somebody there begins to use it: it stays
  ASSERT_TRUE(here.remove_tag(tag, kOfficer));
  ASSERT_TRUE(two_.library.store->set_tag(1, two_.library.store->tags()->at(0).id, true, kOther));
  equal();
  EXPECT_EQ(here.tags()->at(0).count, 1);
  EXPECT_TRUE(one_.desk.sync->conflicts()->empty());
}

TEST_F(SubjectsInCommon, TheSameSubjectMadeAtBothDesksBecomesOne) {
  auto row = full_row();
  one_.library.store->add(row, kOfficer).value();
  row.subject.address = "别的地址";
  two_.library.store->add(row, kOther).value();
  two_.library.store->add(named("只在这里"), kOther).value();
  one_.desk.ran();
  EXPECT_EQ(two_.desk.ran().conflicts, 1);
  EXPECT_EQ(two_.library.store->bounds()->count, 2);
  const auto conflict = two_.desk.only_conflict();
  EXPECT_EQ(conflict.base, "");
  ASSERT_TRUE(two_.desk.sync->decide(conflict, {Side::Theirs, {}}, kOther.who));
  equal();
  EXPECT_EQ(one_.library.store->bounds()->count, 2);
  EXPECT_EQ(two_.called("示例商贸有限公司").address, "示例路 1 号");
}

TEST_F(SubjectsInCommon, WhatIsNoSubjectIsHeld) {
  central_.book.take({{std::string(32, 'a'), "subject", "s1", 0, false, R"({"name":"x"})", "x", 1}}, "LX-09", test::kUnit).value();
  EXPECT_EQ(one_.desk.ran().held, 1);
  EXPECT_EQ(one_.library.store->bounds()->count, 0);
  SubjectExchange exchange(*one_.library.store);
  one_.library.store->add(named("甲"), kOfficer).value();
  const auto name = exchange.changed_since("")->names.at(0);
  const auto body = exchange.read("subject", name.second)->value();
  EXPECT_EQ(exchange.put("subject", name.second, std::nullopt, body + " ", kOfficer).error().kind, ErrorKind::Invalid);
  auto other = Json::parse(body);
  other["name"] = "乙";
  EXPECT_EQ(exchange.put("subject", name.second, std::nullopt, canonical_json(other).value(), kOfficer).value(), SubjectExchange::Put::Differs);
  EXPECT_EQ(one_.only().name, "甲");
  for (const auto& [path, value] : std::vector<std::pair<const char*, Json>>{{"/name", ""}, {"/kind", "planet"}, {"/unit", 3}, {"/tags/0", "x"}, {"/entries/0", Json::object()}, {"/id", 3}}) {
    auto bad = Json::parse(body);
    bad[Json::json_pointer(path)] = value;
    EXPECT_EQ(exchange.put("subject", name.second, body, canonical_json(bad).value(), kOfficer).error().kind, ErrorKind::Invalid) << path;
  }
  EXPECT_EQ(exchange.changed_since("7:x").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(exchange.changed_since("700").error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace guzheng
