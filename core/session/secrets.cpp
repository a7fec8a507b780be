#include "core/session/secrets.h"

#include "core/seal/seal.h"

namespace guzheng {

namespace fs = std::filesystem;

fs::path SecretBook::file_beside(const fs::path& bag) { return bag.parent_path() / (bag.filename().string() + ".salts"); }

SecretBook::Sealed SecretBook::make(std::string_view content) {
  Sealed out{make_salt(), {}, content.size()};
  Digester digester(DigestKind::Sha256);
  digester.update(out.salt);
  digester.update(as_bytes(content));
  out.salted = to_hex(digester.finish());
  return out;
}

Status SecretBook::keep(const Sealed& secret, std::uint64_t seq) {
  {
    const std::lock_guard lock(mutex_);
    salts_.push_back({{"salt", to_hex(secret.salt)}, {"seq", seq}});
    dirty_ = true;
  }
  return save();
}

bool SecretBook::empty() const {
  const std::lock_guard lock(mutex_);
  return salts_.empty();
}

Result<Bytes> SecretBook::envelope() const {
  std::string text;
  {
    const std::lock_guard lock(mutex_);
    GZ_TRY_ASSIGN(text, canonical_json(salts_));
  }
  if (archive_pem_.empty()) return fail(ErrorKind::NotFound, "no archive certificate to seal the salts for");
  return envelope_for({archive_pem_}, as_bytes(text));
}

Status SecretBook::save() {
  const std::lock_guard one(saving_);          // an older envelope must not be put over a newer one
  {
    const std::lock_guard lock(mutex_);
    if (!dirty_) return ok();
    dirty_ = false;
  }
  const auto sealed = envelope();
  Status written = sealed ? write_atomically(file_beside(bag_), *sealed) : Status(Failure(sealed.error()));
  if (written) return written;
  const std::lock_guard lock(mutex_);
  dirty_ = true;                             // tried again at the next round
  return written;
}

Result<bool> SecretBook::close(Ledger& ledger) {
  if (empty()) return false;
  GZ_TRY_ASSIGN(const Bytes sealed, envelope());
  if (auto put = ledger.put(std::string(kSalts), sealed); !put) return Failure(std::move(put.error()));
  std::error_code ec;
  fs::remove(file_beside(bag_), ec);
  GZ_TRY(sync_folder(bag_.parent_path()));     // else it stands again after a power cut, beside a package that is sealed
  return true;
}

Result<bool> SecretBook::adopt(const fs::path& bag, Ledger& ledger) {
  std::error_code ec;
  if (!fs::is_regular_file(file_beside(bag), ec)) return false;
  GZ_TRY_ASSIGN(const Bytes sealed, read_file(file_beside(bag)));
  if (auto put = ledger.put(std::string(kSalts), sealed); !put) return Failure(std::move(put.error()));
  fs::remove(file_beside(bag), ec);
  GZ_TRY(sync_folder(bag.parent_path()));
  return true;
}

}  // namespace guzheng
