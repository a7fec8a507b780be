// A shop's pages: front page, licence, goods, live room, customer service.
#include <cmath>

#include "core/training/screen/pages.h"

namespace guzheng::training {

namespace {
using namespace Qt::StringLiterals;
const QString kShopId = u"cn.guzheng.mall:id/"_s;
constexpr double kTop = Builder::kStatusBar + Builder::kTitleBar;

Element shop_card(const Builder& b, double y) {
  Element card = b.box(12, y, b.width - 24, 104, kWhite, 10);
  card.resource_id = kShopId + u"shop_card"_s;
  card.children.push_back(b.art(24, y + 14, 56, 56, Art::ShopSign));
  Element name = b.label(94, y + 12, b.width - 190, 28, shop_name(), 17, kInk, true);
  name.resource_id = kShopId + u"shop_name"_s;
  card.children.push_back(std::move(name));
  card.children.push_back(b.label(94, y + 42, 76, 24, u"粉丝 3.2万"_s, 12, kGrey));
  Element licence = b.label(170, y + 42, 78, 24, u"证照信息 ›"_s, 12, kGrey);
  licence.clickable = true;
  licence.resource_id = kShopId + u"licence_entry"_s;
  licence.action = {Act::OpenLicence, 0, {}};
  card.children.push_back(std::move(licence));
  const bool followed = b.state.followed;
  card.children.push_back(b.button(b.width - 88, y + 22, 64, 30, followed ? u"已关注"_s : u"+ 关注"_s, 12.5,
                                   followed ? QColor(0xee, 0xee, 0xf0) : kRed, followed ? kGrey : kWhite, kShopId + u"follow"_s,
                                   {Act::Follow, 0, {}}, 15));
  card.children.push_back(b.label(24, y + 76, b.width - 48, 20, u"描述相符 4.9   服务态度 4.9   物流服务 4.8"_s, 11.5,
                                  QColor(0x6b, 0x72, 0x7c)));
  return card;
}

Element claim_panel(const Builder& b, double y, double h, int index, const Product& product) {
  static const QColor tints[] = {QColor(0xfb, 0xec, 0xe6), QColor(0xe9, 0xf3, 0xec), QColor(0xee, 0xec, 0xf8), QColor(0xfd, 0xf4, 0xdd)};
  Element panel = b.box(12, y, b.width - 24, h, tints[index % 4], 10);
  panel.resource_id = kShopId + u"detail_panel"_s;
  Element picture = b.art(b.width / 2 - 70, y + 16, 140, 140, product.art, product.variant + index);
  picture.style.radius = 70 * b.dp;
  panel.children.push_back(std::move(picture));
  return panel;
}

double product_detail(const Builder& b, const Product& product, double y, std::vector<Element>& out) {
  out.push_back(b.label(0, y, b.width, 40, u"—  商品详情  —"_s, 14, kGrey, false, Qt::AlignCenter));
  y += 44;
  for (std::size_t i = 0; i < product.claims.size() * 2; ++i) {
    const auto& claim = product.claims[i % product.claims.size()];
    double bottom = 0;
    Element text = b.paragraph(32, y + 168, b.width - 64, claim, 17, bottom, i % 2 == 0 ? kRedDark : kInk, i % 2 == 0, 1.25);
    text.resource_id = kShopId + u"detail_text"_s;
    Element panel = claim_panel(b, y, bottom + 20 - y, static_cast<int>(i), product);
    panel.children.push_back(std::move(text));
    out.push_back(std::move(panel));
    y = bottom + 30;
  }
  double bottom = 0;
  out.push_back(b.paragraph(20, y, b.width - 40, u"本页面为训练用虚构内容，商品、店铺与宣传语均不真实存在。"_s, 11.5, bottom, kGrey));
  return bottom + 20;
}

Element buy_bar(const Builder& b, int number) {
  Element bar = b.box(0, b.height - 54, b.width, 54, kWhite);
  bar.children.push_back(b.box(0, b.height - 54, b.width, 0.5, kLine));
  struct Entry {
    QString name;
    Art art;
    Action action;
  };
  const std::vector<Entry> entries = {{u"店铺"_s, Art::Home, {Act::OpenShop, 0, {}}}, {u"客服"_s, Art::Chat, {Act::OpenChat, 0, {}}}};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const double x = 8 + 46 * static_cast<double>(i);
    Element entry = b.box(x, b.height - 54, 46, 54);
    entry.clickable = true;
    entry.description = entries[i].name;
    entry.resource_id = kShopId + u"product_entry"_s;
    entry.action = entries[i].action;
    Element icon = b.art(x + 12, b.height - 48, 22, 22, entries[i].art);
    icon.style.ink = QColor(0x55, 0x5b, 0x64);
    entry.children.push_back(std::move(icon));
    entry.children.push_back(b.label(x, b.height - 25, 46, 16, entries[i].name, 10.5, QColor(0x55, 0x5b, 0x64), false, Qt::AlignCenter));
    bar.children.push_back(std::move(entry));
  }
  const double w = (b.width - 112 - 12) / 2;
  bar.children.push_back(b.button(112, b.height - 47, w - 4, 40, u"加入购物车"_s, 14, QColor(0xf0, 0xa0, 0x30), kWhite,
                                  kShopId + u"add_cart"_s, {Act::Buy, number, u"已加入购物车"_s}, 20));
  bar.children.push_back(b.button(112 + w + 4, b.height - 47, w - 4, 40, u"立即购买"_s, 14, kRed, kWhite, kShopId + u"buy"_s,
                                  {Act::Buy, number, u"练习商城不支持下单"_s}, 20));
  return bar;
}

Element bubble(const Builder& b, const ChatLine& line, double y, double& bottom) {
  const double most = b.width - 124;
  const double w = std::min(most, text_width(line.text, 14 * b.dp, false) / b.dp + 2);
  const double x = line.mine ? b.width - 60 - w - 12 : 72;
  double text_bottom = 0;
  Element text = b.paragraph(x, y + 9, w, line.text, 14, text_bottom, line.mine ? kWhite : kInk);
  text.resource_id = kShopId + u"message"_s;
  Element out = b.box(x - 12, y, w + 24, text_bottom + 9 - y, line.mine ? kRed : kWhite, 10);
  out.decoration = true;
  out.children.push_back(std::move(text));
  Element face = line.mine ? b.art(b.width - 48, y, 36, 36, Art::Avatar, 2) : b.art(12, y, 36, 36, Art::ShopSign);
  out.children.push_back(std::move(face));
  bottom = std::max(text_bottom + 9, y + 36);
  return out;
}
}  // namespace

