// 并行取证: several scripted phones under one order (A-7.3e).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "core/base/file.h"
#include "core/seal/late_stamps.h"
#include "core/compare/read_group.h"
#include "core/seal/review.h"
#include "core/session/group_session.h"
#include "core/session/step_gate.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kList = R"(<hierarchy><node text="" class="v" bounds="[0,0][640,1280]">
  <node text="" class="row" clickable="true" resource-id="row" bounds="[0,100][640,300]"><node text="降糖茶" class="t" bounds="[20,120][300,160]"/></node>
  <node text="" class="row" clickable="true" resource-id="row" bounds="[0,300][640,500]"><node text="护眼贴" class="t" bounds="[20,320][300,360]"/></node>
  <node text="" class="button" clickable="true" content-desc="购物车" bounds="[560,0][640,80]"/>
  <node text="" class="button" clickable="true" resource-id="back" bounds="[0,0][80,80]"/></node></hierarchy>)";
// the same goods in another order
constexpr const char* kTurned = R"(<hierarchy><node text="" class="v" bounds="[0,0][640,1280]">
  <node text="" class="row" clickable="true" resource-id="row" bounds="[0,100][640,300]"><node text="护眼贴" class="t" bounds="[20,120][300,160]"/></node>
  <node text="" class="row" clickable="true" resource-id="row" bounds="[0,300][640,500]"><node text="降糖茶" class="t" bounds="[20,320][300,360]"/></node></node></hierarchy>)";
constexpr const char* kLogin = R"(<hierarchy><node text="请登录" class="t" bounds="[0,0][640,1280]"/></hierarchy>)";

TEST(UiElement, IsWhatIsNamedUnderTheFinger) {          // A-7.3e
  const auto tea = element_at(kList, 500, 200).value();
  ASSERT_TRUE(tea) << "the row takes the tap, its text names it";
  EXPECT_EQ(tea->element.text, "降糖茶");
  EXPECT_EQ(element_at(kList, 30, 130).value()->element.text, "降糖茶");
  EXPECT_EQ(element_at(kList, 600, 40).value()->element.description, "购物车");
  EXPECT_EQ(element_at(kList, 40, 40).value()->element.resource_id, "back");
  EXPECT_FALSE(element_at(kList, 300, 1000).value()) << "nothing there is named";
  EXPECT_FALSE(element_at("<nothing", 1, 1));
  EXPECT_EQ(page_screen(kList).value().bottom, 1280);
}

TEST(UiElement, IsFoundElsewhereByWhatItSays) {
  const auto tea = element_at(kList, 500, 200).value()->element;
  EXPECT_EQ(find_element(kTurned, tea).value()->bounds.top, 320) << "wherever it stands";
  EXPECT_FALSE(find_element(kLogin, tea).value());
  const std::string twice = std::string(kList).replace(std::string(kList).find("护眼贴"), std::string("护眼贴").size(), "降糖茶");
  EXPECT_FALSE(find_element(twice, tea).value()) << "nobody can say which of two";
  const auto second = element_at(twice, 500, 400).value()->element;
  EXPECT_EQ(second.count, 2);
  EXPECT_EQ(find_element(twice, second).value()->bounds.top, 320);
}

TEST(StepGate, LetsNobodyGoBeforeAllAreThere) {
  const SystemClock clock;
  StepGate gate(3, 30s, clock, {});
  std::atomic<int> at_step{0};
  std::vector<std::thread> members;
  std::atomic<bool> apart{false};
  for (std::size_t i = 0; i < 3; ++i)
    members.emplace_back([&, i] {
      for (int step = 0; step < 50; ++step) {
        ASSERT_TRUE(gate.arrive(i));
        // everybody passed the gate before this one: 3·step arrivals are behind us
        if (at_step.load() < 3 * step) apart = true;
        ++at_step;
      }
      gate.leave(i);
    });
  for (auto& member : members) member.join();
  EXPECT_FALSE(apart);
  EXPECT_EQ(at_step, 150);
}

