// What an adb server may answer, however wrong. First byte: which call is made; the rest: what every connection says.
#include <cstring>

#include "core/device/link.h"

namespace guzheng {
namespace {

class SaidStream final : public Stream {
 public:
  explicit SaidStream(ByteView said) : said_(said) {}
  Result<std::size_t> read_some(std::span<std::uint8_t> into, std::chrono::milliseconds) override {
    const std::size_t n = std::min({into.size(), said_.size(), std::size_t{7}});      // in small pieces, as TCP may
    if (n > 0) std::memcpy(into.data(), said_.data(), n);
    said_ = said_.subspan(n);
    return n;
  }
  Status write_all(ByteView) override { return ok(); }
  void cancel() override {}

 private:
  ByteView said_;
};

class SaidTransport final : public Transport {
 public:
  explicit SaidTransport(ByteView said) : said_(said) {}
  Result<std::unique_ptr<Stream>> connect() override { return std::unique_ptr<Stream>(std::make_unique<SaidStream>(said_)); }
  [[nodiscard]] std::string description() const override { return "fuzz"; }

 private:
  ByteView said_;
};

}  // namespace
}  // namespace guzheng

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  if (size == 0) return 0;
  const auto server = std::make_shared<AdbServer>(std::make_shared<SaidTransport>(ByteView(data + 1, size - 1)));
  const auto link = adb_link(server, "S");
  constexpr std::chrono::milliseconds kLimit{1000};
  switch (data[0] % 8) {
    case 0: (void)server->version(); break;
    case 1: (void)server->devices(); break;
    case 2: (void)server->shell("S", "id", kLimit); break;
    case 3: (void)server->exec("S", "id", kLimit, 4096); break;
    case 4: (void)server->push("S", as_bytes("content"), "/data/x"); break;
    case 5: (void)server->pull("S", "/data/x", 1u << 20); break;
    case 6: (void)link->screenshot(kLimit); break;
    default: (void)link->hierarchy(kLimit); break;
  }
  return 0;
}
