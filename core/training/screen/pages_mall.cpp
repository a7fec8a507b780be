// The platform's own pages: front page, search, log-in.
#include "core/training/screen/pages.h"

namespace guzheng::training {

namespace {
using namespace Qt::StringLiterals;
const QString kId = u"cn.guzheng.mall:id/"_s;

Element goods_card(const Builder& b, int number, double x, double y, double w, double h) {
  const auto& product = products()[static_cast<std::size_t>(number)];
  Element card = b.box(x, y, w, h, kWhite, 8);
  card.style.shadow = true;
  card.clickable = true;
  card.resource_id = kId + u"goods_card"_s;
  card.action = {Act::OpenProduct, number, {}};
  Element picture = b.art(x + 6, y + 6, w - 12, w - 12, product.art, product.variant);
  picture.style.radius = 6 * b.dp;
  picture.resource_id = kId + u"goods_picture"_s;
  card.children.push_back(std::move(picture));
  Element name = b.label(x + 8, y + w - 2, w - 16, 38, product.name, 13, kInk, false, Qt::AlignLeft | Qt::AlignTop);
  name.resource_id = kId + u"goods_name"_s;
  card.children.push_back(std::move(name));
  Element price = b.label(x + 8, y + h - 28, 80, 22, product.price, 16, kRed, true);
  price.resource_id = kId + u"goods_price"_s;
  card.children.push_back(std::move(price));
  card.children.push_back(b.label(x + w - 88, y + h - 27, 80, 22, product.sold, 10.5, kGrey, false, Qt::AlignRight | Qt::AlignVCenter));
  return card;
}

Element tab_bar(const Builder& b) {
  Element bar = b.box(0, b.height - 52, b.width, 52, kWhite);
  bar.resource_id = kId + u"tab_bar"_s;
  bar.children.push_back(b.box(0, b.height - 52, b.width, 0.5, kLine));
  struct Tab {
    QString name;
    Art art;
    Action action;
  };
  const std::vector<Tab> tabs = {{u"首页"_s, Art::Home, {Act::OpenHome, 0, {}}},
                                 {u"分类"_s, Art::Grid, {Act::OpenSearch, 0, {}}},
                                 {u"直播"_s, Art::Play, {Act::OpenLive, 0, {}}},
                                 {u"客服"_s, Art::Chat, {Act::OpenChat, 0, {}}},
                                 {u"我的"_s, Art::User, {Act::OpenLogin, 0, {}}}};
  const double w = b.width / static_cast<double>(tabs.size());
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    const double x = w * static_cast<double>(i);
    const QColor ink = i == 0 ? kRed : QColor(0x55, 0x5b, 0x64);
    Element tab = b.box(x, b.height - 52, w, 52);
    tab.clickable = true;
    tab.selected = i == 0;
    tab.resource_id = kId + u"tab"_s;
    tab.description = tabs[i].name;
    tab.action = tabs[i].action;
    Element icon = b.art(x + w / 2 - 12, b.height - 47, 24, 24, tabs[i].art);
    icon.style.ink = ink;
    tab.children.push_back(std::move(icon));
    tab.children.push_back(b.label(x, b.height - 23, w, 16, tabs[i].name, 10.5, ink, i == 0, Qt::AlignCenter));
    bar.children.push_back(std::move(tab));
  }
  return bar;
}

Element search_entry(const Builder& b, double y) {
  Element entry = b.box(12, y, b.width - 64, 34, kWhite, 17);
  entry.clickable = true;
  entry.resource_id = kId + u"search_entry"_s;
  entry.action = {Act::OpenSearch, 0, {}};
  Element lens = b.art(18, y + 7, 20, 20, Art::Search);
  lens.style.ink = kGrey;
  entry.children.push_back(std::move(lens));
  entry.children.push_back(b.label(42, y, 180, 34, u"祖传秘方降糖茶"_s, 13, kGrey));
  return entry;
}

double banners(const Builder& b, double y, std::vector<Element>& out) {
  Element banner = b.art(12, y, b.width - 24, 112, Art::Banner, 0);
  banner.resource_id = kId + u"banner"_s;
  banner.clickable = true;
  banner.style.radius = 10 * b.dp;
  banner.action = {Act::OpenShop, 0, {}};
  banner.children.push_back(b.label(28, y + 20, 220, 30, u"养生节 · 大牌直降"_s, 21, kWhite, true));
  banner.children.push_back(b.label(28, y + 50, 220, 20, u"示例养生旗舰店 全场三折起"_s, 13, QColor(255, 255, 255, 230)));
  Element go = b.label(28, y + 76, 76, 24, u"立即进店"_s, 12, kRed, true, Qt::AlignCenter);
  go.style.fill = kWhite;
  go.style.radius = 12 * b.dp;
  banner.children.push_back(std::move(go));
  Element tea = b.art(b.width - 120, y + 10, 92, 92, Art::TeaBox, 0);
  tea.style.radius = 46 * b.dp;
  banner.children.push_back(std::move(tea));
  out.push_back(std::move(banner));
  return y + 112;
}

double quick_entries(const Builder& b, double y, std::vector<Element>& out) {
  struct Entry {
    QString name;
    Art art;
    int variant;
    Action action;
  };
  const std::vector<Entry> entries = {{u"保健滋补"_s, Art::Jar, 1, {Act::RunSearch, 0, u"鹿茸膏"_s}},
                                      {u"茶饮冲调"_s, Art::TeaBox, 0, {Act::RunSearch, 0, u"降糖茶"_s}},
                                      {u"护眼专区"_s, Art::Patch, 2, {Act::RunSearch, 0, u"护眼贴"_s}},
                                      {u"蜂蜜特产"_s, Art::Honey, 7, {Act::RunSearch, 0, u"蜂蜜"_s}},
                                      {u"养生直播"_s, Art::Mushroom, 3, {Act::OpenLive, 0, {}}}};
  Element row = b.box(12, y, b.width - 24, 82, kWhite, 10);
  const double w = (b.width - 24) / static_cast<double>(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const double x = 12 + w * static_cast<double>(i);
    Element entry = b.box(x, y, w, 82);
    entry.clickable = true;
    entry.description = entries[i].name;
    entry.action = entries[i].action;
    Element picture = b.art(x + w / 2 - 21, y + 9, 42, 42, entries[i].art, entries[i].variant);
    picture.style.radius = 21 * b.dp;
    entry.children.push_back(std::move(picture));
    entry.children.push_back(b.label(x, y + 55, w, 18, entries[i].name, 11, QColor(0x3c, 0x42, 0x4b), false, Qt::AlignCenter));
    row.children.push_back(std::move(entry));
  }
  out.push_back(std::move(row));
  return y + 82;
}

Element found_shop(const Builder& b, double y) {
  Element card = b.box(12, y, b.width - 24, 64, kWhite, 10);
  card.clickable = true;
  card.resource_id = kId + u"shop_card"_s;
  card.action = {Act::OpenShop, 0, {}};
  Element sign = b.art(20, y + 10, 44, 44, Art::ShopSign);
  sign.style.radius = 22 * b.dp;
  card.children.push_back(std::move(sign));
  Element name = b.label(74, y + 10, b.width - 180, 24, shop_name(), 15, kInk, true);
  name.resource_id = kId + u"shop_name"_s;
  card.children.push_back(std::move(name));
  card.children.push_back(b.label(74, y + 34, b.width - 180, 18, u"店铺 · 在售 %1 件"_s.arg(products().size()), 11.5, kGrey));
  Element go = b.label(b.width - 92, y + 18, 68, 28, u"进店"_s, 12.5, kRed, true, Qt::AlignCenter);
  go.style.border = kRed;
  go.style.radius = 14 * b.dp;
  card.children.push_back(std::move(go));
  return card;
}

double live_card(const Builder& b, double y, std::vector<Element>& out) {
  Element card = b.box(12, y, b.width - 24, 84, kWhite, 10);
  card.clickable = true;
  card.resource_id = kId + u"live_entry"_s;
  card.action = {Act::OpenLive, 0, {}};
  Element stage = b.art(18, y + 6, 72, 72, Art::LiveStage);
  stage.style.phase = 1.2;
  card.children.push_back(std::move(stage));
  Element badge = b.label(22, y + 10, 42, 16, u"直播中"_s, 9.5, kWhite, true, Qt::AlignCenter);
  badge.style.fill = kRed;
  badge.style.radius = 3 * b.dp;
  card.children.push_back(std::move(badge));
  card.children.push_back(b.label(100, y + 10, b.width - 130, 22, u"三天见效！老中医后人现场讲糖"_s, 14, kInk, true));
  card.children.push_back(b.label(100, y + 34, b.width - 130, 18, u"示例养生旗舰店 · 1.6 万人正在观看"_s, 11.5, kGrey));
  card.children.push_back(b.label(100, y + 56, b.width - 130, 18, u"点击进入直播间 ›"_s, 12, kRed, true));
  out.push_back(std::move(card));
  return y + 84;
}

}  // namespace

