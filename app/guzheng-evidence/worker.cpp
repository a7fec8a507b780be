#include "app/guzheng-evidence/worker.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/thread_name.h"
#include "core/session/script.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostHand = 1u << 20;
constexpr std::size_t kLongestTold = 1500;         // bytes of a reason

// What a person reads at the other end: one line, not too long, whole characters.
std::string one_line(std::string text) {
  for (auto& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  if (text.size() > kLongestTold) {
    text.resize(kLongestTold);
    while (!text.empty() && !is_utf8(text)) text.pop_back();
    text += "…";
  }
  return is_utf8(text) ? text : "?";
}

// Was this package begun for the order in hand? Its order.json has the order's members, and it is none of those that were there when the order was taken.
bool is_captured_for(const std::string& id, const Json& written, const std::string& text, const std::string& newest) {
  const auto order = parse_trigger_order(text);
  if (!order || id <= newest || !written.is_object()) return false;
  const auto& o = order->order;
  const Json subject = written.value("subject", Json::object());
  for (const char* key : {"order_no", "task", "reason", "what", "legal_basis"})
    if (text_at(written, key) != o.at(key)) return false;
  return text_at(subject, "name") == o.at("subject_name") && text_at(subject, "link") == o.at("link");
}

// The last number that the vault has given out: packages are numbered upwards.
std::string newest_package(const fs::path& vault) {
  std::string out;
  for (const char* part : {"open", "sealed"}) {
    std::error_code ec;
    for (fs::directory_iterator it(vault / part, ec), end; !ec && it != end; it.increment(ec))
      if (const auto name = it->path().filename().string(); name.find('.') == name.npos) out = std::max(out, name);
  }
  return out;
}

// First of all the journal says by whose order this is done, and which bytes were signed: the central system has them.
ScriptStep note_of_order(const CheckedTrigger& checked, const SignedTrigger& trigger) {
  const std::string text = "触发取证指令 " + checked.order.id + "，签发人 " + checked.name + " " + checked.badge + "，指令的 SHA-256 " + sha256_hex(as_bytes(trigger.text)) + "，签名的 SHA-256 " + sha256_hex(trigger.signature);
  return {"note", Json{{"do", "note"}, {"text", text}}};
}

}  // namespace

struct Worker::Hand {
  std::int64_t number = 0;
  std::string lease, order, newest;                // order: its text; newest: package of the vault when it was taken
  WorkOutcome outcome;                             // result "": none yet
};

// Says every third of the lease that the order is still worked on; ours() is false from when it may be another's. Thread "lease".
class Worker::Lease {
 public:
  Lease(const WorkerPlace& place, const Work& work, const Clock& clock) : place_(place), work_(work), clock_(clock), until_us_(clock.monotonic().us + work.lease_ms * 1000) {
    thread_ = std::thread([this] { renew(); });
  }
  ~Lease() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
      woken_.notify_all();
    }
    thread_.join();
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  bool ours() const {
    const std::lock_guard lock(mutex_);
    return !lost_ && clock_.monotonic().us < until_us_;
  }

 private:
  void renew() {
    name_this_thread("lease");
    std::unique_ptr<WorkLink> link;
    std::int64_t wait_ms = work_.lease_ms / 3;
    std::unique_lock lock(mutex_);
    while (!woken_.wait_for(lock, std::chrono::milliseconds(wait_ms), [&] { return stop_; })) {
      lock.unlock();
      const auto asked_us = clock_.monotonic().us;
      if (!link)
        if (auto opened = place_.link()) link = std::move(*opened);
      const auto left = link ? link->renew(work_) : Result<std::int64_t>(fail(ErrorKind::Network, ""));
      lock.lock();
      if (left) until_us_ = asked_us + *left * 1000;
      else if (left.error().kind == ErrorKind::Invalid || left.error().kind == ErrorKind::NotFound) lost_ = true;
      wait_ms = left ? *left / 3 : std::min<std::int64_t>(work_.lease_ms / 3, 2000);         // a line that is down is tried again soon
    }
  }

  const WorkerPlace& place_;
  const Work work_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  bool stop_ = false, lost_ = false;               // under mutex_
  std::int64_t until_us_;                          // likewise
  std::thread thread_;
};