TEST(StepGate, LeavesALaggardBehindAndTellsWho) {
  std::vector<std::size_t> late;
  const SystemClock clock;
  StepGate gate(2, 20ms, clock, [&](std::size_t who) { late.push_back(who); });
  EXPECT_TRUE(gate.arrive(0));
  EXPECT_THAT(late, testing::ElementsAre(1u));
  EXPECT_TRUE(gate.arrive(0)) << "nobody waits for it any more";
  EXPECT_FALSE(gate.arrive(1));
}

class GroupTest : public testing::Test {
 protected:
  std::shared_ptr<FakeLink> phone(const std::string& serial, const std::string& page = kList) {
    auto fake = training_phone();
    fake.serial = serial;
    fake.hierarchy = page;
    links.push_back(std::make_shared<FakeLink>(fake));
    return links.back();
  }
  std::unique_ptr<GroupSession> start(GroupOptions options = {}) {
    std::vector<SessionSetup> setups;
    for (auto& link : links) setups.push_back(desk.setup(link));
    if (!options.on_stopped) options.on_stopped = [this](int member, const std::string& why) { stopped[member] = why; };
    auto begun = GroupSession::start(std::move(setups), std::move(options));
    EXPECT_TRUE(begun) << begun.error().what;
    return std::move(*begun);
  }
  static Script steps(const std::string& json) {
    return parse_script(R"({"schema":"guzheng-script/1","name":"并行","order":{"reason":"投诉"},"steps":[)" + json + "]}").value();
  }
  Json attached(const MemberResult& member, const char* name) const {
    return parse_json(read_text(member.package->folder / "data/attach" / (std::string(name) + ".json")).value()).value();
  }
  static int taps(const FakeLink& link) {
    int count = 0;
    for (const auto& message : link.sent())
      if (const auto* touch = std::get_if<TouchEvent>(&message)) count += touch->action == TouchAction::Down;
    return count;
  }
  Temporary root;
  Desk desk{root.path()};
  std::vector<std::shared_ptr<FakeLink>> links;
  std::map<int, std::string> stopped;
};

TEST_F(GroupTest, OneOrderAPackageEachAndARecordBesideEach) {      // A-7.3e
  phone("P-ONE");
  phone("P-TWO", kTurned);
  auto group = start();
  std::mutex mutex;
  std::vector<std::pair<std::size_t, int>> order;
  group->run_script(steps(R"({"do":"tap","text":"降糖茶"},{"do":"capture","kind":"violation","title":"降糖茶","proves":"价格"})"),
                    [&](int member, std::size_t step, const ScriptStep&) {
                      const std::lock_guard lock(mutex);
                      order.emplace_back(step, member);
                    });
  ASSERT_EQ(order.size(), 4u);
  EXPECT_LT(order[1].first, order[2].first) << "both did the first step before either did the second";
  const auto out = group->end("只有一页");
  ASSERT_TRUE(out.recorded) << out.record_error;
  ASSERT_EQ(out.members.size(), 2u);
  for (const auto& member : out.members) {
    ASSERT_TRUE(member.package) << member.unsealed;
    EXPECT_EQ(member.stopped, "");
    const auto said = attached(member, "order")["group"];
    EXPECT_EQ(text_at(said, "id"), out.group);
    EXPECT_EQ(said["member"], member.number);
    EXPECT_EQ(said["phones"], Json({"P-ONE", "P-TWO"}));
    const auto verified = verify(member.package->folder, desk);
    EXPECT_EQ(verified.verdict, Verdict::Practice) << damage_of(verified);
    EXPECT_EQ(verified.group.members, 2);
    ASSERT_EQ(verified.group.rows.size(), 2u);
    EXPECT_EQ(verified.group.rows[static_cast<std::size_t>(2 - member.number)].state, "here");
    EXPECT_THAT(bodies(journal_of(member.package->folder), "note"), Contains(HasSubstr("并行取证步骤 2/2：capture")));
  }
  EXPECT_NE(out.members[0].package->id, out.members[1].package->id);
  EXPECT_EQ(read_text(folder_beside(out.members[0].package->folder, "group") / "group.json").value(),
            read_text(folder_beside(out.members[1].package->folder, "group") / "group.json").value());
}

