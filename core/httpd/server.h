// Room httpd. An HTTP/1.1 server over TLS 1.2+ for programs that answer by routes: it reads headers, asks the gate, hands bodies on as they come, and bounds what a
// peer can cost (sizes, times, connections). Boost.Beast stays in server.cpp and connection*.
//
// The handshake asks for a certificate and proves that the peer holds its key, no more: whose it is and whether it stands is the gate's to say, at every request.
// So a revocation counts for the next request of an open connection, and a refusal has a reason and stands in the logs.
//
// Threads: "http" (TLS and HTTP, never blocks), "work" (gate, handlers, bodies: may block for disk and network). start() and stop() belong to the program's own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/httpd/http.h"
#include "core/identity/openssl.h"

namespace guzheng {

struct HttpLimits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t piece_bytes = 256 * 1024;            // in which a large body is handed on; each connection that sends one holds two such buffers
  int connections = 1024, connections_of_one = 256;              // open at once: all, of one address
  std::chrono::milliseconds handshake{10'000};
  std::chrono::milliseconds header{10'000};        // from the first byte of a request to the end of its header
  std::chrono::milliseconds idle{60'000};          // between requests
  // A body that brings fewer than so many bytes within that time is given up.
  std::chrono::milliseconds body_window{30'000};
  std::size_t body_window_bytes = 32 * 1024;
  std::chrono::milliseconds write{30'000};         // to take an answer
};

struct HttpSettings {
  std::string address = "127.0.0.1";               // to listen on
  std::uint16_t port = 0;                          // 0: any free one
  X509* certificate = nullptr;                     // the server's own; copied
  EVP_PKEY* key = nullptr;                         // likewise
  std::string client_roots_pem;                    // named to clients, so that they choose the right certificate
  HttpLimits limits;
  int io_threads = 2, work_threads = 4;
  const Clock* clock = nullptr;                    // outlives the server
};

// One request that is over, or a connection that came to none.
struct HttpDone {
  std::string method, path, route;                 // route: its pattern; empty: none fitted, or there was no request
  std::string address, who, why;                   // why: of a refusal or a cut
  int status = 0;                                  // 0: no answer was given
  std::uint64_t received = 0, sent = 0;            // bytes of bodies
  std::int64_t ms = 0;
};

struct HttpHooks {
  // Before a handler, on a worker thread: writes request.who, or answers in its place. Also asked for open routes, whose answer it does not hinder
  // unless it gives one.
  std::function<std::optional<HttpAnswer>(HttpRequest&, const HttpRoute&)> gate;
  std::function<void(const HttpDone&)> done;       // on any of the server's threads: must not block for long
};

class HttpServer {
 public:
  // Listens when it returns. Errors: what the system says of the address; Crypto: certificate and key.
  static Result<std::unique_ptr<HttpServer>> start(const HttpSettings& settings, HttpRouter router, HttpHooks hooks);
  virtual ~HttpServer() = default;                 // stops at once
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] virtual std::uint16_t port() const = 0;
  [[nodiscard]] virtual int connections() const = 0;             // open now
  // No new connections; idle ones are closed, requests that run go on for `grace` at most and are then cut. Returns when all are gone.
  virtual void stop(std::chrono::milliseconds grace) = 0;

 protected:
  HttpServer() = default;
};

}  // namespace guzheng
