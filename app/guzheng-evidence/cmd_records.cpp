#include "app/guzheng-evidence/cmd_records.h"

#include "core/base/digest.h"

namespace guzheng::evidence {

namespace {

// What a person saw of a conflict: another text when one of both sides moved.
std::string mark_of(const RecordConflict& conflict) {
  return std::to_string(conflict.number) + "-" + sha256_hex(as_bytes(conflict.mine + "\n" + conflict.theirs + "\n" + std::to_string(conflict.their_version))).substr(0, 8);
}

std::string field_text(const std::optional<Json>& value, const Program& program) {
  if (!value) return std::string(program.say("（无）", "(none)"));
  if (value->is_string()) return value->get<std::string>();
  const auto text = canonical_json(*value);
  return text ? *text : std::string("?");
}

std::string name_of(const RecordConflict& conflict) {
  for (const auto* body : {&conflict.mine, &conflict.theirs, &conflict.base})
    if (!body->empty()) {
      const auto json = parse_json(*body);
      if (json && json->is_object() && !text_at(*json, "name").empty()) return text_at(*json, "name");
    }
  return conflict.record.id;
}

}  // namespace

Result<std::unique_ptr<DeskRecords>> DeskRecords::open(const StationPlace& place, Program& program) {
  std::unique_ptr<DeskRecords> out(new DeskRecords(place, program));
  GZ_TRY(out->make());
  return out;
}

Status DeskRecords::make() {
  GZ_TRY_ASSIGN(book_, RecordDeskBook::open(place_.way.queue));
  GZ_TRY_ASSIGN(log_, OperationLog::open(log_file(place_.home), program_.clock));
  GZ_TRY_ASSIGN(store_, open_library(desk_, program_));
  subjects_ = std::make_unique<SubjectSource>(*store_);
  sync_ = std::make_unique<RecordSync>(*book_, std::vector<RecordSource*>{subjects_.get()}, *log_, program_.clock);
  return ok();
}

Status DeskRecords::run(const std::function<bool()>& stopped) {
  const auto link = link_of_way(place_.way, stopped);
  const auto done = link ? sync_->run(**link, "station", stopped) : Result<RecordRun>(fail(link.error()));
  if (!done) {
    const bool line = done.error().kind == ErrorKind::Network || done.error().kind == ErrorKind::Timeout || done.error().kind == ErrorKind::Denied;
    if (!line) return fail(done.error());
    if (told_ != done.error().what) program_.complain(say("主体和标签暂未同步，改动都在本机，恢复后接着同步：", "Subjects and tags are not kept in common now: what was changed is here and goes on later: ") + done.error().what);
    told_ = done.error().what;
    program_.exit_code = kIncomplete;
    return ok();
  }
  told_.clear();
  if (done->down + done->up + done->conflicts + done->equal > 0) {
    GZ_TRY(log_->append("op.records", {{"conflicts", done->conflicts}, {"down", done->down}, {"held", done->held}, {"refused", done->refused}, {"up", done->up}}));
    program_.print(say("主体和标签：收到 ", "Subjects and tags: received ") + std::to_string(done->down) + say("，送出 ", ", told ") + std::to_string(done->up));
  }
  if (done->conflicts > 0) program_.complain(say("两边都改过、要由人决定：", "Changed at both ends, for a person to decide: ") + std::to_string(done->conflicts) + say("（sync --conflicts）", " (sync --conflicts)"));
  if (done->refused > 0) program_.complain(say("中心系统不收：", "Not taken by the central system: ") + std::to_string(done->refused) + say("（sync --conflicts 列出原因）", " (sync --conflicts says why)"));
  if (done->held > 0) program_.complain(say("收到而不能放入本机的：", "Received, and cannot be put here: ") + std::to_string(done->held) + say("（sync --conflicts 列出原因）", " (sync --conflicts says why)"));
  return ok();
}

Result<bool> DeskRecords::settled() {
  GZ_TRY_ASSIGN(const auto totals, book_->totals());
  return totals.waiting == 0 && totals.conflicts == 0 && totals.refused == 0 && totals.held == 0;
}

void DeskRecords::show(const RecordConflict& conflict) {
  const std::string away = say("已删除", "taken away");
  program_.print(mark_of(conflict) + "  " + conflict.record.kind + "  " + name_of(conflict) + say("  对方：", "  theirs: ") + conflict.their_station + " " + conflict.their_person + " " + format_time(conflict.their_at));
  if (conflict.mine.empty() || conflict.theirs.empty()) {
    program_.print("  " + (conflict.mine.empty() ? say("本机：", "mine: ") + away + say("；对方：有改动", "; theirs: changed") : say("本机：有改动；对方：", "mine: changed; theirs: ") + away));
  }
  const auto fields = record_fields(conflict.base, conflict.mine, conflict.theirs);
  if (!fields) return program_.complain(fields.error().what);
  for (const auto& field : *fields) {
    if (!field.differs()) continue;
    program_.print("  " + field.name);
    program_.print(say("    原来：", "    before: ") + field_text(field.base, program_));
    program_.print(say("    本机：", "    mine:   ") + field_text(field.mine, program_));
    program_.print(say("    对方：", "    theirs: ") + field_text(field.theirs, program_));
  }
}

Status DeskRecords::list() {
  GZ_TRY_ASSIGN(const auto open, sync_->conflicts());
  for (const auto& conflict : open) show(conflict);
  if (open.empty()) program_.print(program_.say("没有待决定的冲突。", "No conflict waits for a decision."));
  GZ_TRY_ASSIGN(const auto troubles, book_->troubles());
  for (const auto& trouble : troubles)
    program_.print((trouble.from_there ? say("未放入本机  ", "not put here  ") : say("中心不收  ", "not taken there  ")) + trouble.record.kind + " " + trouble.record.id + "  " + trouble.why);
  if (!open.empty() || !troubles.empty()) program_.exit_code = kIncomplete;
  return ok();
}

Status DeskRecords::decide(const Choice& choice, const std::string& who) {
  GZ_TRY_ASSIGN(const auto open, sync_->conflicts());
  const auto found = std::find_if(open.begin(), open.end(), [&](const RecordConflict& one) { return mark_of(one) == choice.conflict; });
  if (found == open.end()) return fail(ErrorKind::NotFound, choice.conflict + " is no conflict as it stands now: look again (sync --conflicts), then decide");
  RecordSync::Decision decision;
  using Side = RecordSync::Decision::Side;
  decision.side = choice.side == "mine" ? Side::Mine : choice.side == "theirs" ? Side::Theirs : Side::Fields;
  decision.theirs_of = choice.theirs_of;
  GZ_TRY(sync_->decide(*found, decision, who));
  GZ_TRY(subjects_->settle());
  program_.print(choice.conflict + say("  已决定：", "  decided: ") + choice.side);
  return ok();
}

}  // namespace guzheng::evidence
