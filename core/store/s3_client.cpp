#include "core/store/s3_client.h"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>

#include "core/base/digest.h"
#include "core/store/s3_answers.h"

namespace guzheng {

namespace {

constexpr int kTries = 3;
constexpr std::size_t kMostIdle = 16;

struct SlistFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// What curl reads from and writes to while a request runs.
struct Exchange {
  ByteView body;
  int fd = -1;
  std::uint64_t size = 0, sent = 0;                // of the payload
  bool broken = false;                             // the payload's file could not be read
  std::span<std::uint8_t> into;
  std::size_t got = 0;
  bool too_long = false;
  S3Answer answer;
};

std::size_t give_body(char* out, std::size_t, std::size_t room, void* with) {
  auto& x = *static_cast<Exchange*>(with);
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(room, x.size - x.sent));
  if (count == 0) return 0;
  if (x.fd < 0) {
    std::memcpy(out, x.body.data() + x.sent, count);
    x.sent += count;
    return count;
  }
  const ssize_t n = ::pread(x.fd, out, count, static_cast<off_t>(x.sent));
  if (n <= 0) return x.broken = true, CURL_READFUNC_ABORT;
  x.sent += static_cast<std::uint64_t>(n);
  return static_cast<std::size_t>(n);
}

int seek_body(void* with, curl_off_t offset, int origin) {
  auto& x = *static_cast<Exchange*>(with);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::uint64_t>(offset) > x.size) return CURL_SEEKFUNC_FAIL;
  x.sent = static_cast<std::uint64_t>(offset);
  return CURL_SEEKFUNC_OK;
}

std::size_t take_body(char* data, std::size_t, std::size_t count, void* with) {
  auto& x = *static_cast<Exchange*>(with);
  if (!x.into.empty() && count <= x.into.size() - std::min(x.got, x.into.size())) {
    std::memcpy(x.into.data() + x.got, data, count);
    x.got += count;
    return count;
  }
  x.too_long = x.too_long || !x.into.empty() || count > kMostS3Answer - x.answer.body.size();
  if (x.too_long) return 0;
  x.answer.body.append(data, count);
  return count;
}

std::size_t take_header(char* data, std::size_t, std::size_t count, void* with) {
  auto& x = *static_cast<Exchange*>(with);
  std::string_view line(data, count);
  if (line.starts_with("HTTP/")) x.answer.headers.clear();               // an interim answer before it
  const auto colon = line.find(':');
  if (colon == line.npos || x.answer.headers.size() > 100) return count;
  std::string name(line.substr(0, colon));
  for (auto& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  auto value = line.substr(colon + 1);
  while (!value.empty() && std::strchr(" \t\r\n", value.back()) != nullptr) value.remove_suffix(1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  x.answer.headers[name] = value;
  return count;
}

ErrorKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return ErrorKind::Timeout;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM: return ErrorKind::Denied;
    default: return ErrorKind::Network;
  }
}

ErrorKind kind_of(int status, const std::string& code) {
  if (code == "QuotaExceeded" || status == 507) return ErrorKind::NoSpace;
  // it came otherwise than it was sent, or not whole
  if (code == "BadDigest" || code == "XAmzContentSHA256Mismatch" || code == "RequestTimeout" || code == "IncompleteBody") return ErrorKind::Network;
  if (code == "BucketAlreadyOwnedByYou" || code == "BucketAlreadyExists") return ErrorKind::Exists;
  switch (status) {
    case 401:
    case 403: return ErrorKind::Denied;
    case 404: return ErrorKind::NotFound;
    case 408:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504: return ErrorKind::Timeout;
    case 400:
    case 409:
    case 411:
    case 412:
    case 416: return ErrorKind::Invalid;
    default: return ErrorKind::Protocol;
  }
}

bool comes_again(ErrorKind kind) { return kind == ErrorKind::Network || kind == ErrorKind::Timeout; }

bool is_bucket_name(std::string_view name) {
  return name.size() >= 3 && name.size() <= 63 && name.front() != '-' && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

}  // namespace

struct S3Client::Line {
  CURL* const curl = curl_easy_init();
  Line() = default;
  ~Line() { curl_easy_cleanup(curl); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
};

bool is_s3_code(const Error& error, std::string_view code) { return error.what.starts_with(std::string(code) + ":"); }

S3Client::S3Client(S3Address address, std::string host, const Clock& clock) : address_(std::move(address)), host_(std::move(host)), clock_(clock) {}
S3Client::~S3Client() = default;

Result<std::unique_ptr<S3Client>> S3Client::open(S3Address address, const Clock& clock) {
  constexpr std::string_view kHttps = "https://";
  while (address.endpoint.ends_with('/')) address.endpoint.pop_back();
  std::string host = address.endpoint.starts_with(kHttps) ? address.endpoint.substr(kHttps.size()) : "";
  if (host.empty() || host.find_first_of("/?#@ ") != host.npos)
    return fail(ErrorKind::Invalid, "'" + address.endpoint + "' is no address of an object store; expected: https://HOST[:PORT]");
  if (host.ends_with(":443")) host.resize(host.size() - 4);              // as curl says it in Host
  if (!is_bucket_name(address.bucket)) return fail(ErrorKind::Invalid, "'" + address.bucket + "' is no name of a bucket");
  return std::unique_ptr<S3Client>(new S3Client(std::move(address), std::move(host), clock));
}

std::unique_ptr<S3Client::Line> S3Client::take_line() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<Line>();
  auto line = std::move(idle_.back());
  idle_.pop_back();
  return line;
}

