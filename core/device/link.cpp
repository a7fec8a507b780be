#include "core/device/link.h"

#include "core/device/screen_stream.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr std::size_t kMostPng = 64u << 20, kMostXml = 16u << 20;

// What a command printed instead of its result, for an error's text: one line, short, printable.
std::string first_line(ByteView bytes) {
  std::string line;
  for (const auto c : bytes.first(std::min<std::size_t>(bytes.size(), 200))) {
    if (c == '\n') break;
    line += c >= 0x20 && c < 0x7f ? static_cast<char>(c) : '?';
  }
  return line.empty() ? "nothing" : line;
}

// [89 'PNG' 0d 0a 1a 0a] … [00 00 00 00 'IEND' ae 42 60 82]
Status check_png(ByteView png) {
  static constexpr std::string_view kBegin("\x89PNG\r\n\x1a\n", 8), kEnd("\0\0\0\0IEND\xae\x42\x60\x82", 12);
  const auto text = as_text(png);
  if (!text.starts_with(kBegin)) return fail(ErrorKind::Protocol, "screencap gave no PNG but: " + first_line(png));
  if (!text.ends_with(kEnd)) return fail(ErrorKind::Protocol, "screencap's PNG is cut off");
  return ok();
}

// "<?xml …<hierarchy …>…</hierarchy>UI hierchary dumped to: /dev/tty": everything after the root goes.
Result<std::string> hierarchy_of(ByteView output) {
  static constexpr std::string_view kRootEnd = "</hierarchy>";
  const auto text = as_text(output);
  const auto begin = text.find("<?xml");
  const auto root = text.find("<hierarchy");
  const auto end = text.rfind(kRootEnd);
  if (root == std::string_view::npos || end == std::string_view::npos || end < root)
    return fail(ErrorKind::NotFound, "the phone gave no page structure but: " + first_line(output));
  const auto from = begin < root ? begin : root;
  std::string xml(text.substr(from, end + kRootEnd.size() - from));
  if (!is_utf8(xml)) return fail(ErrorKind::Protocol, "the page structure is not UTF-8");
  return xml;
}

class AdbLink final : public DeviceLink {
 public:
  AdbLink(std::shared_ptr<AdbServer> server, std::string serial) : server_(std::move(server)), serial_(std::move(serial)) {}

  [[nodiscard]] std::string serial() const override { return serial_; }
  [[nodiscard]] std::string way() const override { return "adb " + server_->transport().description(); }

  Result<ShellOutput> shell(const std::string& command, milliseconds limit) override {
    return server_->shell(serial_, command, limit);
  }

  Result<Bytes> screenshot(milliseconds limit, const Cancel& cancel) override {
    GZ_TRY_ASSIGN(Bytes png, server_->exec(serial_, "screencap -p", limit, kMostPng, cancel));
    GZ_TRY(check_png(png));
    return png;
  }

  Result<std::string> hierarchy(milliseconds limit, const Cancel& cancel) override {
    GZ_TRY_ASSIGN(const Bytes output, server_->exec(serial_, "uiautomator dump /dev/tty", limit, kMostXml, cancel));
    return hierarchy_of(output);
  }

  Status pull(const std::string& path, std::uint64_t max_bytes, milliseconds limit, const std::function<Status(ByteView)>& use,
              const Cancel& cancel) override {
    return server_->pull(serial_, path, max_bytes, limit, use, cancel);
  }

  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& options) override {
    return start_adb_screen(*server_, serial_, options);
  }

 private:
  const std::shared_ptr<AdbServer> server_;
  const std::string serial_;
};

}  // namespace

std::unique_ptr<DeviceLink> adb_link(std::shared_ptr<AdbServer> server, std::string serial) {
  return std::make_unique<AdbLink>(std::move(server), std::move(serial));
}

}  // namespace guzheng
