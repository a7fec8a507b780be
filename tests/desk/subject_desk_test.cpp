// The subject library at the desk: opened with the practice desk, searched while typing, changed and undone, tagged, exported, journalled. A-4 A-5
#include <QElapsedTimer>
#include <QSignalSpy>

#include "core/base/file.h"
#include "core/base/key_file.h"
#include "core/desk/practice_order.h"
#include "core/desk/subject_export.h"
#include "core/desk/subject_import.h"
#include "core/desk/subject_search.h"
#include "core/desk/tag_desk.h"
#include "tests/desk/desk_fixture.h"

namespace guzheng {
namespace {

class SubjectDeskTest : public test::DeskTest {
 protected:
  void SetUp() override { start(); }
  void start() {
    station_ = std::make_unique<StationDesk>(options_);
    desk_ = std::make_unique<SubjectDesk>(*station_);
    search_ = std::make_unique<SubjectSearch>(*desk_);
    tags_ = std::make_unique<TagDesk>(*desk_);
    exports_ = std::make_unique<SubjectExport>(*desk_);
    imports_ = std::make_unique<SubjectImport>(*desk_);
    QObject::connect(desk_.get(), &SubjectDesk::failed, [this](const Error& error) { trouble_ = error; });
    QObject::connect(search_.get(), &SubjectSearch::failed, [this](const Error& error) { trouble_ = error; });
    QObject::connect(search_.get(), &SubjectSearch::answered, [this] { ++answers_; });
    QObject::connect(search_.get(), &SubjectSearch::piece_ready, [this](qint64 piece, const std::vector<SubjectLine>& lines) { pieces_[piece] = lines; });
    station_->open();
    ASSERT_TRUE(until([this] { return desk_->is_open() || trouble_; }));
    ASSERT_TRUE(desk_->is_open()) << trouble_->what;
    ASSERT_TRUE(until([this] { return answers_ > 0; })) << "browsing begins by itself";
  }
  void TearDown() override { stop(); }
  void stop() {
    if (!station_) return;
    imports_->stop();
    search_->stop();
    desk_->stop();
    station_->drain();
    imports_.reset();
    exports_.reset();
    tags_.reset();
    search_.reset();
    desk_.reset();
    station_.reset();
  }

  const std::vector<SubjectLine>& ask(const std::string& text, const SubjectFilter& filter = {}) {
    const int before = answers_;
    pieces_.clear();
    SubjectQuery query;
    query.text = text;
    query.filter = filter;
    search_->ask(query);
    EXPECT_TRUE(until([&] { return answers_ > before && pieces_.contains(0); }));
    return pieces_[0];
  }
  SubjectSheet sheet(SubjectId id) {
    return told<SubjectSheet>([&](auto heard) { desk_->sheet(id, desk_.get(), heard); }).value();
  }
  Status undo() {
    return told<void>([&](auto heard) { desk_->undo(desk_.get(), heard); });
  }
  SubjectId mall() { return ask(practice_order().credit_code).at(0).subject.id; }
  std::int64_t tag_named(const std::string& name) {
    for (const auto& tag : desk_->lists().tags)
      if (tag.name == name) return tag.id;
    return 0;
  }

