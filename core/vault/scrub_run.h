// Room vault, private. What a scrub that was stopped had done: `scrub.json` in the vault, so that the next one goes on behind it. The file is
// unsigned, whoever can write to the vault can write it: what it says was done is told as such, and it ages. Blocks.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/vault/scrub.h"

namespace guzheng {

inline constexpr const char* kScrubRun = "scrub.json";
inline constexpr std::int64_t kScrubRunLastsMs = 7LL * 24 * 3600 * 1000;

struct ScrubRun {
  WallTime began;
  std::string kind;                          // what was asked for: scrub_kind
  std::vector<std::string> done;             // packages
};

// With or without a key, with or without the second copy, under which roots: "done" of one kind is not "done" of another.
std::string scrub_kind(const ScrubRequest& request, bool with_copy);
// None: there is none, or it is of another form.
std::optional<ScrubRun> read_scrub_run(const std::filesystem::path& vault);
Status write_scrub_run(const std::filesystem::path& vault, const ScrubRun& run);
// Is `now`, which would begin, the same kind of run as `before`, begun in the seven days before it?
bool goes_on(const ScrubRun& before, const ScrubRun& now);

}  // namespace guzheng
