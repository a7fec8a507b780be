// The server by itself, with keys that cost nothing: bodies of any size in pieces, answers in the middle of them, cuts, limits, the end.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <csignal>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/httpd/server.h"
#include "core/identity/certificate.h"

namespace guzheng {
namespace {

using std::chrono::milliseconds;

// What came of bodies; outlives the requests.
struct Seen {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<HttpDone> done;
  std::uint64_t bytes = 0;
  int bodies = 0, cuts = 0, gone = 0;

  HttpDone wait_for(const std::function<bool(const HttpDone&)>& wanted) {
    std::unique_lock lock(mutex);
    HttpDone out;
    changed.wait(lock, [&] {
      for (const auto& one : done)
        if (wanted(one)) return out = one, true;
      return false;
    });
    return out;
  }
};

class Body final : public HttpBody {
 public:
  Body(Seen& seen, std::uint64_t most) : seen_(seen), most_(most) {}
  ~Body() override {
    const std::lock_guard lock(seen_.mutex);
    ++seen_.gone;
  }
  std::optional<HttpAnswer> take(ByteView piece) override {
    size_ += piece.size();
    digester_.update(piece);
    const std::lock_guard lock(seen_.mutex);
    seen_.bytes += piece.size();
    if (size_ > most_) return HttpAnswer{413, "too much", "text/plain", {}, "too much"};
    return std::nullopt;
  }
  HttpAnswer end() override {
    const std::lock_guard lock(seen_.mutex);
    ++seen_.bodies;
    return {200, std::to_string(size_) + " " + to_hex(digester_.finish()), "text/plain", {}, ""};
  }
  void cut() override {
    const std::lock_guard lock(seen_.mutex);
    ++seen_.cuts;
  }

 private:
  Seen& seen_;
  const std::uint64_t most_;
  std::uint64_t size_ = 0;
  Digester digester_{DigestKind::Sha256};
};

// Bytes that say where they stand, until `broken`.
class Bytewise final : public HttpSource {
 public:
  Bytewise(std::uint64_t size, std::uint64_t broken) : size_(size), broken_(broken) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) override {
    if (offset + into.size() > broken_) return fail(ErrorKind::Io, "the disk is gone");
    for (std::size_t i = 0; i < into.size(); ++i) into[i] = at(offset + i);
    return ok();
  }
  static std::uint8_t at(std::uint64_t offset) { return static_cast<std::uint8_t>(offset * 31 + (offset >> 8)); }

