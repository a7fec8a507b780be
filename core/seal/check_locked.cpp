#include "core/seal/check_locked.h"

#include <algorithm>
#include <set>

#include "core/seal/check_beside.h"
#include "core/seal/check_copies.h"
#include "core/seal/check_group.h"
#include "core/seal/check_receipt.h"
#include "core/seal/check_review.h"
#include "core/seal/manifest.h"
#include "core/seal/package_names.h"

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
  for (const auto& [path, digest] : listed_files(bag.text("manifest-sha256.txt"))) {
    if (!there.erase(path)) report.broken("tree.missing", path, "listed in manifest-sha256.txt but not there");
    else if (bag.has(path) && bag.sha256(path) != digest) report.broken("manifest.sha256", path, "its digest is not the one in manifest-sha256.txt");
  }
  for (const auto& path : there) report.broken("tree.extra", path, "not listed in manifest-sha256.txt");
}

// The bag with the payload as far as its lists vouch for it: a digest, and no bytes.
Bag with_listed(const Bag& bag) {
  Bag out = bag;
  for (auto& listed : listed_files(bag.text("manifest-sha256.txt"))) {
    BagFile file;
    file.digests.sha256 = std::move(listed.digest);
    out.files.emplace(std::move(listed.path), std::move(file));
  }
  return out;
}

// What followed the seal: tokens of heads that were pending, the second officer's signature with its stamp. Returns how many signatures fit.
std::uint64_t check_after(const Bag& listed, const RootsGiven& roots, Verification& v, VerifyReport& report) {
  std::uint64_t good = 0;
  for (const auto& [path, file] : listed.beside) {
    if (!path.starts_with("after/")) continue;
    const std::string name = path.substr(6), shown = listed.id + "." + path;
    const auto head = name.find(".head.");
    if (name == "sig-officer2.p7s")
      good += check_detached(listed, file.content, shown, listed.sha256("tagmanifest-sha256.txt"), certificate_of(listed, "officer2"), roots, signed_when(listed, path, roots), report);
    else if (const auto* signature = listed.find_beside("after/sig-officer2.p7s"); name == "sig-officer2.p7s.tsr" && signature)
      v.stamps += check_stamp(file.content, shown, signature->digests.sha256, roots, report).has_value();
    else if (head != name.npos && listed.has(kTstFolder + name.substr(0, head + 5)))
      v.stamps += check_stamp(file.content, shown, listed.sha256(kTstFolder + name.substr(0, head + 5)), roots, report).has_value();
  }
  return good;
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

Verification check_locked(const Bag& bag, const PathDigests& digests, const std::vector<std::string>& key_holders, RootsGiven& roots, const std::filesystem::path& around,
                          VerifyReport& report) {
  Verification v;
  v.renewals = check_renewals(bag, digests, roots, report);        // before all tokens: it says how long each must stand
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
  const Bag listed = with_listed(bag);
  const JournalFacts unknown;                // what depends on a line's time cannot be told
  v.signatures += check_after(listed, roots, v, report);
  check_beside(listed, unknown, roots, report);
  v.receipt = check_receipt(listed, report);
  check_copies(listed, report);
  StampFacts stamps;
  if (stamped) stamps.seal = v.seal_stamp;
  v.review = check_review(listed, unknown, stamps, roots, roots.now, report);
  v.group = check_group(listed, unknown, roots, around, report);
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
