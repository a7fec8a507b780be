#include "core/seal/check_renew.h"

#include <fmt/format.h>

#include <set>

#include "core/seal/package_names.h"
#include "core/seal/tree.h"

namespace guzheng {

namespace {


struct Renewal {
  std::string folder;                        // "renew/001/"
  std::optional<WallTime> time;              // of its stamp
  PathDigests listed;
};

class Renewals {
 public:
  Renewals(const Bag& bag, const PathDigests& digests, RootsGiven& roots, VerifyReport& report)
      : bag_(bag), digests_(digests), roots_(roots), report_(report) {}

  std::uint64_t run() {
    for (int number = 1; number <= 999; ++number) {
      const std::string folder = fmt::format("renew/{:03}/", number);
      if (!any_in(folder)) break;
      read(folder);
    }
    check_numbers();
    for (std::size_t i = 0; i < renewals_.size(); ++i) check_index(i);
    for (const auto& one : renewals_)
      if (one.time)
        for (const auto& [path, digest] : one.listed) roots_.renewed.emplace(path, *one.time);      // the first that covers it
    check_stamps();
    return good_;
  }

 private:
  std::string shown(const std::string& path) const { return bag_.id + "." + path; }
  bool any_in(const std::string& folder) const {
    const auto it = bag_.beside.lower_bound(folder);
    return it != bag_.beside.end() && it->first.starts_with(folder);
  }

  void check_numbers() {
    std::set<std::string> folders;
    for (const auto& one : renewals_) folders.insert(one.folder);
    for (const auto& [path, file] : bag_.beside) {
      if (!path.starts_with("renew/")) continue;
      const std::string folder = path.substr(0, 10), name = path.size() > 10 ? path.substr(10) : "";
      const std::string index(kRenewIndex);
      if (!folders.contains(folder)) report_.broken("renew.number", shown(path), "renewals are not numbered from 001 without a hole");
      else if (name != index && name != index + ".tsr" && name != index + ".2.tsr") report_.broken("beside.extra", shown(path), "nothing of this name belongs there");
    }
  }

  // DIGEST SP SP path LF in byte order of path; the index of a renewal that cannot be read covers nothing.
  void read(const std::string& folder) {
    Renewal one{folder, {}, {}};
    const std::string path = folder + std::string(kRenewIndex);
    std::string_view text = bag_.beside_text(path);
    if (!bag_.find_beside(path)) report_.broken("renew.form", shown(path), "the renewal has no index");
    while (!text.empty()) {
      const auto end = text.find('\n');
      const auto line = text.substr(0, end);
      const bool form = end != std::string_view::npos && line.size() > 130 && is_hex_digest(line.substr(0, 128), 128) && line.substr(128, 2) == "  ";
      const std::string of(form ? line.substr(130) : std::string_view());
      if (!form || (!one.listed.empty() && one.listed.rbegin()->first >= of)) {
        report_.broken("renew.form", shown(path), fmt::format("line {} is not a digest, two spaces and a path in byte order", one.listed.size() + 1));
        one.listed.clear();
        break;
      }
      one.listed.emplace(of, line.substr(0, 128));
      text.remove_prefix(end + 1);
    }
    if (const auto* token = bag_.find_beside(path + ".tsr"))
      if (const auto stamp = read_stamp_response(as_bytes(token->content))) one.time = stamp->time;
    renewals_.push_back(std::move(one));
  }

  // What a renewal must cover: the whole bag, the seal's stamp, and the renewals before it.
  bool must_cover(const std::string& path, std::size_t number) const {
    if (path.starts_with(bag_.id + "/") || path == bag_.id + ".after/seal.txt.tsr") return true;
    for (std::size_t i = 0; i < number; ++i)
      if (path.starts_with(shown(renewals_[i].folder))) return true;
    return false;
  }
  bool may_cover(const std::string& path, std::size_t number) const {
    std::string part, rest;
    if (!split_package_path(bag_.id, path, part, rest)) return false;
    return part == "renew" ? must_cover(path, number) : part != "handover";
  }

  void check_index(std::size_t number) {
    const auto& one = renewals_[number];
    const std::string index = shown(one.folder + std::string(kRenewIndex));
    for (const auto& [path, digest] : one.listed) {
      const auto file = digests_.find(path);
      if (!may_cover(path, number)) report_.broken("renew.form", index, "it must not name " + path);
      else if (file == digests_.end()) report_.broken("renew.missing", path, "it was there when " + index + " was stamped");
      else if (!file->second.empty() && file->second != digest) report_.broken("renew.digest", path, "its digest is not the one in " + index);
    }
    for (const auto& [path, digest] : digests_)
      if (must_cover(path, number) && !one.listed.contains(path)) report_.broken("renew.covers", path, "not listed in " + index);
  }

  void check_stamps() {
    std::optional<WallTime> before;
    if (const auto seal = read_stamp_response(as_bytes(bag_.beside_text("after/seal.txt.tsr")))) before = seal->time;
    for (const auto& one : renewals_) {
      const std::string index = one.folder + std::string(kRenewIndex), token = index + ".tsr";
      const auto* listed = bag_.find_beside(index);
      if (!bag_.find_beside(token)) report_.broken("renew.stamp", shown(token), "the renewal has no time stamp");
      for (const auto* suffix : {".tsr", ".2.tsr"}) {
        if (!listed || !bag_.find_beside(index + suffix)) continue;
        good_ += check_stamp(bag_.beside_text(index + suffix), shown(index + suffix), listed->digests.sha256, roots_, report_).has_value();
      }
      if (!one.time) continue;
      if (before && *one.time < *before) report_.broken("renew.time", shown(token), "the renewal is older than what it renews");
      if (one.time->ms > roots_.now.ms + kTokenSlackMs) report_.broken("renew.time", shown(token), "the renewal lies in the future");
      before = one.time;
    }
  }

  const Bag& bag_;
  const PathDigests& digests_;
  RootsGiven& roots_;
  VerifyReport& report_;
  std::vector<Renewal> renewals_;
  std::uint64_t good_ = 0;
};

}  // namespace

bool has_renewals(const Bag& bag) {
  const auto it = bag.beside.lower_bound("renew/");
  return it != bag.beside.end() && it->first.starts_with("renew/");
}

std::uint64_t check_renewals(const Bag& bag, const PathDigests& digests, RootsGiven& roots, VerifyReport& report) {
  return Renewals(bag, digests, roots, report).run();
}

}  // namespace guzheng
