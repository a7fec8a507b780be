#include <set>

#include "core/seal/check_import.h"
#include "core/seal/check_lists.h"

namespace guzheng {

namespace {

const std::set<std::string>& seal_files() {
  static const std::set<std::string> files{
      "seal/certs/officer1.crt", "seal/certs/officer2.crt", "seal/certs/org.crl", "seal/certs/org.crt",
      "seal/certs/station.crt",  "seal/certs/tsa.crt",      "seal/digests-sm3.txt", "seal/sig-officer1.p7s",
      "seal/sig-officer2.p7s",   "seal/sig-station.p7s",    "seal/seal.txt"};
  return files;
}

const std::set<std::string>& top_files() {
  static const std::set<std::string> files{"VERIFY.txt",       "bag-info.txt",        "bagit.txt", "manifest-md5.txt",
                                           "manifest-sha256.txt", "tagmanifest-sha256.txt", "verify.sh"};
  return files;
}

bool is_numbered(std::string_view name, std::string_view prefix, std::initializer_list<std::string_view> suffixes) {
  if (!name.starts_with(prefix) || fixed_number(name.substr(prefix.size(), 4), 4) < 0) return false;
  name.remove_prefix(prefix.size() + 4);
  for (const auto suffix : suffixes)
    if (name == suffix) return true;
  return false;
}

bool is_stamp_name(std::string_view name) {
  if (name == "beacon" || name == "beacon.tsr" || name == "beacon.2.tsr") return true;
  if (name.starts_with("final")) name.remove_prefix(5);
  else if (name.size() > 8 && fixed_number(name.substr(0, 8), 8) >= 0) name.remove_prefix(8);
  else return false;
  return name == ".head" || name == ".head.tsr" || name == ".head.2.tsr";
}

bool is_known_payload(std::string_view path) {
  if (path.starts_with("data/main/")) {
    const auto name = path.substr(10);
    return is_numbered(name, "rec-", {".mp4", ".ogg", ".txt"}) || is_numbered(name, "shot-", {".png", ".xml"}) || is_import_name(name);
  }
  if (!path.starts_with("data/attach/")) return false;
  const auto name = path.substr(12);
  if (name.starts_with("tst/")) return is_stamp_name(name.substr(4));
  if (name.starts_with("raw/")) return true;
  if (is_numbered(name, "long-", {".json"})) return true;
  static const std::set<std::string_view> names{"journal.log", "order.json", "people.json", "env.json", "device.json",
                                                "app.json", "node.json", "net.json", "values.json", "order.json.p7s",
                                                "salts.p7m"};
  return names.contains(name);
}

}  // namespace

void check_seal(const Bag& bag, VerifyReport& report) {
  std::vector<std::string> sealed{"tagmanifest-sha256.txt"};
  for (const auto& [path, file] : bag.files) {
    if (path.starts_with("seal/")) {
      if (path != "seal/seal.txt") sealed.push_back(path);
      if (!seal_files().contains(path)) report.broken("tree.extra", path, "a package has no such file");
    } else if (path.starts_with("data/")) {
      if (!is_known_payload(path)) report.broken("tree.extra", path, "a package has no such file");
    } else if (!top_files().contains(path)) {
      report.broken("tree.extra", path, "a package has no such file");
    }
  }
  for (const auto& path : seal_files())
    if (path != "seal/sig-officer2.p7s" && !bag.has(path)) report.broken("tree.missing", path, "the file is missing");
  if (bag.has("seal/seal.txt")) check_list(bag, "seal/seal.txt", ListDigest::Sha256, sealed, "seal.digest", report);
}

}  // namespace guzheng
