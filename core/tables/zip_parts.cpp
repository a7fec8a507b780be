#include "core/tables/zip_parts.h"

#include <zip.h>

namespace guzheng {

namespace {

constexpr std::uint64_t kTrusted = 64u << 20;          // below it no ratio counts

std::string words(zip_error_t* error) {
  std::string out = zip_error_strerror(error);
  zip_error_fini(error);
  return out;
}

}  // namespace

ZipPart::ZipPart(zip_file* file, std::string name, std::uint64_t size, std::uint64_t packed, const TableLimits& limits, std::function<bool()> called_off)
    : file_(file), name_(std::move(name)), size_(size), packed_(packed), limits_(limits), called_off_(std::move(called_off)) {}
ZipPart::~ZipPart() { zip_fclose(file_); }

Result<std::size_t> ZipPart::read(std::span<char> into) {
  if (called_off_ && called_off_()) return fail(ErrorKind::Cancelled, "reading the table was called off");
  const auto got = zip_fread(file_, into.data(), into.size());
  if (got < 0) return fail(ErrorKind::Invalid, "the workbook is damaged: " + name_ + ": " + zip_file_strerror(file_));
  inflated_ += static_cast<std::uint64_t>(got);
  if (inflated_ > limits_.most_inflated) return fail(ErrorKind::Invalid, name_ + " inflates to more than " + std::to_string(limits_.most_inflated) + " bytes: refused");
  if (inflated_ > kTrusted && inflated_ / limits_.most_ratio > packed_)
    return fail(ErrorKind::Invalid, name_ + " inflates more than " + std::to_string(limits_.most_ratio) + " times: refused as a ZIP bomb");
  return static_cast<std::size_t>(got);
}

Result<std::unique_ptr<ZipParts>> ZipParts::open(const std::filesystem::path& file, const TableOptions& options) {
  int code = 0;
  if (zip_t* archive = zip_open(file.c_str(), ZIP_RDONLY, &code)) return std::unique_ptr<ZipParts>(new ZipParts(archive, options));
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  return fail(code == ZIP_ER_NOENT ? ErrorKind::NotFound : code == ZIP_ER_OPEN ? ErrorKind::Denied : ErrorKind::Invalid, file.string() + " is no whole workbook: " + words(&error));
}

Result<std::unique_ptr<ZipParts>> ZipParts::open(ByteView bytes, const TableOptions& options) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (!source) return fail(ErrorKind::Io, words(&error));
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (!archive) {
    zip_source_free(source);
    return fail(ErrorKind::Invalid, "no whole workbook: " + words(&error));
  }
  zip_error_fini(&error);
  return std::unique_ptr<ZipParts>(new ZipParts(archive, options));
}

ZipParts::~ZipParts() { zip_discard(archive_); }

bool ZipParts::has(const std::string& name) const { return zip_name_locate(archive_, name.c_str(), ZIP_FL_NOCASE | ZIP_FL_ENC_GUESS) >= 0; }

Result<std::unique_ptr<ZipPart>> ZipParts::part(const std::string& name) {
  const auto index = zip_name_locate(archive_, name.c_str(), ZIP_FL_NOCASE | ZIP_FL_ENC_GUESS);
  if (index < 0) return fail(ErrorKind::NotFound, "the workbook has no part " + name);
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_stat_index(archive_, static_cast<zip_uint64_t>(index), 0, &facts) != 0 || !(facts.valid & ZIP_STAT_COMP_SIZE) || !(facts.valid & ZIP_STAT_SIZE))
    return fail(ErrorKind::Invalid, "the workbook is damaged: " + name);
  if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) && facts.encryption_method != ZIP_EM_NONE)
    return fail(ErrorKind::Unsupported, "the workbook has a password: save it without one");
  zip_file_t* file = zip_fopen_index(archive_, static_cast<zip_uint64_t>(index), 0);
  if (!file) return fail(ErrorKind::Invalid, "the workbook is damaged: " + name + ": " + zip_strerror(archive_));
  return std::unique_ptr<ZipPart>(new ZipPart(file, name, facts.size, facts.comp_size, limits_, called_off_));
}

}  // namespace guzheng
