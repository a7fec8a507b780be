#include "core/seal/check_parts_lists.h"

#include "core/seal/parts.h"

namespace guzheng {

namespace {

std::string shown(const Bag& bag, const std::string& path) { return bag.id + "." + path; }

// enc/NNN/parts-sha256.txt, with what may follow: "", ".p7s", ".p7s.tsr". Empty: another name.
std::string_view list_suffix(std::string_view path, bool& is_one) {
  const std::string_view name = path.size() > 8 ? path.substr(8) : std::string_view();
  const std::string_view suffix = name.starts_with(kPartsList) ? name.substr(kPartsList.size()) : std::string_view();
  is_one = name.starts_with(kPartsList) && path.starts_with("enc/") && path[7] == '/' && edition_number(path.substr(4, 3)) > 0 &&
           (suffix.empty() || suffix == ".p7s" || suffix == ".p7s.tsr");
  return suffix;
}

}  // namespace

void check_parts_list_name(const Bag& bag, const std::string& path, VerifyReport& report) {
  bool is_one = false;
  const auto suffix = list_suffix(path, is_one);
  if (!is_one) report.broken("beside.extra", shown(bag, path), "nothing of this name belongs there");
  else if (suffix.empty() && !bag.find_beside(path + ".p7s")) report.broken("beside.signature", shown(bag, path), "a list of parts without its signature");
}

}  // namespace guzheng
