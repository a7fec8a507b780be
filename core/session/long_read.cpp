#include "core/session/long_read.h"

#include <charconv>

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/media/png.h"

namespace guzheng {

namespace {

constexpr std::string_view kBefore = "data/attach/long-", kBehind = ".json";
constexpr std::uint64_t kMostPicture = 256u << 20;

Failure no_page(const std::string& path) { return fail(ErrorKind::Protocol, path + " is no long page in its form"); }

bool is_row_count(const Json& value) { return value.is_number_unsigned() && value.get<std::uint64_t>() <= 0x7fffffffu; }

Result<LongPageSaid> parse(const std::string& path, std::string_view text) {
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  LongPageSaid out;
  if (!json.is_object() || !json.contains("pages") || !json["pages"].is_array() || !json.contains("overlaps") || !json["overlaps"].is_array()) return no_page(path);
  out.title = text_at(json, "title");
  const std::string_view digits = std::string_view(path).substr(kBefore.size(), 4);
  if (std::from_chars(digits.data(), digits.data() + digits.size(), out.number).ptr != digits.data() + digits.size()) return no_page(path);
  for (const auto& page : json["pages"]) {
    out.paths.push_back(text_at(page, "path"));
    out.sha256.push_back(text_at(page, "sha256"));
  }
  for (const auto& overlap : json["overlaps"]) {
    if (!overlap.is_object() || !is_row_count(overlap.value("shift", Json())) || !is_row_count(overlap.value("top", Json())) || !is_row_count(overlap.value("rows", Json())))
      return no_page(path);
    out.overlaps.push_back({overlap["shift"], overlap["top"], overlap["rows"]});
  }
  return out;
}

}  // namespace

Result<std::vector<LongPageSaid>> long_pages(const PackageReader& package) {
  std::vector<LongPageSaid> out;
  for (const auto& path : package.list()) {
    if (!path.starts_with(kBefore) || !path.ends_with(kBehind) || path.size() != kBefore.size() + 4 + kBehind.size()) continue;
    GZ_TRY_ASSIGN(const std::string text, package.text(path));
    GZ_TRY_ASSIGN(auto page, parse(path, text));
    out.push_back(std::move(page));
  }
  return out;
}

Result<Frame> draw_long_page(const PackageReader& package, const LongPageSaid& page) {
  std::vector<Frame> pictures;
  for (std::size_t i = 0; i < page.paths.size(); ++i) {
    GZ_TRY_ASSIGN(const Bytes png, package.whole(page.paths[i], kMostPicture));
    if (sha256_hex(png) != page.sha256[i]) return fail(ErrorKind::Tampered, page.paths[i] + " has not the digest that the long page names");
    GZ_TRY_ASSIGN(Frame picture, decode_png(png));
    pictures.push_back(std::move(picture));
  }
  return draw_long_page(pictures, page.overlaps);
}

}  // namespace guzheng
