#include "core/vault/scrub_lists.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/parts.h"
#include "core/seal/parts_list.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

std::string seal_digest(const fs::path& packages, const std::string& id) {
  const auto text = read_text(packages / id / "seal/seal.txt", 1u << 20);
  return text ? sha256_hex(as_bytes(*text)) : std::string();
}

// Seal, tag files, signatures and stamp without damage, and nothing about them left open. What is wrong with payload or its parts is another
// matter: that is what the other copy mends.
bool tag_tree_holds(const fs::path& bag, const VerifyOptions& options) {
  VerifyOptions keyless = options;
  keyless.opener = nullptr;
  keyless.progress = {};
  const auto found = verify_package(bag, keyless);
  if (!found || found->signatures == 0) return false;
  const std::string id = bag.filename().string();
  const bool broken = std::any_of(found->damage.begin(), found->damage.end(), [&](const Finding& finding) {
    return !finding.path.starts_with("data/") && !finding.path.starts_with(id + "/data/") && !finding.path.starts_with(id + ".");
  });
  const bool open = std::any_of(found->missing.begin(), found->missing.end(), [](const std::string& what) { return !what.starts_with("content-key") && what != "parts-stamp"; });
  return !broken && !open;
}

}  // namespace

const fs::path* sealed_side(const TwoCopies& copies, const VerifyOptions& options) {
  if (copies.there.empty()) return &copies.here;
  const auto mine = seal_digest(copies.here, copies.id), other = seal_digest(copies.there, copies.id);
  if (mine == other) return &copies.here;
  const bool mine_holds = !mine.empty() && tag_tree_holds(copies.here / copies.id, options);
  const bool other_holds = !other.empty() && tag_tree_holds(copies.there / copies.id, options);
  if (mine_holds == other_holds) return nullptr;
  return mine_holds ? &copies.here : &copies.there;
}

Wanted sealed_files(const TwoCopies& copies, const fs::path& side) {
  const std::string seal = seal_digest(side, copies.id);
  Wanted wanted;
  if (seal.empty()) return wanted;
  wanted.emplace(copies.id + "/seal/seal.txt", seal);
  add_list(wanted, side / copies.id / "seal/seal.txt", copies.id + "/");
  for (const fs::path* packages : {&copies.here, &copies.there}) {
    const auto tags = packages->empty() ? Result<std::string>(fail(ErrorKind::NotFound, "")) : read_text(*packages / copies.id / "tagmanifest-sha256.txt", 64u << 20);
    const auto named = wanted.find(copies.id + "/tagmanifest-sha256.txt");
    if (!tags || named == wanted.end() || sha256_hex(as_bytes(*tags)) != named->second) continue;
    add_list(wanted, *packages / copies.id / "tagmanifest-sha256.txt", copies.id + "/");
    break;
  }
  return wanted;
}

PartsJudged judge_parts(const TwoCopies& copies) {
  PartsJudged out;
  const bool two = !copies.there.empty();
  const unsigned mine = newest_parts_edition(copies.here / copies.id), other = two ? newest_parts_edition(copies.there / copies.id) : 0;
  const unsigned newest = std::max(mine, other);
  if (newest == 0) return out;
  const std::string shown = copies.id + ".enc/" + edition_name(newest) + "/" + std::string(kPartsList);
  const auto here = signed_parts_list(copies.here / copies.id, newest);
  const auto there = two ? signed_parts_list(copies.there / copies.id, newest) : Result<std::string>(fail(ErrorKind::NotFound, ""));
  if ((!here && !there) || (here && there && *here != *there)) {
    // a list that lacks nothing but its stamp is whole once that has come (stamp): it is the stamp that is named
    const auto lacks_stamp = [&](const Result<std::string>& list, unsigned edition) { return edition == newest && !list && list.error().kind == ErrorKind::NotFound; };
    const bool stamp_missing = lacks_stamp(here, mine) || lacks_stamp(there, other);
    out.damaged.push_back(stamp_missing ? shown + ".p7s.tsr" : shown);
    return out;
  }
  out.edition = edition_name(newest);
  out.side = here ? &copies.here : &copies.there;
  out.other_holds = here && there;
  return out;
}

}  // namespace guzheng
