// Search finds exactly what a look at every row finds. A-5.2a, A-5.3b, A-5.4b
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>

#include "core/search/fold.h"
#include "core/registry/words_of_query.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::kOfficer;

struct Known {
  Subject subject;
  std::vector<Entry> entries;
};

std::vector<Known> all_of(const SubjectStore& store) {
  std::vector<Known> out;
  const auto subjects = store.page(0, 1'000'000).value();
  for (const auto& subject : subjects) out.push_back({subject, store.entries(subject.id).value()});
  return out;
}

std::vector<SubjectId> by_looking(const std::vector<Known>& all, const SubjectQuery& query) {
  std::vector<SubjectId> out;
  const auto words = query_words(query.text);
  for (const auto& one : all) {
    bool fits = fits_filter(query.filter, one.subject, one.entries);
    for (const auto& word : words) fits = fits && find_word(word, one.subject, one.entries);
    if (fits) out.push_back(one.subject.id);
  }
  return out;
}

std::vector<SubjectId> by_index(const SubjectStore& store, const SubjectQuery& query) {
  std::vector<SubjectId> out;
  EXPECT_TRUE(store.each_match(query, [&](SubjectId id) { out.push_back(id); return true; }));
  return out;
}

class RandomQuery {
 public:
  RandomQuery(const std::vector<Known>& all, unsigned seed) : all_(all), dice_(seed) {}
  SubjectQuery next() {
    SubjectQuery out;
    const int words = 1 + static_cast<int>(below(6) == 0);
    for (int i = 0; i < words; ++i) out.text += word(any()) + " ";
    if (below(2) == 0) filter(out.filter, any());
    return out;
  }

 private:
  std::size_t below(std::size_t n) { return dice_() % n; }
  const Known& any() { return all_[below(all_.size())]; }
  std::string piece(const std::string& folded, std::size_t most) {
    const std::size_t count = count_characters(folded);
    if (count == 0) return "";
    const std::size_t from = below(count), length = 1 + below(most);
    return std::string(first_characters(std::string_view(folded).substr(first_characters(folded, from).size()), length));
  }
  std::string word(const Known& known) {
    const Subject& s = known.subject;
    switch (below(7)) {
      case 0: return fold_code(s.credit_code).substr(0, 2 + below(17));
      case 1: return s.number.substr(0, 2 + below(14));
      case 2: return piece(fold_text(s.address), 6);
      case 3: return known.entries.empty() ? piece(fold_text(s.name), 4) : piece(fold_text(known.entries[0].name), 5);
      case 4: {
        std::string letters;
        const auto initials = initials_of(fold_text(s.name));
        for (std::size_t at = 0; at < initials.size(); ++at)
          if (initials[at] != '[') letters += initials[at];
          else letters += initials[at + 1 + below(initials.find(']', at) - at - 1)], at = initials.find(']', at);
        const std::size_t from = below(letters.size());
        return letters.substr(from, 2 + below(4));
      }
      case 5: return piece(fold_text(s.short_name.empty() ? s.name : s.short_name), 3);
      default: return piece(fold_text(s.name), 4);
    }
  }
  void filter(SubjectFilter& out, const Known& known) {
    const Subject& s = known.subject;
    if (below(2)) out.regions = {s.region.substr(0, 2 + 2 * below(3))};
    if (below(8) == 0)
      for (int city = 1; city < 14; ++city) out.regions.push_back("99" + std::string(city < 10 ? "0" : "") + std::to_string(city));
    if (below(4) == 0) out.kinds = {s.kind, SubjectKind::Branch};
    if (below(4) == 0) out.states = {s.state};
    if (below(5) == 0) out.industries = {s.industry.substr(0, std::array{1, 3, 4, 5}[below(4)])};
    if (below(5) == 0) out.categories = {s.category};
    if (below(5) == 0) out.units = {s.unit};
    if (below(6) == 0) out.sensitivities = {s.sensitivity};
    if (below(6) == 0 && !known.entries.empty()) out.platforms = {known.entries[0].platform};
    if (below(6) == 0 && !known.entries.empty()) out.entry_kinds = {known.entries[0].kind};
  }
  const std::vector<Known>& all_;
  std::mt19937 dice_;
};