// A-7.3e: different places and accounts, as the officer says, each in its own journal; and who reads one member's package for a comparison reads the others.
TEST_F(GroupTest, SaysWhosePhoneEachIs) {
  phone("P-ONE");
  phone("P-TWO");
  GroupOptions options;
  options.places = {"练习市一区", ""};
  options.accounts = {"新用户"};
  auto group = start(options);
  const auto out = group->end("试验");
  EXPECT_THAT(bodies(journal_of(out.members[0].package->folder), "note"), Contains(HasSubstr("本机所在地：练习市一区；账号：新用户（取证人员填写）")));
  EXPECT_THAT(bodies(journal_of(out.members[1].package->folder), "note"), testing::Not(Contains(HasSubstr("取证人员填写"))));
  const auto &one = out.members[0].package->folder, &two = out.members[1].package->folder;
  EXPECT_EQ(other_members(one, nullptr), std::vector<std::string>{out.members[1].package->id});
  EXPECT_EQ(other_members(two, nullptr), std::vector<std::string>{out.members[0].package->id});
  std::filesystem::rename(two, two.string() + "-away");
  EXPECT_THAT(other_members(one, nullptr), IsEmpty()) << "what is not there is not opened";
}

TEST_F(GroupTest, AMemberThatIsLostOrExchangedIsTold) {
  phone("P-ONE");
  phone("P-TWO");
  auto group = start();
  const auto out = group->end("没有取");
  ASSERT_TRUE(out.recorded);
  const auto &one = out.members[0].package->folder, &two = out.members[1].package->folder;
  std::filesystem::rename(two, two.string() + "-away");
  auto alone = verify(one, desk);
  EXPECT_EQ(alone.verdict, Verdict::Practice) << "whole by itself: " << damage_of(alone);
  EXPECT_EQ(alone.group.rows[1].state, "absent");
  std::filesystem::copy(one, two, std::filesystem::copy_options::recursive);      // some package under that name
  alone = verify(one, desk);
  EXPECT_EQ(alone.verdict, Verdict::Damaged);
  EXPECT_EQ(alone.damage.at(0).rule, "group.member");
}

TEST_F(GroupTest, AMemberThatFailsStopsAloneAndKeepsItsPage) {
  phone("P-ONE");
  phone("P-TWO", kLogin);
  phone("P-THREE", kTurned);
  auto group = start();
  group->run_script(steps(R"({"do":"tap","text":"降糖茶","limit_ms":1},{"do":"capture","kind":"violation","title":"降糖茶","proves":"价格"})"));
  EXPECT_TRUE(group->goes_on(1));
  EXPECT_FALSE(group->goes_on(2));
  EXPECT_TRUE(group->goes_on(3));
  EXPECT_THAT(stopped[2], HasSubstr("第 1 步"));
  const auto out = group->end("试验");
  ASSERT_TRUE(out.members[1].package);
  EXPECT_THAT(out.members[1].package->incomplete, Contains(HasSubstr("本机停止")));
  EXPECT_THAT(bodies(journal_of(out.members[1].package->folder), "note"), Contains(HasSubstr("其余手机继续")));
  EXPECT_EQ(attached(out.members[1], "values")["items"].size(), 1u) << "the page it stopped at";
  EXPECT_EQ(text_at(attached(out.members[2], "values")["items"][0], "title"), "降糖茶");
}

TEST_F(GroupTest, AMemberThatLagsIsLeftBehind) {
  phone("P-ONE");
  phone("P-TWO", kLogin);
  GroupOptions options;
  options.lag = 300ms;
  auto group = start(options);
  group->run_script(steps(R"({"do":"wait","text":"降糖茶","limit_ms":3000},{"do":"note","text":"第二步"})"));
  EXPECT_TRUE(group->goes_on(1));
  EXPECT_THAT(group->stopped(2), HasSubstr("没有跟上"));
  const auto out = group->end("试验");
  EXPECT_THAT(bodies(journal_of(out.members[0].package->folder), "note"), Contains(HasSubstr("第二步")));
  EXPECT_THAT(bodies(journal_of(out.members[1].package->folder), "note"), testing::Not(Contains(HasSubstr("第二步"))));
}

