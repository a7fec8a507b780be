// Room apk. The parts of an APK file: entries, APK Signing Block, central directory, end record; and a reader of little-endian,
// length-prefixed values for what stands in the block. Foreign bytes: every length is held against what is there.
// https://source.android.com/docs/security/features/apksigning/v2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/apk/source.h"

namespace guzheng {

struct ApkLayout {
  std::uint64_t entries_end = 0;             // where the signing block begins, or the central directory without one
  std::uint64_t directory = 0, directory_end = 0;              // the end record begins at directory_end
  Bytes end_record;                          // with its comment
  std::uint32_t entries = 0;
  std::map<std::uint32_t, Bytes> block;      // of the signing block: value by id; the first of each id counts, as on Android
};
// Invalid: no ZIP file, one of ZIP64, or one whose parts do not fit one another. Android takes none of these either.
Result<ApkLayout> read_layout(const ApkSource& apk);

struct ApkEntry {
  std::string name;
  std::uint16_t method = 0;                  // 0 stored, 8 deflated
  std::uint32_t packed = 0, size = 0, header = 0;              // bytes, bytes, offset of the local header
};
// Invalid also when the entries together are larger than the file, or than 8 GiB unpacked.
Result<std::vector<ApkEntry>> read_entries(const ApkSource& apk, const ApkLayout& layout);
// The plain bytes of one entry, piece by piece; Invalid when they are not what the directory says.
Status read_entry(const ApkSource& apk, const ApkLayout& layout, const ApkEntry& entry, const std::function<Status(ByteView)>& use);

// Takes values off the front of a view; Invalid when there is too little.
class LittleReader {
 public:
  explicit LittleReader(ByteView bytes) : rest_(bytes) {}
  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] ByteView rest() const { return rest_; }
  Result<std::uint32_t> u32();
  Result<ByteView> take(std::uint64_t count);
  Result<ByteView> prefixed();               // u32 length, then as many bytes
  // Each element of a sequence that has its length before it; at most `most`.
  Result<std::vector<ByteView>> sequence(std::size_t most);

 private:
  ByteView rest_;
};

}  // namespace guzheng
