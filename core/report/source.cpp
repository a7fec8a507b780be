#include "core/report/source.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "core/base/file.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

struct ListedDigest {
  std::string digest, path;
};

// "digest  path" lines, as sha256sum prints them.
Result<std::vector<ListedDigest>> read_manifest(const fs::path& file, std::size_t digits) {
  GZ_TRY_ASSIGN(const std::string text, read_text(file));
  std::vector<ListedDigest> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    if (line.size() <= digits + 2 || line.substr(digits, 2) != "  " || !is_inner_path(line.substr(digits + 2))) {
      return fail(ErrorKind::Invalid, "a line of " + file.filename().string() + " is no digest and path");
    }
    out.push_back({std::string(line.substr(0, digits)), std::string(line.substr(digits + 2))});
  }
  return out;
}

Status read_payload(ReportSource& source) {
  std::map<std::string, FileDigests> by_path;
  GZ_TRY_ASSIGN(const auto md5, read_manifest(source.folder / "manifest-md5.txt", 32));
  GZ_TRY_ASSIGN(const auto sha256, read_manifest(source.folder / "manifest-sha256.txt", 64));
  GZ_TRY_ASSIGN(const auto sm3, read_manifest(source.folder / "seal/digests-sm3.txt", 64));
  for (const auto& line : md5) by_path[line.path].md5 = line.digest;
  for (const auto& line : sm3) by_path[line.path].sm3 = line.digest;
  for (const auto& line : sha256) {
    FileDigests& digests = by_path[line.path];
    digests.sha256 = line.digest;
    // a missing file is the verifier's finding; the report still names it
    digests.size = source.files->size(line.path).value_or(0);
    source.payload.push_back({line.path, digests});
  }
  for (const char* path : {"manifest-md5.txt", "manifest-sha256.txt", "seal/digests-sm3.txt"}) {
    GZ_TRY_ASSIGN(const FileDigests digests, digest_file(source.folder / path));
    source.tags.push_back({path, digests});
  }
  return ok();
}

Result<Json> read_object(const ReportSource& source, const std::string& file) {
  auto text = source.files->text("data/attach/" + file);
  if (!text) return fail(text.error().in(file));
  auto parsed = parse_json(*text);
  if (!parsed) return fail(parsed.error().in(file));
  if (!parsed->is_object()) return fail(ErrorKind::Invalid, file + " is no object");
  return parsed;
}

Status read_values(ReportSource& source) {
  const std::array<std::pair<const char*, Json*>, 8> parts{{{"order", &source.order},
                                                            {"people", &source.people},
                                                            {"device", &source.device},
                                                            {"node", &source.node},
                                                            {"net", &source.net},
                                                            {"app", &source.app},
                                                            {"env", &source.env},
                                                            {"values", &source.values}}};
  for (const auto& [name, json] : parts) {
    auto parsed = read_object(source, std::string(name) + ".json");
    if (parsed) *json = std::move(*parsed);
    else if (parsed.error().kind == ErrorKind::NotFound) *json = Json::object();      // an incomplete package may lack one; what it would say is printed as missing
    else return fail(parsed.error());
  }
  return ok();
}

Status read_long_pages(ReportSource& source) {
  constexpr int most = 9999;
  for (int no = 1; no <= most; ++no) {
    char file[40];
    std::snprintf(file, sizeof file, "long-%04d.json", no);
    if (!source.files->has(std::string("data/attach/") + file)) break;
    GZ_TRY_ASSIGN(Json page, read_object(source, file));
    source.long_pages.push_back(std::move(page));
  }
  return ok();
}

Status read_bag_info(ReportSource& source) {
  GZ_TRY_ASSIGN(const std::string text, read_text(source.folder / "bag-info.txt", 1 << 20));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    if (const auto colon = line.find(": "); colon != std::string::npos) {
      source.bag[line.substr(0, colon)] = line.substr(colon + 2);
    }
  }
  return ok();
}

fs::path beside(const ReportSource& source, const char* what) {
  return source.folder.parent_path() / (source.folder.filename().string() + what);
}

std::size_t count_tokens(const PackageReader& files) {
  const auto all = files.list();
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const std::string& path) {
    return path.ends_with(".tsr") && (path.starts_with("data/attach/tst/") || path.starts_with(".after/"));
  }));
}

