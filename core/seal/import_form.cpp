#include "core/seal/import_form.h"

namespace guzheng {

const std::vector<std::string_view>& import_kinds() {
  static const std::vector<std::string_view> kinds{"photo", "audio", "video", "document", "file", "seal-before", "seal-after"};
  return kinds;
}

const std::vector<std::string_view>& import_extensions() {
  static const std::vector<std::string_view> all{"3gp", "amr", "avi", "bin", "bmp", "docx", "flac", "gif", "heic", "jpg",  "m4a", "mkv", "mov",
                                                 "mp3", "mp4", "ogg", "pdf", "png", "pptx", "tif",  "txt", "wav",  "webp", "xlsx", "zip"};
  return all;
}

}  // namespace guzheng
