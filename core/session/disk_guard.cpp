#include "core/session/disk_guard.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kLookEvery = 2u << 20;

struct Guard {
  VaultLimits limits;
  std::function<void(std::uint64_t)> warn;
  std::function<Result<std::uint64_t>(const std::filesystem::path&)> free;
  bool warned = false;                       // record thread

  Status look(const std::filesystem::path& folder) {
    const auto left = free(folder);
    if (!left) return ok();                  // a disk that does not answer is found by the write itself
    if (*left < limits.stop_bytes)
      return fail(ErrorKind::NoSpace, folder.string() + " has " + std::to_string(*left >> 20) + " MiB free, the recording stops at " +
                                          std::to_string(limits.stop_bytes >> 20) + " MiB so that what was recorded can be sealed");
    if (*left < limits.warn_bytes && !std::exchange(warned, true) && warn) warn(*left);
    return ok();
  }
};

class GuardedSink final : public ByteSink {
 public:
  GuardedSink(std::unique_ptr<ByteSink> file, std::filesystem::path folder, std::shared_ptr<Guard> guard)
      : file_(std::move(file)), folder_(std::move(folder)), guard_(std::move(guard)) {}
  Status write(ByteView bytes) override {
    since_ += bytes.size();
    if (since_ >= kLookEvery) {
      since_ = 0;
      GZ_TRY(guard_->look(folder_));
    }
    return file_->write(bytes);
  }
  Status sync() override { return file_->sync(); }
  Status close() override { return file_->close(); }

 private:
  const std::unique_ptr<ByteSink> file_;
  const std::filesystem::path folder_;
  const std::shared_ptr<Guard> guard_;
  std::uint64_t since_ = 0;
};

}  // namespace

SinkFactory guarded_files(SinkFactory files, VaultLimits limits, std::function<void(std::uint64_t)> warn,
                          std::function<Result<std::uint64_t>(const std::filesystem::path&)> free) {
  auto guard = std::make_shared<Guard>(Guard{limits, std::move(warn), std::move(free)});
  return [files = std::move(files), guard](const std::filesystem::path& path) -> Result<std::unique_ptr<ByteSink>> {
    GZ_TRY(guard->look(path.parent_path()));             // at each new segment too
    GZ_TRY_ASSIGN(auto file, files(path));
    return std::unique_ptr<ByteSink>(std::make_unique<GuardedSink>(std::move(file), path.parent_path(), guard));
  };
}

}  // namespace guzheng
