// Room httpd. Requests, answers and routes as plain values; the server that speaks them is httpd/server.h. Pure.
// Foreign bytes: a path or query with anything but unreserved characters (RFC 3986 2.3) and "/", "=", "&" is no request of ours; nothing is ever decoded, so
// that nothing means two things.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

struct HttpRequest {
  std::string method, path;                        // path: begins with "/", without the query
  std::map<std::string, std::string> query;        // "first=1&second=2"
  std::map<std::string, std::string> params;       // what stands in the route's {names}
  std::map<std::string, std::string, std::less<>> headers;      // names in lower case; of a name that came twice: joined by ", "
  std::string address;                             // of the peer
  Bytes certificate;                               // DER of the certificate whose key the peer has proven to hold; empty: none. Nothing is said of it
  std::string who;                                 // written by the server's gate
  std::string body;                                // of a route that takes a small one

  [[nodiscard]] std::string header(std::string_view name) const;           // "": not there
};

// The body of an answer that is too large to be held. Read in order, one piece after the other, on worker threads.
class HttpSource {
 public:
  virtual ~HttpSource() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Fills `into` whole. An error ends the connection: the peer sees a body that is too short.
  virtual Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) = 0;
};

struct HttpAnswer {
  int status = 200;
  std::string body;
  std::string type = "application/json";           // of a body that is not empty
  std::vector<std::pair<std::string, std::string>> headers;
  std::string why;                                 // of a refusal: for the logs; may be empty
  std::shared_ptr<HttpSource> source;              // in place of `body`
};

// Takes the body of one request as it comes. Calls come one after the other, on worker threads.
class HttpBody {
 public:
  virtual ~HttpBody() = default;
  virtual std::optional<HttpAnswer> take(ByteView piece) = 0;              // an answer: the rest is not wanted
  virtual HttpAnswer end() = 0;                    // the body came whole
  virtual void cut() {}                            // it did not, and nothing more will
};
using HttpReply = std::variant<HttpAnswer, std::unique_ptr<HttpBody>>;

struct HttpRoute {
  std::string method, pattern;                     // "/v1/uploads/{id}"
  bool open = false;                               // answered without a certificate
  // On a worker thread. HttpBody: for a route that takes bodies of any size.
  std::function<HttpReply(HttpRequest&)> handle;
  std::size_t small_body = 0;                      // bytes that are read into `body` before `handle` is called; 0: none
};

class HttpRouter {
 public:
  void add(HttpRoute route) { routes_.push_back(std::move(route)); }
  [[nodiscard]] const std::vector<HttpRoute>& routes() const { return routes_; }
  // Null: no such path (`allowed` is empty), or not this method (`allowed` lists those there are). Fills `params`.
  const HttpRoute* find(std::string_view method, std::string_view path, std::map<std::string, std::string>& params, std::string& allowed) const;

 private:
  std::vector<HttpRoute> routes_;
};

// "/v1/log/proof?index=3" into path and query. Invalid: longer than 2,000 bytes, another character than above, a name twice.
Status parse_target(std::string_view target, HttpRequest& into);

// "Fri, 27 Nov 2026 09:00:00 GMT" (RFC 9110 5.6.7) of seconds since 1970.
std::string http_date(std::int64_t seconds);

}  // namespace guzheng
