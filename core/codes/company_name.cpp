#include "core/codes/company_name.h"

#include <array>

#include "core/codes/text_form.h"

namespace guzheng {

namespace {

// Longest first: the first that fits is taken off.
constexpr std::array<std::string_view, 16> kLegalForms{
    "股份有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "控股有限公司", "有限公司", "合伙企业（有限合伙）", "合伙企业（普通合伙）",
    "（有限合伙）", "（普通合伙）", "（个体工商户）", "个人独资企业", "股份公司", "总公司", "集团", "公司"};

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

}  // namespace

std::string normal_name(std::string_view name) {
  std::string out(name);
  trim_text(out);
  to_name_brackets(out);
  to_half_width(out);                                  // also the brackets, to ( )
  to_upper_ascii(out);
  shrink_spaces(out, true);
  for (const std::string_view dot : {"·", "•", "・", "‧", "．"}) replace_all(out, dot, "");
  return out;
}

std::string short_name(std::string_view name, const RegionNames& regions) {
  std::string out(name);
  trim_text(out);
  to_name_brackets(out);
  shrink_spaces(out, true);
  const std::string whole = out;
  bool company = false;
  if (const auto branch = out.find("有限公司"); branch != out.npos && out.ends_with("分公司")) out.resize(branch + std::string_view("有限公司").size());
  for (bool again = true; again;) {
    again = false;
    for (const auto form : kLegalForms)
      if (out.ends_with(form) && out.size() > form.size()) {
        out.resize(out.size() - form.size());
        company = again = true;
        break;
      }
  }
  if (!company) return whole;
  if (const auto open = out.find("（"); open != out.npos)
    if (const auto close = out.find("）", open); close != out.npos) {
      const auto inside = std::string_view(out).substr(open + 3, close - open - 3);
      if (inside == "中国" || regions.length_in(inside) == inside.size()) out.erase(open, close + 3 - open);
    }
  const std::size_t region = regions.length_in(out);
  if (region == out.size()) return whole;
  out.erase(0, region);
  return characters_in(out) >= 2 ? out : whole;
}

}  // namespace guzheng
