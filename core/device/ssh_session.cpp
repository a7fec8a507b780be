// Connecting, host key, authentication: the part of an SSH connection that one thread does before anything runs beside it.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/device/ssh_handles.h"
#include "core/device/tcp_connect.h"

namespace guzheng {

std::string SshAddress::name() const {
  const bool v6 = host.find(':') != std::string::npos;
  return user + "@" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

namespace ssh {

namespace {

constexpr long kStepSeconds = 5;
constexpr int kOff = 0;

// The library sets itself up once a process, before threads.
void ready() {
  static const bool done = ssh_init() == SSH_OK;
  (void)done;
}

// libssh reads %h, %d … in a path; the station's folder may bear any name.
std::string unexpanded(const std::string& path) {
  std::string out;
  for (const char c : path) out += c == '%' ? "%%" : std::string(1, c);
  return out;
}

Status set(ssh_session session, ssh_options_e option, const void* value) {
  if (ssh_options_set(session, option, value) != SSH_OK) return failure(ErrorKind::Invalid, "the node's address", session);
  return ok();
}

// `locked`: told whether the key has a passphrase that is not the one given, or none was.
Result<Key> private_key(const SshAddress& address, bool* locked = nullptr) {
  struct stat there {};
  if (::stat(address.key.c_str(), &there) == 0 && (there.st_mode & 077) != 0)
    return fail(ErrorKind::Denied, "the station's ssh key can be read by others: chmod 600 " + address.key.string());
  ssh_key key = nullptr;
  const auto given = address.passphrase || !address.ring ? address.passphrase : address.ring->find(address.key);
  // libssh asks the terminal when it is given neither a passphrase nor a function: this one has nothing to say, but notes that it was asked
  bool asked = false;
  const auto nothing = [](const char*, char*, std::size_t, int, int, void* noted) {
    *static_cast<bool*>(noted) = true;
    return -1;
  };
  const int rc = ssh_pki_import_privkey_file(address.key.c_str(), given ? given->c_str() : nullptr, nothing, &asked, &key);
  if (rc != SSH_OK && given) {               // is it the passphrase, or no key at all?
    ssh_key none = nullptr;
    if (ssh_pki_import_privkey_file(address.key.c_str(), nullptr, nothing, &asked, &none) == SSH_OK) ssh_key_free(none);
  }
  const bool is_locked = rc != SSH_OK && rc != SSH_EOF && asked;
  if (locked != nullptr) *locked = is_locked;
  if (is_locked)
    return fail(ErrorKind::Denied, std::string(given ? "the passphrase given is not that of the station's ssh key: " : "the station's ssh key has a passphrase, and nobody has given it yet: ") + address.key.string());
  if (rc == SSH_EOF) return fail(ErrorKind::NotFound, "the station's ssh key cannot be read: " + address.key.string());
  if (rc != SSH_OK)
    return fail(ErrorKind::Denied, "the station's ssh key cannot be used (wrong passphrase, or no key): " + address.key.string());
  return Key(key);
}

Status authenticate(ssh_session session, const SshAddress& address) {
  GZ_TRY_ASSIGN(const Key key, private_key(address));
  if (!address.certificate.empty()) {
    ssh_key read = nullptr;
    if (ssh_pki_import_cert_file(address.certificate.c_str(), &read) != SSH_OK)
      return fail(ErrorKind::Invalid, "no OpenSSH certificate: " + address.certificate.string());
    const Key certificate(read);
    if (ssh_pki_copy_cert_to_privkey(certificate.get(), key.get()) != SSH_OK)
      return fail(ErrorKind::Invalid, "the certificate belongs to another key: " + address.certificate.string());
  }
  const int rc = ssh_userauth_publickey(session, nullptr, key.get());
  if (rc == SSH_AUTH_SUCCESS) return ok();
  if (rc == SSH_AUTH_ERROR) return failure(ErrorKind::Network, "log in at " + address.name(), session);
  if (rc == SSH_AUTH_AGAIN) return fail(ErrorKind::Timeout, "log in at " + address.name() + ": no answer in time");
  return fail(ErrorKind::Denied, address.name() + " does not accept the station's key " + address.key.string() +
                                     (address.certificate.empty() ? "" : " with its certificate (it may have expired)") +
                                     ": whoever looks after the node enters it there");
}

}  // namespace

Failure failure(ErrorKind kind, std::string_view step, ssh_session session) {
  return fail(kind, std::string(step) + ": " + ssh_get_error(session));
}

Result<Session> connect(const SshAddress& address) {
  ready();
  Session session(ssh_new());
  if (!session) return fail(ErrorKind::Bug, "no memory for an ssh session");
  const unsigned port = address.port;
  const std::string known = unexpanded(address.known_hosts.string());
  GZ_TRY(set(session.get(), SSH_OPTIONS_PROCESS_CONFIG, &kOff));
  GZ_TRY(set(session.get(), SSH_OPTIONS_HOST, address.host.c_str()));
  GZ_TRY(set(session.get(), SSH_OPTIONS_PORT, &port));
  GZ_TRY(set(session.get(), SSH_OPTIONS_USER, address.user.c_str()));
  GZ_TRY(set(session.get(), SSH_OPTIONS_KNOWNHOSTS, known.c_str()));
  GZ_TRY(set(session.get(), SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null"));
  GZ_TRY(set(session.get(), SSH_OPTIONS_TIMEOUT, &kStepSeconds));
  auto line = tcp_connect(address.host, address.port, std::chrono::seconds(kStepSeconds));
  if (!line) return fail(line.error().in("connect to " + address.name()));
  const socket_t fd = line->release();         // the session's from here on: it closes it
  if (const auto given = set(session.get(), SSH_OPTIONS_FD, &fd); !given) return fail(given.error());
  if (ssh_connect(session.get()) != SSH_OK) return failure(ErrorKind::Network, "connect to " + address.name(), session.get());
  return session;
}

Result<HostKey> host_key(ssh_session session, const SshAddress& address) {
  ssh_key read = nullptr;
  if (ssh_get_server_publickey(session, &read) != SSH_OK) return failure(ErrorKind::Protocol, "the node's key", session);
  const Key key(read);
  unsigned char* hash = nullptr;
  std::size_t size = 0;
  if (ssh_get_publickey_hash(key.get(), SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0)
    return failure(ErrorKind::Protocol, "the node's key", session);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> hash_owner(hash, [](unsigned char* p) { ssh_clean_pubkey_hash(&p); });
  const std::unique_ptr<char, void (*)(char*)> text(ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size), ssh_string_free_char);
  char* line = nullptr;
  if (ssh_session_export_known_hosts_entry(session, &line) != SSH_OK) return failure(ErrorKind::Protocol, "the node's key", session);
  const std::unique_ptr<char, void (*)(char*)> line_owner(line, ssh_string_free_char);
  HostKey out{HostKeyState::Unknown, ssh_key_type_to_char(ssh_key_type(key.get())), text.get(), line};
  while (out.line.ends_with('\n')) out.line.pop_back();
  switch (ssh_session_is_known_server(session)) {
    case SSH_KNOWN_HOSTS_OK: out.state = HostKeyState::Known; break;
    case SSH_KNOWN_HOSTS_UNKNOWN:
    case SSH_KNOWN_HOSTS_NOT_FOUND: out.state = HostKeyState::Unknown; break;
    case SSH_KNOWN_HOSTS_CHANGED:
    case SSH_KNOWN_HOSTS_OTHER: out.state = HostKeyState::Changed; break;
    case SSH_KNOWN_HOSTS_ERROR: return failure(ErrorKind::Io, "the known hosts " + address.known_hosts.string(), session);
  }
  return out;
}

Result<Session> open_session(const SshAddress& address, std::string& shown) {
  GZ_TRY_ASSIGN(Session session, connect(address));
  GZ_TRY_ASSIGN(const HostKey key, host_key(session.get(), address));
  shown = key.type + " " + key.fingerprint;
  if (key.state == HostKeyState::Changed)
    return fail(ErrorKind::Tampered, address.name() + " shows another host key (" + key.type + " " + key.fingerprint +
                                         ") than the one known: it is refused. Either the node was set up anew or somebody stands in"
                                         " between; whoever looks after the node must say which");
  if (key.state == HostKeyState::Unknown)
    return fail(ErrorKind::Denied, address.name() + " is not known yet: an authorised officer compares its host key with the one at the node (" +
                                       key.type + " " + key.fingerprint + ") and confirms it");
  GZ_TRY(authenticate(session.get(), address));
  ssh_set_blocking(session.get(), 0);
  return session;
}

SshKeyState key_state(const SshAddress& address) {
  ready();
  bool locked = false;
  if (private_key(address, &locked)) return SshKeyState::Usable;
  return locked ? SshKeyState::Locked : SshKeyState::Unusable;
}

}  // namespace ssh

SshKeyState ssh_key_state(const SshAddress& address) { return ssh::key_state(address); }

Result<HostKey> host_key_of(const SshAddress& address) {
  GZ_TRY_ASSIGN(const auto session, ssh::connect(address));
  return ssh::host_key(session.get(), address);
}

Status trust_host_key(const SshAddress& address, const HostKey& key) {
  if (key.state != HostKeyState::Unknown) return fail(ErrorKind::Denied, "only the key of an unknown node can be confirmed: " + address.name());
  if (key.line.empty() || key.line.find('\n') != std::string::npos) return fail(ErrorKind::Invalid, "no line for the known hosts");
  UniqueFd file(::open(address.known_hosts.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return fail_errno("open " + address.known_hosts.string());
  GZ_TRY(write_all(file.get(), as_bytes(key.line + "\n"), address.known_hosts.string()));
  if (::fsync(file.get()) != 0) return fail_errno("sync " + address.known_hosts.string());
  return ok();
}

// As OpenSSH writes it; names are never hashed here.
static std::string host_field(const SshAddress& address) {
  return address.port == 22 ? address.host : "[" + address.host + "]:" + std::to_string(address.port);
}

// "type base64…" of a known_hosts line as "type SHA256:…".
static std::string key_of_line(std::string_view line) {
  const auto type_at = line.find(' ') + 1, key_at = line.find(' ', type_at) + 1;
  const std::string type(line.substr(type_at, key_at - type_at - 1)), text(line.substr(key_at, line.find(' ', key_at) - key_at));
  ssh_key read = nullptr;
  if (ssh_pki_import_pubkey_base64(text.c_str(), ssh_key_type_from_name(type.c_str()), &read) != SSH_OK) return type + " (unreadable)";
  const ssh::Key key(read);
  unsigned char* hash = nullptr;
  std::size_t size = 0;
  if (ssh_get_publickey_hash(key.get(), SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0) return type + " (unreadable)";
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> hash_owner(hash, [](unsigned char* p) { ssh_clean_pubkey_hash(&p); });
  const std::unique_ptr<char, void (*)(char*)> shown(ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size), ssh_string_free_char);
  return type + " " + shown.get();
}

Result<std::vector<std::string>> forget_host_keys(const SshAddress& address) {
  std::error_code ec;
  std::vector<std::string> gone;
  if (!std::filesystem::exists(address.known_hosts, ec)) return gone;
  GZ_TRY_ASSIGN(const std::string text, read_text(address.known_hosts, 1u << 20));
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = std::string_view(text).substr(at, end - at);
    if (line.starts_with(host_field(address) + " ")) gone.push_back(key_of_line(line));
    else kept += std::string(line) + "\n";
    at = end + 1;
  }
  if (!gone.empty()) GZ_TRY(write_atomically(address.known_hosts, as_bytes(kept)));
  return gone;
}

}  // namespace guzheng
