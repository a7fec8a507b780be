// Cover, 一、序言 and 二、主证信息.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/report/text.h"
#include "core/report/values_parts.h"
#include "core/seal/import_form.h"
#include "core/seal/review.h"

namespace guzheng::report_parts {

namespace text = report_text;

namespace {

constexpr std::size_t title_most = 40, proves_most = 100;      // characters that a caption has room for

std::string verdict_words(const Inputs& in) {
  switch (in.verification.verdict) {
    case Verdict::Whole: return "完整：全部文件、签名、时间戳与封签一致";
    case Verdict::Practice: return "练习：校验一致，但信任根或标记为练习用";
    case Verdict::Incomplete: return "不完整：校验一致，缺项见封面“完整性”";
    case Verdict::CannotTell: return "无法判定：缺少校验所需的信任根证书";
    case Verdict::Damaged: return "损毁：与封签不一致，见第八部分";
  }
  return "无法判定";
}

std::string state_line(const ReportSource& source) {
  const auto state = source.bag.find("Package-State");
  if (state == source.bag.end()) return "封存时未记录完整状态";
  if (state->second != "完整") return state->second;
  return is_import(source) ? "导入各项的来源、采集人、方法、制作时间、设备齐备" : "主证信息四类齐备，附属信息齐备";
}

std::string review_line(const Review& review) {
  if (review.number == 0) return {};
  return fmt::format("{}，{}，{}：{}（第 {:03} 份复核记录）", review.by, text::long_time(review.at), review.confirmed ? "确认" : "不予确认",
                     review.reason, review.number);
}

std::string gap_line(const ReportSource& source) {
  const std::size_t gaps = list_at(source.values, "gaps").size();
  if (gaps == 0 && is_import(source)) return "导入过程无中断";
  return gaps == 0 ? "全程无中断" : fmt::format("中断{}次（见第五部分）", gaps);
}

std::string missing_signatures(const ReportSource& source) {
  std::vector<std::string> missing;
  if (!source.signatures.contains("officer1")) missing.emplace_back("第一取证人员");
  if (!source.signatures.contains("officer2")) missing.emplace_back("第二取证人员");
  return missing.empty() ? "" : "待签：" + text::join(missing, "、");
}

void fill_completeness(const Inputs& in, ReportValues& out) {
  out.completeness.push_back(state_line(in.source) + "；" + gap_line(in.source));
  if (const std::string waiting = missing_signatures(in.source); !waiting.empty()) out.completeness.push_back(waiting);
  if (!in.source.seal_stamp) out.completeness.emplace_back("待时间戳：封签尚无时间戳");
  // what only the verification found, and neither the package nor the lines above have said
  for (const std::string& reason : in.verification.incomplete) {
    const bool said = reason == "待签" || reason == "待复核" || reason.starts_with("待时间戳") || out.completeness.front().find(reason) != std::string::npos;
    if (!said) out.completeness.push_back("不完整：" + reason);
  }
  if (!out.practice_mark.empty()) {
    out.warnings.emplace_back("练习件：使用练习证书或训练手机，不得作为证据");
  }
  if (out.type == kAutomaticOrder && !in.verification.review.confirmed) {
    // 行政处罚法 41: no evidence before review
    out.warnings.emplace_back("待复核：自动取证结果在复核确认前不得作为证据（《行政处罚法》第四十一条）");
  }
  if (in.verification.verdict == Verdict::Damaged) {
    out.warnings.emplace_back("证据包校验不通过，损毁情况见第八部分");
  }
}

// What is said of a photo made elsewhere (B-5.4.2a, B-5.4.2d).
void fill_imported(const Json& item, ReportShot& shot) {
  shot.source = text::or_missing(text_at(item, "source"));
  shot.device = text::or_missing(text_at(item, "device"));
  shot.maker = text::or_missing(text_at(item, "collector"));
  if (item.contains("seal_no"))
    shot.sealing = "封条号 " + text::or_missing(text_at(item, "seal_no")) + "；" + text::or_missing(text_at(item, "seal_state")) +
                   (text_at(item, "shielding").empty() ? "" : "；屏蔽措施：" + text_at(item, "shielding"));
}

// A copy for showing stands behind its original; where parts are covered, that edition shows the copy alone (B-4.3).
ReportShot make_copy(const ReportShot& original, const ReportCopy& copy) {
  ReportShot shot = original;
  shot.title = text::shortened((copy.covers ? "遮盖副本：" : "标注副本：") + original.title, title_most);
  shot.copy = copy.file;
  shot.file = copy.file;
  shot.fingerprint = text::digest_lines(copy.sha256, 8);
  shot.original = original.figure + "（" + text::file_name(copy.of) + "，SHA-256 " + copy.of_sha256.substr(0, 16) + "…），原件在证据包内，未经改动";
  return shot;
}

bool is_printable(const Json& item) {
  const std::string path = text_at(item, "path");
  return path.ends_with(".png") || path.ends_with(".jpg");
}

ReportShot make_shot(const Inputs& in, const Json& item, int number) {
  ReportShot shot;
  shot.path = text_at(item, "path");
  shot.figure = fmt::format("图 {}", number);
  shot.kind = text::item_kind(text_at(item, "kind"));
  shot.title = text::shortened(text::or_missing(text_at(item, "title"), shot.kind), title_most);
  shot.file = text::file_name(shot.path);
  shot.time = text::short_time(text_at(item, "made_at"));
  const std::string segment = text::segment_name(text_at(item, "segment"));
  const bool placed = segment.starts_with("rec-");
  if (!is_import(in.source)) shot.position = placed ? "第 " + text::seconds(integer_at(item, "position_ms")) + " 秒（" + segment + "）"
                         : "截取时无录屏帧";
  shot.proves = text::or_missing(text_at(item, "proves"), "未填写");
  if (const std::string part = text::shortened(shot.proves, proves_most); part != shot.proves) {
    shot.proves = part + "（全文见第六部分）";
  }
  shot.method = text::or_missing(text_at(item, "method"));
  shot.maker = text::or_missing(text_at(item, "maker"));
  if (is_import(in.source)) fill_imported(item, shot);
  const std::string basis = text_at(item, "basis");
  shot.access = text::or_missing(text_at(item, "access")) + (basis.empty() ? "" : "（依据：" + basis + "）");
  if (const SourceFile* file = find_file(in.source, shot.path)) {
    shot.fingerprint = text::digest_lines(file->digests.sha256, 8);
  } else {
    shot.fingerprint = {"证据包中无此文件"};
  }
  return shot;
}

void count_imports(const Inputs& in, ReportValues& out) {
  for (const auto kind : import_kinds()) {
    const std::int64_t count = integer_at(object_at(in.source.values, "checklist"), kind);
    if (count > 0) out.checklist.push_back({std::to_string(out.checklist.size() + 1), text::item_kind(kind), std::to_string(count), "见第六部分"});
  }
}

void fill_checklist(const Inputs& in, ReportValues& out) {
  if (is_import(in.source)) return count_imports(in, out);
  // A-7.3c: what main information must cover, in the standard's order and words
  static constexpr std::array<std::pair<const char*, const char*>, 4> wanted{{{"licence", "移动电商主体证照公示信息"},
                                                                             {"shop-home", "店铺首页"},
                                                                             {"platform-home", "所在平台首页"},
                                                                             {"violation", "主证内容相关页面信息"}}};
  for (const auto& [kind, what] : wanted) {
    std::vector<std::string> figures;
    int number = 0;
    for (const Json& item : list_at(in.source.values, "items")) {
      ++number;
      if (text_at(item, "kind") == kind) figures.push_back(fmt::format("图{}", number));
    }
    const std::size_t count = figures.size();
    if (count > 12) {
      figures = {figures.front(), figures[1], "…", figures.back()};
    }
    out.checklist.push_back({std::to_string(out.checklist.size() + 1), what, std::to_string(count),
                             figures.empty() ? "缺" : text::join(figures, "、")});
  }
}

}  // namespace

void fill_cover(const Inputs& in, ReportValues& out) {
  const ReportSource& source = in.source;
  const Json subject = object_at(source.order, "subject");
  out.id = source.id;
  out.edition = fmt::format("{:03}", in.context.edition);
  out.report_no = source.id + "-R" + out.edition;
  out.practice_mark = is_practice(in) ? "练习 — 不得作为证据" : "";
  out.unit = text::or_missing(text_at(source.order, "unit"));
  out.title_unit = out.unit;
  out.fingerprint = source.fingerprint;
  out.fingerprint_lines = text::digest_lines(source.fingerprint, 8);
  out.fingerprint_short = source.fingerprint.size() == 64
                              ? text::join(text::digest_lines(source.fingerprint.substr(0, 16), 4), "") + " … " +
                                    source.fingerprint.substr(60)
                              : source.fingerprint;
  out.subject = text::or_missing(text_at(subject, "name"));
  out.credit_code = text_at(subject, "credit_code");
  out.shop = text_at(subject, "shop");
  out.platform = text_at(subject, "platform");
  out.link = text_at(subject, "link");
  out.ownership = text_at(subject, "ownership");
  const std::string task = text_at(source.order, "task");
  out.reason = text::or_missing(text_at(source.order, "reason")) + (task.empty() ? "" : "（任务 " + task + "）");
  out.type = text::or_missing(text_at(source.order, "type"));
  const std::string opened = text_at(source.values, "opened_at"), closed = text_at(source.values, "closed_at");
  out.period = text::period(opened, closed);
  out.period_long = text::spoken_period(opened, closed);
  const std::string issued = format_time(in.context.issued_at, in.context.zone_minutes);
  out.issued_at = text::long_time(issued);
  out.issued_day = text::day(issued);
  out.verdict = verdict_words(in);
  out.imported = is_import(source);
  out.review = review_line(in.verification.review);
  fill_completeness(in, out);
}

void fill_preface(const Inputs& in, ReportValues& out) {
  const ReportSource& source = in.source;
  out.system_name = text::or_missing(text_at(object_at(source.order, "system"), "name"));
  out.management = std::string(source.encrypted ? "加密" : "封存后只读") + "存入本机证据库；" +
                   (source.received ? "已同步中央存储，有回执" : "尚未同步中央存储") + "；案件证据长期保存，不少于三年";
  std::int64_t recorded_us = 0;
  std::size_t films = 0, sounds = 0;
  for (const Json& recording : list_at(source.values, "recordings")) {
    const bool sound = text_at(recording, "path").ends_with(".ogg");
    ++(sound ? sounds : films);
    if (!sound) recorded_us += integer_at(recording, "duration_us");
  }
  out.duration = text::duration(recorded_us / 1000);
  out.shot_count = std::to_string(list_at(source.values, "items").size());
  out.recording_count = std::to_string(films) + (sounds == 0 ? "" : "（另有录音 " + std::to_string(sounds) + "）");
  out.clock_note = "全部时间为本机时间（" + text::zone(text_at(source.values, "opened_at")) + "），以时间戳为准。";
  fill_checklist(in, out);
}

void fill_main(const Inputs& in, ReportValues& out) {
  for (const JournalLine& line : in.source.journal) {
    if (line.kind != "seg.open") continue;
    out.first_frame = text::clock_time(format_time(line.time, in.context.zone_minutes));
    break;
  }
  int number = 0;
  std::vector<ReportShot> shots;
  for (const Json& item : list_at(in.source.values, "items")) {
    ++number;
    if (is_import(in.source) && !is_printable(item)) continue;     // an imported file that is no picture: the list of evidence names it
    const ReportShot original = make_shot(in, item, number);
    const auto& copies = in.context.copies;
    const auto of_item = [&](const ReportCopy& copy) { return copy.item == number; };
    if (std::none_of(copies.begin(), copies.end(), [&](const auto& copy) { return of_item(copy) && copy.covers; })) shots.push_back(original);
    for (const ReportCopy& copy : copies)
      if (of_item(copy)) shots.push_back(make_copy(original, copy));
  }
  for (ReportShot& shot : shots) {
    if (out.shot_pairs.empty() || out.shot_pairs.back().size() == 2) out.shot_pairs.emplace_back();
    out.shot_pairs.back().push_back(std::move(shot));
  }
}

// The whole is not printed: it is drawn from the single pictures, which are the evidence, and each overlap is proved when it is.
void fill_long_pages(const Inputs& in, ReportValues& out) {
  for (const Json& page : in.source.long_pages) {
    std::vector<std::string> figures, rows;
    for (const Json& shot : list_at(page, "pages")) figures.push_back(text::or_missing(figure_of(in.source, text_at(shot, "path"))));
    for (const Json& overlap : list_at(page, "overlaps")) rows.push_back(std::to_string(integer_at(overlap, "rows")));
    const auto no = integer_at(page, "no");
    out.long_pages.push_back({std::to_string(no), text::or_missing(text_at(page, "title")), text::join(figures, "、"), text::join(rows, "、"), fmt::format("long-{:04}.json", no)});
  }
}

}  // namespace guzheng::report_parts
