#include "core/httpd/server.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <list>
#include <thread>

#include "core/base/log.h"
#include "core/base/thread_name.h"

namespace guzheng {

namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = net::ip::tcp;
using Code = boost::system::error_code;
using Stream = beast::ssl_stream<beast::tcp_stream>;
using Parser = http::request_parser<http::buffer_body>;
using std::chrono::milliseconds;

// GCC 12 destroys a temporary of a co_await expression twice when it has a destructor: whatever is handed to one has a name, or owns nothing.
constexpr auto kTuple = net::as_tuple(net::use_awaitable);
constexpr std::size_t kReadBytes = 64 * 1024;      // a TLS record has 16 KiB; a buffer without room makes Beast read 512 bytes at a time
constexpr std::size_t kMostDrained = 4u << 20;

HttpAnswer refusal(int status, std::string_view error, const std::string& why) {
  HttpAnswer out;
  out.status = status;
  out.body = fmt::format("{{\"error\":\"{}\",\"status\":{}}}\n", error, status);
  out.why = why;
  return out;
}

class Server;

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Server& server, tcp::socket socket, std::string address);
  net::awaitable<void> run();
  // Idle: closed. In a request: closed after it, or (`hard`) now. Any thread.
  void wind_up(bool hard);
  std::list<std::weak_ptr<Connection>>::iterator place;          // in the server's list

 private:
  // Work on the other threads, waited for or not, one piece at a time.
  struct Hand {
    explicit Hand(const net::any_io_executor& strand) : bell(strand) {}
    net::steady_timer bell;
    bool running = false;
  };
  template <typename F>
  void begin_work(F work);
  net::awaitable<void> work_done();
  template <typename F>
  net::awaitable<std::invoke_result_t<F>> on_worker(F work);

  net::awaitable<bool> one_request();
  net::awaitable<HttpAnswer> answer(Parser& parser, HttpRequest& request, HttpDone& done, bool& whole);
  net::awaitable<bool> small_body(Parser& parser, HttpRequest& request, std::size_t most, HttpDone& done, HttpAnswer& refused);
  net::awaitable<HttpAnswer> large_body(Parser& parser, const std::shared_ptr<HttpBody>& body, HttpDone& done, bool& whole);
  net::awaitable<Code> fill(Parser& parser, Bytes& into, std::size_t& filled);
  net::awaitable<bool> say_continue(Parser& parser);
  net::awaitable<bool> write(const HttpAnswer& answer, bool head, bool keep, HttpDone& done);
  net::awaitable<bool> write_source(const HttpAnswer& given, http::response<http::string_body>& message, HttpDone& done);
  net::awaitable<void> drain();
  HttpRequest read_request(const Parser& parser) const;
  [[nodiscard]] std::int64_t now_ms() const;
  // What is read from here on is called off after so long, and the connection stays open for an answer; tcp_stream's own limits close it.
  void arm(milliseconds limit);
  void disarm() {
    ++turn_;
    deadline_.cancel();
  }
  void begin_window() {
    window_began_ = now_ms();
    window_bytes_ = 0;
  }

  Server& server_;
  Stream stream_;
  const std::string address_;
  beast::flat_buffer buffer_;
  Bytes certificate_;
  std::shared_ptr<Hand> hand_;
  net::steady_timer deadline_;
  std::uint64_t turn_ = 0;                         // a deadline that was disarmed while it rang is another turn's
  bool timed_out_ = false;
  bool idle_ = true;                               // on the strand
  std::int64_t window_began_ = 0;
  std::size_t window_bytes_ = 0;
};

class Server final : public HttpServer {
 public:
  Server(const HttpSettings& settings, HttpRouter router, HttpHooks hooks)
      : settings_(settings), router_(std::move(router)), hooks_(std::move(hooks)), tls_(net::ssl::context::tls_server), acceptor_(net::make_strand(io_)), io_guard_(net::make_work_guard(io_)),
        work_guard_(net::make_work_guard(work_)) {}
  ~Server() override {
    stop(milliseconds(0));
    end_threads();
  }

