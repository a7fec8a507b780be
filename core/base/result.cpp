#include "core/base/result.h"

#include <cerrno>
#include <cstring>

namespace guzheng {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Cancelled: return "cancelled";
    case ErrorKind::Invalid: return "invalid";
    case ErrorKind::NotFound: return "not-found";
    case ErrorKind::Exists: return "exists";
    case ErrorKind::Denied: return "denied";
    case ErrorKind::NoSpace: return "no-space";
    case ErrorKind::Io: return "io";
    case ErrorKind::Network: return "network";
    case ErrorKind::Timeout: return "timeout";
    case ErrorKind::Protocol: return "protocol";
    case ErrorKind::Crypto: return "crypto";
    case ErrorKind::Tampered: return "tampered";
    case ErrorKind::Unsupported: return "unsupported";
    case ErrorKind::Bug: return "bug";
  }
  return "bug";
}

namespace {
ErrorKind kind_of_errno(int number) {
  switch (number) {
    case ENOSPC: case EDQUOT: case EFBIG: return ErrorKind::NoSpace;
    case EACCES: case EPERM: case EROFS: return ErrorKind::Denied;
    case ENOENT: case ENOTDIR: return ErrorKind::NotFound;
    case EEXIST: return ErrorKind::Exists;
    case ETIMEDOUT: return ErrorKind::Timeout;
    case ECANCELED: return ErrorKind::Cancelled;
    case ECONNREFUSED: case ECONNRESET: case EPIPE: case ENETUNREACH: case EHOSTUNREACH: case ENOTCONN:
      return ErrorKind::Network;
    default: return ErrorKind::Io;
  }
}
}  // namespace

Error error_from_errno(int number, std::string_view step) {
  return {kind_of_errno(number), std::string(step) + ": " + std::strerror(number)};
}

Failure fail_errno(std::string_view step) { return fail(error_from_errno(errno, step)); }

}  // namespace guzheng