  std::unique_ptr<SubjectDesk> desk_;
  std::unique_ptr<SubjectSearch> search_;
  std::unique_ptr<TagDesk> tags_;
  std::unique_ptr<SubjectExport> exports_;
  std::unique_ptr<SubjectImport> imports_;
  std::optional<Error> trouble_;
  int answers_ = 0;
  std::map<qint64, std::vector<SubjectLine>> pieces_;
};

TEST_F(SubjectDeskTest, the_practice_desk_has_a_library_that_stays) {
  EXPECT_EQ(desk_->lists().count, 326);
  for (const auto& line : pieces_[0]) EXPECT_NE(line.subject.name.find("（练习）"), std::string::npos) << line.subject.name;
  EXPECT_FALSE(desk_->lists().rules.empty());
  EXPECT_FALSE(desk_->lists().tags.empty());
  ASSERT_EQ(ask(practice_order().subject_name).size(), 1u);
  EXPECT_EQ(pieces_[0][0].keeping.entries, 6);
  stop();
  answers_ = 0;
  start();
  EXPECT_EQ(desk_->lists().count, 326) << "the second start fills nothing";
}

// A-5.2a: rows by pieces, exactly those that a walk over all of them gives.
TEST_F(SubjectDeskTest, every_row_of_the_table_is_reached_by_its_number) {
  ASSERT_TRUE(until([this] { return search_->all_counted(); }));
  ASSERT_EQ(search_->rows(), 326);
  std::vector<SubjectId> rows;
  for (std::int64_t piece = 0; piece * SubjectSearch::kPiece < search_->rows(); ++piece) {
    if (!pieces_.contains(piece)) search_->want(piece);
    ASSERT_TRUE(until([&] { return pieces_.contains(piece); })) << piece;
    for (const auto& line : pieces_[piece]) rows.push_back(line.subject.id);
  }
  std::vector<SubjectId> all;
  ASSERT_TRUE(desk_->store()->each_match({}, [&](SubjectId id) {
    all.push_back(id);
    return true;
  }));
  EXPECT_EQ(rows, all);
}

// ui.md: results while typing. Only the newest question is answered.
TEST_F(SubjectDeskTest, what_was_typed_before_is_not_answered_any_more) {
  ASSERT_TRUE(until([this] { return search_->all_counted(); }));
  const int before = answers_;
  for (const char* typed : {"示", "示例", "示例甲", "示例甲生物"}) search_->ask({typed, {}, 0, 50});
  ASSERT_TRUE(until([&] { return answers_ > before && search_->all_counted() && !search_->facets().empty(); }));
  QTest::qWait(200);
  EXPECT_EQ(answers_, before + 1);
  EXPECT_EQ(search_->query().text, "示例甲生物");
  ASSERT_EQ(search_->rows(), 1);
}

// ui.md: filters with counts always visible; each tells what its box would show.
TEST_F(SubjectDeskTest, counts_of_filters_are_what_they_find) {
  ask("");
  search_->ask({"公司", {}, 0, 50});
  QSignalSpy counted(search_.get(), &SubjectSearch::facets_counted);
  ASSERT_TRUE(counted.wait(kPatience));
  const auto facets = search_->facets();
  int looked = 0;
  for (const auto& facet : facets) {
    if (facet.count == 0) continue;
    SubjectFilter filter;
    set_facet(filter, facet, true);
    EXPECT_TRUE(has_facet(filter, facet));
    ask("公司", filter);
    ASSERT_TRUE(until([this] { return search_->all_counted(); }));
    EXPECT_EQ(search_->rows(), facet.count) << static_cast<int>(facet.group) << " " << facet.text << " " << facet.number;
    set_facet(filter, facet, false);
    EXPECT_EQ(filter, SubjectFilter{});
    if (++looked == 12) break;
  }
  EXPECT_GE(looked, 5);
}

// A-5.2a: changed by hand with who and why, and taken back.
TEST_F(SubjectDeskTest, an_edit_is_kept_with_its_history_and_undone) {
  const auto id = mall();
  auto subject = sheet(id).subject;
  const auto was = subject.address;
  subject.address = "练习市二区新路 2 号";
  ASSERT_TRUE(told<void>([&](auto heard) { desk_->change(subject, "搬迁", desk_.get(), heard); }));
  auto now = sheet(id);
  EXPECT_EQ(now.subject.address, subject.address);
  ASSERT_FALSE(now.history.empty());
  EXPECT_EQ(now.history.front().why, "搬迁");
  EXPECT_NE(now.history.front().who.find(station_->card().officers.front().name), std::string::npos);
  EXPECT_NE(now.history.front().before.find(was), std::string::npos);
  EXPECT_EQ(ask("二区新路").size(), 1u) << "found at once";
  ASSERT_TRUE(undo());
  EXPECT_EQ(sheet(id).subject.address, was);
  EXPECT_TRUE(ask("二区新路").empty());
}

TEST_F(SubjectDeskTest, added_and_removed_subjects_and_entries_come_and_go) {
  SubjectRow row;
  row.subject.name = "示例新增商行（练习）";
  const auto id = told<SubjectId>([&](auto heard) { desk_->add(row, "巡查发现", desk_.get(), heard); });
  ASSERT_TRUE(id) << id.error().what;
  EXPECT_EQ(ask("新增商行").size(), 1u);
  Entry entry;
  entry.name = "新增旗舰店（练习）";
  entry.platform = "练习商城";
  const auto no = told<int>([&](auto heard) { desk_->put_entry(*id, entry, "登记", desk_.get(), heard); });
  ASSERT_TRUE(no);
  ASSERT_EQ(sheet(*id).entries.size(), 1u);
  auto kept = sheet(*id).entries.front();
  kept.platform = "练习集市";
  ASSERT_TRUE(told<int>([&](auto heard) { desk_->put_entry(*id, kept, "改平台", desk_.get(), heard); }));
  ASSERT_TRUE(undo());
  EXPECT_EQ(sheet(*id).entries.front().platform, "练习商城");
  ASSERT_TRUE(told<void>([&](auto heard) { desk_->remove_entry(*id, sheet(*id).entries.front(), "重复", desk_.get(), heard); }));
  EXPECT_TRUE(sheet(*id).entries.empty());
  ASSERT_TRUE(undo());
  EXPECT_EQ(sheet(*id).entries.size(), 1u);
  ASSERT_TRUE(told<void>([&](auto heard) { desk_->remove(*id, "误登", desk_.get(), heard); }));
  EXPECT_TRUE(ask("新增商行").empty());
  ASSERT_TRUE(undo());
  EXPECT_EQ(ask("新增商行").size(), 1u);
  SubjectRow nameless;
  EXPECT_EQ(told<SubjectId>([&](auto heard) { desk_->add(nameless, "空", desk_.get(), heard); }).error().kind, ErrorKind::Invalid);
}

// A-5.2b: into the abnormal library and back, with a reason; its own cycle.
TEST_F(SubjectDeskTest, the_abnormal_library_takes_entries_and_gives_them_back) {
  const auto id = mall();
  const auto entry = sheet(id).entries.front();
  EXPECT_EQ(told<void>([&](auto heard) { desk_->set_abnormal(id, entry.no, true, "", desk_.get(), heard); }).error().kind, ErrorKind::Invalid) << "no reason";
  ASSERT_TRUE(told<void>([&](auto heard) { desk_->set_abnormal(id, entry.no, true, "打不开", desk_.get(), heard); }));
  EXPECT_TRUE(sheet(id).entries.front().abnormal);
  EXPECT_EQ(sheet(id).entries.front().why, "打不开");
  SubjectFilter filter;
  filter.abnormal = true;
  EXPECT_EQ(ask(practice_order().credit_code, filter).size(), 1u);
  ASSERT_TRUE(undo());
  EXPECT_FALSE(sheet(id).entries.front().abnormal);
}

// A-5.2c. Pure.
TEST(Keeping, an_entry_is_overdue_when_its_cycle_has_passed) {
  constexpr std::int64_t day = 24ll * 3600 * 1000;
  const WallTime now{1000 * day};
  Entry entry;
  EXPECT_EQ(overdue_days(entry, {30, 7}, now), 0) << "never checked is its own state";
  entry.checked = {now.ms - 30 * day};
  EXPECT_EQ(overdue_days(entry, {30, 7}, now), 0);
  entry.checked = {now.ms - 33 * day};
  EXPECT_EQ(overdue_days(entry, {30, 7}, now), 3);
  EXPECT_EQ(overdue_days(entry, {45, 7}, now), 0);
  entry.abnormal = true;
  EXPECT_EQ(overdue_days(entry, {45, 7}, now), 26);
  Entry fresh;
  fresh.checked = {now.ms - day};
  fresh.reach = Reach::Reachable;
  const auto keeping = keeping_of({entry, fresh, Entry{}}, {45, 7}, now);
  EXPECT_EQ(keeping.entries, 3);
  EXPECT_EQ(keeping.abnormal, 1);
  EXPECT_EQ(keeping.unchecked, 1);
  EXPECT_EQ(keeping.overdue_days, 26);
  EXPECT_EQ(keeping.checked, fresh.checked);
}

// several at once, on a selection and on all that a search finds; taken back together.
TEST_F(SubjectDeskTest, tags_are_put_on_many_and_taken_back) {
  const auto tag = told<std::int64_t>([&](auto heard) { tags_->put({0, "监管", "双随机"}, desk_.get(), heard); });
  ASSERT_TRUE(tag);
  EXPECT_EQ(told<std::int64_t>([&](auto heard) { tags_->put({0, "监管", "双随机"}, desk_.get(), heard); }).error().kind, ErrorKind::Exists);
  ask("");
  ASSERT_TRUE(until([this] { return search_->all_counted(); }));
  const std::vector<SubjectId> some{pieces_[0][2].subject.id, pieces_[0][5].subject.id};
  const auto other = tag_named("食品");
  ASSERT_TRUE(told<void>([&](auto heard) { tags_->turn({some, {}}, {{*tag, true}, {other, true}}, desk_.get(), heard); }));
  SubjectFilter both;
  both.tags = {*tag, other};
  EXPECT_EQ(ask("", both).size(), 2u);
  ASSERT_TRUE(undo());
  EXPECT_TRUE(ask("", both).empty());
  SubjectQuery companies;
  companies.text = "公司";
  ask("公司");
  ASSERT_TRUE(until([this] { return search_->all_counted(); }));
  const auto found = search_->rows();
  ASSERT_GT(found, 0);
  ASSERT_TRUE(told<void>([&](auto heard) { tags_->turn({{}, companies}, {{*tag, true}}, desk_.get(), heard); }));
  SubjectFilter one;
  one.tags = {*tag};
  ask("", one);
  ASSERT_TRUE(until([this] { return search_->all_counted(); }));
  EXPECT_EQ(search_->rows(), found);
  EXPECT_EQ(told<void>([&](auto heard) { tags_->remove({*tag, "监管", "双随机"}, desk_.get(), heard); }).error().kind, ErrorKind::Denied) << "subjects carry it";
  ASSERT_TRUE(undo());
  EXPECT_TRUE(ask("", one).empty());
  ASSERT_TRUE(told<void>([&](auto heard) { tags_->remove({*tag, "监管", "双随机"}, desk_.get(), heard); }));
}

// Issue: reading sensitive fields is journalled, before they are given out.
TEST_F(SubjectDeskTest, who_reads_a_phone_number_stands_in_the_operation_log) {
  const auto id = mall();
  const auto values = told<std::vector<SensitiveValue>>([&](auto heard) { desk_->sensitive(id, "核实举报", desk_.get(), heard); });
  ASSERT_TRUE(values) << values.error().what;
  ASSERT_EQ(values->size(), 1u);
  const auto log = read_text(station_->log_path(), 1u << 20).value();
  EXPECT_NE(log.find(" op.sensitive "), std::string::npos) << log;
  EXPECT_NE(log.find("核实举报"), std::string::npos);
  EXPECT_NE(log.find(station_->card().officers.front().name), std::string::npos);
  EXPECT_EQ(log.find(values->front().value), std::string::npos) << "never the value";
  for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(folder_.path().toStdString()) / "subjects"))
    if (file.is_regular_file()) EXPECT_EQ(read_text(file.path()).value_or("").find(values->front().value), std::string::npos) << file.path();
}

