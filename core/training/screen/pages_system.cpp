// What belongs to the phone itself: status bar, notification shade, desktop, recents, and the order of layers.
#include <fmt/format.h>

#include "core/base/clock.h"
#include "core/training/screen/pages.h"

namespace guzheng::training {

namespace {
using namespace Qt::StringLiterals;
const QString kSystem = u"com.android.systemui"_s, kLauncher = u"com.android.launcher3"_s;

QString clock_text(const Builder& b, bool day) {
  const auto text = format_time({b.state.wall_ms});
  if (!day) return QString::fromStdString(text.substr(11, 5));
  return u"%1月%2日"_s.arg(QString::fromStdString(text.substr(5, 2)).toInt()).arg(QString::fromStdString(text.substr(8, 2)).toInt());
}

void set_package(Element& element, const QString& package) {
  element.package = package;
  for (auto& child : element.children) set_package(child, package);
}

struct App {
  QString name;
  Art art;
  Action action;
};

Element app_icon(const Builder& b, const App& app, double x, double y, double w) {
  Element out = b.box(x, y, w, 88);
  out.class_name = u"android.widget.TextView"_s;
  out.clickable = app.action.act != Act::None;
  out.description = app.name;
  out.resource_id = u"com.android.launcher3:id/icon"_s;
  out.action = app.action;
  Element picture = b.art(x + w / 2 - 28, y, 56, 56, app.art);
  picture.decoration = true;
  out.children.push_back(std::move(picture));
  out.children.push_back(b.label(x, y + 60, w, 20, app.name, 12, kWhite, false, Qt::AlignCenter));
  return out;
}

Element top_page(const Builder& b, double& limit) {
  if (shows_counter(b.state.scene)) return counter_page(b);
  if (b.state.front == Front::Launcher || (b.state.front == Front::App && b.state.stack.empty())) return launcher_page(b);
  if (b.state.front == Front::Recents) return recents_page(b);
  const auto& activity = b.state.stack.back();
  switch (activity.page) {
    case Page::MallHome: return mall_home_page(b, limit);
    case Page::Search: return search_page(b, limit);
    case Page::Shop: return shop_page(b, limit);
    case Page::Licence: return licence_page(b, limit);
    case Page::Product: return product_page(b, activity.number, limit);
    case Page::Live: return live_page(b);
    case Page::Chat: return chat_page(b, limit);
    case Page::Login: return login_page(b);
  }
  return launcher_page(b);
}

Element notification_card(const Builder& b, const Notification& note, double y, double& bottom) {
  double text_bottom = 0;
  Element text = b.paragraph(58, y + 48, b.width - 96, note.text, 14, text_bottom, QColor(0x3c, 0x42, 0x4b));
  text.resource_id = u"android:id/text"_s;
  bottom = text_bottom + 12;
  Element card = b.box(12, y, b.width - 24, bottom - y, kWhite, 16);
  card.resource_id = u"android:id/status_bar_latest_event_content"_s;
  Element icon = b.art(24, y + 12, 24, 24, Art::Bell);
  icon.style.ink = kRed;
  card.children.push_back(std::move(icon));
  card.children.push_back(b.label(58, y + 8, b.width - 96, 18, u"Shell · 刚刚"_s, 11, kGrey));
  card.children.back().resource_id = u"android:id/app_name_text"_s;
  card.children.push_back(b.label(58, y + 25, b.width - 96, 22, note.title, 15, kInk, true));
  card.children.back().resource_id = u"android:id/title"_s;
  card.children.push_back(std::move(text));
  return card;
}
}  // namespace

Element status_bar(const Builder& b, QColor ink) {
  Element bar = b.box(0, 0, b.width, Builder::kStatusBar);
  bar.resource_id = u"com.android.systemui:id/status_bar"_s;
  bar.children.push_back(b.label(14, 0, 60, Builder::kStatusBar, clock_text(b, false), 13, ink, true));
  bar.children.back().resource_id = u"com.android.systemui:id/clock"_s;
  double x = 58;
  if (!b.state.notifications.empty()) {
    bar.children.push_back(b.art(x, 5, 17, 17, Art::Bell));
    bar.children.back().description = u"有新通知"_s;
    bar.children.back().style.ink = ink;
    x += 20;
  }
  if (b.state.vpn) {
    Element vpn = b.label(x, 6, 30, 15, u"VPN"_s, 9.5, ink, true, Qt::AlignCenter);
    vpn.style.border = ink;
    vpn.style.radius = 3 * b.dp;
    vpn.resource_id = u"com.android.systemui:id/vpn"_s;
    bar.children.push_back(std::move(vpn));
  }
  Element percent = b.label(b.width - 92, 0, 46, Builder::kStatusBar, QString::number(b.state.battery) + u"%"_s, 11, ink, false,
                            Qt::AlignRight | Qt::AlignVCenter);
  percent.resource_id = u"com.android.systemui:id/battery_percentage_view"_s;
  bar.children.push_back(std::move(percent));
  Element battery = b.art(b.width - 40, 5, 28, 17, Art::Battery, b.state.battery);
  battery.style.ink = ink;
  bar.children.push_back(std::move(battery));
  const bool wifi = b.state.network == Network::Wifi;
  Element net = b.art(b.width - 96, 5, 17, 17, wifi ? Art::Wifi : Art::Signal);
  net.style.ink = ink;
  net.description = wifi ? u"WLAN 信号满格"_s : u"移动数据 5G"_s;
  bar.children.push_back(std::move(net));
  set_package(bar, kSystem);
  return bar;
}

Element shade_panel(const Builder& b) {
  const double top = (b.state.shade - 1) * b.height;
  Element veil = b.box(0, 0, b.width, b.height, QColor(12, 18, 28, static_cast<int>(225 * b.state.shade)));
  veil.resource_id = u"com.android.systemui:id/notification_panel"_s;
  veil.clickable = b.state.shade > 0.5;         // while it leaves, the page below has the finger again
  veil.action = {Act::CollapseShade, 0, {}};
  std::vector<Element> inner;
  inner.push_back(b.label(24, 40, 200, 46, clock_text(b, false), 34, kWhite));
  inner.push_back(b.label(b.width - 150, 48, 126, 32, clock_text(b, true), 14, QColor(255, 255, 255, 210), false, Qt::AlignRight | Qt::AlignVCenter));
  const std::vector<std::pair<QString, bool>> tiles = {{u"WLAN"_s, b.state.network == Network::Wifi},
                                                       {u"移动数据"_s, b.state.network == Network::Mobile},
                                                       {u"VPN"_s, b.state.vpn},
                                                       {u"勿扰"_s, false}};
  const double w = (b.width - 24 - 8 * 3) / 4;
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    Element tile = b.label(12 + static_cast<double>(i) * (w + 8), 98, w, 48, tiles[i].first, 12.5,
                           tiles[i].second ? kInk : kWhite, true, Qt::AlignCenter);
    tile.style.fill = tiles[i].second ? QColor(0xbb, 0xd6, 0xff) : QColor(255, 255, 255, 40);
    tile.style.radius = 16 * b.dp;
    tile.selected = tiles[i].second;
    inner.push_back(std::move(tile));
  }
  double y = 162;
  if (b.state.notifications.empty()) inner.push_back(b.label(0, y + 20, b.width, 30, u"没有通知"_s, 14, QColor(255, 255, 255, 200), false, Qt::AlignCenter));
  for (auto it = b.state.notifications.rbegin(); it != b.state.notifications.rend(); ++it) {
    double bottom = 0;
    inner.push_back(notification_card(b, *it, y, bottom));
    y = bottom + 8;
  }
  for (auto& element : inner) shift(element, 0, top * b.dp);
  veil.children = std::move(inner);
  set_package(veil, kSystem);
  return veil;
}

