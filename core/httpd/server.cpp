#include "core/httpd/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "core/base/log.h"
#include "core/base/thread_name.h"
#include "core/httpd/connection.h"
#include "core/httpd/tls.h"

namespace guzheng {

namespace http_inside {

class Server final : public HttpServer, private HttpHost {
 public:
  Server(const HttpSettings& given, HttpRouter routes, HttpHooks told)
      : HttpHost(given, std::move(routes), std::move(told)), acceptor_(net::make_strand(io)), io_guard_(net::make_work_guard(io)), work_guard_(net::make_work_guard(work)) {}
  ~Server() override {
    stop(milliseconds(0));
    end_threads();
  }

  Status begin() {
    GZ_TRY(set_up_tls(tls.native_handle(), settings.certificate, settings.key, settings.client_roots_pem));
    Code code;
    const auto address = net::ip::make_address(settings.address, code);
    if (code) return fail(ErrorKind::Invalid, "'" + settings.address + "' is no address to listen on");
    const tcp::endpoint endpoint(address, settings.port);
    acceptor_.open(endpoint.protocol(), code);
    if (!code) acceptor_.set_option(net::socket_base::reuse_address(true), code);
    if (!code) acceptor_.bind(endpoint, code);
    if (!code) acceptor_.listen(net::socket_base::max_listen_connections, code);
    if (code) return fail(code.value() == EACCES ? ErrorKind::Denied : code.value() == EADDRINUSE ? ErrorKind::Exists : ErrorKind::Network,
                          "listen on " + settings.address + " port " + std::to_string(settings.port) + ": " + code.message());
    port_ = acceptor_.local_endpoint(code).port();
    net::co_spawn(acceptor_.get_executor(), accept(), net::detached);
    for (int i = 0; i < settings.io_threads; ++i) threads_.emplace_back([this] { run(io, "http"); });
    for (int i = 0; i < settings.work_threads; ++i) workers_.emplace_back([this] { run(work, "work"); });
    return ok();
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }
  [[nodiscard]] int connections() const override {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(open_.size());
  }

  void stop(milliseconds grace) override {
    if (!stopping.exchange(true)) {
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

 private:
  void remove(Connection& connection, const std::string& address) override {
    const std::lock_guard lock(mutex_);
    open_.erase(connection.place);
    if (const auto it = of_address_.find(address); --it->second == 0) of_address_.erase(it);
    gone_.notify_all();
  }

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

  net::awaitable<void> accept() {
    net::steady_timer rest(acceptor_.get_executor());
    while (!stopping) {
      const auto strand = net::make_strand(io);
      tcp::socket socket(strand);
      auto [code] = co_await acceptor_.async_accept(socket, kTuple);
      if (code == net::error::operation_aborted || stopping) co_return;
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
    if (static_cast<int>(open_.size()) >= settings.limits.connections || of_one >= settings.limits.connections_of_one) {
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
    auto connection = std::make_shared<Connection>(static_cast<HttpHost&>(*this), std::move(socket), address);
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

}  // namespace http_inside

Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpSettings& settings, HttpRouter router, HttpHooks hooks) {
  auto server = std::make_unique<http_inside::Server>(settings, std::move(router), std::move(hooks));
  GZ_TRY(server->begin());
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace guzheng
