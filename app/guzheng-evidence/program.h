// Program guzheng-evidence. What every subcommand gets: language, output, exit codes. No subcommand knows another.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/seal/proof_words.h"

namespace guzheng::evidence {

// Documented in every --help and tested (tests/cli).
enum Exit { kWhole = 0, kUsage = 1, kCouldNotRun = 2, kDamaged = 3, kIncomplete = 4, kCannotTell = 5, kPractice = 6 };

class Program {
 public:
  Program(Language wanted, const Clock& system_clock) : language(wanted), clock(system_clock) {}
  const Language language;
  const Clock& clock;
  int exit_code = kWhole;            // set by the subcommand that ran
  std::function<void()> at_end;      // what is done once the subcommand is through and has said what it had to say

  // One sentence in the language of this run.
  [[nodiscard]] std::string_view say(std::string_view chinese, std::string_view english) const {
    return language == Language::Chinese ? chinese : english;
  }
  void print(std::string_view line) const;         // stdout, with LF
  void complain(std::string_view line) const;      // stderr, with LF
  // A failure that is no verdict: what happened, what it means for the evidence, what to do next. Sets kCouldNotRun.
  void could_not(std::string_view step_chinese, std::string_view step_english, const Error& error);
};

// A package's folder as it was named on the command line: absolute, without a slash behind it. Its last part is the package's id.
std::filesystem::path package_folder(const std::string& argument);

// Gives `app` the help of a subcommand ("program": of the program itself) as a manual page: NAME … EXAMPLES.
void set_manual(CLI::App& app, std::string_view subcommand, Language language);

// Each adds its subcommand and what runs when it is chosen.
void add_verify(CLI::App& app, Program& program);
void add_export(CLI::App& app, Program& program);
void add_ca(CLI::App& app, Program& program);
void add_sign(CLI::App& app, Program& program);
void add_renew(CLI::App& app, Program& program);
void add_long(CLI::App& app, Program& program);
void add_review(CLI::App& app, Program& program);
void add_group(CLI::App& app, Program& program);
void add_stamp(CLI::App& app, Program& program);
#ifdef GUZHENG_WITH_VAULT
void add_vault(CLI::App& app, Program& program);
void add_scrub(CLI::App& app, Program& program);
void add_doctor(CLI::App& app, Program& program);
void add_backup(CLI::App& app, Program& program);
void add_restore(CLI::App& app, Program& program);
#endif
#ifdef GUZHENG_WITH_SUBJECTS
void add_subjects(CLI::App& app, Program& program);
void add_push(CLI::App& app, Program& program);
void add_patrol(CLI::App& app, Program& program);
#endif
#ifdef GUZHENG_WITH_SESSION
void add_capture(CLI::App& app, Program& program);
void add_import(CLI::App& app, Program& program);
void add_node(CLI::App& app, Program& program);
void add_recover(CLI::App& app, Program& program);
void add_script(CLI::App& app, Program& program);
#endif
#ifdef GUZHENG_WITH_TASKS
void add_tasks(CLI::App& app, Program& program);
#endif
#ifdef GUZHENG_WITH_REPORT
void add_report(CLI::App& app, Program& program);
#endif

}  // namespace guzheng::evidence