Status Worker::write_hand(const Hand& hand) const {
  GZ_TRY(make_private_folder(place_.folder));
  GZ_TRY_ASSIGN(const auto text, canonical_json({{"lease", hand.lease}, {"newest", hand.newest}, {"number", hand.number}, {"order", hand.order}, {"package", hand.outcome.package}, {"result", hand.outcome.result}, {"why", hand.outcome.why}}));
  return write_atomically(place_.folder / "hand.json", as_bytes(text + "\n"));
}

Result<std::optional<Worker::Hand>> Worker::read_hand() const {
  std::error_code ec;
  if (!fs::exists(place_.folder / "hand.json", ec)) return std::optional<Hand>();
  GZ_TRY_ASSIGN(const auto text, read_text(place_.folder / "hand.json", kMostHand));
  const auto json = parse_json(text);
  if (!json || !json->is_object() || integer_at(*json, "number") <= 0) return fail(ErrorKind::Tampered, (place_.folder / "hand.json").string() + " is no note of an order; look for a capture that it began, then remove it");
  return std::optional(Hand{integer_at(*json, "number"), text_at(*json, "lease"), text_at(*json, "order"), text_at(*json, "newest"), {text_at(*json, "result"), text_at(*json, "package"), text_at(*json, "why")}});
}

Status Worker::tell(WorkLink& link, const Hand& hand) {
  const std::string which = std::string(program_.say("指令 ", "order ")) + std::to_string(hand.number);
  auto told = link.settle(hand.number, hand.lease, hand.outcome);
  if (!told && told.error().kind != ErrorKind::Invalid && told.error().kind != ErrorKind::NotFound && told.error().kind != ErrorKind::Protocol) return told;
  if (!told) program_.complain(which + std::string(program_.say("：中心系统不再等这一次的结果（已取的证据包照常上传复核）：", ": the central system waits for this outcome no longer (what was captured is sent and reviewed all the same): ")) + told.error().what);
  std::error_code ec;
  fs::remove(place_.folder / "script.json", ec);
  fs::remove(place_.folder / "hand.json", ec);
  return ok();
}

Result<bool> Worker::one(WorkLink& link) {
  GZ_TRY_ASSIGN(const auto work, link.take({in_.kind, in_.capture.node, in_.capture.serial}));
  if (!work) return false;
  Hand hand{work->number, work->lease, work->order.text, newest_package(in_.capture.vault), {}};
  if (const auto written = write_hand(hand); !written) {                     // nothing is begun that a kill would leave untold
    (void)link.settle(hand.number, hand.lease, {"again", "", "取证工作站写不了磁盘：" + one_line(written.error().what)});
    return fail(written.error());
  }
  {
    const Lease lease(place_, *work, program_.clock);
    const CalledOff off = [&] { return place_.stopped() || !lease.ours(); };
    const auto why_off = [&]() -> std::string { return place_.stopped() ? "取证工作站停止运行" : "与中心系统的联系中断，指令可能已交给别的工作站"; };
    hand = attempt(std::move(hand), work->order, off, why_off);
  }
  GZ_TRY(write_hand(hand));
  GZ_TRY(tell(link, hand));
  return true;
}

