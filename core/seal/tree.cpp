#include "core/seal/tree.h"

#include <algorithm>
#include <map>
#include <set>

namespace guzheng {

namespace {

constexpr std::size_t kMostPathBytes = 100;

bool is_head_name(std::string_view name) {        // NNNNNNNN.head, with what may follow
  return name.size() >= 13 && std::all_of(name.begin(), name.begin() + 8, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_tree_component(std::string_view name) {
  if (name == "VERIFY.txt" || is_head_name(name)) return true;
  const auto lead = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const auto rest = [&](char c) { return lead(c) || c == '.' || c == '_' || c == '-'; };
  return !name.empty() && lead(name.front()) && std::all_of(name.begin(), name.end(), rest);
}

bool is_reserved(std::string_view name) {
  static const std::set<std::string_view> names{"aux",  "con",  "prn",  "nul",  "com1", "com2", "com3", "com4",
                                                "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
                                                "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};
  return names.contains(name.substr(0, name.find('.')));
}

std::string folded(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

}  // namespace

std::string path_problem(std::string_view path) {
  if (path.empty()) return "it is empty";
  if (path.size() > kMostPathBytes) return "it is longer than 100 bytes";
  std::string_view rest = path;
  for (;;) {
    const auto slash = rest.find('/');
    const std::string_view name = rest.substr(0, slash);
    if (!is_tree_component(name)) return "a part of it is not of the allowed characters";
    if (is_reserved(folded(name))) return "a part of it is a reserved device name";
    if (slash == std::string_view::npos) return {};
    rest.remove_prefix(slash + 1);
  }
}

bool split_package_path(std::string_view id, std::string_view path, std::string& part, std::string& rest) {
  if (!path.starts_with(id)) return false;
  path.remove_prefix(id.size());
  part.clear();
  if (path.starts_with('.')) {
    const auto slash = path.find('/');
    part = std::string(path.substr(1, slash == std::string_view::npos ? slash : slash - 1));
    const auto& parts = beside_parts();
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) return false;
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
  }
  if (!path.starts_with('/')) return false;
  rest = std::string(path.substr(1));
  return true;
}

void check_tree(const std::string& id, const std::vector<SourceEntry>& entries, VerifyReport& report) {
  if (!is_package_id(id)) report.broken("tree.id", id, "the folder's name is no package id");
  std::set<std::string> seen, folders, used;
  for (const auto& entry : entries) {
    std::string part, rest;
    const bool top = entry.kind == SourceEntry::Kind::Folder && entry.path.find('/') == std::string::npos;
    if (!top && !split_package_path(id, entry.path, part, rest)) {
      report.broken("tree.foreign", entry.path, "it does not belong to this package");
      continue;
    }
    if (const auto problem = path_problem(rest); !top && !problem.empty())
      report.broken("tree.name", entry.path, "a name that is not allowed: " + problem);
    if (entry.kind == SourceEntry::Kind::Other)
      report.broken("tree.link", entry.path, "it is a link or no plain file");
    if (!seen.insert(folded(entry.path)).second)
      report.broken("tree.twice", entry.path, "the name is there twice, ignoring case");
    if (entry.kind == SourceEntry::Kind::Folder) folders.insert(entry.path);
    for (auto slash = entry.path.rfind('/'); slash != std::string::npos && slash > 0; slash = entry.path.rfind('/', slash - 1))
      if (!used.insert(entry.path.substr(0, slash)).second) break;
  }
  for (const auto& folder : folders)
    if (!used.contains(folder)) report.broken("tree.empty-folder", folder, "an empty folder");
  for (const auto& entry : entries)
    if (entry.kind == SourceEntry::Kind::File && used.contains(entry.path))
      report.broken("tree.name", entry.path, "one file is a folder of another");
}

}  // namespace guzheng
