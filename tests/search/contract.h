// What every TextSearch must do (core/search/text_search.h), whatever engine stands behind it. An engine's test instantiates TextContract with a maker.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/search/text_scan.h"

namespace guzheng::test {

// One index, empty at first; opened as often as it is asked for, one at a time.
class TextMaker {
 public:
  virtual ~TextMaker() = default;
  virtual Result<std::unique_ptr<TextSearch>> open(std::int64_t shape) = 0;
};

class TextContract : public testing::TestWithParam<std::unique_ptr<TextMaker> (*)()> {
 protected:
  TextContract() : maker_(GetParam()()) { open(); }
  void open(std::int64_t shape = 1) {
    index_.reset();
    auto opened = maker_->open(shape);
    ASSERT_TRUE(opened) << opened.error().what;
    index_ = std::move(*opened);
  }
  // Puts, with places that go on from the last one.
  void put(std::vector<TextDocument> documents, std::vector<std::string> gone = {}) {
    TextBatch batch;
    for (auto& one : documents) {
      one.place = ++place_;
      batch.put.push_back(one);
      scan_[one.id] = one;
    }
    for (const auto& id : gone) scan_.erase(id);
    batch.gone = std::move(gone);
    batch.applied = ++place_;
    const auto done = index_->apply(batch);
    ASSERT_TRUE(done) << done.error().what;
  }
  std::vector<std::string> found(const std::string& words, std::vector<std::vector<std::string>> marks = {}) {
    const auto answer = index_->search({words, std::move(marks)});
    EXPECT_TRUE(answer) << words << ": " << answer.error().what;
    std::vector<std::string> out;
    if (answer)
      for (const auto& hit : answer->hits) out.push_back(hit.id);
    return out;
  }
  // By plain reading, in the order of places.
  std::vector<TextHit> scanned(const TextQuestion& question) {
    const auto words = check_text_question(question);
    std::vector<TextHit> out;
    for (const auto& [id, document] : scan_)
      if (words && is_found(*words, question.marks, document)) out.push_back({id, document.place});
    std::sort(out.begin(), out.end(), [&](const TextHit& a, const TextHit& b) { return question.order == TextOrder::NewestFirst ? a.place > b.place : a.place < b.place; });
    return out;
  }

