#include "core/central/access.h"

#include <fmt/format.h>

#include "core/base/log_json.h"
#include "core/base/thread_name.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostAddresses = 10'000, kLongestWhy = 400;

// Foreign bytes may stand in it: what is no UTF-8 or no printable character becomes a question mark.
std::string shown(std::string_view text) {
  std::string out(text.substr(0, kLongestWhy));
  if (!is_utf8(out))
    for (auto& c : out) c = static_cast<unsigned char>(c) < 0x80 ? c : '?';
  for (auto& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return out;
}

Json body_of(const HttpDone& done) {
  Json out{{"address", done.address}, {"ms", done.ms}, {"status", done.status}};
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = shown(value);
  };
  add("method", done.method);
  add("path", done.path);
  add(done.route.starts_with("/v1/bureau/") ? "person" : "station", done.who);
  add("why", done.why);
  if (done.received > 0) out["received"] = done.received;
  if (done.sent > 0) out["sent"] = done.sent;
  return out;
}

bool is_refused(const HttpDone& done) { return done.status >= 400 || (done.status == 0 && done.method.empty()); }

}  // namespace

Result<std::unique_ptr<AccessBook>> AccessBook::open(const std::filesystem::path& file, const Clock& clock) {
  GZ_TRY_ASSIGN(auto log, OperationLog::open(file, clock));
  std::unique_ptr<AccessBook> book(new AccessBook(std::move(log), clock));
  book->thread_ = std::thread([raw = book.get()] {
    name_this_thread("access");
    while (const auto line = raw->lines_.pop()) {
      if (const auto written = raw->log_->append(line->kind, line->body); !written) log_error("central", "the access log cannot be written: " + written.error().what);
    }
  });
  return book;
}

AccessBook::~AccessBook() {
  lines_.close();
  if (thread_.joinable()) thread_.join();
}

bool AccessBook::counts_for_log(const HttpDone& done) {
  if (!is_refused(done)) return !done.who.empty() && done.path.starts_with("/v1/");
  if (const auto minute = clock_.wall().ms / 60'000; minute != minute_ || refused_of_.size() > kMostAddresses) {
    minute_ = minute;
    refused_of_.clear();
  }
  if (++refused_of_[done.address] <= kMostOfOne) return true;
  ++left_out_;
  ++untold_;
  return false;
}

void AccessBook::request(const HttpDone& done) {
  Json body = body_of(done);
  Json line = body;
  line["event"] = done.method.empty() ? "connection" : "request";
  log_json(is_refused(done) ? LogLevel::Warn : LogLevel::Info, "httpd", line);
  const std::lock_guard lock(mutex_);
  // methods are foreign text: those of no route are counted together
  ++answered_[{done.route.empty() && !done.method.empty() ? "other" : done.method, done.route, std::to_string(done.status)}];
  received_ += done.received;
  sent_ += done.sent;
  milliseconds_ += static_cast<std::uint64_t>(done.ms);
  if (!counts_for_log(done)) return;
  if (untold_ > 0) body["left_out"] = untold_;
  if (lines_.try_push({is_refused(done) ? "op.central-refused" : "op.central-access", std::move(body)}, 1)) untold_ = 0;
  else ++left_out_, ++untold_;
}

std::string AccessBook::counters() {
  const std::lock_guard lock(mutex_);
  std::string out = "# HELP guzheng_requests_total Requests that are over; status 0: no answer was given. Empty method: connections without a request.\n# TYPE guzheng_requests_total counter\n";
  for (const auto& [key, count] : answered_) {
    out += fmt::format("guzheng_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n", key[0], key[1], key[2], count);
  }
  const auto counter = [&](const char* name, const char* help, std::uint64_t value) { out += fmt::format("# HELP {0} {1}\n# TYPE {0} counter\n{0} {2}\n", name, help, value); };
  counter("guzheng_received_bytes_total", "Bytes of bodies that came.", received_);
  counter("guzheng_sent_bytes_total", "Bytes of bodies that were sent.", sent_);
  counter("guzheng_request_milliseconds_total", "Time that requests took together.", milliseconds_);
  counter("guzheng_access_lines_left_out_total", "Refusals that the chained access log counts and does not list.", left_out_);
  return out;
}

}  // namespace guzheng
