#include "app/guzheng-evidence/phone_server.h"

#include "core/device/server_file.h"
#include "core/session/practice_run.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

fs::path program_folder() {
  std::error_code ec;
  return fs::read_symlink("/proc/self/exe", ec).parent_path();
}

bool is_training(DeviceLink& link) {
  const auto answer = link.shell("getprop ro.guzheng.training", std::chrono::milliseconds(5000));
  const auto text = answer ? as_text(answer->out) : std::string_view{};
  return !text.empty() && text.front() != '\n' && text.front() != '0';
}

fs::path practice_server() {
  std::error_code ec;
  const fs::path programs = program_folder();
  for (const fs::path& place : {programs / "scrcpy-server-practice.jar", programs / "../share/guzheng/training/scrcpy-server-practice.jar", fs::path(GUZHENG_PRACTICE_SERVER)})
    if (fs::exists(place, ec)) return place;
  return {};
}

}  // namespace

Status choose_phone_server(DeviceLink& link, const std::string& named, const PolicyDesk& desk, ScreenOptions& options) {
  options.accepted_server_digests = desk.policy.scrcpy_server_sha256;
  if (desk.bureau.practice) options.accepted_server_digests.emplace_back(kPracticeServerSha256);
  if (is_training(link)) {
    options.server_file = named.empty() ? practice_server().string() : named;
    return options.server_file.empty() ? Status(fail(ErrorKind::NotFound, "the practice server file is not on this computer: name it with --server")) : ok();
  }
  const fs::path programs = program_folder();
  std::vector<fs::path> places{named};
  if (named.empty()) places = {desk.policy.scrcpy_server_folder, programs / "scrcpy-server", programs / "../share/guzheng/scrcpy-server", "/usr/share/scrcpy/scrcpy-server"};
  GZ_TRY_ASSIGN(const ServerFile server, find_server_file(places, desk.policy.scrcpy_server_sha256));
  options.server_file = server.path.string();
  options.version = server.version;
  return ok();
}

}  // namespace guzheng::evidence
