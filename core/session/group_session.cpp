#include "core/session/group_session.h"

#include <algorithm>
#include <set>
#include <thread>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/session/gesture.h"
#include "core/session/ledger.h"
#include "core/session/script_runner.h"
#include "core/session/step_gate.h"

namespace guzheng {

namespace {

// One thread for each, joined before it returns.
void at_once(const std::vector<int>& members, const std::function<void(int)>& act) {
  std::vector<std::thread> threads;
  threads.reserve(members.size());
  for (const int member : members) threads.emplace_back([&act, member] { act(member); });
  for (auto& thread : threads) thread.join();
}

Status check_setups(const std::vector<SessionSetup>& setups) {
  if (setups.size() < 2 || setups.size() > static_cast<std::size_t>(kMostMembers)) return fail(ErrorKind::Invalid, "a parallel capture needs 2 to 16 phones");
  std::set<std::string> phones;
  for (const auto& setup : setups) {
    if (!setup.link || setup.bureau != setups[0].bureau || setup.clock != setups[0].clock || setup.bureau == nullptr || setup.clock == nullptr)
      return fail(ErrorKind::Bug, "the members of a group have one bureau, one clock and a phone each");
    if (!phones.insert(setup.link->serial()).second) return fail(ErrorKind::Invalid, "phone " + setup.link->serial() + " is there twice: each member of a group needs its own");
  }
  return ok();
}

// Which member of this group an open bag is, by its order; 0: none.
int member_of(const std::filesystem::path& bag, const std::string& group) {
  const auto text = read_text(bag / kAttach / "order.json", 1u << 20);
  if (!text) return 0;
  const auto order = parse_json(text->ends_with('\n') ? std::string_view(*text).substr(0, text->size() - 1) : *text);
  if (!order || !order->is_object() || !order->contains("group") || !(*order)["group"].is_object()) return 0;
  const Json& place = (*order)["group"];
  return text_at(place, "id") == group ? static_cast<int>(integer_at(place, "member")) : 0;
}

}  // namespace

Result<std::unique_ptr<GroupSession>> GroupSession::start(std::vector<SessionSetup> setups, GroupOptions options) {
  GZ_TRY(check_setups(setups));
  std::unique_ptr<GroupSession> group(new GroupSession);
  group->group_ = new_group();
  group->options_ = std::move(options);
  group->clock_ = setups[0].clock;
  group->bureau_ = setups[0].bureau;
  group->officer_ = setups[0].officer1 ? setups[0].officer1 : setups[0].bureau->officers.empty() ? nullptr : setups[0].bureau->officers[0];
  std::vector<std::string> phones;
  std::vector<int> all;
  for (auto& setup : setups) {
    if (&setup != &setups[0]) setup.order = setups[0].order;         // one order, in place before the members begin side by side
    phones.push_back(setup.link->serial());
    group->members_.push_back(std::make_unique<Member>());
    group->members_.back()->phone = phones.back();
    all.push_back(static_cast<int>(phones.size()));
  }
  std::vector<std::optional<Error>> failed(setups.size());
  at_once(all, [&](int number) {
    auto& setup = setups[static_cast<std::size_t>(number - 1)];
    setup.group = GroupPlace{group->group_, number, phones};
    auto session = CaptureSession::start(setup);
    if (session) group->at(number).session = std::move(*session);
    else failed[static_cast<std::size_t>(number - 1)] = session.error();
  });
  bool any = false;
  for (const int number : all) {
    auto& member = group->at(number);
    any = any || member.session;
    if (member.session) {
      group->say_whose(number);
      continue;
    }
    member.unsealed = "没有开始：" + failed[static_cast<std::size_t>(number - 1)]->what;
    group->stop(number, member.unsealed);
  }
  group->seal_what_was_left(setups);
  if (!any) return Failure(failed[0]->in("no phone of the group could begin"));
  return group;
}

// A phone that sends one picture and no other does not begin, yet a segment stands in its journal: recovery would seal it some day, and the group's record,
// signed meanwhile, would say that it never was. So it is sealed now, before there is a record. A bag with nothing recorded in it is put aside.
void GroupSession::seal_what_was_left(const std::vector<SessionSetup>& setups) {
  if (std::all_of(members_.begin(), members_.end(), [](const auto& member) { return member->session != nullptr; })) return;
  auto bags = setups[0].vault->unfinished();
  if (!bags) {
    log_warn("session", bags.error().in("what members of a group left could not be looked for").what);
    for (auto& member : members_) member->bag_open = !member->session;
    return;
  }
  for (auto& bag : *bags) {
    const int number = member_of(bag.folder, group_);
    if (number < 1 || number > size() || at(number).session) continue;
    SessionSetup setup = setups[static_cast<std::size_t>(number - 1)];
    setup.link.reset();
    auto sealed = recover(std::move(bag), setup);
    if (sealed) at(number).left = std::move(sealed->package);
    else if (sealed.error().kind != ErrorKind::NotFound) {
      at(number).bag_open = true;
      at(number).unsealed += "；已录内容还没有封存：" + sealed.error().what;
    }
  }
}

void GroupSession::say_whose(int number) {
  const auto said = [&](const std::vector<std::string>& list) { return static_cast<std::size_t>(number) <= list.size() ? list[static_cast<std::size_t>(number - 1)] : std::string(); };
  const std::string place = said(options_.places), account = said(options_.accounts);
  if (place.empty() && account.empty()) return;
  const std::string words = (place.empty() ? "" : "所在地：" + place) + (place.empty() || account.empty() ? "" : "；") + (account.empty() ? "" : "账号：" + account);
  (void)at(number).session->note("并行取证：本机" + words + "（取证人员填写）");
}

GroupSession::~GroupSession() = default;

bool GroupSession::goes_on(int member) const {
  const std::lock_guard lock(mutex_);
  return at(member).session && at(member).stopped.empty();
}

std::string GroupSession::stopped(int member) const {
  const std::lock_guard lock(mutex_);
  return at(member).stopped;
}

CaptureSession* GroupSession::session(int member) const { return at(member).session.get(); }

void GroupSession::stop(int number, const std::string& why) {
  Member& member = at(number);
  {
    const std::lock_guard lock(mutex_);
    if (!member.stopped.empty()) return;
    member.stopped = why;
  }
  // in its own journal; a journal that takes no line any more has said so itself
  if (member.session) (void)member.session->note("并行取证：本机停止，其余手机继续：" + why);
  if (options_.on_stopped) options_.on_stopped(number, why);
}

std::vector<int> GroupSession::running() const {
  std::vector<int> out;
  for (int i = 1; i <= size(); ++i)
    if (goes_on(i)) out.push_back(i);
  return out;
}

void GroupSession::for_each_running(const std::function<void(int)>& act) const { at_once(running(), act); }

void GroupSession::run_script(const Script& script, const std::function<void(int, std::size_t, const ScriptStep&)>& progress, const ScriptSecrets* secrets) {
  StepGate gate(members_.size(), options_.lag, *clock_, [this](std::size_t index) {
    stop(static_cast<int>(index) + 1, "没有跟上其他手机，其余手机等了 " + std::to_string(options_.lag.count() / 1000) + " 秒");
  });
  for (int i = 1; i <= size(); ++i)
    if (!goes_on(i)) gate.leave(static_cast<std::size_t>(i - 1));
  for_each_running([&](int number) {
    const auto index = static_cast<std::size_t>(number - 1);
    CaptureSession& session = *at(number).session;
    const std::string of = "/" + std::to_string(script.steps.size()) + "：";
    ScriptRunner runner(script, session, *clock_, secrets, [this, number] { return !goes_on(number); });
    auto done = runner.begin();
    while (done && !runner.ended()) {
      const std::size_t step = runner.next();
      if (!gate.arrive(index) || !goes_on(number)) break;      // who was left behind is told by those who waited
      if (progress) progress(number, step, script.steps[step]);
      done = session.note("并行取证步骤 " + std::to_string(step + 1) + of + script.steps[step].action);
      if (done) done = runner.step();
    }
    if (!done) stop(number, runner.stopped() ? in_words(*runner.stopped(), Language::Chinese) : done.error().what);
    gate.leave(index);
  });
}

void GroupSession::capture(const ItemDescription& description) {
  std::map<int, int> items;
  for (int i = 1; i <= size(); ++i)
    if (goes_on(i)) items[i] = at(i).session->capture(description);
  for (const auto& [number, item] : items) {
    CaptureSession& session = *at(number).session;
    session.wait_captures();
    const auto made = session.status().items;
    if (std::none_of(made.begin(), made.end(), [&, wanted = item](const auto& one) { return one.number == wanted; })) stop(number, "页面没有取到");
  }
}

SealedPackage* GroupSession::seal(Member& member, const std::string& reason, MemberResult& out) {
  auto sealed = member.session->end(out.stopped.empty() ? reason : "并行取证中本机停止：" + out.stopped);
  if (!sealed && sealed.error().kind == ErrorKind::Invalid && out.stopped.empty() && reason.empty()) sealed = member.session->end("没有取全应取内容");
  if (sealed) out.package = std::move(*sealed);
  else out.unsealed = "没有封存：" + sealed.error().what;
  return out.package ? &*out.package : nullptr;
}

GroupResult GroupSession::end(const std::string& incomplete_reason) {
  GroupResult out;
  out.group = group_;
  std::vector<int> begun;
  for (int i = 1; i <= size(); ++i) {
    out.members.push_back({i, at(i).phone, at(i).left, at(i).left ? std::string() : at(i).unsealed, stopped(i)});
    if (at(i).session) begun.push_back(i);
  }
  at_once(begun, [&](int number) { seal(at(number), incomplete_reason, out.members[static_cast<std::size_t>(number - 1)]); });
  // Its bag lies in open/ and will be recovered and sealed: a record signed now would say that it never was.
  const auto open = std::find_if(out.members.begin(), out.members.end(), [&](const auto& member) { return !member.package && (at(member.number).session || at(member.number).bag_open); });
  if (open != out.members.end()) {
    out.record_error = "第 " + std::to_string(open->number) + " 部手机的证据还没有封存，组记录等它恢复封存后再补：guzheng-evidence group";
    return out;
  }
  GroupRecord record{group_, {}};
  for (const auto& member : out.members) record.members.push_back({member.package ? member.package->folder : std::filesystem::path{}, member.unsealed});
  const auto written = officer_ ? write_group(record, *officer_, *bureau_, *clock_) : Result<WrittenGroup>(fail(ErrorKind::Invalid, "no officer signs the group's record"));
  out.recorded = written.has_value();
  if (written) out.record_stamped = written->stamped;
  else out.record_error = written.error().what;
  return out;
}

}  // namespace guzheng
