#include "tests/flips/flips.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

#include "core/base/file.h"

namespace guzheng::test {

namespace fs = std::filesystem;

std::vector<FlipStretch> stretches_of(const fs::path& top) {
  std::vector<FlipStretch> out;
  const auto add = [&](const fs::path& file) {
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    out.push_back({file, 0, fs::file_size(file)});
  };
  if (fs::is_regular_file(top)) add(top);
  else
    for (const auto& entry : fs::recursive_directory_iterator(top))
      if (fs::is_regular_file(entry.symlink_status())) add(entry.path());
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
  return out;
}

namespace {

// One byte of a file, changed until this goes.
class ChangedByte {
 public:
  ChangedByte(const fs::path& file, std::uint64_t at, std::uint8_t flip) : fd_(::open(file.c_str(), O_RDWR | O_CLOEXEC)), at_(static_cast<off_t>(at)) {
    good_ = ::pread(fd_.get(), &before, 1, at_) == 1;
    after = static_cast<std::uint8_t>(before ^ flip);
    good_ = good_ && ::pwrite(fd_.get(), &after, 1, at_) == 1;
  }
  ~ChangedByte() {
    if (good_ && ::pwrite(fd_.get(), &before, 1, at_) != 1) std::abort();       // every later result would be worthless
  }
  ChangedByte(const ChangedByte&) = delete;
  ChangedByte& operator=(const ChangedByte&) = delete;
  [[nodiscard]] bool done() const { return good_; }
  std::uint8_t before = 0, after = 0;

 private:
  UniqueFd fd_;
  off_t at_;
  bool good_ = false;
};

}  // namespace

FlipResult run_flips(const FlipTarget& target, std::uint64_t count, std::uint64_t seed) {
  FlipResult result;
  std::vector<FlipStretch> stretches;
  std::uint64_t total = 0;
  for (const auto& stretch : target.stretches) {
    if (stretch.size > 0) stretches.push_back(stretch);
    total += stretch.size;
  }
  if (total == 0) {
    result.unnoticed.push_back(target.name + " has no bytes");
    return result;
  }
  std::mt19937_64 random(seed);
  const auto begun = std::chrono::steady_clock::now();
  for (; result.flips < count && result.unnoticed.size() < 20; ++result.flips) {
    const FlipStretch* in = nullptr;
    std::uint64_t at = 0;
    if (result.flips % 2 == 0) {
      at = random() % total;
      for (in = stretches.data(); at >= in->size; ++in) at -= in->size;
    } else {
      in = &stretches[random() % stretches.size()];
      at = random() % in->size;
    }
    const ChangedByte changed(in->file, in->begin + at, static_cast<std::uint8_t>(1 + random() % 255));
    const std::string said = changed.done() ? target.verify() : "the byte could not be changed";
    if (!said.empty())
      result.unnoticed.push_back(fmt::format("{}, byte {}, {:#04x} to {:#04x}: {}", in->file.string(), in->begin + at, changed.before, changed.after, said));
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return result;
}

std::uint64_t flip_count(std::uint64_t in_ci, std::uint64_t in_long) {
  const char* wish = std::getenv("GUZHENG_LONG");
  return wish && std::string_view(wish) == "1" ? in_long : in_ci;
}

std::uint64_t flip_seed() {
  const char* wish = std::getenv("GUZHENG_SEED");
  return wish && *wish ? std::strtoull(wish, nullptr, 10) : 20261121;
}

}  // namespace guzheng::test
