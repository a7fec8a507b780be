#include "core/media/byte_sink.h"

#include "core/base/file.h"

namespace guzheng {

namespace {

class FileSink final : public ByteSink {
 public:
  explicit FileSink(AppendFile file) : file_(std::move(file)) {}
  Status write(ByteView bytes) override { return file_.write(bytes); }
  Status sync() override { return file_.sync(); }
  Status close() override { return file_.close(); }

 private:
  AppendFile file_;
};

}  // namespace

SinkFactory append_files() {
  return [](const std::filesystem::path& path) -> Result<std::unique_ptr<ByteSink>> {
    GZ_TRY_ASSIGN(AppendFile file, AppendFile::create(path));
    return std::unique_ptr<ByteSink>(std::make_unique<FileSink>(std::move(file)));
  };
}

}  // namespace guzheng
