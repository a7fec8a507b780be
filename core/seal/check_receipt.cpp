#include "core/seal/check_receipt.h"

#include <array>

#include "core/base/clock.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 6> kLabels{"Receipt-Format", "Package", "Fingerprint", "Received-By", "Received-At", "Zip-SHA256"};

class Receipt {
 public:
  Receipt(const Bag& bag, VerifyReport& report) : bag_(bag), report_(report) {}

  void run() {
    for (const auto& [path, file] : bag_.beside)
      if (path.starts_with("receipt/") && path != kPath && path != kPath + ".p7s" && path != kPath + ".p7s.tsr")
        report_.broken("beside.extra", shown(path), "nothing of this name belongs there");
    if (!bag_.find_beside(kPath)) return;
    if (!bag_.find_beside(kPath + ".p7s")) report_.broken("beside.signature", shown(kPath), "a receipt without its signature");
    if (!read()) return;
    if (values_[0] != "1") bad("receipt.form", "Receipt-Format is not 1");
    if (values_[1] != bag_.id) bad("beside.fingerprint", "it is about another package");
    if (values_[2] != bag_.sha256("seal/seal.txt")) bad("beside.fingerprint", "it does not name this package's fingerprint");
    if (!parse_time(values_[4])) bad("receipt.form", "Received-At is no time");
    if (!is_hex_digest(values_[5])) bad("receipt.form", "Zip-SHA256 is no digest");
    check_tokens();
    for (const auto& [path, digest] : files_) {
      if (path.ends_with(".tsr") && path.starts_with(bag_.id + ".after/")) bad("receipt.form", path + " is a token");
      check_received(bag_, path, digest, shown(kPath), report_);
    }
  }

 private:
  std::string shown(const std::string& path) const { return bag_.id + "." + path; }
  void bad(std::string_view rule, std::string what) { report_.broken(rule, shown(kPath), std::move(what)); }

  // `Label: value` LF in this order, then `Token: SHA256  path` LF and `File: …` LF, each in byte order of path.
  bool read() {
    std::string_view text = bag_.beside_text(kPath);
    const auto form = [&] {
      bad("receipt.form", "not the labels of a receipt in their order, then its tokens in byte order of path");
      return false;
    };
    for (std::size_t number = 0; !text.empty(); ++number) {
      const auto end = text.find('\n');
      const auto line = text.substr(0, end);
      const auto colon = line.find(": ");
      if (end == std::string_view::npos || colon == std::string_view::npos || !is_utf8(line)) return form();
      for (const char c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return form();
      const auto value = line.substr(colon + 2);
      if (number < kLabels.size()) {
        if (line.substr(0, colon) != kLabels[number] || value.empty()) return form();
        values_[number] = std::string(value);
      } else {
        const bool file = line.substr(0, colon) == "File";
        auto& listed = file ? files_ : tokens_;
        const bool known = file || (line.substr(0, colon) == "Token" && files_.empty());
        const bool fits = known && value.size() > 66 && is_hex_digest(value.substr(0, 64)) && value.substr(64, 2) == "  ";
        if (!fits || (!listed.empty() && listed.rbegin()->first >= value.substr(66))) return form();
        listed.emplace(value.substr(66), value.substr(0, 64));
      }
      text.remove_prefix(end + 1);
    }
    return values_[5].empty() ? form() : true;
  }

  // All tokens in the bag were there when it was received; those beside it may have come later.
  void check_tokens() {
    for (const auto& [path, digest] : tokens_) {
      const bool inside = path.starts_with(bag_.id + "/"), after = path.starts_with(bag_.id + ".after/");
      const auto* file = inside ? bag_.find(path.substr(bag_.id.size() + 1)) : after ? bag_.find_beside(path.substr(bag_.id.size() + 1)) : nullptr;
      if (!path.ends_with(".tsr") || (!inside && !after)) bad("receipt.form", path + " is no token of this package");
      else if (!file) bad("receipt.token", path + " was received and is not there");
      else if (file->digests.sha256 != digest) bad("receipt.token", path + " is not the token that was received");
    }
    for (const auto& [path, file] : bag_.files)
      if (path.ends_with(".tsr") && path.starts_with("data/attach/tst/") && !tokens_.contains(bag_.id + "/" + path))
        bad("receipt.token", path + " is not among the tokens received");
  }

  const std::string kPath = "receipt/central.txt";
  const Bag& bag_;
  VerifyReport& report_;
  std::array<std::string, 6> values_;
  std::map<std::string, std::string> tokens_, files_;
};

}  // namespace

void check_received(const Bag& bag, const std::string& path, const std::string& digest, const std::string& record, VerifyReport& report) {
  const bool form = path.starts_with(bag.id + ".after/") || path.starts_with(bag.id + ".group/") || path.starts_with(bag.id + ".review/");
  if (!form) return report.broken("beside.form", record, path + " is nothing that such a record names");
  const auto* file = bag.find_beside(path.substr(bag.id.size() + 1));
  if (!file) report.broken("beside.missing", path, "it was there when " + record + " was written");
  else if (file->digests.sha256 != digest) report.broken("beside.missing", path, "it is another than when " + record + " was written");
}

void check_receipt(const Bag& bag, VerifyReport& report) { Receipt(bag, report).run(); }

}  // namespace guzheng
