// Room base. Result<T>: how every room reports failure; no exception crosses a room.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace guzheng {

// What went wrong, as far as the caller's next step depends on it. Sentences for people are made in
// ui and app from the kind and `what`; core speaks plain English for the log.
enum class ErrorKind {
  Cancelled,    // somebody asked for it; never shown as a failure
  Invalid,      // the input is not of the required form
  NotFound,
  Exists,
  Denied,       // permission, authorisation
  NoSpace,      // disk full: the caller must stop visibly and keep what stands
  Io,
  Network,
  Timeout,
  Protocol,     // the other side spoke outside its protocol
  Crypto,
  Tampered,     // evidence differs from what was sealed: never retried, always shown and journalled
  Unsupported,
  Bug,
};

std::string_view to_string(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::Bug;
  std::string what;     // English, one sentence, with the name or path it is about

  // Puts the step that failed in front: "open journal: " + what.
  [[nodiscard]] Error in(std::string_view step) const { return {kind, std::string(step) + ": " + what}; }
};

using Failure = tl::unexpected<Error>;

inline Failure fail(ErrorKind kind, std::string what) { return Failure(Error{kind, std::move(what)}); }
inline Failure fail(Error error) { return Failure(std::move(error)); }

// Error of the last system call: errno decides the kind (ENOSPC → NoSpace, EACCES → Denied, …).
Failure fail_errno(std::string_view step);
Error error_from_errno(int number, std::string_view step);

template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Status = Result<void>;
inline Status ok() { return {}; }

}  // namespace guzheng

// Leaves the function with the error of EXPR, or binds its value to NAME.
#define GZ_CONCAT_(a, b) a##b
#define GZ_CONCAT(a, b) GZ_CONCAT_(a, b)
#define GZ_TRY_ASSIGN_(tmp, name, expr)                                  \
  auto tmp = (expr);                                                     \
  if (!tmp) return ::guzheng::Failure(std::move(tmp.error()));           \
  name = std::move(*tmp)
#define GZ_TRY_ASSIGN(name, expr) GZ_TRY_ASSIGN_(GZ_CONCAT(gz_try_, __COUNTER__), name, expr)
// Leaves the function with the error of EXPR; for Status.
#define GZ_TRY(expr)                                                     \
  do {                                                                   \
    auto gz_status_ = (expr);                                            \
    if (!gz_status_) return ::guzheng::Failure(std::move(gz_status_.error())); \
  } while (false)