  Status begin() {
    GZ_TRY(set_up_tls());
    Code code;
    const auto address = net::ip::make_address(settings_.address, code);
    if (code) return fail(ErrorKind::Invalid, "'" + settings_.address + "' is no address to listen on");
    const tcp::endpoint endpoint(address, settings_.port);
    acceptor_.open(endpoint.protocol(), code);
    if (!code) acceptor_.set_option(net::socket_base::reuse_address(true), code);
    if (!code) acceptor_.bind(endpoint, code);
    if (!code) acceptor_.listen(net::socket_base::max_listen_connections, code);
    if (code) return fail(code.value() == EACCES ? ErrorKind::Denied : code.value() == EADDRINUSE ? ErrorKind::Exists : ErrorKind::Network,
                          "listen on " + settings_.address + " port " + std::to_string(settings_.port) + ": " + code.message());
    port_ = acceptor_.local_endpoint(code).port();
    net::co_spawn(acceptor_.get_executor(), accept(), net::detached);
    for (int i = 0; i < settings_.io_threads; ++i) threads_.emplace_back([this] { run(io_, "http"); });
    for (int i = 0; i < settings_.work_threads; ++i) workers_.emplace_back([this] { run(work_, "work"); });
    return ok();
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }
  [[nodiscard]] int connections() const override {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(open_.size());
  }

  void stop(milliseconds grace) override {
    if (!stopping_.exchange(true)) {
      net::post(acceptor_.get_executor(), [this] { Code code; acceptor_.close(code); });
    }
    wind_up(false);
    std::unique_lock lock(mutex_);
    if (gone_.wait_for(lock, grace, [&] { return open_.empty(); })) return;
    lock.unlock();
    wind_up(true);
    lock.lock();
    gone_.wait(lock, [&] { return open_.empty(); });             // each has a time limit of its own, and its socket is closed
  }

  void remove(Connection& connection, const std::string& address) {
    const std::lock_guard lock(mutex_);
    open_.erase(connection.place);
    if (const auto it = of_address_.find(address); --it->second == 0) of_address_.erase(it);
    gone_.notify_all();
  }
  void tell(const HttpDone& done) const {
    if (hooks_.done) hooks_.done(done);
  }

  const HttpSettings settings_;
  const HttpRouter router_;
  const HttpHooks hooks_;
  net::ssl::context tls_;
  net::io_context io_, work_;
  std::atomic<bool> stopping_{false};

 private:
  static void run(net::io_context& context, const char* name) {
    name_this_thread(name);
    while (true) {
      try {
        context.run();
        return;
      } catch (const std::exception& error) {      // a handler of the library's: one connection is lost, not the server
        log_error("httpd", std::string("a task threw: ") + error.what());
      }
    }
  }

