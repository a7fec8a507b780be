// Room compare. 佐证对照 (A-7.3e): what the members of a group saw of the same pages, side by side: when, which prices, in which order, which texts, which
// pictures. Pure: says what is equal and what is not, and where; never why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/compare/page.h"

namespace guzheng {

struct SeenPage {
  int item = 0;                              // number of the shot in its package
  std::string title, kind, made_at;          // of values.json; made_at: the 29-character form
  std::int64_t made_ms = 0;                  // the same, since 1970; 0: it cannot be read
  std::optional<PageLayout> layout;          // none: the phone gave none
  Bytes png;                                 // its screenshot; empty: it could not be read
};
struct SeenByMember {
  int number = 0;                            // of the group, from 1
  std::string phone, package;                // serial, package id
  std::string absent;                        // not empty: nothing of it can be compared, and why
  std::vector<SeenPage> pages;
};

enum class Aspect { Time, Price, Ranking, Text, Picture };
// What the table says in words of its own; all else is what the phones showed. Reports and records are in Chinese, a window speaks its officer's language.
// %1, %2: numbers or texts that are filled in.
struct ComparisonWords {
  std::string none = "未见";                 // this member did not show it
  std::string there = "有";
  std::string unknown = "—";                 // it cannot be told
  std::string time = "取证时间", apart = "（相差 %1 秒）";
  std::string which = "（第 %1 个）";        // the second one of that name
  std::string which_page = "（第 %1 张）";
  std::string place = "第 %1 位";            // in a list
  std::string pictures = "与手机 %1 的截图比", base = "基准", equal = "相同", share = "%1% 不同", other_size = "画面大小不同";
  std::string lower = "页面多下滚 %1 像素，对齐后", higher = "页面少下滚 %1 像素，对齐后", from = "：", comma = "、";
};
struct ComparedCell {
  std::string text;                          // what this member showed, or words for why not
  bool differs = false;                      // from what most of the members show
  std::optional<PageBox> place;              // on its own screen
};
struct ComparedRow {
  Aspect aspect = Aspect::Text;
  std::string what;
  bool differs = false;
  std::vector<ComparedCell> cells;           // one for each member, in their order
};
struct ComparedPage {
  std::string title, kind;
  std::vector<int> items;                    // number of the shot in each member; 0: it has no such page
  std::vector<PageBox> screens;              // of each member: what the places count in, from 0, 0; empty: not known
  std::vector<ComparedRow> rows;
  int differences = 0;                       // rows that differ, those left out too
  int left_out = 0;                          // rows of texts past the first 40 of a page
};
struct Comparison {
  std::vector<SeenByMember> members;         // without their pages
  std::vector<ComparedPage> pages;           // in the order of the first member that has them
  int differences = 0;
};

// Pages belong together by kind and title; the second of the same title in one package goes with the second of the others.
Comparison compare_members(const std::vector<SeenByMember>& members, const ComparisonWords& words = {});

std::string_view to_string(Aspect aspect);   // "time", "price", "ranking", "text", "picture"
std::string_view aspect_name(Aspect aspect); // 时间, 价格, 排序, 文字, 画面
Json to_json(const Comparison& comparison);

}  // namespace guzheng
