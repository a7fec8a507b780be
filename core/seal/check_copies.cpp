#include "core/seal/check_copies.h"

#include <map>
#include <set>

namespace guzheng {

namespace {

class Copies {
 public:
  Copies(const Bag& bag, VerifyReport& report) : bag_(bag), report_(report) {}

  void run() {
    const std::string reports = bag_.id + ".report/";
    for (const auto& path : bag_.locked)
      if (path.starts_with(reports) && path.size() > reports.size() + 4 && path.substr(reports.size() + 4).starts_with("copy-"))
        locked_["report/" + path.substr(reports.size(), 4)].insert(path.substr(reports.size() + 4));
    std::vector<std::string> lists;
    for (const auto& [path, file] : bag_.beside) {
      if (!path.starts_with("report/") || path.size() < 12) continue;
      const std::string folder = path.substr(0, 11), name = path.substr(11);
      if (name == "copies.json") lists.push_back(folder);
      else if (name.starts_with("copy-")) present_[folder].insert(name);
    }
    for (const auto& folder : lists) check_list(folder);
    for (const auto& [folder, names] : locked_) present_[folder].insert(names.begin(), names.end());
    for (const auto& [folder, names] : present_)
      for (const auto& name : names)
        if (!named_[folder].contains(name)) broken("beside.extra", folder + name, "a copy that copies.json does not name");
  }

 private:
  void broken(std::string_view rule, const std::string& path, const std::string& what) { report_.broken(rule, bag_.id + "." + path, what); }

  void check_list(const std::string& folder) {
    const std::string path = folder + "copies.json";
    if (!bag_.find_beside(path + ".p7s")) broken("beside.signature", path, "copies without their signature");
    std::string_view text = bag_.beside_text(path);
    if (!text.ends_with('\n')) return broken("beside.form", path, "not canonical JSON followed by one LF");
    text.remove_suffix(1);
    const auto list = parse_canonical_json(text);
    if (!list || !list->is_object() || !list->contains("copies") || !(*list)["copies"].is_array())
      return broken("beside.form", path, "not a list of copies in canonical JSON followed by one LF");
    if (text_at(*list, "package") != bag_.id || text_at(*list, "fingerprint") != bag_.sha256("seal/seal.txt"))
      broken("beside.fingerprint", path, "they are copies of another package, or of other contents of this one");
    for (const Json& copy : (*list)["copies"]) check_copy(folder, copy);
  }

  void check_copy(const std::string& folder, const Json& copy) {
    const std::string name = text_at(copy, "file"), of = text_at(copy, "of"), kind = text_at(copy, "kind");
    const bool form = name.size() == 13 && name.starts_with("copy-") && fixed_number(name.substr(5, 4), 4) > 0 && name.ends_with(".png");
    if (!form || (kind != "标注" && kind != "遮盖") || !named_[folder].insert(name).second)
      return broken("beside.form", folder + "copies.json", "an entry is no copy, or is there twice");
    const auto* file = bag_.find_beside(folder + name);
    const bool locked = !file && locked_[folder].contains(name);          // its digest is that of plain bytes
    if (!locked && (!file || file->digests.sha256 != text_at(copy, "sha256"))) broken("beside.copy", folder + name, "it is not there, or not the copy that copies.json names");
    if (!of.starts_with("data/main/") || !bag_.has(of) || bag_.sha256(of) != text_at(copy, "of_sha256"))
      broken("beside.copy", folder + name, "its original is not what the package holds");
  }

  const Bag& bag_;
  VerifyReport& report_;
  std::map<std::string, std::set<std::string>> present_, locked_, named_;     // by folder "report/001/"
};

}  // namespace

void check_copies(const Bag& bag, VerifyReport& report) { Copies(bag, report).run(); }

}  // namespace guzheng
