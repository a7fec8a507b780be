#include "core/session/hand.h"

#include <algorithm>

#include "core/base/thread_name.h"
#include "core/custody/journal.h"
#include "core/session/items.h"

namespace guzheng {

namespace {
constexpr std::int64_t kBatchUs = 16'000;
constexpr std::size_t kBatchPoints = 64, kLongText = 16u << 10, kLongElementText = 200;
constexpr std::chrono::seconds kBesidePatience{5};

const TouchEvent* as_move(const ControlMessage& message) {
  const auto* touch = std::get_if<TouchEvent>(&message);
  return touch != nullptr && touch->action == TouchAction::Move ? touch : nullptr;
}
bool same_gesture(const TouchEvent& a, const TouchEvent& b) {
  return a.pointer == b.pointer && a.width == b.width && a.height == b.height;
}
}  // namespace

void Hand::push(const ControlMessage& message, bool secret, const char* by) {
  {
    const std::lock_guard lock(mutex_);      // hold() counts on the number being there before the item
    ++pushed_;
  }
  if (queue_.try_push({message, ledger_.clock().monotonic(), secret, by}, 1)) return;
  carried_out(1);
  ++dropped_;
  if (!queue_.closed())
    tell_.trouble({ErrorKind::Timeout, "too many inputs wait for the phone: one was dropped"});
}

void Hand::start() {
  running_ = true;                           // no thread yet
  thread_ = std::thread([this] {
    name_this_thread("hand");
    run();
    const std::lock_guard lock(mutex_);
    running_ = false;
    ended_.notify_all();
  });
}

bool Hand::finish_within(std::chrono::milliseconds patience) {
  queue_.close();
  std::unique_lock lock(mutex_);
  return ended_.wait_for(lock, patience, [this] { return !running_; });
}

void Hand::stop() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void Hand::carried_out(std::size_t items) {
  const std::lock_guard lock(mutex_);
  carried_out_ += items;
  ended_.notify_all();
}

bool Hand::wait_within(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return ended_.wait_for(lock, patience, [this, until = pushed_] { return !running_ || carried_out_ >= until; });
}

Status Hand::act_beside(const Json& body, const std::function<Status()>& act) {
  if (!wait_within(kBesidePatience)) return fail(ErrorKind::Timeout, "inputs still wait for the phone: what comes after them was not done");
  if (!stream_.connected()) return ++dropped_, fail(ErrorKind::Network, "the phone is not connected: nothing was done");
  {
    const std::lock_guard lock(gate_);
    if (held_back_) return ++dropped_, fail(ErrorKind::Invalid, "the session is paused: nothing was done");
    if (auto line = ledger_.line("input", body); !line) return ++dropped_, Failure(line.error().in("it was not carried out, it cannot be recorded"));
  }
  page_may_move(true);
  ++sent_;
  const Status done = act();
  page_may_move(true);
  return done;
}

Status Hand::hold(std::chrono::milliseconds patience, const std::function<Status()>& line) {
  {
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, patience, [this, until = pushed_] { return !running_ || carried_out_ >= until; });
  }
  const std::lock_guard lock(gate_);
  GZ_TRY(line());
  held_back_ = true;
  drop_told_ = false;
  return ok();
}

Status Hand::release(const std::function<Status()>& line) {
  const std::lock_guard lock(gate_);
  GZ_TRY(line());
  held_back_ = false;
  return ok();
}

bool Hand::may_pass(const Item& item) const {
  return !held_back_ || (std::holds_alternative<ResetVideo>(item.message) && std::string_view(item.by) == "recorder");
}

void Hand::run() {
  while (auto item = held_ ? std::exchange(held_, std::nullopt) : queue_.pop()) {
    if (!stream_.connected()) {
      ++dropped_;
      tell_.trouble({ErrorKind::Network, "the phone is not connected: the input was not carried out"});
      carried_out(1);
      continue;                              // no line: nothing is done
    }
    if (as_move(item->message) != nullptr) move(std::move(*item));
    else act(*item), carried_out(1);
  }
}

void Hand::act(const Item& item) {
  auto body = input_body(item.message);
  if (!body) {
    ++dropped_;
    return tell_.trouble(body.error());
  }
  if (std::holds_alternative<ResetVideo>(item.message)) (*body)["by"] = item.by;
  if (const auto* touch = std::get_if<TouchEvent>(&item.message); touch != nullptr && touch->action == TouchAction::Down)
    began_[touch->pointer] = item.at;
  name_element(item, *body);
  const auto part = secret_part(item.message);
  // a text that does not fit into a line is recorded by its digest
  if (part && (is_secret(item) || part->size() > kLongText)) {
    const auto secret = SecretBook::make(*part);
    conceal(*body, secret.bytes, secret.salted);
    const auto head = write(item, *body);
    if (!head) return;
    if (const auto kept = secrets_.keep(secret, head->seq); !kept) tell_.trouble(kept.error());
    send(item.message, head->seq);
  } else if (const auto written = write(item, *body)) {
    send(item.message, written->seq);
  }
}