TEST_F(GroupTest, AMemberThatDoesNotStartIsNamedWithItsReason) {
  phone("P-ONE");
  auto dead = phone("P-TWO");
  dead->cut();
  auto group = start();
  EXPECT_EQ(group->session(2), nullptr);
  EXPECT_THAT(stopped[2], HasSubstr("没有开始"));
  const auto out = group->end("试验");
  ASSERT_TRUE(out.recorded) << out.record_error;
  EXPECT_FALSE(out.members[1].package);
  const auto verified = verify(out.members[0].package->folder, desk);
  EXPECT_EQ(verified.verdict, Verdict::Practice) << damage_of(verified);
  EXPECT_EQ(verified.group.rows.at(1).state, "unsealed");
  EXPECT_THAT(verified.group.rows[1].reason, HasSubstr("没有开始"));
}

// One picture and then none: it does not begin, and yet what it recorded is evidence. It is sealed at once, and the record names it.
TEST_F(GroupTest, WhatAMemberRecordedThatDidNotBeginIsSealedAndNamed) {
  phone("P-ONE");
  auto fake = training_phone();
  fake.serial = "P-TWO";
  fake.hierarchy = kList;
  fake.end_after_packets = 2;              // how the codec is set up, and one picture
  links.push_back(std::make_shared<FakeLink>(fake));
  auto group = start();
  EXPECT_EQ(group->session(2), nullptr);
  EXPECT_THAT(stopped[2], HasSubstr("没有开始"));
  EXPECT_TRUE(desk.vault->unfinished().value().empty()) << "nothing is left for a recovery that the record could not know of";
  const auto out = group->end("试验");
  ASSERT_TRUE(out.recorded) << out.record_error;
  ASSERT_TRUE(out.members[1].package) << out.members[1].unsealed;
  EXPECT_THAT(out.members[1].stopped, HasSubstr("没有开始"));
  for (const auto& member : out.members) {
    const auto verified = verify(member.package->folder, desk);
    EXPECT_THAT(verified.damage, IsEmpty()) << damage_of(verified);
    EXPECT_EQ(verified.group.rows.at(1).package, out.members[1].package->id);
  }
  EXPECT_THAT(out.members[1].package->incomplete, testing::Not(IsEmpty()));
}

// What a killed program leaves: sealed members without their record.
TEST_F(GroupTest, ARecordThatMissesIsMadeLater) {
  phone("P-ONE");
  phone("P-TWO");
  phone("P-THREE")->cut();
  auto group = start();
  const auto out = group->end("试验");
  ASSERT_TRUE(out.recorded);
  const auto &one = out.members[0].package->folder, &two = out.members[1].package->folder;
  const auto complete = [&](const std::vector<std::filesystem::path>& bags, const std::map<int, std::string>& reasons, std::size_t officer = 0) {
    return complete_group(bags, reasons, nullptr, *desk.bureau.officers[officer], desk.bureau, desk.clock());
  };
  EXPECT_EQ(complete({one, two}, {}).error().kind, ErrorKind::Exists);
  const auto record = read_text(folder_beside(one, "group") / "group.json").value();
  std::filesystem::remove_all(folder_beside(two, "group"));
  ASSERT_TRUE(complete({one, two}, {})) << "where one has it the other gets the same";
  EXPECT_EQ(read_text(folder_beside(two, "group") / "group.json").value(), record);
  // signed before that member was sealed: beside it the record would make an honest package a damaged one
  std::filesystem::remove_all(folder_beside(two, "group"));
  auto other = record;
  other.replace(other.find(out.members[1].package->seal.fingerprint), 64, std::string(64, '0'));
  ASSERT_TRUE(write_text(folder_beside(one, "group") / "group.json", other));
  EXPECT_EQ(complete({one, two}, {}).error().kind, ErrorKind::Invalid);
  EXPECT_FALSE(std::filesystem::exists(folder_beside(two, "group")));
  for (const auto& bag : {one, two}) std::filesystem::remove_all(folder_beside(bag, "group"));
  EXPECT_THAT(verify(one, desk).incomplete, Contains("并行取证缺组记录"));
  EXPECT_THAT(complete({one, two}, {}).error().what, HasSubstr("member 3"));
  EXPECT_EQ(complete({one, one}, {{2, "x"}, {3, "x"}}).error().kind, ErrorKind::Invalid) << "the same twice";
  EXPECT_EQ(complete({one, two}, {{3, "没有连上"}}, 1).error().kind, ErrorKind::Denied) << "another officer";
  ASSERT_TRUE(complete({one, two}, {{3, "没有连上"}}));
  for (const auto& bag : {one, two}) {
    const auto verified = verify(bag, desk);
    EXPECT_EQ(verified.verdict, Verdict::Practice) << damage_of(verified);
    EXPECT_EQ(verified.group.rows.at(2).reason, "没有连上");
  }
}

