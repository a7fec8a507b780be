// 指令执行过程: what the journal says, in short; the whole journal is in the package.
#include <fmt/format.h>

#include "core/custody/statements.h"
#include "core/report/text.h"
#include "core/report/values_parts.h"

namespace guzheng::report_parts {

namespace text = report_text;

namespace {

// Collects screenshots that follow each other without another event, so that 500 of them stay readable.
class Course {
 public:
  explicit Course(std::vector<std::string>& lines) : lines_(lines) {}

  void shot(const std::string& time, const std::string& figure) {
    if (shots_.empty()) first_ = time;
    last_ = time;
    shots_.push_back({time, figure});
  }

  void event(const std::string& time, const std::string& what) {
    flush();
    lines_.push_back(time + "　" + what);
  }

  void flush() {
    constexpr std::size_t most = 12, a_line = 3;
    if (shots_.size() > most) {
      lines_.push_back(first_ + " 至 " + last_ + "　" + shots_.front().second + " 至 " + shots_.back().second +
                       "（逐项见第二部分）");
    } else {
      for (std::size_t at = 0; at < shots_.size(); ++at) {
        if (at % a_line == 0) lines_.emplace_back();
        lines_.back() += (at % a_line == 0 ? "" : "　") + shots_[at].first + "　" + shots_[at].second;
      }
    }
    shots_.clear();
  }

 private:
  std::vector<std::string>& lines_;
  std::vector<std::pair<std::string, std::string>> shots_;
  std::string first_, last_;
};

// "SHA256  path …": the path.
std::string shot_path(const std::string& body) {
  const auto from = body.find("  ");
  if (from == std::string::npos) return {};
  const auto to = body.find(' ', from + 2);
  return body.substr(from + 2, to == std::string::npos ? to : to - from - 2);
}

Json json_of(const JournalLine& line) {
  const auto body = parse_json(line.body);
  return body && body->is_object() ? *body : Json::object();
}

std::string answer_words(const Json& body) {
  const std::string who = text_at(body, "who"), text = text_at(body, "text");
  switch (opening_answer(text_at(body, "result")).value_or(OpeningAnswer::Absent)) {
    case OpeningAnswer::Consents: return who + "：" + text + "（无异议）";
    case OpeningAnswer::Refuses: return who + "：" + text + "（有异议或者申请回避，理由：" + text_at(body, "reason") + "）";
    case OpeningAnswer::Silent: return who + " 在场，没有作答" + (text.empty() ? "" : "：" + text);
    case OpeningAnswer::Absent: break;
  }
  return "当事人及其代表不在场，无人回答" + (text.empty() ? std::string() : "：" + text);
}

// 指令执行过程 names the statement; its words stand in a row of their own.
std::string confirmed(const Json& body) {
  const std::string who = text_at(body, "who"), text = text_at(body, "text"), no = std::to_string(integer_at(body, "no"));
  if (!body.contains("act")) return who + " 确认：" + text;
  if (text_at(body, "act") == "say") return who + " 告知 " + no + "：" + text_at(body, "title");
  return "对告知 " + no + "：" + answer_words(body);
}

std::string session_event(const JournalLine& line) {
  const Json body = json_of(line);
  if (line.kind == "import")
    return "导入 " + text_at(body, "name") + "，存为 " + text::file_name(text_at(body, "path")) + "，" +
           text::bytes(static_cast<std::uint64_t>(integer_at(body, "bytes"))) + "，复制后与原件核对一致";
  if (line.kind == "tsa.beacon") return "取得起始时间戳";
  if (line.kind == "tsa.none") return "未取得起始时间戳：" + text_at(body, "reason");
  if (line.kind == "env.check") {
    return fmt::format("环境检测：正常 {} 项，提示 {} 项，不符 {} 项，无法判定 {} 项", integer_at(body, "passed"),
                       integer_at(body, "noted"), integer_at(body, "failed"), integer_at(body, "unknown"));
  }
  if (line.kind == "challenge") {
    const std::string code = text_at(body, "code");
    return "手机显示挑战码 " + code.substr(0, 4) + " " + (code.size() > 4 ? code.substr(4) : "") + "，录入画面";
  }
  if (line.kind == "gap.begin") return "中断：" + text::gap_reason(text_at(body, "reason"));
  if (line.kind == "gap.end") return "中断结束";
  if (line.kind == "pause") return "暂停：" + text_at(body, "reason");
  if (line.kind == "resume") return "继续";
  if (line.kind == "crash.recover") return "异常终止后恢复：" + text_at(body, "lost");
  if (line.kind == "confirm") return confirmed(body);
  if (line.kind == "session.close") return "结束取证，封存";
  return {};
}

// Each statement with its own answer. Journals of earlier versions do not say which lines were answers.
void add_confirmed(const Json& body, std::vector<ReportValues::Statement>& statements) {
  const std::string act = text_at(body, "act");
  if (act == "say") statements.push_back({text_at(body, "title"), text_at(body, "text"), text_at(body, "who"), "回答：没有记录"});
  else if (act == "answer" && !statements.empty()) statements.back().answer = "回答：" + answer_words(body);
  else if (act.empty()) statements.push_back({"开始前告知", text_at(body, "text"), text_at(body, "who"), "（旧版本的记录，不区分告知与回答）"});
}

struct InputCount {
  std::int64_t gestures = 0, keys = 0, texts = 0, links = 0, others = 0;

  void add(const Json& body) {
    const std::string act = text_at(body, "act"), done = text_at(body, "do");
    if (act == "touch") gestures += done == "down" ? 1 : 0;
    else if (act == "scroll") ++gestures;
    else if (act == "key") keys += done == "down" ? 1 : 0;
    else if (act == "text" || act == "paste") ++texts;
    else if (act == "link") ++links;
    else if (act != "move") ++others;
  }
};

}  // namespace

void fill_statements(const Inputs& in, ReportValues& out) {
  for (const JournalLine& line : in.source.journal)
    if (line.kind == "confirm") add_confirmed(json_of(line), out.statements);
}

void fill_course(const Inputs& in, ReportValues& out) {
  Course course(out.course);
  InputCount inputs;
  for (const JournalLine& line : in.source.journal) {
    const std::string time = text::clock_time(format_time(line.time, in.context.zone_minutes));
    if (line.kind == "shot") {
      if (const std::string figure = figure_of(in.source, shot_path(line.body)); !figure.empty()) course.shot(time, figure);
    } else if (line.kind == "input") {
      const Json body = json_of(line);
      inputs.add(body);
      if (text_at(body, "act") == "link") course.event(time, "打开网址 " + text_at(body, "url") + (text_at(body, "package").empty() ? "" : "（" + text_at(body, "package") + "）"));
    } else if (const std::string what = session_event(line); !what.empty()) {
      course.event(time, what);
    }
  }
  course.flush();
  out.journal_lines = text::number(static_cast<std::int64_t>(in.source.journal.size()));
  if (is_import(in.source)) out.input_summary = "本次为导入，没有对手机的操作";
  else out.input_summary = fmt::format("触摸与滑动 {} 次，按键 {} 次，输入文字 {} 次，{}其他操作 {} 次", inputs.gestures, inputs.keys, inputs.texts,
                                  inputs.links == 0 ? std::string() : fmt::format("打开网址 {} 次，", inputs.links), inputs.others);
}

}  // namespace guzheng::report_parts
