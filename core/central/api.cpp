#include "core/central/api.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/central/answers.h"
#include "core/central/bureau_api.h"
#include "core/central/record_answers.h"
#include "core/central/scrub.h"
#include "core/central/subject_answers.h"
#include "core/central/trigger_api.h"
#include "core/central/tus.h"

namespace guzheng {

namespace {

constexpr const char* kTus = "1.0.0";
constexpr std::size_t kMostReport = 4096;
constexpr std::size_t kPiece = 256 * 1024, kMostPeers = 10'000;

class TusAnswers {
 public:
  explicit TusAnswers(const CentralParts& parts) : parts_(parts) {}

  static HttpAnswer with_version(HttpAnswer answer) {
    answer.headers.emplace_back("Tus-Resumable", kTus);
    answer.headers.emplace_back("Cache-Control", "no-store");
    return answer;
  }
  static std::optional<HttpAnswer> other_version(const HttpRequest& request) {
    if (request.header("tus-resumable") == kTus) return std::nullopt;
    auto out = with_version(refused(412, "tus-version", "Tus-Resumable must be 1.0.0"));
    out.headers.emplace_back("Tus-Version", kTus);
    return out;
  }

  HttpAnswer options() const {
    HttpAnswer out;
    out.status = 204;
    out.headers = {{"Tus-Version", kTus},
                   {"Tus-Max-Size", std::to_string(parts_.limits.most_bytes)},
                   {"Tus-Extension", "creation,checksum,expiration,termination"},
                   {"Tus-Checksum-Algorithm", "sha256"}};
    return with_version(std::move(out));
  }

  HttpAnswer create(const HttpRequest& request) const {
    if (auto out = other_version(request)) return *out;
    const auto length = parse_count(request.header("upload-length"));
    if (!length || *length == 0) return with_version(refused(400, "upload-length", "Upload-Length must be a count of bytes above 0"));
    const auto announced = announced_in(request.header("upload-metadata"));
    if (!announced) return with_version(refused(400, "upload-metadata", announced.error().what));
    if (!announced->package.starts_with(request.who + "-")) return with_version(refused(403, "other-station", announced->package + " is no package of " + request.who));
    if (*length > parts_.limits.most_bytes) return with_version(refused(413, "too-large", "an upload has at most " + std::to_string(parts_.limits.most_bytes) + " bytes"));
    const auto made = parts_.uploads->create(request.who, *length, request.header("upload-metadata"), announced->package, announced->zip_sha256);
    if (!made && made.error().kind == ErrorKind::Denied) return with_version(later(429, "too-many-uploads", made.error().what, 60));
    if (!made) return with_version(trouble(made.error()));
    HttpAnswer out;
    out.status = 201;
    out.headers = {{"Location", "/v1/uploads/" + made->id}, {"Upload-Expires", http_date(made->expires.ms / 1000)}};
    return with_version(std::move(out));
  }

  HttpAnswer head(const HttpRequest& request) const {
    if (auto out = other_version(request)) return *out;
    const auto status = parts_.uploads->status(request.params.at("id"), request.who);
    if (!status && status.error().kind == ErrorKind::NotFound) return gone();
    if (!status) return with_version(trouble(status.error()));
    HttpAnswer out;
    out.headers = {{"Upload-Offset", std::to_string(status->offset)}, {"Upload-Length", std::to_string(status->length)}, {"Upload-Metadata", status->metadata}};
    if (status->state == UploadState::Open) out.headers.emplace_back("Upload-Expires", http_date(status->expires.ms / 1000));
    return with_version(std::move(out));
  }

  HttpAnswer terminate(const HttpRequest& request) const {
    if (auto out = other_version(request)) return *out;
    const auto done = parts_.uploads->terminate(request.params.at("id"), request.who);
    if (!done && done.error().kind == ErrorKind::NotFound) return gone();
    if (!done && done.error().kind == ErrorKind::Exists) return with_version(later(423, "locked", done.error().what, 1));
    if (!done) return with_version(trouble(done.error()));
    HttpAnswer out;
    out.status = 204;
    return with_version(std::move(out));
  }