// A-5.2a: whatever is asked, no row too few and none too many
TEST(Search, random_queries_equal_a_look_at_every_row) {
  const test::Library library;
  library.fill(4500);
  const auto all = all_of(*library.store);
  ASSERT_EQ(all.size(), 4500u) << "more than a block of the index";
  RandomQuery queries(all, 5);
  int found = 0, hits = 0;
  for (int i = 0; i < 1500; ++i) {
    const auto query = queries.next();
    const auto expected = by_looking(all, query);
    ASSERT_EQ(by_index(*library.store, query), expected) << query.text << filter_json(query).dump();
    found += !expected.empty();
    if (i % 10 != 0) continue;
    const auto answer = library.store->search(query).value();
    EXPECT_EQ(answer.count, std::min<std::int64_t>(static_cast<std::int64_t>(expected.size()), kCountCap)) << query.text;
    EXPECT_EQ(answer.capped, static_cast<std::int64_t>(expected.size()) > kCountCap);
    EXPECT_EQ(answer.hits.size(), std::min<std::size_t>(expected.size(), 50));
    EXPECT_EQ(answer.behind, 0);
    for (const auto& hit : answer.hits) {
      EXPECT_EQ(hit.matches.size(), query_words(query.text).size());
      ++hits;
    }
  }
  EXPECT_GT(found, 1000) << "queries that find nothing show little";
  EXPECT_GT(hits, 100);
}

SubjectRow named(const std::string& name) {
  SubjectRow row;
  row.subject.name = name;
  return row;
}

SubjectQuery asking(const std::string& text) {
  SubjectQuery query;
  query.text = text;
  return query;
}

std::vector<std::string> names_found(const SubjectStore& store, const std::string& text) {
  std::vector<std::string> out;
  const auto answer = store.search(asking(text)).value();
  for (const auto& hit : answer.hits) out.push_back(hit.subject.name);
  return out;
}

TEST(Search, which_field_and_where) {
  const test::Library library;
  SubjectRow row = named("青禾市重庆小面（练习）店");
  row.subject.credit_code = "92990101MA0000000T";
  row.subject.address = "青禾市城中区人和路 12 号";
  Entry entry;
  entry.name = "小面旗舰店";
  row.entries = {entry};
  const auto id = library.store->add(row, kOfficer).value();
  const auto match = [&](const std::string& text) { return library.store->search(asking(text)).value().hits.at(0).matches.at(0); };
  const auto part = [](const FieldMatch& m) { return m.text.substr(m.begin, m.end - m.begin); };
  EXPECT_EQ(match("小面练习店").field, Field::Name);
  EXPECT_EQ(part(match("小面练习店")), "小面（练习）店") << "punctuation counts for nothing, and is shown";
  EXPECT_EQ(part(match("面练习")), "面（练习");
  EXPECT_EQ(match("9299").field, Field::CreditCode);
  EXPECT_EQ(part(match("92990")), "92990");
  EXPECT_EQ(match("路12").field, Field::Address);
  EXPECT_EQ(part(match("路１２号")), "路 12 号");
  EXPECT_EQ(match("旗舰").field, Field::EntryName);
  EXPECT_EQ(match("旗舰").entry, 1);
  EXPECT_EQ(match("cqxm").field, Field::NameInitials);
  EXPECT_EQ(part(match("cqxm")), "重庆小面");
  EXPECT_EQ(part(match("zqxm")), "重庆小面") << "重 is read both ways";
  EXPECT_EQ(match("青").field, Field::Name);
  EXPECT_EQ(library.store->search(asking("旗")).value().count, 0) << "nor in names of entries";
  EXPECT_EQ(library.store->search(asking("青禾 9299 lxd")).value().hits.at(0).matches.size(), 3u);
  EXPECT_EQ(library.store->search(asking("人")).value().count, 0) << "one character is not looked for in addresses";
  EXPECT_EQ(library.store->search(asking("店青")).value().count, 0) << "nothing is found across two texts";
  EXPECT_EQ(library.store->get(id).value().name, row.subject.name);
}

