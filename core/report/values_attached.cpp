// 三、主证附属信息: system and device, people, capture, storage, use (A-7.3d).
#include <fmt/format.h>

#include <algorithm>

#include "core/report/text.h"
#include "core/report/values_parts.h"

namespace guzheng::report_parts {

namespace text = report_text;

namespace {

Json body_of(const ReportSource& source, std::string_view kind) {
  for (const JournalLine& line : source.journal) {
    if (line.kind != kind) continue;
    const auto body = parse_json(line.body);
    return body && body->is_object() ? *body : Json::object();
  }
  return Json::object();
}

std::string marks_line(const ReportSource& source) {
  std::vector<std::string> marks;
  for (const Json& mark : list_at(source.device, "marks")) {
    if (mark.is_string()) marks.push_back(text::mark(mark.get<std::string>()));
  }
  return text::join(marks, "；");
}

std::string device_line(const ReportSource& source) {
  const Json& device = source.device;
  const std::string android = text_at(device, "android"), serial = text_at(device, "serial");
  std::vector<std::string> parts{text_at(device, "brand") + " " + text_at(device, "model")};
  if (!android.empty()) parts.push_back("Android " + android);
  if (!serial.empty()) parts.push_back("序列号 " + serial);
  const Json& recordings = list_at(source.values, "recordings");
  if (!recordings.empty()) {
    parts.push_back(fmt::format("录屏 {}×{}", integer_at(recordings[0], "width"), integer_at(recordings[0], "height")));
  }
  return text::join(parts, "，");
}

std::string app_line(const ReportSource& source) {
  const std::string package = text_at(source.app, "package"), version = text_at(source.app, "version");
  if (package.empty()) return {};
  return "应用 " + package + (version.empty() ? "" : " " + version);
}

std::string station_of(const ReportSource& source) {
  const std::string name = text_at(object_at(source.people, "station"), "name");
  const auto bag = source.bag.find("Internal-Sender-Identifier");
  return !name.empty() || bag == source.bag.end() ? text::or_missing(name) : bag->second;
}

void fill_system(const Inputs& in, ReportValues& out) {
  const ReportSource& source = in.source;
  const Json system = object_at(source.order, "system");
  out.system_version = text_at(system, "version");
  out.system_owner = text::or_missing(text_at(system, "owner"));
  const std::string host = text_at(source.node, "host"), way = text_at(source.node, "way");
  out.node = text::or_missing(host) + "（" +
             text::join({way, text_at(source.device, "model"), "序列号 " + text::or_missing(text_at(source.device, "serial"))},
                        "，") + "）";
  out.marks = marks_line(source);
  const Json software = object_at(body_of(source, "session.open"), "software");
  const std::string digest = text_at(software, "sha256");
  out.capture_server = "工作站 " + station_of(source) + "，程序 " + text_at(software, "name") + " " +
                       text_at(software, "version") +
                       (digest.size() < 16 ? "" : "，SHA-256 前十六位 " +
                                                      text::join(text::digest_lines(digest.substr(0, 16), 4), ""));
  out.storage_server = "本机证据库（" + station_of(source) + "）" + (source.received ? "、中央存储（见回执）" : "；尚未同步中央存储");
}

}  // namespace

void fill_attached(const Inputs& in, ReportValues& out) {
  const ReportSource& source = in.source;
  const Json& order = source.order;
  fill_system(in, out);
  if (is_import(source)) {
    out.node = "无：由其他设备制作，导入工作站 " + station_of(source) + "；原设备见第二、第六部分各项";
    out.write_protection = text::or_missing(text_at(order, "write_protection"));
  }
  for (const Json& officer : list_at(source.people, "officers")) {
    const std::string role = text_at(officer, "role");
    out.people.push_back({text::or_missing(text_at(officer, "name")), text::or_missing(text_at(officer, "badge")),
                          text_at(officer, "unit"), role == "officer1" ? "第一取证人员" : "第二取证人员"});
  }
  out.method = text::or_missing(text_at(order, "method"));
  out.issuer = officer_line(object_at(order, "issuer"));
  out.order_no = text_at(order, "order_no");
  out.order_text = text::or_missing(text_at(order, "what"));
  out.basis = text_at(order, "legal_basis");
  out.order_device = text::or_missing(text_at(order, "issued_from"));
  out.order_time = text::long_time(text_at(order, "issued_at"));
  out.executor = text::or_missing(text_at(order, "executed_on"));
  if (!is_import(source)) out.executor = text::join({out.executor, device_line(source), app_line(source)}, "；");
}

namespace {

// How late the journal's heads were stamped: the longest, and each that came more than 120 s late (FORMAT.md 7).
void fill_lags(const Inputs& in, ReportValues& out) {
  constexpr std::int64_t late_ms = 120'000;
  constexpr std::size_t most = 20;
  const auto& heads = in.source.heads;
  if (heads.empty()) return;
  std::int64_t longest = 0;
  std::size_t late = 0;
  for (const SourceToken& head : heads) {
    longest = std::max(longest, head.lag_ms());
    if (head.lag_ms() <= late_ms) continue;
    if (++late > most) continue;
    out.stamp_lags.push_back(fmt::format("日志第 {:08} 行（{}）迟 {}{}", head.line, text::clock_time(format_time(head.line_time, in.context.zone_minutes)),
                                         text::duration(head.lag_ms()), head.later ? "，封存后取得" : ""));
  }
  if (late > most) out.stamp_lags.push_back(fmt::format("……共 {} 枚，其余见 verify 的结果", late));
  out.stamp_lags.insert(out.stamp_lags.begin(), fmt::format("日志时间戳 {} 枚，距所证日志行最长 {}，迟于 120 秒的 {}", heads.size(), text::duration(longest),
                                                            late == 0 ? std::string("无") : fmt::format("{} 枚：", late)));
}

}  // namespace

void fill_storage(const Inputs& in, ReportValues& out) {
  fill_lags(in, out);
  const ReportSource& source = in.source;
  const std::string issued = format_time(in.context.issued_at, in.context.zone_minutes);
  out.storage_way = std::string("边取证边计算 MD5、SHA-256、SM3；取证工作站与取证人员数字签名后封存，封存后只读；") +
                    (source.encrypted ? "AES-256-GCM 加密存储" : "本证据包在库中尚未加密");
  out.storage_time = text::short_time(text_at(source.values, "closed_at")) + "（封存）；" +
                     (source.seal_stamp
                          ? text::short_time(format_time(source.seal_stamp->time, in.context.zone_minutes)) + "（封签时间戳）"
                          : "封签时间戳待取得");
  out.stamp_service = (source.seal_stamp ? source.seal_stamp->authority : std::string("时间戳服务未应答")) +
                      fmt::format("；起始、每 60 秒、每次{}、结束与封签，共 {} 枚", is_import(source) ? "导入" : "截屏", source.tokens);
  out.ownership = text::or_missing(out.ownership);
  for (const EvidenceUse& use : in.context.uses) {
    out.uses.push_back({text::short_time(use.time).substr(0, 19), use.who, use.way, use.reason});
  }
  for (const std::string& edition : source.editions) {
    if (edition != out.edition) out.uses.push_back({"见该版报告", station_of(source), "出具报告", "第 " + edition + " 版"});
  }
  out.uses.push_back({text::short_time(issued).substr(0, 19), text::or_missing(in.context.issued_by, station_of(source)), "出具报告",
                      "第 " + out.edition + " 版" + (out.uses.empty() ? "；此前无其他使用记录" : "")});
}

}  // namespace guzheng::report_parts
