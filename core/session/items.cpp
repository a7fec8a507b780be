#include "core/session/items.h"

#include <algorithm>

#include "core/custody/journal.h"

namespace guzheng {

std::string_view to_string(ItemKind kind) {
  switch (kind) {
    case ItemKind::PlatformHome: return "platform-home";
    case ItemKind::ShopHome: return "shop-home";
    case ItemKind::Licence: return "licence";
    case ItemKind::Violation: return "violation";
    case ItemKind::Other: return "other";
  }
  return "other";
}

std::optional<ItemKind> item_kind(std::string_view text) {
  for (const ItemKind kind : kItemKinds)
    if (to_string(kind) == text) return kind;
  return std::nullopt;
}

std::string_view kind_name(ItemKind kind) {
  switch (kind) {
    case ItemKind::PlatformHome: return "平台首页";
    case ItemKind::ShopHome: return "店铺首页";
    case ItemKind::Licence: return "证照公示信息";
    case ItemKind::Violation: return "涉嫌违法页面";
    case ItemKind::Other: return "其他";
  }
  return "其他";
}

namespace {

void add_item_reasons(const std::vector<CaptureItem>& items, std::vector<std::string>& reasons) {
  for (const ItemKind kind : kItemKinds) {
    if (kind == ItemKind::Other) continue;
    const bool there = std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.description.kind == kind; });
    if (!there) reasons.push_back("缺主证信息：" + std::string(kind_name(kind)));
  }
  for (const auto& item : items) {
    const std::string name = "第" + std::to_string(item.number) + "项";
    if (item.description.proves.empty()) reasons.push_back(name + "未填证明对象");
    if (item.description.access != "公开" && item.description.basis.empty()) reasons.push_back(name + "未填非公开信息的取证依据");
  }
}

void add_order_reasons(const CaptureOrder& order, std::vector<std::string>& reasons) {
  if (order.reason.empty()) reasons.emplace_back("取证指令缺事由");
  if (order.what.empty()) reasons.emplace_back("取证指令缺内容");
  if (order.subject_name.empty() && order.shop.empty() && order.link.empty()) reasons.emplace_back("取证指令缺对象");
}

}  // namespace

std::string unwritten_journal(const std::string& error) { return "记录曾没有写到磁盘上：" + error; }

std::vector<std::string> missing_for_complete(const Completeness& facts) {
  std::vector<std::string> reasons;
  if (!facts.beacon) reasons.emplace_back("开始时没有取得时间戳");
  if (facts.stamps_pending) reasons.emplace_back("过程中有时间戳尚未取得");
  if (!facts.recorded) reasons.emplace_back("没有录像");
  if (!facts.recording_error.empty()) reasons.push_back("录像中断：" + facts.recording_error);
  if (!facts.no_sound.empty()) reasons.push_back("没有取得声音：" + facts.no_sound);
  if (!facts.sound_error.empty()) reasons.push_back("录音中断：" + facts.sound_error);
  if (facts.sound_unwritten) reasons.emplace_back("录音没有文字记录");
  if (!facts.journal_error.empty()) reasons.push_back(unwritten_journal(facts.journal_error));
  if (facts.files_aside) reasons.emplace_back("有页面文件未能写入记录，另存");
  for (const int number : facts.owed) reasons.push_back("第" + std::to_string(number) + "项的截屏没有取得");
  add_order_reasons(facts.order, reasons);
  add_item_reasons(facts.items, reasons);
  if (!facts.app_attested) reasons.emplace_back("缺被取证应用的信息");
  for (const auto& package : facts.apps_unproven) reasons.push_back("应用没有验真：" + package);
  for (const auto& package : facts.apps_refused) reasons.push_back("应用验真不符：" + package);
  return reasons;
}

Json checklist(const std::vector<CaptureItem>& items) {
  Json out = Json::object();
  for (const ItemKind kind : kItemKinds)
    out[std::string(to_string(kind))] =
        std::count_if(items.begin(), items.end(), [&](const auto& item) { return item.description.kind == kind; });
  return out;
}

Json description_body(int number, const ItemDescription& d) {
  return {{"item", std::to_string(number)},       {"kind", std::string(to_string(d.kind))}, {"title", journal_text(d.title)},
          {"proves", journal_text(d.proves)},     {"access", journal_text(d.access)},       {"basis", journal_text(d.basis)}};
}

Json note_body(int number, const std::string& text) {
  return {{"item", number == 0 ? std::string() : std::to_string(number)}, {"text", journal_text(text)}};
}

}  // namespace guzheng
