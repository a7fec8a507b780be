#include "core/intake/note.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/json.h"
#include "core/intake/fields.h"
#include "core/tables/table.h"

namespace guzheng {

namespace {

constexpr std::size_t kHeldNotes = 256u << 10;

struct OtherWords {
  std::string_view name, chinese, english;
};
constexpr std::array<OtherWords, 28> kOtherWords{{
    {"number", "按数字存放，前面的零可能已丢", "stored as a number: leading zeros may be gone"},
    {"merged", "合并单元格", "merged cells"},
    {"date", "日期", "a date"},
    {"formula", "公式的结果", "the result of a formula"},
    {"broken-formula", "公式出错", "a formula that fails"},
    {"control-dropped", "去掉控制字符", "control characters taken out"},
    {"stray-quote", "多余的引号", "a stray quotation mark"},
    {"cut", "太长，已截断", "too long, cut"},
    {"nested", "嵌套内容按文字收下", "nested, taken as text"},
    {"bad-bytes", "含有不属于该编码的字节", "bytes that are not of the encoding"},
    {"too-long", "整行太长", "the row is too long"},
    {"too-many-cells", "列太多", "too many cells"},
    {"open-quote", "引号没有配对，按普通字符读入", "a quotation mark that never closes, read as a character"},
    {"not-an-object", "不是 JSON 对象", "no JSON object"},
    {"extra-cells", "表头之外还有内容", "cells beyond the header"},
    {"unknown-word", "不认识的取值，没有收下", "a word that is not known, not taken"},
    {"refused", "主体库不接受", "refused by the library"},
    {"same-in-file", "与本文件中的另一行是同一主体", "the same subject as another row of this file"},
    {"same-by-decision", "人工确认为同一主体", "decided to be the same subject"},
    {"same-by-credit-code", "库中已有：统一社会信用代码相同", "in the library: equal credit code"},
    {"same-by-number", "库中已有：注册号相同", "in the library: equal registration number"},
    {"same-by-name", "库中已有：名称相同", "in the library: equal name"},
    {"same-by-address", "库中已有：地址相同、名称相近", "in the library: equal address and a name alike"},
    {"several-match", "与库中多个主体相符，须人工判断", "fits several subjects of the library: somebody must look"},
    {"sensitive-filled", "库中没有时补上，加密保存", "filled in where the subject had none, encrypted"},
    {"sensitive-added", "加在库中已有的旁边，加密保存", "put beside those that the subject has, encrypted"},
    {"filled", "补上空缺", "filled in"},
    {"updated", "以新值更新", "updated"},
}};

const OtherWords* other_words(std::string_view reason) {
  const auto found = std::find_if(kOtherWords.begin(), kOtherWords.end(), [&](const OtherWords& words) { return words.name == reason; });
  return found == kOtherWords.end() ? nullptr : found;
}

std::optional<CleanReason> clean_reason(std::string_view reason) {
  for (int i = 0; i <= static_cast<int>(CleanReason::Marked); ++i)
    if (to_string(static_cast<CleanReason>(i)) == reason) return static_cast<CleanReason>(i);
  return std::nullopt;
}

// What is no UTF-8 could not be read back.
std::string plain(std::string_view text) {
  std::string out(text.substr(0, 2000));
  for (int cut = 0; cut < 4 && !is_utf8(out); ++cut) out.pop_back();           // through the middle of a character
  return is_utf8(out) ? out : std::string("?");
}

// By hand: a million rows write a million of these.
void append_json(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (static_cast<unsigned char>(c) >= 0x20) out.push_back(c);
    else fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<int>(c));
  }
  out.push_back('"');
}

std::string shown_value(const NoteItem& item, const std::string& value) {
  if (value.empty()) return {};
  for (const std::size_t field : {kPhone, kIdentity})
    if (item.field == intake_fields()[field]) return "***";
  return plain(item.field.empty() ? masked_digits(value) : value);
}

Result<RowNote> note_from(const Json& json) {
  RowNote note;
  const auto outcome = text_at(json, "outcome");
  if (outcome != "added" && outcome != "merged" && outcome != "dropped") return fail(ErrorKind::Tampered, "the list of the import's results holds a line that is none");
  note.line = static_cast<std::uint64_t>(integer_at(json, "line"));
  note.outcome = outcome == "added" ? RowOutcome::Added : outcome == "merged" ? RowOutcome::Merged : RowOutcome::Dropped;
  note.name = text_at(json, "name");
  note.subject = integer_at(json, "subject");
  note.same_as = static_cast<std::uint64_t>(integer_at(json, "same_as"));
  if (const auto items = json.find("items"); items != json.end() && items->is_array())
    for (const auto& item : *items) note.items.push_back({text_at(item, "field"), text_at(item, "reason"), text_at(item, "rule"), text_at(item, "before"), text_at(item, "after"), bool_at(item, "doubt")});
  return note;
}

}  // namespace

std::string_view to_string(RowOutcome outcome) { return outcome == RowOutcome::Added ? "added" : outcome == RowOutcome::Merged ? "merged" : "dropped"; }

std::string_view note_chinese(std::string_view reason) {
  if (const auto* words = other_words(reason)) return words->chinese;
  if (const auto known = clean_reason(reason)) return chinese(*known);
  return reason;
}
std::string_view note_english(std::string_view reason) {
  if (const auto* words = other_words(reason)) return words->english;
  if (const auto known = clean_reason(reason)) return english(*known);
  return reason;
}