// No authority answered when the record was written: its stamp comes late, beside each member by itself (FORMAT.md 9.7).
TEST_F(GroupTest, ARecordWithoutAStampIsStampedLater) {      // A-7.4b
  phone("P-ONE");
  phone("P-TWO");
  auto group = start();
  const auto out = group->end("试验");
  ASSERT_TRUE(out.recorded && out.record_stamped);
  for (const auto& member : out.members) {
    const auto bag = member.package->folder, token = folder_beside(bag, "group") / "group.json.p7s.tsr";
    std::filesystem::remove(token);
    EXPECT_THAT(verify(bag, desk).incomplete, Contains("组记录待时间戳"));
    StampDesk later(desk.bureau, desk.clock());
    const auto came = fetch_late_stamps(bag, read_from_folder(bag), later).value();
    ASSERT_EQ(came.came.size(), 1u) << came.problem.what;
    EXPECT_EQ(came.came[0].of, StampOf::GroupRecord);
    EXPECT_EQ(came.came[0].path, "group/group.json.p7s.tsr");
    EXPECT_FALSE(std::filesystem::exists(folder_beside(bag, "group-making")));
    const auto verified = verify(bag, desk);
    EXPECT_EQ(verified.verdict, Verdict::Practice) << damage_of(verified);
    EXPECT_THAT(verified.incomplete, testing::Not(Contains("组记录待时间戳")));
  }
}

// Its bag will be recovered and sealed: a record that says it never was would shut it out for good.
TEST_F(GroupTest, NoRecordWhileAMemberIsNotSealedYet) {
  phone("P-ONE");
  phone("P-TWO");
  auto group = start();
  const auto id = group->session(2)->status().package_id;
  std::filesystem::remove(desk.vault->folder() / "open" / id / "data/attach/order.json");
  const auto out = group->end("试验");
  ASSERT_TRUE(out.members[0].package);
  ASSERT_FALSE(out.members[1].package);
  EXPECT_FALSE(out.recorded);
  EXPECT_THAT(out.record_error, HasSubstr("第 2 部手机"));
  EXPECT_FALSE(std::filesystem::exists(folder_beside(out.members[0].package->folder, "group")));
}

TEST_F(GroupTest, WhatIsNoGroupIsRefused) {
  const auto one = phone("P-ONE");
  const auto refused = [&](std::vector<SessionSetup> setups) { return GroupSession::start(std::move(setups), {}).error().kind; };
  EXPECT_EQ(refused({desk.setup(one)}), ErrorKind::Invalid);
  EXPECT_EQ(refused({desk.setup(one), desk.setup(one)}), ErrorKind::Invalid) << "the same phone twice";
  EXPECT_TRUE(desk.vault->list().value().empty());
}

