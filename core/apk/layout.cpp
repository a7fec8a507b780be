#include "core/apk/layout.h"

#include <zlib.h>

#include <algorithm>
#include <memory>

namespace guzheng {

namespace {

constexpr std::uint64_t kEndSize = 22, kLongestComment = 0xffff, kMostDirectory = 64u << 20, kMostBlock = 64u << 20, kMostPlain = 8ull << 30;
constexpr std::size_t kMostPairs = 256;
constexpr std::uint32_t kEndMark = 0x06054b50, kEntryMark = 0x02014b50, kLocalMark = 0x04034b50, kZip64Mark = 0x07064b50;
constexpr std::string_view kBlockMagic = "APK Sig Block 42";

Failure no_apk(const std::string& why) { return fail(ErrorKind::Invalid, "no Android package: " + why); }

// The last place in the file that can be an end record: its comment reaches exactly to the end.
Result<std::uint64_t> find_end(const ApkSource& apk) {
  if (apk.size() < kEndSize) return no_apk("too short");
  const std::uint64_t span = std::min(apk.size(), kEndSize + kLongestComment);
  GZ_TRY_ASSIGN(const Bytes tail, apk.bytes(apk.size() - span, span));
  for (std::uint64_t at = span - kEndSize + 1; at-- > 0;)
    if (read_le<std::uint32_t>(&tail[at]) == kEndMark && read_le<std::uint16_t>(&tail[at + 20]) == span - at - kEndSize) return apk.size() - span + at;
  return no_apk("it has no ZIP end record");
}

// [u64 size][pairs: u64 length, u32 id, value][u64 size]["APK Sig Block 42"], right before the central directory
Status read_block(const ApkSource& apk, ApkLayout& out) {
  constexpr std::uint64_t foot = 24;
  out.entries_end = out.directory;
  if (out.directory < foot + 8) return ok();
  GZ_TRY_ASSIGN(const Bytes end, apk.bytes(out.directory - foot, foot));
  if (as_text(end).substr(8) != kBlockMagic) return ok();
  const auto size = read_le<std::uint64_t>(end.data());
  if (size < foot || size > kMostBlock || size > out.directory - 8) return no_apk("its signing block has an impossible size");
  out.entries_end = out.directory - size - 8;
  GZ_TRY_ASSIGN(const Bytes block, apk.bytes(out.entries_end, size + 8 - foot));
  if (read_le<std::uint64_t>(block.data()) != size) return no_apk("its signing block names two sizes");
  LittleReader pairs(ByteView(block).subspan(8));
  for (std::size_t count = 0; !pairs.done(); ++count) {
    if (count >= kMostPairs) return no_apk("its signing block has too many parts");
    GZ_TRY_ASSIGN(const ByteView length_bytes, pairs.take(8));
    const auto length = read_le<std::uint64_t>(length_bytes.data());
    if (length < 4) return no_apk("a part of its signing block has no id");
    GZ_TRY_ASSIGN(const ByteView pair, pairs.take(length));
    const auto value = pair.subspan(4);
    out.block.emplace(read_le<std::uint32_t>(pair.data()), Bytes(value.begin(), value.end()));
  }
  return ok();
}

struct InflateEnd {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

// Raw deflate: ends with the packed bytes, gives exactly entry.size bytes.
class Inflater {
 public:
  Inflater(std::uint64_t size, const std::function<Status(ByteView)>& use) : left_(size), use_(use) {
    if (inflateInit2(&stream_, -MAX_WBITS) == Z_OK) owner_.reset(&stream_);
  }
  Status feed(ByteView packed) {
    if (!owner_) return fail(ErrorKind::Bug, "inflate does not start");
    if (ended_) return no_apk("an entry goes on behind its end");
    stream_.next_in = const_cast<Bytef*>(packed.data());
    stream_.avail_in = static_cast<uInt>(packed.size());
    do {
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      const int answer = inflate(&stream_, Z_NO_FLUSH);
      if (answer != Z_OK && answer != Z_STREAM_END && answer != Z_BUF_ERROR) return no_apk("an entry cannot be unpacked");
      const std::size_t made = buffer_.size() - stream_.avail_out;
      if (made > left_) return no_apk("an entry is longer than it says");
      left_ -= made;
      if (made > 0) GZ_TRY(use_(ByteView(buffer_).first(made)));
      ended_ = answer == Z_STREAM_END;
      if (ended_ && stream_.avail_in > 0) return no_apk("an entry goes on behind its end");
    } while (!ended_ && (stream_.avail_in > 0 || stream_.avail_out == 0));
    return ok();
  }
  [[nodiscard]] bool whole() const { return ended_ && left_ == 0; }

