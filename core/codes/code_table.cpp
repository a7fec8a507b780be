#include "core/codes/code_table.h"

#include <algorithm>
#include <array>

#include "core/base/bytes.h"
#include "core/codes/builtin.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostEntries = 1'000'000, kMostText = 400, kTwice = static_cast<std::size_t>(-1);

// 杭州市 → 杭州, 广西壮族自治区 → 广西; empty when nothing of a name would be left.
std::string without_ending(std::string_view name) {
  constexpr std::array<std::string_view, 12> endings{"维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "地区", "省", "市", "区", "县", "盟"};
  for (const auto ending : endings)
    if (name.size() >= ending.size() + 6 && name.ends_with(ending)) return std::string(name.substr(0, name.size() - ending.size()));
  return {};
}

bool stands_for_none(std::string_view name) { return name == "市辖区" || name == "县" || name.starts_with("省直辖") || name.starts_with("自治区直辖"); }

template <typename Name>
void longest_first(std::vector<Name>& names) {
  std::stable_sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.text.size() > b.text.size(); });
}

}  // namespace

Result<CodeTable> CodeTable::make(std::string name, std::vector<CodeEntry> entries) {
  if (entries.size() > kMostEntries) return fail(ErrorKind::Invalid, "more than 1000000 codes");
  CodeTable table;
  table.name_ = std::move(name);
  std::stable_sort(entries.begin(), entries.end(), [](const CodeEntry& a, const CodeEntry& b) { return a.code < b.code; });
  table.entries_ = std::move(entries);
  for (std::size_t i = 0; i < table.entries_.size(); ++i) {
    const auto& [code, label] = table.entries_[i];
    if (code.empty() || label.empty()) return fail(ErrorKind::Invalid, "code \"" + code + "\", name \"" + label + "\": one of them is empty");
    if (code.size() > kMostText || label.size() > kMostText || !is_utf8(code) || !is_utf8(label)) return fail(ErrorKind::Invalid, "an entry is longer than 400 bytes or no UTF-8");
    if (!table.by_code_.emplace(code, i).second) return fail(ErrorKind::Invalid, "the code \"" + code + "\" stands twice");
    if (const auto [at, fresh] = table.by_name_.emplace(label, i); !fresh) at->second = kTwice;
  }
  return table;
}

const CodeEntry* CodeTable::find(std::string_view code) const {
  const auto at = by_code_.find(std::string(code));
  return at == by_code_.end() ? nullptr : &entries_[at->second];
}

std::optional<std::string> CodeTable::code_of(std::string_view name) const {
  const auto at = by_name_.find(std::string(name));
  if (at == by_name_.end() || at->second == kTwice) return std::nullopt;
  return entries_[at->second].code;
}

Result<CodeTable> region_table() {
  std::vector<CodeEntry> entries;
  std::string_view text = builtin_regions_csv();
  for (bool header = true; !text.empty(); header = false) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto comma = line.find(',');
    if (!header && comma != line.npos) entries.push_back({std::string(line.substr(0, comma)), std::string(line.substr(comma + 1))});
  }
  return CodeTable::make("GB/T 2260", std::move(entries));
}

RegionNames::RegionNames(const CodeTable& regions) {
  for (const auto& [code, name] : regions.entries()) {
    if (code.size() != 6 || stands_for_none(name)) continue;
    std::vector<Name> names{{name, code}};
    if (auto bare = without_ending(name); !bare.empty()) names.push_back({std::move(bare), code, false});
    for (auto& item : names) {
      if (code.ends_with("0000")) provinces_.push_back(item);
      else {
        if (!code.ends_with("00")) below_[code.substr(0, 4) + "00"].push_back(item);
        // whatever lies below a province may follow its name at once: 广东深圳, 北京市东城区
        if (item.whole || code.ends_with("00")) below_[code.substr(0, 2) + "0000"].push_back(item);
        if (code.ends_with("00")) cities_[name.substr(0, 3)].push_back(item);
      }
    }
  }
  longest_first(provinces_);
  for (auto* group : {&below_, &cities_})
    for (auto& [key, names] : *group) longest_first(names);
}

RegionNames::Found RegionNames::find(std::string_view address) const {
  const auto first_of = [&](const std::vector<Name>& names, std::size_t at) -> const Name* {
    for (const auto& name : names)
      if (address.substr(at).starts_with(name.text)) return &name;
    return nullptr;
  };
  const auto skip_spaces = [&](std::size_t at) {
    while (at < address.size() && address[at] == ' ') ++at;
    return at;
  };
  Found found;
  const std::size_t begin = address.starts_with("中国") ? 6 : 0;
  const Name* name = first_of(provinces_, begin);
  if (!name)
    if (const auto cities = cities_.find(std::string(address.substr(begin, 3))); cities != cities_.end()) name = first_of(cities->second, begin);
  if (!name) return {};
  for (std::size_t at = begin; name;) {
    at = skip_spaces(at) + name->text.size();
    found = {name->code, at, name->whole || !found.code.empty()};
    const auto children = below_.find(found.code);
    name = children == below_.end() ? nullptr : first_of(children->second, skip_spaces(at));
  }
  return found;
}

std::string RegionNames::code_in(std::string_view address) const {
  auto found = find(address);
  return found.sure ? std::move(found.code) : std::string();
}
std::size_t RegionNames::length_in(std::string_view address) const { return find(address).length; }

}  // namespace guzheng
