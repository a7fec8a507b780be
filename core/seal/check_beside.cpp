#include "core/seal/check_beside.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/seal/check_handover.h"
#include "core/seal/later_station.h"
#include "core/seal/package_names.h"
#include "core/seal/parts.h"

namespace guzheng {

namespace {

class Beside {
 public:
  Beside(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report)
      : bag_(bag), journal_(journal), roots_(roots), report_(report) {}

  void run() {
    for (const auto& [path, file] : bag_.beside) {
      if (path.starts_with("review/")) continue;            // check_review
      if (path.starts_with("after/")) check_after(path);
      else if (path.starts_with("report/") && !(is_edition(path, "report/") && is_of_report(path.substr(11)))) stray(path);
      else if (path.starts_with("handover/") && !is_signed_name(path.substr(9), "export.json")) stray(path);
      else if (path.starts_with("enc/")) check_parts_list(path);
      check_attached(path, file);
    }
    for (const auto& path : bag_.locked)
      if (path.starts_with(bag_.id + ".report/")) check_locked_report(path.substr(bag_.id.size() + 1));
    check_handover(bag_, journal_, roots_, report_);
  }

 private:
  std::string shown(const std::string& path) const { return bag_.id + "." + path; }
  bool is_locked(const std::string& path) const { return std::find(bag_.locked.begin(), bag_.locked.end(), shown(path)) != bag_.locked.end(); }
  void stray(const std::string& path) { report_.broken("beside.extra", shown(path), "nothing of this name belongs there"); }

  static bool is_edition(const std::string& path, std::string_view prefix) {      // report/001/name
    return path.size() > prefix.size() + 4 && fixed_number(path.substr(prefix.size(), 3), 3) > 0 && path[prefix.size() + 3] == '/' &&
           path.find('/', prefix.size() + 4) == std::string::npos;
  }

  // A file, its signature, the stamp over that.
  static bool is_signed_name(std::string_view name, std::string_view file) {
    return name.starts_with(file) && (name.size() == file.size() || name.substr(file.size()) == ".p7s" || name.substr(file.size()) == ".p7s.tsr");
  }
  // What the newest list says of the parts is checked where they are read (parts_source).
  void check_parts_list(const std::string& path) {
    if (!is_edition(path, "enc/") || !is_signed_name(std::string_view(path).substr(8), kPartsList)) return stray(path);
    if (path.ends_with(kPartsList) && !bag_.find_beside(path + ".p7s")) report_.broken("beside.signature", shown(path), "a list of parts without its signature");
  }
  // Copies are fixed by copies.json (check_copies).
  static bool is_of_report(std::string_view name) {
    const bool copy = name.size() == 13 && name.starts_with("copy-") && fixed_number(name.substr(5, 4), 4) > 0 && name.ends_with(".png");
    return copy || is_signed_name(name, "report.pdf") || is_signed_name(name, "copies.json");
  }

  // Seal's stamp, later second signature with its stamp, and tokens whose anchors call them pending.
  void check_after(const std::string& path) {
    const std::string name = path.substr(6);
    if (name == "seal.txt.tsr" || name == "seal.txt.2.tsr" || name == "sig-officer2.p7s") return;
    if (name == "sig-officer2.p7s.tsr") {
      if (!bag_.find_beside("after/sig-officer2.p7s")) stray(path);
      return;
    }
    if (name == "final.head.tsr" || name == "final.head.2.tsr") {
      if (bag_.has("data/attach/tst/" + name)) stray(path);
      return;
    }
    const auto line = name.size() > 8 ? fixed_number(name.substr(0, 8), 8) : -1;
    const bool form = line >= 0 && (name.substr(8) == ".head.tsr" || name.substr(8) == ".head.2.tsr");
    const bool in_journal = journal_.lines.empty() || static_cast<std::size_t>(line) < journal_.lines.size();      // none: it is locked
    const bool head = form && in_journal && bag_.has("data/attach/tst/" + name.substr(0, 13));
    if (!head || bag_.has("data/attach/tst/" + name)) stray(path);
  }

