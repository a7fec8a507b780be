// Feeds a fuzz target its seeds without libFuzzer: each seed, each of its beginnings, each with one byte changed.
// Long seeds are sampled, so that the whole stays within seconds.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

void feed(const Input& input) { LLVMFuzzerTestOneInput(input.data(), input.size()); }

std::size_t feed_around(const Input& seed) {
  feed(seed);
  std::size_t count = 1;
  const std::size_t step = seed.size() / 400 + 1;
  for (std::size_t n = 0; n < seed.size(); n += step) {
    feed(Input(seed.begin(), seed.begin() + static_cast<std::ptrdiff_t>(n)));
    Input changed = seed;
    for (const std::uint8_t value : {0x00, 0x7f, 0x80, 0xff}) {
      changed[n] = value;
      feed(changed);
    }
    count += 5;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t seeds = 0, inputs = 0;
  for (int i = 1; i < argc; ++i)
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream file(entry.path(), std::ios::binary);
      inputs += feed_around(Input(std::istreambuf_iterator<char>(file), {}));
      ++seeds;
    }
  std::printf("%zu seeds, %zu inputs\n", seeds, inputs);
  return seeds > 0 ? 0 : 1;
}
