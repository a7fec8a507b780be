#include "core/session/script_derive.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "core/custody/journal.h"
#include "core/device/control.h"
#include "core/session/app_facts.h"
#include "core/session/long_read.h"
#include "core/session/script.h"
#include "core/session/script_actions.h"
#include "core/session/script_write.h"
#include "core/session/ui_nodes.h"

namespace guzheng {

namespace {

constexpr std::int64_t kTapMs = 600, kLongestPauseMs = 5'000, kLeastPauseMs = 1'000, kDerivedLimitMs = 10'000;
constexpr std::size_t kMostTapText = 6000;
constexpr std::int64_t kTapReach = 25;             // thousandths of the screen that a finger may slip and still tap
constexpr std::uint64_t kMostLayout = 8u << 20, kMostJournal = 256u << 20;

std::string number_name(int number, const char* extension) {
  char name[48];
  std::snprintf(name, sizeof name, "data/main/shot-%04d.%s", number, extension);
  return name;
}

int shot_number(std::string_view path) {           // 0: no screenshot
  constexpr std::string_view before = "data/main/shot-";
  int number = 0;
  if (!path.starts_with(before) || !path.ends_with(".png")) return 0;
  const auto digits = path.substr(before.size(), path.size() - before.size() - 4);
  return std::from_chars(digits.data(), digits.data() + digits.size(), number).ptr == digits.data() + digits.size() ? number : 0;
}

struct Finger {
  std::int64_t x = 0, y = 0, last_x = 0, last_y = 0, width = 1, height = 1, slip = 0, began_ms = 0;
  Json on;                                         // the element that the journal names under it; null: none
};

class Deriver {
 public:
  explicit Deriver(const PackageReader& package) : package_(package) {}

  Result<DerivedScript> derive() {
    GZ_TRY_ASSIGN(const auto text, package_.text("data/attach/journal.log", kMostJournal));
    GZ_TRY_ASSIGN(const auto lines, parse_journal(text));
    if (!package_.has("data/attach/device.json")) return fail(ErrorKind::Invalid, package_.id() + " is no session with a phone: nothing in it can be done again");
    GZ_TRY(read_frame());
    look_ahead(lines);
    for (const auto& line : lines) {
      GZ_TRY(take(line));
    }
    flush_text();
    if (steps_.empty()) return fail(ErrorKind::Invalid, package_.id() + " has no act that a script could do");
    out_.script["steps"] = steps_;
    if (const auto problems = check_script(script_text(out_.script)); !problems.empty())
      return fail(ErrorKind::Invalid, "the script made of " + package_.id() + " is not in order: " + in_words(problems.front(), Language::English));
    return std::move(out_);
  }

 private:
  // Everything but the steps, from the session's own order.
  Status read_frame() {
    GZ_TRY_ASSIGN(const auto text, package_.text("data/attach/order.json"));
    GZ_TRY_ASSIGN(const Json order, parse_json(text));
    const Json subject = order.value("subject", Json::object());
    Json made = Json::object();
    // a number and a date are those of one order, not of the next
    for (const char* name : {"task", "reason", "what", "legal_basis"}) made[name] = text_at(order, name);
    for (const char* name : {"credit_code", "shop", "platform", "link", "ownership"}) made[name] = text_at(subject, name);
    made["subject_name"] = text_at(subject, "name");
    out_.script = Json{{"schema", "guzheng-script/1"}, {"name", "由 " + package_.id() + " 生成"}, {"order", made}};
    return ok();
  }

  // What later lines say of earlier ones.
  void look_ahead(const std::vector<JournalLine>& lines) {
    challenge_ = std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.kind == "challenge"; });
    for (const auto& line : lines) {
      if (line.kind != "note" && line.kind != "app.attest") continue;
      const auto body = parse_json(line.body);
      if (!body) continue;
      if (line.kind == "app.attest" && !text_at(*body, "package").empty()) out_.script["target"] = Json{{"app", text_at(*body, "package")}};
      if (line.kind == "note" && body->contains("title")) described_[std::atoi(text_at(*body, "item").c_str())] = *body;
    }
    if (const auto pages = long_pages(package_))
      for (const auto& page : *pages) {
        std::vector<int> numbers;
        for (const auto& path : page.paths) numbers.push_back(shot_number(path));
        if (numbers.size() > 1) long_from_[numbers.front()] = {numbers.back(), page.title};
      }
  }

