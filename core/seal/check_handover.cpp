#include "core/seal/check_handover.h"

#include <openssl/objects.h>

#include <algorithm>

#include "core/seal/check_receipt.h"
#include "core/seal/package_names.h"

namespace guzheng {

namespace {

const std::string kExportRecord = "handover/export.json";

class Handover {
 public:
  Handover(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report)
      : bag_(bag), journal_(journal), roots_(roots), report_(report), shown_(bag.id + "." + kExportRecord) {}

  void run() {
    if (!bag_.find_beside(kExportRecord)) return;
    if (!bag_.find_beside(kExportRecord + ".p7s")) broken("beside.signature", "an export record without its signature");
    std::string_view text = bag_.beside_text(kExportRecord);
    if (!text.ends_with('\n')) return broken("beside.form", "not canonical JSON followed by one LF");
    text.remove_suffix(1);
    const auto record = parse_canonical_json(text);
    if (!record || !has_form(*record)) return broken("beside.form", "not the record of a hand-over in canonical JSON followed by one LF");
    if (text_at(*record, "fingerprint") != bag_.sha256("seal/seal.txt")) broken("beside.fingerprint", "it does not name this package's fingerprint");
    if (text_at(*record, "package") != bag_.id) broken("beside.fingerprint", "it is about another package");
    check_time(text_at(*record, "at"));
    check_signer((*record)["by"]);
    if (record->contains("beside")) check_listed((*record)["beside"]);
  }

 private:
  void broken(std::string_view rule, const std::string& what) { report_.broken(rule, shown_, what); }

  // A key that says nothing here would let two readers understand the record differently.
  static bool has_form(const Json& record) {
    if (!record.is_object() || record.size() != 9U + record.contains("beside")) return false;
    for (const char* key : {"at", "file", "fingerprint", "medium", "package", "sha256", "to"})
      if (!record.contains(key) || !record[key].is_string()) return false;
    if (!record.contains("bytes") || !record["bytes"].is_number_integer() || integer_at(record, "bytes", -1) < 0) return false;
    if (text_at(record, "file").empty() || !is_hex_digest(text_at(record, "sha256"))) return false;
    if (!record.contains("by") || !record["by"].is_object() || record["by"].size() != 3) return false;
    for (const char* key : {"badge", "certificate_sha256", "name"})
      if (text_at(record["by"], key).empty()) return false;
    return true;
  }

  void check_time(const std::string& text) {
    const auto at = parse_time(text);
    const WallTime closed = journal_.lines.empty() ? WallTime{} : journal_.lines.back().time;
    if (!at || at->ms + kTokenSlackMs < closed.ms || (roots_.now.ms != 0 && at->ms > roots_.now.ms + kTokenSlackMs))
      broken("stamp.time", "handed over before the package was closed, or in the future");
  }

  // That the certificate is the one it names is checked with the signature.
  void check_signer(const Json& by) {
    const auto message = read_signed_message(as_bytes(bag_.beside_text(kExportRecord + ".p7s")));
    if (message && (subject_text(message->signer.get(), NID_commonName) != text_at(by, "name") ||
                    subject_text(message->signer.get(), NID_serialNumber) != text_at(by, "badge")))
      broken("signer.people", "its certificate has another name or badge than the record");
  }

  // What lay beside the bag when it was handed over: since then nothing of it was taken away or exchanged.
  void check_listed(const Json& files) {
    std::string last;
    const auto form = [&] { broken("beside.form", "`beside` is no list of files with their digests in byte order of path"); };
    if (!files.is_array()) return form();
    for (const Json& one : files) {
      const std::string path = one.is_object() && one.size() == 2 ? text_at(one, "path") : "", digest = path.empty() ? "" : text_at(one, "sha256");
      if (!is_hex_digest(digest) || path <= last) return form();
      check_received(bag_, path, digest, shown_, report_);
      last = path;
    }
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  const RootsGiven& roots_;
  VerifyReport& report_;
  const std::string shown_;
};

}  // namespace

void check_handover(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report) {
  Handover(bag, journal, roots, report).run();
}

}  // namespace guzheng
