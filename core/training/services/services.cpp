#include "core/training/services/services.h"

#include <fmt/format.h>

namespace guzheng::training {

namespace {
std::string hex4(std::string_view text) { return fmt::format("{:04x}{}", text.size(), text); }

Service to_local(Phone& phone, const std::string& name) {
  // A server tells its sockets apart by the order they come in.
  if (auto listener = phone.sockets.find(name))
    return {[listener](std::shared_ptr<AdbStream> stream) {
              if (!listener->offer(stream)) stream->close();
            },
            true};
  if (!phone.sockets.dialler(name)) return {};
  // An adb reverse seen from the other side: forward to a port of the phone that leads back to the host.
  const auto run = [&phone, name](std::shared_ptr<AdbStream> stream) {
    auto far = phone.sockets.connect(name);
    if (!far) return stream->close();
    const auto pump = [](const std::shared_ptr<AdbStream>& from, const std::shared_ptr<AdbStream>& to) {
      std::array<std::uint8_t, 16384> piece{};
      for (;;) {
        const auto count = from->read_some(piece);
        if (!count || *count == 0 || !to->write_all(ByteView(piece).first(*count))) break;
      }
      from->close();
      to->close();
    };
    std::thread back([&] { pump(*far, stream); });
    pump(stream, *far);
    back.join();
  };
  return {run, false};
}

// The connection that asked may be gone when the phone dials; then there is nobody to dial.
Dialler dial_through(AdbConnection& connection) {
  return [weak = connection.weak_from_this()](const std::string& remote) -> Result<std::shared_ptr<AdbStream>> {
    const auto alive = weak.lock();
    if (!alive) return fail(ErrorKind::Network, "Connection refused: the host is gone");
    return alive->open_toward_host(remote);
  };
}

std::string add_reverse(Phone& phone, AdbConnection& connection, std::string_view request) {
  const bool replace = !request.starts_with("norebind:");
  if (!replace) request.remove_prefix(9);
  const auto semicolon = request.find(';');
  if (semicolon == std::string_view::npos) return "FAIL" + hex4("bad forward: " + std::string(request));
  std::string local(request.substr(0, semicolon));
  const std::string remote(request.substr(semicolon + 1));
  std::string chosen;
  if (local == "tcp:0") {
    for (int port = 40000; phone.sockets.dialler(local = fmt::format("tcp:{}", port)); ++port) {}
    chosen = hex4(local.substr(4));
  }
  const auto status = phone.sockets.add_reverse({connection.name(), local, remote}, dial_through(connection), replace);
  return status ? "OKAY" + chosen : "FAIL" + hex4(status.error().what);
}
}  // namespace

std::string answer_reverse(Phone& phone, AdbConnection& connection, std::string_view request) {
  const auto take = [&](std::string_view prefix) {
    if (!request.starts_with(prefix)) return false;
    request.remove_prefix(prefix.size());
    return true;
  };
  if (take("forward:")) return add_reverse(phone, connection, request);
  if (request == "killforward-all") {
    phone.sockets.remove_reverses_of(connection.name());
    return "OKAY";
  }
  if (take("killforward:"))
    return phone.sockets.remove_reverse(std::string(request)) ? "OKAY" : "FAIL" + hex4(fmt::format("listener '{}' not found", request));
  if (request == "list-forward") {
    std::string lines;
    for (const auto& entry : phone.sockets.reverses()) lines += fmt::format("{} {} {}\n", entry.host, entry.local, entry.remote);
    return hex4(lines);
  }
  return "FAIL" + hex4("unknown reverse request");
}

ServiceOpener make_services(Phone& phone) {
  return [&phone](const std::string& name, AdbConnection& connection) -> Service {
    if (name.starts_with("shell") || name.starts_with("exec:")) return {shell_service(phone, name)};
    if (name == "sync:") return {[&phone](std::shared_ptr<AdbStream> stream) { run_sync(phone, *stream); }};
    if (name.starts_with("localabstract:") || name.starts_with("tcp:")) return to_local(phone, name);
    if (name.starts_with("reverse:"))
      return {[&phone, &connection, request = name.substr(8)](std::shared_ptr<AdbStream> stream) {
        (void)stream->write_text(answer_reverse(phone, connection, request)).has_value();      // a host that left needs no answer
      }};
    return {};
  };
}

}  // namespace guzheng::training
