#include "core/sync/central_link.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "core/base/digest.h"
#include "core/base/json.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostBody = 4u << 20, kMostPath = 200;
constexpr long kBite = 128L << 10;                 // libcurl's buffer of a body

struct CurlFree {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Answer {
  long status = 0;
  std::string body, offset, location;
  bool too_long = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t count, void* into) {
  auto& answer = *static_cast<Answer*>(into);
  answer.too_long = answer.too_long || count > kMostBody - answer.body.size();
  if (answer.too_long) return 0;
  answer.body.append(data, count);
  return count;
}

std::size_t take_header(char* data, std::size_t, std::size_t count, void* into) {
  auto& answer = *static_cast<Answer*>(into);
  std::string_view line(data, count);
  const auto colon = line.find(':');
  if (colon == line.npos) return count;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  auto value = line.substr(colon + 1);
  while (!value.empty() && std::strchr(" \r\n", value.back()) != nullptr) value.remove_suffix(1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "upload-offset") answer.offset = value;
  if (name == "location") answer.location = value;
  return count;
}

// The body of a request on its way: libcurl takes it in bites, as the valve lets them through.
struct Sending {
  ByteView body;
  const SendValve* valve = nullptr;
  std::size_t at = 0;
};

std::size_t give_body(char* into, std::size_t, std::size_t room, void* from) {
  auto& sending = *static_cast<Sending*>(from);
  const auto wanted = std::min(room, sending.body.size() - sending.at);
  if (wanted == 0) return 0;
  const auto now = sending.valve != nullptr && *sending.valve ? (*sending.valve)(wanted) : wanted;
  if (now == 0) return CURL_READFUNC_ABORT;
  std::memcpy(into, sending.body.data() + sending.at, now);
  sending.at += now;
  return now;
}

int rewind_body(void* from, curl_off_t offset, int origin) {         // a kept connection that was dead: the request is sent again on a new one
  auto& sending = *static_cast<Sending*>(from);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > sending.body.size()) return CURL_SEEKFUNC_FAIL;
  sending.at = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

int look_up(void* stopped, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return (*static_cast<const std::function<bool()>*>(stopped))() ? 1 : 0; }

ErrorKind kind_of(CURLcode code) {
  if (code == CURLE_ABORTED_BY_CALLBACK) return ErrorKind::Cancelled;
  return code == CURLE_OPERATION_TIMEDOUT ? ErrorKind::Timeout : code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CERTPROBLEM ? ErrorKind::Denied : ErrorKind::Network;
}

// The sentence of a refusal (PROTOCOL.md 5), or the status alone.
std::string reason_of(const Answer& answer) {
  auto text = answer.body;
  if (text.ends_with('\n')) text.pop_back();
  const auto json = parse_json(text);
  const std::string why = json && json->is_object() ? text_at(*json, "why") : "";
  return why.empty() ? "status " + std::to_string(answer.status) : why;
}

// "tampered: …": its word (PROTOCOL.md 1) before its sentence.
std::string refusal_in(const Answer& answer) {
  auto text = answer.body;
  if (text.ends_with('\n')) text.pop_back();
  const auto json = parse_json(text);
  const std::string word = json && json->is_object() ? text_at(*json, "error") : "";
  return word.empty() ? reason_of(answer) : word + ": " + reason_of(answer);
}

class CurlLink final : public CentralLink {
 public:
  CurlLink(CentralAddress address, std::function<bool()> stopped) : address_(std::move(address)), stopped_(std::move(stopped)), curl_(curl_easy_init()) {}
  [[nodiscard]] bool made() const { return curl_ != nullptr; }

  Result<std::string> create(const std::string& package, const std::string& zip_sha256, std::uint64_t length) override {
    const auto said = [](const std::string& text) { return to_base64(as_bytes(text)); };
    GZ_TRY_ASSIGN(const auto answer, ask("POST", "/v1/uploads", {"Upload-Length: " + std::to_string(length), "Upload-Metadata: package " + said(package) + ",zip_sha256 " + said(zip_sha256)}, {}));
    if (answer.status != 201) return refused(answer);
    auto path = answer.location;
    if (path.starts_with(address_.url)) path.erase(0, address_.url.size());
    const bool plain = path.starts_with("/v1/uploads/") && path.size() <= kMostPath && std::all_of(path.begin(), path.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '/' || c == '-' || c == '_'; });
    return plain ? Result<std::string>(path) : Result<std::string>(fail(ErrorKind::Protocol, "the central system gave no address for the upload"));
  }