  using Ids = std::vector<std::string>;
  const std::unique_ptr<TextMaker> maker_;
  std::unique_ptr<TextSearch> index_;
  std::map<std::string, TextDocument> scan_;
  std::int64_t place_ = 0;
};

// A-5.2a: as the desk searches
TEST_P(TextContract, FindsWordsWhereTheyStand) {
  put({{"a", 0, {"北京市朝阳区ＡＢＣ商店（练习）", "朝阳小店"}, {"网店九号", "建国路12号"}, {"91330100MA2B1"}, {"r11", "k/open"}},
       {"b", 0, {"京北商贸"}, {"北京网店"}, {"91339900XX"}, {"r33", "k/open"}},
       {"c", 0, {"𠮷野家"}, {}, {}, {"r11"}}});
  EXPECT_EQ(found("北京"), (Ids{"a", "b"}));
  EXPECT_EQ(found("京"), (Ids{"a", "b"}));
  EXPECT_EQ(found("九"), Ids{}) << "one character is looked for in names";
  EXPECT_EQ(found("九号"), (Ids{"a"}));
  EXPECT_EQ(found("店"), (Ids{"a"}));
  EXPECT_EQ(found("网店"), (Ids{"a", "b"}));
  EXPECT_EQ(found("店朝阳"), Ids{}) << "nothing is found across two texts";
  EXPECT_EQ(found("abc"), (Ids{"a"}));
  EXPECT_EQ(found("Ａｂ"), (Ids{"a"}));
  EXPECT_EQ(found("商店练习"), (Ids{"a"})) << "punctuation is no part of a text";
  EXPECT_EQ(found("9133"), (Ids{"a", "b"}));
  EXPECT_EQ(found("913"), (Ids{"a", "b"}));
  EXPECT_EQ(found("91330100m"), (Ids{"a"}));
  EXPECT_EQ(found("91330100MA2B1"), (Ids{"a"}));
  EXPECT_EQ(found("330100"), Ids{}) << "a code is found by its beginning";
  EXPECT_EQ(found("𠮷野"), (Ids{"c"}));
  EXPECT_EQ(found("𠮷"), (Ids{"c"}));
  EXPECT_EQ(found("北京 九号"), (Ids{"a"}));
  EXPECT_EQ(found("北京　商贸"), (Ids{"b"}));
  EXPECT_EQ(found("", {{"r11"}}), (Ids{"a", "c"}));
  EXPECT_EQ(found("", {{"r11", "r33"}, {"k/open"}}), (Ids{"a", "b"}));
  EXPECT_EQ(found("", {{"r1"}}), Ids{}) << "a mark is found whole";
  EXPECT_EQ(found("").size(), 3u);
}

TEST_P(TextContract, WhatChangesIsFoundAsItIsNow) {
  put({{"a", 0, {"杭州甲店"}, {}, {"11"}, {"m"}}, {"b", 0, {"杭州乙店"}}, {"c", 0, {"杭州丙店"}}});
  put({{"a", 0, {"宁波甲店"}, {}, {"22"}, {"n"}}}, {"b", "never"});
  EXPECT_EQ(found("杭州"), (Ids{"c"}));
  EXPECT_EQ(found("甲店"), (Ids{"a"}));
  EXPECT_EQ(found("11"), Ids{});
  EXPECT_EQ(found("", {{"m"}}), Ids{});
  EXPECT_EQ(found("", {{"n"}}), (Ids{"a"}));
  put({{"b", 0, {"杭州乙店"}}});
  EXPECT_EQ(found("杭州"), (Ids{"c", "b"})) << "in the order of the newest change";
  EXPECT_EQ(index_->state()->documents, 3);
  EXPECT_EQ(index_->search({"杭州"})->count, 2);
}

TEST_P(TextContract, AFreshDocumentIsReplacedLikeAnyOther) {
  std::vector<TextDocument> many;
  for (int i = 0; i < 600; ++i) {
    many.push_back({"id-" + std::to_string(i), 0, {"杭州店"}});
    many.back().fresh = true;
  }
  put(many);
  put({{"id-7", 0, {"宁波店"}}}, {"id-8"});
  EXPECT_EQ(index_->search({"杭州"})->count, 598);
  EXPECT_EQ(found("宁波"), (Ids{"id-7"}));
  EXPECT_EQ(index_->state()->documents, 599);
}

TEST_P(TextContract, HowFarItCameIsKeptWithTheDocuments) {
  EXPECT_EQ(index_->state()->applied, 0);
  put({{"a", 0, {"甲店"}}});
  open();
  EXPECT_EQ(index_->state()->applied, place_);
  EXPECT_EQ(found("甲店"), (Ids{"a"}));
  EXPECT_EQ(index_->search({"甲店"})->applied, place_);
  ASSERT_TRUE(index_->settle([] { return true; }));
  open();
  EXPECT_EQ(index_->state()->applied, place_);
  ASSERT_TRUE(index_->clear());
  EXPECT_EQ(index_->state()->applied, 0);
  EXPECT_EQ(found("甲店"), Ids{});
  const auto again = index_->apply({{{"z", 1, {"乙店"}}}, {}, 1});
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(found("乙店"), (Ids{"z"}));
}

TEST_P(TextContract, RefusesWhatIsOutOfOrderAndDoesNothing) {
  put({{"a", 0, {"甲店"}}});
  const auto refuse = [&](const TextBatch& batch) {
    const auto done = index_->apply(batch);
    EXPECT_FALSE(done);
    if (!done) { EXPECT_EQ(done.error().kind, ErrorKind::Invalid) << done.error().what; }
  };
  refuse({{{"b", place_, {"乙店"}}}, {}, place_ + 1});
  refuse({{{"b", place_ + 2, {"乙店"}}}, {}, place_ + 1});
  refuse({{{"b", place_ + 2, {"乙店"}}, {"c", place_ + 1, {"乙店"}}}, {}, place_ + 5});
  refuse({{{"b", place_ + 1, {"乙店"}}, {"b", place_ + 2, {"乙店"}}}, {}, place_ + 5});
  refuse({{{"b", place_ + 1, {"乙店"}}}, {"b"}, place_ + 5});
  refuse({{{"", place_ + 1, {"乙店"}}}, {}, place_ + 5});
  refuse({{{"b", place_ + 1, {"\xff"}}}, {}, place_ + 5});
  refuse({{{"b", place_ + 1, {std::string(5000, 'x')}}}, {}, place_ + 5});
  refuse({{{"b", place_ + 1, {}, {}, {}, {"a mark"}}}, {}, place_ + 5});
  refuse({{{"b", place_ + 1, {}, {}, {}, {"a\"mark"}}}, {}, place_ + 5});
  refuse({{}, {}, place_});
  EXPECT_EQ(index_->state()->applied, place_);
  EXPECT_EQ(found("乙店"), Ids{});
  for (const TextQuestion& question : {TextQuestion{std::string(500, 'x')}, TextQuestion{"\xff\xfe"}, TextQuestion{"，。"}, TextQuestion{"", {{}}}, TextQuestion{"", {{"a\"b"}}}, TextQuestion{"", {}, TextOrder::OldestFirst, 0, 0},
                                       TextQuestion{"", {}, TextOrder::OldestFirst, 0, 100'000}, TextQuestion{"", {}, TextOrder::OldestFirst, -1}}) {
    const auto answer = index_->search(question);
    EXPECT_FALSE(answer);
    if (!answer) { EXPECT_EQ(answer.error().kind, ErrorKind::Invalid) << answer.error().what; }
  }
}

// a question is only ever a text, whatever language the engine speaks
TEST_P(TextContract, AQuestionCannotBeACommand) {
  put({{"a", 0, {"甲店 or 1=1"}, {}, {}, {"m"}}, {"b", 0, {"乙店"}, {}, {}, {"back\\slash"}}, {"c\"\\' || true", 0, {"丙店"}, {}, {}, {"$(x)||1"}}});
  for (const char* words : {"甲店\" || true || \"", "甲店\\", "\\\" || _id > 0 || \\\"", "甲店) OR (find", "\"乙店\" OR *", "NOT 乙", "* OR 乙店", "doc:乙店", "甲店&output_columns=_value", "甲店\n/d/table_remove?name=GuzhengText",
                            "query(\"names\",\"乙\")", "甲店'; DROP TABLE doc; --", "^甲", "乙店*", "{乙店}", "NEAR(甲 店)", "甲店 || 乙店"}) {
    const TextQuestion question{words};
    const auto answer = index_->search(question);
    if (!answer) {
      EXPECT_EQ(answer.error().kind, ErrorKind::Invalid) << words << ": " << answer.error().what;
      continue;
    }
    EXPECT_EQ(answer->hits, scanned(question)) << words;
  }
  for (const char* mark : {"\\", "m\\", "\\\\||true", "m)||(true", "m'||'1", "$(x)||1", "back\\slash", "true", "sub_filter(names,'true')", "*", "\\u0022||true", "m&&_id>0", "\\x22"}) {
    const TextQuestion question{"", {{mark}}};
    const auto answer = index_->search(question);
    ASSERT_TRUE(answer) << mark << ": " << answer.error().what;
    EXPECT_EQ(answer->hits, scanned(question)) << mark;
  }
  put({}, {"x\" || true || \"", "a\\", "\\"});
  EXPECT_EQ(index_->state()->documents, 3) << "an id to take out is only ever an id";
  put({}, {"c\"\\' || true"});
  EXPECT_EQ(index_->state()->documents, 2);
}

TEST_P(TextContract, CountsToTheCapAndSaysSo) {
  std::vector<TextDocument> many;
  for (int i = 0; i < kTextCountCap + 1; ++i) many.push_back({"id-" + std::to_string(i), 0, {"杭州店" + std::to_string(i)}});
  put(many);
  auto answer = index_->search({"杭州", {}, TextOrder::OldestFirst, 0, 3}).value();
  EXPECT_EQ(answer.count, kTextCountCap);
  EXPECT_TRUE(answer.capped);
  EXPECT_EQ(answer.hits.size(), 3u);
  put({}, {"id-7"});
  answer = index_->search({"杭州", {}, TextOrder::NewestFirst, answer.hits[2].place, 3}).value();
  EXPECT_EQ(answer.count, kTextCountCap) << "of all pages";
  EXPECT_FALSE(answer.capped);
  ASSERT_EQ(answer.hits.size(), 2u);
  EXPECT_EQ(answer.hits[0].id, "id-1");
}

// Every answer, in both orders and by pages, is what plain reading finds. Some hundred documents of few characters, so that much meets.
TEST_P(TextContract, FindsWhatPlainReadingFinds) {
  std::mt19937 random(20261128);
  const std::vector<std::string> letters{"北", "京", "商", "贸", "店", "网", "a", "b", "1", "9", "（", "·", "𠮷", "々", "Ｂ"};
  const std::vector<std::string> marks{"r11", "r1101", "r33", "k/a/open", "k/b/open", "u1"};
  const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
  const auto text = [&](std::size_t most) {
    std::string out;
    for (std::size_t i = pick(most + 1); i > 0; --i) out += letters[pick(letters.size())];
    return out;
  };
  const auto document = [&](int number) {
    TextDocument out{"s-" + std::to_string(number), 0, {text(8)}};
    if (pick(3) == 0) out.names.push_back(text(5));
    for (std::size_t i = pick(3); i > 0; --i) out.others.push_back(text(9));
    if (pick(2) == 0) out.codes.push_back((pick(2) == 0 ? "91" : "1A") + std::to_string(pick(2000)) + (pick(2) == 0 ? "AB1B9B" : ""));
    for (const auto& mark : marks)
      if (pick(2) == 0) out.marks.push_back(mark);
    return out;
  };
  for (int round = 0; round < 4; ++round) {
    std::vector<TextDocument> documents;
    Ids gone;
    for (int number = 0; number < 700; ++number)                 // the first of them as segments, later ones row by row
      if (round == 0 || pick(6) == 0) pick(5) != 0 ? documents.push_back(document(number)) : gone.push_back("s-" + std::to_string(number));
    put(documents, gone);
    for (int asked = 0; asked < 50; ++asked) {
      TextQuestion question;
      for (std::size_t i = pick(3); i > 0; --i) question.words += (pick(5) == 0 ? "91" + std::to_string(pick(30)) : text(pick(3) == 0 ? 2 : 4)) + ' ';
      for (std::size_t i = pick(3); i > 0; --i) question.marks.push_back({marks[pick(marks.size())], marks[pick(marks.size())]});
      question.order = pick(2) == 0 ? TextOrder::OldestFirst : TextOrder::NewestFirst;
      question.limit = 20;
      if (!check_text_question(question)) continue;
      const auto wanted = scanned(question);
      std::vector<TextHit> all;
      for (;;) {
        const auto answer = index_->search(question);
        ASSERT_TRUE(answer) << answer.error().what;
        ASSERT_EQ(answer->count, static_cast<std::int64_t>(wanted.size())) << question.words;
        all.insert(all.end(), answer->hits.begin(), answer->hits.end());
        if (answer->hits.size() < 20) break;
        question.after = answer->hits.back().place;
      }
      ASSERT_EQ(all, wanted) << question.words;
    }
  }
}

}  // namespace guzheng::test
