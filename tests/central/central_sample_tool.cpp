// central_sample_tool DIR [--second | --number N | --many N] [--packets N]: a practice bureau in DIR/bureau (made when it is not there), a sample package of it in vault form and the ZIP
// that a workstation uploads of it, DIR/upload.zip; --second: another package, DIR/upload-2.zip; --number N: likewise the package of that number; --many N: those from 1 to N.
// --packets: how long its film is. Prints one line of JSON for each: package, zip, zip_sha256, fingerprint, bytes.
#include <fmt/format.h>

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

struct Wanted {
  int first = 1, last = 1, packets = 0;
};

Status make(const fs::path& folder, const Bureau& bureau, const Clock& clock, int number, int packets) {
  test::SampleOptions options;
  if (number > 1) options.id = fmt::format("{}-{}-{:04}", bureau.station, format_day(clock.wall()), number);
  if (packets > 0) options.packets = packets;
  const auto sample = test::make_sample_bag(folder, bureau, clock, options);
  GZ_TRY_ASSIGN(const auto recipients, vault_recipients(bureau));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto done, encrypt_package(sample.bag, {recipients, bureau.station_signer.get(), {}}));
  const fs::path zip = folder / (number > 1 ? fmt::format("upload-{}.zip", number) : std::string("upload.zip"));
  GZ_TRY_ASSIGN(const auto digest, write_upload(sample.bag, zip));
  GZ_TRY_ASSIGN(const auto line, canonical_json({{"bytes", fs::file_size(zip)}, {"fingerprint", sample.outcome.fingerprint}, {"package", sample.bag.filename().string()}, {"zip", zip.string()}, {"zip_sha256", digest}}));
  std::printf("%s\n", line.c_str());
  return ok();
}

Status make_all(const fs::path& folder, const Wanted& wanted) {
  const SystemClock clock;
  GZ_TRY(make_private_folder(folder));
  GZ_TRY_ASSIGN(const auto bureau, open_practice_bureau(folder / "bureau", clock));
  for (int number = wanted.first; number <= wanted.last; ++number) GZ_TRY(make(folder, bureau, clock, number, wanted.packets));
  return ok();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 1;
  Wanted wanted;
  for (int i = 2; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--second") wanted.first = wanted.last = 2;
    else if (word == "--number" && i + 1 < argc) wanted.first = wanted.last = std::atoi(argv[++i]);
    else if (word == "--many" && i + 1 < argc) wanted.last = std::atoi(argv[++i]);
    else if (word == "--packets" && i + 1 < argc) wanted.packets = std::atoi(argv[++i]);
    else return 1;
  }
  const auto made = make_all(fs::absolute(argv[1]), wanted);
  if (made) return 0;
  std::fprintf(stderr, "%s\n", made.error().what.c_str());
  return 2;
}
