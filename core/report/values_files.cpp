// 文件MD5值 (Annex B, 三、3) and 六、证据清单 (Table A.4): what each file is, and its digests.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "core/report/text.h"
#include "core/report/values_parts.h"

namespace guzheng::report_parts {

namespace text = report_text;

namespace {

constexpr std::size_t most_recordings = 20;      // more are named by their manifests, after the first two

bool is_picture(std::string_view path) { return path.ends_with(".png") || path.ends_with(".jpg"); }

std::string attached_name(std::string_view path) {
  static const std::map<std::string_view, std::string_view> names{
      {"journal.log", "取证日志"},   {"order.json", "取证指令"},     {"order.json.p7s", "取证指令的签名"},
      {"people.json", "取证人员"},   {"env.json", "环境检测结果"},   {"device.json", "执行设备"},
      {"node.json", "物理节点"},     {"net.json", "网络接入"},       {"app.json", "被取证应用"},
      {"values.json", "取证要素表"}, {"salts.p7m", "保密输入的盐值"}};
  const auto found = names.find(path);
  return found == names.end() ? std::string() : std::string(found->second);
}

// What a payload file is, by the values that name it.
class FileNames {
 public:
  explicit FileNames(const ReportSource& source) {
    int number = 0;
    for (const Json& item : list_at(source.values, "items")) {
      const std::string figure = fmt::format("{}{}", is_picture(text_at(item, "path")) ? "图" : "件", ++number);
      names_[text_at(item, "path")] = figure + " " + text::shortened(text_at(item, "title"), 40);
      names_[text_at(item, "hierarchy")] = figure + " 页面文字与布局";
    }
    number = 0;
    int heard = 0;
    for (const Json& recording : list_at(source.values, "recordings")) {
      const std::string path = text_at(recording, "path");
      const bool sound = path.ends_with(".ogg");
      names_[path] = fmt::format("{}第 {} 段", sound ? "录音" : "录屏", sound ? ++heard : ++number);
      if (sound) names_[path.substr(0, path.size() - 3) + "txt"] = fmt::format("录音第 {} 段的文字记录", heard);
    }
  }
  std::string operator()(const std::string& path) const {
    if (const auto found = names_.find(path); found != names_.end()) return found->second;
    constexpr std::string_view attached = "data/attach/";
    return path.starts_with(attached) ? attached_name(std::string_view(path).substr(attached.size())) : path;
  }

