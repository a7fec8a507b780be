// trigger --script FILE --unit UNIT --source complaint|patrol|transfer|result --clue TEXT [--clue-number N] [--hours N] [--station ID] [--kind WORD] [--node NAME] [--serial S]
//   [--set MEMBER=TEXT]… [--desk DIR | --policy FILE --officer BADGE …] [--server URL] [--central PEM] [-o FILE]
#include <memory>

#include "app/guzheng-evidence/central_place.h"
#include "app/guzheng-evidence/cmd_worker.h"
#include "app/guzheng-evidence/desk.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/session/script.h"
#include "core/sync/work_link.h"

namespace guzheng::evidence {

namespace {

struct TriggerArguments {
  std::string script, unit, source, clue, clue_number, station, kind, node, serial, server, central, out;
  std::vector<std::string> set;                    // MEMBER=TEXT
  int hours = 72;
  DeskChoice desk;
};

// The order's members are the script's own, but for those that --set gives.
Result<TriggerOrder> order_of(const TriggerArguments& in, const Json& script, const std::string& text, WallTime now) {
  TriggerOrder out;
  out.id = WorkLink::new_order_id();
  out.unit = in.unit;
  out.station = in.station;
  out.clue = {in.source, in.clue_number, in.clue};
  for (const char* key : {"order_no", "task", "case_no", "reason", "what", "legal_basis", "subject_name", "credit_code", "shop", "platform", "link", "ownership"})
    out.order[key] = text_at(script.value("order", Json::object()), key);
  for (const auto& one : in.set) {
    const auto equals = one.find('=');
    const std::string key = one.substr(0, equals);
    if (equals == std::string::npos || !is_trigger_order_key(key)) return fail(ErrorKind::Invalid, "--set " + one + " is not MEMBER=TEXT, with a member of a script's \"order\"");
    out.order[key] = one.substr(equals + 1);
  }
  out.script_name = text_at(script, "name");
  out.script_sha256 = sha256_hex(as_bytes(text));
  out.phone = {in.kind, in.node, in.serial};
  out.issued_at = now;
  out.deadline = {now.ms + in.hours * std::int64_t{3'600'000}};
  return out;
}

Result<SignedTrigger> sign(const TriggerArguments& in, const Signer& officer, Program& program) {
  std::vector<ScriptProblem> problems;
  const auto whole = read_script(in.script, &problems);
  for (const auto& problem : problems) program.complain(in_words(problem, program.language));
  if (!whole) return fail(whole.error());
  SignedTrigger out;
  GZ_TRY_ASSIGN(out.script, read_text(in.script, kMostTriggerScript));
  GZ_TRY_ASSIGN(const auto script, parse_json(out.script));
  GZ_TRY_ASSIGN(const auto order, order_of(in, script, out.script, program.clock.wall()));
  GZ_TRY_ASSIGN(out.text, write_trigger_order(order));
  GZ_TRY_ASSIGN(out.signature, officer.sign_detached(as_bytes(out.text)));
  return out;
}

Result<std::string> bring(const TriggerArguments& in, Program& program) {
  // what cannot be sent is told before anybody signs
  GZ_TRY_ASSIGN(const auto place, station_place({in.server, in.desk.desk, in.desk.people.policy, in.central}, program.clock));
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(in.desk, program));
  if (!desk.officer1) return fail(ErrorKind::Invalid, "nobody at this desk can sign");
  GZ_TRY_ASSIGN(const auto trigger, sign(in, *desk.officer1, program));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto checked, check_trigger(trigger, desk.bureau.org_root_pem, desk.bureau.org_crl_pem, program.clock.wall()));
  if (!in.out.empty()) {
    GZ_TRY_ASSIGN(const auto text, write_signed_trigger(trigger));
    GZ_TRY(write_atomically(in.out, as_bytes(text)));
  }
  GZ_TRY_ASSIGN(auto link, runner_parts(place.way, program.clock).link({}));
  WorkLink work(std::move(link));
  GZ_TRY_ASSIGN(const auto kept, work.bring(trigger));
  const auto number = std::to_string(integer_at(kept, "number"));
  note_done(desk, program, "op.trigger", Json{{"by", desk.officer1->info().subject_cn}, {"id", checked.order.id}, {"number", integer_at(kept, "number")}, {"order", checked.order.order.at("order_no")}});
  return number;
}

}  // namespace

void add_trigger(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("trigger");
  const auto in = std::make_shared<TriggerArguments>();
  command->add_option("--script", in->script)->required();
  command->add_option("--unit", in->unit)->required();
  command->add_option("--source", in->source)->required()->check(CLI::IsMember({"complaint", "patrol", "transfer", "result"}));
  command->add_option("--clue", in->clue)->required();
  command->add_option("--clue-number", in->clue_number);
  command->add_option("--hours", in->hours)->check(CLI::Range(1, 24 * 90));
  command->add_option("--station", in->station);
  command->add_option("--kind", in->kind);
  command->add_option("--node", in->node);
  command->add_option("--serial", in->serial);
  command->add_option("--set", in->set)->take_all()->allow_extra_args(false);
  command->add_option("--server", in->server);
  command->add_option("--central", in->central);
  command->add_option("-o,--out", in->out);
  add_desk_options(*command, in->desk);
  set_manual(*command, "trigger", program.language);
  command->callback([in, &program] {
    const auto number = bring(*in, program);
    if (!number) return program.could_not("没有下达触发取证指令", "No capture was ordered", number.error());
    program.print(std::string(program.say("已下达，排队等候执行，编号 ", "Ordered, waits to be done, number ")) + *number);
  });
}

}  // namespace guzheng::evidence
