// Room httpd, inside. One connection: TLS, its requests one after the other, their bodies and answers, each within its limits.
#pragma once

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <list>

#include "core/httpd/server.h"

namespace guzheng::http_inside {

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

class Connection;

// What a connection has of its server, which outlives it.
struct HttpHost {
  HttpHost(const HttpSettings& given, HttpRouter routes, HttpHooks told) : settings(given), router(std::move(routes)), hooks(std::move(told)), tls(net::ssl::context::tls_server) {}
  virtual ~HttpHost() = default;
  HttpHost(const HttpHost&) = delete;
  HttpHost& operator=(const HttpHost&) = delete;
  virtual void remove(Connection& connection, const std::string& address) = 0;      // at its end; any thread
  void tell(const HttpDone& done) const {
    if (hooks.done) hooks.done(done);
  }

  const HttpSettings settings;
  const HttpRouter router;
  const HttpHooks hooks;
  net::ssl::context tls;
  net::io_context io, work;                        // never blocks; what may block. In this order: work hands over to io
  std::atomic<bool> stopping{false};
};

// All but its making and wind_up() on the strand of its socket.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(HttpHost& host, tcp::socket socket, std::string address);
  net::awaitable<void> run();
  // Idle: closed. In a request: closed after it, or (`hard`) now. Any thread.
  void wind_up(bool hard);
  std::list<std::weak_ptr<Connection>>::iterator place;          // in the host's list

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

  HttpHost& host_;
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

// `work` keeps alive what it uses: the connection may be gone before it ends.
template <typename F>
void Connection::begin_work(F work) {
  hand_->running = true;
  net::post(host_.work, [hand = hand_, executor = stream_.get_executor(), work = std::move(work)]() mutable {
    work();
    net::post(executor, [hand] {
      hand->running = false;
      hand->bell.cancel();
    });
  });
}

template <typename F>
net::awaitable<std::invoke_result_t<F>> Connection::on_worker(F work) {
  auto result = std::make_shared<std::invoke_result_t<F>>();
  begin_work([result, work = std::move(work)]() mutable { *result = work(); });
  co_await work_done();
  co_return std::move(*result);
}

}  // namespace guzheng::http_inside