  Status take(const JournalLine& line) {
    if (line.kind == "challenge") challenge_ = false;
    if (challenge_) return ok();                   // what the program itself does to show it
    if (line.kind == "shot") return shot(line);
    const bool inside_long = long_until_ > 0;
    if (line.kind != "input" && line.kind != "note") return ok();
    GZ_TRY_ASSIGN(const Json body, parse_json(line.body));
    if (line.kind == "note") link_note(line, body);
    else if (!inside_long) input(line, body);
    return ok();
  }

  void add(Json step) { steps_.push_back(std::move(step)); }

  // The time that passed, where the next step does not wait by itself.
  void add_pause(std::int64_t now_ms) {
    const std::int64_t gone = last_ms_ > 0 ? now_ms - last_ms_ : 0;
    if (gone >= kLeastPauseMs && !steps_.empty()) add({{"do", "wait"}, {"ms", std::min(kLongestPauseMs, gone / 100 * 100)}});
  }
  void acted(std::int64_t now_ms) {
    last_ms_ = now_ms;
    layout_.clear();
    moved_ = true;
  }

  Status shot(const JournalLine& line) {
    const auto path_at = line.body.find("  ");
    if (path_at == std::string::npos) return ok();
    const auto path = line.body.substr(path_at + 2, line.body.find(' ', path_at + 2) - path_at - 2);
    const int number = shot_number(path);
    if (number == 0) return ok();
    flush_text();
    const auto said = described_.find(number);
    const Json item = said == described_.end() ? Json::object() : said->second;
    if (long_until_ > 0) {
      if (number >= long_until_) after_long_ = std::exchange(long_until_, 0) + 1;
      return ok();
    }
    const std::string title = text_at(item, "title");
    if (number == after_long_ && text_at(item, "proves").find("到底") != std::string::npos) return ok();     // the picture that showed the end
    if (title == "脚本停止时的页面") return ok();
    GZ_TRY(read_layout(number));
    if (moved_) {
      if (const auto text = telling_text(); !text.empty()) add({{"do", "wait"}, {"text", text}, {"limit_ms", kDerivedLimitMs}});
      else add_pause(line.time.ms);
    }
    const auto page = long_from_.find(number);
    Json step{{"do", page == long_from_.end() ? "capture" : "long"}, {"kind", item_kind(text_at(item, "kind")) ? text_at(item, "kind") : "other"}};
    for (const char* name : {"title", "proves", "basis"})
      if (const auto value = text_at(item, name); !value.empty()) step[name] = value;
    if (const auto access = text_at(item, "access"); access == "公开" || access == "登录可见" || access == "非公开") step["access"] = access;
    if (page != long_from_.end()) {
      long_until_ = page->second.first;
      step["title"] = page->second.second;
      layout_.clear();
    }
    add(std::move(step));
    last_ms_ = line.time.ms;
    moved_ = page != long_from_.end();
    return ok();
  }

  Status read_layout(int number) {
    before_ = std::move(texts_);
    texts_.clear();
    layout_.clear();
    const auto path = number_name(number, "xml");
    if (!package_.has(path)) return ok();
    GZ_TRY_ASSIGN(layout_, package_.text(path, kMostLayout));
    texts_ = texts_on(layout_);
    return ok();
  }