Worker::Hand Worker::attempt(Hand hand, const SignedTrigger& trigger, const CalledOff& off, const std::function<std::string()>& why_off) {
  const auto& way = place_.station.way;
  const auto roots = read_text(way.root, 1u << 20), crl = read_text(way.crl);
  auto checked = roots && crl ? check_trigger(trigger, *roots, *crl, program_.clock.wall()) : Result<CheckedTrigger>(fail(roots ? crl.error() : roots.error()));
  const std::string which = std::string(program_.say("指令 ", "order ")) + std::to_string(hand.number);
  if (!checked) {
    const bool its_own = checked.error().kind == ErrorKind::Denied || checked.error().kind == ErrorKind::Invalid;
    hand.outcome = {its_own ? "failed" : "again", "", "工作站核对指令未通过：" + one_line(checked.error().what)};
    program_.complain(which + std::string(program_.say("：核对未通过，没有取证：", ": it does not hold, nothing was captured: ")) + checked.error().what);
    return hand;
  }
  program_.print(which + "  " + checked->order.order.at("order_no") + "  " + checked->order.order.at("subject_name") + "  " + std::string(program_.say("签发人 ", "signed by ")) + checked->name + " " + checked->badge);
  hand.outcome = capture(*checked, trigger, off, why_off, [&](const WorkOutcome& sealed) {
    hand.outcome = sealed;                         // from here on a kill loses nothing but the upload, which sync takes up
    if (const auto written = write_hand(hand); !written) program_.complain(written.error().what);
  });
  if (hand.outcome.result == "captured") program_.print(which + std::string(program_.say("：已封存，待复核：", ": sealed, waits for its review: ")) + hand.outcome.package);
  else program_.complain(which + (hand.outcome.result == "again" ? std::string(program_.say("：这一次没有完成，交回重做：", ": not done this time, given back: ")) : std::string(program_.say("：未能取证：", ": could not be captured: "))) + hand.outcome.why);
  return hand;
}

WorkOutcome Worker::capture(const CheckedTrigger& checked, const SignedTrigger& trigger, const CalledOff& off, const std::function<std::string()>& why_off, const std::function<void(const WorkOutcome&)>& sealed) {
  // what lies in the order itself will not be better the next time; everything else is this station's
  if (const auto script = parse_script(trigger.script); !script) return {"failed", "", one_line("指令的脚本不能用：" + script.error().what)};
  const auto failed = [](const Error& error) { return WorkOutcome{"again", "", one_line(std::string(what_happened(error.kind)) + "：" + error.what)}; };
  CaptureArguments arguments = in_.capture;
  arguments.script = (place_.folder / "script.json").string();
  arguments.witness = place_.station.way.central.url;
  arguments.central = place_.station.way.central.certificate.string();
  if (const auto written = write_atomically(arguments.script, as_bytes(trigger.script)); !written) return failed(written.error());
  auto desk = open_chosen_desk(arguments.desk, program_);
  if (!desk) return failed(desk.error());
  auto run = prepare_run(arguments, *desk, program_);
  if (!run) return failed(run.error());
  Json fields = Json::object();
  for (const auto& [key, value] : checked.order.order) fields[key] = value;
  auto order = parse_capture_order(fields);
  if (!order) return failed(order.error());
  run->script.order = std::move(*order);
  run->script.order.by_script = true;              // 自动取证: it waits for its review (行政处罚法 41)
  run->script.steps.insert(run->script.steps.begin(), note_of_order(checked, trigger));
  const auto witness = chosen_witness(arguments, program_);        // nobody is there to insist on it
  if (witness) run->witness = *witness;
  Teller teller(program_);
  run->listener = &teller;
  run->cancelled = off;
  auto done = run_practice(*run);
  if (!done) {
    note_done(*desk, program_, "op.session", Json{{"order", checked.order.order.at("order_no")}, {"phone", arguments.serial}, {"result", "failed"}, {"why", done.error().what}});
    return failed(done.error());
  }
  const auto& package = done->package;
  const bool called_off = off() && !done->script_error.empty();
  std::string why = called_off ? why_off() : done->stop ? in_words(*done->stop, Language::Chinese) : done->script_error;
  for (const auto& reason : package.incomplete) why += (why.empty() ? "" : "；") + reason;
  WorkOutcome out{called_off ? "again" : "captured", package.id, one_line(why)};
  sealed(out);
  note_done(*desk, program_, "op.seal", Json{{"fingerprint", package.seal.fingerprint}, {"order", checked.order.order.at("order_no")}, {"package", package.id}, {"phone", arguments.serial},
                                             {"result", package.incomplete.empty() ? "complete" : "incomplete"}});
  const auto vault = open_vault(arguments.vault, *desk, program_.clock);
  if (vault) encrypt_package(**vault, *desk, package.id, program_);
  else program_.complain(std::string(program_.say("已封存，但未能加密：", "Sealed, but not encrypted: ")) + vault.error().what);
  if (witness && *witness) settle_witness(**witness, package.folder, program_);
  return out;
}

