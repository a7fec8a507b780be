// sample_bag_tool DIR [--late | --case NAME]: a practice bureau in DIR/bureau, a sample package DIR/ID, its export DIR/package.zip and
// the roots DIR/roots/{org,tsa}.pem. --late leaves out the second signature and the seal's stamp;
// --case makes a package whose own makers break a rule, or stay just within it: see shape().
#include <cstdio>
#include <string_view>

#include "core/base/file.h"
#include "tests/support/sample_bag.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

// The system's clock, some minutes slow until it is put right: so time passes without waiting, and no stamp lies in the future.
class LateClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return {system_.wall().ms - behind_ms}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return system_.monotonic(); }
  [[nodiscard]] int zone_minutes() const override { return system_.zone_minutes(); }
  std::int64_t behind_ms = 0;

 private:
  SystemClock system_;
};

bool shape(std::string_view name, LateClock& clock, test::SampleOptions& options) {
  const auto three_minutes = [&](const char* gap) {
    clock.behind_ms = 180'000;
    options.closing_gap = gap;
    options.before_close = [&clock] { clock.behind_ms = 0; };
    return true;
  };
  const auto fall = [&](const char* reason) {
    options.fall_at = 30;
    options.fall_reason = reason;
    return true;
  };
  if (name == "no-heads") return three_minutes("");
  if (name == "no-heads-stamp-late") return three_minutes("stamp-late");
  if (name == "no-heads-link-lost") return three_minutes("link-lost: unplugged");
  if (name == "phone-started-again") return fall("link-lost: unplugged");
  if (name == "clock-falls") return fall("queue-full");
  if (name == "unknown-gap") return options.closing_gap = "bad-weather", true;
  if (name == "automatic") {
    options.change = [](const std::string& file, Json& value) {
      if (file == "order.json") value["type"] = "自动取证";
    };
    return true;
  }
  if (name != "wrong-position") return false;
  options.change = [](const std::string& file, Json& value) {
    if (file == "values.json") value["items"][1]["position_ms"] = integer_at(value["items"][1], "position_ms") + 1;
  };
  return true;
}

Status make(const fs::path& folder, LateClock& clock, const test::SampleOptions& options) {
  GZ_TRY(make_private_folder(folder / "roots"));
  GZ_TRY_ASSIGN(const auto bureau, open_practice_bureau(folder / "bureau", clock));
  const auto sample = test::make_sample_bag(folder, bureau, clock, options);
  GZ_TRY(write_atomically(folder / "roots/org.pem", as_bytes(bureau.org_root_pem)));
  GZ_TRY(write_atomically(folder / "roots/tsa.pem", as_bytes(bureau.tsa_root_pem)));
  GZ_TRY_ASSIGN(const auto digest, export_package(sample.bag, folder / "package.zip"));
  const ExportRecord record{"示例市市场监督管理局法制科", "光盘", digest};
  GZ_TRY_ASSIGN(const auto written, write_export_record(record, sample.bag, folder / "package.zip", *bureau.officers[0], bureau, clock));
  std::printf("%s\n%s\n", sample.bag.c_str(), sample.outcome.fingerprint.c_str());
  return ok();
}
}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 1;
  test::SampleOptions options;
  if (argc > 2 && std::string_view(argv[2]) == "--late") options.second_signature = options.stamp_seal = false;
  LateClock clock;
  if (argc > 3 && std::string_view(argv[2]) == "--case" && !shape(argv[3], clock, options)) return 1;
  const auto made = make(argv[1], clock, options);
  if (!made) std::fprintf(stderr, "%s\n", made.error().what.c_str());
  return made ? 0 : 2;
}