double goods_grid(const Builder& b, const std::vector<int>& numbers, double top, std::vector<Element>& out) {
  const int columns = std::max(2, static_cast<int>(b.width / 170));
  const double gap = 8, w = (b.width - 24 - gap * (columns - 1)) / columns, h = w + 66;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto column = static_cast<double>(i % static_cast<std::size_t>(columns));
    const auto row = static_cast<double>(i / static_cast<std::size_t>(columns));
    out.push_back(goods_card(b, numbers[i], 12 + column * (w + gap), top + row * (h + gap), w, h));
  }
  const auto rows = (numbers.size() + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns);
  return top + static_cast<double>(rows) * (h + gap);
}

Element mall_home_page(const Builder& b, double& limit) {
  Element page = b.box(0, 0, b.width, b.height, kPaper);
  page.class_name = u"android.widget.FrameLayout"_s;
  const double top = Builder::kStatusBar + 82;
  std::vector<Element> content;
  double y = banners(b, 12, content) + 10;
  y = quick_entries(b, y, content) + 10;
  y = live_card(b, y, content) + 6;
  content.push_back(b.label(14, y, 200, 34, u"为你推荐"_s, 16, kInk, true));
  y = goods_grid(b, all_products(), y + 36, content);
  content.push_back(b.label(0, y + 4, b.width, 24, u"— 没有更多了 —"_s, 11, kGrey, false, Qt::AlignCenter));
  page.children.push_back(b.scroller(top, b.height - 52, std::move(content), y + 40, kId + u"home_list"_s, limit));
  Element bar = b.box(0, 0, b.width, top, kRed);
  bar.style.fill_end = QColor(0xe2, 0x5a, 0x3a);
  bar.resource_id = kId + u"title_bar"_s;
  Element title = b.label(14, Builder::kStatusBar + 2, 220, 34, u"练习商城"_s, 20, kWhite, true);
  title.resource_id = kId + u"title"_s;
  bar.children.push_back(std::move(title));
  bar.children.push_back(b.label(b.width - 144, Builder::kStatusBar + 2, 130, 34, u"训练环境 · 非真实商品"_s, 10.5,
                                 QColor(255, 255, 255, 220), false, Qt::AlignRight | Qt::AlignVCenter));
  bar.children.push_back(search_entry(b, Builder::kStatusBar + 40));
  Element cart = b.art(b.width - 44, Builder::kStatusBar + 39, 36, 36, Art::Cart);
  cart.style.ink = kWhite;
  cart.description = u"购物车"_s;
  bar.children.push_back(std::move(cart));
  page.children.push_back(std::move(bar));
  page.children.push_back(tab_bar(b));
  return page;
}

