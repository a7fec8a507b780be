#include "core/seal/zip_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/file.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kEndBytes = 22, kEnd64Bytes = 56, kLocatorBytes = 20, kCentralBytes = 46;
constexpr std::uint64_t kMostDirectory = 64u << 20;

bool read_bytes(const RandomAccess& file, std::uint64_t offset, std::uint64_t count, Bytes& out) {
  if (offset > file.size() || count > file.size() - offset) return false;
  out.resize(count);
  return file.read_at(offset, out);
}

struct Directory {
  std::uint64_t count = 0, size = 0, offset = 0;
};

// EOCD          | sig 4 | disk 2 | disk 2 | count 2 | count 2 | size 4 | offset 4 | comment 2 |
// ZIP64 EOCD    | sig 4 | size 8 | made 2 | need 2 | disk 4 | disk 4 | count 8 | count 8 | size 8 | offset 8 |
bool read_end(const RandomAccess& file, Directory& out) {
  Bytes end;
  if (file.size() < kEndBytes || !read_bytes(file, file.size() - kEndBytes, kEndBytes, end)) return false;
  if (read_le<std::uint32_t>(end.data()) != 0x06054b50) return false;
  out = {read_le<std::uint16_t>(&end[10]), read_le<std::uint32_t>(&end[12]), read_le<std::uint32_t>(&end[16])};
  if (out.count != 0xffff && out.size != kFull32 && out.offset != kFull32) return true;
  Bytes end64;
  const std::uint64_t back = kEndBytes + kLocatorBytes + kEnd64Bytes;
  if (file.size() < back || !read_bytes(file, file.size() - back, kEnd64Bytes, end64)) return false;
  if (read_le<std::uint32_t>(end64.data()) != 0x06064b50) return false;
  out = {read_le<std::uint64_t>(&end64[32]), read_le<std::uint64_t>(&end64[40]), read_le<std::uint64_t>(&end64[48])};
  return true;
}

// The values that ZIP64's extra field carries, in their fixed order; the form itself is checked by rebuilding.
void widen(ZipMember& m, const std::uint8_t* extra, std::size_t length) {
  std::size_t at = 4;
  if (m.size == kFull32) {
    if (length < at + 16) return;
    m.size = read_le<std::uint64_t>(extra + at);
    at += 16;
  }
  if (m.offset == kFull32 && length >= at + 8) m.offset = read_le<std::uint64_t>(extra + at);
}

class FileAccess final : public RandomAccess {
 public:
  FileAccess(UniqueFd fd, std::uint64_t size) : fd_(std::move(fd)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  bool read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    while (!into.empty()) {
      const ssize_t n = ::pread(fd_.get(), into.data(), into.size(), static_cast<off_t>(offset));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      into = into.subspan(static_cast<std::size_t>(n));
      offset += static_cast<std::uint64_t>(n);
    }
    return true;
  }

 private:
  UniqueFd fd_;
  std::uint64_t size_;
};

class ZipSource final : public PackageSource {
 public:
  ZipSource(std::unique_ptr<RandomAccess> file, std::vector<ZipMember> members)
      : file_(std::move(file)), members_(std::move(members)) {
    for (std::size_t i = 0; i < members_.size(); ++i) {
      entries_.push_back({members_[i].name, SourceEntry::Kind::File, members_[i].size, i});
      const std::string top = members_[i].name.substr(0, members_[i].name.find_first_of("/."));
      if (id_.empty() && is_package_id(top)) id_ = top;
    }
    std::stable_sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  }

  const std::string& id() const override { return id_; }
  const std::vector<SourceEntry>& entries() const override { return entries_; }

  Status read(const SourceEntry& entry, const PieceSink& sink, VerifyReport& report) override {
    const ZipMember& m = members_[entry.index];
    std::uint64_t at = m.offset + zip_local_header(m).size();
    std::uint64_t left = m.size;
    std::uint32_t crc = 0;
    Bytes piece;
    while (left > 0) {
      const std::uint64_t count = std::min<std::uint64_t>(left, 1u << 20);
      if (!read_bytes(*file_, at, count, piece)) return fail(ErrorKind::Tampered, entry.path + " reaches beyond the ZIP");
      crc = crc32_more(crc, piece);
      GZ_TRY(sink(piece));
      at += count;
      left -= count;
    }
    if (crc != m.crc) report.broken("zip.crc", entry.path, "the CRC in the ZIP does not fit the bytes");
    return ok();
  }

