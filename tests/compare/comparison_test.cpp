// What several phones saw of the same page (A-7.3e).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/compare/align.h"
#include "core/compare/comparison.h"
#include "core/media/png.h"

namespace guzheng::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Good {
  std::string name, price, was;
};

// A list as apps draw it: cards in something that scrolls, in each a name, a row of prices, how many were sold.
std::string list_page(const std::vector<Good>& goods, const std::string& notice = "今日特价") {
  std::string out = R"(<hierarchy><node class="v" bounds="[0,0][720,1280]"><node text=")" + notice + R"(" resource-id="a:id/notice" bounds="[0,0][720,60]"/><node scrollable="true" bounds="[0,60][720,1280]">)";
  int top = 60;
  for (const auto& good : goods) {
    const auto box = [&](int from, int to) { return "bounds=\"[0," + std::to_string(top + from) + "][720," + std::to_string(top + to) + "]\""; };
    out += "<node class=\"card\" " + box(0, 200) + "><node text=\"" + good.name + "\" resource-id=\"a:id/name\" " + box(0, 60) + "/><node class=\"row\" " + box(60, 120) +
           "><node text=\"" + good.price + "\" resource-id=\"a:id/price\" " + box(60, 90) + "/><node text=\"" + good.was + "\" " + box(90, 120) + "/></node></node>";
    top += 200;
  }
  return out + "</node></node></hierarchy>";
}

Frame picture(std::uint32_t width, std::uint32_t height, std::uint8_t grey) {
  Frame frame;
  frame.width = width;
  frame.height = height;
  frame.stride = width * 4;
  frame.pixels = std::make_shared<const Bytes>(std::size_t{width} * height * 4, grey);
  return frame;
}
Frame painted(Frame frame, PageBox box, std::uint8_t grey) {
  Bytes pixels = *frame.pixels;
  for (int y = box.top; y < box.bottom; ++y)
    for (int x = box.left * 4; x < box.right * 4; ++x) pixels[static_cast<std::size_t>(y) * frame.stride + static_cast<std::size_t>(x)] = grey;
  frame.pixels = std::make_shared<const Bytes>(std::move(pixels));
  return frame;
}

SeenPage page(const std::string& xml, const std::string& title = "商品列表", std::int64_t ms = 1'000) {
  SeenPage out{1, title, "violation", "2026-11-27T09:00:01.000+08:00", ms, {}, {}};
  if (!xml.empty()) out.layout = read_layout(xml).value();
  return out;
}
SeenByMember member(int number, std::vector<SeenPage> pages) { return {number, "P-" + std::to_string(number), "LX-03-20261127-000" + std::to_string(number), "", std::move(pages)}; }

std::vector<std::string> texts(const ComparedRow& row) {
  std::vector<std::string> out;
  for (const auto& cell : row.cells) out.push_back(cell.text + (cell.differs ? " ≠" : ""));
  return out;
}
const ComparedRow* row_of(const ComparedPage& page, Aspect aspect, const std::string& what) {
  const auto found = std::find_if(page.rows.begin(), page.rows.end(), [&](const auto& row) { return row.aspect == aspect && row.what.starts_with(what); });
  return found == page.rows.end() ? nullptr : &*found;
}

TEST(Prices, AreFoundAsTheyStandThere) {
  EXPECT_THAT(prices_in("券后¥199.00 原价￥1,299"), ElementsAre("¥199.00", "¥1,299"));
  EXPECT_THAT(prices_in("¥ 59.9起。"), ElementsAre("¥59.9"));
  EXPECT_THAT(prices_in("199 元，￥面议，¥"), IsEmpty());
}

TEST(Layout, AListIsReadAsEntries) {
  const auto layout = read_layout(list_page({{"降糖茶", "¥199.00", "¥599"}, {"护眼贴", "¥59.90", "¥198"}})).value();
  ASSERT_EQ(layout.entries.size(), 2u);
  EXPECT_EQ(layout.entries[0].label, "降糖茶");
  EXPECT_THAT(layout.entries[0].prices, ElementsAre("¥199.00", "¥599"));
  EXPECT_TRUE(layout.entries[0].listed);
  EXPECT_EQ(layout.entries[1].box, (PageBox{0, 260, 720, 460}));
  const auto alone = read_layout(list_page({{"降糖茶", "¥199.00", "没有别的"}})).value();
  ASSERT_EQ(alone.entries.size(), 1u) << "one card is no list: its price stands by its element's name";
  EXPECT_EQ(alone.entries[0].label, "price");
  EXPECT_FALSE(alone.entries[0].listed);
  EXPECT_FALSE(read_layout("no page"));
}

