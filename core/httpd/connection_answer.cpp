// How a connection gives its answers.
#include <algorithm>
#include <boost/asio/write.hpp>

#include "core/httpd/connection.h"

namespace guzheng::http_inside {

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
  beast::get_lowest_layer(stream_).expires_after(host_.settings.limits.write);
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
  beast::get_lowest_layer(stream_).expires_after(host_.settings.limits.write);
  auto [code, count] = co_await http::async_write_header(stream_, serializer, kTuple);
  const auto piece = std::make_shared<Bytes>();
  for (std::uint64_t at = 0; !code && at < source->size(); at += piece->size()) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(host_.settings.limits.piece_bytes, source->size() - at));
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
    beast::get_lowest_layer(stream_).expires_after(host_.settings.limits.write);
    auto [failed, written] = co_await net::async_write(stream_, net::buffer(*piece), kTuple);
    code = failed;
    done.sent += written;
  }
  co_return !code;
}

}  // namespace guzheng::http_inside