TEST_F(GroupTest, AHandLeadsAndTheOthersFollowByElement) {      // A-7.3e
  auto one = phone("P-ONE"), two = phone("P-TWO", kTurned), three = phone("P-THREE", kLogin);
  auto group = start();
  group->capture({ItemKind::Violation, "列表", "排序", "公开", ""});
  const int before = taps(*one);
  // the first row's middle, in video pixels: half of the screen's
  const auto followed = group->tap(1, 250, 100);
  ASSERT_TRUE(followed) << followed.error().what;
  EXPECT_EQ(followed->element, "降糖茶");
  ASSERT_EQ(followed->differed.size(), 1u);
  EXPECT_THAT(followed->differed.at(3), HasSubstr("没有“降糖茶”"));
  EXPECT_FALSE(group->goes_on(3));
  const auto nothing = group->tap(1, 150, 500);
  EXPECT_EQ(nothing->element, "") << "nothing named, nothing tapped";
  const auto out = group->end("试验");
  EXPECT_EQ(taps(*one), before + 1);
  EXPECT_EQ(taps(*two), 1);
  EXPECT_EQ(taps(*three), 0);
  const auto sent = two->sent();
  const auto touch = std::find_if(sent.begin(), sent.end(), [](const auto& m) { return std::holds_alternative<TouchEvent>(m); });
  EXPECT_EQ(std::get<TouchEvent>(*touch).y, 170) << "its own place of it, in its own video pixels";
  const auto kept = attached(out.members[2], "values")["items"];
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(text_at(kept[1], "title"), "与领先手机不同的页面");
  EXPECT_EQ(group->tap(3, 1, 1).error().kind, ErrorKind::Invalid) << "who has stopped does not lead";
}

constexpr const char* kScroller = R"(<hierarchy><node class="v" bounds="[0,0][640,1280]">
  <node class="list" scrollable="true" resource-id="a:id/list" bounds="[0,100][640,1200]"/>
  <node class="strip" scrollable="true" resource-id="a:id/strip" bounds="[0,200][640,400]"/></node></hierarchy>)";
// the strip lies elsewhere and is half as wide
constexpr const char* kScrollerElsewhere = R"(<hierarchy><node class="v" bounds="[0,0][640,1280]">
  <node class="list" scrollable="true" resource-id="a:id/list" bounds="[0,100][640,1200]"/>
  <node class="strip" scrollable="true" resource-id="a:id/strip" bounds="[320,800][640,1000]"/></node></hierarchy>)";

std::vector<TouchEvent> touches(const FakeLink& link) {
  std::vector<TouchEvent> out;
  for (const auto& message : link.sent())
    if (const auto* touch = std::get_if<TouchEvent>(&message)) out.push_back(*touch);
  return out;
}

TEST_F(GroupTest, APinchIsDoneOnEveryPhoneAboutItsMiddle) {      // A-7.3e, A-8.3g
  auto one = phone("P-ONE", kScroller), two = phone("P-TWO", kScrollerElsewhere);
  auto group = start();
  group->capture({ItemKind::Violation, "列表", "排序", "公开", ""});
  const auto followed = group->drag(1, {{0, {150, 300}}, {40, {100, 300}}}, Fingers::Pinch);
  ASSERT_TRUE(followed) << followed.error().what;
  EXPECT_EQ(followed->by_element, (std::map<int, bool>{{2, false}})) << "what scrolls there does not matter to a pinch";
  const auto out = group->end("试验");
  for (const auto& link : {one, two}) {
    const auto fingers = touches(*link);
    ASSERT_EQ(fingers.size(), 6u);
    for (std::size_t i = 0; i < fingers.size(); i += 2) {
      EXPECT_EQ(fingers[i].action, fingers[i + 1].action);
      EXPECT_NE(fingers[i].pointer, fingers[i + 1].pointer);
      EXPECT_EQ(fingers[i].x + fingers[i + 1].x, fingers[i].width - 1);
      EXPECT_EQ(fingers[i].y + fingers[i + 1].y, fingers[i].height - 1);
    }
    EXPECT_EQ(fingers[0].x, 150);
    EXPECT_EQ(fingers[4].x, 100);
  }
}

