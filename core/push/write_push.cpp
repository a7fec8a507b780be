#include <map>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/push/push_file.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

class Writing {
 public:
  Writing(const SubjectStore& store, AppendFile& file) : store_(store), file_(file) {}

  Status head(const PushSeen& push) { return put(head_json(push)); }

  Status subject(SubjectId id) {
    PushRow row;
    GZ_TRY_ASSIGN(row.subject, store_.get(id));
    GZ_TRY_ASSIGN(row.entries, store_.entries(id));
    GZ_TRY_ASSIGN(row.records, store_.records(id, {}, 10'000));
    GZ_TRY_ASSIGN(row.tags, store_.tags_of(id));
    GZ_TRY_ASSIGN(row.unit, unit(row.subject.unit));
    return put(push_json(row));
  }

  // The closing line and its signature. Gives the digest.
  Result<std::string> close(const PushSeen& push, const Signer& signer) {
    const std::string sha256 = to_hex(digest_.finish());
    GZ_TRY_ASSIGN(const std::string closing, push_line({{"count", push.subjects}, {"end", push.id}, {"sha256", sha256}}));
    GZ_TRY_ASSIGN(const std::string signature, signature_line(signer, closing));
    GZ_TRY(file_.write(as_bytes(closing)));
    GZ_TRY(file_.write(as_bytes(signature)));
    GZ_TRY(file_.close());
    return sha256;
  }

 private:
  Result<Unit> unit(std::int64_t id) {
    if (id == 0) return Unit{};
    if (units_.empty()) {
      GZ_TRY_ASSIGN(const auto all, store_.units());
      for (const auto& one : all) units_[one.id] = one;
    }
    const auto it = units_.find(id);
    return it == units_.end() ? Unit{} : it->second;
  }

  Status put(const Json& json) {
    GZ_TRY_ASSIGN(const std::string text, push_line(json));
    digest_.update(as_bytes(text));
    return file_.write(as_bytes(text));
  }

  const SubjectStore& store_;
  AppendFile& file_;
  Digester digest_{DigestKind::Sha256};
  std::map<std::int64_t, Unit> units_;
};

}  // namespace

Result<PushSeen> write_push(const SubjectStore& store, const SubjectQuery& query, const PushNote& note, const Signer& signer, const Clock& clock,
                            const fs::path& file, const PushProgress& progress) {
  std::vector<SubjectId> ids;
  GZ_TRY(store.each_match(query, [&](SubjectId id) { return ids.push_back(id), true; }));
  return write_push(store, ids, note, signer, clock, file, progress);
}

Result<PushSeen> write_push(const SubjectStore& store, const std::vector<SubjectId>& ids, const PushNote& note, const Signer& signer, const Clock& clock,
                            const fs::path& file, const PushProgress& progress) {
  std::error_code ec;
  if (fs::exists(file, ec)) return fail(ErrorKind::Exists, file.string() + " is there already: a push is never replaced");
  if (ids.empty()) return fail(ErrorKind::Invalid, "no subject fits: there is nothing to push");
  PushSeen out{random_hex(16), clock.wall(), note, hand_of(signer.info()), "", static_cast<std::int64_t>(ids.size())};
  const fs::path making = file.string() + ".making";
  fs::remove(making, ec);
  const auto write = [&]() -> Status {
    GZ_TRY_ASSIGN(auto made, AppendFile::create(making));
    Writing writing(store, made);
    GZ_TRY(writing.head(out));
    std::int64_t done = 0;
    for (const auto id : ids) {
      GZ_TRY(writing.subject(id));
      if (progress && !progress(++done, out.subjects)) return fail(ErrorKind::Cancelled, "the push was stopped; nothing was written");
    }
    GZ_TRY_ASSIGN(out.sha256, writing.close(out, signer));
    fs::rename(making, file, ec);
    if (ec) return fail(error_from_errno(ec.value(), "name the push " + file.string()));
    return sync_folder(fs::absolute(file).parent_path());
  };
  const auto written = write();
  if (!written) {
    fs::remove(making, ec);
    return Failure(written.error());
  }
  return out;
}

}  // namespace guzheng
