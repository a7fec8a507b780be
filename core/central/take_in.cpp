#include "core/central/take_in.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/central/at_rest.h"
#include "core/central/ingest.h"
#include "core/central/service.h"
#include "core/seal/vault_form.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

// "LX-03-20261127-0001"
bool is_sealed_id(std::string_view name) {
  constexpr std::string_view form = "AA-00-00000000-0000";
  const auto fits = [&](std::size_t i) { return form[i] == 'A' ? name[i] >= 'A' && name[i] <= 'Z' : form[i] == '0' ? name[i] >= '0' && name[i] <= '9' : name[i] == '-'; };
  for (std::size_t i = 0; i < form.size(); ++i)
    if (name.size() != form.size() || !fits(i)) return false;
  return true;
}

class Medium {
 public:
  Medium(const CentralConfig& config, CentralAtRest& held, Ingest& ingest) : config_(config), held_(held), ingest_(ingest) {}

  TakenIn take(const fs::path& from) {
    TakenIn out{from, "", 0, "", "", false};
    std::error_code ec;
    const bool folder = fs::is_directory(from, ec);
    const fs::path made = config_.state / ".import.zip";
    auto done = folder ? packed(from, made) : ok();
    if (done) done = decide(folder ? made : from, out);
    fs::remove(made, ec);
    if (!done) {
      out.why = done.error().what;
      out.refused = Ingest::is_refusal(done.error().kind);
    }
    return out;
  }

 private:
  static Status packed(const fs::path& bag, const fs::path& zip) {
    GZ_TRY_ASSIGN([[maybe_unused]] const auto digest, write_upload(bag, zip));
    return ok();
  }

  Status decide(const fs::path& zip, TakenIn& out) {
    // whose it is stands in the package itself, which the ingest verifies; the ZIP's first name says where to look
    GZ_TRY_ASSIGN(out.package, package_in(zip));
    auto& store = *held_.first;
    const std::string object = "incoming/import";
    if (const auto gone = store.remove(object); !gone && gone.error().kind != ErrorKind::NotFound) return fail(gone.error());        // of a run that was killed: the stores are ours alone
    GZ_TRY_ASSIGN(const auto upload, store.begin(object));
    std::uint64_t at = 0;
    auto sent = read_in_pieces(zip, [&](ByteView piece) -> Status {
      GZ_TRY(store.append(upload, at, piece));
      at += piece.size();
      return ok();
    });
    if (sent) {
      if (const auto made = store.complete(upload, "", std::nullopt); !made) sent = fail(made.error());
    }
    if (!sent) return (void)store.abandon(upload), sent;
    const auto receipt = ingest_.take(object, out.package.substr(0, 5));
    if (!receipt) {
      if (!Ingest::is_refusal(receipt.error().kind)) (void)store.remove(object);       // read from the medium again next time
      return fail(receipt.error());
    }
    out.index = receipt->index;
    GZ_TRY_ASSIGN(out.receipt, write_receipt(*receipt));
    return ok();
  }

  // A ZIP begins with a local header whose name begins with the package's id.
  static Result<std::string> package_in(const fs::path& zip) {
    Bytes head;
    const auto read = read_in_pieces(zip, [&](ByteView piece) -> Status {
      append(head, piece.first(std::min<std::size_t>(piece.size(), 512)));
      return fail(ErrorKind::Cancelled, "enough");
    });
    if (!read && read.error().kind != ErrorKind::Cancelled) return fail(read.error());
    constexpr std::size_t kName = 30, kId = 19;
    const bool whole = head.size() >= kName + kId && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    const std::string id = whole ? std::string(head.begin() + kName, head.begin() + kName + kId) : std::string();
    return is_sealed_id(id) ? Result<std::string>(id) : Result<std::string>(fail(ErrorKind::Invalid, zip.filename().string() + " is no package as workstations send it"));
  }

  const CentralConfig& config_;
  CentralAtRest& held_;
  Ingest& ingest_;
};

}  // namespace

Result<std::vector<TakenIn>> take_in(const CentralConfig& config, const fs::path& folder, const Clock& clock, const std::function<bool()>& go_on, const std::function<void(const TakenIn&)>& told) {
  GZ_TRY_ASSIGN(const auto keys, open_central_keys(config, clock));
  GZ_TRY_ASSIGN(const auto held, open_at_rest(config, clock));
  GZ_TRY_ASSIGN(const auto log, EvidenceLog::open(*held->database, config.name, *keys.signer, clock));
  GZ_TRY_ASSIGN(const auto crl, read_text(config.crl));
  IngestParts parts;
  parts.database = held->database.get();
  parts.log = log.get();
  parts.first = held->first.get();
  parts.second = held->second.get();
  parts.signer = keys.signer.get();
  parts.opener = keys.opener.get();
  parts.clock = &clock;
  parts.roots = {keys.root_pem, keys.tsa_pem, crl};
  parts.system_name = config.name;
  parts.practice = config.practice;
  parts.keep = config.keep;
  parts.stopping = [&] { return !go_on(); };
  Ingest ingest(std::move(parts));
  std::vector<fs::path> found;
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    const auto name = it->path().filename().string();
    if (it->is_directory(ec) ? is_sealed_id(name) : it->path().extension() == ".zip") found.push_back(it->path());
  }
  if (ec) return fail(ErrorKind::Io, "list " + folder.string() + ": " + ec.message());
  std::sort(found.begin(), found.end());
  if (found.empty()) return fail(ErrorKind::NotFound, folder.string() + " holds neither a package in vault form nor an upload ZIP");
  Medium medium(config, *held, ingest);
  std::vector<TakenIn> out;
  for (const auto& one : found) {
    if (!go_on()) return fail(ErrorKind::Cancelled, "the import was called off");
    out.push_back(medium.take(one));
    const auto& taken = out.back();
    Json line{{"from", is_utf8(one.filename().string()) ? one.filename().string() : "?"}, {"package", taken.package}, {"result", !taken.receipt.empty() ? "received" : taken.refused ? "refused" : "not-decided"}};
    if (!taken.receipt.empty()) line["index"] = taken.index;
    if (!taken.why.empty()) line["why"] = is_utf8(taken.why) ? taken.why : "?";
    GZ_TRY(held->access->event("op.central-import", line));
    told(taken);
  }
  return out;
}

}  // namespace guzheng