 private:
  const std::uint64_t size_, broken_;
};

// A TLS client that sends what it is told.
class Client {
 public:
  explicit Client(std::uint16_t port) : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), fd_(::socket(AF_INET, SOCK_STREAM, 0)), ssl_(SSL_new(context_.get()), SSL_free) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    SSL_set_fd(ssl_.get(), fd_.get());
    EXPECT_EQ(SSL_connect(ssl_.get()), 1);
  }
  bool send(std::string_view text) {
    while (!text.empty()) {
      const int n = SSL_write(ssl_.get(), text.data(), static_cast<int>(std::min<std::size_t>(text.size(), 1 << 20)));
      if (n <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  // Header and body of the next answer; "" at the end of the connection.
  std::string answer() {
    while (true) {
      if (const auto end = held_.find("\r\n\r\n"); end != held_.npos) {
        const auto at = held_.find("Content-Length: ");
        const std::size_t size = at < end ? std::stoul(held_.substr(at + 16)) : 0;
        if (held_.size() >= end + 4 + size) {
          std::string out = held_.substr(0, end + 4 + size);
          held_.erase(0, out.size());
          return out;
        }
      }
      char piece[4096];
      const int n = SSL_read(ssl_.get(), piece, sizeof piece);
      if (n <= 0) return "";
      held_.append(piece, static_cast<std::size_t>(n));
    }
  }
  void hang_up() { fd_.reset(); }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  UniqueFd fd_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  std::string held_;
};

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    std::signal(SIGPIPE, SIG_IGN);
    key_ = make_key(KeyKind::P256).value();
    CertificateRequest request;
    request.common_name = "localhost";
    request.use = CertificateUse::Server;
    request.hosts = {"localhost", "127.0.0.1"};
    request.not_before = {clock_.wall().ms - 3'600'000};
    request.not_after = {clock_.wall().ms + 86'400'000};
    certificate_ = issue_certificate(request, key_.get(), nullptr, key_.get()).value();
  }
  // Limits that no test is about are so long that a busy machine meets none of them.
  static HttpLimits patient() {
    HttpLimits limits;
    limits.handshake = limits.header = limits.idle = limits.body_window = limits.write = milliseconds(600'000);
    return limits;
  }
  void start(const HttpLimits& limits = patient()) {
    HttpSettings settings;
    settings.certificate = certificate_.get();
    settings.key = key_.get();
    settings.client_roots_pem = ssl::cert_pem(certificate_.get());
    settings.limits = limits;
    settings.clock = &clock_;
    HttpRouter router;
    router.add({"GET", "/hello/{name}", true, [](HttpRequest& request) -> HttpReply { return HttpAnswer{200, "hello " + request.params.at("name"), "text/plain", {}, ""}; }, 0});
    router.add({"HEAD", "/hello/{name}", true, [](HttpRequest&) -> HttpReply { return HttpAnswer{200, "hello", "text/plain", {}, ""}; }, 0});
    router.add({"POST", "/small", true, [](HttpRequest& request) -> HttpReply { return HttpAnswer{200, request.body, "text/plain", {}, ""}; }, 100});
    router.add({"PUT", "/large", true, [this](HttpRequest&) -> HttpReply { return std::make_unique<Body>(seen_, 10u << 20); }, 0});
    router.add({"GET", "/stream/{size}", true, [](HttpRequest& request) -> HttpReply {
      HttpAnswer out;
      out.source = std::make_shared<Bytewise>(std::stoull(request.params.at("size")), request.query.contains("broken") ? std::stoull(request.query.at("broken")) : ~0ull);
      out.type = "application/zip";
      return out;
    }, 0});
    HttpHooks hooks;
    hooks.gate = [](HttpRequest& request, const HttpRoute&) -> std::optional<HttpAnswer> {
      if (request.header("x-away").empty()) return std::nullopt;
      return HttpAnswer{403, "away", "text/plain", {}, "away"};
    };
    hooks.done = [this](const HttpDone& done) {
      const std::lock_guard lock(seen_.mutex);
      seen_.done.push_back(done);
      seen_.changed.notify_all();
    };
    server_ = HttpServer::start(settings, std::move(router), std::move(hooks)).value();
  }
  static std::string put(const std::string& body, const std::string& more = {}) {
    return "PUT /large HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more + "\r\n" + body;
  }

  SystemClock clock_;
  ssl::Key key_;
  ssl::Cert certificate_;
  Seen seen_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(ServerTest, AnswersManyRequestsOfOneConnection) {
  start();
  Client client(server_->port());
  for (int i = 0; i < 20; ++i) {
    const std::string body(static_cast<std::size_t>(i) * 60'000, static_cast<char>('a' + i));
    ASSERT_TRUE(client.send(put(body, i % 2 == 0 ? "Expect: 100-continue\r\n" : "")));
    if (i % 2 == 0) { EXPECT_EQ(client.answer(), "HTTP/1.1 100 Continue\r\n\r\n"); }
    EXPECT_TRUE(client.answer().ends_with("\r\n\r\n" + std::to_string(body.size()) + " " + sha256_hex(as_bytes(body))));
    ASSERT_TRUE(client.send("GET /hello/" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_TRUE(client.answer().ends_with("hello " + std::to_string(i)));
    ASSERT_TRUE(client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"));
    EXPECT_TRUE(client.answer().ends_with("\r\n\r\nabc"));
  }
  client.hang_up();
  server_->stop(milliseconds(2000));
  EXPECT_EQ(seen_.bodies, 20);
  EXPECT_EQ(seen_.gone, 20);
}

TEST_F(ServerTest, TakesChunkedBodiesAndPipelinedRequests) {
  start();
  Client client(server_->port());
  ASSERT_TRUE(client.send("PUT /large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET /hello/a HTTP/1.1\r\nHost: x\r\n\r\nGET /hello/b HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_TRUE(client.answer().ends_with("5 " + sha256_hex(as_bytes("abcde"))));
  EXPECT_TRUE(client.answer().ends_with("hello a"));
  EXPECT_TRUE(client.answer().ends_with("hello b"));
}

TEST_F(ServerTest, GivesALargeBodyByPieces) {
  start();
  Client client(server_->port());
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{256 * 1024}, std::size_t{3'000'001}}) {
    ASSERT_TRUE(client.send("GET /stream/" + std::to_string(size) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
    const auto answer = client.answer();
    ASSERT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer.substr(0, 100);
    const auto body = answer.substr(answer.find("\r\n\r\n") + 4);
    ASSERT_EQ(body.size(), size);
    for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(static_cast<std::uint8_t>(body[i]), Bytewise::at(i)) << i;
    EXPECT_EQ(seen_.wait_for([&](const HttpDone& one) { return one.sent == size && one.path.ends_with("/" + std::to_string(size)); }).status, 200);
  }
}

// What cannot be read ends the connection: the peer sees that the body is too short, and the logs say why.
TEST_F(ServerTest, ABodyThatCannotBeReadIsCutAndTold) {
  start();
  Client client(server_->port());
  ASSERT_TRUE(client.send("GET /stream/2000000?broken=600000 HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_EQ(client.answer(), "");
  const auto done = seen_.wait_for([](const HttpDone& one) { return one.route == "/stream/{size}"; });
  EXPECT_EQ(done.status, 0);
  EXPECT_NE(done.why.find("the disk is gone"), std::string::npos);
}

TEST_F(ServerTest, SaysWhyInTheMiddleOfABody) {
  start();
  for (int i = 0; i < 3; ++i) {
    Client client(server_->port());
    (void)client.send(put(std::string(14u << 20, 'x')));
    EXPECT_TRUE(client.answer().starts_with("HTTP/1.1 413"));
    EXPECT_EQ(client.answer(), "");
    Client away(server_->port());
    (void)away.send(put(std::string(1u << 20, 'x'), "X-Away: 1\r\n"));
    EXPECT_TRUE(away.answer().starts_with("HTTP/1.1 403"));
  }
  server_->stop(milliseconds(5000));
  EXPECT_EQ(seen_.gone, 3);
  EXPECT_EQ(seen_.bodies, 0);
}

TEST_F(ServerTest, KeepsWhatCameBeforeACut) {
  start();
  {
    Client client(server_->port());
    auto half = put(std::string(2u << 20, 'x'));
    half.resize(half.size() / 2);
    ASSERT_TRUE(client.send(half));
    while (true) {                                 // some of it was taken
      const std::lock_guard lock(seen_.mutex);
      if (seen_.bytes > 0) break;
    }
  }
  const auto done = seen_.wait_for([](const HttpDone& one) { return one.route == "/large"; });
  EXPECT_EQ(done.status, 0);
  EXPECT_NE(done.why.find("cut"), std::string::npos);
  server_->stop(milliseconds(2000));
  EXPECT_EQ(seen_.cuts, 1);
  EXPECT_EQ(seen_.bytes, done.received);
}

TEST_F(ServerTest, CutsWhoIsSlow) {
  auto limits = patient();
  limits.header = limits.body_window = milliseconds(100);
  start(limits);
  Client header(server_->port()), body(server_->port()), small(server_->port());
  ASSERT_TRUE(header.send("GET /hello/a HTTP/1.1\r\nHost"));
  ASSERT_TRUE(body.send("PUT /large HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"));
  ASSERT_TRUE(small.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"));
  for (auto* one : {&header, &body, &small}) {
    EXPECT_TRUE(one->answer().starts_with("HTTP/1.1 408"));
    EXPECT_EQ(one->answer(), "");
  }
  server_->stop(milliseconds(5000));
  EXPECT_EQ(seen_.bytes, 3u);
  EXPECT_EQ(seen_.cuts, 1);
}

TEST_F(ServerTest, RefusesWhatIsNoRequest) {
  start();
  const std::pair<std::string, std::string> cases[] = {{"GARBAGE\r\n\r\n", "400"}, {"GET /%2e%2e HTTP/1.1\r\nHost: x\r\n\r\n", "400"}, {"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", "404"},
                                                       {"PUT /hello/a HTTP/1.1\r\nHost: x\r\n\r\n", "405"}, {"GET /hello/a HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", "431"},
                                                       {"POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'x'), "413"}};
  for (const auto& [sent, status] : cases) {
    Client client(server_->port());
    (void)client.send(sent);
    EXPECT_EQ(client.answer().substr(0, 12), "HTTP/1.1 " + status) << sent.substr(0, 40);
  }
  Client head(server_->port());
  ASSERT_TRUE(head.send("HEAD /hello/a HTTP/1.0\r\n\r\n"));
  EXPECT_EQ(head.answer(), "");                    // a header alone, and then the end: it says the length of what GET would give
}

TEST_F(ServerTest, EndsWhatRunsAndClosesWhatIdles) {
  start();
  Client idle(server_->port()), running(server_->port());
  ASSERT_TRUE(idle.send("GET /hello/a HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_TRUE(idle.answer().ends_with("hello a"));
  const auto request = put(std::string(1000, 'x'), "Expect: 100-continue\r\n");
  ASSERT_TRUE(running.send(request.substr(0, request.size() - 1000)));
  EXPECT_EQ(running.answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  std::thread stopping([&] { server_->stop(milliseconds(20'000)); });
  EXPECT_EQ(idle.answer(), "");
  ASSERT_TRUE(running.send(request.substr(request.size() - 1000)));
  const auto last = running.answer();
  EXPECT_TRUE(last.starts_with("HTTP/1.1 200") && last.find("Connection: close") != last.npos) << last;
  running.hang_up();
  stopping.join();
  EXPECT_EQ(server_->connections(), 0);
}

TEST_F(ServerTest, CutsWhatDoesNotEndInTime) {
  start();
  Client running(server_->port());
  ASSERT_TRUE(running.send("PUT /large HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(running.answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  server_->stop(milliseconds(50));
  EXPECT_EQ(running.answer(), "");
  EXPECT_EQ(seen_.cuts, 1);
  EXPECT_EQ(seen_.gone, 1);
}

TEST_F(ServerTest, HoldsNoMoreConnectionsThanAllowed) {
  auto limits = patient();
  limits.connections_of_one = 2;
  start(limits);
  Client first(server_->port());
  auto second = std::make_unique<Client>(server_->port());
  const UniqueFd third(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(server_->port());
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(third.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  EXPECT_EQ(seen_.wait_for([](const HttpDone& one) { return one.method.empty(); }).why, "too many connections");
  second.reset();
  ASSERT_TRUE(first.send("GET /hello/a HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_TRUE(first.answer().ends_with("hello a"));
}

}  // namespace
}  // namespace guzheng
