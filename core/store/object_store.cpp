#include "core/store/object_store.h"

#include <algorithm>

#include "core/base/digest.h"

namespace guzheng {

bool is_object_name(std::string_view name) {
  if (name.empty() || name.size() > 400) return false;
  while (true) {
    const auto slash = name.find('/');
    const auto part = name.substr(0, slash);
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (part.empty() || part.size() > 100 || !plain(part[0])) return false;
    if (!std::all_of(part.begin(), part.end(), [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; })) return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

Result<std::unique_ptr<ObjectReader>> ObjectStore::open_hidden(const std::string& object, const std::string& sha256) {
  static_cast<void>(sha256);
  return fail(ErrorKind::NotFound, "nothing lies behind " + object);
}

Status read_object(const ObjectReader& object, const std::function<Status(ByteView)>& use) {
  constexpr std::uint64_t kPiece = 1u << 20;
  Bytes piece(static_cast<std::size_t>(std::min(kPiece, object.size())));
  for (std::uint64_t at = 0; at < object.size(); at += kPiece) {
    const std::span<std::uint8_t> here(piece.data(), static_cast<std::size_t>(std::min(kPiece, object.size() - at)));
    GZ_TRY(object.read_at(at, here));
    GZ_TRY(use(here));
  }
  return ok();
}

Result<std::string> stored_sha256(ObjectStore& store, const std::string& object) {
  GZ_TRY_ASSIGN(const auto reader, store.open(object));
  Digester digester(DigestKind::Sha256);
  GZ_TRY(read_object(*reader, [&](ByteView piece) -> Status { return digester.update(piece), ok(); }));
  return to_hex(digester.finish());
}

Result<StoredObject> copy_between(ObjectStore& from, ObjectStore& to, const std::string& object, std::optional<WallTime> retain_until) {
  GZ_TRY_ASSIGN(const auto known, from.head(object));
  GZ_TRY_ASSIGN(const auto reader, from.open(object));
  GZ_TRY_ASSIGN(const auto upload, to.begin(object));
  std::uint64_t at = 0;
  auto sent = read_object(*reader, [&](ByteView piece) -> Status {
    GZ_TRY(to.append(upload, at, piece));
    at += piece.size();
    return ok();
  });
  if (sent) {
    auto made = to.complete(upload, known.sha256, retain_until);
    if (made) return made;
    sent = fail(made.error());
  }
  (void)to.abandon(upload);                        // the error that is told is the first one
  return fail(sent.error());
}

}  // namespace guzheng
