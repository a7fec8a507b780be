// guzheng-evidence: evidence packages without a window. Wiring only; each subcommand has its own file.
#include <algorithm>
#include <cstdlib>

#include "app/guzheng-evidence/cmd_sync.h"
#include "app/guzheng-evidence/cmd_worker.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/secret.h"

using namespace guzheng;
using namespace guzheng::evidence;

namespace {

// --lang zh|en wins over LC_ALL, LC_MESSAGES and LANG; Chinese unless they say English.
Language choose_language(int argc, char** argv) {
  std::string wish;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value && wish.empty()) wish = value;
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == "--lang" && i + 1 < argc) wish = argv[i + 1];
    if (arg.starts_with("--lang=")) wish = arg.substr(7);
  }
  return wish.starts_with("en") ? Language::English : Language::Chinese;
}

}  // namespace

int main(int argc, char** argv) {
  // these lay out in the web engine, whose sandbox needs a process that may be traced
  keep_memory_private(std::any_of(argv, argv + argc, [](std::string_view word) { return word == "report" || word == "print" || word == "form" || word == "analyse"; }));
  const SystemClock clock;
  Program program(choose_language(argc, argv), clock);
  CLI::App app{"guzheng-evidence"};
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string("guzheng-evidence ") + GUZHENG_VERSION);
  std::string language;
  app.add_option("--lang", language)->check(CLI::IsMember({"zh", "en"}));
  set_manual(app, "", program.language);
  add_verify(app, program);
  add_export(app, program);
  add_stamp(app, program);
  add_review(app, program);
  add_group(app, program);
#ifdef GUZHENG_WITH_VAULT
  add_vault(app, program);
  add_scrub(app, program);
  add_doctor(app, program);
  add_backup(app, program);
  add_restore(app, program);
  add_sync(app, program);
#endif
#ifdef GUZHENG_WITH_SUBJECTS
  add_subjects(app, program);
  add_push(app, program);
  add_patrol(app, program);
#endif
  add_renew(app, program);
  add_ca(app, program);
  add_sign(app, program);
#ifdef GUZHENG_WITH_SESSION
  add_capture(app, program);
  add_import(app, program);
  add_node(app, program);
  add_recover(app, program);
  add_script(app, program);
  add_trigger(app, program);
  add_worker(app, program);
  add_long(app, program);
#endif
#ifdef GUZHENG_WITH_TASKS
  add_tasks(app, program);
#endif
#ifdef GUZHENG_WITH_REPORT
  add_report(app, program);
#endif
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {          // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    program.complain(error.what());
    program.complain(program.say("用法见 guzheng-evidence --help。", "See guzheng-evidence --help."));
    return kUsage;
  }
  if (program.at_end) program.at_end();
  return program.exit_code;
}
