// 设备与介质登记: place, safe, out and in, by whom; nothing is lost and nothing is out twice.
#include "core/site/inventory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/site/site_folder.h"

namespace guzheng {
namespace {

Thing phone(const std::string& asset) {
  Thing thing;
  thing.asset = asset;
  thing.name = "练习机 X1";
  thing.serial = "SN-" + asset;
  return thing;
}

TEST(Inventory, brought_in_taken_out_brought_back) {
  const test::SiteFolder folder;
  const auto book = folder.book();
  const auto entered = enter_thing(*book, phone("固-001"), "保密柜 2", "王甲 执法-01", {1'000}).value();
  EXPECT_EQ(entered.last.act, MoveAct::In);
  EXPECT_EQ(entered.last.place, "保密柜 2");
  const auto out = move_thing(*book, entered.id, {{2'000}, MoveAct::Out, "李乙 执法-02", "现场", "取证"}).value();
  EXPECT_EQ(out.last.act, MoveAct::Out);
  ASSERT_TRUE(move_thing(*book, entered.id, {{3'000}, MoveAct::In, "李乙 执法-02", "保密柜 3", ""}));
  const auto things = read_things(*folder.book()).value();
  ASSERT_EQ(things.size(), 1u);
  EXPECT_EQ(things[0].serial, "SN-固-001");
  EXPECT_EQ(things[0].entered_by, "王甲 执法-01");
  EXPECT_EQ(things[0].last.place, "保密柜 3");
  const auto moves = moves_of(*book, entered.id).value();
  ASSERT_EQ(moves.size(), 3u);
  EXPECT_EQ(moves[0].at.ms, 3'000);
  EXPECT_EQ(moves[1].who, "李乙 执法-02");
  EXPECT_EQ(moves[1].why, "取证");
  EXPECT_EQ(moves[2].who, "王甲 执法-01");
}

TEST(Inventory, what_is_not_so_is_refused) {
  const test::SiteFolder folder;
  const auto book = folder.book();
  const auto thing = enter_thing(*book, phone("A"), "柜", "王甲", {1}).value();
  EXPECT_EQ(enter_thing(*book, phone("A"), "柜", "王甲", {2}).error().kind, ErrorKind::Exists);
  EXPECT_EQ(move_thing(*book, thing.id, {{2}, MoveAct::In, "王甲", "柜", ""}).error().kind, ErrorKind::Invalid) << "it is in";
  EXPECT_EQ(move_thing(*book, thing.id, {{2}, MoveAct::Out, "王甲", "现场", ""}).error().kind, ErrorKind::Invalid) << "what for?";
  EXPECT_EQ(move_thing(*book, thing.id, {{2}, MoveAct::Out, "", "现场", "取证"}).error().kind, ErrorKind::Invalid) << "who?";
  EXPECT_EQ(move_thing(*book, thing.id + 1, {{2}, MoveAct::Out, "王甲", "现场", "取证"}).error().kind, ErrorKind::NotFound);
  auto nameless = phone("B");
  nameless.name.clear();
  EXPECT_EQ(enter_thing(*book, nameless, "柜", "王甲", {2}).error().kind, ErrorKind::Invalid);
  auto numberless = phone("B");
  numberless.serial.clear();
  EXPECT_EQ(enter_thing(*book, numberless, "柜", "王甲", {2}).error().kind, ErrorKind::Invalid);
  numberless.kind = ThingKind::Medium;
  EXPECT_TRUE(enter_thing(*book, numberless, "柜", "王甲", {2})) << "a disc may have no serial number";
  EXPECT_EQ(moves_of(*book, thing.id)->size(), 1u) << "what was refused left nothing";
}

// Two desks over one book: one phone cannot be taken out by both.
TEST(Inventory, taken_out_by_one_of_two) {
  const test::SiteFolder folder;
  const auto id = enter_thing(*folder.book(), phone("A"), "柜", "王甲", {1})->id;
  std::atomic<int> got{0};
  std::vector<std::thread> desks;
  for (int i = 0; i < 4; ++i)
    desks.emplace_back([&] { got += move_thing(*folder.book(), id, {{2}, MoveAct::Out, "王甲", "现场", "取证"}) ? 1 : 0; });
  for (auto& desk : desks) desk.join();
  EXPECT_EQ(got, 1);
}

}  // namespace
}  // namespace guzheng
