// Room report. What a sealed package says, read as it stands and not judged (that is the verifier's job).
// Blocks on disk: call it from a worker thread. Nothing is written.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/custody/journal.h"
#include "core/seal/package_reader.h"
#include "core/seal/seal.h"

namespace guzheng {

// A file of the package with the digests its manifests give (payload) or that were taken now (tag files).
struct SourceFile {
  std::string path;                        // relative to the bag, checked: no "..", not absolute
  FileDigests digests;
};

// A time stamp over the journal's head after one line. Only tokens that fit their head; the verifier judges the others.
struct SourceToken {
  std::uint64_t line = 0;
  WallTime line_time, time;
  bool later = false;                      // came after the seal: ID.after/
  [[nodiscard]] std::int64_t lag_ms() const { return time.ms - line_time.ms; }
};

struct ReportSource {
  std::filesystem::path folder;
  std::shared_ptr<const PackageReader> files;   // of the package, encrypted or not
  std::string id;
  std::map<std::string, std::string> bag;  // bag-info.txt
  Json order, people, device, node, net, app, env, values;
  std::vector<Json> long_pages;            // long-0001.json …, in order (FORMAT.md 6.3)
  std::vector<JournalLine> journal;
  std::vector<SourceFile> payload;         // in the order of manifest-sha256.txt
  std::vector<SourceFile> tags;            // manifests and digests-sm3.txt
  std::string fingerprint;                 // SHA-256 of seal/seal.txt
  std::optional<StampInfo> seal_stamp;     // ID.after/seal.txt.tsr, when it is there
  std::map<std::string, std::string> signatures;   // station, officer1, officer2 → "sealed", "later" or absent
  std::vector<SourceToken> heads;          // time stamps of the journal's heads, in order of line
  std::size_t tokens = 0;                  // .tsr files in the bag and beside it
  bool encrypted = false;                  // ID.enc/ is there
  bool received = false;                   // ID.receipt/central.txt is there
  std::vector<std::string> editions;       // earlier reports: "001", …
};

// Errors: NotFound (no package there), Invalid (a file is not of its form: said which), Io.
// Denied: it is encrypted, and `opener` (may be null; outlives the source) does not open it.
Result<ReportSource> read_report_source(const std::filesystem::path& package, const Opener* opener = nullptr);

// A path of the package that may be opened: relative, no empty, "." or ".." component, no backslash or control character.
bool is_inner_path(std::string_view path);

}  // namespace guzheng