Element search_page(const Builder& b, double& limit) {
  Element page = b.box(0, 0, b.width, b.height, kPaper);
  page.class_name = u"android.widget.FrameLayout"_s;
  const double top = Builder::kStatusBar + 54;
  std::vector<Element> content;
  double y = 12;
  if (b.state.query.isEmpty()) {
    content.push_back(b.label(14, y, 200, 26, u"热门搜索"_s, 14, kInk, true));
    y += 34;
    double x = 12;
    for (const auto& word : hot_words()) {
      const double w = text_width(word, 12.5 * b.dp, false) / b.dp + 26;
      if (x + w > b.width - 12) {
        x = 12;
        y += 38;
      }
      content.push_back(b.button(x, y, w, 30, word, 12.5, kWhite, kInk, kId + u"hot_word"_s, {Act::RunSearch, 0, word}, 15));
      content.back().style.bold = false;
      x += w + 8;
    }
    y += 40;
  } else {
    const auto found = find_products(b.state.query);
    const bool shop = shop_name().contains(b.state.query);
    if (shop) {
      content.push_back(found_shop(b, y));
      y += 74;
    }
    Element count = b.label(14, y, b.width - 28, 24,
                            found.empty() ? (shop ? u"没有名称含“%1”的商品"_s : u"没有找到“%1”相关的商品和店铺"_s).arg(b.state.query)
                                          : u"“%1”共 %2 件商品"_s.arg(b.state.query).arg(found.size()),
                            12.5, kGrey);
    count.resource_id = kId + u"result_count"_s;
    content.push_back(std::move(count));
    y = goods_grid(b, found, y + 32, content);
  }
  page.children.push_back(b.scroller(top, b.height, std::move(content), y + 20, kId + u"result_list"_s, limit));
  Element bar = b.box(0, 0, b.width, top, kRed);
  Element back = b.art(2, Builder::kStatusBar + 7, 40, 40, Art::Back);
  back.style.ink = kWhite;
  back.clickable = true;
  back.class_name = u"android.widget.ImageButton"_s;
  back.description = u"返回"_s;
  back.resource_id = kId + u"back"_s;
  back.action = {Act::Back, 0, {}};
  bar.children.push_back(std::move(back));
  bar.children.push_back(b.box(42, Builder::kStatusBar + 9, b.width - 110, 36, kWhite, 18));
  bar.children.back().decoration = true;
  bar.children.push_back(b.field(56, Builder::kStatusBar + 9, b.width - 138, 36, kId + u"search_input"_s, u"搜索商品、店铺"_s));
  bar.children.push_back(b.button(b.width - 62, Builder::kStatusBar + 10, 52, 34, u"搜索"_s, 14, QColor(), kWhite,
                                  kId + u"search_button"_s, {Act::RunSearch, 0, {}}, 17));
  page.children.push_back(std::move(bar));
  return page;
}

