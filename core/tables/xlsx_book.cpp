#include "core/tables/xlsx_book.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>

#include "core/tables/xml_events.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostSheets = 10'000, kMostForms = 200'000;

int number_in(std::string_view text, int fallback) {
  int value = fallback;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string joined(std::string_view base, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string path = std::string(base.substr(0, base.rfind('/') == base.npos ? 0 : base.rfind('/') + 1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    const auto slash = path.size() < 2 ? path.npos : path.rfind('/', path.size() - 2);
    path.resize(slash == path.npos ? 0 : slash + 1);
  }
  return path.append(target.starts_with("./") ? target.substr(2) : target);
}

struct Relations final : XmlHandler {
  std::map<std::string, std::string, std::less<>> by_id, by_type;      // targets; type: the last part of its address
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || by_id.size() > kMostSheets) return;
    const std::string_view type = attributes["Type"];
    by_id.emplace(attributes["Id"], attributes["Target"]);
    by_type.emplace(type.substr(type.rfind('/') == type.npos ? 0 : type.rfind('/') + 1), attributes["Target"]);
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

struct WorkbookPart final : XmlHandler {
  struct Sheet {
    std::string name, id;
    bool hidden;
  };
  std::vector<Sheet> sheets;
  bool dates_from_1904 = false;
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") dates_from_1904 = attributes["date1904"] == "1" || attributes["date1904"] == "true";
    if (name != "sheet" || sheets.size() >= kMostSheets) return;
    const auto state = attributes["state"];
    sheets.push_back({std::string(attributes["name"]), std::string(attributes["id"]), state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

struct StylesPart final : XmlHandler {
  std::map<int, NumberForm> own;
  std::vector<NumberForm> forms;
  bool in_cells = false;
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt" && own.size() < kMostForms) own.emplace(number_in(attributes["numFmtId"], -1), number_form(attributes["formatCode"]));
    if (name == "cellXfs") in_cells = true;
    if (name != "xf" || !in_cells || forms.size() >= kMostForms) return;
    const int id = number_in(attributes["numFmtId"], 0);
    const auto known = own.find(id);
    forms.push_back(known != own.end() ? known->second : number_form(id));
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cells = false;
  }
  void text(std::string_view) override {}
};

// <si><t>…</t></si> or runs <si><r><t>…</t></r>…<rPh> reading aids, left out </rPh></si>
struct TextsPart final : XmlHandler {
  explicit TextsPart(SharedTexts& into, std::uint64_t limit) : texts(into), most(limit) {}
  SharedTexts& texts;
  const std::uint64_t most;
  bool in_text = false, in_reading = false, full = false;
  void start(std::string_view name, const XmlAttributes&) override {
    if (name == "t") in_text = true;
    if (name == "rPh") in_reading = true;
  }
  void end(std::string_view name) override {
    if (name == "t") in_text = false;
    if (name == "rPh") in_reading = false;
    if (name == "si" && !full) texts.close();
  }
  void text(std::string_view piece) override {
    if (!in_text || in_reading || full) return;
    texts.append(piece);
    full = texts.bytes() > most;
  }
};

}  // namespace

std::string_view SharedTexts::at(std::size_t index) const {
  const std::uint64_t from = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(all_).substr(from, ends_[index] - from);
}

NumberForm number_form(int built_in) {
  using Kind = NumberForm::Kind;
  if (built_in == 22) return {Kind::DateTime};
  if ((built_in >= 18 && built_in <= 21) || (built_in >= 45 && built_in <= 47) || (built_in >= 32 && built_in <= 35) || built_in == 55 || built_in == 56) return {Kind::Time};
  if ((built_in >= 14 && built_in <= 17) || (built_in >= 27 && built_in <= 36) || (built_in >= 50 && built_in <= 58)) return {Kind::Date};
  return {};
}

NumberForm number_form(std::string_view code) {
  bool days = false, hours = false, month_or_minute = false, other = false;
  int zeros = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {                        // words, colours, [h] of durations
      const auto end = code.find(c == '"' ? '"' : ']', i + 1);
      const auto inside = code.substr(i + 1, end == code.npos ? code.npos : end - i - 1);
      if (c == '[' && !inside.empty() && inside.find_first_not_of("hmsHMS") == inside.npos) hours = true;
      other = true;
      i = end == code.npos ? code.size() : end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
      other = true;
    } else if (c == ';') {
      break;                                           // the forms of negative numbers and text
    } else {
      const char low = static_cast<char>(c | 0x20);
      if (code.substr(i, 7) == "General") return {};
      if (c == '0') ++zeros;
      else if (low == 'y' || low == 'd') days = true;
      else if (low == 'h' || low == 's') hours = true;
      else if (low == 'm') month_or_minute = true;
      else other = true;
    }
  }
  if (days || hours || month_or_minute) return {days && hours ? NumberForm::Kind::DateTime : hours ? NumberForm::Kind::Time : NumberForm::Kind::Date};
  if (zeros > 1 && !other) return {NumberForm::Kind::Zeros, zeros};
  return {};
}

std::string date_text(double serial, NumberForm::Kind kind, bool from_1904) {
  if (!(serial >= 0 && serial < 2'958'466)) return {};
  auto days = static_cast<std::int64_t>(serial);
  auto seconds = static_cast<std::int64_t>((serial - static_cast<double>(days)) * 86'400 + 0.5);
  if (seconds == 86'400) ++days, seconds = 0;
  char clock[16];
  std::snprintf(clock, sizeof clock, "%02d:%02d:%02d", static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  if (days == 0 || kind == NumberForm::Kind::Time) return clock;
  if (from_1904) days += 1462;
  else if (days < 60) ++days;                          // the calendar of this format has a 29 February 1900
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::year{1899} / 12 / 30} + std::chrono::days{days}};
  char day[24];
  std::snprintf(day, sizeof day, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return seconds == 0 && kind != NumberForm::Kind::DateTime ? day : std::string(day) + " " + clock;
}

void unescape_cell(std::string& text) {
  std::size_t at = text.find("_x");
  while (at != text.npos) {
    unsigned code = 0;
    const char* digits = text.data() + at + 2;
    const bool form = at + 7 <= text.size() && text[at + 6] == '_' && std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4;
    if (form && code > 0 && code < 0x80) text.replace(at, 7, 1, static_cast<char>(code));
    else if (form && code == 0) text.erase(at, 7);
    at = text.find("_x", at + 1);
  }
}

Result<XlsxBook> read_xlsx_book(ZipParts& zip, const TableLimits& limits) {
  const auto relations_of = [&](const std::string& part) -> Result<Relations> {
    Relations out;
    const auto slash = part.rfind('/');
    const std::string folder = slash == part.npos ? "" : part.substr(0, slash + 1), file = slash == part.npos ? part : part.substr(slash + 1);
    GZ_TRY_ASSIGN(auto opened, zip.part(folder + "_rels/" + file + ".rels"));
    GZ_TRY(read_xml(std::move(opened), out));
    return out;
  };
  GZ_TRY_ASSIGN(const auto root, relations_of(""));
  const auto main = root.by_type.find("officeDocument");
  if (main == root.by_type.end()) return fail(ErrorKind::Invalid, "this ZIP is no workbook (.xlsx)");
  const std::string workbook = joined("", main->second);
  XlsxBook book;
  WorkbookPart part;
  GZ_TRY_ASSIGN(auto opened, zip.part(workbook));
  GZ_TRY(read_xml(std::move(opened), part));
  GZ_TRY_ASSIGN(const auto relations, relations_of(workbook));
  book.dates_from_1904 = part.dates_from_1904;
  for (const auto& sheet : part.sheets)
    if (const auto target = relations.by_id.find(sheet.id); target != relations.by_id.end()) book.sheets.push_back({sheet.name, joined(workbook, target->second), sheet.hidden});
  if (const auto target = relations.by_type.find("styles"); target != relations.by_type.end() && zip.has(joined(workbook, target->second))) {
    StylesPart styles;
    GZ_TRY_ASSIGN(auto styles_part, zip.part(joined(workbook, target->second)));
    GZ_TRY(read_xml(std::move(styles_part), styles));
    book.forms = std::move(styles.forms);
  }
  if (const auto target = relations.by_type.find("sharedStrings"); target != relations.by_type.end() && zip.has(joined(workbook, target->second))) {
    TextsPart texts(book.texts, limits.most_shared_text);
    GZ_TRY_ASSIGN(auto texts_part, zip.part(joined(workbook, target->second)));
    GZ_TRY(read_xml(std::move(texts_part), texts));
    if (texts.full) return fail(ErrorKind::Invalid, "the workbook's texts are more than " + std::to_string(limits.most_shared_text) + " bytes: split it into several files, or save it as CSV");
  }
  return book;
}

}  // namespace guzheng
