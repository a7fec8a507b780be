#include "core/session/app_facts.h"

#include <algorithm>

namespace guzheng {

namespace {

constexpr std::chrono::seconds kAppAnswer{4}, kDigestAnswer{15};
constexpr std::string_view kPackageLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._";

std::string base_of(const std::vector<std::string>& paths) {
  const auto it = std::find_if(paths.begin(), paths.end(), [](const auto& path) { return path.ends_with("/base.apk"); });
  return it != paths.end() ? *it : paths.empty() ? std::string() : paths.front();      // apps of the system have names of their own
}

std::string digest_of(const std::vector<AppFile>& files, const std::string& path) {
  const auto it = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
  return it == files.end() ? std::string() : it->sha256;
}

}  // namespace

std::optional<Foreground> foreground_app(DeviceLink& link, std::chrono::milliseconds limit) {
  const auto window = link.shell("dumpsys window", limit);
  if (!window || window->exit_code != 0) return std::nullopt;
  return parse_foreground(as_text(window->out));
}

AppFacts ask_app(DeviceLink& link, const Foreground& app, AppProofs& proofs, const AppQuestion& question) {
  AppFacts out;
  if (is_launcher(app.package) || app.package.find_first_not_of(kPackageLetters) != app.package.npos) return out;
  out.app = app;
  bool gone = false;                         // a phone that does not answer is not asked again
  const auto phone_says = [&](const std::string& command, std::chrono::milliseconds limit) -> std::string {
    if (gone || question.cancel.cancelled()) return {};
    const auto output = link.shell(command, limit);
    gone = !output;
    if (!output || output->exit_code != 0) return {};
    const std::string text(as_text(output->out));
    out.raw += "$ " + command + "\n" + text;
    return text;
  };
  out.version = app_version(phone_says("dumpsys package " + app.package, kAppAnswer));
  const auto paths = app_paths(phone_says("pm path " + app.package, kAppAnswer));
  out.base = base_of(paths);
  std::string all;
  for (const auto& path : paths) all += " " + path;
  if (!paths.empty()) out.files = app_digests(phone_says("sha256sum" + all, kDigestAnswer));
  out.proof.why = "the phone did not say where its package lies";
  if (!out.base.empty() && !gone)
    out.proof = proofs.prove(link, {app.package, out.version.version_code, out.base, digest_of(out.files, out.base), question.sdk}, question.spool, question.limit, question.cancel);
  return out;
}

}  // namespace guzheng
