#include "core/seal/check_receipt.h"

#include "core/seal/receipt_text.h"

namespace guzheng {

namespace {

class Receipt {
 public:
  Receipt(const Bag& bag, VerifyReport& report) : bag_(bag), report_(report) {}

  ReceiptFacts run() {
    look();
    return {receipt_.received_by, receipt_.received_at, receipt_.zip_sha256};
  }

 private:
  void look() {
    for (const auto& [path, file] : bag_.beside)
      if (path.starts_with("receipt/") && path != kPath && path != kPath + ".p7s" && path != kPath + ".p7s.tsr")
        report_.broken("beside.extra", shown(path), "nothing of this name belongs there");
    if (!bag_.find_beside(kPath)) return;
    if (!bag_.find_beside(kPath + ".p7s")) report_.broken("beside.signature", shown(kPath), "a receipt without its signature");
    const auto read = parse_receipt_text(bag_.beside_text(kPath));
    if (!read) return bad("receipt.form", read.error().what);
    receipt_ = *read;
    if (receipt_.package != bag_.id) bad("beside.fingerprint", "it is about another package");
    if (receipt_.fingerprint != bag_.sha256("seal/seal.txt")) bad("beside.fingerprint", "it does not name this package's fingerprint");
    check_tokens();
    for (const auto& [path, digest] : receipt_.files) {
      if (path.ends_with(".tsr") && path.starts_with(bag_.id + ".after/")) bad("receipt.form", path + " is a token");
      check_received(bag_, path, digest, shown(kPath), report_);
    }
  }

  std::string shown(const std::string& path) const { return bag_.id + "." + path; }
  void bad(std::string_view rule, std::string what) { report_.broken(rule, shown(kPath), std::move(what)); }

  // All tokens in the bag were there when it was received; those beside it may have come later.
  void check_tokens() {
    for (const auto& [path, digest] : receipt_.tokens) {
      const bool inside = path.starts_with(bag_.id + "/"), after = path.starts_with(bag_.id + ".after/");
      const auto* file = inside ? bag_.find(path.substr(bag_.id.size() + 1)) : after ? bag_.find_beside(path.substr(bag_.id.size() + 1)) : nullptr;
      if (!path.ends_with(".tsr") || (!inside && !after)) bad("receipt.form", path + " is no token of this package");
      else if (!file) bad("receipt.token", path + " was received and is not there");
      else if (file->digests.sha256 != digest) bad("receipt.token", path + " is not the token that was received");
    }
    for (const auto& [path, file] : bag_.files)
      if (path.ends_with(".tsr") && path.starts_with("data/attach/tst/") && !receipt_.tokens.contains(bag_.id + "/" + path))
        bad("receipt.token", path + " is not among the tokens received");
  }

  const std::string kPath = "receipt/central.txt";
  const Bag& bag_;
  VerifyReport& report_;
  ReceiptText receipt_;
};

}  // namespace

void check_received(const Bag& bag, const std::string& path, const std::string& digest, const std::string& record, VerifyReport& report) {
  const bool form = path.starts_with(bag.id + ".after/") || path.starts_with(bag.id + ".group/") || path.starts_with(bag.id + ".review/");
  if (!form) return report.broken("beside.form", record, path + " is nothing that such a record names");
  const auto* file = bag.find_beside(path.substr(bag.id.size() + 1));
  if (!file) report.broken("beside.missing", path, "it was there when " + record + " was written");
  else if (file->digests.sha256 != digest) report.broken("beside.missing", path, "it is another than when " + record + " was written");
}

ReceiptFacts check_receipt(const Bag& bag, VerifyReport& report) { return Receipt(bag, report).run(); }

}  // namespace guzheng