 private:
  std::map<std::string, std::string> names_;
};

void add_file(ReportValues& out, const SourceFile& file, std::string what) {
  out.files.push_back({std::to_string(out.files.size() + 1), file.path, std::move(what), text::bytes(file.digests.size),
                       text::digest_lines(file.digests.md5, 4), text::digest_lines(file.digests.sha256, 4),
                       text::digest_lines(file.digests.sm3, 4)});
}

bool is_recording(std::string_view path) { return path.starts_with("data/main/rec-"); }

}  // namespace

void fill_files(const Inputs& in, ReportValues& out) {
  const ReportSource& source = in.source;
  const FileNames name_of(source);
  std::size_t recordings = 0, printed = 0;
  for (const SourceFile& file : source.payload) recordings += is_recording(file.path) ? 1 : 0;
  const std::size_t limit = recordings > most_recordings ? 2 : recordings;
  const auto add_all = [&](auto&& wanted) {
    for (const SourceFile& file : source.payload) {
      if (wanted(file.path)) add_file(out, file, name_of(file.path));
    }
  };
  add_all([](std::string_view path) { return path.starts_with("data/main/shot-") && path.ends_with(".png"); });
  add_all([](std::string_view path) {
    return path.starts_with("data/main/") && !(path.starts_with("data/main/shot-") && path.ends_with(".png")) && !is_recording(path);
  });
  add_all([&](std::string_view path) { return is_recording(path) && printed++ < limit; });
  // raw output and time-stamp tokens are many and are named by the manifests
  add_all([](std::string_view path) {
    constexpr std::string_view attached = "data/attach/";
    return path.starts_with(attached) && path.find('/', attached.size()) == std::string_view::npos;
  });
  for (const SourceFile& file : source.tags) {
    add_file(out, file, file.path == "manifest-md5.txt" ? "全部文件的 MD5 值" :
                        file.path == "manifest-sha256.txt" ? "全部文件的 SHA-256 值" : "全部文件的 SM3 值");
  }
  out.files_note = "MD5 值依附录 B 列出，单独不足以证明未经改动；以同列的 SHA-256 值和 SM3 值为准。";
  if (recordings > limit) out.files_note += fmt::format("录屏逾 {} 段，只列首二段，", most_recordings);
  out.files_note += (recordings > limit ? "其余及" : "") +
                    std::string("环境检测原始输出与时间戳文件列于末三行的清单文件。");
}

namespace {

void add_evidence(ReportValues& out, ReportEvidence row) {
  row.no = std::to_string(out.evidence.size() + 1);
  out.evidence.push_back(std::move(row));
}

// An extension that the original's name has and its content has not is worth a word.
std::string name_note(const Json& item) {
  std::string name = text_at(item, "name"), is = text_at(item, "path");
  name = name.substr(std::min(name.size(), name.rfind('.') + 1));
  is = is.substr(is.rfind('.') + 1);
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  const bool same = name == is || (name == "jpeg" && is == "jpg") || (name == "tiff" && is == "tif") || is == "bin" || is == "txt";
  return same ? "" : "；原名的扩展名与内容不符";
}

// Numbers of the `import` lines; items stand in their order.
std::vector<std::string> import_lines_of(const ReportSource& source) {
  std::vector<std::string> out;
  for (const JournalLine& line : source.journal)
    if (line.kind == "import") out.push_back(fmt::format("日志第 {:08} 行", line.seq));
  return out;
}

// Of things made elsewhere: name, source, who, how, with what (B-5.4.2a), the seal of the original medium (B-5.4.2d).
void fill_imported_row(const Json& item, ReportEvidence& row) {
  const std::string path = text_at(item, "path");
  row.file += "，原名 " + text::or_missing(text_at(item, "name"));
  row.category = text::item_kind(text_at(item, "kind"));
  row.format = path.substr(path.rfind('.') + 1);
  std::transform(row.format.begin(), row.format.end(), row.format.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  row.source = "来源：" + text::or_missing(text_at(item, "source")) + "；采集人：" + text::or_missing(text_at(item, "collector")) + "；方法：" +
               text::or_missing(text_at(item, "method")) + "；设备：" + text::or_missing(text_at(item, "device"));
  if (item.contains("seal_no"))
    row.source += "；封条号：" + text::or_missing(text_at(item, "seal_no")) + "；封存状态：" + text::or_missing(text_at(item, "seal_state")) + "；屏蔽措施：" +
                  text::or_missing(text_at(item, "shielding"), "无");
  row.source += name_note(item);
}

void add_shots(const Inputs& in, ReportValues& out) {
  const auto lines = import_lines_of(in.source);
  int number = 0;
  for (const Json& item : list_at(in.source.values, "items")) {
    const std::string path = text_at(item, "path");
    const SourceFile* file = find_file(in.source, path);
    ReportEvidence row;
    ++number;
    row.name = fmt::format("{}{} {}", is_picture(path) ? "图" : "件", number, text::or_missing(text_at(item, "title"), text::item_kind(text_at(item, "kind"))));
    row.file = text::file_name(path);
    row.time = is_import(in.source) ? text::short_time(text_at(item, "made_at")) : text::clock_ms(text_at(item, "made_at"));
    row.category = "图片";
    row.format = "PNG";
    if (is_import(in.source)) fill_imported_row(item, row);
    row.size = text::bytes(file ? file->digests.size : 0);
    row.sha256 = text::digest_lines(file ? file->digests.sha256 : "", 4);
    row.proves = text::or_missing(text_at(item, "proves"), "未填写");
    row.support = text::segment_name(text_at(item, "segment"));
    if (is_import(in.source)) row.support = static_cast<std::size_t>(number) <= lines.size() ? lines[static_cast<std::size_t>(number) - 1] : "—";
    row.note = text::or_missing(text_at(item, "access"));
    add_evidence(out, std::move(row));
  }
}

void add_recordings(const Inputs& in, ReportValues& out) {
  std::vector<Json> recordings;
  for (const Json& recording : list_at(in.source.values, "recordings"))
    if (!text_at(recording, "path").ends_with(".ogg")) recordings.push_back(recording);
  if (recordings.empty()) return;
  ReportEvidence row;
  std::uint64_t size = 0;
  for (const Json& recording : recordings) size += static_cast<std::uint64_t>(integer_at(recording, "bytes"));
  const std::string first = text_at(recordings.front(), "path"), last = text_at(recordings.back(), "path");
  row.name = "录屏";
  row.file = text::file_name(first) + (first == last ? "" : " 至 " + text::file_name(last));
  row.time = out.first_frame + " 起";
  row.category = "视频";
  row.format = "MP4";
  row.size = text::bytes(size);
  const SourceFile* file = first == last ? find_file(in.source, first) : nullptr;
  if (file == nullptr && in.source.tags.size() > 1) file = &in.source.tags[1];
  row.sha256 = text::digest_lines(file ? file->digests.sha256 : "", 4);
  row.proves = fmt::format("取证全过程，{}，{}段", out.duration, recordings.size());
  row.note = first == last ? "—" : "校验值为 manifest-sha256.txt 的值";
  add_evidence(out, std::move(row));
}

// Each stretch of sound, with whether it stands to be read (文字记录).
void add_sounds(const Inputs& in, ReportValues& out) {
  int number = 0;
  for (const Json& recording : list_at(in.source.values, "recordings")) {
    const std::string path = text_at(recording, "path");
    if (!path.ends_with(".ogg")) continue;
    const std::string text = path.substr(0, path.size() - 3) + "txt";
    const SourceFile* file = find_file(in.source, path);
    ReportEvidence row;
    row.name = fmt::format("录音第 {} 段", ++number);
    row.file = text::file_name(path);
    row.time = out.first_frame + " 起";
    row.category = "音频";
    row.format = "Ogg Opus";
    row.size = text::bytes(static_cast<std::uint64_t>(integer_at(recording, "bytes")));
    row.sha256 = text::digest_lines(file ? file->digests.sha256 : "", 4);
    row.proves = fmt::format("取证过程中手机播放的声音，{}", text::duration(integer_at(recording, "duration_us") / 1000));
    row.note = find_file(in.source, text) != nullptr ? "文字记录 " + text::file_name(text) : "没有文字记录";
    add_evidence(out, std::move(row));
  }
}

void add_journal(const Inputs& in, ReportValues& out) {
  const SourceFile* file = find_file(in.source, "data/attach/journal.log");
  ReportEvidence row;
  row.name = "取证日志";
  row.file = "journal.log";
  row.category = "文本";
  row.format = "UTF-8";
  row.size = text::bytes(file ? file->digests.size : 0);
  row.sha256 = text::digest_lines(file ? file->digests.sha256 : "", 4);
  row.proves = "每一步操作的时间、内容与先后";
  row.note = "—";
  add_evidence(out, std::move(row));
}

}  // namespace

void fill_evidence(const Inputs& in, ReportValues& out) {
  const ReportSource& source = in.source;
  const std::string app = text_at(source.app, "package"), version = text_at(source.app, "version");
  std::vector<std::string> signatures, names;
  for (const char* who : {"station", "officer1", "officer2"}) {
    if (source.signatures.contains(who)) signatures.push_back("sig-" + std::string(who) + ".p7s");
  }
  for (const auto& person : out.people) names.push_back(person.name);
  out.evidence_common =
      "来源：" + (is_import(source) ? std::string("见各项") : text::join({out.platform, out.shop, app.empty() ? "" : "应用 " + app + " " + version, out.link}, "，")) +
      "；方法：" + out.method + "；签名、时间戳标识：" + text::or_missing(text::join(signatures, "、"), "无签名") + "，封签时间戳 " +
      (source.seal_stamp ? "seal.txt.tsr（序号 " + source.seal_stamp->serial + "）" : "待取得") + "；存储介质及位置：" +
      out.storage_server + "；展示工具与方法：通用图片浏览、" + (is_import(source) ? "文档阅读、音视频播放软件（按格式）" : "视频播放软件") + "；增删改说明：无；取证人：" +
      text::or_missing(text::join(names, "、")) + "。与共同项不同的，在该项备注中写明。";
  add_shots(in, out);
  add_recordings(in, out);
  add_sounds(in, out);
  add_journal(in, out);
}

}  // namespace guzheng::report_parts
