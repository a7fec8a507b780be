// Reading of capture scripts: everything is checked before the first step is done, and everything that is wrong is told at once.
#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/media/find_picture.h"
#include "core/media/png.h"
#include "core/session/link_act.h"
#include "core/session/script.h"
#include "core/session/script_actions.h"
#include "core/session/script_lines.h"
#include "core/session/statements.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostScriptText = 6000, kMostName = 200;
constexpr std::uint64_t kMostScriptPicture = 8u << 20;
constexpr std::string_view kSchema = "guzheng-script/1";

std::string quoted(const std::string& text) { return "“" + text + "”"; }
std::string between(std::int64_t least, std::int64_t most) { return std::to_string(least) + " – " + std::to_string(most); }

bool is_picture_name(const std::string& name) {
  return name.size() > 4 && name.size() <= kMostName && name.ends_with(".png") && name.front() != '.' && name.find_first_of("/\\") == name.npos &&
         std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}
bool is_point(const Json& value, const ScriptField& field) {
  return value.is_array() && value.size() == 2 && std::all_of(value.begin(), value.end(), [&](const Json& one) {
           return one.is_number_integer() && one.get<std::int64_t>() >= field.least && one.get<std::int64_t>() <= field.most;
         });
}

// Collects what is wrong, each with its line.
class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  std::vector<ScriptProblem> problems;

  void script(const Json& json) {
    lines_ = lines_of_steps(text_);
    static const std::set<std::string> known{"schema", "name", "target", "order", "statements", "steps"};
    for (const auto& [name, unused] : json.items())
      if (!known.contains(name)) problem(0, name, quoted(name) + " 不是脚本的项目", "\"" + name + "\" is no field of a script");
    if (text_at(json, "name").empty()) problem(0, "name", "缺少脚本名称（name）", "\"name\" is missing");
    if (json.contains("target")) target(json["target"]);
    if (!json.contains("order")) problem(0, "order", "缺少取证指令（order）", "\"order\" is missing");
    else if (const auto order = parse_capture_order(json["order"]); !order) problem(0, "order", "取证指令（order）有误：" + order.error().what, order.error().what);
    if (json.contains("statements"))
      if (const auto said = parse_statements(json["statements"]); !said) problem(0, "statements", "告知内容（statements）有误：" + said.error().what, said.error().what);
    if (!json.contains("steps") || !json["steps"].is_array() || json["steps"].empty() || json["steps"].size() > kScriptMostSteps)
      return problem(0, "steps", "步骤（steps）应为 1 至 1000 步的列表", "\"steps\" must be a list of 1 to 1000 steps");
    for (std::size_t i = 0; i < json["steps"].size(); ++i) step(i + 1, json["steps"][i]);
  }

  void problem(std::size_t step, const std::string& field, std::string chinese, std::string english) {
    const int line = step > 0 && step <= lines_.size() ? lines_[step - 1] : 0;
    problems.push_back({line, step, field, std::move(chinese), std::move(english)});
  }

 private:
  void target(const Json& json) {
    if (!json.is_object()) return problem(0, "target", "对象（target）应写明应用、网址或其他标识", "\"target\" is no object");
    for (const auto& [name, value] : json.items()) {
      if (name != "app" && name != "url" && name != "mark") problem(0, "target", quoted(name) + " 不是对象的项目", "\"target\" has no \"" + name + "\"");
      else if (!value.is_string()) problem(0, "target", "对象的 " + quoted(name) + " 应为文字", "\"" + name + "\" of \"target\" is no text");
    }
    const auto app = text_at(json, "app"), url = text_at(json, "url");
    if (!app.empty() && !is_app(app)) problem(0, "target", "对象的应用应写包名，如 com.example.shop", "\"app\" of \"target\" is no package name");
    if (!url.empty() && !is_link(url)) problem(0, "target", kLinkChinese, std::string("\"url\" of \"target\": ") + kLinkEnglish);
  }

  void step(std::size_t number, const Json& json) {
    if (!json.is_object()) return problem(number, "", "不是一个步骤", "is no object");
    const std::string name = text_at(json, "do");
    const ScriptAction* action = script_action(name);
    if (action == nullptr) return problem(number, "do", "没有叫 " + quoted(name) + " 的步骤", "nothing is known that does \"" + name + "\"");
    for (const auto& [key, value] : json.items()) {
      if (key == "do") continue;
      const ScriptField* known = script_field(*action, key);
      if (known == nullptr) problem(number, key, quoted(key) + " 不是“" + action_in_chinese(name) + "”的项目", "\"" + key + "\" is no field of \"" + name + "\"");
      else field(number, *known, value);
    }
    ways(number, *action, json);
  }

  void field(std::size_t number, const ScriptField& field, const Json& value) {
    const auto say = [&](const std::string& chinese, const std::string& english) {
      problem(number, field.name, quoted(field.name) + " " + chinese, "\"" + field.name + "\" " + english);
    };
    const std::string text = value.is_string() ? value.get<std::string>() : std::string();
    switch (field.type) {
      case FieldType::Text:
        if (!value.is_string()) say("应为文字", "is no text");
        else if (text.size() > kMostScriptText) say("太长", "is longer than 6000 bytes");
        else if (field.name == "url" && !text.empty() && !is_link(text)) say(kLinkChinese, kLinkEnglish);
        else if ((field.name == "name" || field.name == "app") && !text.empty() && !is_app(text)) say("应写应用的包名，如 com.example.shop", "is no package name");
        break;
      case FieldType::Number:
        if (!value.is_number_integer() || value.get<std::int64_t>() < field.least || value.get<std::int64_t>() > field.most)
          say("应为 " + between(field.least, field.most) + " 的整数", "must be " + between(field.least, field.most));
        break;
      case FieldType::Point:
        if (!is_point(value, field)) say("应为 [横, 纵]，各为 " + between(field.least, field.most) + " 的整数", "must be [x, y], each " + between(field.least, field.most));
        break;
      case FieldType::Choice:
        if (std::find(field.choices.begin(), field.choices.end(), text) == field.choices.end()) {
          std::string list;
          for (const auto& one : field.choices) list += (list.empty() ? "" : ", ") + one;
          say("只能是：" + list, "must be one of: " + list);
        }
        break;
      case FieldType::Picture:
        if (!is_picture_name(text)) say("应为脚本旁边的图片文件名，如 购物车.png", "must be the name of a PNG file beside the script");
        break;
    }
  }

  static bool given(const Json& json, const std::string& name) { return json.contains(name) && !(json[name].is_string() && json[name].get<std::string>().empty()); }

  void ways(std::size_t number, const ScriptAction& action, const Json& json) {
    int whole = 0;
    std::string list_chinese, list_english;
    for (const auto& way : action.ways) {
      std::string one;
      for (const auto& name : way) one += (one.empty() ? "" : "+") + ("\"" + name + "\"");
      list_chinese += (list_chinese.empty() ? "" : " 或 ") + one;
      list_english += (list_english.empty() ? "" : " or ") + one;
      if (std::all_of(way.begin(), way.end(), [&](const auto& name) { return given(json, name); })) ++whole;
    }
    if (whole == 0) problem(number, action.ways.front().front(), "缺少 " + list_chinese, "needs " + list_english);
    if (action.need != Need::One) return;
    int begun = 0;
    for (const auto& way : action.ways) begun += std::any_of(way.begin(), way.end(), [&](const auto& name) { return json.contains(name); }) ? 1 : 0;
    if (whole > 0 && begun > 1) problem(number, action.ways.front().front(), "只能写一种：" + list_chinese, "takes one only of " + list_english);
  }

  static constexpr const char* kLinkChinese = "应以 https:// 或 http:// 开头，中文和空格须按网址编码（%…）";
  static constexpr const char* kLinkEnglish = "must begin with https:// or http://, other characters percent-encoded";
  std::string_view text_;
  std::vector<int> lines_;
};