  // On this page and not on the one before; words, not figures that are others tomorrow.
  // Headings stand first; banners change.
  [[nodiscard]] std::string telling_text() const {
    for (const auto& text : texts_) {
      if (text.size() < 6 || text.size() > 36 || text.find("！") != text.npos || std::find(before_.begin(), before_.end(), text) != before_.end()) continue;
      if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0 || c < 0x20; })) continue;
      return text;
    }
    return {};
  }

  // The link that the session began with is what the script is about.
  void link(const JournalLine& line, const Json& body) {
    const std::string url = text_at(body, "url"), package = text_at(body, "package");
    if (steps_.empty() && !package.empty()) {
      out_.script["target"] = Json{{"app", package}, {"url", url}};
      return acted(line.time.ms);
    }
    simple({{"do", "url"}, {"url", url}}, line);
  }

  // Journals of earlier versions.
  void link_note(const JournalLine& line, const Json& body) {
    constexpr std::string_view before = "打开网址 ";
    const std::string text = text_at(body, "text");
    if (!text.starts_with(before) || !text_at(body, "item").empty()) return;
    const auto url = text.substr(before.size(), text.find("（") - before.size());
    add({{"do", "url"}, {"url", url}});
    acted(line.time.ms);
  }

  void input(const JournalLine& line, const Json& body) {
    const std::string act = text_at(body, "act");
    if (act == "touch") return touch(line, body);
    if (act == "move") return move(body);
    if (act == "text" || act == "paste") return typed(line, body);
    if (act == "key") return key(line, body);
    if (act == "reset-video" || act == "clipboard") return;
    flush_text();
    if (act == "back") return simple({{"do", "key"}, {"key", "back"}}, line);
    if (act == "app") {
      const auto name = text_at(body, "name");
      if (steps_.empty() && out_.script.contains("target") && name.ends_with(text_at(out_.script["target"], "app"))) return acted(line.time.ms);      // starting it is the target's
      return simple({{"do", "app"}, {"name", name.starts_with('+') ? name.substr(1) : name}}, line);
    }
    if (act == "link") return link(line, body);
    if (act == "scroll") return wheel(line, body);
    leave_out(line, act == "panel" ? "下拉或收起通知栏" : act == "rotate" ? "旋转屏幕" : act == "display" ? "开关屏幕" : act);
  }

  void leave_out(const JournalLine& line, const std::string& what) { out_.left_out.push_back("取证记录第 " + std::to_string(line.seq) + " 行：" + what + "，没有相应的步骤"); }
  void simple(Json step, const JournalLine& line) {
    add_pause(line.time.ms);
    add(std::move(step));
    acted(line.time.ms);
  }

  void typed(const JournalLine& line, const Json& body) {
    if (body.contains("salted")) return typed_secret(line);
    if (!secret_open_) typing_ += text_at(body, "text");
    else flush_text(), typing_ = text_at(body, "text");
    typed_ms_ = line.time.ms;
  }
  void typed_secret(const JournalLine& line) {
    if (!secret_open_) flush_text();
    secret_open_ = true;
    typed_ms_ = line.time.ms;
  }
  // What was typed letter by letter is one step.
  void flush_text() {
    if (secret_open_) {
      add({{"do", "text"}, {"secret", "口令" + std::to_string(++secrets_)}, {"remark", "原会话中以密码输入方式录入，执行时给出"}});
      acted(typed_ms_);
    } else if (!typing_.empty()) {
      if (typing_.size() <= 6000) add({{"do", "text"}, {"text", typing_}});
      acted(typed_ms_);
    }
    typing_.clear();
    secret_open_ = false;
  }

  void key(const JournalLine& line, const Json& body) {
    if (body.contains("salted")) return typed_secret(line);
    if (text_at(body, "do") != "down") return;
    flush_text();
    const auto code = static_cast<std::uint32_t>(integer_at(body, "code"));
    const char* name = code == kKeyHome ? "home" : code == kKeyAppSwitch ? "recents" : code == kKeyEnter ? "enter" : code == 4 ? "back" : nullptr;
    if (name == nullptr) return leave_out(line, "按键 " + std::to_string(code));
    simple({{"do", "key"}, {"key", name}}, line);
  }

  void wheel(const JournalLine& line, const Json& body) {
    const auto down = integer_at(body, "dy") < 0;
    const Json low{500, 700}, high{500, 400};
    // one turn of the wheel is many lines: one swipe stands for those that follow each other
    if (!steps_.empty() && wheel_ && *wheel_ == down && line.time.ms - last_ms_ < 400) return acted(line.time.ms);
    add_pause(line.time.ms);
    add({{"do", "swipe"}, {"from_at", down ? low : high}, {"to_at", down ? high : low}, {"ms", 400}, {"remark", "原会话中是鼠标滚轮"}});
    acted(line.time.ms);
    wheel_ = down;
  }

  void touch(const JournalLine& line, const Json& body) {
    const std::string what = text_at(body, "do");
    const auto pointer = integer_at(body, "p");
    const auto x = integer_at(body, "x"), y = integer_at(body, "y");
    if (what == "down") {
      flush_text();
      wheel_.reset();
      if (!fingers_.empty()) several_ = true;
      fingers_[pointer] = {x, y, x, y, std::max<std::int64_t>(1, integer_at(body, "w")), std::max<std::int64_t>(1, integer_at(body, "h")), 0, line.time.ms, body.contains("on") ? body["on"] : Json()};
      return;
    }
    const auto finger = fingers_.find(pointer);
    if (finger == fingers_.end()) return;
    Finger done = finger->second;
    follow(done, x, y);
    fingers_.erase(finger);
    if (several_) {
      if (fingers_.empty()) {
        several_ = false;
        leave_out(line, "多指手势");
        acted(line.time.ms);
      }
      return;
    }
    if (what == "up") gesture(line, done);
  }
  void move(const Json& body) {
    const auto finger = fingers_.find(integer_at(body, "p"));
    if (finger == fingers_.end() || !body.contains("points") || !body["points"].is_array()) return;
    for (const auto& point : body["points"])
      if (point.is_array() && point.size() == 3 && point[1].is_number_integer() && point[2].is_number_integer()) follow(finger->second, point[1], point[2]);
  }
  static void follow(Finger& finger, std::int64_t x, std::int64_t y) {
    finger.last_x = x;
    finger.last_y = y;
    finger.slip = std::max({finger.slip, std::abs(x - finger.x) * kFullScale / finger.width, std::abs(y - finger.y) * kFullScale / finger.height});
  }

  static Json share(std::int64_t x, std::int64_t y, const Finger& finger) {
    const auto part = [](std::int64_t value, std::int64_t whole) { return std::clamp<std::int64_t>(value * kFullScale / whole, 0, kFullScale); };
    return Json::array({part(x, finger.width), part(y, finger.height)});
  }

  void gesture(const JournalLine& line, const Finger& finger) {
    const auto ms = std::max<std::int64_t>(1, line.time.ms - finger.began_ms);
    if (finger.slip < kTapReach && ms < kTapMs) {
      tap(line, finger);
    } else {
      add_pause(finger.began_ms);
      Json step{{"do", "swipe"}, {"from_at", share(finger.x, finger.y, finger)}, {"to_at", share(finger.last_x, finger.last_y, finger)}, {"ms", std::min(ms, kScriptMostWaitMs)}};
      if (finger.slip < kTapReach) step["remark"] = "长按";
      add(std::move(step));
    }
    acted(line.time.ms);
  }

  void tap(const JournalLine&, const Finger& finger) {
    std::string why = "当时没有这个页面的文字，按位置点按";
    if (finger.on.is_object()) {
      const auto text = text_at(finger.on, "text");
      if (!text.empty() && text.size() <= kMostTapText && finger.on.value("alone", false)) {
        add({{"do", "tap"}, {"text", text}, {"limit_ms", kDerivedLimitMs}});
        ++out_.by_text;
        return;
      }
      why = text.empty() ? "这里没有文字，按位置点按" : "这里的文字在页面上不只一处，按位置点按";
    }
    if (!layout_.empty()) {
      const auto text = text_under(layout_, static_cast<double>(finger.x) / static_cast<double>(finger.width), static_cast<double>(finger.y) / static_cast<double>(finger.height));
      if (text && !text->empty()) {
        add({{"do", "tap"}, {"text", *text}, {"limit_ms", kDerivedLimitMs}});
        ++out_.by_text;
        return;
      }
      why = text ? "这里没有文字，按位置点按" : "这里的文字在页面上不只一处，按位置点按";
    }
    add_pause(finger.began_ms);
    add({{"do", "tap"}, {"at", share(finger.x, finger.y, finger)}, {"remark", why}});
    ++out_.by_place;
  }

  const PackageReader& package_;
  DerivedScript out_;
  Json steps_ = Json::array();
  std::map<int, Json> described_;                  // last description of each item
  std::map<int, std::pair<int, std::string>> long_from_;       // first shot of a long page: its last one, and the title
  int long_until_ = 0, after_long_ = 0, secrets_ = 0;
  bool challenge_ = false, several_ = false, secret_open_ = false, moved_ = true;
  std::optional<bool> wheel_;                      // direction of the wheel that the last step was
  std::map<std::int64_t, Finger> fingers_;
  std::string typing_, layout_;                    // layout_: of the page as it still stands; "": not known
  std::vector<std::string> texts_, before_;        // on the page captured last, and on the one before
  std::int64_t typed_ms_ = 0, last_ms_ = 0;
};

}  // namespace

Result<DerivedScript> script_from_package(const PackageReader& package) { return Deriver(package).derive(); }

}  // namespace guzheng
