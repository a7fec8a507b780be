#include "core/seal/check_locked.h"

#include <algorithm>
#include <set>

#include "core/seal/check_parts_lists.h"

namespace guzheng {

namespace {

std::string certificate_of(const Bag& bag, const char* who) {
  const auto certificates = certificates_from_pem(bag.text(std::string("seal/certs/") + who + ".crt"));
  return certificates.empty() ? std::string() : certificate_sha256(certificates.front().get());
}

// The manifest's files are those that are there, encrypted or not; what lies in plain bytes is held against it.
void check_listed_files(const Bag& bag, VerifyReport& report) {
  std::set<std::string> there;
  for (const auto& path : bag.locked)
    if (path.starts_with(bag.id + "/data/")) there.insert(path.substr(bag.id.size() + 1));
  for (const auto& [path, file] : bag.files)
    if (path.starts_with("data/")) there.insert(path);
  for (const auto line : split(bag.text("manifest-sha256.txt"), "\n")) {
    if (line.size() <= 66) continue;
    const std::string path(line.substr(66));
    if (!there.erase(path)) report.broken("tree.missing", path, "listed in manifest-sha256.txt but not there");
    else if (bag.has(path) && bag.sha256(path) != line.substr(0, 64)) report.broken("manifest.sha256", path, "its digest is not the one in manifest-sha256.txt");
  }
  for (const auto& path : there) report.broken("tree.extra", path, "not listed in manifest-sha256.txt");
}

WallTime seal_time(const Bag& bag, const RootsGiven& roots, Verification& v, VerifyReport& report) {
  WallTime at{0};
  for (const char* name : {"after/seal.txt.tsr", "after/seal.txt.2.tsr"}) {
    if (!bag.find_beside(name)) continue;
    const auto stamped = check_stamp(bag.beside_text(name), bag.id + "." + name, bag.sha256("seal/seal.txt"), roots, report);
    if (!stamped) continue;
    ++v.stamps;
    if (at.ms == 0) at = *stamped;
  }
  return at;
}

}  // namespace

Verification check_locked(const Bag& bag, const std::vector<std::string>& key_holders, const RootsGiven& roots, VerifyReport& report) {
  Verification v;
  v.id = bag.id;
  v.fingerprint = bag.sha256("seal/seal.txt");
  check_list(bag, "tagmanifest-sha256.txt", ListDigest::Sha256,
             {"VERIFY.txt", "bag-info.txt", "bagit.txt", "manifest-md5.txt", "manifest-sha256.txt", "verify.sh"}, "manifest.tag", report);
  check_seal(bag, report);
  check_listed_files(bag, report);
  v.seal_stamp = seal_time(bag, roots, v, report);
  const bool stamped = v.seal_stamp.ms != 0;
  // without its stamp one sees only that the package is there now: the list in it need not reach so far (missing, not broken)
  const SignedWhen at{stamped ? v.seal_stamp : roots.now, !stamped, stamped};
  for (const char* who : {"station", "officer1", "officer2"}) {
    const std::string path = std::string("seal/sig-") + who + ".p7s";
    if (bag.has(path) && check_detached(bag, bag.text(path), path, bag.sha256("tagmanifest-sha256.txt"), certificate_of(bag, who), roots, at, report))
      ++v.signatures;
  }
  check_parts_lists(bag, certificate_of(bag, "station"), at, roots, report);
  VerifyReport unsure;                       // sums over the payload cannot be taken
  const TagFacts tags = check_tags(bag, unsure);
  v.practice = tags.practice;
  if (const auto it = tags.info.find("Package-State"); it != tags.info.end()) v.state = it->second;
  for (const auto* files : {&bag.files, &bag.beside})
    for (const auto& [path, file] : *files) {
      ++v.files;
      v.bytes += file.digests.size;
    }
  v.files += bag.locked.size();
  std::string whose;
  for (const auto& holder : key_holders) whose += (whose.empty() ? "" : "; ") + holder;
  report.missing("content-key: " + (whose.empty() ? "?" : whose));
  return v;
}

}  // namespace guzheng