Result<S3Answer> S3Client::ask(const S3Ask& ask) {
  for (int attempt = 1;; ++attempt) {
    auto answer = once(ask);
    if (answer || attempt == kTries || !comes_again(answer.error().kind)) return answer;
    std::this_thread::sleep_for(std::chrono::milliseconds(200 * attempt * attempt));
  }
}

Result<S3Answer> S3Client::once(const S3Ask& ask) {
  Exchange x{ask.body, ask.file ? ask.file->fd : -1, ask.file ? ask.file->size : ask.body.size(), 0, false, ask.into, 0, false, {}};
  const std::string path = "/" + address_.bucket + (ask.key.empty() ? "" : "/" + ask.key);
  S3Unsigned request{ask.method, host_, path, ask.query, ask.headers, ask.file ? ask.file->sha256 : sha256_hex(ask.body)};
  if (ask.file) request.headers.emplace_back("Content-MD5", ask.file->md5);
  else if (!ask.body.empty()) request.headers.emplace_back("Content-MD5", to_base64(digest(DigestKind::Md5, ask.body)));
  const auto headers = s3_signed_headers(request, {address_.access_key, address_.region, address_.secret_key.view()}, clock_.wall());
  std::unique_ptr<curl_slist, SlistFree> list;
  const auto add = [&](const std::string& line) { list.reset(curl_slist_append(list.release(), line.c_str())); };
  for (const auto& [name, value] : headers) add(name + ": " + value);
  add("Expect:");
  add("Content-Type:");
  const std::string query = s3_query(ask.query), url = address_.endpoint + s3_encoded(request.path, true) + (query.empty() ? "" : "?" + query);

  auto line = take_line();
  CURL* const c = line->curl;
  if (c == nullptr) return fail(ErrorKind::Io, "libcurl could not be started");
  curl_easy_reset(c);                              // keeps its connection
  curl_blob roots{const_cast<char*>(address_.roots_pem.data()), address_.roots_pem.size(), CURL_BLOB_NOCOPY};
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_PROXY, "");
  curl_easy_setopt(c, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(c, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!address_.roots_pem.empty()) {
    curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &roots);
    curl_easy_setopt(c, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, 120L);                     // a service that copies a large object is silent meanwhile
  curl_easy_setopt(c, CURLOPT_BUFFERSIZE, 262'144L);
  curl_easy_setopt(c, CURLOPT_UPLOAD_BUFFERSIZE, 262'144L);
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &x);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &x);
  if (ask.method == "HEAD") curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
  if (ask.method == "PUT" || ask.method == "POST") {
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give_body);
    curl_easy_setopt(c, CURLOPT_READDATA, &x);
    curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, seek_body);
    curl_easy_setopt(c, CURLOPT_SEEKDATA, &x);
    curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(x.size));
  }
  if (ask.method != "HEAD" && ask.method != "GET") curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
  const CURLcode code = curl_easy_perform(c);
  long status = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  x.answer.status = static_cast<int>(status);
  const bool refused = status >= 300;
  if (x.broken) return fail(ErrorKind::Io, "what is to be sent to the object store cannot be read from the spool");
  if (x.too_long && !refused) return fail(ErrorKind::Protocol, "the object store's answer is too long");
  if (code != CURLE_OK && !(x.too_long && refused)) return fail(kind_of(code), "the object store at " + address_.endpoint + ": " + curl_easy_strerror(code));
  {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMostIdle) idle_.push_back(std::move(line));
  }
  if (refused && x.got > 0) x.answer.body.assign(reinterpret_cast<const char*>(x.into.data()), x.got);
  const bool may_hold_error = refused || ask.method == "POST" || ask.method == "PUT";
  const S3Trouble trouble = may_hold_error && !x.answer.body.empty() ? parse_s3_error(x.answer.body) : S3Trouble{};
  if (!refused && trouble.code.empty()) {
    if (!x.into.empty() && x.got != x.into.size()) return fail(ErrorKind::Network, "the object store sent less than was asked for");
    return std::move(x.answer);
  }
  const std::string name = trouble.code.empty() ? "status " + std::to_string(status) : trouble.code;
  // an error within a 200: the service gave up while it worked
  const ErrorKind kind = refused ? kind_of(static_cast<int>(status), trouble.code) : ErrorKind::Timeout;
  return fail(kind, name + ": " + ask.method + " " + path + (trouble.message.empty() ? "" : ": " + trouble.message));
}

}  // namespace guzheng