Result<Json> read_json(std::string_view text, std::vector<ScriptProblem>& problems) {
  if (text.size() > kScriptMostBytes) {
    problems.push_back({0, 0, "", "文件超过 1 MiB，不是取证脚本", "is larger than 1 MiB"});
    return fail(ErrorKind::Invalid, "larger than 1 MiB");
  }
  auto json = parse_json(text);
  if (!json) {
    const int line = line_of_mistake(text);
    problems.push_back({line, 0, "", "这一行附近不是正确的 JSON：少了或多了引号、逗号或括号，或一个项目写了两次", "no right JSON near this line (" + json.error().what + ")"});
    return json;
  }
  if (json->is_object() && text_at(*json, "schema") == kSchema) return json;
  problems.push_back({0, 0, "schema", "这不是取证脚本：schema 应为 guzheng-script/1", "this is no capture script: \"schema\" must be \"guzheng-script/1\""});
  return fail(ErrorKind::Invalid, "no script");
}

void check_picture(const std::filesystem::path& file, const std::string& name, Script& script, std::vector<ScriptProblem>& problems) {
  const auto wrong = [&](const std::string& chinese, const std::string& english) {
    for (std::size_t i = 0; i < script.steps.size(); ++i)
      if (text_at(script.steps[i].values, "picture") == name) problems.push_back({0, i + 1, "picture", chinese, english});
  };
  const auto bytes = read_file(file, kMostScriptPicture);
  if (!bytes) return wrong("脚本旁边没有能读取的图片 " + name, "the picture " + name + " cannot be read: " + bytes.error().what);
  auto frame = decode_png(*bytes);
  if (!frame) return wrong("图片 " + name + " 不是完好的 PNG", "the picture " + name + " is no whole PNG");
  if (const auto fit = check_wanted(*frame); !fit) return wrong("图片 " + name + " 小于 8×8 像素，或只有一种颜色，认不出来", "the picture " + name + ": " + fit.error().what);
  script.pictures.emplace(name, std::move(*frame));
}

