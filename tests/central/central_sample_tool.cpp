// central_sample_tool DIR [--second]: a practice bureau in DIR/bureau (made when it is not there), a sample package of it in vault form and the ZIP that a
// workstation uploads of it, DIR/upload.zip; --second: another package, DIR/upload-2.zip; --many N: N packages, each its own upload. Prints one line of
// JSON for each: package, zip, zip_sha256, fingerprint, bytes.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/identity/practice.h"
#include "core/seal/vault_form.h"
#include "tests/support/sample_bag.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

// Package `number` of today, from 1.
Status make(const fs::path& folder, const Bureau& bureau, const Clock& clock, int number) {
  test::SampleOptions options;
  std::string serial = std::to_string(number);
  serial.insert(0, 4 - std::min<std::size_t>(serial.size(), 4), '0');
  options.id = bureau.station + "-" + format_day(clock.wall()) + "-" + serial;
  const auto sample = test::make_sample_bag(folder, bureau, clock, options);
  GZ_TRY_ASSIGN(const auto recipients, vault_recipients(bureau));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto done, encrypt_package(sample.bag, {recipients, bureau.station_signer.get(), {}}));
  const auto zip = folder / (number > 1 ? "upload-" + std::to_string(number) + ".zip" : "upload.zip");
  GZ_TRY_ASSIGN(const auto digest, write_upload(sample.bag, zip));
  GZ_TRY_ASSIGN(const auto line, canonical_json({{"bytes", fs::file_size(zip)}, {"fingerprint", sample.outcome.fingerprint}, {"package", sample.bag.filename().string()}, {"zip", zip.string()}, {"zip_sha256", digest}}));
  std::printf("%s\n", line.c_str());
  return ok();
}

Status make_all(const fs::path& folder, int first, int last) {
  const SystemClock clock;
  GZ_TRY(make_private_folder(folder));
  GZ_TRY_ASSIGN(const auto bureau, open_practice_bureau(folder / "bureau", clock));
  for (int number = first; number <= last; ++number) GZ_TRY(make(folder, bureau, clock, number));
  return ok();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 1;
  const std::string_view how = argc > 2 ? argv[2] : "";
  const int many = how == "--many" && argc > 3 ? std::atoi(argv[3]) : 0;
  const int first = how == "--second" ? 2 : 1, last = many > 0 ? many : first;
  const auto made = make_all(fs::absolute(argv[1]), first, last);
  if (made) return 0;
  std::fprintf(stderr, "%s\n", made.error().what.c_str());
  return 2;
}