 private:
  z_stream stream_{};
  std::unique_ptr<z_stream, InflateEnd> owner_;
  Bytes buffer_ = Bytes(64u << 10);
  std::uint64_t left_;
  bool ended_ = false;
  const std::function<Status(ByteView)>& use_;
};

}  // namespace

Result<ApkLayout> read_layout(const ApkSource& apk) {
  ApkLayout out;
  GZ_TRY_ASSIGN(out.directory_end, find_end(apk));
  GZ_TRY_ASSIGN(out.end_record, apk.bytes(out.directory_end, apk.size() - out.directory_end));
  if (out.directory_end >= 20) {
    GZ_TRY_ASSIGN(const Bytes before, apk.bytes(out.directory_end - 20, 4));
    if (read_le<std::uint32_t>(before.data()) == kZip64Mark) return no_apk("it is a ZIP64 file");
  }
  out.entries = read_le<std::uint16_t>(&out.end_record[10]);
  const std::uint64_t size = read_le<std::uint32_t>(&out.end_record[12]);
  out.directory = read_le<std::uint32_t>(&out.end_record[16]);
  if (size > kMostDirectory || out.directory + size != out.directory_end) return no_apk("its directory does not end where its end record begins");
  GZ_TRY(read_block(apk, out));
  return out;
}

Result<std::vector<ApkEntry>> read_entries(const ApkSource& apk, const ApkLayout& layout) {
  GZ_TRY_ASSIGN(const Bytes directory, apk.bytes(layout.directory, layout.directory_end - layout.directory));
  LittleReader rest(directory);
  std::vector<ApkEntry> out;
  std::uint64_t packed = 0, plain = 0;       // entries that share their bytes, or blow up, would keep us busy for days
  for (std::uint32_t i = 0; i < layout.entries; ++i) {
    constexpr std::size_t fixed = 46;
    GZ_TRY_ASSIGN(const ByteView head, rest.take(fixed));
    if (read_le<std::uint32_t>(head.data()) != kEntryMark) return no_apk("an entry of its directory has no mark");
    ApkEntry entry;
    entry.method = read_le<std::uint16_t>(&head[10]);
    entry.packed = read_le<std::uint32_t>(&head[20]);
    entry.size = read_le<std::uint32_t>(&head[24]);
    entry.header = read_le<std::uint32_t>(&head[42]);
    GZ_TRY_ASSIGN(const ByteView name, rest.take(read_le<std::uint16_t>(&head[28])));
    entry.name = as_text(name);
    packed += entry.packed;
    plain += entry.size;
    if (packed > layout.entries_end || plain > kMostPlain) return no_apk("its entries are larger than the file can hold");
    GZ_TRY(rest.take(std::uint64_t{read_le<std::uint16_t>(&head[30])} + read_le<std::uint16_t>(&head[32])));
    out.push_back(std::move(entry));
  }
  if (!rest.done()) return no_apk("its directory holds more than its entries");
  return out;
}

Status read_entry(const ApkSource& apk, const ApkLayout& layout, const ApkEntry& entry, const std::function<Status(ByteView)>& use) {
  constexpr std::size_t fixed = 30;
  GZ_TRY_ASSIGN(const Bytes head, apk.bytes(entry.header, fixed));
  if (read_le<std::uint32_t>(head.data()) != kLocalMark) return no_apk("an entry has no header");
  const std::uint64_t begin = entry.header + fixed + read_le<std::uint16_t>(&head[26]) + read_le<std::uint16_t>(&head[28]);
  const std::uint64_t end = begin + entry.packed;
  if (end > layout.entries_end) return no_apk("an entry reaches into the directory");
  if (entry.method == 0) return entry.packed == entry.size ? apk.each_piece(begin, end, use) : Status(no_apk("a stored entry has two sizes"));
  if (entry.method != Z_DEFLATED) return no_apk("an entry is packed in an unknown way");
  Inflater inflater(entry.size, use);
  GZ_TRY(apk.each_piece(begin, end, [&](ByteView piece) { return inflater.feed(piece); }));
  return inflater.whole() ? ok() : Status(no_apk("an entry is shorter than it says"));
}

Result<ByteView> LittleReader::take(std::uint64_t count) {
  if (count > rest_.size()) return fail(ErrorKind::Invalid, "a value is cut off");
  const ByteView out = rest_.first(count);
  rest_ = rest_.subspan(count);
  return out;
}

Result<std::uint32_t> LittleReader::u32() {
  GZ_TRY_ASSIGN(const ByteView bytes, take(4));
  return read_le<std::uint32_t>(bytes.data());
}

Result<ByteView> LittleReader::prefixed() {
  GZ_TRY_ASSIGN(const std::uint32_t length, u32());
  return take(length);
}

Result<std::vector<ByteView>> LittleReader::sequence(std::size_t most) {
  GZ_TRY_ASSIGN(const ByteView all, prefixed());
  LittleReader inner(all);
  std::vector<ByteView> out;
  while (!inner.done()) {
    if (out.size() >= most) return fail(ErrorKind::Invalid, "a list has more than " + std::to_string(most) + " entries");
    GZ_TRY_ASSIGN(const ByteView one, inner.prefixed());
    out.push_back(one);
  }
  return out;
}

}  // namespace guzheng