  // X.p7s is a signature over X, X.tsr a time stamp over X (those of after/ and renew/ are checked with what they stamp).
  void check_attached(const std::string& path, const BagFile& file) {
    if (path.starts_with("after/") || path.starts_with("renew/")) return;
    for (const std::string_view suffix : {".p7s", ".tsr"}) {
      if (!path.ends_with(suffix)) continue;
      std::string of = path.substr(0, path.size() - 4);
      if (suffix == ".tsr" && of.ends_with(".2")) of.resize(of.size() - 2);
      const auto* content = bag_.find_beside(of);
      if (!content && !is_locked(of)) return report_.broken("beside.extra", shown(path), "what it is about is not there");
      const std::string digest = content ? content->digests.sha256 : signed_digest(file);
      if (suffix == ".tsr") check_later_stamp(path, check_stamp(file.content, shown(path), digest, roots_, report_));
      else {
        if (path.starts_with("enc/")) check_list_signer(path, file);
        (void)check_detached(bag_, file.content, shown(path), digest, signer_of(of), roots_, signed_when(bag_, path, roots_), report_);
      }
    }
    const bool pdf = path.starts_with("report/") && path.ends_with(".pdf");
    if (pdf && !bag_.find_beside(path + ".p7s")) report_.broken("beside.signature", shown(path), "a report without its signature");
    if (pdf && file.seals.empty()) report_.broken("beside.fingerprint", shown(path), "the report does not say which package it is about");
    if (pdf && std::any_of(file.seals.begin(), file.seals.end(), [&](const auto& seal) { return seal != bag_.sha256("seal/seal.txt"); }))
      report_.broken("beside.fingerprint", shown(path), "it is the report of another package, or of other contents of this one");
  }

  // What is locked cannot be held against its signature; the signature itself can.
  static std::string signed_digest(const BagFile& signature) {
    const auto message = read_signed_message(as_bytes(signature.content));
    return message ? to_hex(message->message_digest) : std::string();
  }
  void check_locked_report(const std::string& path) {
    if (!is_edition(path, "report/") || !is_of_report(path.substr(11))) return stray(path);
    if (path.ends_with(".pdf") && !bag_.find_beside(path + ".p7s")) report_.broken("beside.signature", shown(path), "a report without its signature");
  }

  // What speaks of the fingerprint was signed when the package had one. Its seal's own stamp may have come later than that.
  void check_later_stamp(const std::string& path, std::optional<WallTime> time) {
    if (time && !journal_.lines.empty() && time->ms + kTokenSlackMs < journal_.lines.back().time.ms)
      report_.broken("stamp.time", shown(path), "the token is older than the seal");
  }

  // A list of parts is the station's: by the sealed certificate, or by a later one of it that a time stamp vouches for (FORMAT.md 11.1). That
  // the root vouches for either, when it signed, is asked as of every signature beside the bag.
  void check_list_signer(const std::string& path, const BagFile& file) {
    const auto sealed = certificates_from_pem(bag_.text("seal/certs/station.crt"));
    const auto message = read_signed_message(as_bytes(file.content));
    if (!message) return;                              // check_detached tells it
    const ListedBy by = sealed.empty() ? ListedBy::Stranger : listed_by(sealed.front().get(), message->signer.get());
    if (by == ListedBy::Stranger) report_.broken("signer.people", shown(path), "signed neither with the package's station certificate nor with a later one of that station");
    if (by == ListedBy::Later && !bag_.find_beside(path + ".tsr")) report_.missing("parts-stamp");
  }

  // An export record names its signer; elsewhere the root vouches for whoever signed.
  std::string signer_of(const std::string& path) const {
    if (path == "group/group.json") {        // who signed the order (check_group)
      const auto officer = certificates_from_pem(bag_.text("seal/certs/officer1.crt"));
      return officer.empty() ? std::string{} : certificate_sha256(officer.front().get());
    }
    if (path != "handover/export.json") return {};
    const auto record = parse_json(bag_.beside_text(path));
    return record && record->is_object() ? text_at(record->value("by", Json::object()), "certificate_sha256") : std::string{};
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  const RootsGiven& roots_;
  VerifyReport& report_;
};

}  // namespace

void check_beside(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report) {
  Beside(bag, journal, roots, report).run();
}

}  // namespace guzheng