Element shop_page(const Builder& b, double& limit) {
  Element page = b.box(0, 0, b.width, b.height, kPaper);
  page.class_name = u"android.widget.FrameLayout"_s;
  std::vector<Element> content;
  content.push_back(shop_card(b, 12));
  content.push_back(b.label(14, 122, 200, 34, u"店铺热销"_s, 15, kInk, true));
  double y = goods_grid(b, {0, 1, 2, 3, 6}, 158, content);
  page.children.push_back(b.scroller(kTop, b.height, std::move(content), y + 12, kShopId + u"shop_list"_s, limit));
  page.children.push_back(b.title_bar(u"练习商城 · 店铺首页"_s));
  return page;
}

Element licence_page(const Builder& b, double& limit) {
  Element page = b.box(0, 0, b.width, b.height, kPaper);
  page.class_name = u"android.widget.FrameLayout"_s;
  const double w = std::min(b.width - 24, 420.0), x = (b.width - w) / 2;
  std::vector<Element> content;
  content.push_back(b.label(x + 2, 8, w, 30, u"以下信息由经营者依法公示（练习）"_s, 12, kGrey));
  std::vector<Element> lines;
  double y = 118;
  for (const auto& field : licence_fields()) {
    double bottom = 0;
    lines.push_back(b.label(x + 24, y + 2, 98, 20, field.label, 12, QColor(0x7a, 0x5a, 0x1e), true, Qt::AlignLeft | Qt::AlignTop));
    Element value = b.paragraph(x + 122, y, w - 146, field.value, 13, bottom, QColor(0x33, 0x2b, 0x1c));
    value.resource_id = kShopId + u"licence_value"_s;
    lines.push_back(std::move(value));
    y = std::max(bottom, y + 20) + 11;
  }
  const double stamp = y + 8;
  y += 92;
  Element sheet = b.art(x, 42, w, y - 42, Art::Licence);
  sheet.description = u"营业执照（练习）"_s;
  sheet.resource_id = kShopId + u"licence_picture"_s;
  sheet.children = std::move(lines);
  sheet.children.push_back(b.label(x, 58, w, 40, u"营 业 执 照"_s, 27, QColor(0x9c, 0x25, 0x1c), true, Qt::AlignCenter));
  sheet.children.push_back(b.label(x, 94, w, 18, u"（副本 · 练习样张）"_s, 11, QColor(0x7a, 0x5a, 0x1e), false, Qt::AlignCenter));
  Element seal = b.label(x + w - 100, stamp, 72, 72, u"练习\n专用章"_s, 13, QColor(0xc6, 0x2c, 0x22), true, Qt::AlignCenter);
  seal.style.border = QColor(0xc6, 0x2c, 0x22);
  seal.style.border_width = 2 * b.dp;
  seal.style.radius = 36 * b.dp;
  sheet.children.push_back(std::move(seal));
  content.push_back(std::move(sheet));
  double bottom = 0;
  content.push_back(b.paragraph(x + 2, y + 10, w, u"食品经营许可证编号：JY10000000000000（练习）"_s, 12.5, bottom));
  page.children.push_back(b.scroller(kTop, b.height, std::move(content), bottom + 16, kShopId + u"licence_list"_s, limit));
  page.children.push_back(b.title_bar(u"证照信息"_s));
  return page;
}

