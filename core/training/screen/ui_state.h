// Room training, screen. What the phone's user interface knows; pages are a pure function of it.
#pragma once

#include <QSizeF>
#include <QString>
#include <map>
#include <vector>

#include "core/training/screen/content.h"
#include "core/training/switches.h"

namespace guzheng::training {

enum class Page { MallHome, Search, Shop, Licence, Product, Live, Chat, Login };
enum class Front { Launcher, App, Recents };

struct Activity {
  Page page = Page::MallHome;
  int number = 0;                    // which product
  double scroll = 0;                 // pixels
};

struct Notification {
  QString tag, title, text;
  std::int64_t posted_ms = 0;
};

struct UiState {
  QSizeF size;                       // pixels, as shown (rotation swaps)
  double dp = 2;                     // pixels per design unit; the short side is 360 units
  Front front = Front::Launcher;
  bool app_running = false;
  std::vector<Activity> stack;       // the app's pages, topmost last
  double scroll_limit = 0;           // of the page shown; set by its builder
  std::map<QString, QString> fields; // text of input fields by resource id
  QString focus;                     // resource id of the focused field, or empty
  QString query;                     // what was last searched for
  std::vector<ChatLine> chat = first_chat();
  std::vector<Notification> notifications;
  double shade = 0;                  // 0 closed … 1 open
  bool screen_on = true;
  bool panel_lit = true;             // scrcpy's DisplayPower puts the panel's light out; the phone stays awake and goes on painting
  bool followed = false, logged_in = false;
  int likes = 12873, tab = 0;
  QString toast;
  double toast_until = 0;            // seconds of `now`
  double now = 0;                    // seconds since start; moves animations
  std::int64_t wall_ms = 0;
  int battery = 86;
  Network network = Network::Wifi;
  bool vpn = false;
  std::uint16_t counter = 0;
  Scene scene = Scene::Mall;

  [[nodiscard]] bool landscape() const { return size.width() > size.height(); }
};

}  // namespace guzheng::training
