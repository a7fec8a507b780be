// Room training, screen. One description of what is shown: the painter, the hit test and the UI hierarchy all read
// this tree, so that they cannot disagree. Values only; bounds are screen pixels.
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>
#include <vector>

namespace guzheng::training {

enum class Art {                // drawn by artwork.cpp into the element's bounds
  None, TeaBox, Jar, Patch, Mushroom, Bottle, Capsules, Ginseng, Honey, Avatar, ShopSign, Licence, Banner, LiveStage, Heart,
  Back, Search, Cart, Home, Grid, Chat, User, Bell, Battery, Wifi, Signal, Close, Play, AppMall, AppPhone, AppCamera,
  AppSettings, AppBrowser, Wallpaper, Counter,
};

enum class Act {
  None, OpenHome, OpenSearch, RunSearch, OpenShop, OpenLicence, OpenProduct, OpenLive, OpenChat, OpenLogin, Login, SendChat,
  Back, Focus, LaunchMall, OpenRecents, SwitchToMall, ClearRecents, CopyLink, Like, CollapseShade, Tab, Follow, Buy,
};

struct Action {
  Act act = Act::None;
  int number = 0;
  QString text;
};

struct Style {
  QColor fill, fill_end, border;             // invalid: none; fill_end makes a vertical gradient
  double radius = 0, border_width = 1;       // pixels
  QColor ink = QColor(0x1f, 0x23, 0x29);
  double font_px = 0;
  bool bold = false, strike = false, single_line = false;
  int align = 0x0001 | 0x0020;               // Qt::AlignLeft | Qt::AlignTop
  double line_spacing = 1.0;
  bool shadow = false;
  Art art = Art::None;
  double phase = 0;                          // of moving artwork, seconds
  int variant = 0;                           // colours of artwork
};

struct Element {
  QRectF bounds;
  QString text, description, resource_id, class_name = QStringLiteral("android.view.View"), hint;
  QString package = QStringLiteral("cn.guzheng.mall");
  bool clickable = false, scrollable = false, password = false, focused = false, selected = false, clips = false;
  bool decoration = false;                   // painted, but no node of its own in the hierarchy
  Style style;
  Action action;
  std::vector<Element> children;
};

}  // namespace guzheng::training
