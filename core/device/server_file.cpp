#include "core/device/server_file.h"

#include <algorithm>
#include <cstdio>

#include "core/base/digest.h"
#include "core/base/file.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostServer = 16u << 20;
constexpr std::string_view kName = "scrcpy-server";

std::optional<ScrcpyVersion> version_in_name(const std::string& name) {
  ScrcpyVersion v{0, 0, 0};
  if (std::sscanf(name.c_str(), "scrcpy-server-v%2d.%3d.%3d", &v.major, &v.minor, &v.patch) < 2) return std::nullopt;
  return v;
}

class Search {
 public:
  explicit Search(const std::vector<std::string>& accepted) : accepted_(accepted) {}

  std::optional<ServerFile> at(const fs::path& place) {
    std::error_code ec;
    if (!fs::is_directory(place, ec)) return fs::is_regular_file(place, ec) ? judge(place) : std::nullopt;
    std::vector<fs::path> files;
    for (fs::directory_iterator it(place, ec), end; !ec && it != end; it.increment(ec))
      if (it->path().filename().string().starts_with(kName) && it->is_regular_file(ec)) files.push_back(it->path());
    std::sort(files.begin(), files.end());
    std::optional<ServerFile> newest;
    for (const auto& file : files)
      if (auto found = judge(file); found && (!newest || newest->version < found->version)) newest = std::move(found);
    return newest;
  }
  [[nodiscard]] const std::string& seen() const { return seen_; }

 private:
  std::optional<ServerFile> judge(const fs::path& file) {
    std::error_code ec;
    const auto digests = fs::file_size(file, ec) > kMostServer || ec ? Result<FileDigests>(fail(ErrorKind::Invalid, "larger than 16 MiB")) : digest_file(file);
    if (!digests) return refuse(file, digests.error().what);
    for (const auto& known : upstream_servers())
      if (known.sha256 == digests->sha256) return ServerFile{known.version, known.sha256, file};
    if (std::find(accepted_.begin(), accepted_.end(), digests->sha256) == accepted_.end()) return refuse(file, "SHA-256 " + digests->sha256 + " is not accepted");
    const auto version = version_in_name(file.filename().string());
    if (!version) return refuse(file, "accepted by the policy, but its name does not say its version (scrcpy-server-v4.1)");
    return ServerFile{*version, digests->sha256, file};
  }
  std::optional<ServerFile> refuse(const fs::path& file, const std::string& why) {
    seen_ += "; " + file.string() + ": " + why;
    return std::nullopt;
  }

  const std::vector<std::string>& accepted_;
  std::string seen_;
};

}  // namespace

const std::vector<ServerFile>& upstream_servers() {
  static const std::vector<ServerFile> kUpstream = {
      {{3, 3, 3}, "7e70323ba7f259649dd4acce97ac4fefbae8102b2c6d91e2e7be613fd5354be0", {}},
      {{3, 3, 4}, "8588238c9a5a00aa542906b6ec7e6d5541d9ffb9b5d0f6e1bc0e365e2303079e", {}},
      {{4, 0, 0}, "84924bd564a1eb6089c872c7521f968058977f91f5ff02514a8c74aff3210f3a", {}},
      {{4, 1, 0}, "deacb991ed2509715160ffdc7907e47b4160eb30d1566217e9047fd5b8850cae", {}},
  };
  return kUpstream;
}

Result<ServerFile> find_server_file(const std::vector<fs::path>& places, const std::vector<std::string>& accepted) {
  Search search(accepted);
  std::string looked;
  for (const auto& place : places) {
    if (place.empty()) continue;
    if (auto found = search.at(place)) return std::move(*found);
    looked += (looked.empty() ? "" : ", ") + place.string();
  }
  return fail(ErrorKind::NotFound, "no scrcpy server that is accepted lies at " + looked + search.seen() +
                                       ". Put the scrcpy-server of scrcpy 3.3.3, 3.3.4, 4.0 or 4.1 there, as upstream released it");
}

static Result<bool> is_for(DeviceLink& link, const ServerOffer& offer) {
  if (offer.property.empty()) return true;
  const auto equals = offer.property.find('=');
  if (equals == std::string::npos) return fail(ErrorKind::Bug, offer.property + ": a property's name and value are wanted");
  GZ_TRY_ASSIGN(const auto answer, link.shell("getprop " + offer.property.substr(0, equals), std::chrono::seconds(5)));
  std::string value(as_text(answer.out));
  while (value.ends_with('\n') || value.ends_with('\r')) value.pop_back();
  return value == offer.property.substr(equals + 1);
}

Result<ScreenOptions> choose_server(DeviceLink& link, const std::vector<ServerOffer>& offers) {
  for (const auto& offer : offers) {
    GZ_TRY_ASSIGN(const bool its, is_for(link, offer));
    if (!its) continue;
    ScreenOptions screen;
    screen.accepted_server_digests = offer.accepted;
    if (offer.file.empty()) {
      GZ_TRY_ASSIGN(const ServerFile server, find_server_file(offer.places, offer.accepted));
      screen.server_file = server.path.string();
      screen.version = server.version;
      return screen;
    }
    std::error_code ec;
    if (!fs::exists(offer.file, ec)) return fail(ErrorKind::NotFound, offer.file.string() + ": the server file for phones with " + offer.property + " is not there");
    screen.server_file = offer.file.string();
    return screen;
  }
  return fail(ErrorKind::NotFound, "there is no server file for " + link.serial());
}

}  // namespace guzheng