  Result<std::uint64_t> offset(const std::string& upload) override {
    GZ_TRY_ASSIGN(const auto answer, ask("HEAD", upload, {}, {}));
    if (answer.status != 200) return refused(answer);
    return offset_in(answer);
  }

  Result<std::uint64_t> send(const std::string& upload, std::uint64_t at, ByteView piece, const SendValve& valve) override {
    GZ_TRY_ASSIGN(const auto answer, ask("PATCH", upload, {"Content-Type: application/offset+octet-stream", "Upload-Offset: " + std::to_string(at), "Upload-Checksum: sha256 " + to_base64(sha256(piece))}, piece, &valve));
    if (answer.status != 204) return refused(answer);
    return offset_in(answer);
  }

  Result<std::string> tell_head(const std::string& package, const std::string& report) override {
    GZ_TRY_ASSIGN(auto answer, ask("POST", "/v1/packages/" + package + "/heads", {"Content-Type: application/json"}, as_bytes(report)));
    if (answer.status != 200) return refused(answer);
    if (answer.body.ends_with('\n')) answer.body.pop_back();
    return answer.body;
  }

  Result<Heads> heads(const std::string& package, std::int64_t after) override {
    GZ_TRY_ASSIGN(const auto answer, ask("GET", "/v1/packages/" + package + "/heads" + (after < 0 ? "" : "?after=" + std::to_string(after)), {}, {}));
    if (answer.status != 200) return refused(answer);
    const auto json = parse_json(answer.body);
    if (!json || !json->is_object() || !json->contains("heads") || !json->at("heads").is_array()) return fail(ErrorKind::Protocol, "the central system's answer holds no heads");
    Heads out{"", bool_at(*json, "more")};
    for (const auto& one : json->at("heads")) {
      GZ_TRY_ASSIGN(const auto line, canonical_json(one));
      out.lines += line + "\n";
    }
    return out;
  }

  Result<RecordPage> records(std::int64_t since) override {
    GZ_TRY_ASSIGN(auto answer, ask("GET", "/v1/records?since=" + std::to_string(since), {}, {}));
    if (answer.status != 200) return refused(answer);
    if (answer.body.ends_with('\n')) answer.body.pop_back();
    auto page = parse_record_page(answer.body);
    return page ? std::move(page) : Result<RecordPage>(fail(ErrorKind::Protocol, "the central system: " + page.error().what));
  }

  Result<std::vector<RecordOutcome>> tell_records(const std::vector<RecordChange>& changes) override {
    GZ_TRY_ASSIGN(const auto text, write_record_changes(changes));
    GZ_TRY_ASSIGN(auto answer, ask("POST", "/v1/records", {"Content-Type: application/json"}, as_bytes(text)));
    if (answer.status != 200) return refused(answer);
    if (answer.body.ends_with('\n')) answer.body.pop_back();
    auto outcomes = parse_record_outcomes(answer.body);
    return outcomes ? std::move(outcomes) : Result<std::vector<RecordOutcome>>(fail(ErrorKind::Protocol, "the central system: " + outcomes.error().what));
  }

  Result<Reply> exchange(const char* method, const std::string& path, const std::string& json) override {
    GZ_TRY_ASSIGN(auto answer, ask(method, path, json.empty() ? std::vector<std::string>() : std::vector<std::string>{"Content-Type: application/json"}, as_bytes(json)));
    if (answer.status >= 300 || answer.status < 200) return refused(answer);
    return Reply{static_cast<int>(answer.status), std::move(answer.body)};
  }

  Result<CentralOutcome> outcome(const std::string& package, const std::string& zip_sha256) override {
    GZ_TRY_ASSIGN(auto answer, ask("GET", "/v1/packages/" + package + "/receipts/" + zip_sha256, {}, {}));
    using State = CentralOutcome::State;
    if (answer.status == 404) return CentralOutcome{};
    if (answer.status == 202) return CentralOutcome{State::Waiting, "", ""};
    if (answer.status == 422) return CentralOutcome{State::Refused, "", refusal_in(answer)};
    if (answer.status != 200) return refused(answer);
    if (answer.body.ends_with('\n')) answer.body.pop_back();
    return CentralOutcome{State::Received, std::move(answer.body), ""};
  }

