#include "core/httpd/connection.h"

#include <algorithm>

namespace guzheng::http_inside {

namespace {

constexpr std::size_t kReadBytes = 64 * 1024;      // a TLS record has 16 KiB; a buffer without room makes Beast read 512 bytes at a time
constexpr std::size_t kMostDrained = 4u << 20;

HttpAnswer refusal(int status, std::string_view error, const std::string& why) {
  HttpAnswer out;
  out.status = status;
  out.body = fmt::format("{{\"error\":\"{}\",\"status\":{}}}\n", error, status);
  out.why = why;
  return out;
}

}  // namespace

Connection::Connection(HttpHost& host, tcp::socket socket, std::string address)
    : host_(host), stream_(beast::tcp_stream(std::move(socket)), host.tls), address_(std::move(address)), buffer_(host.settings.limits.header_bytes + kReadBytes),
      hand_(std::make_shared<Hand>(stream_.get_executor())), deadline_(stream_.get_executor()) {}

std::int64_t Connection::now_ms() const { return host_.settings.clock->monotonic().us / 1000; }

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

net::awaitable<void> Connection::work_done() {
  while (hand_->running) {
    hand_->bell.expires_at(net::steady_timer::time_point::max());
    co_await hand_->bell.async_wait(kTuple);
  }
}

net::awaitable<void> Connection::run() {
  const auto self = shared_from_this();
  auto& lowest = beast::get_lowest_layer(stream_);
  lowest.expires_after(host_.settings.limits.handshake);
  auto [code] = co_await stream_.async_handshake(net::ssl::stream_base::server, kTuple);
  if (code) {
    HttpDone done;
    done.address = address_;
    done.why = "TLS: " + code.message();
    host_.tell(done);
  } else {
    if (X509* peer = SSL_get0_peer_certificate(stream_.native_handle())) certificate_ = ssl::cert_der(peer);
    bool more = true;
    while (more && !host_.stopping) more = co_await one_request();
    lowest.expires_after(milliseconds(500));
    co_await stream_.async_shutdown(kTuple);
    co_await drain();
  }
  lowest.close();
  host_.remove(*this, address_);
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
    if (code || host_.stopping) co_return;
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
  const auto& limits = host_.settings.limits;
  auto& lowest = beast::get_lowest_layer(stream_);
  if (buffer_.size() == 0) {
    idle_ = true;
    if (host_.stopping) co_return false;
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
    host_.tell(done);
    co_return false;
  }
  const bool keep = whole && parser.keep_alive() && !host_.stopping && given.status != 408;
  done.why = given.why;
  if (given.status != 0) {
    const bool written = co_await write(given, done.method == "HEAD", keep, done);
    done.status = written ? given.status : 0;
    if (!written && done.why.empty()) done.why = "the answer was not taken";
  }
  done.ms = now_ms() - began;
  host_.tell(done);
  if (buffer_.size() == 0) buffer_.shrink_to_fit();
  co_return keep && done.status != 0;
}

net::awaitable<HttpAnswer> Connection::answer(Parser& parser, HttpRequest& request, HttpDone& done, bool& whole) {
  const std::string target(parser.get().target());
  done.path = target.substr(0, 200);
  if (const auto parsed = parse_target(target, request); !parsed) co_return refusal(400, "bad-target", parsed.error().what);
  done.path = request.path;
  std::string allowed;
  const HttpRoute* route = host_.router.find(request.method, request.path, request.params, allowed);
  if (route == nullptr) {
    auto out = allowed.empty() ? refusal(404, "no-such-path", "no such path") : refusal(405, "no-such-method", "this path has no such method");
    if (!allowed.empty()) out.headers.emplace_back("Allow", allowed);
    whole = parser.is_done();
    co_return out;
  }
  done.route = route->pattern;
  if (host_.hooks.gate) {
    auto turned_away = co_await on_worker([&] { return host_.hooks.gate(request, *route); });
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
  beast::get_lowest_layer(stream_).expires_after(host_.settings.limits.write);
  auto [code, count] = co_await net::async_write(stream_, net::buffer(line.data(), line.size()), kTuple);
  co_return !code;
}

// Reads until `into` is full or the body ends; what came stands in it also after an error.
net::awaitable<Code> Connection::fill(Parser& parser, Bytes& into, std::size_t& filled) {
  const auto& limits = host_.settings.limits;
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
  const auto& limits = host_.settings.limits;
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

}  // namespace guzheng::http_inside
