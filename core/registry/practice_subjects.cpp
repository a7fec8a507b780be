#include "core/registry/practice_subjects.h"

#include <array>
#include <fmt/format.h>

namespace guzheng {

namespace {

constexpr std::string_view kCreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";        // GB 32100: without I, O, S, V, Z

// Splitmix64: the same numbers everywhere, a stream for each row.
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t n) : state_(seed * 0x9e3779b97f4a7c15ull + n * 0xd1342543de82ef95ull + 1) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  bool once_in(std::size_t n) { return below(n) == 0; }
  template <std::size_t N>
  std::string_view of(const std::array<std::string_view, N>& list) { return list[below(N)]; }
  // Small numbers come oftener, as towns and trades do.
  template <std::size_t N>
  std::size_t skewed(const std::array<std::string_view, N>&) { return below(below(N) + 1); }

 private:
  std::uint64_t state_;
};

// Made-up places: no such region code was ever given.
constexpr std::array<std::string_view, 16> kCities{"青禾", "云津", "望海", "石榴", "银杏", "白鹭", "长亭", "临溪", "南屏", "东篱", "翠微", "松江口", "远山", "新埠", "平沙", "落霞"};
constexpr std::array<std::string_view, 12> kDistricts{"城中", "河东", "河西", "北郊", "南湖", "高新", "临港", "开元", "太平", "朝晖", "迎春", "双桥"};
constexpr std::array<std::string_view, 24> kStreets{"人和", "建设", "文昌", "滨河", "学府", "中山北", "和平", "解放", "新华", "胜利", "工业园", "创业", "科创", "花园", "育才", "长江", "黄河", "泰山", "迎宾", "友谊", "光明", "振兴", "凤凰", "金桥"};
constexpr std::array<std::string_view, 96> kBrandCharacters{
    "鑫", "瑞", "恒", "盛", "达", "丰", "嘉", "祥", "润", "泽", "宏", "远", "博", "雅", "悦", "佳", "优", "品", "尚", "美", "天", "海", "星", "辰", "阳", "光", "明", "辉", "华", "夏", "春", "秋",
    "金", "银", "玉", "珠", "翠", "兰", "竹", "梅", "松", "柏", "桐", "枫", "山", "川", "河", "湖", "云", "霞", "风", "雪", "清", "源", "泉", "溪", "安", "康", "乐", "福", "寿", "喜", "顺", "通",
    "聚", "汇", "众", "和", "诚", "信", "德", "仁", "义", "礼", "智", "勤", "创", "新", "卓", "越", "飞", "腾", "龙", "凤", "麒", "麟", "鹏", "鹤", "千", "百", "万", "亿", "三", "九", "一", "长"};
struct Trade { std::string_view word, category, industry; };
constexpr std::array<Trade, 24> kTrades{{
    {"食品", "食品", "F5224"}, {"茶叶", "茶叶", "F5226"}, {"服饰", "服装鞋帽", "F5232"}, {"电子", "数码电器", "F5274"}, {"化妆品", "化妆品", "F5234"}, {"生鲜", "生鲜", "F5223"},
    {"母婴用品", "母婴", "F5239"}, {"家居", "家居日用", "F5283"}, {"保健品", "保健食品", "F5225"}, {"酒业", "酒类", "F5226"}, {"图书", "图书音像", "F5243"}, {"玩具", "玩具", "F5249"},
    {"农产品", "农产品", "F5221"}, {"水果", "生鲜", "F5223"}, {"珠宝", "珠宝首饰", "F5245"}, {"医药", "药品", "F5251"}, {"体育用品", "运动户外", "F5242"}, {"鞋业", "服装鞋帽", "F5233"},
    {"餐饮", "餐饮外卖", "H6210"}, {"电子商务", "综合", "F5292"}, {"网络科技", "综合", "I6490"}, {"文化传媒", "直播服务", "R8720"}, {"宠物用品", "宠物", "F5298"}, {"建材", "建材", "F5285"}}};
constexpr std::array<std::string_view, 3> kCompanyEnds{"有限公司", "有限责任公司", "股份有限公司"};
constexpr std::array<std::string_view, 6> kShopEnds{"商行", "经营部", "店", "商店", "工作室", "铺子"};
constexpr std::array<std::string_view, 8> kPlatforms{"练习商城", "练习拼购", "练习视频", "练习微店", "练习外卖", "练习小程序平台", "练习应用市场", "练习直播"};
constexpr std::array<std::string_view, 5> kShopNames{"旗舰店", "专营店", "直营店", "优选店", "小店"};

std::string brand_of(Dice& dice) {
  std::string out;
  const std::size_t length = 2 + (dice.once_in(3) ? 1 : 0) + (dice.once_in(12) ? 1 : 0);
  for (std::size_t i = 0; i < length; ++i) out += dice.of(kBrandCharacters);
  return out;
}