Element product_page(const Builder& b, int number, double& limit) {
  const auto& product = products()[static_cast<std::size_t>(number) % products().size()];
  Element page = b.box(0, 0, b.width, b.height, kPaper);
  page.class_name = u"android.widget.FrameLayout"_s;
  const double picture_h = std::min(b.width, b.height * 0.62);
  std::vector<Element> content;
  Element picture = b.art(0, 0, b.width, picture_h, product.art, product.variant);
  picture.resource_id = kShopId + u"product_picture"_s;
  picture.description = product.name;
  content.push_back(std::move(picture));
  double y = picture_h, bottom = 0;
  Element head = b.box(0, y, b.width, 0, kWhite);
  head.children.push_back(b.label(14, y + 10, 150, 34, product.price, 26, kRed, true));
  head.children.push_back(b.label(20 + text_width(product.price, 26 * b.dp, true) / b.dp, y + 18, 60, 24, product.was, 12, kGrey));
  head.children.back().style.strike = true;
  head.children.back().style.single_line = false;
  head.children.back().bounds.setWidth(text_width(product.was, 12 * b.dp, false));
  head.children.push_back(b.label(b.width - 114, y + 14, 100, 28, product.sold, 12, kGrey, false, Qt::AlignRight | Qt::AlignVCenter));
  Element name = b.paragraph(14, y + 48, b.width - 28, product.name, 18, bottom, kInk, true);
  name.resource_id = kShopId + u"product_name"_s;
  head.children.push_back(std::move(name));
  head.children.push_back(b.paragraph(14, bottom + 4, b.width - 28, product.slogan, 13.5, bottom, kRedDark));
  head.children.push_back(b.button(14, bottom + 10, 82, 28, u"复制链接"_s, 12, QColor(0xf1, 0xf2, 0xf4), kInk, kShopId + u"copy_link"_s,
                                   {Act::CopyLink, number, {}}, 14));
  head.bounds.setHeight((bottom + 48 - y) * b.dp);
  y = bottom + 58;
  content.push_back(std::move(head));
  Element shop = b.box(0, y, b.width, 64, kWhite);
  shop.clickable = true;
  shop.resource_id = kShopId + u"shop_entry"_s;
  shop.action = {Act::OpenShop, 0, {}};
  shop.children.push_back(b.art(14, y + 11, 42, 42, Art::ShopSign));
  shop.children.push_back(b.label(66, y + 10, 200, 24, shop_name(), 14.5, kInk, true));
  shop.children.push_back(b.label(66, y + 34, 200, 20, u"进店逛逛 · 粉丝 3.2万"_s, 11.5, kGrey));
  shop.children.push_back(b.label(b.width - 84, y, 70, 64, u"进店 ›"_s, 13, kRed, true, Qt::AlignRight | Qt::AlignVCenter));
  content.push_back(std::move(shop));
  y = product_detail(b, product, y + 74, content);
  page.children.push_back(b.scroller(kTop, b.height - 54, std::move(content), y, kShopId + u"product_list"_s, limit));
  page.children.push_back(b.title_bar(u"商品详情"_s));
  page.children.push_back(buy_bar(b, number));
  return page;
}

