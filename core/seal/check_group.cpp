#include "core/seal/check_group.h"

#include <openssl/objects.h>

#include <algorithm>
#include <set>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/group.h"
#include "core/seal/package_names.h"
#include "core/seal/seal.h"
#include "core/seal/verify_source.h"

namespace guzheng {

namespace {

constexpr const char* kGroupFile = "group/group.json";
constexpr const char* kGroupOrder = "data/attach/order.json";

bool keys_are(const Json& value, std::initializer_list<const char*> keys) {
  return value.is_object() && value.size() == keys.size() && std::all_of(keys.begin(), keys.end(), [&](const char* key) { return value.contains(key); });
}

bool is_group_name(const std::string& text) { return is_hex_digest(text, 32); }

class Group {
 public:
  Group(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, const std::filesystem::path& around, VerifyReport& report)
      : bag_(bag), journal_(journal), roots_(roots), around_(around), report_(report), shown_(bag.id + "." + kGroupFile) {}

  GroupFacts run() {
    const bool locked = bag_.text(kGroupOrder).empty();
    read_order();
    for (const auto& [path, file] : bag_.beside)
      if (path.starts_with("group/") && path != kGroupFile && path != std::string(kGroupFile) + ".p7s" && path != std::string(kGroupFile) + ".p7s.tsr")
        report_.broken("beside.extra", bag_.id + "." + path, "nothing of this name belongs there");
    const bool there = bag_.find_beside(kGroupFile) != nullptr;
    if (there && !locked && out_.group.empty()) broken("group", "the order says nothing of a group");
    if (there) check_record(locked);
    else if (!out_.group.empty()) report_.incomplete("并行取证缺组记录");
    return out_;
  }

 private:
  void broken(std::string_view rule, const std::string& what) { report_.broken(rule, shown_, what); }

  // What the order promised: it was signed before anything was captured.
  void read_order() {
    const Json order = bag_.attached("order");
    if (!order.is_object() || !order.contains("group")) return;
    const Json& group = order["group"];
    std::set<std::string> phones;
    const bool form = keys_are(group, {"id", "member", "phones"}) && group["phones"].is_array() && is_group_name(text_at(group, "id")) &&
                      std::all_of(group["phones"].begin(), group["phones"].end(), [&](const Json& p) { return p.is_string() && !p.get<std::string>().empty() && phones.insert(p).second; });
    const auto count = form ? static_cast<std::int64_t>(group["phones"].size()) : 0;
    const auto member = integer_at(group, "member");
    if (!form || count < 2 || count > kMostMembers || member < 1 || member > count)
      return report_.broken("group.order", kGroupOrder, "what it says of its group has not its form");
    out_.group = text_at(group, "id");
    out_.member = static_cast<int>(member);
    out_.members = static_cast<int>(count);
    const Json device = bag_.attached("device");
    if (device.is_object() && text_at(device, "serial") != group["phones"][static_cast<std::size_t>(member - 1)])
      report_.broken("group.order", kGroupOrder, "it was captured with another phone than the order gives this member");
  }

  void check_record(bool locked) {
    if (!bag_.find_beside(std::string(kGroupFile) + ".p7s")) broken("beside.signature", "a group's record without its signature");
    if (!bag_.find_beside(std::string(kGroupFile) + ".p7s.tsr")) report_.incomplete("组记录待时间戳");
    std::string_view text = bag_.beside_text(kGroupFile);
    if (!text.ends_with('\n')) return broken("beside.form", "not canonical JSON followed by one LF");
    text.remove_suffix(1);
    const auto record = parse_canonical_json(text);
    if (!record || !has_form(*record)) return broken("beside.form", "not the record of a group in canonical JSON followed by one LF");
    check_time(text_at(*record, "at"));
    check_signer((*record)["by"]);
    const Json& rows = (*record)["members"];
    if (!locked && !out_.group.empty() && (text_at(*record, "group") != out_.group || static_cast<int>(rows.size()) != out_.members))
      return broken("group", "it is the record of another group than the order's, or of other members than the order promised");
    if (locked) out_.members = static_cast<int>(rows.size());
    for (const auto& row : rows) take(row);
    const auto own = std::find_if(out_.rows.begin(), out_.rows.end(), [&](const auto& r) { return r.package == bag_.id; });
    if (own == out_.rows.end() || own->fingerprint != bag_.sha256("seal/seal.txt") || (!locked && own->number != out_.member))
      broken("beside.fingerprint", "it does not name this package with its fingerprint under the member's number");
    if (locked && own != out_.rows.end()) out_.member = own->number;
  }