  Status set_up_tls() {
    SSL_CTX* const context = tls_.native_handle();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // every connection proves its key
    SSL_CTX_set_num_tickets(context, 0);
    if (SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1 || SSL_CTX_use_certificate(context, settings_.certificate) != 1 ||
        SSL_CTX_use_PrivateKey(context, settings_.key) != 1 || SSL_CTX_check_private_key(context) != 1)
      return ssl::failure("certificate and key of the server");
    // whose certificate it is, and whether it stands, is asked at every request; here the peer proves that it has the key
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX* chain) { return X509_STORE_CTX_set_error(chain, X509_V_OK), 1; });
    SSL_CTX_set_verify_depth(context, 4);
    GZ_TRY_ASSIGN(const auto roots, ssl::read_certs(settings_.client_roots_pem));
    for (int i = 0; i < sk_X509_num(roots.get()); ++i) SSL_CTX_add_client_CA(context, sk_X509_value(roots.get(), i));
    return ok();
  }

  net::awaitable<void> accept() {
    net::steady_timer rest(acceptor_.get_executor());
    while (!stopping_) {
      const auto strand = net::make_strand(io_);
      tcp::socket socket(strand);
      auto [code] = co_await acceptor_.async_accept(socket, kTuple);
      if (code == net::error::operation_aborted || stopping_) co_return;
      if (code) {                                  // out of descriptors, or a peer that is gone already
        rest.expires_after(milliseconds(100));
        co_await rest.async_wait(kTuple);
        continue;
      }
      Code ignored;
      const std::string address = socket.remote_endpoint(ignored).address().to_string();
      if (auto connection = admit(std::move(socket), address)) net::co_spawn(connection->executor, run_one(connection->connection), net::detached);
    }
  }

  struct Admitted {
    std::shared_ptr<Connection> connection;
    net::any_io_executor executor;
  };
  std::optional<Admitted> admit(tcp::socket socket, const std::string& address) {
    std::unique_lock lock(mutex_);
    auto& of_one = of_address_[address];
    if (static_cast<int>(open_.size()) >= settings_.limits.connections || of_one >= settings_.limits.connections_of_one) {
      if (of_one == 0) of_address_.erase(address);
      lock.unlock();
      HttpDone done;
      done.address = address;
      done.why = "too many connections";
      tell(done);
      return std::nullopt;
    }
    ++of_one;
    const auto executor = socket.get_executor();
    auto connection = std::make_shared<Connection>(*this, std::move(socket), address);
    connection->place = open_.insert(open_.end(), connection);
    return Admitted{std::move(connection), executor};
  }
  static net::awaitable<void> run_one(std::shared_ptr<Connection> connection) { co_await connection->run(); }

  void wind_up(bool hard) {
    std::vector<std::shared_ptr<Connection>> all;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& one : open_)
        if (auto connection = one.lock()) all.push_back(std::move(connection));
    }
    for (const auto& connection : all) connection->wind_up(hard);
  }

  void end_threads() {
    work_guard_.reset();
    for (auto& thread : workers_) thread.join();
    io_guard_.reset();
    for (auto& thread : threads_) thread.join();
  }

  tcp::acceptor acceptor_;
  net::executor_work_guard<net::io_context::executor_type> io_guard_, work_guard_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable gone_;
  std::list<std::weak_ptr<Connection>> open_;      // under mutex_; so below
  std::map<std::string, int> of_address_;
  std::vector<std::thread> threads_, workers_;
};

Connection::Connection(Server& server, tcp::socket socket, std::string address)
    : server_(server), stream_(beast::tcp_stream(std::move(socket)), server.tls_), address_(std::move(address)), buffer_(server.settings_.limits.header_bytes + kReadBytes),
      hand_(std::make_shared<Hand>(stream_.get_executor())), deadline_(stream_.get_executor()) {}

std::int64_t Connection::now_ms() const { return server_.settings_.clock->monotonic().us / 1000; }

void Connection::arm(milliseconds limit) {
  beast::get_lowest_layer(stream_).expires_never();
  timed_out_ = false;
  deadline_.expires_after(limit);
  deadline_.async_wait([self = shared_from_this(), turn = ++turn_](Code code) {
    if (code || turn != self->turn_) return;
    self->timed_out_ = true;
    beast::get_lowest_layer(self->stream_).cancel();
  });
}

void Connection::wind_up(bool hard) {
  net::post(stream_.get_executor(), [self = shared_from_this(), hard] {
    if (hard || self->idle_) beast::get_lowest_layer(self->stream_).close();
  });
}

// `work` keeps alive what it uses: the connection may be gone before it ends.
template <typename F>
void Connection::begin_work(F work) {
  hand_->running = true;
  net::post(server_.work_, [hand = hand_, executor = stream_.get_executor(), work = std::move(work)]() mutable {
    work();
    net::post(executor, [hand] {
      hand->running = false;
      hand->bell.cancel();
    });
  });
}

net::awaitable<void> Connection::work_done() {
  while (hand_->running) {
    hand_->bell.expires_at(net::steady_timer::time_point::max());
    co_await hand_->bell.async_wait(kTuple);
  }
}

template <typename F>
net::awaitable<std::invoke_result_t<F>> Connection::on_worker(F work) {
  auto result = std::make_shared<std::invoke_result_t<F>>();
  begin_work([result, work = std::move(work)]() mutable { *result = work(); });
  co_await work_done();
  co_return std::move(*result);
}

