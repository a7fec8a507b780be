#include "core/device/adb.h"

#include <array>

#include "core/device/adb_wire.h"
#include "core/device/deadline.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds kAnswerPatience{10'000};     // the server on loopback or at the end of an ssh channel
constexpr std::size_t kMaxShellOutput = 64u << 20;

Result<std::string> read_counted_text(Stream& stream) {
  std::array<std::uint8_t, 4> length{};
  GZ_TRY(read_exactly(stream, length, kAnswerPatience));
  GZ_TRY_ASSIGN(const std::size_t count, parse_hex4(length));
  std::string text(count, '\0');
  GZ_TRY(read_exactly(stream, {reinterpret_cast<std::uint8_t*>(text.data()), count}, kAnswerPatience));
  return text;
}

// Sends one request and reads OKAY, or FAIL and its reason.
Status ask(Stream& stream, std::string_view text, milliseconds patience = kAnswerPatience) {
  GZ_TRY_ASSIGN(const Bytes request, adb_request(text));
  GZ_TRY(stream.write_all(request));
  std::array<std::uint8_t, 4> status{};
  GZ_TRY(read_exactly(stream, status, patience));
  if (as_text(status) == "OKAY") return ok();
  if (as_text(status) != "FAIL") return fail(ErrorKind::Protocol, "what answers is no adb server");
  GZ_TRY_ASSIGN(const std::string reason, read_counted_text(stream));
  return fail(adb_failure(reason));
}

// From here on the stream is the device's service.
Status choose(Stream& stream, const std::string& serial, const std::string& service) {
  GZ_TRY(ask(stream, "host:transport:" + serial));
  return ask(stream, service);
}

Result<std::string> ask_host(Transport& transport, const std::string& text) {
  GZ_TRY_ASSIGN(const auto stream, transport.connect());
  GZ_TRY(ask(*stream, text));
  return read_counted_text(*stream);
}

std::string_view next_word(std::string_view& line) {
  const auto begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return line = {};
  auto end = line.find_first_of(" \t", begin);
  if (end == std::string_view::npos) end = line.size();
  const auto word = line.substr(begin, end - begin);
  line.remove_prefix(end);
  return word;
}

AdbDevice parse_device_line(std::string_view line) {
  AdbDevice device;
  device.serial = next_word(line);
  device.state = next_word(line);
  if (device.state == "no") device.state = "no permissions";
  for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
    const auto colon = word.find(':');
    if (colon == std::string_view::npos) continue;
    const auto key = word.substr(0, colon);
    const std::string value(word.substr(colon + 1));
    if (key == "model") device.model = value;
    else if (key == "product") device.product = value;
    else if (key == "transport_id") device.transport_id = value;
  }
  return device;
}

}  // namespace

std::vector<AdbDevice> parse_devices_l(std::string_view text) {
  std::vector<AdbDevice> devices;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto device = parse_device_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!device.serial.empty() && !device.state.empty()) devices.push_back(std::move(device));
  }
  return devices;
}

AdbServer::AdbServer(std::shared_ptr<Transport> transport) : transport_(std::move(transport)) {}

Result<int> AdbServer::version() {
  GZ_TRY_ASSIGN(const std::string text, ask_host(*transport_, "host:version"));
  GZ_TRY_ASSIGN(const std::size_t version, parse_hex4(as_bytes(text)));
  return static_cast<int>(version);
}

Result<std::vector<AdbDevice>> AdbServer::devices() {
  GZ_TRY_ASSIGN(const std::string text, ask_host(*transport_, "host:devices-l"));
  return parse_devices_l(text);
}

Result<std::unique_ptr<Stream>> AdbServer::open(const std::string& serial, const std::string& service) {
  GZ_TRY_ASSIGN(auto stream, transport_->connect());
  GZ_TRY(choose(*stream, serial, service));
  return stream;
}

Result<ShellOutput> AdbServer::shell(const std::string& serial, const std::string& command, milliseconds limit) {
  const Deadline deadline(limit);
  GZ_TRY_ASSIGN(const auto stream, open(serial, "shell,v2,raw:" + command));
  ShellOutput output;
  const auto keep = [&](bool is_error, ByteView piece) -> Status {
    if (output.out.size() + output.err.size() + piece.size() > kMaxShellOutput)
      return fail(ErrorKind::Protocol, "the command's output is too long");
    append(is_error ? output.err : output.out, piece);
    return ok();
  };
  ShellV2Parser parser;
  Bytes buffer(64u << 10);
  while (!parser.exited()) {
    GZ_TRY_ASSIGN(const std::size_t n, stream->read_some(buffer, deadline.left()));
    if (n == 0) return fail(ErrorKind::Network, "the phone closed the shell before its exit code");
    GZ_TRY(parser.feed(ByteView(buffer).first(n), keep));
  }
  output.exit_code = parser.exit_code();
  return output;
}

Result<Bytes> AdbServer::exec(const std::string& serial, const std::string& command, milliseconds limit,
                              std::size_t max_bytes, const Cancel& cancel) {
  const Deadline deadline(limit);
  if (cancel.cancelled()) return fail(ErrorKind::Cancelled, "called off");
  GZ_TRY_ASSIGN(const auto stream, transport_->connect());
  const Cancel::Watch watch(cancel, [&stream] { stream->cancel(); });
  GZ_TRY(choose(*stream, serial, "exec:" + command));
  Bytes out, buffer(256u << 10);
  for (;;) {
    GZ_TRY_ASSIGN(const std::size_t n, stream->read_some(buffer, deadline.left()));
    if (n == 0) return out;
    if (out.size() + n > max_bytes) return fail(ErrorKind::Protocol, "the command's output is too long");
    append(out, ByteView(buffer).first(n));
  }
}

}  // namespace guzheng
