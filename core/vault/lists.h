// Room vault. What the lists of a package in vault form say its files must be (FORMAT.md 11). Blocks.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace guzheng {

using Wanted = std::map<std::string, std::string>;          // "ID/…" → SHA-256 that it must have

// Lines of a list in manifest form, each path behind `prefix`; nothing when it cannot be read.
void add_list(Wanted& wanted, const std::filesystem::path& file, const std::string& prefix);
// Do the lists hold on this copy: tagmanifest by seal.txt?
bool lists_hold(const std::filesystem::path& packages, const std::string& id);
// What seal.txt and tagmanifest name. Parts are not in it.
Wanted wanted_files(const std::filesystem::path& packages, const std::string& id);

}  // namespace guzheng
