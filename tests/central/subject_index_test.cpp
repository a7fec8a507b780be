// The index of subjects on the server (core/central/subject_index.h) over the table `record`: what is found is what the table has, whatever happens to the index. A-5.2a, A-8.5.
#include "core/central/subject_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/central/schema.h"
#include "core/central/subject_texts.h"
#include "core/search/fts_search.h"
#include "core/search/text_scan.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

// An engine that can be away, or say that it is damaged.
class WeakEngine final : public TextSearch {
 public:
  WeakEngine(std::unique_ptr<TextSearch> real, std::optional<ErrorKind>& away) : real_(std::move(real)), away_(away) {}
  Status apply(const TextBatch& batch) override { return away_ ? Status(gone()) : real_->apply(batch); }
  Status clear() override { return away_ == ErrorKind::Network ? Status(gone()) : (away_.reset(), real_->clear()); }
  Result<TextAnswer> search(const TextQuestion& question) override { return away_ ? Result<TextAnswer>(gone()) : real_->search(question); }
  Result<TextState> state() override { return away_ ? Result<TextState>(gone()) : real_->state(); }
  Status settle(const std::function<bool()>& go_on) override { return real_->settle(go_on); }

 private:
  Failure gone() { return fail(*away_, "the engine is not well"); }
  const std::unique_ptr<TextSearch> real_;
  std::optional<ErrorKind>& away_;
};

class SubjectIndexTest : public testing::Test {
 protected:
  SubjectIndexTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-subjects-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    database_ = Database::open(folder_ / "central.sqlite", central_schema()).value();
    open();
  }
  ~SubjectIndexTest() override { fs::remove_all(folder_); }
  void open() {
    index_.reset();
    index_ = std::make_unique<SubjectIndex>(*database_, std::make_unique<WeakEngine>(open_fts_search(folder_ / "subjects.sqlite", kSubjectShape, clock_).value(), away_), nullptr);
  }
  void tell(const std::string& id, const std::string& name, bool gone = false, const std::string& kind = "subject", const std::string& unit = "甲局") {
    const auto version = std::get<std::int64_t>(database_->query("SELECT coalesce(max(version), 0) + 1 FROM record WHERE kind = ? AND id = ?", {kind, id})->at(0).at(0));
    const std::string body = Json{{"name", name}, {"kind", "company"}, {"state", "open"}, {"region", "330106"}, {"credit_code", "9133" + id}}.dump();
    ASSERT_TRUE(database_->run("INSERT OR REPLACE INTO record(kind, id, version, seq, unit, station, person, at, gone, body) VALUES(?,?,?,?,?,?,?,?,?,?)",
                               {kind, id, version, ++seq_, unit, std::string("LX-03"), std::string("甲"), std::int64_t{1}, std::int64_t{gone}, body}));
  }
  void follow() {
    for (;;) {
      const auto more = index_->follow();
      ASSERT_TRUE(more) << more.error().what;
      if (!*more) return;
    }
  }
  std::vector<std::string> found(const SubjectFind& find) {
    const auto answer = index_->search({find.words, subject_filter(find).value()});
    std::vector<std::string> out;
    if (answer)
      for (const auto& hit : answer->hits) out.push_back(hit.id);
    return out;
  }
  using Ids = std::vector<std::string>;

  const SystemClock clock_;
  fs::path folder_;
  std::unique_ptr<Database> database_;
  std::optional<ErrorKind> away_;
  std::unique_ptr<SubjectIndex> index_;
  std::int64_t seq_ = 0;
};

TEST_F(SubjectIndexTest, FollowsWhatIsTold) {
  tell("s1", "杭州甲店");
  tell("t1", "杭州", false, "tag");
  tell("s2", "杭州乙店", false, "subject", "乙局");
  follow();
  EXPECT_EQ(found({"杭州"}), (Ids{"s1", "s2"}));
  EXPECT_EQ(found({"杭州", "3301", "company", "open", "", "乙局"}), (Ids{"s2"}));
  EXPECT_EQ(found({"杭州", "", "", "open", "", "甲局"}), (Ids{"s1"}));
  EXPECT_EQ(found({"杭州", "", "", "revoked"}), Ids{});
  EXPECT_EQ(found({"9133s1"}), (Ids{"s1"}));
  tell("s1", "宁波甲店");
  tell("s2", "", true);
  tell("s3", "杭州丙店");
  tell("s3", "杭州丁店");
  follow();
  EXPECT_EQ(found({"杭州"}), (Ids{"s3"}));
  EXPECT_EQ(found({"甲店"}), (Ids{"s1"}));
  EXPECT_EQ(found({"丙店"}), Ids{});
  const auto standing = index_->standing().value();
  EXPECT_EQ(standing.index.applied, seq_);
  EXPECT_EQ(standing.newest, seq_);
  EXPECT_EQ(standing.index.documents, 2);
}

