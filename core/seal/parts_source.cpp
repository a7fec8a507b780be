#include "core/seal/parts_source.h"

#include <algorithm>
#include <map>

#include "core/base/digest.h"
#include "core/identity/envelope.h"

namespace guzheng {

namespace {

struct LogicalFile {
  std::vector<SourceEntry> parts;            // by number; empty: stored in plain bytes
  SourceEntry plain;
};

class PartsSource final : public PackageSource {
 public:
  PartsSource(std::unique_ptr<PackageSource> stored, const Opener* opener) : stored_(std::move(stored)), opener_(opener) {}

  Status prepare(VerifyReport& report) {
    collect();
    GZ_TRY(read_list(report));
    check_names(report);
    for (const auto& [path, file] : files_) {
      SourceEntry shown = file.plain;
      if (!file.parts.empty()) {
        shown = {path, SourceEntry::Kind::File, 0, 0};
        for (const auto& part : file.parts) shown.size += part.size;      // a little more than the plain bytes
      }
      shown.index = entries_.size();
      by_index_.push_back(&file);
      entries_.push_back(std::move(shown));
    }
    for (const auto& other : others_) {
      entries_.push_back(other);
      entries_.back().index = entries_.size() - 1;
      by_index_.push_back(nullptr);
      stored_index_[entries_.size() - 1] = other;
    }
    std::sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return ok();
  }

  const std::string& id() const override { return stored_->id(); }
  const std::vector<SourceEntry>& entries() const override { return entries_; }

  Status read(const SourceEntry& entry, const PieceSink& sink, VerifyReport& report) override {
    const LogicalFile* file = by_index_.at(entry.index);
    if (file == nullptr) return stored_->read(stored_index_.at(entry.index), sink, report);
    if (file->parts.empty()) return stored_->read(file->plain, sink, report);
    bool locked = false;
    for (std::size_t n = 0; n < file->parts.size(); ++n) {
      const bool last = n + 1 == file->parts.size();
      const Status done = read_part(file->parts[n], last, last && n > 0, sink, report);
      // without a key the other parts are still held against the list
      if (!done && done.error().kind == ErrorKind::Denied) locked = true;
      else if (!done) return done;
    }
    return locked ? fail(ErrorKind::Denied, entry.path + " is encrypted, and its key is not here") : ok();
  }

  Result<std::uint64_t> size(const SourceEntry& entry) override {
    const LogicalFile* file = by_index_.at(entry.index);
    if (file == nullptr || file->parts.empty()) return entry.size;
    std::uint64_t total = (file->parts.size() - 1) * kPartBytes;
    Bytes head;
    VerifyReport unused;
    const auto status = stored_->read(file->parts.back(), [&](ByteView piece) -> Status {
      append(head, piece);
      return fail(ErrorKind::Cancelled, "enough");
    }, unused);
    const auto content = envelope_content_size(head);
    if (!content) return fail(ErrorKind::Tampered, file->parts.back().path + " is no envelope");
    return total + *content;
  }

  // Whom the smallest part is encrypted for.
  std::vector<std::string> key_holders() override {
    const SourceEntry* least = nullptr;
    for (const auto& [path, file] : files_)
      for (const auto& part : file.parts)
        if (least == nullptr || part.size < least->size) least = &part;
    if (least == nullptr) return {};
    VerifyReport unused;
    Bytes bytes;
    if (!read_whole(*least, bytes, unused)) return {};
    return envelope_recipients(bytes);
  }

 private:
  void collect() {
    for (const auto& entry : stored_->entries()) {
      const auto name = entry.kind == SourceEntry::Kind::File ? part_name(entry.path) : std::nullopt;
      if (name && is_stored_as_parts(id(), name->of)) {
        there_.emplace(entry.path, entry);
      } else if (entry.kind == SourceEntry::Kind::File && is_stored_as_parts(id(), entry.path)) {
        files_[entry.path].plain = entry;
      } else {
        others_.push_back(entry);
      }
    }
  }

  Status read_whole(const SourceEntry& entry, Bytes& into, VerifyReport& report) {
    into.clear();
    return stored_->read(entry, [&](ByteView piece) -> Status {
      if (into.size() + piece.size() > kMostEnvelope) return fail(ErrorKind::Tampered, entry.path + " is larger than a part can be");
      append(into, piece);
      return ok();
    }, report);
  }