TEST_F(GroupTest, ADragIsFollowedByElementOrInProportion) {      // A-7.3e
  auto one = phone("P-ONE", kScroller), two = phone("P-TWO", kScrollerElsewhere), three = phone("P-THREE", kLogin);
  auto group = start();
  group->capture({ItemKind::Violation, "列表", "排序", "公开", ""});
  // over the strip, in video pixels: half of the screen's
  const auto followed = group->drag(1, {{0, {300, 150}}, {40, {200, 150}}, {90, {20, 160}}});
  ASSERT_TRUE(followed) << followed.error().what;
  EXPECT_EQ(followed->element, "a:id/strip");
  EXPECT_EQ(followed->by_element, (std::map<int, bool>{{2, true}, {3, false}}));
  EXPECT_THAT(followed->lost, IsEmpty());
  for (const int number : {1, 2, 3}) EXPECT_TRUE(group->goes_on(number)) << "no page is wrong for that";
  EXPECT_EQ(group->drag(1, {{0, {1, 1}}}).error().kind, ErrorKind::Invalid);
  const auto out = group->end("试验");
  const auto first = touches(*one), second = touches(*two), third = touches(*three);
  ASSERT_EQ(first.size(), 4u);
  ASSERT_EQ(second.size(), 4u);
  EXPECT_EQ(first[0].x, 300);
  EXPECT_EQ(first[3].x, 20);
  EXPECT_EQ(first[3].action, TouchAction::Up);
  EXPECT_EQ(second[0].x, 160 + 300 / 2) << "within its own strip";
  EXPECT_EQ(second[0].y, 400 + 50);
  EXPECT_EQ(second[3].x, 160 + 20 / 2);
  EXPECT_EQ(third[0].x, 300) << "in proportion: screens of one size";
  EXPECT_EQ(third[3].y, 160);
  EXPECT_THAT(bodies(journal_of(out.members[1].package->folder), "note"), Contains(HasSubstr("按界面元素“a:id/strip”对应")));
  EXPECT_THAT(bodies(journal_of(out.members[2].package->folder), "note"), Contains(HasSubstr("按屏幕比例对应")));
}

TEST_F(GroupTest, WhatDidNotReachAPhoneIsCountedAndSaidInItsJournal) {      // A-7.2a A-7.3e
  phone("P-ONE");
  phone("P-TWO");
  auto group = start();
  EXPECT_THAT(group->input({KeyEvent{KeyAction::Down, kKeyBack, 0, 0}, KeyEvent{KeyAction::Up, kKeyBack, 0, 0}}), IsEmpty());
  ASSERT_TRUE(group->session(2)->pause("换人"));            // this one alone
  const auto lost = group->input({KeyEvent{KeyAction::Down, kKeyBack, 0, 0}, KeyEvent{KeyAction::Up, kKeyBack, 0, 0}});
  EXPECT_EQ(lost, (LostInputs{{2, 2}}));
  EXPECT_EQ(group->session(2)->status().inputs_dropped, 2u);
  const auto out = group->end("试验");
  EXPECT_THAT(bodies(journal_of(out.members[1].package->folder), "note"), Contains(HasSubstr("有 2 次操作没有送到本机")));
  EXPECT_THAT(bodies(journal_of(out.members[0].package->folder), "note"), testing::Not(Contains(HasSubstr("没有送到"))));
}

TEST_F(GroupTest, APauseAndALongPageAreForAll) {              // A-7.3b A-7.3e
  auto one = phone("P-ONE"), two = phone("P-TWO");
  auto group = start();
  EXPECT_EQ(group->pause("").size(), 2u) << "a pause needs its reason";
  EXPECT_THAT(group->pause("当事人到场"), IsEmpty());
  for (const int number : {1, 2}) EXPECT_EQ(group->session(number)->status().phase, SessionPhase::Paused);
  EXPECT_THAT(group->resume(), IsEmpty());
  for (const int number : {1, 2}) EXPECT_EQ(group->session(number)->status().phase, SessionPhase::Recording);
  std::mutex mutex;
  std::set<int> told;
  const auto pages = group->capture_long({ItemKind::Violation, "详情", "宣传", "公开", ""}, 3, [&](int member, int) {
    const std::lock_guard lock(mutex);
    told.insert(member);
    return true;
  });
  EXPECT_EQ(pages.size(), 2u);
  EXPECT_EQ(told, (std::set<int>{1, 2}));
  const auto out = group->end("试验");
  for (const auto& member : out.members) {
    EXPECT_THAT(bodies(journal_of(member.package->folder), "pause"), testing::ElementsAre(HasSubstr("当事人到场")));
    EXPECT_THAT(bodies(journal_of(member.package->folder), "note"), Contains(HasSubstr("长页取证“详情”")));
    const auto verified = verify(member.package->folder, desk);
    EXPECT_EQ(verified.verdict, Verdict::Practice) << damage_of(verified);
  }
}

}  // namespace
}  // namespace guzheng::test
