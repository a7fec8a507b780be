// Test support. Single changed bytes, one at a time, over any file or folder: whatever holds evidence must notice each of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace guzheng::test {

// A stretch of one file that is picked as often as any other: headers and small files get their share beside large ones.
struct FlipStretch {
  std::filesystem::path file;
  std::uint64_t begin = 0, size = 0;
};

struct FlipTarget {
  std::string name;
  std::vector<FlipStretch> stretches;                        // as stretches_of(), or finer; empty ones are ignored
  std::function<std::string()> verify;                       // "": the change was noticed; else what was said instead
};

struct FlipResult {
  std::uint64_t flips = 0;
  std::vector<std::string> unnoticed;                        // "file, byte, from, to: what was said", at most 20
  double seconds = 0;
};

// Every plain file of a folder (or the one file), each as one stretch. Makes them writable.
std::vector<FlipStretch> stretches_of(const std::filesystem::path& file_or_folder);

// Half of the bytes are picked evenly over all bytes, half evenly over stretches. Each byte gets a random other value, the
// target is judged, the byte is put back. The same seed picks the same bytes of the same target.
FlipResult run_flips(const FlipTarget& target, std::uint64_t count, std::uint64_t seed);

// What the long form runs, and what CI runs: GUZHENG_LONG=1 in the environment wants `in_long`.
std::uint64_t flip_count(std::uint64_t in_ci, std::uint64_t in_long);
// GUZHENG_SEED in the environment, or a fixed one. Printed by who uses it.
std::uint64_t flip_seed();

}  // namespace guzheng::test