 private:
  static Result<std::uint64_t> offset_in(const Answer& answer) {
    std::uint64_t out = 0;
    const char* end = answer.offset.data() + answer.offset.size();
    const auto read = std::from_chars(answer.offset.data(), end, out);
    if (answer.offset.empty() || read.ec != std::errc() || read.ptr != end) return fail(ErrorKind::Protocol, "the central system does not say where the upload stands");
    return out;
  }

  static Failure refused(const Answer& answer) {
    const std::string why = "the central system: " + reason_of(answer);
    switch (answer.status) {
      case 401:
      case 403: return fail(ErrorKind::Denied, why);
      case 404: return fail(ErrorKind::NotFound, why);
      case 409: return fail(ErrorKind::Invalid, why);
      case 423: return fail(ErrorKind::Exists, why);
      case 460: return fail(ErrorKind::Tampered, why);
      case 408:
      case 429:
      case 503: return fail(ErrorKind::Timeout, why);
      default: return fail(ErrorKind::Protocol, why);
    }
  }

  Result<Answer> ask(const char* method, const std::string& path, const std::vector<std::string>& more, ByteView body, const SendValve* valve = nullptr) {
    CURL* const c = curl_.get();
    curl_easy_reset(c);
    std::unique_ptr<curl_slist, CurlFree> headers;
    const auto add = [&](const std::string& line) { headers.reset(curl_slist_append(headers.release(), line.c_str())); };
    add("Tus-Resumable: 1.0.0");
    add("Expect:");                                // a refusal in the middle of a piece costs no more than the piece
    for (const auto& line : more) add(line);
    Answer answer;
    const std::string url = address_.url + path;
    curl_blob roots{const_cast<char*>(address_.roots_pem.data()), address_.roots_pem.size(), CURL_BLOB_NOCOPY};
    curl_easy_setopt(c, CURLOPT_URL, url.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &roots);
    curl_easy_setopt(c, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(c, CURLOPT_SSLCERTTYPE, "P12");
    curl_easy_setopt(c, CURLOPT_SSLCERT, address_.station_key.c_str());
    curl_easy_setopt(c, CURLOPT_KEYPASSWD, address_.passphrase.c_str());
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, 15'000L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, 60L);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, &answer);
    if (std::string_view(method) == "HEAD") curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
    if (stopped_) {
      curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
      curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, look_up);
      curl_easy_setopt(c, CURLOPT_XFERINFODATA, &stopped_);
    }
    Sending sending{body, valve};
    if (std::string_view(method) == "POST") {
      curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.empty() ? "" : reinterpret_cast<const char*>(body.data()));
      curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    }
    if (std::string_view(method) == "PATCH") {
      curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
      curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, method);
      curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
      curl_easy_setopt(c, CURLOPT_UPLOAD_BUFFERSIZE, kBite);
      curl_easy_setopt(c, CURLOPT_READFUNCTION, give_body);
      curl_easy_setopt(c, CURLOPT_READDATA, &sending);
      curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, rewind_body);
      curl_easy_setopt(c, CURLOPT_SEEKDATA, &sending);
    }
    const CURLcode code = curl_easy_perform(c);
    if (answer.too_long) return fail(ErrorKind::Protocol, "the central system's answer is too long");
    if (code != CURLE_OK) return fail(kind_of(code), "the central system at " + address_.url + ": " + curl_easy_strerror(code));
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
  }

  const CentralAddress address_;
  std::function<bool()> stopped_;
  const std::unique_ptr<CURL, CurlFree> curl_;
};

}  // namespace

Result<std::unique_ptr<CentralLink>> CentralLink::open(CentralAddress address, std::function<bool()> stopped) {
  while (address.url.ends_with('/')) address.url.pop_back();
  if (!address.url.starts_with("https://") || address.url.size() == 8) return fail(ErrorKind::Invalid, "'" + address.url + "' is no address that begins with https://");
  auto link = std::make_unique<CurlLink>(std::move(address), std::move(stopped));
  if (!link->made()) return fail(ErrorKind::Io, "libcurl could not be started");
  return std::unique_ptr<CentralLink>(std::move(link));
}

}  // namespace guzheng
