// push write|check|take|acknowledged FILE …: subjects to another station and from one
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/guzheng-evidence/library.h"
#include "core/push/push.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct PushArguments {
  std::string act, file, answer;
  std::string filter, text, tag, category, to, note;
  bool all = false;
  DeskChoice desk;
};

class PushRun {
 public:
  PushRun(const PushArguments& given, Program& program) : given_(given), program_(program) {}

  void run() {
    const Status done = act();
    if (!done) program_.could_not("推送：未能完成", "Push: not done", done.error());
  }

 private:
  [[nodiscard]] std::string say(std::string_view chinese, std::string_view english) const { return std::string(program_.say(chinese, english)); }

  Status act() {
    GZ_TRY_ASSIGN(desk_, open_chosen_desk(given_.desk, program_));
    if (given_.act == "check") return check();
    if (given_.act == "acknowledged") return acknowledged();
    GZ_TRY_ASSIGN(store_, open_library(desk_, program_));
    return given_.act == "write" ? write() : take();
  }

  [[nodiscard]] PushTrust trust() const { return {desk_.bureau.org_root_pem, desk_.bureau.org_crl_pem, program_.clock.wall()}; }

  Result<std::shared_ptr<Signer>> signer() const {
    auto out = desk_.officer1 ? desk_.officer1 : desk_.bureau.officers.empty() ? nullptr : desk_.bureau.officers[0];
    if (!out) return fail(ErrorKind::Invalid, "the desk has no officer who could sign");
    return out;
  }

  Result<SubjectQuery> query() {
    SubjectQuery out;
    if (!given_.filter.empty()) {
      GZ_TRY_ASSIGN(const auto saved, store_->saved_filters());
      const auto it = std::find_if(saved.begin(), saved.end(), [&](const auto& one) { return one.name == given_.filter; });
      if (it == saved.end()) return fail(ErrorKind::NotFound, "no saved filter is called \"" + given_.filter + "\"");
      out = it->query;
    }
    if (!given_.text.empty()) out.text = given_.text;
    if (!given_.category.empty()) out.filter.categories = {given_.category};
    if (!given_.tag.empty()) {
      GZ_TRY_ASSIGN(const auto tags, store_->tags());
      const auto it = std::find_if(tags.begin(), tags.end(), [&](const Tag& one) { return one.name == given_.tag || one.group + "/" + one.name == given_.tag; });
      if (it == tags.end()) return fail(ErrorKind::NotFound, "no tag is called \"" + given_.tag + "\"");
      out.filter.tags = {it->id};
    }
    if (out.text.empty() && out.filter == SubjectFilter{} && !given_.all) return fail(ErrorKind::Invalid, "nothing is selected: --filter, --text, --tag or --category, or --all for the whole library");
    return out;
  }

  [[nodiscard]] std::string selected() const {
    std::string out;
    for (const auto* part : {&given_.filter, &given_.text, &given_.tag, &given_.category})
      if (!part->empty()) out += (out.empty() ? "" : "，") + *part;
    return out.empty() ? "全部" : out;
  }

  Status write() {
    for (std::int64_t behind = 1; behind > 0;) {              // what was just imported is selected too
      GZ_TRY_ASSIGN(const auto progress, store_->follow());
      behind = progress.behind;
    }
    GZ_TRY_ASSIGN(const auto asked, query());
    GZ_TRY_ASSIGN(const auto officer, signer());
    GZ_TRY_ASSIGN(const auto push, write_push(*store_, asked, {given_.to, given_.note, selected()}, *officer, program_.clock, given_.file));
    note_done(desk_, program_, "op.push", push_written_line(push, given_.file));
    program_.print(fmt::format("{} {}  {} {}", say("推送", "Push"), push.id, push.subjects, say("个主体", "subjects")));
    return ok();
  }