// a sealed package of a subject is on its page.
TEST_F(SubjectDeskTest, a_sealed_package_is_kept_with_its_subject) {
  const auto id = mall();
  QSignalSpy changed(desk_.get(), &SubjectDesk::changed);
  desk_->keep_capture(practice_order(), "练习-0001");
  ASSERT_TRUE(changed.wait(kPatience));
  const auto now = sheet(id);
  ASSERT_FALSE(now.records.empty());
  EXPECT_EQ(now.records.front().kind, RecordKind::Capture);
  EXPECT_EQ(now.records.front().reference, "练习-0001");
  CaptureOrder stranger;
  stranger.subject_name = "库中没有的公司";
  changed.clear();
  desk_->keep_capture(stranger, "练习-0002");
  ask("库中没有的公司");                                  // behind it on the same thread's queue or not: nothing may come of it
  QTest::qWait(100);
  EXPECT_EQ(changed.count(), 0);
  EXPECT_FALSE(trouble_);
}

TEST_F(SubjectDeskTest, a_filter_is_saved_and_found_again) {
  SubjectFilter filter;
  filter.tags = {tag_named("直播基地")};
  filter.states = {SubjectState::Open};
  ask("公司", filter);
  search_->save_filter("在营直播");
  ASSERT_TRUE(until([this] { return !desk_->lists().filters.empty(); }));
  EXPECT_EQ(desk_->lists().filters.front().name, "在营直播");
  EXPECT_EQ(desk_->lists().filters.front().query.filter, filter);
  EXPECT_EQ(desk_->lists().filters.front().query.text, "公司");
  search_->forget_filter("在营直播");
  EXPECT_TRUE(until([this] { return desk_->lists().filters.empty(); }));
}