std::string masked_digits(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; at < out.size();) {
    std::size_t end = at;
    while (end < out.size() && out[end] >= '0' && out[end] <= '9') ++end;
    if (end - at >= 7) std::fill(out.begin() + static_cast<std::ptrdiff_t>(at) + 3, out.begin() + static_cast<std::ptrdiff_t>(end) - 2, '*');
    at = end + 1;
  }
  return out;
}

Result<NoteWriter> NoteWriter::open(const std::filesystem::path& file, std::uint64_t keep) {
  std::error_code ec;
  if (keep == 0) std::filesystem::remove(file, ec);
  if (!std::filesystem::exists(file, ec)) {
    if (keep > 0) return fail(ErrorKind::NotFound, file.string() + ": the list of results of the import that broke off is gone; take the import back and begin it anew");
    GZ_TRY_ASSIGN(auto made, AppendFile::create(file));
    return NoteWriter(std::move(made));
  }
  if (std::filesystem::file_size(file, ec) < keep) return fail(ErrorKind::Tampered, file.string() + " is shorter than it was; take the import back and begin it anew");
  std::filesystem::resize_file(file, keep, ec);
  if (ec) return fail(ErrorKind::Io, file.string() + ": " + ec.message());
  GZ_TRY_ASSIGN(auto opened, AppendFile::reopen(file));
  return NoteWriter(std::move(opened));
}

Status NoteWriter::write(const RowNote& note) {
  const std::size_t before = held_.size();
  const auto member = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    held_.append(",\"").append(name).append("\":");
    append_json(held_, value);
  };
  held_.append("{\"line\":").append(std::to_string(note.line)).append(",\"outcome\":\"").append(to_string(note.outcome)).append("\"");
  member("name", plain(masked_digits(note.name)));
  if (note.subject != 0) held_.append(",\"subject\":").append(std::to_string(note.subject));
  if (note.same_as != 0) held_.append(",\"same_as\":").append(std::to_string(note.same_as));
  held_.append(",\"items\":[");
  for (const auto& item : note.items) {
    held_.append(&item == note.items.data() ? "{\"reason\":\"" : ",{\"reason\":\"").append(item.reason).append("\"");
    member("field", item.field);
    member("rule", item.rule);
    member("before", shown_value(item, item.before));
    member("after", shown_value(item, item.after));
    held_.append(item.doubt ? ",\"doubt\":true}" : "}");
  }
  held_.append("]}\n");
  size_ += held_.size() - before;
  if (held_.size() < kHeldNotes) return ok();
  GZ_TRY(file_.write(as_bytes(held_)));
  held_.clear();
  return ok();
}

Status NoteWriter::sync() {
  if (synced_ == size_) return ok();
  GZ_TRY(file_.write(as_bytes(held_)));
  held_.clear();
  GZ_TRY(file_.sync());
  synced_ = size_;
  return ok();
}

Status read_notes(const std::filesystem::path& file, const std::function<bool(const RowNote&)>& each) {
  std::string rest;
  bool going = true;
  return read_in_pieces(file, [&](ByteView piece) -> Status {
    if (!going) return ok();
    rest.append(as_text(piece));
    std::size_t from = 0;
    for (auto end = rest.find('\n'); end != rest.npos && going; end = rest.find('\n', from)) {
      GZ_TRY_ASSIGN(const auto json, parse_json(std::string_view(rest).substr(from, end - from)));
      GZ_TRY_ASSIGN(const auto note, note_from(json));
      from = end + 1;
      going = each(note);
    }
    rest.erase(0, from);
    return ok();
  });
}

Result<TableWriterFacts> export_notes(const std::filesystem::path& file, const std::filesystem::path& to, bool english_words, const std::function<bool()>& go_on) {
  const auto say = [&](std::string_view chinese_text, std::string_view english_text) { return std::string(english_words ? english_text : chinese_text); };
  GZ_TRY_ASSIGN(auto writer, make_table_writer(to, say("导入结果", "Import")));
  GZ_TRY(writer->write(std::vector<std::string>{say("行号", "Line"), say("结果", "Result"), say("主体名称", "Name"), say("字段", "Field"), say("原因", "Reason"), say("原值", "Before"),
                                                say("改为", "After"), say("规则", "Rule"), say("主体编号", "Subject"), say("同行号", "Same as line")}));
  Status failed = ok();
  const auto put = [&](const RowNote& note) {
    if (go_on && !go_on()) failed = fail(ErrorKind::Cancelled, "the export was called off");
    const std::string outcome = note.outcome == RowOutcome::Dropped ? say("剔除", "dropped") : note.outcome == RowOutcome::Merged ? say("合并", "merged") : say("导入", "imported");
    const auto row_of = [&](const NoteItem& item) {
      const auto& names = intake_fields();
      const auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), item.field) - names.begin());
      const auto field = static_cast<IntakeField>(at);
      const std::string field_words = at < kIntakeFields ? say(chinese_name(field), english_name(field)) : std::string();
      return std::vector<std::string>{std::to_string(note.line), outcome, note.name, field_words, (item.doubt ? say("存疑：", "doubt: ") : "") + say(note_chinese(item.reason), note_english(item.reason)), item.before,
                                      item.after, item.rule, note.subject ? std::to_string(note.subject) : "", note.same_as ? std::to_string(note.same_as) : ""};
    };
    for (const auto& item : note.items)
      if (failed) failed = writer->write(row_of(item));
    return failed.has_value();
  };
  GZ_TRY(read_notes(file, put));
  GZ_TRY(failed);
  return writer->finish();
}

}  // namespace guzheng