// Letters, digits and characters in any order: fours of ASCII stand beside pairs in the index, and nothing may be found by one that the other would not find.
TEST(Search, letters_and_digits_among_characters) {
  const test::Library library;
  std::mt19937 dice(11);
  const std::array<std::string, 5> alphabet{"1", "0", "b", "青", "𠮷"};
  const auto text = [&](std::size_t most) {
    std::string out;
    for (std::size_t i = 0, count = 1 + dice() % most; i < count; ++i) out += alphabet[dice() % alphabet.size()];
    return out;
  };
  std::set<std::string> names;
  while (names.size() < 300) names.insert(text(9));
  for (const auto& name : names) {
    SubjectRow row = named(name);
    row.subject.address = text(9);
    ASSERT_TRUE(library.store->add(row, kOfficer));
  }
  const auto all = all_of(*library.store);
  int found = 0, of_fours = 0;
  for (int i = 0; i < 2000; ++i) {
    SubjectQuery query;
    query.text = text(7);
    const auto expected = by_looking(all, query);
    ASSERT_EQ(by_index(*library.store, query), expected) << query.text;
    found += !expected.empty();
    of_fours += !expected.empty() && query.text.size() >= 4 && query.text.size() == count_characters(query.text);
  }
  EXPECT_GT(found, 500);
  EXPECT_GT(of_fours, 30);
}

TEST(Search, awkward_texts) {
  const test::Library library;
  for (const auto* name : {"「引号\"与'星号*」（练习）", "ＡＢＣ数码（练习）", "𠮷野家（练习）", "〇〇七店（练习）", "x（练习）", "A AND B OR NOT（练习）"}) ASSERT_TRUE(library.store->add(named(name), kOfficer));
  EXPECT_EQ(names_found(*library.store, "引号\"与'星号*"), std::vector<std::string>{"「引号\"与'星号*」（练习）"});
  EXPECT_EQ(names_found(*library.store, "abc数码"), std::vector<std::string>{"ＡＢＣ数码（练习）"});
  EXPECT_EQ(names_found(*library.store, "𠮷野"), std::vector<std::string>{"𠮷野家（练习）"});
  EXPECT_EQ(names_found(*library.store, "〇七"), std::vector<std::string>{"〇〇七店（练习）"});
  EXPECT_EQ(names_found(*library.store, "and b"), std::vector<std::string>{"A AND B OR NOT（练习）"});
  EXPECT_EQ(library.store->search(asking("*\"()")).value().count, 6) << "nothing but punctuation asks for everything";
  EXPECT_EQ(library.store->search(asking("\x1e\x1d\x1c")).value().count, 6);
  EXPECT_EQ(library.store->search(asking("\xff\xfe")).error().kind, ErrorKind::Invalid);
}

TEST(Search, a_whole_name_comes_first_and_pages_hold_each_once) {
  const test::Library library;
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(library.store->add(named("鑫达商行" + std::to_string(i) + "（练习）"), kOfficer));
  ASSERT_TRUE(library.store->add(named("鑫达商行"), kOfficer));
  SubjectQuery query = asking("鑫达商行");
  query.limit = 10;
  std::vector<std::string> seen;
  for (;;) {
    const auto answer = library.store->search(query).value();
    EXPECT_EQ(answer.count, 31);
    if (answer.hits.empty()) break;
    if (query.after == 0) {
      EXPECT_EQ(answer.hits[0].subject.name, "鑫达商行");
    }
    for (const auto& hit : answer.hits) seen.push_back(hit.subject.name);
    query.after = answer.hits.back().subject.id;
  }
  EXPECT_EQ(seen.size(), 31u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 31u);
}

// counts are capped, and say so
TEST(Search, counts_stop_at_a_thousand) {
  const test::Library library;
  library.fill(1500);
  const auto answer = library.store->search(asking("练习")).value();
  EXPECT_EQ(answer.count, 1000);
  EXPECT_TRUE(answer.capped);
  EXPECT_EQ(answer.hits.size(), 50u);
  SubjectQuery region;
  region.filter.regions = {"9"};
  EXPECT_EQ(library.store->search(region).error().kind, ErrorKind::Invalid);
}

class RunningClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return {1}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return {now_ += 100}; }

 private:
  mutable std::atomic<std::int64_t> now_{0};
};