Element login_page(const Builder& b) {
  Element page = b.box(0, 0, b.width, b.height, kWhite);
  page.class_name = u"android.widget.FrameLayout"_s;
  page.children.push_back(b.title_bar(b.state.logged_in ? u"我的"_s : u"账号登录"_s));
  const double m = std::max(28.0, (b.width - 360) / 2), w = b.width - 2 * m;
  double y = Builder::kStatusBar + Builder::kTitleBar + (b.state.landscape() ? 8 : 44);
  if (b.state.logged_in) {
    page.children.push_back(b.art(b.width / 2 - 36, y, 72, 72, Art::Avatar, 2));
    page.children.push_back(b.label(0, y + 80, b.width, 28, u"练习用户（已登录）"_s, 16, kInk, true, Qt::AlignCenter));
    return page;
  }
  page.children.push_back(b.art(b.width / 2 - 30, y, 60, 60, Art::AppMall));
  page.children.push_back(b.label(0, y + 66, b.width, 28, u"欢迎来到练习商城"_s, 18, kInk, true, Qt::AlignCenter));
  y += b.state.landscape() ? 98 : 124;
  for (const bool secret : {false, true}) {
    Element frame = b.box(m, y, w, 48, kPaper, 10);
    frame.decoration = true;
    const QString id = kId + (secret ? u"password"_s : u"account"_s);
    if (b.state.focus == id) frame.style.border = kRed, frame.style.border_width = b.dp;
    page.children.push_back(std::move(frame));
    page.children.push_back(b.field(m + 14, y, w - 28, 48, id, secret ? u"请输入密码"_s : u"手机号 / 用户名"_s, secret));
    y += 60;
  }
  page.children.push_back(b.button(m, y + 8, w, 48, u"登录"_s, 17, kRed, kWhite, kId + u"login"_s, {Act::Login, 0, {}}, 24));
  page.children.push_back(b.label(0, y + 66, b.width, 20, u"登录即同意《用户协议（练习）》"_s, 11.5, kGrey, false, Qt::AlignCenter));
  return page;
}

}  // namespace guzheng::training