std::string credit_code_of(char kind, std::string_view region, std::uint64_t n) {
  std::string out = std::string("9") + kind + std::string(region);
  std::string body;
  for (std::uint64_t left = n * 387'420'489ull % 852'891'037'441ull; body.size() < 8; left /= kCreditAlphabet.size()) body += kCreditAlphabet[left % kCreditAlphabet.size()];
  out += body + kCreditAlphabet[(n * 7) % 31];                   // the organisation code's own check character is not made: nobody has such a code
  return out + credit_check_character(out);
}

SubjectKind kind_of(Dice& dice) {
  const std::size_t throw_ = dice.below(100);
  return throw_ < 55 ? SubjectKind::SoleTrader : throw_ < 90 ? SubjectKind::Company : throw_ < 94 ? SubjectKind::Cooperative : throw_ < 98 ? SubjectKind::Branch : SubjectKind::Foreign;
}

SubjectState state_of(Dice& dice) {
  const std::size_t throw_ = dice.below(100);
  return throw_ < 82 ? SubjectState::Open : throw_ < 86 ? SubjectState::Suspended : throw_ < 90 ? SubjectState::Revoked : throw_ < 98 ? SubjectState::Deregistered : SubjectState::Moved;
}

Entry entry_of(Dice& dice, const std::string& brand, const Trade& trade, std::uint64_t n, int no, std::int64_t unit) {
  const std::size_t platform = dice.skewed(kPlatforms);
  Entry out;
  out.no = no;
  out.kind = static_cast<EntryKind>(dice.below(kEntryKinds));
  out.platform = kPlatforms[platform];
  out.name = brand + std::string(trade.word) + std::string(dice.of(kShopNames)) + "（练习）";
  out.link = fmt::format("https://shop{}.practice.invalid/{}/{}", n, platform, no);
  out.category = trade.category;
  out.unit = unit;
  return out;
}

}  // namespace

char credit_check_character(std::string_view first17) {
  if (first17.size() != 17) return 0;
  int sum = 0, weight = 1;                                       // 3^i mod 31
  for (const char c : first17) {
    const auto value = kCreditAlphabet.find(c);
    if (value == std::string_view::npos) return 0;
    sum += static_cast<int>(value) * weight;
    weight = weight * 3 % 31;
  }
  return kCreditAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

char number_check_digit(std::string_view first14) {
  if (first14.size() != 14) return 0;
  int rest = 10;                                                 // ISO 7064, MOD 11,10
  for (const char c : first14) {
    if (c < '0' || c > '9') return 0;
    const int sum = (rest + (c - '0')) % 10;
    rest = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return static_cast<char>('0' + (11 - rest) % 10);
}

SubjectRow practice_subject(std::uint64_t seed, std::uint64_t n) {
  Dice dice(seed, n);
  SubjectRow out;
  Subject& s = out.subject;
  const std::size_t city = dice.skewed(kCities), district = dice.skewed(kDistricts);
  const Trade& trade = kTrades[dice.below(dice.below(kTrades.size()) + 1)];
  const std::string brand = brand_of(dice);
  s.kind = kind_of(dice);
  s.state = state_of(dice);
  s.region = fmt::format("99{:02}{:02}", city + 1, district + 1);
  s.industry = trade.industry;
  s.category = trade.category;
  s.data_region = s.region.substr(0, 4);
  s.sensitivity = dice.once_in(20) ? Sensitivity::Internal : Sensitivity::Open;
  s.unit = static_cast<std::int64_t>(city * kDistricts.size() + district + 1);
  const bool trader = s.kind == SubjectKind::SoleTrader;
  s.name = fmt::format("{}{}{}{}{}（练习）", kCities[city], trader ? fmt::format("市{}区", kDistricts[district]) : "市", brand, trade.word, trader ? dice.of(kShopEnds) : dice.of(kCompanyEnds));
  s.short_name = dice.once_in(3) ? brand + std::string(trade.word) : "";
  s.address = fmt::format("{}市{}区{}路{}号{}{}室", kCities[city], kDistricts[district], dice.of(kStreets), 1 + dice.below(999), dice.once_in(2) ? fmt::format("{}幢", 1 + dice.below(30)) : "", 101 + dice.below(2400));
  s.credit_code = credit_code_of(trader ? '2' : '1', s.region, n);
  if (dice.once_in(3)) {
    const std::string first14 = fmt::format("{}{:08}", s.region, n % 100'000'000);
    s.number = first14 + number_check_digit(first14);
  }
  if (dice.once_in(4)) s.licences = fmt::format("食品经营许可证 JY1{}{:07}", s.region, dice.below(10'000'000));
  const std::size_t throw_ = dice.below(100);
  const int entries = throw_ < 45 ? 0 : throw_ < 85 ? 1 : throw_ < 97 ? 2 : 3;
  for (int no = 1; no <= entries; ++no) out.entries.push_back(entry_of(dice, brand, trade, n, no, s.unit));
  if (dice.once_in(20)) out.sensitive.push_back({SensitiveKind::Phone, fmt::format("1000{:07}", dice.below(10'000'000))});
  return out;
}

std::vector<Unit> practice_units() {
  std::vector<Unit> out;
  for (std::size_t city = 0; city < kCities.size(); ++city)
    for (std::size_t district = 0; district < kDistricts.size(); ++district)
      out.push_back({static_cast<std::int64_t>(out.size() + 1), fmt::format("{}市{}区市场监督管理局（练习）", kCities[city], kDistricts[district]), fmt::format("99{:02}{:02}", city + 1, district + 1)});
  return out;
}

std::vector<UnitRule> practice_unit_rules() {
  std::vector<UnitRule> out;
  for (const auto& unit : practice_units()) out.push_back({0, unit.code, "", "", unit.id});
  for (std::size_t city = 0; city < kCities.size(); ++city) out.push_back({0, fmt::format("99{:02}", city + 1), "", "", static_cast<std::int64_t>(city * kDistricts.size() + 1)});
  return out;
}

}  // namespace guzheng
