#include <array>

#include "core/training/services/services.h"
#include "core/training/services/shell_packet.h"
#include "core/training/shell/interpreter.h"

namespace guzheng::training {

namespace {
constexpr std::size_t kMaxInputPacket = 1u << 20;
constexpr std::string_view kPrompt = "TrainingPhone:/ $ ";

// The host's side of a shell: plain bytes, or packets when the protocol is v2.
class Wire {
 public:
  Wire(std::shared_ptr<AdbStream> stream, bool packets) : stream_(std::move(stream)), packets_(packets) {}
  void out(std::string_view text) { send(ShellPacket::Out, text); }
  void err(std::string_view text) { send(packets_ ? ShellPacket::Err : ShellPacket::Out, text); }
  void exit(int code) {
    if (!packets_) return;
    const Bytes packet = encode_shell_packet(ShellPacket::Exit, Bytes{static_cast<std::uint8_t>(code)});
    (void)stream_->write_all(packet).has_value();
  }
  // Some of what the host typed; empty at its end.
  std::string read() {
    if (!packets_) {
      std::array<std::uint8_t, 4096> piece{};
      const auto count = stream_->read_some(piece);
      return count ? std::string(as_text(ByteView(piece).first(*count))) : std::string();
    }
    for (;;) {
      std::array<std::uint8_t, 5> head{};
      if (!stream_->read_exactly(head)) return {};
      const auto size = read_le<std::uint32_t>(&head[1]);
      if (size > kMaxInputPacket) return {};
      Bytes body(size);
      if (!stream_->read_exactly(body)) return {};
      if (head[0] == static_cast<std::uint8_t>(ShellPacket::In) && size > 0) return std::string(as_text(body));
      if (head[0] == static_cast<std::uint8_t>(ShellPacket::CloseIn)) return {};
    }
  }

 private:
  void send(ShellPacket id, std::string_view text) {
    // A command whose reader left runs on to its end, unheard; lasting ones ask stopped().
    while (!text.empty()) {
      const auto piece = text.substr(0, 60'000);
      text.remove_prefix(piece.size());
      const auto status = packets_ ? stream_->write_all(encode_shell_packet(id, as_bytes(piece))) : stream_->write_text(piece);
      if (!status) return;
    }
  }
  const std::shared_ptr<AdbStream> stream_;
  const bool packets_;
};

ShellIo make_io(const std::shared_ptr<AdbStream>& stream, const std::shared_ptr<Wire>& wire) {
  ShellIo io;
  io.out = [wire](std::string_view text) { wire->out(text); };
  io.err = [wire](std::string_view text) { wire->err(text); };
  io.read = [wire] { return wire->read(); };
  io.stopped = [stream] { return stream->closed(); };
  io.on_stop = [stream](std::function<void()> stop) { stream->on_close(std::move(stop)); };
  return io;
}

// `adb shell` without a command: lines in, output and a prompt back.
int run_interactive(Phone& phone, const ShellIo& io) {
  Interpreter shell(phone, io);
  std::string held;
  int code = 0;
  io.out(kPrompt);
  while (!shell.exited()) {
    const auto more = io.read();
    if (more.empty()) break;
    held += more;
    for (auto end = held.find_first_of("\n\r"); end != std::string::npos && !shell.exited(); end = held.find_first_of("\n\r")) {
      const std::string line = held.substr(0, end);
      held.erase(0, end + 1);
      code = shell.run(line);
      if (!shell.exited()) io.out(kPrompt);
    }
  }
  return code;
}
}  // namespace

ServiceRun shell_service(Phone& phone, std::string_view name) {
  const auto colon = name.find(':');
  if (colon == std::string_view::npos) return {};
  const auto arguments = name.substr(0, colon);
  const bool packets = arguments.find(",v2") != std::string_view::npos;
  return [&phone, packets, command = std::string(name.substr(colon + 1))](std::shared_ptr<AdbStream> stream) {
    const auto wire = std::make_shared<Wire>(stream, packets);
    const auto io = make_io(stream, wire);
    const int code = command.empty() ? run_interactive(phone, io) : Interpreter(phone, io).run(command);
    wire->exit(code);
    stream->close();
    stream->on_close(nullptr);
  };
}

}  // namespace guzheng::training