Element live_page(const Builder& b) {
  Element page = b.box(0, 0, b.width, b.height, QColor(0x20, 0x10, 0x14));
  page.class_name = u"android.widget.FrameLayout"_s;
  Element stage = b.art(0, 0, b.width, b.height, Art::LiveStage);
  stage.style.phase = b.state.now;
  stage.resource_id = kShopId + u"live_surface"_s;
  stage.class_name = u"android.view.SurfaceView"_s;
  page.children.push_back(std::move(stage));
  const double top = Builder::kStatusBar + 8;
  Element host = b.box(10, top, 196, 42, QColor(0, 0, 0, 90), 21);
  host.children.push_back(b.art(14, top + 4, 34, 34, Art::ShopSign));
  host.children.push_back(b.label(54, top + 3, 100, 20, shop_name(), 12.5, kWhite, true));
  host.children.push_back(b.label(54, top + 21, 100, 18, u"1.6 万人在看"_s, 10.5, QColor(255, 255, 255, 210)));
  host.children.push_back(b.button(156, top + 8, 46, 26, b.state.followed ? u"已关注"_s : u"关注"_s, 11, kRed, kWhite, kShopId + u"follow"_s, {Act::Follow, 0, {}}, 13));
  page.children.push_back(std::move(host));
  Element close = b.art(b.width - 46, top + 3, 36, 36, Art::Close);
  close.style.ink = kWhite;
  close.style.fill = QColor(0, 0, 0, 90);
  close.style.radius = 18 * b.dp;
  close.clickable = true;
  close.description = u"关闭"_s;
  close.resource_id = kShopId + u"back"_s;
  close.action = {Act::Back, 0, {}};
  page.children.push_back(std::move(close));
  Element claim = b.label(10, top + 54, 230, 30, u"祖传秘方 · 三天见效 · 无效退款"_s, 14, QColor(0xff, 0xe0, 0x8a), true, Qt::AlignCenter);
  claim.style.fill = QColor(0xb0, 0x20, 0x20, 200);
  claim.style.radius = 6 * b.dp;
  page.children.push_back(std::move(claim));
  const auto& comments = live_comments();
  const double beat = b.state.now / 1.4;
  const auto first = static_cast<std::size_t>(beat);
  double y = b.height - 142;
  for (std::size_t i = 0; i < 5 && y > top + 130; ++i) {
    const auto& comment = comments[(first + comments.size() * 4 - i) % comments.size()];
    const double w = std::min(b.width * 0.7, text_width(comment, 12.5 * b.dp, false) / b.dp + 22);
    Element line = b.label(10, y - 30, w, 26, comment, 12.5, kWhite, false, Qt::AlignCenter);
    line.style.fill = QColor(0, 0, 0, 80);
    line.style.radius = 13 * b.dp;
    line.style.single_line = true;
    line.resource_id = kShopId + u"comment"_s;
    page.children.push_back(std::move(line));
    y -= 32;
  }
  for (int i = 0; i < 5; ++i) {                                  // hearts rise from the like button
    const double life = std::fmod(b.state.now * 0.6 + i * 0.2, 1.0);
    Element heart = b.art(b.width - 48 + 12 * std::sin(life * 7 + i), b.height - 90 - life * 190, 22, 22, Art::Heart);
    heart.style.ink = QColor::fromHsv((340 + i * 24) % 360, 170, 245, static_cast<int>(230 * (1 - life)));
    heart.decoration = true;
    page.children.push_back(std::move(heart));
  }
  Element goods = b.box(10, b.height - 132, std::min(b.width - 76, 300.0), 68, QColor(255, 255, 255, 240), 8);
  goods.clickable = true;
  goods.resource_id = kShopId + u"live_goods"_s;
  goods.action = {Act::OpenProduct, 0, {}};
  Element picture = b.art(16, b.height - 126, 56, 56, products()[0].art, 0);
  picture.style.radius = 5 * b.dp;
  goods.children.push_back(std::move(picture));
  goods.children.push_back(b.label(80, b.height - 126, 200, 24, products()[0].name, 12.5, kInk, true));
  goods.children.push_back(b.label(80, b.height - 98, 90, 26, products()[0].price, 16, kRed, true));
  page.children.push_back(std::move(goods));
  Element input = b.box(10, b.height - 54, b.width - 76, 38, QColor(0, 0, 0, 90), 19);
  input.decoration = true;
  page.children.push_back(std::move(input));
  Element field = b.field(24, b.height - 54, b.width - 104, 38, kShopId + u"live_input"_s, u"说点什么…"_s);
  field.style.ink = kWhite;
  page.children.push_back(std::move(field));
  Element like = b.art(b.width - 54, b.height - 57, 44, 44, Art::Heart);
  like.style.ink = QColor(0xff, 0x5a, 0x6e);
  like.clickable = true;
  like.resource_id = kShopId + u"like"_s;
  like.description = u"点赞"_s;
  like.action = {Act::Like, 0, {}};
  page.children.push_back(std::move(like));
  Element likes = b.label(b.width - 64, b.height - 18, 64, 16, QString::number(b.state.likes), 10.5, kWhite, false, Qt::AlignCenter);
  likes.resource_id = kShopId + u"like_count"_s;
  page.children.push_back(std::move(likes));
  return page;
}