TEST_F(SubjectDeskTest, a_selection_is_exported_as_a_table) {
  ExportWords words;
  words.header = {"名称", "简称", "信用代码", "注册号", "种类", "状态", "地址", "地区", "行业", "品类", "单位", "标签", "店铺账号"};
  words.kinds.assign(kSubjectKinds, "K");
  words.states.assign(kSubjectStates, "S");
  words.entry_kinds.assign(kEntryKinds, "E");
  const auto file = options_.home / "out.csv";
  QSignalSpy done(exports_.get(), &SubjectExport::done), failed(exports_.get(), &SubjectExport::failed);
  SubjectQuery query;
  query.text = practice_order().credit_code;
  exports_->start({{}, query}, file, words);
  ASSERT_TRUE(done.wait(kPatience));
  const auto text = read_text(file).value();
  EXPECT_NE(text.find(practice_order().subject_name), std::string::npos);
  EXPECT_NE(text.find(practice_order().shop), std::string::npos);
  EXPECT_EQ(text.find("10000000000"), std::string::npos) << "no phone";
  exports_->start({{}, query}, file, words);
  ASSERT_TRUE(failed.wait(kPatience)) << "never over another file";
}

// : preview, profile, run, result, taken back as a whole.
TEST_F(SubjectDeskTest, a_table_is_previewed_imported_and_taken_back) {
  const auto file = options_.home / "shops.csv";
  ASSERT_TRUE(write_text(file, "企业名称,住所,网店名称,平台\n示例桌面导入一（练习）,练习市东路1号,导入桌面店（练习）,练习商城\n  示例桌面导入二（练习） ,练习市东路2号,,\n,,,\n"));
  std::optional<Error> failed;
  QObject::connect(imports_.get(), &SubjectImport::failed, [&](const Error& error) { failed = error; });
  std::optional<ImportPreview> preview;
  QObject::connect(imports_.get(), &SubjectImport::previewed, [&](const std::filesystem::path&, const ImportPreview& one) { preview = one; });
  imports_->preview(file, {});
  ASSERT_TRUE(until([&] { return preview || failed; }));
  ASSERT_TRUE(preview) << failed->what;
  EXPECT_EQ(preview->headers.size(), 4u);
  EXPECT_EQ(preview->profile.columns.size(), 4u);
  std::vector<MappingProfile> profiles;
  QObject::connect(imports_.get(), &SubjectImport::profiles_read, [&](const std::vector<MappingProfile>& all) { profiles = all; });
  imports_->save_profile(preview->profile, "网店/清单");
  ASSERT_TRUE(until([&] { return !profiles.empty() || failed; }));
  ASSERT_FALSE(profiles.empty()) << failed->what;
  EXPECT_EQ(profiles.front().name, "网店/清单");
  EXPECT_EQ(profiles.front().columns, preview->profile.columns);
  std::optional<ImportResult> result;
  int told = 0;
  QObject::connect(imports_.get(), &SubjectImport::progressed, [&] { ++told; });
  QObject::connect(imports_.get(), &SubjectImport::finished, [&](const ImportResult& one) { result = one; });
  imports_->start(file, preview->profile);
  EXPECT_TRUE(imports_->running());
  ASSERT_TRUE(until([&] { return result || failed; }));
  ASSERT_TRUE(result) << failed->what;
  EXPECT_EQ(result->counts.added, 2);
  EXPECT_EQ(result->counts.added + result->counts.merged + result->counts.dropped, result->counts.rows);
  EXPECT_GT(told, 0);
  ASSERT_TRUE(until([&] { return desk_->index().behind == 0 && ask("桌面导入").size() == 2; })) << "the index follows by itself";
  std::optional<std::vector<RowNote>> notes;
  QObject::connect(imports_.get(), &SubjectImport::noted, [&](qint64, const std::vector<RowNote>& all) { notes = all; });
  imports_->ask_notes(result->batch);
  ASSERT_TRUE(until([&] { return notes || failed; }));
  EXPECT_TRUE(std::any_of(notes->begin(), notes->end(), [](const RowNote& note) { return note.name.find("导入二") != std::string::npos; })) << "its spaces were cut off";
  QSignalSpy back(imports_.get(), &SubjectImport::taken_back);
  imports_->undo(result->batch);
  ASSERT_TRUE(back.count() > 0 || back.wait(kPatience));
  EXPECT_TRUE(ask("桌面导入").empty());
  ASSERT_TRUE(until([&] { return desk_->lists().count == 326; }));
  imports_->preview(options_.home / "none.csv", {});
  ASSERT_TRUE(until([&] { return failed.has_value(); }));
  EXPECT_EQ(failed->kind, ErrorKind::NotFound);
}

