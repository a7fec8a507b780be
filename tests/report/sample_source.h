// Test support of the report: a source as a sealed package would give it, with any number of screenshots, made in memory.
#pragma once

#include <filesystem>

#include "core/report/values.h"

namespace guzheng::test {

struct SourceOptions {
  int shots = 4;
  bool gap = false;
  std::string shop = "示例养生旗舰店";
  std::string title;                       // of every item; empty: by its kind
};

ReportSource sample_source(const SourceOptions& options = {});
Verification sample_verification(const ReportSource& source);
ReportContext sample_context();

// Writes data/main/shot-NNNN.png of 720 × 1280 for every item: a bar, a field, a list, different for each.
void write_sample_shots(const ReportSource& source, const std::filesystem::path& package);

}  // namespace guzheng::test
