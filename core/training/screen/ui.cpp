#include "core/training/screen/ui.h"

#include <cmath>

namespace guzheng::training {

namespace {
using namespace Qt::StringLiterals;
constexpr double kSlop = 8;                  // units a finger may tremble before it drags
constexpr double kFriction = 2.3;            // of a fling, 1/s
constexpr double kFlingMin = 24;             // pixels a second: below this a fling has ended
constexpr std::uint32_t kDpadUp = 19, kDpadDown = 20, kTab = 61, kSpace = 62, kPageUp = 92, kPageDown = 93, kEscape = 111,
                        kA = 29, kV = 50, kDigit0 = 7, kMetaShift = 0x1, kMetaCtrl = 0x1000;
const QString kChat = u"cn.guzheng.mall:id/chat_input"_s, kSearch = u"cn.guzheng.mall:id/search_input"_s,
              kLive = u"cn.guzheng.mall:id/live_input"_s, kAccount = u"cn.guzheng.mall:id/account"_s,
              kPassword = u"cn.guzheng.mall:id/password"_s;

const Element* find_at(const Element& element, QPointF at) {
  if (element.clips && !element.bounds.contains(at)) return nullptr;
  for (auto it = element.children.rbegin(); it != element.children.rend(); ++it)
    if (const auto* found = find_at(*it, at)) return found;
  return element.clickable && element.bounds.contains(at) ? &element : nullptr;
}
}  // namespace

Ui::Ui(const Switches& switches) {
  const QSizeF upright(switches.width, switches.height);
  state.size = switches.landscape ? upright.transposed() : upright;
  state.dp = std::min(upright.width(), upright.height()) / 360.0;
  state.battery = switches.battery;
  state.network = switches.network;
  state.vpn = switches.vpn;
  state.scene = switches.scene;
  if (switches.scene == Scene::Live) start_app(u"cn.guzheng.mall"_s), open(Page::Live);
  if (switches.scene == Scene::Scroll) start_app(u"cn.guzheng.mall"_s), open(Page::Product, 0);
}

const Element& Ui::build() {
  double limit = 0;
  tree_ = whole_screen(state, limit);
  state.scroll_limit = limit;
  if (!state.stack.empty()) state.stack.back().scroll = std::clamp(state.stack.back().scroll, 0.0, limit);
  return tree_;
}

PaintHints Ui::hints() const {
  PaintHints out;
  if (press_ && !press_->dragging) out.pressed = press_->target;
  return out;
}

bool Ui::animated() const {
  const bool live = state.front == Front::App && !state.stack.empty() && state.stack.back().page == Page::Live;
  return live || state.scene == Scene::Counter || state.scene == Scene::Scroll;
}

bool Ui::idle() const {
  return !dirty && !animated() && fling_ == 0 && std::abs(state.shade - shade_target()) < 0.001;
}

bool Ui::advance(double seconds, std::int64_t wall_ms) {
  const double step = std::clamp(seconds - last_advance_, 0.0, 0.1);
  last_advance_ = seconds;
  state.now = seconds;
  state.wall_ms = wall_ms;
  bool changed = dirty || animated();
  dirty = false;
  if (wall_ms / 60'000 != shown_minute_) shown_minute_ = wall_ms / 60'000, changed = true;
  if (!press_ && std::abs(fling_) > kFlingMin) {
    scroll_by(fling_ * step);
    fling_ *= std::exp(-kFriction * step);
    if (std::abs(fling_) <= kFlingMin) fling_ = 0;
    changed = true;
  }
  const bool pulled = press_ && press_->pulls_shade;
  if (!pulled && std::abs(state.shade - shade_target()) > 0.001) {
    state.shade += (shade_target() - state.shade) * std::min(1.0, step * 14);
    if (std::abs(state.shade - shade_target()) < 0.01) state.shade = shade_target();
    changed = true;
  }
  if (!state.toast.isEmpty() && seconds > state.toast_until) state.toast.clear(), changed = true;
  if (!question_.isEmpty() && seconds > answer_at_ && !state.stack.empty()) {
    state.chat.push_back({false, chat_answer(question_)});
    question_.clear();
    state.stack.back().scroll = 1e9;
    changed = true;
  }
  if (state.scene == Scene::Scroll && state.scroll_limit > 0 && !state.stack.empty()) {   // to and fro, without end
    const double phase = std::fmod(seconds * 300 * state.dp / 2, 2 * state.scroll_limit);
    state.stack.back().scroll = phase < state.scroll_limit ? phase : 2 * state.scroll_limit - phase;
  }
  if (state.scene == Scene::Counter) ++state.counter;
  return changed || dirty;
}

const Element* Ui::hit(QPointF at) const { return find_at(tree_, at); }

void Ui::touch(TouchAction action, QPointF at, double seconds) {
  if (!state.screen_on || state.scene == Scene::Counter) return;
  if (state.scene == Scene::Taps) {
    if (action == TouchAction::Down) ++state.counter, dirty = true;
    return;
  }
  dirty = true;
  switch (action) {
    case TouchAction::Down: {
      fling_ = 0;
      const auto* target = hit(at);
      press_ = Press{at, at, seconds, 0, false, at.y() < Builder::kStatusBar * state.dp && !shade_open_, target ? target->bounds : QRectF()};
      break;
    }
    case TouchAction::Move: drag(at, seconds); break;
    case TouchAction::Up:
      if (!press_) return;
      drag(at, seconds);
      release(seconds);
      break;
    case TouchAction::Cancel: press_.reset(); break;
  }
}

void Ui::drag(QPointF at, double seconds) {
  if (!press_) return;
  auto& press = *press_;
  if (!press.dragging && (at - press.start).manhattanLength() < kSlop * state.dp) return;
  const double moved = press.last.y() - at.y();
  press.dragging = true;
  const double passed = seconds - press.last_time;
  if (passed > 0.001) press.velocity = 0.6 * press.velocity + 0.4 * moved / passed;
  press.last = at;
  press.last_time = seconds;
  if (press.pulls_shade) state.shade = std::clamp((at.y() - press.start.y()) / (state.size.height() * 0.5), 0.0, 1.0);
  else if (shade_open_) shade_open_ = press.start.y() - at.y() < 60 * state.dp;
  else scroll_by(moved);
}

void Ui::release(double seconds) {
  const Press press = *press_;
  press_.reset();
  if (press.pulls_shade && press.dragging) {
    shade_open_ = state.shade > 0.25;
    return;
  }
  if (!press.dragging) return tap(press.start);
  // A finger that rested before it lifted does not throw the page: what is left of its speed would leave it restless for good.
  if (seconds - press.last_time < 0.08 && std::abs(press.velocity) > kFlingMin) fling_ = std::clamp(press.velocity, -9000.0, 9000.0);
}

void Ui::tap(QPointF at) {
  const auto* target = hit(at);
  if (target == nullptr) {
    state.focus.clear();
    return;
  }
  const Action action = target->action;         // the tree goes away while it is performed
  perform(action);
}

void Ui::scroll_by(double pixels) {
  if (state.front != Front::App || state.stack.empty() || shade_open_) return;
  auto& scroll = state.stack.back().scroll;
  const double before = scroll;
  scroll = std::clamp(scroll + pixels, 0.0, state.scroll_limit);
  if (scroll == before) fling_ = 0;
  dirty = true;
}

void Ui::wheel(QPointF, double vertical) { scroll_by(-vertical * 64 * state.dp); }

void Ui::tell(const QString& text) {
  state.toast = text;
  state.toast_until = state.now + 2.2;
}

void Ui::open(Page page, int number) {
  state.front = Front::App;
  state.app_running = true;
  state.focus.clear();
  fling_ = 0;
  // As many Android apps do: a page that is already below is brought back, not stacked again.
  for (std::size_t i = 0; i < state.stack.size(); ++i) {
    if (state.stack[i].page == page && state.stack[i].number == number) {
      state.stack.resize(i + 1);
      return;
    }
  }
  state.stack.push_back({page, number, 0});
}

void Ui::search(const QString& query) {
  open(Page::Search);
  state.query = query;
  state.fields[kSearch] = query;
  state.stack.back().scroll = 0;
  state.focus.clear();
}

void Ui::send_chat() {
  auto& text = state.fields[kChat];
  if (text.trimmed().isEmpty()) return;
  state.chat.push_back({true, text.trimmed()});
  question_ = text.trimmed();
  answer_at_ = state.now + 1.2;
  text.clear();
  state.stack.back().scroll = 1e9;
}

void Ui::perform(const Action& action) {
  if (action.act != Act::Focus && action.act != Act::SendChat) state.focus.clear();
  switch (action.act) {
    case Act::None: case Act::Tab: break;
    case Act::LaunchMall: start_app(u"cn.guzheng.mall"_s); break;
    case Act::SwitchToMall: state.front = Front::App; break;
    case Act::OpenHome: open(Page::MallHome); break;
    case Act::OpenSearch: state.query.clear(), state.fields[kSearch].clear(), open(Page::Search), state.focus = kSearch; break;
    case Act::RunSearch: search(action.text.isEmpty() ? state.fields[kSearch].trimmed() : action.text); break;
    case Act::OpenShop: open(Page::Shop); break;
    case Act::OpenLicence: open(Page::Licence); break;
    case Act::OpenProduct: open(Page::Product, action.number); break;
    case Act::OpenLive: open(Page::Live); break;
    case Act::OpenChat: open(Page::Chat), state.stack.back().scroll = 1e9; break;
    case Act::OpenLogin: open(Page::Login); break;
    case Act::Login: {
      state.logged_in = !state.fields[kAccount].isEmpty() && !state.fields[kPassword].isEmpty();
      tell(state.logged_in ? u"登录成功（练习）"_s : u"请输入账号和密码"_s);
      break;
    }
    case Act::SendChat: send_chat(); break;
    case Act::Back: back(); break;
    case Act::Focus: state.focus = action.text; break;
    case Act::OpenRecents: state.front = Front::Recents; break;
    case Act::ClearRecents: state.stack.clear(), state.app_running = false, state.front = Front::Launcher; break;
    case Act::CopyLink:
      clipboard = u"https://mall.example/item/%1（练习）"_s.arg(100001 + action.number);
      if (on_copy) on_copy(clipboard);
      tell(u"链接已复制"_s);
      break;
    case Act::Like: ++state.likes; break;
    case Act::Follow: state.followed = !state.followed; break;
    case Act::Buy: tell(action.text); break;
    case Act::CollapseShade: shade_open_ = false; break;
  }
  dirty = true;
}

void Ui::back() {
  fling_ = 0;
  if (shade_open_) shade_open_ = false;
  else if (!state.focus.isEmpty()) state.focus.clear();
  else if (state.front == Front::Recents) state.front = state.stack.empty() ? Front::Launcher : Front::App;
  else if (state.front == Front::App && state.stack.size() > 1) state.stack.pop_back();
  else if (state.front == Front::App) state.front = Front::Launcher;
}

void Ui::home() {
  shade_open_ = false;
  fling_ = 0;
  state.focus.clear();
  state.front = Front::Launcher;
}

void Ui::submit() {
  const QString field = state.focus;
  if (field == kSearch) search(state.fields[kSearch].trimmed());
  else if (field == kChat) send_chat();
  else if (field == kLive) state.fields[kLive].clear(), state.focus.clear(), tell(u"已发送"_s);
  else if (field == kAccount) state.focus = kPassword;
  else if (field == kPassword) perform({Act::Login, 0, {}});
}

void Ui::key(KeyAction action, std::uint32_t keycode, std::uint32_t meta) {
  if (action != KeyAction::Down) return;
  dirty = true;
  if (keycode == kKeyPower) state.screen_on = !state.screen_on;
  else if (keycode == kKeyWakeUp) state.screen_on = true;
  if (keycode == kKeyPower || keycode == kKeyWakeUp) state.panel_lit = true;       // the phone switches its display itself
  if (!state.screen_on) return;
  const bool shift = (meta & kMetaShift) != 0;
  switch (keycode) {
    case kKeyHome: return home();
    case kKeyBack: case kEscape: return back();
    case kKeyAppSwitch: state.front = Front::Recents; return;
    case kKeyEnter: return submit();
    case kKeyDelete: state.fields[state.focus].chop(1); return;
    case kKeyPaste: return type(clipboard);
    case kDpadUp: return scroll_by(-60 * state.dp);
    case kDpadDown: return scroll_by(60 * state.dp);
    case kPageUp: return scroll_by(-state.size.height() * 0.7);
    case kPageDown: return scroll_by(state.size.height() * 0.7);
    case kTab: if (state.focus == kAccount) state.focus = kPassword; return;
    case kSpace: return type(u" "_s);
    default: break;
  }
  if (keycode == kV && (meta & kMetaCtrl)) return type(clipboard);
  if (keycode >= kA && keycode < kA + 26) type(QChar((shift ? u'A' : u'a') + static_cast<char16_t>(keycode - kA)));
  else if (keycode >= kDigit0 && keycode < kDigit0 + 10) type(QChar(u'0' + static_cast<char16_t>(keycode - kDigit0)));
}

void Ui::type(const QString& text) {
  if (state.focus.isEmpty() || !state.screen_on) return;
  for (const QChar c : text) {
    if (c == u'\n') submit();
    else if (state.fields[state.focus].size() < 500) state.fields[state.focus] += c;
  }
  dirty = true;
}

bool Ui::start_app(const QString& name) {
  if (name != u"cn.guzheng.mall"_s) return false;
  state.screen_on = true;
  shade_open_ = false;
  state.front = Front::App;
  state.app_running = true;
  if (state.stack.empty()) state.stack.push_back({Page::MallHome, 0, 0});
  dirty = true;
  return true;
}

void Ui::stop_app() {
  home();
  state.stack.clear();
  state.app_running = state.logged_in = state.followed = false;
  state.fields.clear();
  state.query.clear();
  state.chat = first_chat();
  question_.clear();
  dirty = true;
}

void Ui::rotate() {
  state.size.transpose();
  press_.reset();
  fling_ = 0;
  dirty = true;
}

void Ui::post(Notification note) {
  std::erase_if(state.notifications, [&](const Notification& old) { return old.tag == note.tag; });
  state.notifications.push_back(std::move(note));
  if (state.notifications.size() > 20) state.notifications.erase(state.notifications.begin());
  dirty = true;
}

void Ui::open_shade(bool open) {
  shade_open_ = open;
  dirty = true;
}

}  // namespace guzheng::training
