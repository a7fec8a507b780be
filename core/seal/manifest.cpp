#include "core/seal/manifest.h"

#include <algorithm>
#include <array>

namespace guzheng {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lead(char c) { return (c >= 'a' && c <= 'z') || is_digit(c); }

bool is_device_name(std::string_view component) {
  const auto stem = component.substr(0, component.find('.'));
  for (const std::string_view name : {"aux", "con", "prn", "nul"})
    if (stem == name) return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '1' && stem[3] <= '9';
}

bool is_component(std::string_view c) {
  if (c.empty() || !is_lead(c.front()) || is_device_name(c)) return false;
  return std::all_of(c.begin(), c.end(), [](char x) { return is_lead(x) || x == '.' || x == '_' || x == '-'; });
}

Status check_value(std::string_view label, std::string_view value) {
  const bool control = std::any_of(value.begin(), value.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (value.empty() || control || !is_utf8(value))
    return fail(ErrorKind::Invalid, "bag-info " + std::string(label) + ": empty, no UTF-8, or a control character in it");
  return ok();
}

}  // namespace

Status check_bag_path(std::string_view path) {
  if (path == "VERIFY.txt") return ok();
  if (path.size() > 100) return fail(ErrorKind::Invalid, "path longer than 100 bytes: " + std::string(path));
  for (std::string_view rest = path;;) {
    const auto slash = rest.find('/');
    if (!is_component(rest.substr(0, slash))) return fail(ErrorKind::Invalid, "no path for a package: " + std::string(path));
    if (slash == std::string_view::npos) return ok();
    rest.remove_prefix(slash + 1);
  }
}

// AA-99-99999999-9999
Status check_bag_id(std::string_view id) {
  constexpr std::string_view form = "AA-99-99999999-9999";
  bool fits = id.size() == form.size();
  for (std::size_t i = 0; fits && i < form.size(); ++i)
    fits = form[i] == 'A' ? id[i] >= 'A' && id[i] <= 'Z' : form[i] == '9' ? is_digit(id[i]) : id[i] == '-';
  return fits ? ok() : Status(fail(ErrorKind::Invalid, "no package id: " + std::string(id)));
}

std::string manifest_text(std::vector<ListedFile> files) {
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  std::string out;
  for (const auto& file : files) out += file.digest + "  " + file.path + "\n";
  return out;
}

std::vector<ListedFile> listed_files(std::string_view text) {
  constexpr std::size_t kDigest = 64, kPath = kDigest + 2;
  std::vector<ListedFile> out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    if (line.size() > kPath) out.push_back({std::string(line.substr(kPath)), std::string(line.substr(0, kDigest))});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Result<std::string> bag_info_text(const BagInfo& info, const std::vector<PayloadFile>& payload, int zone_minutes) {
  std::uint64_t bytes = 0;
  for (const auto& file : payload) bytes += file.digests.size;
  std::string state = info.incomplete_reasons.empty() ? "完整" : "不完整：";
  for (std::size_t i = 0; i < info.incomplete_reasons.size(); ++i) state += (i ? "；" : "") + info.incomplete_reasons[i];
  const std::string day = format_time(info.bagging_time, zone_minutes).substr(0, 10);
  std::vector<std::pair<std::string_view, std::string>> fields = {
      {"Source-Organization", info.owner_unit},
      {"Capturing-Unit", info.capturing_unit},
      {"External-Identifier", info.id},
      {"Internal-Sender-Identifier", info.station},
      {"Bagging-Date", day},
      {"Bagging-Software", "Guzheng " + info.software_version},
      {"Payload-Oxum", std::to_string(bytes) + "." + std::to_string(payload.size())},
      {"Package-State", state},
      {"Package-Format", "1"}};
  if (info.practice) fields.emplace_back("Practice", "练习 — 不得作为证据");
  std::string out;
  for (const auto& [label, value] : fields) {
    GZ_TRY(check_value(label, value));
    out += std::string(label) + ": " + value + "\n";
  }
  return out;
}

}  // namespace guzheng