Element chat_page(const Builder& b, double& limit) {
  Element page = b.box(0, 0, b.width, b.height, kPaper);
  page.class_name = u"android.widget.FrameLayout"_s;
  std::vector<Element> content;
  double y = 14;
  content.push_back(b.label(0, y, b.width, 18, u"今天"_s, 11, kGrey, false, Qt::AlignCenter));
  y += 30;
  for (const auto& line : b.state.chat) {
    double bottom = 0;
    content.push_back(bubble(b, line, y, bottom));
    y = bottom + 16;
  }
  page.children.push_back(b.scroller(kTop, b.height - 58, std::move(content), y, kShopId + u"chat_list"_s, limit));
  page.children.push_back(b.title_bar(u"在线客服 · 小示"_s));
  Element bar = b.box(0, b.height - 58, b.width, 58, kWhite);
  Element frame = b.box(12, b.height - 50, b.width - 96, 42, kPaper, 21);
  frame.decoration = true;
  bar.children.push_back(std::move(frame));
  bar.children.push_back(b.field(28, b.height - 50, b.width - 128, 42, kShopId + u"chat_input"_s, u"请输入要咨询的内容"_s));
  bar.children.push_back(b.button(b.width - 76, b.height - 50, 64, 42, u"发送"_s, 14, kRed, kWhite, kShopId + u"send"_s, {Act::SendChat, 0, {}}, 21));
  page.children.push_back(std::move(bar));
  return page;
}

}  // namespace guzheng::training