// while typing: what was found when patience ended, and that it did
TEST(Search, patience_ends_and_says_so) {
  test::Library library;
  library.fill(900);
  library.store.reset();
  const RunningClock clock;
  const auto store = SubjectStore::open(library.folder, test::library_key(), clock, {}).value();
  SubjectQuery query = asking("练习");
  query.patience_us = 10'000;
  const auto some = store->search(query).value();
  EXPECT_TRUE(some.unfinished);
  EXPECT_EQ(some.count, 101) << "100 µs a look: the first one beyond 10 ms";
  EXPECT_EQ(some.hits.size(), 50u);
  query.patience_us = 0;
  const auto all = store->search(query).value();
  EXPECT_FALSE(all.unfinished);
  EXPECT_EQ(all.count, 900);
}

// A-5.4b: with few and with many tagged, the index and the rows agree
TEST(Search, tags_and_text_together) {
  const test::Library library;
  library.fill(6000);
  const auto all = all_of(*library.store);
  const auto few = library.store->put_tag({0, "直播基地", "一号基地", 0}, kOfficer).value(), many = library.store->put_tag({0, "MCN 机构", "签约", 0}, kOfficer).value();
  std::vector<SubjectId> few_ids, many_ids;
  for (const auto& one : all) {
    if (one.subject.id % 41 == 0) few_ids.push_back(one.subject.id);
    if (one.subject.id % 2 == 0 || one.subject.id > 4500) many_ids.push_back(one.subject.id);
  }
  ASSERT_TRUE(library.store->tag_these(few_ids, few, true, kOfficer));
  ASSERT_TRUE(library.store->tag_these(many_ids, many, true, kOfficer));
  RandomQuery queries(all, 9);
  int found = 0;
  for (int i = 0; i < 300; ++i) {
    auto query = queries.next();
    if (i % 7 == 0) query.text.clear();
    if (i % 3 != 1) query.filter.tags.push_back(few);
    if (i % 3 != 0) query.filter.tags.push_back(many);
    std::vector<SubjectId> expected;
    for (const auto id : by_looking(all, query)) {
      const bool is_few = std::binary_search(few_ids.begin(), few_ids.end(), id), is_many = std::binary_search(many_ids.begin(), many_ids.end(), id);
      if ((i % 3 == 1 || is_few) && (i % 3 == 0 || is_many)) expected.push_back(id);
    }
    ASSERT_EQ(by_index(*library.store, query), expected) << i << " " << query.text << filter_json(query).dump();
    found += !expected.empty();
  }
  EXPECT_GT(found, 100);
}

// A-5.4b: while the index follows, and whatever it has of them, tags are what the library says
TEST(Search, tags_turned_at_random_are_found_as_they_are) {
  test::Library library;
  library.fill(1500);
  std::vector<std::int64_t> tags, batches;
  for (const auto* name : {"甲", "乙"}) tags.push_back(library.store->put_tag({0, "电商园区", name, 0}, kOfficer).value());
  const auto carried = [&](SubjectId id, std::int64_t tag) {
    const auto have = library.store->tags_of(id).value();
    return std::any_of(have.begin(), have.end(), [&](const Tag& one) { return one.id == tag; });
  };
  std::mt19937 dice(31);
  int found = 0;
  for (int round = 0; round < 40; ++round) {
    const auto tag = tags[dice() % 2];
    std::vector<SubjectId> ids;
    for (auto id = static_cast<SubjectId>(1 + dice() % 3); id <= 1500; id += static_cast<SubjectId>(1 + dice() % 3)) ids.push_back(id);
    switch (dice() % 5) {
      case 0:
        for (int i = 0; i < 5; ++i) ASSERT_TRUE(library.store->set_tag(ids[dice() % ids.size()], tag, dice() % 2 == 0, kOfficer));
        break;
      case 1:
        if (!batches.empty()) {
          ASSERT_TRUE(library.store->undo(batches.back(), kOfficer));
          batches.pop_back();
        }
        break;
      default: batches.push_back(library.store->tag_these(ids, tag, dice() % 3 != 0, kOfficer).value());
    }
    if (dice() % 8 == 0) library.fill(20, 2000 + static_cast<std::uint64_t>(round) * 20);
    if (dice() % 4 == 0) library.open();
    if (dice() % 2 == 0) library.follow();
    const auto all = all_of(*library.store);
    RandomQuery queries(all, static_cast<unsigned>(round));
    for (int i = 0; i < 4; ++i) {
      auto query = queries.next();
      std::vector<SubjectId> expected;
      query.filter.tags = i == 0 ? tags : std::vector<std::int64_t>{tags[static_cast<std::size_t>(i) % 2]};
      for (const auto id : by_looking(all, query))
        if (std::all_of(query.filter.tags.begin(), query.filter.tags.end(), [&](std::int64_t one) { return carried(id, one); })) expected.push_back(id);
      ASSERT_EQ(by_index(*library.store, query), expected) << round << " " << query.text;
      found += !expected.empty();
    }
  }
  EXPECT_GT(found, 60);
}