TEST(Comparison, PricesThatDifferAreNamedWithTheirPlace) {      // A-7.3e
  const std::vector<Good> cheap{{"降糖茶", "¥199.00", "¥599"}, {"护眼贴", "¥59.90", "¥198"}};
  auto dear = cheap;
  dear[0].price = "¥259.00";
  const auto found = compare_members({member(1, {page(list_page(cheap))}), member(2, {page(list_page(dear), "商品列表", 3'250)}), member(3, {page(list_page(cheap))})});
  ASSERT_EQ(found.pages.size(), 1u);
  const auto* tea = row_of(found.pages[0], Aspect::Price, "降糖茶");
  ASSERT_TRUE(tea);
  EXPECT_THAT(texts(*tea), ElementsAre("¥199.00 ¥599", "¥259.00 ¥599 ≠", "¥199.00 ¥599")) << "the one that is alone differs";
  EXPECT_EQ(tea->cells[1].place, (PageBox{0, 120, 720, 180})) << "its prices, not the whole card";
  EXPECT_EQ(found.pages[0].screens[1], (PageBox{0, 0, 720, 1280}));
  EXPECT_FALSE(row_of(found.pages[0], Aspect::Price, "护眼贴")->differs) << "what is equal is said too";
  EXPECT_EQ(row_of(found.pages[0], Aspect::Time, "取证时间")->what, "取证时间（相差 2.250 秒）");
  EXPECT_EQ(found.differences, 1);
}

TEST(Comparison, AnotherOrderOfTheListIsNamed) {
  const std::vector<Good> one{{"降糖茶", "¥199", ""}, {"护眼贴", "¥59", ""}, {"蜂蜜", "¥69", ""}};
  const std::vector<Good> other{{"护眼贴", "¥59", ""}, {"降糖茶", "¥199", ""}};
  const auto found = compare_members({member(1, {page(list_page(one))}), member(2, {page(list_page(other))})});
  EXPECT_THAT(texts(*row_of(found.pages[0], Aspect::Ranking, "降糖茶")), ElementsAre("第 1 位", "第 2 位 ≠"));
  EXPECT_THAT(texts(*row_of(found.pages[0], Aspect::Ranking, "蜂蜜")), ElementsAre("第 3 位", "未见 ≠"));
  EXPECT_THAT(texts(*row_of(found.pages[0], Aspect::Price, "蜂蜜")), ElementsAre("¥69", "未见 ≠"));
}

TEST(Comparison, TextsAreComparedByElement) {
  const std::vector<Good> goods{{"甲", "¥1", ""}, {"乙", "¥2", ""}};
  const auto found = compare_members({member(1, {page(list_page(goods, "新客立减 20 元"))}), member(2, {page(list_page(goods, "会员尊享"))})});
  EXPECT_THAT(texts(*row_of(found.pages[0], Aspect::Text, "notice")), ElementsAre("新客立减 20 元", "会员尊享 ≠"));
  EXPECT_EQ(found.differences, 1) << "said once, by its element";
  const auto login = compare_members({member(1, {page(list_page(goods))}), member(2, {page(R"(<hierarchy><node text="请登录" bounds="[0,0][9,9]"/></hierarchy>)")})});
  EXPECT_THAT(texts(*row_of(login.pages[0], Aspect::Text, "请登录")), ElementsAre("未见", "有 ≠"));
}

TEST(Comparison, APageThatOnlySomeHaveIsADifferenceAndNothingElse) {
  const auto found = compare_members({member(1, {page(list_page({{"甲", "¥1", ""}, {"乙", "¥2", ""}})), page("", "证照")}), member(2, {page("", "证照")})});
  ASSERT_EQ(found.pages.size(), 2u);
  EXPECT_THAT(found.pages[0].items, ElementsAre(1, 0));
  EXPECT_EQ(found.pages[0].differences, 1);
  EXPECT_THAT(texts(*row_of(found.pages[0], Aspect::Price, "甲")), ElementsAre("¥1", "—")) << "what cannot be told is no difference";
  EXPECT_EQ(found.pages[1].differences, 0);
}

TEST(Comparison, TheSecondPageOfATitleGoesWithTheSecond) {
  const auto found = compare_members({member(1, {page("", "a"), page("", "a")}), member(2, {page("", "a")})});
  ASSERT_EQ(found.pages.size(), 2u);
  EXPECT_EQ(found.pages[1].title, "a（第 2 张）");
  EXPECT_THAT(found.pages[1].items, ElementsAre(1, 0));
}

TEST(Comparison, PicturesAreComparedRegionByRegion) {
  const Frame one = picture(320, 640, 200);
  EXPECT_EQ(differ(one, one).share, 0);
  EXPECT_TRUE(differ(one, painted(one, {0, 0, 320, 640}, 210)).regions.empty()) << "what nobody sees";
  const auto found = differ(one, painted(painted(one, {32, 32, 64, 48}, 0), {160, 320, 320, 480}, 0));
  EXPECT_TRUE(found.comparable);
  EXPECT_THAT(found.regions, ElementsAre(PageBox{160, 320, 320, 480}, PageBox{32, 32, 64, 48})) << "the largest first";
  EXPECT_DOUBLE_EQ(found.share, (10 * 10 + 2 * 1) / (20.0 * 40.0));
  EXPECT_FALSE(differ(one, picture(320, 600, 200)).comparable);
  auto first = page("", "a"), second = page("", "a"), third = page("", "a");
  first.png = encode_png(one).value();
  second.png = encode_png(painted(one, {160, 320, 320, 480}, 0)).value();
  third.png = to_bytes("no picture");
  const auto table = compare_members({member(1, {first}), member(2, {second}), member(3, {third})});
  EXPECT_THAT(texts(*row_of(table.pages[0], Aspect::Picture, "与手机 1")), ElementsAre("基准", "12.5% 不同：(160,320)–(320,480) ≠", "—"));
}

// Some grey, always the same for the same three numbers: what words and pictures do to a row.
int scrambled(int a, int b, int c) {
  auto v = static_cast<std::uint32_t>(a * 7919 + b * 104729 + c * 1299709);
  v ^= v >> 13;
  v *= 2654435761U;
  return static_cast<int>((v ^ (v >> 16)) % 200) + 20;
}

// A page with a bar above and one below: entry `i` of the list is told by its shade and pattern, `top` rows of the list are scrolled away.
Frame scrolled_page(int top, const std::vector<int>& order = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, int bar = 0) {
  Frame frame = picture(320, 640, 250);
  Bytes pixels = *frame.pixels;
  const auto put = [&](int x, int y, int grey) {
    for (int c = 0; c < 3; ++c) pixels[static_cast<std::size_t>(y) * frame.stride + static_cast<std::size_t>(x) * 4 + static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(grey);
  };
  for (int y = 0; y < 640; ++y)
    for (int x = 0; x < 320; ++x) {
      if (y < 60) put(x, y, 30 + (x / 32 + y / 4) * 7 % 90 + bar);
      else if (y >= 580) put(x, y, 20 + (x / 16 + y) * 11 % 60);
      else {
        const int row = y - 60 + top, entry = order[static_cast<std::size_t>(row / 100) % order.size()];
        if (row % 100 < 80) put(x, y, scrambled(entry, row % 100 / 2, x / 16));
      }
    }
  frame.pixels = std::make_shared<const Bytes>(std::move(pixels));
  return frame;
}

// A-7.3e: a page that one phone scrolled by 40 pixels is the same page.
TEST(Comparison, AScrolledPageIsComparedWhereBothShowIt) {
  const Frame one = scrolled_page(0);
  for (const int by : {40, 137, -25}) {
    const Frame base = by < 0 ? scrolled_page(-by) : one;
    const Frame other = by < 0 ? one : scrolled_page(by);
    EXPECT_EQ(align(base, other).shift, by);
    EXPECT_EQ(differ(base, other).share, 0) << by;
    EXPECT_EQ(differ(base, other).shift, by);
  }
  const auto alignment = align(one, scrolled_page(40));
  EXPECT_EQ(alignment.top, 60);
  EXPECT_EQ(alignment.bottom, 580);
  // what differs on a scrolled page is still found, where it lies on the second
  const auto found = differ(one, painted(scrolled_page(40), {32, 240, 96, 272}, 0));
  EXPECT_EQ(found.shift, 40);
  EXPECT_THAT(found.regions, ElementsAre(PageBox{32, 240, 96, 272}));
  // a clock in the bar does not hide it
  EXPECT_EQ(differ(scrolled_page(0), painted(scrolled_page(40), {200, 8, 240, 24}, 0)).regions, (std::vector<PageBox>{{192, 0, 240, 32}}));
  auto first = page("", "a"), second = page("", "a");
  first.png = encode_png(one).value();
  second.png = encode_png(scrolled_page(40)).value();
  const auto table = compare_members({member(1, {first}), member(2, {second})});
  EXPECT_THAT(texts(*row_of(table.pages[0], Aspect::Picture, "与手机 1")), ElementsAre("基准", "页面多下滚 40 像素，对齐后相同"));
  EXPECT_EQ(table.differences, 0);
}

// Another order is no scrolling, whatever rows it has in common.
TEST(Comparison, EntriesThatChangedPlacesAreNotScrolled) {
  const Frame one = scrolled_page(0);
  for (const auto& order : std::vector<std::vector<int>>{{1, 0, 2, 3, 4, 5}, {4, 0, 1, 2, 3, 5}, {1, 2, 3, 4, 0, 5}}) {
    EXPECT_EQ(align(one, scrolled_page(0, order)).shift, 0);
    EXPECT_GT(differ(one, scrolled_page(0, order)).share, 0.1);
  }
  EXPECT_EQ(align(one, one).shift, 0);
  EXPECT_EQ(align(one, picture(320, 640, 250)).shift, 0);
  EXPECT_EQ(align(one, picture(320, 600, 250)).shift, 0);
}

TEST(Comparison, WhatIsLeftOutOfALongPageIsCounted) {
  std::string many = "<hierarchy>";
  for (int i = 0; i < 60; ++i) many += "<node text=\"t" + std::to_string(i) + "\" bounds=\"[0,0][9,9]\"/>";
  const auto found = compare_members({member(1, {page(many + "</hierarchy>")}), member(2, {page(R"(<hierarchy><node text="x" bounds="[0,0][9,9]"/></hierarchy>)")})});
  EXPECT_EQ(found.pages[0].left_out, 21);
  EXPECT_EQ(found.pages[0].differences, 61);
}

TEST(Comparison, SpeaksTheWordsItIsGiven) {      // A-7.3e: in the window's language; what the phones showed stays as it was
  ComparisonWords words;
  words.none = "not seen";
  words.time = "Captured";
  words.apart = " (%1 s apart)";
  words.place = "no. %1";
  words.which = " (%1)";
  const auto found = compare_members({member(1, {page(list_page({{"甲", "¥1", ""}, {"甲", "¥2", ""}}))}), member(2, {page(list_page({{"甲", "¥1", ""}}), "商品列表", 3'250)})}, words);
  ASSERT_EQ(found.pages.size(), 1u);
  const auto& rows = found.pages[0].rows;
  EXPECT_EQ(rows.at(0).what, "Captured (2.250 s apart)");
  const auto second = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.aspect == Aspect::Price && row.what == "甲 (2)"; });
  ASSERT_NE(second, rows.end());
  EXPECT_THAT(texts(*second), ElementsAre("¥2", "not seen ≠"));
  const auto place = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.aspect == Aspect::Ranking && row.what == "甲 (2)"; });
  ASSERT_NE(place, rows.end());
  EXPECT_EQ(place->cells[0].text, "no. 2");
}

TEST(Comparison, AsJsonNamesEveryCell) {
  const auto json = to_json(compare_members({member(1, {page(list_page({{"甲", "¥1", ""}, {"乙", "¥2", ""}}))}), member(2, {page(list_page({{"甲", "¥3", ""}, {"乙", "¥2", ""}}))})}));
  EXPECT_EQ(json["differences"], 1);
  EXPECT_EQ(json["pages"][0]["rows"][1]["aspect"], "price");
  EXPECT_EQ(json["pages"][0]["rows"][1]["cells"][1], (Json{{"text", "¥3"}, {"differs", true}, {"place", {0, 120, 720, 150}}}));
}

}  // namespace
}  // namespace guzheng::test
