#include "core/seal/group.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/seal/seal.h"
#include "core/seal/stamp_desk.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

Result<Json> rows_of(const GroupRecord& record) {
  Json rows = Json::array();
  std::error_code ec;
  for (std::size_t i = 0; i < record.members.size(); ++i) {
    const auto& member = record.members[i];
    const std::string who = "member " + std::to_string(i + 1) + " of the group";
    Json row{{"fingerprint", ""}, {"member", i + 1}, {"package", ""}, {"reason", member.reason}};
    if (member.bag.empty()) {
      if (member.reason.empty()) return fail(ErrorKind::Invalid, who + " was not sealed, and nothing says why");
    } else {
      if (!fs::is_regular_file(member.bag / "seal/seal.txt", ec)) return fail(ErrorKind::Invalid, who + ": " + member.bag.string() + " is no sealed package's folder");
      GZ_TRY_ASSIGN(const auto seal, read_file(member.bag / "seal/seal.txt", 1u << 20));
      row["fingerprint"] = sha256_hex(seal);
      row["package"] = member.bag.filename().string();
      row["reason"] = "";
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// Made apart and moved: a program that dies meanwhile leaves no half record beside the package.
Status put_beside(const fs::path& bag, const std::string& text, const Bytes& signature, const Bytes& stamp) {
  std::error_code ec;
  const fs::path making = folder_beside(bag, "group-making"), folder = folder_beside(bag, "group");
  if (fs::exists(folder, ec) && !fs::is_empty(folder, ec)) return fail(ErrorKind::Exists, folder.string() + " is there already: a group's record is never replaced");
  fs::remove_all(making, ec);
  GZ_TRY(make_private_folder(making));
  GZ_TRY(write_atomically(making / "group.json", as_bytes(text)));
  GZ_TRY(write_atomically(making / kGroupSignature, signature));
  if (!stamp.empty()) GZ_TRY(write_atomically(making / "group.json.p7s.tsr", stamp));
  fs::rename(making, folder, ec);
  if (ec) return fail(error_from_errno(ec.value(), "put the group's record into " + folder.string()));
  return sync_folder(folder.parent_path());
}

}  // namespace

std::string new_group() { return random_hex(16); }

Result<WrittenGroup> write_group(const GroupRecord& record, const Signer& signer, const Bureau& bureau, const Clock& clock) {
  const CertificateInfo who = signer.info();
  if (record.members.size() < 2 || record.members.size() > kMostMembers) return fail(ErrorKind::Invalid, "a group has 2 to 16 members");
  if (std::all_of(record.members.begin(), record.members.end(), [](const auto& m) { return m.bag.empty(); }))
    return fail(ErrorKind::Invalid, "no member of the group was sealed");
  GZ_TRY_ASSIGN(Json rows, rows_of(record));
  const Json json{{"at", format_time(clock.wall(), clock.zone_minutes())},
                  {"by", {{"badge", who.badge}, {"certificate_sha256", who.sha256}, {"name", who.subject_cn}}},
                  {"group", record.group},
                  {"members", std::move(rows)}};
  GZ_TRY_ASSIGN(std::string text, canonical_json(json));
  text += "\n";
  GZ_TRY_ASSIGN(const Bytes signature, signer.sign_detached(as_bytes(text)));
  WrittenGroup out;
  Bytes stamp;
  if (auto answers = stamp_by_all(sha256(signature), bureau)) stamp = std::move(answers->front());
  out.stamped = !stamp.empty();
  for (const auto& member : record.members) {
    if (member.bag.empty()) continue;
    GZ_TRY(put_beside(member.bag, text, signature, stamp));
    out.records.push_back(folder_beside(member.bag, "group") / "group.json");
  }
  return out;
}

namespace {

Status check_order_signer(const fs::path& bag, const Signer& signer) {
  GZ_TRY_ASSIGN(const auto pem, read_file(bag / "seal/certs/officer1.crt", 1u << 20));
  GZ_TRY_ASSIGN(const auto officer, describe_certificate(pem));
  if (officer.sha256 != signer.info().sha256)
    return fail(ErrorKind::Denied, "the group's record is signed by the officer who signed the orders, " + officer.subject_cn + " " + officer.badge + ": log in as that officer");
  return ok();
}

// The same bytes beside those that lack them.
Result<WrittenGroup> spread(const fs::path& from, const std::vector<fs::path>& lacking) {
  const fs::path folder = folder_beside(from, "group");
  std::error_code ec;
  GZ_TRY_ASSIGN(const auto text, read_text(folder / "group.json", 1u << 20));
  GZ_TRY_ASSIGN(const auto signature, read_file(folder / "group.json.p7s", 1u << 20));
  GZ_TRY_ASSIGN(const Json record, parse_json(std::string_view(text).substr(0, text.ends_with('\n') ? text.size() - 1 : text.size())));
  for (const auto& bag : lacking) {
    GZ_TRY_ASSIGN(const auto seal, read_text(bag / "seal/seal.txt", 1u << 20));
    const std::string fingerprint = sha256_hex(as_bytes(seal));
    const Json rows = record.value("members", Json::array());
    // a member that was sealed after the record was signed (recovered) is not in it: beside it the record would make an honest package a damaged one
    if (std::none_of(rows.begin(), rows.end(), [&](const Json& row) { return row.is_object() && text_at(row, "package") == bag.filename().string() && text_at(row, "fingerprint") == fingerprint; }))
      return fail(ErrorKind::Invalid, "the group's record beside " + from.filename().string() + " was signed before " + bag.filename().string() + " was sealed and does not name it: it is not put beside it");
  }
  WrittenGroup out;
  Bytes stamp;
  if (fs::exists(folder / "group.json.p7s.tsr", ec)) { GZ_TRY_ASSIGN(stamp, read_file(folder / "group.json.p7s.tsr", 1u << 20)); }
  out.stamped = !stamp.empty();
  for (const auto& bag : lacking) {
    GZ_TRY(put_beside(bag, text, signature, stamp));
    out.records.push_back(folder_beside(bag, "group") / "group.json");
  }
  return out;
}

}  // namespace

Result<WrittenGroup> complete_group(const std::vector<fs::path>& bags, const std::map<int, std::string>& reasons, const Opener* opener, const Signer& signer, const Bureau& bureau, const Clock& clock) {
  GroupRecord record;
  std::vector<fs::path> lacking;
  fs::path having;
  for (const auto& bag : bags) {
    GZ_TRY_ASSIGN(const auto files, open_package(bag, opener));
    GZ_TRY_ASSIGN(const SeenGroup seen, seen_group(*files));
    if (seen.group.empty()) return fail(ErrorKind::Invalid, bag.filename().string() + " is no member of a group: its order names none");
    if (!record.group.empty() && record.group != seen.group) return fail(ErrorKind::Invalid, bag.filename().string() + " is a member of another group than " + bags[0].filename().string());
    record.group = seen.group;
    record.members.resize(seen.phones.size());
    if (seen.member < 1 || static_cast<std::size_t>(seen.member) > record.members.size() || !record.members[static_cast<std::size_t>(seen.member - 1)].bag.empty())
      return fail(ErrorKind::Invalid, bag.filename().string() + ": its number in the group is taken or none of the group's");
    record.members[static_cast<std::size_t>(seen.member - 1)].bag = bag;
    if (seen.rows.empty()) lacking.push_back(bag);
    else having = bag;
    GZ_TRY(check_order_signer(bag, signer));
  }
  if (lacking.empty()) return fail(ErrorKind::Exists, "every one of these packages has its group's record");
  if (!having.empty()) return spread(having, lacking);
  for (std::size_t i = 0; i < record.members.size(); ++i) {
    const auto reason = reasons.find(static_cast<int>(i + 1));
    if (record.members[i].bag.empty() && (reason == reasons.end() || reason->second.empty()))
      return fail(ErrorKind::Invalid, "member " + std::to_string(i + 1) + " of the group is not among these packages: name it, or say why there is none");
    if (record.members[i].bag.empty()) record.members[i].reason = reason->second;
  }
  return write_group(record, signer, bureau, clock);
}

// Made apart and moved in: a stopped program leaves nothing strange beside the package.
Status stamp_group_record(const fs::path& bag, StampDesk& desk) {
  const fs::path folder = folder_beside(bag, "group"), making = folder_beside(bag, "group-making");
  const std::string name = std::string(kGroupSignature) + ".tsr";
  std::error_code ec;
  if (fs::exists(folder / name, ec)) return ok();
  GZ_TRY_ASSIGN(const Bytes signature, read_file(folder / kGroupSignature, 1u << 20));
  GZ_TRY_ASSIGN(const auto stamped, desk.first(signature, {}));
  GZ_TRY(make_private_folder(making));
  GZ_TRY(write_atomically(making / name, stamped.tsr, true));
  fs::rename(making / name, folder / name, ec);
  if (ec) return fail(error_from_errno(ec.value(), "put the time stamp into " + folder.string()));
  fs::remove(making, ec);
  return sync_folder(folder);
}

Result<SeenGroup> seen_group(const PackageReader& files) {
  const auto read = [&](const std::string& path) -> Result<Json> {
    GZ_TRY_ASSIGN(const auto text, files.text(path, 1u << 20));
    return parse_json(text.ends_with('\n') ? std::string_view(text).substr(0, text.size() - 1) : text);
  };
  SeenGroup out;
  GZ_TRY_ASSIGN(const Json order, read("data/attach/order.json"));
  if (!order.is_object() || !order.contains("group") || !order["group"].is_object()) return out;
  out.group = text_at(order["group"], "id");
  out.member = static_cast<int>(integer_at(order["group"], "member"));
  for (const auto& phone : order["group"].value("phones", Json::array()))
    if (phone.is_string()) out.phones.push_back(phone.get<std::string>());
  out.members = static_cast<int>(out.phones.size());
  if (!files.has(".group/group.json")) return out;
  GZ_TRY_ASSIGN(const Json record, read(".group/group.json"));
  if (!record.is_object() || !record.contains("members") || !record["members"].is_array()) return fail(ErrorKind::Tampered, "group.json is no record of a group");
  for (const auto& row : record["members"])
    if (row.is_object()) out.rows.push_back({static_cast<int>(integer_at(row, "member")), text_at(row, "package"), text_at(row, "fingerprint"), text_at(row, "reason")});
  return out;
}

}  // namespace guzheng