net::awaitable<void> Connection::run() {
  const auto self = shared_from_this();
  auto& lowest = beast::get_lowest_layer(stream_);
  lowest.expires_after(server_.settings_.limits.handshake);
  auto [code] = co_await stream_.async_handshake(net::ssl::stream_base::server, kTuple);
  if (code) {
    HttpDone done;
    done.address = address_;
    done.why = "TLS: " + code.message();
    server_.tell(done);
  } else {
    if (X509* peer = SSL_get0_peer_certificate(stream_.native_handle())) certificate_ = ssl::cert_der(peer);
    bool more = true;
    while (more && !server_.stopping_) more = co_await one_request();
    lowest.expires_after(milliseconds(500));
    co_await stream_.async_shutdown(kTuple);
    co_await drain();
  }
  lowest.close();
  server_.remove(*this, address_);
}

// A peer that still sends would not read the answer if the connection were reset under it.
net::awaitable<void> Connection::drain() {
  auto& lowest = beast::get_lowest_layer(stream_);
  Code ignored;
  lowest.socket().shutdown(tcp::socket::shutdown_send, ignored);
  if (ignored) co_return;
  lowest.expires_after(milliseconds(2000));
  Bytes scratch(16 * 1024);
  for (std::size_t read = 0; read < kMostDrained;) {
    auto [code, count] = co_await lowest.async_read_some(net::buffer(scratch), kTuple);
    if (code || server_.stopping_) co_return;
    read += count;
  }
}

HttpRequest Connection::read_request(const Parser& parser) const {
  HttpRequest request;
  const auto& message = parser.get();
  request.method = std::string(message.method_string());
  request.address = address_;
  request.certificate = certificate_;
  for (const auto& field : message) {
    std::string name(field.name_string());
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    auto& value = request.headers[name];
    value += (value.empty() ? "" : ", ") + std::string(field.value());
  }
  return request;
}

// False: the connection ends.
net::awaitable<bool> Connection::one_request() {
  const auto& limits = server_.settings_.limits;
  auto& lowest = beast::get_lowest_layer(stream_);
  if (buffer_.size() == 0) {
    idle_ = true;
    if (server_.stopping_) co_return false;
    lowest.expires_after(limits.idle);
    auto [code, count] = co_await stream_.async_read_some(buffer_.prepare(4096), kTuple);
    if (code) co_return false;
    buffer_.commit(count);
  }
  idle_ = false;
  const auto began = now_ms();
  HttpDone done;
  done.address = address_;
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  parser.body_limit(boost::none);
  arm(limits.header);
  auto [code, count] = co_await http::async_read_header(stream_, buffer_, parser, kTuple);
  disarm();
  HttpAnswer given;
  bool whole = false;
  HttpRequest request;
  if (!code) {
    request = read_request(parser);
    done.method = request.method;
    given = co_await answer(parser, request, done, whole);
    done.who = request.who;
  } else if (timed_out_) {
    given = refusal(408, "timeout", "the header did not come within its time");
  } else if (code == http::error::header_limit || code == http::error::buffer_overflow) {
    given = refusal(431, "header-too-large", "the header is larger than allowed");
  } else if (code.category() == http::make_error_code(http::error::bad_method).category() && code != http::error::end_of_stream && code != http::error::partial_message) {
    given = refusal(400, "bad-request", "no HTTP request: " + code.message());
  } else {
    done.why = code.message();
    done.ms = now_ms() - began;
    server_.tell(done);
    co_return false;
  }
  const bool keep = whole && parser.keep_alive() && !server_.stopping_ && given.status != 408;
  done.why = given.why;
  if (given.status != 0) {
    const bool written = co_await write(given, done.method == "HEAD", keep, done);
    done.status = written ? given.status : 0;
    if (!written && done.why.empty()) done.why = "the answer was not taken";
  }
  done.ms = now_ms() - began;
  server_.tell(done);
  if (buffer_.size() == 0) buffer_.shrink_to_fit();
  co_return keep && done.status != 0;
}

