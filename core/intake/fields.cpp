#include "core/intake/fields.h"

#include <array>
#include <unordered_map>

#include "core/codes/company_name.h"

namespace guzheng {

namespace {

struct FieldWords {
  std::string_view name, chinese, english;
  std::vector<std::string_view> headers;               // beside the names above
};

const std::array<FieldWords, kIntakeFields>& field_words() {
  static const std::array<FieldWords, kIntakeFields> words{{
      {"name", "主体名称", "name", {"名称", "企业名称", "单位名称", "市场主体名称", "商家名称", "经营者名称", "公司名称", "字号名称", "当事人名称", "当事人"}},
      {"short_name", "简称", "short name", {"企业简称", "字号"}},
      {"credit_code", "统一社会信用代码", "credit code", {"社会信用代码", "信用代码", "统一代码", "uscc", "统一社会信用代码/注册号", "统一社会信用代码（注册号）"}},
      {"number", "注册号", "registration number", {"工商注册号", "营业执照注册号", "营业执照号"}},
      {"kind", "主体类型", "kind", {"类型", "企业类型", "市场主体类型"}},
      {"address", "地址", "address", {"住所", "住所（经营场所）", "经营场所", "注册地址", "经营地址", "企业地址"}},
      {"region", "行政区划", "region", {"区划", "区划代码", "行政区划代码", "所属区域", "所在地区", "地区", "区县"}},
      {"industry", "行业", "industry", {"行业代码", "行业门类", "行业类别", "国民经济行业"}},
      {"licences", "许可证", "licences", {"许可证号", "证照", "许可信息", "经营许可证"}},
      {"state", "登记状态", "state", {"状态", "经营状态", "企业状态"}},
      {"category", "主营品类", "main category", {"主营", "主营类目", "品类"}},
      {"sensitivity", "数据级别", "data level", {"敏感级别", "敏感等级", "sensitivity"}},
      {"data_region", "数据地域", "data region", {}},
      {"phone", "联系电话", "phone", {"电话", "手机", "手机号", "手机号码", "联系方式"}},
      {"identity", "身份证号", "identity number", {"身份证号码", "证件号码", "法定代表人证件号"}},
      {"entry_kind", "载体类型", "entry kind", {"网络载体类型", "平台类型"}},
      {"entry_name", "网店名称", "shop or account name", {"店铺名称", "店铺", "app名称", "小程序名称", "公众号名称", "网站名称", "直播间名称", "账号名称"}},
      {"entry_platform", "平台", "platform", {"所属平台", "电商平台", "平台名称"}},
      {"entry_link", "链接", "link", {"网址", "网店链接", "店铺链接", "url", "域名", "店铺网址"}},
      {"entry_category", "网店品类", "shop category", {"店铺品类", "经营类目"}},
      {"complaint", "投诉", "complaint", {"投诉内容", "投诉举报", "投诉举报内容"}},
      {"case", "案件", "case", {"案件名称", "案由"}},
      {"penalty", "行政处罚", "penalty", {"处罚", "处罚内容", "处罚决定", "处罚事由"}},
      {"inspection", "检查结果", "inspection", {"检查", "抽查结果"}},
      {"credit", "失信信息", "discredit", {"失信名单", "失信情况", "列入原因", "严重违法失信", "失信事由", "异常名录"}},
      {"record_day", "记录日期", "day of the record", {"处罚日期", "列入日期", "投诉日期", "检查日期", "立案日期"}},
  }};
  return words;
}

std::unordered_map<std::string, IntakeField> headers_of_fields() {
  std::unordered_map<std::string, IntakeField> out;
  for (std::size_t i = 0; i < kIntakeFields; ++i) {
    const FieldWords& words = field_words()[i];
    for (const auto word : {words.name, words.chinese, words.english}) out.emplace(normal_name(word), static_cast<IntakeField>(i));
    for (const auto word : words.headers) out.emplace(normal_name(word), static_cast<IntakeField>(i));
  }
  return out;
}

}  // namespace

const std::vector<std::string>& intake_fields() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const auto& words : field_words()) out.emplace_back(words.name);
    return out;
  }();
  return names;
}

std::string_view chinese_name(IntakeField field) { return field < kIntakeFields ? field_words()[field].chinese : std::string_view(); }
std::string_view english_name(IntakeField field) { return field < kIntakeFields ? field_words()[field].english : std::string_view(); }

IntakeField field_of_header(std::string_view header) {
  static const auto known = headers_of_fields();
  std::string normal = normal_name(header);
  while (!normal.empty() && (normal.back() == '*' || normal.back() == ':')) normal.pop_back();       // 名称*: 必填
  while (normal.starts_with('*')) normal.erase(0, 1);
  const auto found = known.find(normal);
  return found == known.end() ? kIntakeFields : found->second;
}

}  // namespace guzheng