  // The newest list that is there; an older one lists parts that have been replaced.
  Status read_list(VerifyReport& report) {
    const SourceEntry* newest = nullptr;
    const std::string folder = id() + ".enc/";
    for (const auto& entry : others_) {
      if (!entry.path.starts_with(folder) || entry.kind != SourceEntry::Kind::File) continue;
      const std::string_view rest = std::string_view(entry.path).substr(folder.size());
      if (rest.size() == 4 + kPartsList.size() && rest.substr(4) == kPartsList && edition_number(rest.substr(0, 3)) > 0) newest = &entry;    // in byte order
    }
    if (newest == nullptr) {
      if (!there_.empty()) report.broken("parts.list", folder, "encrypted parts without the signed list that names them");
      for (const auto& [path, entry] : there_) list_[path] = {};
      return ok();
    }
    std::string text;
    GZ_TRY(stored_->read(*newest, [&](ByteView piece) -> Status {
      if (text.size() + piece.size() > kMostPartsList) return fail(ErrorKind::Tampered, newest->path + " is larger than a list can be");
      text += as_text(piece);
      return ok();
    }, report));
    auto list = parse_parts_list(id(), text);
    if (list) list_ = std::move(*list);
    else report.broken("parts.list", newest->path, list.error().what);
    return ok();
  }

  void check_names(VerifyReport& report) {
    for (const auto& [path, digest] : list_) {
      const auto name = part_name(path);
      const auto it = there_.find(path);
      const bool plain = files_.contains(name->of) && !files_.at(name->of).plain.path.empty();
      // while an encryption is being finished the plain file stands until its parts are there
      if (it == there_.end() && !plain) report.broken("parts.missing", path, "the list of parts names it, and it is not there");
      if (it == there_.end()) continue;
      if (it->second.size > kMostEnvelope) report.broken("parts.size", path, "it is larger than a part can be");
      files_[name->of].parts.push_back(it->second);
    }
    for (const auto& [path, entry] : there_)
      if (!list_.contains(path)) report.broken("parts.extra", path, "the list of parts does not name it");
    for (auto& [path, file] : files_)
      if (!file.plain.path.empty()) file.parts.clear();        // whole as it is
  }

  Status read_part(const SourceEntry& part, bool last, bool not_empty, const PieceSink& sink, VerifyReport& report) {
    GZ_TRY(read_whole(part, sealed_, report));
    const auto listed = list_.find(part.path);
    if (listed != list_.end() && !listed->second.empty() && sha256_hex(sealed_) != listed->second) {
      report.broken("parts.digest", part.path, "its digest is not the one in the list of parts");
      return fail(ErrorKind::Tampered, part.path + " was changed");
    }
    if (opener_ == nullptr) return fail(ErrorKind::Denied, "no key was given");
    auto plain = opener_->open(sealed_);
    if (!plain && plain.error().kind == ErrorKind::Denied) return fail(plain.error());
    if (!plain) {
      report.broken("parts.open", part.path, "it cannot be decrypted: " + plain.error().what);
      return fail(ErrorKind::Tampered, part.path + " cannot be decrypted");
    }
    if (last ? plain->size() > kPartBytes || (not_empty && plain->empty()) : plain->size() != kPartBytes)
      report.broken("parts.size", part.path, "it does not hold as much as a part holds");
    constexpr std::size_t piece = 1u << 20;
    for (std::size_t at = 0; at < plain->size(); at += piece)
      GZ_TRY(sink(ByteView(*plain).subspan(at, std::min(piece, plain->size() - at))));
    return ok();
  }

  const std::unique_ptr<PackageSource> stored_;
  const Opener* const opener_;
  std::map<std::string, LogicalFile> files_;
  std::map<std::string, SourceEntry> there_;           // parts
  std::vector<SourceEntry> others_;                    // what is stored in clear
  PartsList list_;
  std::vector<SourceEntry> entries_;
  std::vector<const LogicalFile*> by_index_;
  std::map<std::size_t, SourceEntry> stored_index_;
  Bytes sealed_;                                       // one part, used again
};

}  // namespace

bool has_vault_form(const PackageSource& stored) {
  const std::string folder = stored.id() + ".enc";
  return std::any_of(stored.entries().begin(), stored.entries().end(), [&](const auto& entry) {
    if (entry.path == folder || entry.path.starts_with(folder + "/")) return true;
    const auto name = part_name(entry.path);
    return name && is_stored_as_parts(stored.id(), name->of);
  });
}

Result<std::unique_ptr<PackageSource>> open_parts_source(std::unique_ptr<PackageSource> stored, const Opener* opener, VerifyReport& report) {
  auto source = std::make_unique<PartsSource>(std::move(stored), opener);
  GZ_TRY(source->prepare(report));
  return std::unique_ptr<PackageSource>(std::move(source));
}

}  // namespace guzheng