net::awaitable<HttpAnswer> Connection::answer(Parser& parser, HttpRequest& request, HttpDone& done, bool& whole) {
  const std::string target(parser.get().target());
  done.path = target.substr(0, 200);
  if (const auto parsed = parse_target(target, request); !parsed) co_return refusal(400, "bad-target", parsed.error().what);
  done.path = request.path;
  std::string allowed;
  const HttpRoute* route = server_.router_.find(request.method, request.path, request.params, allowed);
  if (route == nullptr) {
    auto out = allowed.empty() ? refusal(404, "no-such-path", "no such path") : refusal(405, "no-such-method", "this path has no such method");
    if (!allowed.empty()) out.headers.emplace_back("Allow", allowed);
    whole = parser.is_done();
    co_return out;
  }
  done.route = route->pattern;
  if (server_.hooks_.gate) {
    auto turned_away = co_await on_worker([&] { return server_.hooks_.gate(request, *route); });
    if (turned_away) {
      whole = parser.is_done();
      co_return std::move(*turned_away);
    }
  }
  if (route->small_body > 0 && !parser.is_done()) {
    HttpAnswer refused;
    if (!co_await small_body(parser, request, route->small_body, done, refused)) co_return refused;
  }
  HttpReply reply = co_await on_worker([&] { return route->handle(request); });
  if (auto* body = std::get_if<std::unique_ptr<HttpBody>>(&reply)) {
    const std::shared_ptr<HttpBody> owned(std::move(*body));
    co_return co_await large_body(parser, owned, done, whole);
  }
  whole = parser.is_done();
  co_return std::move(std::get<HttpAnswer>(reply));
}

net::awaitable<bool> Connection::say_continue(Parser& parser) {
  if (!beast::iequals(parser.get()[http::field::expect], "100-continue")) co_return true;
  static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
  beast::get_lowest_layer(stream_).expires_after(server_.settings_.limits.write);
  auto [code, count] = co_await net::async_write(stream_, net::buffer(line.data(), line.size()), kTuple);
  co_return !code;
}

// Reads until `into` is full or the body ends; what came stands in it also after an error.
net::awaitable<Code> Connection::fill(Parser& parser, Bytes& into, std::size_t& filled) {
  const auto& limits = server_.settings_.limits;
  filled = 0;
  while (filled < into.size() && !parser.is_done()) {
    const auto left = limits.body_window.count() - (now_ms() - window_began_);
    arm(milliseconds(std::max<std::int64_t>(left, 0)));
    auto& body = parser.get().body();
    const std::size_t room = into.size() - filled;
    body.data = into.data() + filled;
    body.size = room;
    body.more = true;
    auto [code, count] = co_await http::async_read_some(stream_, buffer_, parser, kTuple);
    disarm();
    const std::size_t got = room - body.size;
    filled += got;
    window_bytes_ += got;
    if (window_bytes_ >= limits.body_window_bytes) begin_window();
    if (code && code != http::error::need_buffer) co_return code;
  }
  co_return Code();
}

net::awaitable<bool> Connection::small_body(Parser& parser, HttpRequest& request, std::size_t most, HttpDone& done, HttpAnswer& refused) {
  if (!co_await say_continue(parser)) co_return refused = HttpAnswer{0, "", "", {}, "the connection was lost"}, false;
  Bytes whole(most + 1);
  std::size_t filled = 0;
  begin_window();
  const Code code = co_await fill(parser, whole, filled);
  done.received = filled;
  if (filled > most) co_return refused = refusal(413, "body-too-large", "the body is larger than " + std::to_string(most) + " bytes"), false;
  if (code && timed_out_) co_return refused = refusal(408, "timeout", "the body did not come within its time"), false;
  if (code && code.category() == http::make_error_code(http::error::bad_method).category() && code != http::error::partial_message)
    co_return refused = refusal(400, "bad-request", "no HTTP body: " + code.message()), false;
  if (code) co_return refused = HttpAnswer{0, "", "", {}, code.message()}, false;
  request.body.assign(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(filled));
  co_return true;
}