void look_beside(ReportSource& source) {
  std::error_code error;
  for (const char* who : {"station", "officer1", "officer2"}) {
    const std::string file = "sig-" + std::string(who) + ".p7s";
    if (fs::exists(source.folder / "seal" / file, error)) {
      source.signatures[who] = "sealed";
    } else if (fs::exists(beside(source, ".after") / file, error)) {
      source.signatures[who] = "later";
    }
  }
  source.tokens = count_tokens(*source.files);
  source.encrypted = fs::exists(beside(source, ".enc"), error);
  source.received = fs::exists(beside(source, ".receipt") / "central.txt", error);
  for (const auto& entry : fs::directory_iterator(beside(source, ".report"), error)) {
    if (source.files->has(".report/" + entry.path().filename().string() + "/report.pdf")) source.editions.push_back(entry.path().filename().string());
  }
  std::sort(source.editions.begin(), source.editions.end());
}

void read_head(ReportSource& source, const JournalLine& line, const std::string& name) {
  const Bytes imprint = sha256(as_bytes(line.digest + "\n"));
  for (const bool later : {false, true}) {
    const auto token = source.files->whole((later ? ".after/" : "data/attach/tst/") + name + ".head.tsr", 1 << 20);
    if (!token) continue;
    if (const auto info = read_stamp(*token, imprint)) source.heads.push_back({line.seq, line.time, info->time, later});
  }
}

// How late each head was stamped (FORMAT.md 7): what the anchors of the journal name, and the final head.
void read_heads(ReportSource& source) {
  for (const JournalLine& anchor : source.journal) {
    if (anchor.kind != "tsa.anchor" || anchor.body.size() < 8) continue;
    const std::string name = anchor.body.substr(0, 8);
    const std::size_t line = std::strtoul(name.c_str(), nullptr, 10);
    if (line < source.journal.size()) read_head(source, source.journal[line], name);
  }
  if (!source.journal.empty()) read_head(source, source.journal.back(), "final");
}

Status read_seal(ReportSource& source) {
  GZ_TRY_ASSIGN(const Bytes seal, read_file(source.folder / "seal/seal.txt"));
  const Bytes imprint = sha256(seal);
  source.fingerprint = to_hex(imprint);
  if (const auto token = read_file(beside(source, ".after") / "seal.txt.tsr", 1 << 20)) {
    // a token that does not fit is the verifier's finding; the report then says 待时间戳
    if (auto info = read_stamp(*token, imprint)) source.seal_stamp = std::move(*info);
  }
  return ok();
}

}  // namespace

bool is_inner_path(std::string_view path) {
  if (path.empty() || path.size() > 100) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view component = path.substr(at, end - at);
    if (component.empty() || component == "." || component == "..") return false;
    at = end + 1;
  }
  return std::all_of(path.begin(), path.end(), [](unsigned char c) { return c > 0x20 && c != 0x7f && c != '\\'; });
}

Result<ReportSource> read_report_source(const fs::path& package, const Opener* opener) {
  ReportSource source;
  std::error_code error;
  source.folder = fs::canonical(package, error);
  if (error || !fs::is_directory(source.folder)) {
    return fail(ErrorKind::NotFound, "no package folder: " + package.string());
  }
  if (!fs::exists(source.folder / "seal/seal.txt", error)) {
    return fail(ErrorKind::Invalid, "not sealed (no seal/seal.txt): " + package.string());
  }
  source.id = source.folder.filename().string();
  GZ_TRY_ASSIGN(source.files, open_package(source.folder, opener));
  GZ_TRY(read_bag_info(source));
  GZ_TRY(read_values(source));
  GZ_TRY(read_long_pages(source));
  GZ_TRY_ASSIGN(const std::string text, source.files->text("data/attach/journal.log", 1u << 30));
  auto journal = parse_journal(text);
  if (!journal) return fail(journal.error().in("journal.log"));
  source.journal = std::move(*journal);
  GZ_TRY(read_payload(source));
  GZ_TRY(read_seal(source));
  look_beside(source);
  read_heads(source);
  return source;
}

}  // namespace guzheng
