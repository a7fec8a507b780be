// The training phone's command line.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/training/adb/auth.h"
#include "core/training/switches.h"

struct PhoneOptions {
  guzheng::training::Switches switches;
  guzheng::training::AuthMode auth = guzheng::training::AuthMode::Approve;
  std::filesystem::path auth_keys;         // --auth keys FILE
  std::filesystem::path state;             // --state; empty: nothing is kept
  std::uint16_t port = 0;
  std::uint64_t bytes_per_second = 0;
  double cut_after_s = 0, cut_for_s = 3;   // 0: no cut
  double stop_after_s = 0;                 // 0: until a signal
};

// Empty: help was printed or the line was wrong; `code` is then the exit code.
std::optional<PhoneOptions> read_options(int argc, char** argv, int& code);