// One piece is read while the one before is being written.
net::awaitable<HttpAnswer> Connection::large_body(Parser& parser, const std::shared_ptr<HttpBody>& body, HttpDone& done, bool& whole) {
  const auto& limits = server_.settings_.limits;
  if (!co_await say_continue(parser)) co_return HttpAnswer{0, "", "", {}, "the connection was lost"};
  const auto taken = std::make_shared<std::optional<HttpAnswer>>();
  std::shared_ptr<Bytes> reading = std::make_shared<Bytes>(limits.piece_bytes), writing = std::make_shared<Bytes>(limits.piece_bytes);
  buffer_.reserve(kReadBytes);
  begin_window();
  Code code;
  while (!code && !parser.is_done()) {
    std::size_t filled = 0;
    code = co_await fill(parser, *reading, filled);
    done.received += filled;
    co_await work_done();
    if (*taken) break;
    std::swap(reading, writing);
    if (filled > 0) begin_work([body, taken, piece = writing, filled] { *taken = body->take(ByteView(piece->data(), filled)); });
  }
  co_await work_done();
  if (*taken) co_return std::move(**taken);
  if (code) {
    begin_work([body] { body->cut(); });
    co_await work_done();
    if (timed_out_) co_return refusal(408, "timeout", "the body came too slowly");
    co_return HttpAnswer{0, "", "", {}, "the body was cut: " + code.message()};
  }
  whole = true;
  begin_work([body, taken] { *taken = body->end(); });
  co_await work_done();
  co_return std::move(**taken);
}

net::awaitable<bool> Connection::write(const HttpAnswer& given, bool head, bool keep, HttpDone& done) {
  http::response<http::string_body> message(static_cast<http::status>(given.status), 11);
  if (given.status == 460) message.reason("Checksum Mismatch");
  for (const auto& [name, value] : given.headers) message.insert(name, value);
  if (!given.body.empty() || given.source) message.set(http::field::content_type, given.type);
  message.set("X-Content-Type-Options", "nosniff");
  message.keep_alive(keep);
  if (given.source && !head) co_return co_await write_source(given, message, done);
  const std::uint64_t size = given.source ? given.source->size() : given.body.size();
  message.body() = head ? std::string() : given.body;
  if (given.status != 204) message.content_length(size);
  beast::get_lowest_layer(stream_).expires_after(server_.settings_.limits.write);
  http::response_serializer<http::string_body> serializer(message);
  auto [code, count] = co_await http::async_write(stream_, serializer, kTuple);
  if (!code) done.sent = given.body.size();
  co_return !code;
}

// The header, then the body by pieces: a piece that is not taken within the time for an answer ends it.
net::awaitable<bool> Connection::write_source(const HttpAnswer& given, http::response<http::string_body>& message, HttpDone& done) {
  const auto source = given.source;
  message.content_length(source->size());
  http::response_serializer<http::string_body> serializer(message);
  beast::get_lowest_layer(stream_).expires_after(server_.settings_.limits.write);
  auto [code, count] = co_await http::async_write_header(stream_, serializer, kTuple);
  const auto piece = std::make_shared<Bytes>();
  for (std::uint64_t at = 0; !code && at < source->size(); at += piece->size()) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(server_.settings_.limits.piece_bytes, source->size() - at));
    // named: GCC 12 destroys what a lambda within a co_await expression has captured twice
    const auto read = [source, piece, at, size]() -> std::string {
      piece->resize(size);
      const auto got = source->read_at(at, *piece);
      return got ? std::string() : got.error().what;
    };
    const std::string failed_read = co_await on_worker(read);
    if (!failed_read.empty()) {
      done.why = "the body could not be read: " + failed_read;
      co_return false;
    }
    beast::get_lowest_layer(stream_).expires_after(server_.settings_.limits.write);
    auto [failed, written] = co_await net::async_write(stream_, net::buffer(*piece), kTuple);
    code = failed;
    done.sent += written;
  }
  co_return !code;
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpSettings& settings, HttpRouter router, HttpHooks hooks) {
  auto server = std::make_unique<Server>(settings, std::move(router), std::move(hooks));
  GZ_TRY(server->begin());
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace guzheng