  HttpReply patch(const HttpRequest& request) const;
  static HttpAnswer gone() { return with_version(refused(404, "no-such-upload", "no such upload of this station")); }

 private:
  const CentralParts parts_;
};

// A piece without a checksum goes to the store as it comes; what came stays, whatever happens to the request.
class StraightPiece : public HttpBody {
 public:
  explicit StraightPiece(std::unique_ptr<UploadDesk::Writing> writing) : writing_(std::move(writing)) {}
  std::optional<HttpAnswer> take(ByteView piece) override { return give(piece); }
  HttpAnswer end() override {
    const auto now = writing_->end();
    if (!now) return TusAnswers::with_version(trouble(now.error()));
    HttpAnswer out;
    out.status = 204;
    out.headers = {{"Upload-Offset", std::to_string(now->offset)}};
    if (now->state == UploadState::Open) out.headers.emplace_back("Upload-Expires", http_date(now->expires.ms / 1000));
    return TusAnswers::with_version(std::move(out));
  }
  void cut() override {
    if (const auto kept = writing_->end(); !kept) log_warn("central", "an upload that was cut: " + kept.error().what);
  }

 protected:
  std::optional<HttpAnswer> give(ByteView piece) {
    const auto taken = writing_->take(piece);
    if (taken) return std::nullopt;
    if (taken.error().kind == ErrorKind::Invalid) return TusAnswers::with_version(refused(413, "too-large", taken.error().what));
    return TusAnswers::with_version(trouble(taken.error()));
  }
  const std::unique_ptr<UploadDesk::Writing> writing_;
};

// A piece with a checksum waits in a file without a name until it is whole and proven: a store takes nothing back.
class ProvenPiece final : public StraightPiece {
 public:
  ProvenPiece(std::unique_ptr<UploadDesk::Writing> writing, UniqueFd file, Bytes expected) : StraightPiece(std::move(writing)), file_(std::move(file)), expected_(std::move(expected)), room_(writing_->room()) {}
  std::optional<HttpAnswer> take(ByteView piece) override {
    if (piece.size() > room_ - size_) return TusAnswers::with_version(refused(413, "too-large", "more bytes than the upload has"));
    if (const auto written = write_all(file_.get(), piece, "a waiting piece"); !written) return TusAnswers::with_version(trouble(written.error()));
    digester_.update(piece);
    size_ += piece.size();
    return std::nullopt;
  }
  HttpAnswer end() override {
    if (digester_.finish() != expected_) return TusAnswers::with_version(refused(460, "checksum", "the piece has another SHA-256 than Upload-Checksum says; nothing of it was kept"));
    Bytes buffer(kPiece);
    for (std::uint64_t at = 0; at < size_;) {
      const ssize_t n = ::pread(file_.get(), buffer.data(), buffer.size(), static_cast<off_t>(at));
      if (n <= 0) return TusAnswers::with_version(trouble({ErrorKind::Io, "a waiting piece cannot be read"}));
      if (auto stop = give(ByteView(buffer.data(), static_cast<std::size_t>(n)))) return *stop;
      at += static_cast<std::uint64_t>(n);
    }
    return StraightPiece::end();
  }
  void cut() override {}                           // nothing of it was kept

