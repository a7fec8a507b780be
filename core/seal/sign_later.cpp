// The second officer signs after the seal (待签 → 完整). The package itself does not change: all of it lies beside it.
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/seal/manifest.h"
#include "core/seal/seal.h"
#include "core/seal/stamp_desk.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLimit = 16u << 20;
constexpr const char* kTags = "tagmanifest-sha256.txt";

// A list in manifest form names this file with this digest.
bool names(const std::string& list, const std::string& sha256, const std::string& path) {
  const std::string line = sha256 + "  " + path + "\n";
  const auto at = list.find(line);
  return at != list.npos && (at == 0 || list[at - 1] == '\n');
}

// seal.txt → tagmanifest → manifest → people.json: who signs late signs what was sealed, and is who was named then.
Status check_named(const fs::path& bag, std::string_view people_json, const std::string& tags, const Signer& officer) {
  GZ_TRY_ASSIGN(const auto seal, read_text(bag / "seal/seal.txt", kLimit));
  GZ_TRY_ASSIGN(const auto manifest, read_text(bag / "manifest-sha256.txt", 1u << 30));
  const auto sha = [](std::string_view text) { return sha256_hex(as_bytes(text)); };
  if (!names(seal, sha(tags), kTags) || !names(tags, sha(manifest), "manifest-sha256.txt"))
    return fail(ErrorKind::Tampered, bag.filename().string() + ": its lists are not those that were sealed");
  if (!names(manifest, sha(people_json), "data/attach/people.json")) return fail(ErrorKind::Tampered, "people.json is not the one that was sealed");
  std::string_view text = people_json;
  if (text.ends_with('\n')) text.remove_suffix(1);
  GZ_TRY_ASSIGN(const Json people, parse_json(text));
  const Json officers = people.is_object() ? people.value("officers", Json::array()) : Json::array();
  if (officers.size() != 2 || text_at(officers[1], "certificate_sha256") != officer.info().sha256)
    return fail(ErrorKind::Denied, "the second officer of " + bag.filename().string() + " is " +
                                       (officers.size() == 2 ? text_at(officers[1], "name") + " " + text_at(officers[1], "badge") : "not named") +
                                       ", with another certificate than this one");
  return ok();
}

}  // namespace

Result<LaterSignature> sign_later(const fs::path& bag, std::string_view people_json, const Signer& officer, const Bureau& bureau, const Clock& clock) {
  std::error_code ec;
  if (!fs::exists(bag / "seal/seal.txt", ec)) return fail(ErrorKind::Invalid, bag.string() + " is no sealed package");
  if (fs::exists(bag / "seal/sig-officer2.p7s", ec)) return fail(ErrorKind::Exists, "the second officer signed when it was sealed");
  GZ_TRY_ASSIGN(const auto tags, read_text(bag / kTags, kLimit));
  GZ_TRY(check_named(bag, people_json, tags, officer));
  const fs::path after = folder_beside(bag, "after"), signature = after / "sig-officer2.p7s", stamp = after / "sig-officer2.p7s.tsr";
  GZ_TRY(make_private_folder(after));
  LaterSignature out;
  if (!fs::exists(signature, ec)) {
    GZ_TRY_ASSIGN(const auto der, officer.sign_detached(as_bytes(tags)));
    GZ_TRY(write_atomically(signature, der, true));
    out.fresh = true;
  }
  if (fs::exists(stamp, ec)) {
    out.stamped = true;
    return out;
  }
  // the seal's stamp is the older one (FORMAT.md 7): while it is missing, the signature's waits
  const auto stamped = [&]() -> Status {
    StampDesk desk(bureau, clock);
    GZ_TRY(stamp_seal(bag, desk));
    GZ_TRY_ASSIGN(const auto bytes, read_file(signature, kLimit));
    GZ_TRY_ASSIGN(const auto token, desk.first(bytes, {}));
    return write_atomically(stamp, token.tsr, true);
  }();
  if (!stamped) log_warn("seal", "time stamp of the second signature: " + stamped.error().what);
  out.stamped = static_cast<bool>(stamped);
  return out;
}

}  // namespace guzheng
