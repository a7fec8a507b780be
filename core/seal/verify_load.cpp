#include "core/seal/tree.h"
#include "core/seal/verify_bag.h"
#include "core/seal/verify_digests.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kBulk = 1u << 20;                // of a whole package: from here on one thread a digest pays
constexpr std::uint64_t kMostKept = 16u << 20;           // of one small file
constexpr std::uint64_t kMostList = 64u << 20;           // of a manifest
constexpr std::uint64_t kMostJournal = 256u << 20;
constexpr std::uint64_t kMostKeptTogether = 640u << 20;

// Bytes that no check looks at: their digests are enough.
bool is_opaque(std::string_view part, std::string_view path) {
  if (!part.empty()) return path.ends_with(".pdf") || path.ends_with(".png") || path.ends_with(".zip");
  if (path.starts_with("data/main/rec-") && path.ends_with(".txt")) return false;          // the text record of a sound
  return path.starts_with("data/main/") || path.starts_with("data/attach/raw/") || path.ends_with(".p7m");
}

std::uint64_t keep_limit(std::string_view path) {
  if (path == "data/attach/journal.log") return kMostJournal;
  if (path.starts_with("manifest-") || path == "seal/digests-sm3.txt" || path.ends_with("/values.json")) return kMostList;
  return kMostKept;
}

bool is_film(std::string_view part, std::string_view path) {
  return part.empty() && path.starts_with("data/main/rec-") && path.ends_with(".mp4");
}

bool is_sound(std::string_view part, std::string_view path) {
  return part.empty() && path.starts_with("data/main/rec-") && path.ends_with(".ogg");
}

// "Guzheng package ID seal FINGERPRINT" in a report's bytes, wherever pieces are cut.
class SealFinder {
 public:
  explicit SealFinder(const std::string& id) : mark_("Guzheng package " + id + " seal ") {}
  void feed(std::string_view piece) {
    tail_ += piece;
    const std::size_t whole = mark_.size() + 64;
    std::size_t at = 0;
    for (; found.size() < 8 && (at = tail_.find(kAny, at)) != std::string::npos && at + whole <= tail_.size(); ++at) {
      const std::string_view here = std::string_view(tail_).substr(at, whole);
      found.emplace_back(here.starts_with(mark_) && is_hex_digest(here.substr(mark_.size())) ? here.substr(mark_.size()) : "");
    }
    if (tail_.size() > whole) tail_.erase(0, at != std::string::npos && at + whole > tail_.size() ? at : tail_.size() - kAny.size());
  }
  std::vector<std::string> found;

 private:
  static constexpr std::string_view kAny = "Guzheng package ";
  const std::string mark_;
  std::string tail_;
};

class Loader {
 public:
  Loader(PackageSource& source, const LoadProgress& progress, VerifyReport& report)
      : source_(source), progress_(progress), report_(report) {
    for (const auto& entry : source.entries()) total_ += entry.size;
  }

  Result<Bag> load() {
    Bag bag;
    bag.id = source_.id();
    DigestLine line(total_ >= kBulk);
    std::vector<std::pair<BagFile*, std::shared_ptr<const FileDigests>>> digested;      // nodes of a map stay where they are
    for (const auto& entry : source_.entries()) {
      std::string part, rest;
      if (entry.kind != SourceEntry::Kind::File) continue;
      // what is foreign is reported by check_tree; its bytes are read for the container's sake only
      const bool ours = split_package_path(bag.id, entry.path, part, rest);
      GZ_TRY_ASSIGN(BagFile file, read(entry, part, rest, bag, line));
      auto digests = line.end_file();
      if (!ours || (!bag.locked.empty() && bag.locked.back() == entry.path)) continue;
      const auto placed = part.empty() ? bag.files.emplace(rest, std::move(file)) : bag.beside.emplace(part + "/" + rest, std::move(file));
      if (placed.second) digested.emplace_back(&placed.first->second, std::move(digests));
    }
    line.wait();
    for (const auto& [file, digests] : digested) file->digests = *digests;
    return bag;
  }

 private:
  Result<BagFile> read(const SourceEntry& entry, const std::string& part, const std::string& rest, Bag& bag, DigestLine& line) {
    BagFile file;
    file.kept = !is_opaque(part, rest) && entry.size <= keep_limit(rest) && kept_ + entry.size <= kMostKeptTogether;
    if (!file.kept && !is_opaque(part, rest))
      report_.broken("tree.size", entry.path, "the file is larger than such a file can be");
    FilmReader film;
    SoundReader sound;
    const bool filmed = is_film(part, rest), heard = is_sound(part, rest), printed = part == "report" && rest.ends_with(".pdf");
    SealFinder seal(bag.id);
    const auto status = source_.read(entry, [&](ByteView piece) -> Status {
      line.update(piece);
      if (filmed) film.feed(piece);
      if (heard) sound.feed(piece);
      if (printed) seal.feed(as_text(piece));
      if (file.kept && file.content.size() + piece.size() <= keep_limit(rest)) file.content += as_text(piece);
      done_ += piece.size();
      if (progress_.tell && !progress_.tell(done_, total_)) return fail(ErrorKind::Cancelled, "verification was stopped");
      return ok();
    }, report_);
    file.seals = std::move(seal.found);
    if (!status && status.error().kind == ErrorKind::Denied && part != "enc") {
      bag.locked.push_back(entry.path);
      return file;
    }
    if (!status) {
      // a file that cannot be read in full is damage of the evidence only when the container says so
      if (status.error().kind != ErrorKind::Tampered) return fail(status.error());
      report_.broken("tree.read", entry.path, status.error().what);
    }
    kept_ += file.content.size();
    if (filmed) bag.films.emplace(rest, film.finish());
    if (heard) bag.sounds.emplace(rest, sound.finish());
    return file;
  }

  PackageSource& source_;
  const LoadProgress& progress_;
  VerifyReport& report_;
  std::uint64_t total_ = 0, done_ = 0, kept_ = 0;
};

}  // namespace

Result<Bag> load_bag(PackageSource& source, const LoadProgress& progress, VerifyReport& report) {
  return Loader(source, progress, report).load();
}

}  // namespace guzheng
