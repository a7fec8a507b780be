#include "core/seal/late_stamps.h"

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/custody/journal.h"
#include "core/seal/group.h"
#include "core/seal/package_names.h"
#include "core/seal/parts.h"
#include "core/seal/parts_list.h"
#include "core/seal/vault_form.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {


class Rows {
 public:
  Rows(const fs::path& bag, const PayloadReader& read) : bag_(bag), after_(folder_beside(bag, "after")), read_(read) {}

  Result<std::vector<StampRow>> run() {
    GZ_TRY_ASSIGN(const Bytes text, read_("data/attach/journal.log"));
    GZ_TRY_ASSIGN(lines_, parse_journal(as_text(text)));
    if (lines_.empty()) return fail(ErrorKind::Tampered, "the journal is empty");
    if (lines_.front().kind == "tsa.beacon") GZ_TRY(head(StampOf::Beacon, 0, "beacon"));
    for (const auto& line : lines_) {
      if (line.kind != "tsa.anchor") continue;
      std::uint64_t number = 0;
      for (const char c : line.body.substr(0, 8)) number = number * 10 + static_cast<std::uint64_t>(c - '0');
      if (number >= lines_.size()) return fail(ErrorKind::Tampered, "an anchor names a line that is not there");
      GZ_TRY(head(StampOf::Line, number, line.body.substr(0, 8) + ".head"));
    }
    GZ_TRY(head(StampOf::Final, lines_.size() - 1, "final.head"));
    std::error_code ec;
    if (fs::exists(after_ / "sig-officer2.p7s", ec)) GZ_TRY(beside(StampOf::SecondSignature, "sig-officer2.p7s"));
    if (fs::exists(bag_ / "seal/seal.txt", ec)) GZ_TRY(beside(StampOf::Seal, "seal.txt"));
    GZ_TRY(group_record());
    GZ_TRY(parts_list());
    return std::move(rows_);
  }

 private:
  StampRow row(StampOf of, std::uint64_t line, bool second) const {
    StampRow out;
    out.of = of;
    out.line = line;
    out.second = second;
    if (of != StampOf::SecondSignature && of != StampOf::GroupRecord && of != StampOf::PartsList) out.line_time = lines_[line].time;
    return out;
  }

  Status add(StampRow row, ByteView tsr, ByteView content) {
    auto info = read_stamp(tsr, sha256(content));
    if (!info) return fail(ErrorKind::Tampered, row.path + ": " + info.error().what);
    row.info = std::move(*info);
    rows_.push_back(std::move(row));
    return ok();
  }

  // `name` in tst/, its tokens there or in ID.after/
  Status head(StampOf of, std::uint64_t line, const std::string& name) {
    GZ_TRY_ASSIGN(const Bytes content, read_(kTstFolder + name));
    for (const bool second : {false, true}) {
      const std::string token = name + (second ? ".2.tsr" : ".tsr");
      StampRow out = row(of, line, second);
      out.path = kTstFolder + token;
      auto tsr = read_(out.path);
      if (!tsr && tsr.error().kind != ErrorKind::NotFound) return Failure(std::move(tsr.error()));
      if (!tsr) {
        out.path = "after/" + token;
        out.beside = true;
        tsr = read_file(after_ / token, 1u << 20);
      }
      if (tsr) GZ_TRY(add(std::move(out), *tsr, content));
      else if (tsr.error().kind != ErrorKind::NotFound) return Failure(std::move(tsr.error()));
      else if (!second) pending(std::move(out));
    }
    return ok();
  }

  Status beside(StampOf of, const std::string& name) {
    GZ_TRY_ASSIGN(const Bytes content, read_file(of == StampOf::Seal ? bag_ / "seal" / name : after_ / name, 1u << 20));
    for (const bool second : {false, true}) {
      StampRow out = row(of, lines_.size() - 1, second);
      out.path = "after/" + name + (second ? ".2.tsr" : ".tsr");
      out.beside = true;
      const auto tsr = read_file(after_ / out.path.substr(6), 1u << 20);
      if (tsr) GZ_TRY(add(std::move(out), *tsr, content));
      else if (tsr.error().kind != ErrorKind::NotFound) return Failure(tsr.error());
      else if (!second) pending(std::move(out));
    }
    return ok();
  }

  Status group_record() {
    const fs::path signature = folder_beside(bag_, "group") / kGroupSignature;
    std::error_code ec;
    if (!fs::exists(signature, ec)) return ok();
    StampRow out = row(StampOf::GroupRecord, lines_.size() - 1, false);
    out.path = std::string("group/") + kGroupSignature + ".tsr";
    return signature_stamp(std::move(out), signature);
  }