Status Worker::settle_leftovers(WorkLink& link) {
  GZ_TRY_ASSIGN(auto hand, read_hand());
  if (!hand) return ok();
  if (hand->outcome.result.empty()) {
    program_.complain(std::string(program_.say("上次没有做完的指令，先处理它：", "An order that was begun and not ended comes first: ")) + std::to_string(hand->number));
    GZ_TRY_ASSIGN(hand->outcome, recover_hand(*hand));
    GZ_TRY(write_hand(*hand));
  }
  return tell(link, *hand);
}

// What a killed worker left: a bag that was begun, a package that was sealed and not noted, or nothing.
Result<WorkOutcome> Worker::recover_hand(const Hand& hand) {
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(in_.capture.desk, program_));
  GZ_TRY_ASSIGN(const auto vault, open_vault(in_.capture.vault, desk, program_.clock));
  GZ_TRY_ASSIGN(auto bags, vault->unfinished());
  SessionSetup setup;
  setup.bureau = &desk.bureau;
  setup.officer1 = desk.officer1;
  setup.officer2 = desk.officer2;
  setup.officer2_certificate_pem = desk.officer2_certificate_pem;
  setup.vault = vault.get();
  setup.clock = &program_.clock;
  setup.software_version = GUZHENG_VERSION;
  for (auto& bag : bags) {
    const auto text = read_text(bag.folder / "data/attach/order.json", kMostHand);
    const auto order = text ? parse_json(*text) : Result<Json>(fail(text.error()));
    if (!order || !is_captured_for(bag.id, *order, hand.order, hand.newest)) continue;            // another capture's: guzheng-evidence recover
    const std::string id = bag.id;
    const auto recovered = recover(std::move(bag), setup);
    if (!recovered) {
      note_done(desk, program_, "op.recover", Json{{"package", id}, {"result", "failed"}, {"why", recovered.error().what}});
      program_.could_not("未能恢复 " + id, "Could not recover " + id, recovered.error());
      return WorkOutcome{"again", "", one_line("取证中断，" + id + " 未能恢复，仍在取证工作站的证据库中：" + recovered.error().what)};
    }
    note_done(desk, program_, "op.recover", Json{{"fingerprint", recovered->package.seal.fingerprint}, {"lost", recovered->lost}, {"package", id}, {"result", "sealed"}});
    program_.print(std::string(program_.say("已恢复并封存（不完整）：", "Recovered and sealed as incomplete: ")) + recovered->package.folder.string());
    encrypt_package(*vault, desk, recovered->package.id, program_);
    return WorkOutcome{"again", recovered->package.id, one_line("取证中断，已恢复并封存：" + recovered->lost)};
  }
  GZ_TRY_ASSIGN(const auto packages, vault->list());
  for (const auto& one : packages) {
    if (!is_captured_for(one.id, one.order, hand.order, hand.newest)) continue;
    if (!one.encrypted) encrypt_package(*vault, desk, one.id, program_);
    return WorkOutcome{"captured", one.id, ""};
  }
  return WorkOutcome{"again", "", "取证工作站中断，取证尚未开始"};
}

}  // namespace guzheng::evidence
