#include <set>

#include "core/seal/check_lists.h"
#include "core/seal/tree.h"

namespace guzheng {

namespace {

std::size_t digest_length(ListDigest kind) { return kind == ListDigest::Md5 ? 32 : 64; }

const std::string& digest_of(const BagFile& file, ListDigest kind) {
  return kind == ListDigest::Md5 ? file.digests.md5 : kind == ListDigest::Sha256 ? file.digests.sha256 : file.digests.sm3;
}

struct ListLine {
  std::string digest, path;
};

// DIGEST SP SP path LF; reports the first line that is not so and ends there.
std::vector<ListLine> read_list(std::string_view text, std::size_t digits, const std::string& list, VerifyReport& report) {
  std::vector<ListLine> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const bool form = end != std::string_view::npos && line.size() > digits + 2 &&
                      is_hex_digest(line.substr(0, digits), digits) && line.substr(digits, 2) == "  ";
    if (!form || !path_problem(line.substr(digits + 2)).empty()) {
      report.broken("manifest.form", list, "line " + std::to_string(lines.size() + 1) + " is not a digest, two spaces and a path");
      return lines;
    }
    lines.push_back({std::string(line.substr(0, digits)), std::string(line.substr(digits + 2))});
    if (lines.size() > 1 && !(lines[lines.size() - 2].path < lines.back().path))
      report.broken("manifest.form", list, lines.back().path + " is not in byte order of path, or there twice");
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

void check_list(const Bag& bag, const std::string& list, ListDigest kind, const std::vector<std::string>& wanted,
                std::string_view rule, VerifyReport& report) {
  const auto* file = bag.find(list);
  if (!file) return report.broken("tree.missing", list, "the file is missing");
  std::set<std::string> left(wanted.begin(), wanted.end());
  for (const auto& line : read_list(file->content, digest_length(kind), list, report)) {
    if (!left.erase(line.path)) {
      if (!bag.has(line.path)) report.broken("tree.missing", line.path, "listed in " + list + " but not there");
      else report.broken("tree.listed", line.path, list + " must not name it");
      continue;
    }
    const auto* listed = bag.find(line.path);
    if (!listed) report.broken("tree.missing", line.path, "listed in " + list + " but not there");
    else if (digest_of(*listed, kind) != line.digest)
      report.broken(rule, line.path, "its digest is not the one in " + list);
  }
  for (const auto& path : left)
    report.broken(bag.has(path) ? "tree.extra" : "tree.missing", path, "not listed in " + list);
}

void check_manifests(const Bag& bag, VerifyReport& report) {
  std::vector<std::string> payload;
  for (const auto& [path, file] : bag.files)
    if (path.starts_with("data/")) payload.push_back(path);
  check_list(bag, "manifest-md5.txt", ListDigest::Md5, payload, "manifest.md5", report);
  check_list(bag, "manifest-sha256.txt", ListDigest::Sha256, payload, "manifest.sha256", report);
  check_list(bag, "seal/digests-sm3.txt", ListDigest::Sm3, payload, "manifest.sm3", report);
  check_list(bag, "tagmanifest-sha256.txt", ListDigest::Sha256,
             {"VERIFY.txt", "bag-info.txt", "bagit.txt", "manifest-md5.txt", "manifest-sha256.txt", "verify.sh"},
             "manifest.tag", report);
}

}  // namespace guzheng
