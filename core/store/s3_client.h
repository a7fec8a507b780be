// Room store. One bucket of an S3 service over libcurl: requests signed with the digest of their payload (store/s3_sign.h), TLS 1.2 at least, the service's
// certificate by the roots that are given. What came back is bounded. Thread-safe; every call blocks for the network.
// Errors: Network, Timeout (also 429, 500, 502, 503, 504): worth coming again; tried three times here before they are told. Denied (credentials, Object Lock, a
// clock that goes wrong), NotFound, NoSpace (quota), Invalid, Protocol. The error's text begins with the service's code: "NoSuchUpload: …".
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/store/s3_sign.h"

namespace guzheng {

struct S3Address {
  std::string endpoint;                            // "https://s3.example.cn:7443"
  std::string region = "us-east-1";
  std::string bucket;
  std::string access_key;
  Secret secret_key;
  std::string roots_pem;                           // who may be the service; empty: the system's own roots
};

// A payload that lies in a file: from its beginning, `size` bytes with these digests.
struct S3File {
  int fd = -1;
  std::uint64_t size = 0;
  std::string sha256;                              // hex
  std::string md5;                                 // base64, as Content-MD5 has it
};

struct S3Ask {
  std::string method;
  std::string key;                                 // of the object; empty: the bucket itself
  S3Pairs query, headers;
  ByteView body;                                   // its Content-MD5 is added where there is one
  std::optional<S3File> file;                      // in place of `body`
  std::span<std::uint8_t> into;                    // where the answer's body goes when it has just this size
};

struct S3Answer {
  int status = 0;
  std::map<std::string, std::string> headers;      // names in lower case
  std::string body;                                // at most kMostS3Answer
  [[nodiscard]] std::string header(const std::string& name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? "" : it->second;
  }
};

class S3Client {
 public:
  // Invalid: an endpoint that is no https address, a bucket's name of another form.
  static Result<std::unique_ptr<S3Client>> open(S3Address address, const Clock& clock);
  ~S3Client();
  S3Client(const S3Client&) = delete;
  S3Client& operator=(const S3Client&) = delete;

  // A status of 2xx, or an error. An error inside a 200 (completing, copying) is an error.
  Result<S3Answer> ask(const S3Ask& ask);
  [[nodiscard]] const std::string& bucket() const { return address_.bucket; }
  [[nodiscard]] const std::string& region() const { return address_.region; }

 private:
  struct Line;                                     // one curl handle with its connection
  S3Client(S3Address address, std::string host, const Clock& clock);
  Result<S3Answer> once(const S3Ask& ask);
  std::unique_ptr<Line> take_line();

  const S3Address address_;
  const std::string host_;
  const Clock& clock_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Line>> idle_;        // under mutex_
};

// Whether `error` begins with that code of the service.
bool is_s3_code(const Error& error, std::string_view code);

}  // namespace guzheng