Element toast_bubble(const Builder& b) {
  const double w = text_width(b.state.toast, 13 * b.dp, false) / b.dp + 40;
  Element out = b.label((b.width - w) / 2, b.height - 140, w, 38, b.state.toast, 13, kWhite, false, Qt::AlignCenter);
  out.style.fill = QColor(30, 30, 34, 225);
  out.style.radius = 19 * b.dp;
  out.class_name = u"android.widget.Toast"_s;
  return out;
}

Element launcher_page(const Builder& b) {
  Element page = b.art(0, 0, b.width, b.height, Art::Wallpaper);
  page.class_name = u"android.widget.FrameLayout"_s;
  const bool flat = b.state.landscape();
  page.children.push_back(b.label(0, flat ? 34 : 86, b.width, 70, clock_text(b, false), flat ? 40 : 60, kWhite, false, Qt::AlignCenter));
  page.children.push_back(b.label(0, flat ? 92 : 160, b.width, 28, clock_text(b, true) + u" · 练习手机"_s, 15, QColor(255, 255, 255, 225), false, Qt::AlignCenter));
  const std::vector<App> apps = {{u"练习商城"_s, Art::AppMall, {Act::LaunchMall, 0, {}}},
                                 {u"浏览器"_s, Art::AppBrowser, {}},
                                 {u"相机"_s, Art::AppCamera, {}},
                                 {u"设置"_s, Art::AppSettings, {}}};
  const double w = b.width / 4;
  for (std::size_t i = 0; i < apps.size(); ++i)
    page.children.push_back(app_icon(b, apps[i], static_cast<double>(i) * w, b.height - (flat ? 110 : 190), w));
  Element dots = b.box(b.width / 2 - 60, b.height - 10, 120, 4, QColor(255, 255, 255, 200), 2);
  dots.decoration = true;
  page.children.push_back(std::move(dots));
  set_package(page, kLauncher);
  return page;
}

