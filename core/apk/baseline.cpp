#include "core/apk/baseline.h"

#include <algorithm>
#include <sstream>

#include "core/base/bytes.h"
#include "core/base/file.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kMostBaseline = 1u << 20;
constexpr int kMostTold = 20;

bool is_package(std::string_view text) {
  return text.size() <= 200 && text.find('.') != text.npos &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._") == text.npos;
}

// apksigner and keytool print with and without colons, in either case.
std::string clean_digest(std::string text) {
  std::erase(text, ':');
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  Bytes ignored;
  return text.size() == 64 && from_hex(text, ignored) ? text : std::string();
}

}  // namespace

std::optional<bool> AppBaseline::knows(const std::string& package, const std::vector<std::string>& signers) const {
  const auto it = certificates.find(package);
  if (it == certificates.end()) return std::nullopt;
  return !signers.empty() && std::all_of(signers.begin(), signers.end(), [&](const auto& one) { return it->second.contains(one); });
}

Result<AppBaseline> parse_baseline(std::string_view text, const std::string& name) {
  if (text.size() > kMostBaseline) return fail(ErrorKind::Invalid, name + " is larger than 1 MiB");
  AppBaseline out;
  out.name = name;
  std::string problems;
  int told = 0, number = 0;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream words(line.substr(0, line.find('#')));
    std::string package, digest, more;
    if (!(words >> package)) continue;
    words >> digest;
    const std::string clean = clean_digest(digest);
    const char* wrong = !is_package(package) ? "no package name" : clean.empty() ? "no SHA-256 of 64 hex digits behind the package" : (words >> more) ? "more than a package and a digest" : nullptr;
    if (wrong == nullptr) out.certificates[package].insert(clean);
    else if (told++ < kMostTold) problems += (problems.empty() ? "" : "\n") + name + ":" + std::to_string(number) + ": " + wrong;
  }
  if (told > 0) return fail(ErrorKind::Invalid, problems);
  return out;
}

Result<AppBaseline> read_baseline(const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const std::string text, read_text(file, kMostBaseline));
  return parse_baseline(text, file.string());
}

}  // namespace guzheng