TEST_F(SubjectIndexTest, AnIndexThatIsGoneOrAheadIsMadeAnew) {
  tell("s1", "杭州甲店");
  tell("s2", "杭州乙店");
  follow();
  index_.reset();
  { std::ofstream(folder_ / "subjects.sqlite", std::ios::trunc) << "no index"; }
  for (const char* end : {"-wal", "-shm"}) fs::remove((folder_ / "subjects.sqlite").string() + end);
  open();
  EXPECT_EQ(found({"杭州"}), Ids{});
  follow();
  EXPECT_EQ(found({"杭州"}), (Ids{"s1", "s2"}));
  // the table of a backup: older than the index
  ASSERT_TRUE(database_->run("DELETE FROM record WHERE id = 's2'"));
  open();
  follow();
  EXPECT_EQ(found({"杭州"}), (Ids{"s1"}));
  index_->rebuild();
  follow();
  EXPECT_EQ(found({"杭州"}), (Ids{"s1"}));
}

TEST_F(SubjectIndexTest, AnEngineThatIsAwayIsCaughtUpWith) {
  tell("s1", "杭州甲店");
  follow();
  away_ = ErrorKind::Network;
  tell("s2", "杭州乙店");
  EXPECT_EQ(index_->follow().error().kind, ErrorKind::Network);
  EXPECT_EQ(index_->search({"杭州"}).error().kind, ErrorKind::Network);
  tell("s1", "宁波甲店");
  EXPECT_FALSE(index_->follow());
  away_.reset();
  follow();
  EXPECT_EQ(found({"杭州"}), (Ids{"s2"}));
  // one that says it is damaged is emptied, and followed from the beginning
  away_ = ErrorKind::Tampered;
  tell("s3", "杭州丙店");
  follow();
  EXPECT_EQ(found({"杭州"}), (Ids{"s2", "s3"}));
  EXPECT_EQ(found({"甲店"}), (Ids{"s1"}));
}

TEST_F(SubjectIndexTest, ItsThreadFollowsByItself) {
  index_->start();
  tell("s1", "杭州甲店");
  for (int i = 0; i < 600 && found({"杭州"}).empty(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(found({"杭州"}), (Ids{"s1"}));
  EXPECT_EQ(index_->standing()->trouble, "");
  index_->stop();
}

// Bodies come from stations of every version.
TEST(SubjectTexts, ABodyIsReadWithoutBelievingIt) {
  for (const std::string& body : {std::string("{}"), std::string("[]"), std::string("no JSON"), std::string("{\"name\":7,\"entries\":{\"1\":[]},\"unit\":[1],\"region\":\"３３\"}"), std::string("{\"entries\":[1,{\"name\":{}}]}"), std::string("\xff")}) {
    const auto document = subject_document("s1", 1, "甲局", body);
    EXPECT_TRUE(check_text_batch({{document}, {}, 1}, 0)) << body;
    EXPECT_TRUE(subject_shown(body).at("name").is_string());
  }
  std::string entries;
  for (int i = 0; i < 400; ++i) entries += (i == 0 ? "" : ",") + std::string("{\"name\":\"网店") + std::to_string(i) + "\"}";
  std::string large;
  for (int i = 0; i < 3000; ++i) large += "店";
  const auto document = subject_document("s1", 1, "甲局", R"({"name":")" + large + R"(","entries":[)" + entries + R"(],"unit":{"code":"U1","name":"西湖所"}})");
  EXPECT_TRUE(check_text_batch({{document}, {}, 1}, 0));
  EXPECT_EQ(document.names[0].size() % 3, 0u) << "cut between characters";
  const auto seen = [&](const SubjectFind& find) { return is_found({}, subject_filter(find).value(), document); };
  SubjectFind by_unit;
  for (const char* unit : {"U1", "西湖所"}) EXPECT_TRUE((by_unit.supervisor = unit, seen(by_unit))) << unit;
  by_unit.supervisor = "别的所";
  EXPECT_FALSE(seen(by_unit));
  EXPECT_FALSE(subject_filter({"", "33010"}));
  EXPECT_FALSE(subject_filter({"", "", "shop"}));
  EXPECT_FALSE(subject_filter({"", "", "", "x"}));
}

}  // namespace
}  // namespace guzheng
