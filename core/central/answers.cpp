#include "core/central/answers.h"

#include "core/base/log.h"

namespace guzheng {

HttpAnswer json_answer(int status, const Json& body) {
  HttpAnswer out;
  out.status = status;
  const auto text = canonical_json(body);
  out.body = text ? *text + "\n" : "{}\n";
  return out;
}

HttpAnswer refused(int status, const char* error, const std::string& why) {
  auto out = json_answer(status, {{"error", error}, {"status", status}, {"why", is_utf8(why) ? why : std::string("?")}});
  out.why = why;
  return out;
}

HttpAnswer later(int status, const char* error, const std::string& why, int seconds) {
  auto out = refused(status, error, why);
  out.headers.emplace_back("Retry-After", std::to_string(seconds));
  return out;
}

HttpAnswer trouble(const Error& error) {
  log_warn("central", "a request could not be answered: " + error.what);
  if (error.kind == ErrorKind::NoSpace) return later(507, "no-space", "the system has no room left", 60);
  return later(503, "not-now", "the system cannot do this now", 5);
}

}  // namespace guzheng