  // Older lists say nothing any more.
  Status parts_list() {
    const unsigned edition = newest_parts_edition(bag_);
    if (edition == 0) return ok();
    const std::string name = std::string(kPartsList) + ".p7s";
    const fs::path folder = parts_lists_folder(bag_) / edition_name(edition);
    StampRow out = row(StampOf::PartsList, lines_.size() - 1, false);
    out.path = "enc/" + edition_name(edition) + "/" + name + ".tsr";
    return signature_stamp(std::move(out), folder / name);
  }

  // The stamp that lies beside a signature beside the bag, `row.path` with its name.
  Status signature_stamp(StampRow out, const fs::path& signature) {
    out.beside = true;
    GZ_TRY_ASSIGN(const Bytes content, read_file(signature, 1u << 20));
    const auto tsr = read_file(signature.string() + ".tsr", 1u << 20);
    if (tsr) return add(std::move(out), *tsr, content);
    if (tsr.error().kind != ErrorKind::NotFound) return Failure(tsr.error());
    pending(std::move(out));
    return ok();
  }

  void pending(StampRow row) {
    row.pending = true;
    rows_.push_back(std::move(row));
  }

  const fs::path bag_, after_;
  const PayloadReader& read_;
  std::vector<JournalLine> lines_;
  std::vector<StampRow> rows_;
};

Result<Bytes> content_of(const StampRow& row, const fs::path& bag, const PayloadReader& read) {
  switch (row.of) {
    case StampOf::Seal: return read_file(bag / "seal/seal.txt", 1u << 20);
    case StampOf::SecondSignature: return read_file(folder_beside(bag, "after") / "sig-officer2.p7s", 1u << 20);
    default: return read(kTstFolder + row.path.substr(6, row.path.size() - 10));       // after/NAME.tsr
  }
}

Status fetch(StampRow& row, const StampBounds& bounds, const fs::path& bag, const PayloadReader& read, StampDesk& desk) {
  const fs::path after = folder_beside(bag, "after");
  if (row.of == StampOf::PartsList || row.of == StampOf::GroupRecord) {
    GZ_TRY(row.of == StampOf::PartsList ? stamp_parts_list(bag, desk) : stamp_group_record(bag, desk));
    const auto slash = row.path.find('/');
    const fs::path token = folder_beside(bag, row.path.substr(0, slash)) / row.path.substr(slash + 1);
    GZ_TRY_ASSIGN(const Bytes tsr, read_file(token, 1u << 20));
    GZ_TRY_ASSIGN(const Bytes signature, read_file(fs::path(token).replace_extension(), 1u << 20));
    GZ_TRY_ASSIGN(row.info, read_stamp(tsr, sha256(signature)));
  } else if (row.of == StampOf::Seal) {
    GZ_TRY(stamp_seal(bag, desk, bounds));
    GZ_TRY_ASSIGN(const Bytes tsr, read_file(after / "seal.txt.tsr", 1u << 20));
    GZ_TRY_ASSIGN(const Bytes seal, read_file(bag / "seal/seal.txt", 1u << 20));
    GZ_TRY_ASSIGN(row.info, read_stamp(tsr, sha256(seal)));
  } else {
    GZ_TRY_ASSIGN(const Bytes content, content_of(row, bag, read));
    GZ_TRY_ASSIGN(auto stamped, desk.first(content, bounds));
    GZ_TRY(make_private_folder(after));
    GZ_TRY(write_atomically(after / row.path.substr(6), stamped.tsr, true));
    row.info = std::move(stamped.info);
  }
  row.pending = false;
  return ok();
}

}  // namespace

PayloadReader read_from_folder(const fs::path& bag) {
  return [bag](const std::string& path) { return read_file(bag / path, 1u << 30); };
}

Result<std::vector<StampRow>> stamps_of(const fs::path& bag, const PayloadReader& read) { return Rows(bag, read).run(); }

Result<LateStamps> fetch_late_stamps(const fs::path& bag, const PayloadReader& read, StampDesk& desk) {
  GZ_TRY_ASSIGN(auto rows, stamps_of(bag, read));
  LateStamps out;
  WallTime final_head;                                     // in the bag only: FORMAT.md 7 orders no others
  for (auto& row : rows) {
    if (row.of == StampOf::Final && !row.second && !row.beside) final_head = row.info.time;
    if (!row.pending) continue;
    if (out.pending.empty()) {
      const StampBounds bounds{row.line_time, row.of == StampOf::Seal ? final_head : WallTime{}};
      const auto done = fetch(row, bounds, bag, read, desk);
      if (!done) out.problem = done.error();
    }
    (row.pending ? out.pending : out.came).push_back(std::move(row));
  }
  return out;
}

}  // namespace guzheng
