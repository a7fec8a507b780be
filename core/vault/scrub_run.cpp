#include "core/vault/scrub_run.h"

#include "core/base/digest.h"
#include "core/base/file.h"

namespace guzheng {

std::string scrub_kind(const ScrubRequest& request, bool with_copy) {
  const std::string roots = sha256_hex(as_bytes(request.roots.org_pem)) + sha256_hex(as_bytes(request.roots.tsa_pem));
  return std::string(request.opener != nullptr ? "opened" : "locked") + (with_copy ? ", with the second copy, " : ", alone, ") + sha256_hex(as_bytes(roots));
}

std::optional<ScrubRun> read_scrub_run(const std::filesystem::path& vault) {
  const auto text = read_text(vault / kScrubRun, 16u << 20);
  const auto json = text ? parse_json(*text) : Result<Json>(fail(ErrorKind::NotFound, ""));
  if (!json || !json->is_object() || !json->contains("began_ms") || !(*json)["began_ms"].is_number_integer() || !json->contains("done") || !(*json)["done"].is_array()) return {};
  ScrubRun run{WallTime{(*json)["began_ms"].get<std::int64_t>()}, text_at(*json, "kind"), {}};
  for (const auto& id : (*json)["done"])
    if (id.is_string()) run.done.push_back(id.get<std::string>());
  return run;
}

Status write_scrub_run(const std::filesystem::path& vault, const ScrubRun& run) {
  return write_atomically(vault / kScrubRun, as_bytes(Json{{"began_ms", run.began.ms}, {"done", run.done}, {"kind", run.kind}}.dump()));
}

bool goes_on(const ScrubRun& before, const ScrubRun& now) {
  const std::int64_t age = now.began.ms - before.began.ms;
  return before.kind == now.kind && age >= 0 && age < kScrubRunLastsMs;
}

}  // namespace guzheng