  void show(const PushSeen& push) const {
    program_.print(fmt::format("{} {}  {} {}", say("推送", "Push"), push.id, push.subjects, say("个主体", "subjects")));
    program_.print(fmt::format("{}：{} {} {} {}", say("签名", "Signed by"), push.by.unit, push.by.name, push.by.badge, format_time(push.at)));
    program_.print(fmt::format("{}：{}  {}：{}  {}：{}", say("发往", "To"), push.note.to, say("选取", "Selected"), push.note.filter, say("说明", "Note"), push.note.note));
  }

  Status check() {
    GZ_TRY_ASSIGN(const auto push, check_push(given_.file, trust()));
    show(push);
    return ok();
  }

  [[nodiscard]] std::string words_of(const PushHit& hit) const {
    const std::string from = fmt::format("{} {} {} ", hit.by.unit, hit.by.name, say("推送", "pushed"));
    return from + (hit.title.empty() ? say("的数据与重点主体匹配：", "data on a watched subject: ") + hit.watched : say("了新记录：", "a new record: ") + hit.title);
  }

  Status take() {
    const Act act = act_at(desk_, given_.note.empty() ? "接收推送" : given_.note);
    GZ_TRY_ASSIGN(const auto taken, take_push(*store_, given_.file, trust(), act, {}, [this](const PushHit& hit) { return words_of(hit); }));
    note_done(desk_, program_, "op.push", push_taken_line(taken));
    show(taken.seen);
    program_.print(fmt::format("{} {}  {} {}  {} {}  {} {}", say("新增", "added"), taken.added, say("更新", "changed"), taken.changed, say("相同", "same"), taken.same, say("批次", "batch"), taken.batch));
    if (taken.without_unit > 0) program_.complain(fmt::format("{} {}", taken.without_unit, say("个主体的监管单位本站没有登记，未改动其监管单位。", "subjects name a supervision unit that is not registered here; theirs was left as it is.")));
    if (given_.answer.empty()) return ok();
    GZ_TRY_ASSIGN(const auto officer, signer());
    GZ_TRY(write_acknowledgement(taken, *officer, program_.clock, given_.answer));
    program_.print(say("回执：", "Acknowledgement: ") + given_.answer);
    return ok();
  }

  // FILE is the push, --answer the acknowledgement that came back.
  Status acknowledged() {
    if (given_.answer.empty()) return fail(ErrorKind::Invalid, "--answer FILE: the acknowledgement that came back");
    GZ_TRY_ASSIGN(const auto push, check_push(given_.file, trust()));
    GZ_TRY_ASSIGN(const auto answer, check_acknowledgement(given_.answer, push, trust()));
    note_done(desk_, program_, "op.push", push_acknowledged_line(push, answer));
    program_.print(fmt::format("{}：{} {} {}  {} {}  {} {}  {} {}", say("已由对方导入", "Imported by"), answer.by.unit, answer.by.name, format_time(answer.at), say("新增", "added"), answer.added, say("更新", "changed"), answer.changed,
                               say("相同", "same"), answer.same));
    return ok();
  }

  const PushArguments& given_;
  Program& program_;
  PolicyDesk desk_;
  std::unique_ptr<SubjectStore> store_;
};

}  // namespace

void add_push(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("push");
  const auto arguments = std::make_shared<PushArguments>();
  command->add_option("ACT", arguments->act)->required()->check(CLI::IsMember({"write", "check", "take", "acknowledged"}));
  command->add_option("FILE", arguments->file)->required();
  command->add_option("--filter", arguments->filter);
  command->add_option("--text", arguments->text);
  command->add_option("--tag", arguments->tag);
  command->add_option("--category", arguments->category);
  command->add_flag("--all", arguments->all);
  command->add_option("--to", arguments->to);
  command->add_option("--note", arguments->note);
  command->add_option("--answer", arguments->answer);
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "push", program.language);
  command->callback([arguments, &program] { PushRun(*arguments, program).run(); });
}

}  // namespace guzheng::evidence
