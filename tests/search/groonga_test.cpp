// A real Groonga behind TextSearch (core/search/groonga_search.h): the contract of all engines, and what an engine elsewhere can do to us. A-8.5.
// Run by tests/servers/with_servers.py groonga, which says in the environment where it is.
#include "core/search/groonga_search.h"

#include <cstdlib>

#include "core/search/groonga_words.h"
#include "tests/search/contract.h"

namespace guzheng {
namespace {

using test::TextContract;

std::string url() {
  const char* value = std::getenv("GUZHENG_GROONGA_URL");
  EXPECT_NE(value, nullptr) << "run this through tests/servers/with_servers.py groonga";
  return value == nullptr ? "http://127.0.0.1:9" : value;
}

// One database for all cases: each begins with an empty index.
class EngineMaker final : public test::TextMaker {
 public:
  EngineMaker() {
    const auto index = open_groonga_search({url(), {}}, 1);
    EXPECT_TRUE(index);
    const auto cleared = (*index)->clear();
    EXPECT_TRUE(cleared) << cleared.error().what;
  }
  Result<std::unique_ptr<TextSearch>> open(std::int64_t shape) override { return open_groonga_search({url(), {}}, shape); }
};
INSTANTIATE_TEST_SUITE_P(Groonga, TextContract, testing::Values([]() -> std::unique_ptr<test::TextMaker> { return std::make_unique<EngineMaker>(); }));

TEST(GroongaSearch, AnIndexOfAnotherShapeIsToldAndBegunAnew) {
  EngineMaker maker;
  ASSERT_TRUE((*maker.open(1))->apply({{{"a", 1, {"甲店"}}}, {}, 1}));
  const auto other = maker.open(2).value();
  EXPECT_EQ(other->state().error().kind, ErrorKind::Tampered);
  EXPECT_EQ(other->apply({{{"a", 2, {"甲店"}}}, {}, 2}).error().kind, ErrorKind::Tampered);
  ASSERT_TRUE(other->clear());
  EXPECT_EQ(other->state()->applied, 0);
  EXPECT_TRUE(other->apply({{{"a", 1, {"甲店"}}}, {}, 1}));
}

// A-8.5: a batch that was begun comes again after a kill of this program, and is there once
TEST(GroongaSearch, ABatchThatComesAgainIsThereOnce) {
  EngineMaker maker;
  const auto index = maker.open(1).value();
  ASSERT_TRUE(index->apply({{{"a", 1, {"甲店"}}}, {}, 1}));
  const auto client = GroongaClient::open({url(), {}}).value();
  // as a kill leaves it: documents are in, how far it came is not
  ASSERT_TRUE(client->load("GuzhengText", "[" + groonga_document({"b", 2, {"乙店"}}) + "," + groonga_document({"c", 3, {"丙店"}}) + "]", std::chrono::seconds(5)));
  const auto status = client->ask("status", {}, std::chrono::seconds(5)).value();
  const auto busy = [&](std::int64_t life) { return client->load("GuzhengTextState", R"([{"_key":"state","busy":1,"life":)" + std::to_string(life) + "}]", std::chrono::seconds(5)); };
  ASSERT_TRUE(busy(integer_at(status, "start_time")));
  EXPECT_EQ(index->state()->applied, 1);
  const auto done = index->apply({{{"b", 2, {"乙店"}}, {"c", 3, {"丙店"}}}, {}, 3});
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_EQ(index->search({"乙店"})->count, 1);
  EXPECT_EQ(index->state()->documents, 3);
  // the same in another life of the engine: what it had may be damaged
  ASSERT_TRUE(busy(integer_at(status, "start_time") - 5));
  EXPECT_EQ(index->state().error().kind, ErrorKind::Tampered);
  EXPECT_EQ(index->apply({{{"d", 4, {"丁店"}}}, {}, 4}).error().kind, ErrorKind::Tampered);
  ASSERT_TRUE(index->clear());
  EXPECT_TRUE(index->apply({{{"d", 4, {"丁店"}}}, {}, 4}));
}

TEST(GroongaSearch, AnEngineThatIsAwayIsSaid) {
  const auto index = open_groonga_search({"http://127.0.0.1:9", {}}, 1).value();
  EXPECT_EQ(index->search({"甲店"}).error().kind, ErrorKind::Network);
  EXPECT_EQ(index->apply({{}, {}, 1}).error().kind, ErrorKind::Network);
  EXPECT_EQ(index->state().error().kind, ErrorKind::Network);
}

}  // namespace
}  // namespace guzheng
