// Reading of import lists, and what an import may lack: everything is checked before a file is touched.
#include <algorithm>
#include <map>

#include "core/custody/journal.h"
#include "core/session/import.h"
#include "core/session/script.h"
#include "core/session/statements.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostItems = 2000, kMostText = 4000;

Failure wrong_item(std::size_t item, const std::string& what) {
  return fail(ErrorKind::Invalid, "import item " + std::to_string(item + 1) + ": " + what);
}

Result<ImportItem> parse_item(std::size_t number, const Json& json, const fs::path& folder) {
  if (!json.is_object()) return wrong_item(number, "is no object");
  ImportItem item;
  std::string file;
  const std::map<std::string_view, std::string*> fields{
      {"kind", &item.kind},           {"file", &file},             {"title", &item.title},         {"proves", &item.proves},
      {"access", &item.access},       {"basis", &item.basis},      {"source", &item.source},       {"collector", &item.collector},
      {"method", &item.method},       {"device", &item.device},    {"made_at", &item.made_at},     {"seal_no", &item.seal_no},
      {"seal_state", &item.seal_state}, {"shielding", &item.shielding}};
  for (const auto& [name, value] : json.items()) {
    const auto field = fields.find(name);
    if (field == fields.end()) return wrong_item(number, "\"" + name + "\" is no field of an item");
    if (!value.is_string()) return wrong_item(number, "\"" + name + "\" is no text");
    *field->second = value.get<std::string>();
    if (field->second->size() > kMostText) return wrong_item(number, "\"" + name + "\" is longer than 4000 bytes");
    if (journal_text(*field->second) != *field->second) return wrong_item(number, "\"" + name + "\" holds characters that no journal can hold");
  }
  const auto& kinds = import_kinds();
  if (std::find(kinds.begin(), kinds.end(), item.kind) == kinds.end())
    return wrong_item(number, "\"kind\" must be photo, audio, video, document, file, seal-before or seal-after");
  if (file.empty()) return wrong_item(number, "\"file\" is missing");
  if (item.access != "公开" && item.access != "登录可见" && item.access != "非公开") return wrong_item(number, "\"access\" must be 公开, 登录可见 or 非公开");
  if (!item.made_at.empty() && !parse_time(item.made_at)) return wrong_item(number, "\"made_at\" is no time like 2026-11-21T14:32:12.000+08:00");
  item.file = folder / fs::path(file);
  return item;
}

}  // namespace

Result<ImportOrder> parse_import(std::string_view text, const fs::path& folder) {
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  if (!json.is_object() || text_at(json, "schema") != "guzheng-import/1")
    return fail(ErrorKind::Invalid, "this is no import list: \"schema\" must be \"guzheng-import/1\"");
  for (const auto& [name, value] : json.items())
    if (name != "schema" && name != "order" && name != "write_protection" && name != "statements" && name != "items")
      return fail(ErrorKind::Invalid, "\"" + name + "\" is no field of an import list");
  ImportOrder out;
  if (!json.contains("order")) return fail(ErrorKind::Invalid, "import list: \"order\" is missing");
  GZ_TRY_ASSIGN(out.order, parse_capture_order(json["order"]));
  out.write_protection = text_at(json, "write_protection");
  if (json.contains("statements")) { GZ_TRY_ASSIGN(out.statements, parse_statements(json["statements"])); }
  if (!json.contains("items") || !json["items"].is_array() || json["items"].empty() || json["items"].size() > kMostItems)
    return fail(ErrorKind::Invalid, "import list: \"items\" must be a list of 1 to 2000 files");
  for (std::size_t i = 0; i < json["items"].size(); ++i) {
    GZ_TRY_ASSIGN(ImportItem item, parse_item(i, json["items"][i], folder));
    out.items.push_back(std::move(item));
  }
  return out;
}

std::vector<std::string> missing_for_import(const ImportOrder& import) {
  std::vector<std::string> reasons;
  const CaptureOrder& order = import.order;
  if (order.reason.empty()) reasons.emplace_back("取证指令缺事由");
  if (order.what.empty()) reasons.emplace_back("取证指令缺内容");
  if (order.subject_name.empty() && order.shop.empty() && order.link.empty()) reasons.emplace_back("取证指令缺对象");
  if (import.write_protection.empty()) reasons.emplace_back("未写明写保护措施");
  int number = 0, before = 0, after = 0;
  for (const ImportItem& item : import.items) {
    const std::string name = "第" + std::to_string(++number) + "项";
    const std::pair<const std::string&, const char*> fields[] = {
        {item.title, "名称"}, {item.proves, "证明对象"}, {item.source, "来源"},     {item.collector, "采集人"},
        {item.method, "方法"}, {item.device, "设备"},    {item.made_at, "制作时间"}};
    for (const auto& [value, what] : fields)
      if (value.empty()) reasons.push_back(name + "未填" + what);
    if (item.access != "公开" && item.basis.empty()) reasons.push_back(name + "未填非公开信息的取证依据");
    const bool sealing = is_sealing_photo(item.kind);
    if (sealing && item.seal_no.empty()) reasons.push_back(name + "未填封条号");
    if (sealing && item.seal_state.empty()) reasons.push_back(name + "未填封存状态");
    before += item.kind == "seal-before" ? 1 : 0;
    after += item.kind == "seal-after" ? 1 : 0;
  }
  if (before > 0 && after == 0) reasons.emplace_back("有封存前照片而缺封存后照片");
  if (after > 0 && before == 0) reasons.emplace_back("有封存后照片而缺封存前照片");
  return reasons;
}

}  // namespace guzheng