// What lies under a finger that is put down, where a layout says so that may be believed. What stands in a field may be somebody's typing; in 密码输入
// mode the words of the keys of a keyboard that an app draws itself are what is typed.
void Hand::name_element(const Item& item, Json& body) const {
  const auto* touch = std::get_if<TouchEvent>(&item.message);
  if (touch == nullptr || touch->action != TouchAction::Down || item.secret || watch_.editor() == Editor::Password) return;
  const auto seen = layouts_.under(touch->x, touch->y, touch->width, touch->height);
  if (!seen) return;
  const auto& e = seen->element;
  const bool told = !e.field && e.text.size() <= kLongElementText;
  body["on"] = Json{{"age_ms", seen->age_ms}, {"alone", told && e.alone}, {"bounds", {e.bounds.left, e.bounds.top, e.bounds.right, e.bounds.bottom}}, {"class", journal_text(e.class_name)},
                    {"id", journal_text(e.resource_id)}, {"screen", {e.screen.right, e.screen.bottom}}, {"text", told ? journal_text(e.text) : std::string()}};
}

bool Hand::is_secret(const Item& item) const {
  if (item.secret) return true;
  const Editor editor = watch_.editor();
  return editor == Editor::Password || (editor == Editor::Unknown && types_characters(item.message));
}

void Hand::move(Item first) {
  std::vector<Item> batch{std::move(first)};
  const TouchEvent any = *as_move(batch.front().message);
  while (batch.size() < kBatchPoints) {
    const std::int64_t open_us = last_batch_.us + kBatchUs - ledger_.clock().monotonic().us;
    auto more = queue_.pop_for(std::chrono::milliseconds(std::clamp<std::int64_t>(open_us / 1000, 0, 16)));
    if (!more) break;
    if (const auto* touch = as_move(more->message); touch != nullptr && same_gesture(*touch, any)) {
      batch.push_back(std::move(*more));
      continue;
    }
    held_ = std::move(more);
    break;
  }
  std::vector<MovePoint> points;
  for (const Item& item : batch) {
    const auto* touch = as_move(item.message);
    points.push_back({gesture_ms(*touch, item.at), touch->x, touch->y});
  }
  if (const auto head = write(batch.front(), move_body(any, points)))
    for (const Item& item : batch)
      if (!send(item.message, head->seq)) break;           // a finger that jumps is no drag: what is left does not go either
  carried_out(batch.size());
  last_batch_ = ledger_.clock().monotonic();
}

std::int64_t Hand::gesture_ms(const TouchEvent& touch, MonotonicTime at) const {
  const auto it = began_.find(touch.pointer);
  return it == began_.end() ? 0 : std::max<std::int64_t>(0, at.us - it->second.us) / 1000;
}

std::optional<JournalHead> Hand::write(const Item& item, const Json& body) {
  std::unique_lock lock(gate_);
  if (!may_pass(item)) {
    ++dropped_;
    const bool told = std::exchange(drop_told_, true);
    lock.unlock();                           // nobody is told anything under a lock
    if (!told) tell_.trouble({ErrorKind::Cancelled, "inputs that had not reached the phone when the session was paused were dropped"});
    return std::nullopt;
  }
  auto head = ledger_.line("input", body);
  lock.unlock();
  if (head) return *head;
  ++dropped_;
  tell_.trouble(head.error().in("the input was not carried out, it cannot be recorded"));
  return std::nullopt;
}

bool Hand::send(const ControlMessage& message, std::uint64_t line) {
  const bool acts = !std::holds_alternative<ResetVideo>(message);
  if (acts) page_may_move(may_move_focus(message));        // from here on no answer counts, and again from when it has gone
  if (acts) ++sent_;
  const auto sent = stream_.send(message);
  if (!sent) {
    ++dropped_;
    // the line says that it was done: the next one says that it was not
    if (const auto noted = ledger_.line("note", note_body(0, "记录第 " + std::to_string(line) + " 行所载操作没有（全部）送到手机：连接已断")); !noted) tell_.trouble(noted.error());
    tell_.trouble(sent.error().in("an input that stands in the journal did not reach the phone"));
  }
  if (acts) page_may_move(may_move_focus(message));
  return sent.has_value();
}

void Hand::page_may_move(bool focus) {
  if (focus) watch_.moved();
  layouts_.moved();
}

}  // namespace guzheng
