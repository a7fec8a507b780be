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

void check_signature(const Bag& bag, const std::string& list, const std::string& station, SignedWhen otherwise, const RootsGiven& roots,
                     VerifyReport& report) {
  const std::string path = list + ".p7s", token = path + ".tsr";
  const auto* signature = bag.find_beside(path);
  if (!signature) return;                                  // check_parts_list_name tells
  SignedWhen when = otherwise;
  if (bag.find_beside(token) && check_stamp(bag.beside_text(token), shown(bag, token), signature->digests.sha256, roots, report))
    when = signed_when(bag, path, roots);
  (void)check_detached(bag, signature->content, shown(bag, path), bag.find_beside(list)->digests.sha256, station, roots, when, report);
}

}  // namespace

void check_parts_list_name(const Bag& bag, const std::string& path, VerifyReport& report) {
  bool is_one = false;
  const auto suffix = list_suffix(path, is_one);
  if (!is_one) report.broken("beside.extra", shown(bag, path), "nothing of this name belongs there");
  else if (suffix.empty() && !bag.find_beside(path + ".p7s")) report.broken("beside.signature", shown(bag, path), "a list of parts without its signature");
}

void check_parts_lists(const Bag& bag, const std::string& station, SignedWhen otherwise, const RootsGiven& roots, VerifyReport& report) {
  for (const auto& [path, file] : bag.beside) {
    if (!path.starts_with("enc/")) continue;
    check_parts_list_name(bag, path, report);
    bool is_one = false;
    const auto suffix = list_suffix(path, is_one);
    if (!is_one) continue;
    if (suffix.empty()) check_signature(bag, path, station, otherwise, roots, report);
    else if (!bag.find_beside(path.substr(0, path.size() - 4))) report.broken("beside.extra", shown(bag, path), "what it is about is not there");
  }
}

}  // namespace guzheng
