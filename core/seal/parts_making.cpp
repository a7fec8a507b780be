#include "core/seal/parts_making.h"

#include <algorithm>

#include "core/base/cold_read.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/identity/envelope.h"
#include "core/seal/seal.h"
#include "core/seal/verify_cms.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

std::string recipients_text(const Encryption& request) {
  std::string whom;
  for (const auto& pem : request.recipients) whom += sha256_hex(as_bytes(pem)) + "\n";
  return whom;
}

}  // namespace

fs::path making_folder(const fs::path& bag) { return folder_beside(bag, "enc-making"); }
fs::path waiting_part(const fs::path& bag, const std::string& path) { return making_folder(bag) / "parts" / path; }

Status begin_making(const fs::path& bag, const Encryption& request) {
  const std::string whom = recipients_text(request);
  const fs::path making = making_folder(bag), file = making / "recipients.txt";
  const auto before = read_text(file, 1u << 20);
  if (before && *before == whom) return ok();
  std::error_code ec;
  fs::remove_all(making, ec);
  if (ec) return fail(error_from_errno(ec.value(), "clear " + making.string()));
  GZ_TRY(make_private_folder(making));
  return write_atomically(file, as_bytes(whom));
}

PartMaker::PartMaker(const fs::path& bag, const Encryption& request, std::uint64_t total)
    : bag_(bag), request_(request), total_(total), station_(request.station->info().sha256), whom_(sha256_hex(as_bytes(recipients_text(request)))) {}

Status PartMaker::take(const std::string& file, const std::string& sealed) {
  Digester whole(DigestKind::Sha256);
  unsigned number = 0;
  plain_.clear();
  const auto status = read_in_pieces(bag_.parent_path() / file, [&](ByteView piece) -> Status {
    whole.update(piece);
    while (!piece.empty()) {
      const auto some = std::min<std::size_t>(piece.size(), kPartBytes - plain_.size());
      append(plain_, piece.first(some));
      piece = piece.subspan(some);
      if (plain_.size() == kPartBytes) GZ_TRY(close_part(part_path(file, number++)));
    }
    return ok();
  });
  if (!status) return status;
  if (!plain_.empty() || number == 0) GZ_TRY(close_part(part_path(file, number)));
  if (!sealed.empty() && to_hex(whole.finish()) != sealed) {
    std::error_code ec;                          // parts of other bytes must not be taken for this file's later
    for (unsigned n = 0; n <= number; ++n) fs::remove(waiting_part(bag_, part_path(file, n)), ec);
    return fail(ErrorKind::Tampered, file + " is not what was sealed; it was not encrypted and lies there as it is");
  }
  ++done.files;
  return ok();
}

std::string PartMaker::note(const std::string& plain, const std::string& stored) const {
  return "guzheng part in the making\nplain " + plain + "\nstored " + stored + "\nrecipients " + whom_ + "\n";
}

fs::path PartMaker::note_file(const std::string& path) const { return making_folder(bag_) / "made" / (path + ".p7s"); }

bool PartMaker::made_here(const std::string& path, const std::string& note) const {
  const auto der = read_file(note_file(path), 1u << 20);
  if (!der) return false;
  const auto message = read_signed_message(*der);
  return message && message->detached && message->message_digest == digest_by_oid(message->digest_oid, as_bytes(note)) &&
         certificate_sha256(message->signer.get()) == station_;
}

Status PartMaker::close_part(const std::string& path) {
  const fs::path target = waiting_part(bag_, path);
  const std::string plain = sha256_hex(plain_);
  const auto waits = cold_sha256(target);
  if (waits && made_here(path, note(plain, *waits))) {
    list[path] = *waits;
  } else {
    std::error_code ec;
    fs::remove_all(target, ec);
    GZ_TRY(make_private_folder(target.parent_path()));
    GZ_TRY(seal_envelope_into(sealed_, request_.recipients, plain_));
    GZ_TRY(write_atomically(target, sealed_, true));
    GZ_TRY_ASSIGN(const std::string back, cold_sha256(target));
    if (back != sha256_hex(sealed_)) return fail(ErrorKind::Io, target.string() + " reads back otherwise than it was written");
    GZ_TRY_ASSIGN(const Bytes signature, request_.station->sign_detached(as_bytes(note(plain, back))));
    GZ_TRY(make_private_folder(note_file(path).parent_path()));
    GZ_TRY(write_atomically(note_file(path), signature));
    list[path] = back;
  }
  ++done.parts;
  done.bytes += plain_.size();
  plain_.clear();
  if (request_.progress && !request_.progress(done.bytes, total_)) return fail(ErrorKind::Cancelled, "encryption was stopped; it goes on where it stands");
  return ok();
}

}  // namespace guzheng