 private:
  std::unique_ptr<RandomAccess> file_;
  std::vector<ZipMember> members_;
  std::vector<SourceEntry> entries_;
  std::string id_;
};

}  // namespace

std::vector<ZipMember> read_zip_members(const RandomAccess& file, VerifyReport& report) {
  std::vector<ZipMember> members;
  Directory dir;
  if (!read_end(file, dir)) {
    report.broken("zip.end", "", "no end of central directory in the last 22 bytes: cut short, or bytes behind it");
    return members;
  }
  Bytes directory;
  if (dir.size > kMostDirectory || dir.count > SourceLimits::entries ||
      !read_bytes(file, dir.offset, dir.size, directory)) {
    report.broken("zip.directory", "", "the central directory is not where the end says");
    return members;
  }
  std::uint64_t expected_offset = 0;
  std::size_t at = 0;
  while (at + kCentralBytes <= directory.size()) {
    const std::uint8_t* p = &directory[at];
    const std::size_t name = read_le<std::uint16_t>(p + 28), extra = read_le<std::uint16_t>(p + 30);
    if (name > SourceLimits::path_bytes || at + kCentralBytes + name + extra > directory.size()) break;
    ZipMember m{std::string(as_text({p + 46, name})), read_le<std::uint32_t>(p + 24), read_le<std::uint32_t>(p + 16),
                read_le<std::uint32_t>(p + 42)};
    widen(m, p + 46 + name, extra);
    const Bytes central = zip_central_header(m);
    if (at + central.size() > directory.size() || !std::equal(central.begin(), central.end(), p)) {
      report.broken("zip.directory", m.name, "its entry in the central directory is not in the canonical form");
      break;
    }
    Bytes local;
    const Bytes wanted = zip_local_header(m);
    if (m.offset != expected_offset) {          // never read on: members over the same bytes would cost without limit
      report.broken("zip.layout", m.name, "it does not follow the member before it");
      break;
    }
    if (!read_bytes(file, m.offset, wanted.size(), local) || m.size > file.size() - m.offset - wanted.size()) {
      report.broken("zip.layout", m.name, "it lies outside the file");
      break;
    }
    if (local != wanted) report.broken("zip.header", m.name, "its local header is not in the canonical form");
    if (!members.empty() && !(members.back().name < m.name))
      report.broken("zip.order", m.name, "entries are not in byte order, or a name is there twice");
    expected_offset = m.offset + wanted.size() + m.size;
    at += central.size();
    members.push_back(std::move(m));
  }
  if (at != directory.size() || members.size() != dir.count)
    report.broken("zip.directory", "", "the central directory does not hold what the end says");
  if (expected_offset != dir.offset) report.broken("zip.layout", "", "free bytes before the central directory");
  const Bytes end = zip_end(dir.count, dir.size, dir.offset);
  Bytes found;
  if (dir.offset + dir.size + end.size() != file.size() ||
      !read_bytes(file, dir.offset + dir.size, end.size(), found) || found != end)
    report.broken("zip.end", "", "the end of the central directory is not in the canonical form");
  return members;
}

Result<std::unique_ptr<PackageSource>> zip_source_over(std::unique_ptr<RandomAccess> file, VerifyReport& report) {
  Bytes first, last;
  const bool begins = read_bytes(*file, 0, 4, first) && read_le<std::uint32_t>(first.data()) == 0x04034b50;
  const bool ends = file->size() >= kEndBytes && read_bytes(*file, file->size() - kEndBytes, 4, last) &&
                    read_le<std::uint32_t>(last.data()) == 0x06054b50;
  if (!begins && !ends) return fail(ErrorKind::Invalid, "the file is no ZIP and so no evidence package");
  auto members = read_zip_members(*file, report);
  for (const auto& member : members)        // the hand-over record names the ZIP's digest: it cannot lie in it
    if (member.name.find(".handover/") != std::string::npos) report.broken("tree.foreign", member.name, "it stays outside the ZIP");
  return std::unique_ptr<PackageSource>(std::make_unique<ZipSource>(std::move(file), std::move(members)));
}

Result<std::unique_ptr<PackageSource>> open_zip_source(const std::filesystem::path& zip, VerifyReport& report) {
  UniqueFd fd(::open(zip.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return fail_errno("open " + zip.string());
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) return fail_errno("stat " + zip.string());
  return zip_source_over(std::make_unique<FileAccess>(std::move(fd), static_cast<std::uint64_t>(st.st_size)), report);
}

}  // namespace guzheng
