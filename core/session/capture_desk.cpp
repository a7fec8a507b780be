#include "core/session/capture_desk.h"

#include <algorithm>
#include <cstdio>

#include "core/base/thread_name.h"
#include "core/media/png.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {
constexpr std::chrono::seconds kShotLimit{15}, kLayoutLimit{10};

std::string shot_path(int number, const char* extension) {
  char name[32];
  std::snprintf(name, sizeof name, "shot-%04d.%s", number, extension);
  return std::string(kMain) + name;
}

// FORMAT.md 5.1: `SHA256  path before after segment`, `0 0 -` outside the recording.
std::string shot_body(const std::string& sha256, const std::string& path, const ShotPosition& before, const ShotPosition& after) {
  if (before.segment.empty()) return sha256 + "  " + path + " 0 0 -";
  return sha256 + "  " + path + " " + std::to_string(before.pts_us) + " " +
         std::to_string(std::max(before.pts_us, after.pts_us)) + " " + before.segment;
}

struct PasswordFields {
  bool focused = false;                      // one has the focus
  bool readable = false;                     // one has other text than dots: its hint, or what was typed (some apps show it)
};

// Bullets, asterisks and the like: nothing that anybody typed.
bool is_masked(std::string_view text) {
  for (const std::string_view dot : {"•", "●", "·", "∙", "*", "&#8226;", "&#9679;"})
    if (text.size() % dot.size() == 0) {
      bool all = true;
      for (std::size_t i = 0; i < text.size(); i += dot.size()) all = all && text.substr(i, dot.size()) == dot;
      if (all) return true;
    }
  return text.empty();
}

std::string_view attribute(std::string_view node, std::string_view name) {
  const auto at = node.find(name);
  if (at == node.npos) return {};
  const auto value = node.substr(at + name.size());
  return value.substr(0, value.find('"'));
}

PasswordFields password_fields(const std::string& xml) {
  PasswordFields out;
  for (std::size_t at = xml.find("<node "); at != std::string::npos; at = xml.find("<node ", at + 1)) {
    const std::string_view node = std::string_view(xml).substr(at, xml.find('>', at) - at);
    if (node.find("password=\"true\"") == node.npos) continue;
    out.focused = out.focused || node.find("focused=\"true\"") != node.npos;
    out.readable = out.readable || !is_masked(attribute(node, " text=\"")) || !is_masked(attribute(node, " content-desc=\""));
  }
  return out;
}
}  // namespace

void CaptureDesk::start(std::function<void()> first) {
  capture_busy_ = true;                      // before the threads are: wait() waits for `first` too
  capture_thread_ = std::thread([this, first = std::move(first)] { run_captures(first); });
  layout_thread_ = std::thread([this] { run_layouts(); });
}

int CaptureDesk::capture(ItemDescription description) {
  const std::lock_guard lock(mutex_);
  jobs_.push_back({++numbers_, std::move(description)});
  asked_us_[numbers_] = parts_.ledger.clock().monotonic().us;
  changed_.notify_all();
  return numbers_;
}

void CaptureDesk::set_long_page(const std::vector<int>& numbers, int long_page) {
  const std::lock_guard lock(mutex_);
  for (auto& item : items_)
    if (std::find(numbers.begin(), numbers.end(), item.number) != numbers.end()) item.long_page = long_page;
}

Status CaptureDesk::describe(int number, ItemDescription description) {
  {
    const std::lock_guard lock(mutex_);
    if (number < 1 || number > numbers_) return fail(ErrorKind::NotFound, "there is no item " + std::to_string(number));
  }
  if (auto line = parts_.ledger.line("note", description_body(number, description)); !line) return Failure(std::move(line.error()));
  const std::lock_guard lock(mutex_);
  for (auto& job : jobs_)
    if (job.number == number) job.description = description;
  for (auto& item : items_)
    if (item.number == number) item.description = description;
  return ok();
}

bool CaptureDesk::idle() const { return jobs_.empty() && !capture_busy_ && layouts_.empty() && !layout_busy_; }

