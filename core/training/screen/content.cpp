#include "core/training/screen/content.h"

#include <algorithm>
#include <numeric>

namespace guzheng::training {

namespace {
using namespace Qt::StringLiterals;

Persona shown_to = Persona::Newcomer;

std::vector<Product> goods() {
  return {
      {u"祖传秘方降糖茶 三天见效"_s, u"无需吃药 不打针 血糖稳稳降"_s, u"¥199.00"_s, u"¥599"_s, u"已售 2.3万+"_s, Art::TeaBox, 0,
       {u"三天见效，七天平稳，一个疗程告别降糖药！"_s, u"本品采用祖传八代宫廷秘方，经本店三十年临床验证，治愈率高达 98.7%。"_s,
        u"适用人群：高血糖、糖尿病前期及并发症人群，孕妇儿童均可放心饮用，无任何副作用。"_s,
        u"国家级专家联合推荐，全网销量第一，降糖茶行业最佳品牌。"_s, u"无效全额退款，已有超过十万名糖友停药成功。"_s}},
      {u"国家级鹿茸膏"_s, u"补肾壮阳 一盒顶十盒"_s, u"¥368.00"_s, u"¥1280"_s, u"已售 8600+"_s, Art::Jar, 1,
       {u"国家级配方，选用顶级梅花鹿茸，滋补效果全网最强。"_s, u"专治腰膝酸软、畏寒肢冷、失眠健忘，三天起效。"_s,
        u"千年古方，药食同源，服用一个月年轻十岁。"_s}},
      {u"最佳护眼贴 根治近视"_s, u"600 度降到 100 度不是梦"_s, u"¥59.90"_s, u"¥198"_s, u"已售 5.1万+"_s, Art::Patch, 2,
       {u"最佳护眼科技，每天一贴，根治近视、散光、干眼症。"_s, u"十五天恢复 1.0 视力，摘掉眼镜不反弹。"_s,
        u"百万家长的共同选择，儿童青少年首选。"_s}},
      {u"野生灵芝孢子粉"_s, u"破壁率 99.9% 抗癌防癌"_s, u"¥288.00"_s, u"¥888"_s, u"已售 1.2万+"_s, Art::Mushroom, 3,
       {u"深山野生灵芝，破壁率高达 99.9%，营养吸收第一。"_s, u"增强免疫，抗癌防癌，放化疗期间必备。"_s,
        u"中老年人每天一勺，三高全消。"_s}},
      {u"蓝莓叶黄素软糖"_s, u"办公一族 每天两粒"_s, u"¥39.90"_s, u"¥69"_s, u"已售 3.4万+"_s, Art::Bottle, 4,
       {u"甄选蓝莓浓缩汁，酸甜可口，独立小袋装。"_s, u"本品为普通食品，不能代替药物。"_s}},
      {u"益生菌冻干粉 20 袋"_s, u"呵护肠道 清爽每一天"_s, u"¥79.00"_s, u"¥129"_s, u"已售 1.8万+"_s, Art::Capsules, 5,
       {u"每袋含六种菌株，低温冻干，常温保存。"_s, u"本品为普通食品，不能代替药物。"_s}},
      {u"长白山人参切片"_s, u"送长辈 礼盒装"_s, u"¥128.00"_s, u"¥256"_s, u"已售 4200+"_s, Art::Ginseng, 6,
       {u"五年根人参，手工切片，礼盒装送长辈。"_s, u"每日用量不超过三克。"_s}},
      {u"百花土蜂蜜 1000g"_s, u"农家自产 一年一采"_s, u"¥69.00"_s, u"¥98"_s, u"已售 9800+"_s, Art::Honey, 7,
       {u"深山百花蜜，一年只采一次，瓶底可见花粉沉淀。"_s, u"未满一周岁婴儿不宜食用。"_s}},
  };
}
// 大数据杀熟: who has bought before pays more for what he buys again.
std::vector<Product> make_products() {
  auto all = goods();
  if (shown_to == Persona::Newcomer) return all;
  all[0].price = u"¥259.00"_s;
  all[3].price = u"¥318.00"_s;
  all[5].price = u"¥88.00"_s;
  return all;
}

// The dearest first for a regular.
std::vector<int> as_listed(std::vector<int> numbers) {
  const auto yuan = [](int number) { return products()[static_cast<std::size_t>(number)].price.mid(1).toDouble(); };
  if (shown_to == Persona::Regular) std::stable_sort(numbers.begin(), numbers.end(), [&](int a, int b) { return yuan(a) > yuan(b); });
  return numbers;
}
}  // namespace

void show_to(Persona persona) { shown_to = persona; }

std::vector<int> all_products() {
  std::vector<int> out(products().size());
  std::iota(out.begin(), out.end(), 0);
  return as_listed(std::move(out));
}

const std::vector<Product>& products() {
  static const auto all = make_products();
  return all;
}

const QString& shop_name() {
  static const QString name = u"示例养生旗舰店"_s;
  return name;
}

const std::vector<LicenceField>& licence_fields() {
  static const std::vector<LicenceField> all = {
      {u"统一社会信用代码"_s, u"91990000MA00000000（练习）"_s},
      {u"名称"_s, u"示例甲生物科技有限公司（练习）"_s},
      {u"类型"_s, u"有限责任公司（练习）"_s},
      {u"法定代表人"_s, u"示例某（练习）"_s},
      {u"注册资本"_s, u"壹佰万元整（练习）"_s},
      {u"成立日期"_s, u"2020年01月01日（练习）"_s},
      {u"住所"_s, u"示例省示例市示例区练习路 1 号（练习）"_s},
      {u"经营范围"_s, u"食品销售（仅销售预包装食品）；保健食品（预包装）销售；互联网销售（练习）"_s},
      {u"登记机关"_s, u"示例市市场监督管理局（练习）"_s},
  };
  return all;
}

const std::vector<QString>& live_comments() {
  static const std::vector<QString> all = {
      u"糖友老李：真的三天就见效吗？"_s,     u"阳光：已经下单两盒了"_s,             u"小雨：主播讲讲怎么喝"_s,
      u"平安是福：我妈喝了半个月说有用"_s,   u"北方的狼：多少钱一盒"_s,             u"花开富贵：能停药吗？"_s,
      u"主播助理：点下方小黄车，今天第二盒半价"_s, u"晨曦：孕妇可以喝吗"_s,           u"老张：上次买的还没喝完"_s,
      u"向日葵：有没有检测报告"_s,           u"主播助理：库存只剩 86 件，手慢无"_s, u"知足常乐：拍了，等发货"_s};
  return all;
}

const std::vector<QString>& hot_words() {
  static const std::vector<QString> all = {u"降糖茶"_s, u"护眼贴"_s, u"灵芝孢子粉"_s, u"鹿茸膏"_s, u"三天见效"_s, u"蜂蜜"_s};
  return all;
}

std::vector<ChatLine> first_chat() {
  return {{false, u"亲，欢迎光临示例养生旗舰店，我是客服小示，请问有什么可以帮您？"_s},
          {false, u"今日降糖茶第二盒半价，三天见效，无效退款哦～"_s}};
}

QString chat_answer(const QString& question) {
  if (question.contains(u"执照"_s) || question.contains(u"证"_s)) return u"亲，证照信息在店铺首页右上角可以查看哦。"_s;
  if (question.contains(u"药"_s) || question.contains(u"糖"_s))
    return u"亲，很多老顾客喝了三天就停药了，您放心喝，没有任何副作用。"_s;
  if (question.contains(u"发货"_s)) return u"亲，今天 16 点前下单当天发货。"_s;
  return u"亲，收到您的咨询了，现在下单还有优惠券可以领哦～"_s;
}

std::vector<int> find_products(const QString& query) {
  std::vector<int> out;
  const auto& all = products();
  for (int i = 0; i < static_cast<int>(all.size()); ++i) {
    const auto& product = all[static_cast<std::size_t>(i)];
    if (product.name.contains(query) || product.slogan.contains(query)) out.push_back(i);
  }
  return as_listed(std::move(out));
}

}  // namespace guzheng::training
