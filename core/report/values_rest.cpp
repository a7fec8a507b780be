// 四、取证环境检测结果, 五、中断一览, 八、验证 (outcome), 九、签署.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/report/text.h"
#include "core/report/values_parts.h"

namespace guzheng::report_parts {

namespace text = report_text;

namespace {

std::string group_name(const Inputs& in, std::string_view where) {
  const ReportSource& source = in.source;
  if (where == "workstation") {
    const auto station = source.bag.find("Internal-Sender-Identifier");
    return station == source.bag.end() ? "工作站" : "工作站 " + station->second;
  }
  if (where == "node") return "节点 " + text_at(source.node, "host");
  if (where == "phone") return "手机 " + text_at(source.device, "model");
  if (where == "app") return "应用 " + text_at(source.app, "package");
  return "其他";
}

bool is_known_place(std::string_view where) {
  return where == "workstation" || where == "node" || where == "phone" || where == "app";
}

ReportCheck make_check(const Json& item, int number) {
  ReportCheck check;
  const std::string expected = text_at(item, "expected"), verdict = text_at(item, "verdict");
  check.no = std::to_string(number);
  check.title = text::or_missing(text_at(item, "title"), text_at(item, "id"));
  check.found = text::or_missing(text_at(item, "found"), "未读到");
  if (verdict != "pass" && !expected.empty()) check.found += "（应为：" + expected + "）";
  if (const std::string reason = text_at(item, "override"); !reason.empty()) check.found += "；仍要取证，理由：" + reason;
  check.verdict = text::verdict(verdict);
  check.raw = text::or_missing(text::file_name(text_at(item, "raw")), "—");
  check.bold = verdict != "pass";
  return check;
}

// On the first page: what was wrong and used nevertheless, by whom and why; and an app that is not what it says.
void warn_of(const Inputs& in, const Json& items, ReportValues& out) {
  for (const JournalLine& line : in.source.journal) {
    if (line.kind != "env.check") continue;
    const auto body = parse_json(line.body);
    if (!body) continue;
    for (const Json& one : list_at(*body, "overrides")) {
      const std::string id = text_at(one, "item");
      const auto item = std::find_if(list_at(in.source.env, "items").begin(), list_at(in.source.env, "items").end(), [&](const Json& i) { return text_at(i, "id") == id; });
      const bool known = item != list_at(in.source.env, "items").end();
      out.warnings.push_back(fmt::format("环境检测不符而仍取证：{}{}；{} 决定，理由：{}", known ? text_at(*item, "title") : id,
                                         known ? "，" + text_at(*item, "found") : "", text_at(one, "by"), text_at(one, "reason")));
    }
  }
  for (const Json& item : items)
    if (text_at(item, "id") == "app.signature" && text_at(item, "verdict") == "fail") out.warnings.push_back("应用验真不符：" + text_at(item, "found"));
}

}  // namespace

// What was found of the app that was opened stands for what was seen of one in front before.
Json checked_items(const Inputs& in) {
  const Json &env = list_at(in.source.env, "items"), &app = list_at(in.source.app, "items");
  if (app.empty()) return env;
  Json out = Json::array();
  for (const Json& item : env)
    if (text_at(item, "where") != "app") out.push_back(item);
  for (Json item : app) {
    for (const Json& before : env)
      if (text_at(before, "id") == text_at(item, "id") && before.contains("override")) item["override"] = before["override"];
    out.push_back(std::move(item));
  }
  return out;
}

void fill_env(const Inputs& in, ReportValues& out) {
  const Json items = checked_items(in);
  warn_of(in, items, out);
  std::array<int, 4> counts{};
  constexpr std::array<std::string_view, 4> verdicts{"pass", "note", "fail", "unknown"};
  for (const Json& item : items) {
    for (std::size_t i = 0; i < verdicts.size(); ++i) counts[i] += text_at(item, "verdict") == verdicts[i] ? 1 : 0;
  }
  int number = 0;
  for (const std::string_view where : {"workstation", "node", "phone", "app", ""}) {
    ReportCheckGroup group{group_name(in, where), {}};
    for (const Json& item : items) {
      const std::string place = text_at(item, "where");
      if (where.empty() ? !is_known_place(place) : place == where) group.checks.push_back(make_check(item, ++number));
    }
    if (!group.checks.empty()) out.env.push_back(std::move(group));
  }
  out.env_summary = items.empty()
                        ? "证据包中没有环境检测结果。"
                        : fmt::format("检测于 {} 完成，共 {} 项：正常 {} 项，提示 {} 项，不符 {} 项，无法判定 {} 项。原始输出存于 "
                                      "data/attach/raw/。无权读取的项目一律记为“无法判定”，不记为正常。",
                                      text::long_time(text_at(in.source.env, "checked_at")), items.size(), counts[0],
                                      counts[1], counts[2], counts[3]);
}

void fill_gaps(const Inputs& in, ReportValues& out) {
  for (const Json& gap : list_at(in.source.values, "gaps")) {
    const std::string begin = text_at(gap, "begin"), end = text_at(gap, "end");
    const std::int64_t packets = integer_at(gap, "packets", -1);
    out.gaps.push_back({std::to_string(integer_at(gap, "gap")), text::clock_ms(begin), text::clock_ms(end),
                        text::duration(span_ms(begin, end)), text::or_missing(text::gap_reason(text_at(gap, "reason"))),
                        packets < 0 ? "丢失帧数无从得知" : fmt::format("丢 {} 帧", packets)});
  }
}

void fill_verification(const Inputs& in, ReportValues& out) {
  const Verification& found = in.verification;
  out.verify_summary = fmt::format("出具本报告时校验：{}。计文件 {} 个、{} 字节，日志 {} 条，时间戳 {} 枚，签名 {} 个，"
                                   "录屏帧 {} 个，截图 {} 张。",
                                   out.verdict, found.files, text::number(static_cast<std::int64_t>(found.bytes)),
                                   found.journal_lines, found.stamps, found.signatures, found.packets, found.shots);
  for (const Finding& finding : found.damage) {
    out.verify_findings.push_back(text::join({finding.rule, finding.path, finding.what}, "　"));
  }
  for (const std::string& reason : found.incomplete) out.verify_findings.push_back("不完整：" + reason);
  for (const std::string& what : found.missing) out.verify_findings.push_back("缺少：" + what);
}

void fill_signatures(const Inputs& in, ReportValues& out) {
  for (const Json& officer : list_at(in.source.people, "officers")) {
    const auto signed_as = in.source.signatures.find(text_at(officer, "role"));
    std::string state = "待签";
    if (signed_as != in.source.signatures.end()) {
      state = signed_as->second == "later" ? "封存后补签" : "封存时已签";
      if (in.source.seal_stamp && signed_as->second != "later") {
        state += "，" + text::short_time(format_time(in.source.seal_stamp->time, in.context.zone_minutes)).substr(0, 19);
      }
    }
    out.signatures.push_back({text::or_missing(text_at(officer, "name")), text::or_missing(text_at(officer, "badge")),
                              text_at(officer, "unit"), state,
                              text::digest_lines(text_at(officer, "certificate_sha256"), 8)});
  }
}

}  // namespace guzheng::report_parts