 private:
  const UniqueFd file_;
  const Bytes expected_;
  const std::uint64_t room_;
  std::uint64_t size_ = 0;
  Digester digester_{DigestKind::Sha256};
};

HttpReply TusAnswers::patch(const HttpRequest& request) const {
  if (auto out = other_version(request)) return *out;
  if (request.header("content-type") != "application/offset+octet-stream") return with_version(refused(415, "content-type", "Content-Type must be application/offset+octet-stream"));
  const auto offset = parse_count(request.header("upload-offset"));
  if (!offset) return with_version(refused(400, "upload-offset", "Upload-Offset must be a count of bytes"));
  Bytes expected;
  if (const auto said = request.header("upload-checksum"); !said.empty()) {
    auto checksum = parse_upload_checksum(said);
    if (!checksum) return with_version(refused(400, "upload-checksum", checksum.error().what));
    expected = std::move(*checksum);
  }
  auto writing = parts_.uploads->write(request.params.at("id"), request.who, *offset);
  if (!writing) {
    const auto& error = writing.error();
    if (error.kind == ErrorKind::NotFound) return gone();
    if (error.kind == ErrorKind::Invalid) return with_version(refused(409, "upload-offset", error.what));
    if (error.kind == ErrorKind::Exists) return with_version(later(423, "locked", error.what, 1));
    return with_version(trouble(error));
  }
  if (const auto length = parse_count(request.header("content-length")); length && *length > (*writing)->room()) return with_version(refused(413, "too-large", "more bytes than the upload has"));
  if (expected.empty()) return std::unique_ptr<HttpBody>(std::make_unique<StraightPiece>(std::move(*writing)));
  UniqueFd file(::open(parts_.spool.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!file) return with_version(trouble(fail_errno("a waiting piece").value()));
  return std::unique_ptr<HttpBody>(std::make_unique<ProvenPiece>(std::move(*writing), std::move(file), std::move(expected)));
}

class LogAnswers {
 public:
  explicit LogAnswers(const CentralParts& parts) : parts_(parts) {}

  // 200 with the receipt, 202 while the package is being verified, 422 when it was refused, 404 else.
  HttpAnswer receipt(const HttpRequest& request) const {
    const auto& package = request.params.at("id");
    const auto& digest = request.params.at("zip_sha256");
    const auto found = parts_.ingest->receipt(digest, request.who);
    if (found) return given(package, *found);
    if (found.error().kind != ErrorKind::NotFound) return trouble(found.error());
    const auto upload = parts_.uploads->by_digest(digest, request.who);
    if (!upload && upload.error().kind != ErrorKind::NotFound) return trouble(upload.error());
    if (!upload || upload->package != package) return refused(404, "no-such-package", "no such package of this station was received");
    if (upload->state == UploadState::Refused) return refused(422, to_string(upload->refusal).data(), upload->why);
    if (upload->state == UploadState::Open) return refused(404, "not-whole", "the upload stands at byte " + std::to_string(upload->offset) + " of " + std::to_string(upload->length));
    auto out = json_answer(202, {{"state", "ingesting"}});
    out.headers.emplace_back("Retry-After", "2");
    return out;
  }

  HttpAnswer checkpoint() const {
    const auto newest = parts_.log->newest();
    if (!newest) return trouble(newest.error());
    if (!*newest) return refused(404, "empty-log", "the evidence log has no entry yet");
    return json_answer(200, of((*newest).value()));
  }

  // Stations see what is about them; of the rest the tree shows digests alone.
  HttpAnswer entry(const HttpRequest& request) const {
    const auto number = parse_count(request.params.at("index"));
    if (!number) return refused(400, "index", "the index is a number, from 0");
    const auto text = parts_.log->entry(*number);
    if (!text && text.error().kind == ErrorKind::NotFound) return no_entry();
    if (!text) return trouble(text.error());
    const auto entry = parse_log_entry(*text);
    if (!entry) return trouble(entry.error());
    if (entry->station != request.who) return no_entry();
    HttpAnswer out;
    out.body = *text;                              // byte for byte: it is the leaf
    return out;
  }

  HttpAnswer proof(const HttpRequest& request) const {
    const auto number = [&](const char* name) { return request.query.contains(name) ? parse_count(request.query.at(name)) : std::nullopt; };
    const auto index = number("index"), first = number("first"), second = number("second");
    const std::size_t named = request.query.size();
    if (index && named == 1) return inclusion(*index);
    if (first && second && named == 2) return consistency(*first, *second);
    return refused(400, "proof", "either ?index=N, or ?first=N&second=M");
  }

 private:
  static Json of(const SignedCheckpoint& checkpoint) { return {{"checkpoint", checkpoint.text}, {"checkpoint_p7s", to_base64(checkpoint.signature)}}; }
  static Json digests(const TreeProof& proof) {
    Json out = Json::array();
    for (const auto& one : proof) out.push_back(tree_hex(one));
    return out;
  }
  static HttpAnswer no_entry() { return refused(404, "no-such-entry", "the evidence log has no such entry about this station"); }
  static HttpAnswer given(const std::string& package, const PackageReceipt& receipt) {
    const auto entry = parse_log_entry(receipt.entry);
    const auto line = write_receipt(receipt);
    if (!entry || !line) return trouble({ErrorKind::Io, "a receipt that is stored cannot be read"});
    if (entry->package != package) return refused(404, "no-such-package", "no such package of this station was received");
    HttpAnswer out;
    out.body = *line + "\n";
    return out;
  }
  HttpAnswer inclusion(std::uint64_t index) const {
    const auto place = parts_.log->place(index);
    if (!place && place.error().kind == ErrorKind::NotFound) return refused(404, "no-such-entry", "the evidence log has no such entry");
    if (!place) return trouble(place.error());
    Json out = of(place->checkpoint);
    out["index"] = index;
    out["proof"] = digests(place->proof);
    return json_answer(200, out);
  }
  HttpAnswer consistency(std::uint64_t first, std::uint64_t second) const {
    const auto proof = parts_.log->consistency(first, second);
    if (!proof && proof.error().kind == ErrorKind::Invalid) return refused(404, "no-such-size", "the evidence log never had such sizes, in this order");
    if (!proof) return trouble(proof.error());
    return json_answer(200, {{"first", first}, {"proof", digests(*proof)}, {"second", second}});
  }

  const CentralParts parts_;
};

class HeadAnswers {
 public:
  explicit HeadAnswers(const CentralParts& parts) : parts_(parts) {}

  HttpAnswer take(const HttpRequest& request) const {
    const auto report = parse_head_report(request.body);
    if (!report) return refused(400, "head", report.error().what);
    if (report->package != request.params.at("id")) return refused(400, "head", "the body is about another package than the path");
    const auto taken = parts_.heads->take(*report, request.who);
    if (taken) return given(*taken);
    const auto& why = taken.error();
    if (why.kind == ErrorKind::Denied) return refused(403, "other-station", why.what);
    if (why.kind == ErrorKind::Exists) {           // one of both journals was written anew: somebody should look
      log_warn("central", "a head that contradicts an earlier one: " + why.what);
      return refused(409, "another-head", why.what);
    }
    if (why.kind == ErrorKind::NoSpace) return later(429, "too-many-heads", why.what, 60);
    return trouble(why);
  }

  // Those that the asking station told.
  HttpAnswer list(const HttpRequest& request) const {
    std::optional<std::uint64_t> after;
    const bool named = request.query.contains("after");
    if (named) after = parse_count(request.query.at("after"));
    if (request.query.size() != (named ? 1u : 0u) || (named && !after)) return refused(400, "after", "the only query is ?after=N, a line's number");
    const auto page = parts_.heads->of(request.params.at("id"), request.who, after ? static_cast<std::int64_t>(*after) : -1);
    if (!page && page.error().kind == ErrorKind::NotFound) return refused(404, "no-heads", page.error().what);
    if (!page) return trouble(page.error());
    Json heads = Json::array();
    for (const auto& one : page->heads) heads.push_back({{"format", 1}, {"statement", one.text}, {"statement_p7s", to_base64(one.signature)}});
    return json_answer(200, {{"heads", heads}, {"more", page->more}});
  }

 private:
  static HttpAnswer given(const SignedHead& head) {
    const auto line = write_signed_head(head);
    if (!line) return trouble(line.error());
    HttpAnswer out;
    out.body = *line + "\n";
    return out;
  }
  const CentralParts parts_;
};

class HealthAnswers {
 public:
  explicit HealthAnswers(const CentralParts& parts) : parts_(parts) {}

  static HttpAnswer alive() { return json_answer(200, {{"status", "ok"}}); }

  HttpAnswer ready() const {
    std::string why;
    const auto need = [&](const char* what, bool there) {
      if (!there) why += (why.empty() ? "" : ", ") + std::string(what);
    };
    need("it is stopping", !parts_.stopping());
    need("the database", parts_.database->query("SELECT 1").has_value());
    need("the first store", parts_.first->uploads().has_value());
    need("the second store", parts_.second->uploads().has_value());
    const auto scrubbed = last_scrub(*parts_.database);
    need("the evidence log, which did not hold when it was audited", scrubbed && (!*scrubbed || (*scrubbed)->log_problem.empty()));
    need("certificates of stations", parts_.stations->count() > 0);
    return why.empty() ? json_answer(200, {{"status", "ready"}}) : later(503, "not-ready", "not in order: " + why, 5);
  }

  HttpAnswer metrics() const {
    HttpAnswer out;
    out.type = "text/plain; version=0.0.4; charset=utf-8";
    out.body = parts_.access->counters();
    const auto gauge = [&](const char* name, const char* help, std::int64_t value) { out.body += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", name, help, value); };
    gauge("guzheng_connections", "Connections that are open.", parts_.connections());
    if (const auto open = parts_.uploads->open_count()) gauge("guzheng_uploads_open", "Uploads that are not whole.", *open);
    gauge("guzheng_ingest_waiting", "Whole uploads that are not decided.", static_cast<std::int64_t>(parts_.uploads->waiting()));
    if (const auto size = parts_.log->size()) gauge("guzheng_log_entries", "Entries of the evidence log.", static_cast<std::int64_t>(*size));
    if (const auto rows = parts_.database->query("SELECT count(*) FROM refused")) gauge("guzheng_packages_refused", "Packages that were refused.", std::get<std::int64_t>(rows->at(0).at(0)));
    if (const auto heads = parts_.heads->count()) gauge("guzheng_journal_heads", "Heads of journals that are witnessed.", *heads);
    if (const auto standing = parts_.subjects->standing()) {         // not there: the search engine is away, and with it the search
      gauge("guzheng_search_subjects", "Subjects that the index finds.", standing->index.documents);
      gauge("guzheng_search_bytes", "Size of the index on this server's disk; 0: it is elsewhere.", standing->index.bytes);
      gauge("guzheng_search_behind", "Changes of records that the index has not taken in yet.", std::max<std::int64_t>(0, standing->newest - standing->index.applied));
    }
    gauge("guzheng_stations", "Certificates of stations that are known.", static_cast<std::int64_t>(parts_.stations->count()));
    if (const auto last = last_scrub(*parts_.database); last && *last) {
      const auto& run = **last;
      const auto& c = run.count;
      gauge("guzheng_scrub_began_seconds", "When the newest scrub began, since 1970.", run.began.ms / 1000);
      gauge("guzheng_scrub_ended_seconds", "When it came to its end; 0: it is under way.", run.ended.ms / 1000);
      gauge("guzheng_scrub_objects", "Entries of the evidence log whose objects it has looked at.", c.objects);
      gauge("guzheng_scrub_bytes", "Bytes it has read of both stores.", c.bytes);
      gauge("guzheng_scrub_repaired", "Copies it made anew from the other store.", c.repaired);
      gauge("guzheng_scrub_unrepaired", "Copies that are not right and could not be made anew.", c.unrepaired);
      gauge("guzheng_scrub_lost", "Objects of which no store has a right copy.", c.lost);
      gauge("guzheng_scrub_unnamed", "Objects that no receipt names.", c.unnamed);
      gauge("guzheng_scrub_receipts", "Receipts that are not what the evidence log says.", c.receipts);
      gauge("guzheng_scrub_log_holds", "Whether the evidence log held when it was audited.", run.log_problem.empty() ? 1 : 0);
    }
    return out;
  }

 private:
  const CentralParts parts_;
};

}  // namespace

HttpRouter central_routes(const CentralParts& parts) {
  HttpRouter out;
  const auto tus = std::make_shared<TusAnswers>(parts);
  const auto log = std::make_shared<LogAnswers>(parts);
  const auto heads = std::make_shared<HeadAnswers>(parts);
  const auto health = std::make_shared<HealthAnswers>(parts);
  const auto add = [&](const char* method, const char* pattern, std::function<HttpReply(HttpRequest&)> handle, bool open = false) { out.add({method, pattern, open, std::move(handle), 0}); };
  add("GET", "/healthz", [](HttpRequest&) -> HttpReply { return HealthAnswers::alive(); }, true);
  add("GET", "/readyz", [health](HttpRequest&) -> HttpReply { return health->ready(); }, true);
  add("GET", "/metrics", [health](HttpRequest&) -> HttpReply { return health->metrics(); }, true);
  add("OPTIONS", "/v1/uploads", [tus](HttpRequest&) -> HttpReply { return tus->options(); });
  add("POST", "/v1/uploads", [tus](HttpRequest& request) -> HttpReply { return tus->create(request); });
  add("HEAD", "/v1/uploads/{id}", [tus](HttpRequest& request) -> HttpReply { return tus->head(request); });
  add("PATCH", "/v1/uploads/{id}", [tus](HttpRequest& request) -> HttpReply { return tus->patch(request); });
  add("DELETE", "/v1/uploads/{id}", [tus](HttpRequest& request) -> HttpReply { return tus->terminate(request); });
  add("GET", "/v1/packages/{id}/receipts/{zip_sha256}", [log](HttpRequest& request) -> HttpReply { return log->receipt(request); });
  out.add({"POST", "/v1/packages/{id}/heads", false, [heads](HttpRequest& request) -> HttpReply { return heads->take(request); }, kMostReport});
  add("GET", "/v1/packages/{id}/heads", [heads](HttpRequest& request) -> HttpReply { return heads->list(request); });
  add("GET", "/v1/log/checkpoint", [log](HttpRequest&) -> HttpReply { return log->checkpoint(); });
  add("GET", "/v1/log/entries/{index}", [log](HttpRequest& request) -> HttpReply { return log->entry(request); });
  add("GET", "/v1/log/proof", [log](HttpRequest& request) -> HttpReply { return log->proof(request); });
  add_subject_routes(out, parts);
  add_record_routes(out, parts);
  add_bureau_routes(out, parts);
  add_trigger_routes(out, parts);
  return out;
}

bool CentralGate::within_rate(const std::string& peer) {
  const auto now = parts_.clock->monotonic().us;
  const std::lock_guard lock(mutex_);
  if (buckets_.size() > kMostPeers) buckets_.clear();
  auto [it, fresh] = buckets_.try_emplace(peer, Bucket{10.0 * rate_, now});
  auto& bucket = it->second;
  bucket.left = std::min(10.0 * rate_, bucket.left + static_cast<double>(now - bucket.at_us) / 1e6 * rate_);
  bucket.at_us = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

std::optional<HttpAnswer> CentralGate::operator()(HttpRequest& request, const HttpRoute& route) {
  const auto who = of_people(route) ? person(request) : parts_.stations->who(request.certificate);
  if (!who && who.error().kind != ErrorKind::Denied) return trouble(who.error());
  if (who) request.who = *who;
  if (!within_rate(who ? *who : request.address)) return later(429, "too-many-requests", "more requests a second than this system takes", 1);
  if (route.pattern == "/metrics" && !who && std::find(parts_.metrics_from.begin(), parts_.metrics_from.end(), request.address) == parts_.metrics_from.end())
    return refused(403, "not-allowed", "this address may not read the metrics");
  if (route.open || who) return std::nullopt;
  if (request.certificate.empty()) return refused(401, "no-certificate", who.error().what);
  return refused(403, "not-allowed", who.error().what);
}

bool CentralGate::of_people(const HttpRoute& route) { return route.pattern.starts_with(kBureauPaths); }

Result<std::string> CentralGate::person(const HttpRequest& request) const {
  GZ_TRY_ASSIGN(const auto found, parts_.people->who(request.certificate));
  return found.badge;
}

}  // namespace guzheng
