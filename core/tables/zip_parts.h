// Room tables. The parts of a workbook's ZIP, inflated piece by piece and bounded: a bomb ends with an error, not with the memory. One thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "core/tables/table.h"

struct zip;
struct zip_file;

namespace guzheng {

class ZipPart {
 public:
  ~ZipPart();
  ZipPart(const ZipPart&) = delete;
  ZipPart& operator=(const ZipPart&) = delete;
  // 0: the end, its check sum was right. Invalid: damaged, or a bomb. Cancelled.
  Result<std::size_t> read(std::span<char> into);
  [[nodiscard]] std::uint64_t inflated() const { return inflated_; }         // so far
  [[nodiscard]] std::uint64_t size() const { return size_; }                 // inflated, as the ZIP says it is

 private:
  friend class ZipParts;
  ZipPart(zip_file* file, std::string name, std::uint64_t size, std::uint64_t packed, const TableLimits& limits, std::function<bool()> called_off);
  zip_file* file_;
  std::string name_;
  std::uint64_t size_, packed_, inflated_ = 0;
  TableLimits limits_;
  std::function<bool()> called_off_;
};

class ZipParts {
 public:
  static Result<std::unique_ptr<ZipParts>> open(const std::filesystem::path& file, const TableOptions& options);
  static Result<std::unique_ptr<ZipParts>> open(ByteView bytes, const TableOptions& options);
  ~ZipParts();
  ZipParts(const ZipParts&) = delete;
  ZipParts& operator=(const ZipParts&) = delete;
  [[nodiscard]] bool has(const std::string& name) const;
  // NotFound. Unsupported: with a password. The part must not outlive the ZIP.
  Result<std::unique_ptr<ZipPart>> part(const std::string& name);

 private:
  ZipParts(zip* archive, const TableOptions& options) : archive_(archive), limits_(options.limits), called_off_(options.called_off) {}
  zip* archive_;
  TableLimits limits_;
  std::function<bool()> called_off_;
};

}  // namespace guzheng
