// Room device, private. libssh's handles with their owners, and a set-up session: host key checked, user accepted.
#pragma once

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>

#include <memory>

#include "core/device/ssh_connection.h"

namespace guzheng::ssh {

struct SessionDeleter {
  void operator()(ssh_session session) const {
    if (ssh_is_connected(session) != 0) ssh_disconnect(session);
    ssh_free(session);
  }
};
template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* pointer) const { Free(pointer); }
};
using Session = std::unique_ptr<ssh_session_struct, SessionDeleter>;
using Key = std::unique_ptr<ssh_key_struct, Deleter<ssh_key_free>>;
using Event = std::unique_ptr<ssh_event_struct, Deleter<ssh_event_free>>;

// libssh's last words about the session, with the step in front.
Failure failure(ErrorKind kind, std::string_view step, ssh_session session);

// Connected, keys exchanged, nobody checked yet. Blocking mode.
Result<Session> connect(const SshAddress& address);
Result<HostKey> host_key(ssh_session session, const SshAddress& address);
// connect(), host key, authentication. Non-blocking mode from then on.
Result<Session> open_session(const SshAddress& address, std::string& shown);

}  // namespace guzheng::ssh