void CaptureDesk::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return idle(); });
}

bool CaptureDesk::wait_within(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [this] { return idle(); });
}

void CaptureDesk::finish_within(std::chrono::milliseconds patience) {
  if (wait_within(patience)) return;
  call_off().cancel();                       // those that still wait in the queue end as soon as they are begun
  wait();
}

std::vector<int> CaptureDesk::owed() const {
  const std::int64_t patient_until = parts_.ledger.clock().monotonic().us - std::chrono::microseconds(kOwed).count();
  const std::lock_guard lock(mutex_);
  std::vector<int> out;
  for (const auto& [number, asked_us] : asked_us_)
    if (asked_us <= patient_until || call_off_.cancelled()) out.push_back(number);
  return out;
}

Cancel CaptureDesk::call_off() const {
  const std::lock_guard lock(mutex_);
  return call_off_;
}

void CaptureDesk::stop() {
  if (!capture_thread_.joinable()) return;
  finish_within(kOwed);
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  capture_thread_.join();
  layout_thread_.join();
}

std::vector<CaptureItem> CaptureDesk::items() const {
  const std::lock_guard lock(mutex_);
  return items_;
}

void CaptureDesk::run_captures(const std::function<void()>& first) {
  name_this_thread("capture");
  if (first) first();
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      capture_busy_ = false;
      changed_.notify_all();
      changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
      shooting_ = job.number;
      capture_busy_ = true;
    }
    shoot(job);
  }
}

void CaptureDesk::shoot(const Job& job) {
  const std::uint64_t inputs = parts_.inputs();            // before the shot: an input during it may change the page
  auto taken = take(job);
  if (!taken) return failed(job.number, taken.error());
  {
    const std::lock_guard lock(mutex_);
    items_.push_back(*taken);
    asked_us_.erase(job.number);
    layouts_.push_back({job.number, inputs});         // before the capture counts as done: wait() waits for both
    changed_.notify_all();
  }
  if (taken->black) mark_black(*taken);
  parts_.anchor();
  TimelineEvent event;
  event.type = TimelineEvent::Type::Capture;
  event.item = job.number;
  event.kind = job.description.kind;
  event.digest = taken->sha256;
  event.position_ms = taken->position_ms;
  event.text = job.description.title;
  parts_.tell.event(std::move(event));
}

Result<CaptureItem> CaptureDesk::take(const Job& job) {
  if (auto line = parts_.ledger.line("note", description_body(job.number, job.description)); !line)
    return Failure(std::move(line.error()));
  GZ_TRY(parts_.ledger.sync());
  ShotPosition before = parts_.position();
  GZ_TRY_ASSIGN(const Bytes png, parts_.link.screenshot(kShotLimit, call_off()));
  ShotPosition after = parts_.position();
  prove(before, after);
  if (auto sound = check_png(png); !sound) return Failure(std::move(sound.error()));
  CaptureItem item;
  item.number = job.number;
  item.description = job.description;
  item.made_at = parts_.ledger.clock().wall();
  item.path = shot_path(job.number, "png");
  GZ_TRY_ASSIGN(const FileDigests digests, keep(item.path, png, before, after));
  item.sha256 = digests.sha256;
  item.segment = before.segment;
  item.before_us = before.segment.empty() ? 0 : before.pts_us;
  item.after_us = before.segment.empty() ? 0 : std::max(before.pts_us, after.pts_us);
  item.position_ms = before.segment.empty() ? parts_.record.recorded_ms() : parts_.record.position_ms(before.segment, before.pts_us);
  const auto black = nearly_black_png(png);
  item.black = black && *black;
  return item;
}

// The line names a frame: after a power cut there must be no line whose frame is gone. A frame that did not reach the disk is none.
void CaptureDesk::prove(ShotPosition& before, ShotPosition& after) const {
  if (!parts_.film_to_disk()) before = after = {};
}