Element recents_page(const Builder& b) {
  Element page = b.art(0, 0, b.width, b.height, Art::Wallpaper);
  page.class_name = u"android.widget.FrameLayout"_s;
  page.children.push_back(b.box(0, 0, b.width, b.height, QColor(0, 0, 0, 110)));
  page.children.back().decoration = true;
  if (!b.state.app_running || b.state.stack.empty()) {
    page.children.push_back(b.label(0, 0, b.width, b.height, u"最近没有打开的应用"_s, 16, kWhite, false, Qt::AlignCenter));
  } else {
    const double h = b.height * 0.62, w = h * b.width / b.height, x = (b.width - w) / 2, y = b.height * 0.16;
    page.children.push_back(b.art(x, y - 38, 28, 28, Art::AppMall));
    page.children.push_back(b.label(x + 36, y - 38, 160, 28, u"练习商城"_s, 14, kWhite, true));
    Element card = b.box(x, y, w, h, kPaper, 14);
    card.clickable = true;
    card.description = u"练习商城"_s;
    card.resource_id = u"com.android.launcher3:id/task"_s;
    card.action = {Act::SwitchToMall, 0, {}};
    Element head = b.box(x, y, w, 52, kRed, 14);
    head.decoration = true;
    card.children.push_back(std::move(head));
    card.children.push_back(b.label(x + 14, y + 10, w - 28, 32, u"练习商城"_s, 14, kWhite, true));
    const double s = (w - 36) / 2;
    for (int i = 0; i < 4; ++i) {
      const auto& product = products()[static_cast<std::size_t>(i)];
      Element picture = b.art(x + 12 + (i % 2) * (s + 12), y + 64 + (i / 2) * (s + 12), s, std::min(s, (h - 90) / 2), product.art, product.variant);
      picture.style.radius = 8 * b.dp;
      picture.decoration = true;
      card.children.push_back(std::move(picture));
    }
    page.children.push_back(std::move(card));
    page.children.push_back(b.button(b.width / 2 - 60, b.height - 74, 120, 38, u"全部清除"_s, 13.5, QColor(255, 255, 255, 60), kWhite,
                                     u"com.android.launcher3:id/clear_all"_s, {Act::ClearRecents, 0, {}}, 19));
  }
  set_package(page, kLauncher);
  return page;
}

Element counter_page(const Builder& b) {
  Element page = b.box(0, 0, b.width, b.height, QColor(0x80, 0x80, 0x80));
  page.resource_id = u"cn.guzheng.mall:id/counter"_s;
  page.style.art = Art::Counter;
  page.text = QString::number(b.state.counter);      // font size 0: read by the hierarchy, drawn as blocks
  return page;
}

Element whole_screen(const UiState& state, double& limit) {
  const Builder b(state);
  limit = 0;
  Element root = b.box(0, 0, b.width, b.height);
  root.bounds = QRectF(QPointF(0, 0), state.size);
  root.class_name = u"android.widget.FrameLayout"_s;
  root.clips = true;
  root.children.push_back(top_page(b, limit));
  root.package = root.children.back().package;
  if (shows_counter(state.scene)) return root;
  root.children.push_back(status_bar(b, kWhite));
  if (!state.toast.isEmpty()) root.children.push_back(toast_bubble(b));
  if (state.shade > 0.001) root.children.push_back(shade_panel(b));
  return root;
}

}  // namespace guzheng::training