TEST_F(SubjectDeskTest, settings_of_the_library_are_kept_within_the_law) {
  EXPECT_EQ(told<void>([&](auto heard) { desk_->set_cycle({46, 7}, desk_.get(), heard); }).error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(told<void>([&](auto heard) { desk_->set_cycle({40, 5}, desk_.get(), heard); }));
  ASSERT_TRUE(until([this] { return desk_->lists().cycle == RefreshCycle{40, 5}; }));
  const auto unit = told<std::int64_t>([&](auto heard) { desk_->put_unit({0, "练习专科", "Z1"}, desk_.get(), heard); });
  ASSERT_TRUE(unit);
  auto rules = desk_->lists().rules;
  rules.push_back({0, "", "", "练习商城", *unit});
  ASSERT_TRUE(told<void>([&](auto heard) { desk_->set_rules(rules, desk_.get(), heard); }));
  ASSERT_TRUE(until([this, &rules] { return desk_->lists().rules.size() == rules.size(); }));
  EXPECT_EQ(desk_->proposed_unit("880000", "", "练习商城"), *unit);
  EXPECT_EQ(desk_->unit_name(*unit), "练习专科");
}

// A library whose key is lost says so and does not begin a new one over it.
TEST(KeyFile, is_made_once_and_held_to_its_form) {
  QTemporaryDir folder;
  const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "private" / "library.key";
  const auto first = key_file(file);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->size(), 32u);
  const auto second = key_file(file);
  ASSERT_TRUE(second);
  EXPECT_TRUE(*first == *second);
  EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms::others_read, std::filesystem::perms::none);
  std::filesystem::permissions(file, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  EXPECT_EQ(key_file(file).error().kind, ErrorKind::Denied);
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  ASSERT_TRUE(write_text(file, "short"));
  EXPECT_EQ(key_file(file).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(read_text(file).value(), "short") << "left as it is";
}

}  // namespace
}  // namespace guzheng