Result<FileDigests> CaptureDesk::keep(const std::string& path, ByteView bytes, const ShotPosition& before, const ShotPosition& after) {
  GZ_TRY_ASSIGN(const FileDigests digests, parts_.ledger.put(path, bytes));
  if (auto line = parts_.ledger.line("shot", shot_body(digests.sha256, path, before, after)); !line) {
    if (const auto aside = parts_.ledger.put_aside(path); !aside) parts_.tell.trouble(aside.error());
    return Failure(std::move(line.error()));
  }
  return digests;
}

void CaptureDesk::mark_black(const CaptureItem& item) {
  const std::string text = "截屏几乎全黑：页面可能禁止截屏（FLAG_SECURE）";
  if (auto line = parts_.ledger.line("note", note_body(item.number, text)); !line) parts_.tell.trouble(line.error());
  parts_.black_shot(fs::path(item.path).filename().string());
  TimelineEvent event;
  event.type = TimelineEvent::Type::Note;
  event.item = item.number;
  event.text = text;
  parts_.tell.event(std::move(event));
}

void CaptureDesk::failed(int number, const Error& error) {
  if (error.kind != ErrorKind::Cancelled) {
    const std::lock_guard lock(mutex_);
    asked_us_.erase(number);
  }
  if (auto line = parts_.ledger.line("note", note_body(number, "截屏失败：" + error.what)); !line) parts_.tell.trouble(line.error());
  TimelineEvent event;
  event.type = TimelineEvent::Type::CaptureFailed;
  event.item = number;
  event.text = error.what;
  parts_.tell.event(std::move(event));
}

void CaptureDesk::run_layouts() {
  name_this_thread("layout");
  for (;;) {
    Layout layout;
    {
      std::unique_lock lock(mutex_);
      layout_busy_ = false;
      changed_.notify_all();
      changed_.wait(lock, [this] { return stopping_ || !layouts_.empty(); });
      if (layouts_.empty()) return;
      layout = layouts_.front();
      layouts_.pop_front();
      layout_busy_ = true;
    }
    dump(layout);
    parts_.look_at_app();
  }
}

void CaptureDesk::dump(const Layout& layout) {
  const int number = layout.number;
  auto path = dump_file(layout);
  if (path) {
    const std::lock_guard lock(mutex_);
    for (auto& item : items_)
      if (item.number == number) item.hierarchy = *path;
    return;
  }
  const std::string text = "没有取得页面文字与布局：" + path.error().what;
  if (auto line = parts_.ledger.line("note", note_body(number, text)); !line) parts_.tell.trouble(line.error());
  TimelineEvent event;
  event.type = TimelineEvent::Type::Note;
  event.item = number;
  event.text = text;
  parts_.tell.event(std::move(event));
}

Status CaptureDesk::still_there(const Layout& layout) const {
  if (parts_.inputs() != layout.inputs) return fail(ErrorKind::Cancelled, "an input reached the phone before the dump was done");
  const std::lock_guard lock(mutex_);
  if (shooting_ == layout.number) return ok();
  return fail(ErrorKind::Cancelled, "item " + std::to_string(shooting_) + " was captured before the dump was done");
}

Result<std::string> CaptureDesk::dump_file(const Layout& layout) {
  GZ_TRY(still_there(layout));
  ShotPosition before = parts_.position();
  GZ_TRY_ASSIGN(const std::string xml, parts_.layout(kLayoutLimit, call_off()));
  GZ_TRY(still_there(layout));
  ShotPosition after = parts_.position();
  prove(before, after);
  const PasswordFields passwords = password_fields(xml);
  if (passwords.focused) parts_.password_seen();
  // as long as nothing was typed it is the field's hint
  if (passwords.readable && parts_.secrets_typed()) return fail(ErrorKind::Denied, "a password field gives away what was typed into it");
  const std::string path = shot_path(layout.number, "xml");
  if (auto kept = keep(path, as_bytes(xml), before, after); !kept) return Failure(std::move(kept.error()));
  return path;
}

}  // namespace guzheng
