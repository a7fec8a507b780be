#include "app/guzheng-central/scrub.h"

#include <csignal>
#include <thread>

#include "core/base/log.h"
#include "core/central/at_rest.h"
#include "core/central/scrub.h"

namespace guzheng::central {

namespace {

volatile std::sig_atomic_t scrub_called_off = 0;
void call_off_scrub(int) { scrub_called_off = 1; }

bool sleep_unless_called_off(std::chrono::milliseconds time) {
  constexpr std::chrono::milliseconds kStep{100};
  for (; time.count() > 0 && scrub_called_off == 0; time -= kStep) std::this_thread::sleep_for(std::min(time, kStep));
  return scrub_called_off == 0;
}

std::string cause(const std::string& why, const Program& program) {
  if (why == "missing") return program.say("不见了", "missing");
  if (why == "altered") return program.say("内容已变", "altered");
  if (why == "unreadable") return program.say("读不出", "unreadable");
  if (why == "record") return program.say("它的记录已变", "its record is not what it was");
  if (why == "retention") return program.say("保管期限被缩短", "its retention was shortened");
  return why;
}

void tell(const ScrubFinding& one, const Program& program) {
  const std::string named = one.object + (one.store.empty() ? "" : "  " + one.store) + (one.why.empty() ? "" : "  " + cause(one.why, program));
  switch (one.what) {
    case ScrubFinding::What::Repaired: return Program::complain(program.say("已用另一份修复：", "Repaired from the other store: ") + named);
    case ScrubFinding::What::Unrepaired: return Program::complain(program.say("没能修复，另一份完好：", "Could not be repaired, the other copy is whole: ") + named);
    case ScrubFinding::What::Lost: return Program::complain(program.say("两份都已不是原来的证据，没有改动任何一份：", "LOST OR DAMAGED IN BOTH STORES, nothing was touched: ") + named);
    case ScrubFinding::What::Unnamed: return Program::complain(program.say("没有任何回执提到，未动：", "No receipt names it, left alone: ") + named);
    case ScrubFinding::What::Receipt: return Program::complain(program.say("数据库中的回执与存证日志不符：", "The database's receipt is not what the evidence log says: ") + (one.package.empty() ? one.why : one.package + "  " + cause(one.why, program)));
  }
}

std::string summary(const ScrubRun& run, const Program& program) {
  const auto& c = run.count;
  const auto n = [](std::int64_t value) { return std::to_string(value); };
  std::string out = program.say("复查完成：证据 ", "Scrubbed: objects ") + n(c.objects) + program.say("，读出字节 ", ", bytes read ") + n(c.bytes) + program.say("，修复 ", ", repaired ") + n(c.repaired) +
                    program.say("，没能修复 ", ", not repaired ") + n(c.unrepaired) + program.say("，丢失或损坏 ", ", lost or damaged ") + n(c.lost) + program.say("，无人提到 ", ", unnamed ") + n(c.unnamed);
  if (c.expired > 0) out += program.say("，保管期满且已无存 ", ", past their retention and gone ") + n(c.expired);
  return out;
}

}  // namespace

Status scrub(const ScrubCommand& command, Program& program) {
  GZ_TRY_ASSIGN(const auto config, read_central_config(command.config));
  GZ_TRY_ASSIGN(const auto at_rest, open_at_rest(config, program.clock));
  std::signal(SIGINT, call_off_scrub);
  std::signal(SIGTERM, call_off_scrub);
  ScrubParts parts;
  parts.database = at_rest->database.get();
  parts.log = at_rest->log.get();
  parts.first = at_rest->first.get();
  parts.second = at_rest->second.get();
  parts.clock = &program.clock;
  parts.roots_pem = at_rest->root_pem;
  parts.bytes_a_second = static_cast<std::uint64_t>(command.mib_per_second) << 20;
  parts.pause = sleep_unless_called_off;
  parts.note = [&](std::string_view kind, const Json& body) {
    if (const auto noted = at_rest->access->event(kind, body); !noted) Program::complain(noted.error().what);
  };
  parts.found = [&](const ScrubFinding& one) { tell(one, program); };
  const auto run = run_scrub(parts);
  if (!run && run.error().kind == ErrorKind::Cancelled) {
    Program::complain(program.say("复查已停止；下次从停下处继续。", "Stopped; the next scrub goes on from here."));
    program.exit_code = kCouldNotRun;
    return ok();
  }
  if (!run) return fail(run.error());
  Program::print(summary(*run, program));
  if (run->log_problem.empty()) Program::print(program.say("存证日志已逐条核验，完好。", "The evidence log was audited entry by entry: it holds."));
  else Program::complain(program.say("存证日志已不完好：", "THE EVIDENCE LOG DOES NOT HOLD: ") + run->log_problem);
  const auto& c = run->count;
  if (!run->log_problem.empty() || c.lost > 0 || c.receipts > 0) program.exit_code = kDamaged;
  else if (c.unrepaired > 0 || c.unnamed > 0) program.exit_code = kIncomplete;
  return ok();
}

}  // namespace guzheng::central