  static bool has_form(const Json& record) {
    if (!keys_are(record, {"at", "by", "group", "members"}) || !keys_are(record["by"], {"badge", "certificate_sha256", "name"}) || !record["members"].is_array()) return false;
    for (const char* key : {"badge", "certificate_sha256", "name"})
      if (text_at(record["by"], key).empty()) return false;
    const auto& rows = record["members"];
    if (!is_group_name(text_at(record, "group")) || rows.size() < 2 || rows.size() > kMostMembers) return false;
    std::set<std::string> packages;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Json& row = rows[i];
      if (!keys_are(row, {"fingerprint", "member", "package", "reason"}) || row["member"] != i + 1) return false;
      for (const char* key : {"fingerprint", "package", "reason"})
        if (!row[key].is_string()) return false;
      const std::string package = text_at(row, "package"), reason = text_at(row, "reason"), fingerprint = text_at(row, "fingerprint");
      const bool sealed = is_package_id(package) && is_hex_digest(fingerprint) && reason.empty() && packages.insert(package).second;
      const bool never = package.empty() && fingerprint.empty() && !reason.empty();
      if (!sealed && !never) return false;
    }
    return true;
  }

  void check_time(const std::string& text) {
    const auto at = parse_time(text);
    const WallTime closed = journal_.lines.empty() ? WallTime{} : journal_.lines.back().time;
    if (!at || at->ms + kTokenSlackMs < closed.ms || (roots_.now.ms != 0 && at->ms > roots_.now.ms + kTokenSlackMs))
      broken("stamp.time", "recorded before the package was closed, or in the future");
  }

  // The officer who signed the order, and nobody else, says what became of it. The signature itself is checked with all others beside the bag.
  void check_signer(const Json& by) {
    const auto officer = certificates_from_pem(bag_.text("seal/certs/officer1.crt"));
    if (officer.empty() || certificate_sha256(officer.front().get()) != text_at(by, "certificate_sha256"))
      broken("signer.people", "it is not the officer's who signed the order");
    const auto message = read_signed_message(as_bytes(bag_.beside_text(std::string(kGroupFile) + ".p7s")));
    if (message && (subject_text(message->signer.get(), NID_commonName) != text_at(by, "name") || subject_text(message->signer.get(), NID_serialNumber) != text_at(by, "badge")))
      broken("signer.people", "its certificate has another name or badge than the record");
  }

  void take(const Json& json) {
    GroupFacts::Row row{static_cast<int>(integer_at(json, "member")), text_at(json, "package"), text_at(json, "fingerprint"), text_at(json, "reason"), ""};
    const std::string who = "member " + std::to_string(row.number);
    if (row.package.empty()) {
      row.state = "unsealed";
      report_.note("group.unsealed", shown_, who + " was never sealed: " + row.reason);
    } else if (row.package == bag_.id) {
      row.state = "this";
    } else if (around_.empty()) {
      row.state = "elsewhere";
    } else {
      look_around(row, who);
    }
    out_.rows.push_back(std::move(row));
  }

  // seal.txt lies in clear in every form of a package.
  void look_around(GroupFacts::Row& row, const std::string& who) {
    std::error_code ec;
    const auto folder = around_ / row.package;
    if (!std::filesystem::exists(folder, ec)) {
      row.state = "absent";
      return report_.note("group.absent", row.package, who + " of the group does not lie beside this package");
    }
    const auto seal = read_file(folder / "seal/seal.txt", 1u << 20);
    row.state = seal && sha256_hex(*seal) == row.fingerprint ? "here" : "other";
    if (row.state == "other") return report_.broken("group.member", row.package, "another package than the one that the group's record names as " + who);
    const std::string unlike = unlike_here(folder, row.number);
    if (unlike.empty()) return;
    row.state = "other";
    report_.broken("group.member", row.package, who + " " + unlike);
  }

  // A fingerprint alone would let whoever signs the record call any package a member: what the other says of itself, as far as it lies in clear, is the same.
  std::string unlike_here(const std::filesystem::path& folder, int number) const {
    std::error_code ec;
    const auto record = folder_beside(folder, "group") / "group.json";
    if (std::filesystem::exists(record, ec)) {
      const auto text = read_file(record, 1u << 20);
      if (!text || as_text(*text) != bag_.beside_text(kGroupFile)) return "has another record of the group beside it";
    }
    const auto order = read_file(folder / kGroupOrder, 1u << 20);
    const Json own = bag_.attached("order");
    if ((!order && order.error().kind == ErrorKind::NotFound) || !own.is_object() || !own.contains("group")) return "";      // encrypted: it says so to who has its key
    const auto other = order ? parse_json(as_text(*order)) : Result<Json>(Json());
    Json wanted = own["group"];
    wanted["member"] = number;
    return other && other->is_object() && other->value("group", Json()) == wanted ? "" : "was captured by an order of another group, number or phones";
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  const RootsGiven& roots_;
  const std::filesystem::path& around_;
  VerifyReport& report_;
  const std::string shown_;
  GroupFacts out_;
};

}  // namespace

GroupFacts check_group(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, const std::filesystem::path& around, VerifyReport& report) {
  return Group(bag, journal, roots, around, report).run();
}

}  // namespace guzheng
