// capture --phone [NODE/]SERIAL --phone [NODE/]SERIAL …: 并行取证 (A-7.3e). One order, a package each, in step; what they saw is compared.
#include <algorithm>
#include <memory>

#include "app/guzheng-evidence/cmd_capture.h"
#include "core/base/file.h"
#include "core/compare/read_group.h"
#include "core/session/compulsory.h"
#include "core/session/group_run.h"

namespace guzheng::evidence {

namespace {

// Which phone, before each line of it.
std::string of_phone(const Program& program, int number) {
  return std::string(program.say("手机 ", "phone ")) + std::to_string(number) + std::string(program.say("：", ": "));
}

// Of one phone: "NODE/SERIAL", or "SERIAL" at the node or adb server of all.
CaptureArguments of_one(const CaptureArguments& all, const std::string& phone) {
  CaptureArguments one = all;
  const auto slash = phone.find('/');
  if (slash != std::string::npos) one.node = phone.substr(0, slash);
  one.serial = slash == std::string::npos ? phone : phone.substr(slash + 1);
  return one;
}

struct Parallel {
  GroupOutcome outcome;
  Comparison comparison;
};

Result<Parallel> capture_all(const CaptureArguments& arguments, Program& program, std::vector<std::unique_ptr<Teller>>& tellers) {
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(arguments.desk, program));
  GZ_TRY_ASSIGN(const auto witness, chosen_witness(arguments, program));
  GroupRun run;
  for (const auto& phone : arguments.phones) {
    GZ_TRY_ASSIGN(PracticeRun one, prepare_run(of_one(arguments, phone), desk, program));
    tellers.push_back(std::make_unique<Teller>(program, of_phone(program, static_cast<int>(tellers.size()) + 1)));
    one.listener = tellers.back().get();
    one.witness = witness;
    run.phones.push_back(std::move(one));
  }
  run.options.lag = std::chrono::seconds(arguments.lag_s);
  run.options.on_stopped = [&](int member, const std::string& why) { program.complain(of_phone(program, member) + std::string(program.say("停止，其余继续：", "stopped, the others go on: ")) + why); };
  run.progress = [&](int member, std::size_t step, const ScriptStep& what) {
    program.print(of_phone(program, member) + std::string(program.say("步骤 ", "step ")) + std::to_string(step + 1) + " " + what.action);
  };
  auto done = run_group(run);
  if (!done) {
    note_done(desk, program, "op.session", Json{{"phones", arguments.phones}, {"result", "failed"}, {"why", done.error().what}});
    return Failure(done.error());
  }
  Parallel out{std::move(*done), {}};
  std::vector<MemberPlace> places;
  for (const auto& member : out.outcome.result.members) {
    places.push_back({member.number, member.phone, member.package ? member.package->folder : std::filesystem::path{}, member.unsealed});
    if (member.package)
      note_done(desk, program, "op.seal", Json{{"fingerprint", member.package->seal.fingerprint}, {"group", out.outcome.result.group}, {"package", member.package->id}, {"phone", member.phone},
                                               {"result", member.package->incomplete.empty() ? "complete" : "incomplete"}});
  }
  out.comparison = compare_members(read_places(places, desk.bureau.opener.get()));
  const auto vault = open_vault(arguments.vault, desk, program.clock);
  for (const auto& member : out.outcome.result.members) {
    if (!member.package) continue;
    if (vault) put_away(**vault, desk, member.package->id, arguments.leave_plain, program);
    else program.complain(std::string(program.say("已封存，但未能加密：", "Sealed, but not encrypted: ")) + vault.error().what);
    if (witness) settle_witness(*witness, member.package->folder, program);
  }
  return out;
}

Json as_json(const Parallel& done) {
  const auto& result = done.outcome.result;
  Json members = Json::array();
  for (const auto& member : result.members) {
    Json one{{"member", member.number}, {"phone", member.phone}, {"stopped", member.stopped}, {"unsealed", member.unsealed}};
    if (member.package) {
      one["fingerprint"] = member.package->seal.fingerprint;
      one["id"] = member.package->id;
      one["incomplete"] = member.package->incomplete;
      one["package"] = member.package->folder.string();
    }
    members.push_back(std::move(one));
  }
  return {{"comparison", to_json(done.comparison)}, {"group", result.group}, {"members", std::move(members)},
          {"practice", done.outcome.bureau.practice}, {"recorded", result.recorded}, {"record_error", result.record_error}};
}

void tell_differences(const Comparison& comparison, const Program& program) {
  program.print(std::string(program.say("佐证对照，不同之处：", "Compared, differences: ")) + std::to_string(comparison.differences));
  for (const auto& page : comparison.pages)
    for (const auto& row : page.rows) {
      if (!row.differs) continue;
      std::string line = "  ≠ " + page.title + " " + std::string(aspect_name(row.aspect)) + " " + row.what + "：";
      for (std::size_t i = 0; i < row.cells.size(); ++i)
        line += (i == 0 ? "" : "｜") + std::to_string(comparison.members[i].number) + " " + row.cells[i].text + (row.cells[i].differs ? " ≠" : "");
      program.print(line);
    }
}

void tell(const Parallel& done, Program& program) {
  const auto& result = done.outcome.result;
  for (const auto& member : result.members) {
    const std::string of = of_phone(program, member.number);
    if (!member.package) {
      program.complain(of + std::string(program.say("没有证据包：", "no package: ")) + member.unsealed);
      continue;
    }
    program.print(of + std::string(program.say("证据包：", "Package: ")) + member.package->folder.string());
    program.print(of + std::string(program.say("封签指纹：", "Fingerprint: ")) + member.package->seal.fingerprint);
    for (const auto& reason : member.package->incomplete) program.complain(of + std::string(program.say("不完整：", "incomplete: ")) + reason);
    if (!member.package->seal.stamped) program.complain(of + std::string(program.say("待时间戳：时间戳机构没有应答，稍后补。", "The seal's time stamp is still to come.")));
  }
  if (!result.recorded) program.complain(std::string(program.say("没有写成组记录，各包都记为“并行取证缺组记录”：", "The group's record was not written, each package lacks it: ")) + result.record_error);
  else if (!result.record_stamped) program.complain(program.say("组记录待时间戳：时间戳机构没有应答。", "The group's record has no time stamp: no authority answered."));
  tell_differences(done.comparison, program);
  if (done.outcome.bureau.practice) program.print(program.say("练习 — 不得作为证据", "Practice: no evidence"));
}

bool went_through(const GroupResult& result) {
  return result.recorded && std::all_of(result.members.begin(), result.members.end(), [](const auto& m) { return m.package && m.stopped.empty(); });
}

}  // namespace