Script script_from(const Json& json, std::string_view text) {
  Script script;
  script.name = text_at(json, "name");
  script.sha256 = sha256_hex(as_bytes(text));
  const Json target = json.value("target", Json::object());
  script.target = {text_at(target, "app"), text_at(target, "url"), text_at(target, "mark")};
  script.order = *parse_capture_order(json["order"]);
  script.order.by_script = true;
  if (json.contains("statements")) script.statements = *parse_statements(json["statements"]);
  for (const auto& step : json["steps"]) script.steps.push_back({text_at(step, "do"), step});
  return script;
}

std::set<std::string> texts_of(const Script& script, const char* field) {
  std::set<std::string> out;
  for (const auto& step : script.steps)
    if (const auto text = text_at(step.values, field); !text.empty()) out.insert(text);
  return out;
}

}  // namespace

std::string in_words(const ScriptProblem& problem, Language language) {
  const bool chinese = language == Language::Chinese;
  std::string where;
  if (problem.line > 0) where = chinese ? "第 " + std::to_string(problem.line) + " 行" : "line " + std::to_string(problem.line);
  if (problem.step > 0) where += (where.empty() ? "" : chinese ? "，" : ", ") + (chinese ? "第 " + std::to_string(problem.step) + " 步" : "script step " + std::to_string(problem.step));
  if (where.empty()) where = chinese ? "脚本" : "script";
  return where + (chinese ? "：" + problem.chinese : ": " + problem.english);
}

Result<CaptureOrder> parse_capture_order(const Json& json) {
  CaptureOrder order;
  const std::pair<const char*, std::string*> fields[] = {
      {"order_no", &order.order_no},         {"task", &order.task},           {"case_no", &order.case_no},
      {"reason", &order.reason},             {"what", &order.what},           {"legal_basis", &order.legal_basis},
      {"subject_name", &order.subject_name}, {"credit_code", &order.credit_code}, {"shop", &order.shop},
      {"platform", &order.platform},         {"link", &order.link},           {"ownership", &order.ownership}};
  if (!json.is_object()) return fail(ErrorKind::Invalid, "\"order\" is no object");
  for (const auto& [name, value] : json.items()) {
    const auto field = std::find_if(std::begin(fields), std::end(fields), [&, n = name](const auto& f) { return n == f.first; });
    if (field == std::end(fields)) return fail(ErrorKind::Invalid, "order: \"" + name + "\" is no field of the order");
    if (!value.is_string()) return fail(ErrorKind::Invalid, "order field \"" + name + "\" is no text");
    *field->second = value.get<std::string>();
  }
  return order;
}

std::vector<ScriptProblem> check_script(std::string_view text) {
  Checker checker(text);
  if (const auto json = read_json(text, checker.problems)) checker.script(*json);
  return checker.problems;
}

Result<Script> parse_script(std::string_view text) {
  if (const auto problems = check_script(text); !problems.empty()) return fail(ErrorKind::Invalid, in_words(problems.front(), Language::English));
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  return script_from(json, text);
}

Result<Script> read_script(const std::filesystem::path& file, std::vector<ScriptProblem>* problems) {
  GZ_TRY_ASSIGN(const auto text, read_text(file, kScriptMostBytes));
  auto found = check_script(text);
  Script script;
  if (found.empty()) {
    GZ_TRY_ASSIGN(script, parse_script(text));
    for (const auto& name : pictures_in(script)) check_picture(file.parent_path() / name, name, script, found);
    const auto lines = lines_of_steps(text);
    for (auto& one : found)
      if (one.step > 0 && one.step <= lines.size()) one.line = lines[one.step - 1];
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
  }
  const std::string first = found.empty() ? std::string() : in_words(found.front(), Language::English);
  if (problems != nullptr) *problems = std::move(found);
  if (!first.empty()) return fail(ErrorKind::Invalid, file.string() + ": " + first);
  return script;
}

std::set<std::string> pictures_in(const Script& script) { return texts_of(script, "picture"); }
std::set<std::string> secrets_in(const Script& script) { return texts_of(script, "secret"); }

Status check_secrets(const Script& script, const ScriptSecrets* secrets) {
  for (const auto& name : secrets_in(script)) {
    if (secrets == nullptr || !secrets->contains(name)) return fail(ErrorKind::Invalid, "the script types the secret \"" + name + "\", which was not given");
    const auto text = secrets->at(name).view();
    if (text.empty() || text.size() > 300 || std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }))
      return fail(ErrorKind::Invalid, "the secret \"" + name + "\" must be 1 to 300 printable ASCII characters: it is typed, never pasted");
  }
  return ok();
}

}  // namespace guzheng