// A-5.3b
TEST(Search, grouped_by_main_product_category) {
  const test::Library library;
  library.fill(800);
  const auto all = all_of(*library.store);
  SubjectFilter filter;
  filter.kinds = {SubjectKind::Company};
  const auto groups = library.store->categories(filter).value();
  EXPECT_GT(groups.size(), 8u);
  for (const auto& [name, count] : groups) {
    SubjectQuery query;
    query.filter = filter;
    query.filter.categories = {name};
    EXPECT_EQ(count, static_cast<std::int64_t>(by_looking(all, query).size())) << name;
  }
}

TEST(Search, saved_filters_come_back_whole) {
  test::Library library;
  SubjectQuery query = asking("直播 茶叶");
  query.filter.kinds = {SubjectKind::Company, SubjectKind::SoleTrader};
  query.filter.states = {SubjectState::Open};
  query.filter.sensitivities = {Sensitivity::Internal};
  query.filter.regions = {"9901"};
  query.filter.industries = {"F52"};
  query.filter.categories = {"茶叶"};
  query.filter.units = {3};
  query.filter.entry_kinds = {EntryKind::LiveRoom};
  query.filter.platforms = {"练习直播"};
  query.filter.abnormal = true;
  query.filter.tags = {1, 2};
  ASSERT_TRUE(library.store->save_filter({"茶叶直播", query}, kOfficer));
  library.open();
  const auto saved = library.store->saved_filters().value();
  ASSERT_EQ(saved.size(), 1u);
  EXPECT_EQ(saved[0].query.text, query.text);
  EXPECT_EQ(saved[0].query.filter, query.filter);
  EXPECT_EQ(filter_from(Json{{"colour", Json::array()}}).error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(library.store->forget_filter("茶叶直播", kOfficer));
  EXPECT_EQ(library.store->forget_filter("茶叶直播", kOfficer).error().kind, ErrorKind::NotFound);
}

// The index follows: what it has not reached is not found, and every answer says how much that is.
TEST(Search, an_index_that_is_behind_says_so) {
  const test::Library library;
  auto session = library.store->begin_import("a.csv", kOfficer).value();
  for (std::uint64_t n = 0; n < 100; ++n) ASSERT_TRUE(session->add(practice_subject(1, n)));
  ASSERT_TRUE(session->commit_at("100"));
  EXPECT_EQ(library.store->page(0, 200).value().size(), 100u) << "can be browsed at once";
  EXPECT_EQ(library.store->search(asking("练习")).value().behind, 100);
  ASSERT_TRUE(library.store->follow(40));
  const auto half = library.store->search(asking("练习")).value();
  EXPECT_EQ(half.behind, 60);
  EXPECT_EQ(half.count, 40);
  // a subject by hand beside an import whose next rows have lower ids but are not committed yet
  ASSERT_TRUE(session->add(practice_subject(1, 100)));
  ASSERT_TRUE(library.store->add(named("手工登记（练习）"), kOfficer));
  library.store->follow().value();
  library.store->follow().value();
  ASSERT_TRUE(session->finish(""));
  library.follow();
  EXPECT_EQ(library.store->search(asking("练习")).value().count, 102);
}

}  // namespace
}  // namespace guzheng