void run_parallel(const CaptureArguments& arguments, Program& program) {
  if (arguments.phones.size() < 2 || arguments.phones.size() > static_cast<std::size_t>(kMostMembers)) {
    program.complain(program.say("并行取证要写 2 到 16 部手机，每部一个 --phone；只有一部时用 --serial。", "Wrong usage: a parallel capture names 2 to 16 phones, a --phone each; for one use --serial."));
    program.exit_code = kUsage;
    return;
  }
  if (arguments.audio || !arguments.audio_text.empty()) {
    program.complain(program.say("并行取证不录音：--audio、--audio-text 只用于一部手机（--serial）。", "Wrong usage: a parallel capture records no sound; --audio and --audio-text are for one phone (--serial)."));
    program.exit_code = kUsage;
    return;
  }
  std::vector<std::unique_ptr<Teller>> tellers;          // outlive the sessions
  const auto done = capture_all(arguments, program, tellers);
  if (!done) {
    program.could_not(what_happened(done.error().kind), "Nothing was captured", done.error());
    program.complain(program.say("若取证已经开始，已录内容留在证据库中，用 guzheng-evidence recover 封存。",
                                 "If the capture had begun, what was recorded is in the vault: seal it with guzheng-evidence recover."));
    return;
  }
  tell(*done, program);
  if (!arguments.result.empty())
    if (const auto written = write_atomically(arguments.result, as_bytes(as_json(*done).dump(2) + "\n")); !written)
      return program.could_not("证据包已封存，但写不出 " + arguments.result, "The packages are sealed, but the result file could not be written", written.error());
  const auto& members = done->outcome.result.members;
  const bool whole = std::all_of(members.begin(), members.end(), [](const auto& m) { return m.package && m.package->incomplete.empty(); });
  program.exit_code = !went_through(done->outcome.result) ? kIncomplete : done->outcome.bureau.practice ? kPractice : whole ? kWhole : kIncomplete;
}

}  // namespace guzheng::evidence
