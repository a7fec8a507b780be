// sample_bag_tool DIR [--late]: a practice bureau in DIR/bureau, a sample package DIR/ID, its export DIR/package.zip and
// the roots DIR/roots/{org,tsa}.pem. --late leaves out the second signature and the seal's stamp.
#include <cstdio>
#include <string_view>

#include "core/base/file.h"
#include "tests/support/sample_bag.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {
Status make(const fs::path& folder, const test::SampleOptions& options) {
  const SystemClock clock;
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
  const auto made = make(argv[1], options);
  if (!made) std::fprintf(stderr, "%s\n", made.error().what.c_str());
  return made ? 0 : 2;
}
