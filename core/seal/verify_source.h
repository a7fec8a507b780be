// Room seal, private. Seam: where a package's bytes come from, a folder or an export ZIP. Both stream: memory stays flat.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/seal/verify_report.h"

namespace guzheng {

struct SourceEntry {
  enum class Kind { File, Folder, Other };   // Other: link, device, socket, …
  std::string path;                          // "ID/data/main/rec-0000.mp4", "ID.after/seal.txt.tsr"
  Kind kind = Kind::File;
  std::uint64_t size = 0;
  std::size_t index = 0;                     // the source's own number of the entry
};

using PieceSink = std::function<Status(ByteView)>;

// Used by one thread at a time.
class PackageSource {
 public:
  virtual ~PackageSource() = default;
  // The folder name that the bag should have.
  [[nodiscard]] virtual const std::string& id() const = 0;
  // In byte order of path.
  [[nodiscard]] virtual const std::vector<SourceEntry>& entries() const = 0;
  // Every byte of the entry, once, in pieces of at most 1 MiB. What the container itself promises about
  // the bytes (CRC) is checked on the way and reported.
  // Denied: encrypted, and the key is not here.
  virtual Status read(const SourceEntry& entry, const PieceSink& sink, VerifyReport& report) = 0;
  // Of the bytes that read() gives; entry.size may be a little more where they are stored encrypted.
  virtual Result<std::uint64_t> size(const SourceEntry& entry) { return entry.size; }
  // Whom what is encrypted is encrypted for; empty when nothing is.
  virtual std::vector<std::string> key_holders() { return {}; }
};

// Limits that no honest package comes near.
struct SourceLimits {
  static constexpr std::size_t entries = 200'000;
  static constexpr std::size_t path_bytes = 255;
  static constexpr std::uint64_t folder_depth = 16;
};

// `package` is the bag folder ID, its parent if that holds just one bag, or an export ZIP. An error when it is none of them.
Result<std::unique_ptr<PackageSource>> open_package_source(const std::filesystem::path& package, VerifyReport& report);
Result<std::unique_ptr<PackageSource>> open_folder_source(const std::filesystem::path& bag);

bool is_package_id(std::string_view name);
// The parts beside a bag: "after", "enc", "group", "report", "receipt", "renew", "review", "handover".
const std::vector<std::string_view>& beside_parts();

}  // namespace guzheng
