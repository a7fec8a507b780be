// A group led by hand: one phone leads, the others follow by element, or in proportion.
#include <algorithm>
#include <thread>

#include "core/session/group_session.h"

namespace guzheng {

namespace {

constexpr std::chrono::seconds kReadLimit{10}, kInputPatience{3};

int scaled(int value, int from, int to) { return from <= 0 ? value : static_cast<int>(static_cast<std::int64_t>(value) * to / from); }

// The screen of a dump counts its own pixels, touches count those of the video.
struct VideoSize {
  explicit VideoSize(const CaptureSession& session) {
    const auto format = session.status().format;
    width = static_cast<int>(format.width);
    height = static_cast<int>(format.height);
  }
  [[nodiscard]] ScreenPoint point(int x, int y, const NodeBounds& screen) const { return {scaled(x, screen.right, width), scaled(y, screen.bottom, height)}; }
  [[nodiscard]] NodeBounds box(const FoundNode& node) const {
    const auto from = point(node.bounds.left, node.bounds.top, node.screen), to = point(node.bounds.right, node.bounds.bottom, node.screen);
    return {from.x, from.y, to.x, to.y};
  }
  [[nodiscard]] NodeBounds whole() const { return {0, 0, width, height}; }
  int width = 0, height = 0;
};

// The same way within another box; never outside the screen.
std::vector<PathPoint> moved_into(const std::vector<PathPoint>& path, const NodeBounds& from, const NodeBounds& to, const VideoSize& screen) {
  std::vector<PathPoint> out;
  for (const auto& point : path)
    out.push_back({point.ms, {std::clamp(to.left + scaled(point.at.x - from.left, from.right - from.left, to.right - to.left), 0, std::max(0, screen.width - 1)),
                              std::clamp(to.top + scaled(point.at.y - from.top, from.bottom - from.top, to.bottom - to.top), 0, std::max(0, screen.height - 1))}});
  return out;
}

std::string led_by(int leader) { return "并行取证：由第 " + std::to_string(leader) + " 部领先，"; }

}  // namespace

// Each on a thread of its own; what did not reach a phone is counted when its hand has done all, and stands in its own journal.
LostInputs GroupSession::act_on(const std::vector<int>& members, const std::function<void(int)>& act) {
  std::vector<std::uint64_t> lost(members_.size(), 0);
  std::vector<std::thread> fingers;
  for (const int number : members)
    fingers.emplace_back([&, number] {
      CaptureSession& session = *at(number).session;
      const auto before = session.status().inputs_dropped;
      act(number);
      (void)session.wait_inputs(kInputPatience);           // what hangs longer is counted in status() when it is lost
      lost[static_cast<std::size_t>(number - 1)] = session.status().inputs_dropped - before;
    });
  for (auto& finger : fingers) finger.join();
  LostInputs out;
  for (const int number : members)
    if (const auto count = lost[static_cast<std::size_t>(number - 1)]; count > 0) {
      out[number] = count;
      (void)at(number).session->note("并行取证：有 " + std::to_string(count) + " 次操作没有送到本机");
    }
  return out;
}

std::vector<std::optional<Result<std::string>>> GroupSession::read_pages() {
  std::vector<std::optional<Result<std::string>>> pages(members_.size());
  for_each_running([&](int number) { pages[static_cast<std::size_t>(number - 1)] = at(number).session->hierarchy(kReadLimit); });
  return pages;
}

Result<FollowedTap> GroupSession::tap(int leader, std::int32_t x, std::int32_t y, std::int64_t hold_ms) {
  if (!goes_on(leader)) return fail(ErrorKind::Invalid, "the leading phone has stopped: choose another");
  const auto pages = read_pages();
  const auto& first = pages[static_cast<std::size_t>(leader - 1)];
  if (!first) return fail(ErrorKind::Invalid, "the leading phone has stopped: choose another");
  if (!*first) return Failure(first->error().in("the leading phone's page could not be read, nothing was tapped"));
  const VideoSize video(*at(leader).session);
  GZ_TRY_ASSIGN(const NodeBounds screen, page_screen(**first));
  GZ_TRY_ASSIGN(const auto under, element_at(**first, scaled(x, video.width, screen.right), scaled(y, video.height, screen.bottom)));
  FollowedTap out;
  if (!under) return out;
  out.element = under->element.name();
  std::map<int, ScreenPoint> points{{leader, {x, y}}};
  for (int i = 1; i <= size(); ++i) {
    const auto& page = pages[static_cast<std::size_t>(i - 1)];
    if (i == leader || !page) continue;
    const auto found = *page ? find_element(**page, under->element) : Result<std::optional<FoundNode>>(Failure(page->error()));
    if (found && *found) points[i] = VideoSize(*at(i).session).point((*found)->bounds.x(), (*found)->bounds.y(), (*found)->screen);
    else out.differed[i] = found ? "页面不同：没有“" + out.element + "”，或不止一处、数目不同" : "页面没有读到：" + found.error().what;
  }
  for (const auto& [number, why] : out.differed) {
    // what stood there instead is kept
    at(number).session->capture({ItemKind::Other, "与领先手机不同的页面", why, "公开", ""});
    stop(number, why);
  }
  std::vector<int> members;
  for (const auto& [number, point] : points) {
    (void)at(number).session->note(led_by(leader) + (hold_ms >= 500 ? "长按“" : "点按“") + out.element + "”");
    members.push_back(number);
  }
  out.lost = act_on(members, [&](int number) { guzheng::tap(*at(number).session, points.at(number), hold_ms); });
  return out;
}

Result<FollowedDrag> GroupSession::drag(int leader, const std::vector<PathPoint>& path, Fingers fingers) {
  if (!goes_on(leader)) return fail(ErrorKind::Invalid, "the leading phone has stopped: choose another");
  if (path.size() < 2) return fail(ErrorKind::Invalid, "a drag has a beginning and an end");
  const auto pages = fingers == Fingers::One ? read_pages() : std::vector<std::optional<Result<std::string>>>(members_.size());
  const VideoSize video(*at(leader).session);
  FollowedDrag out;
  std::optional<ElementAt> scroller;
  const auto& first = pages[static_cast<std::size_t>(leader - 1)];
  if (first && *first)
    if (const auto screen = page_screen(**first))
      if (const auto under = scroller_at(**first, scaled(path.front().at.x, video.width, screen->right), scaled(path.front().at.y, video.height, screen->bottom)); under && *under) scroller = **under;
  if (scroller) out.element = !scroller->element.name().empty() ? scroller->element.name() : scroller->element.class_name;
  std::map<int, std::vector<PathPoint>> paths;
  for (const int number : running()) {
    const VideoSize own(*at(number).session);
    const auto& page = pages[static_cast<std::size_t>(number - 1)];
    const auto same = scroller && page && *page ? find_scroller(**page, scroller->element) : Result<std::optional<FoundNode>>(std::optional<FoundNode>{});
    const bool by_element = same && *same;
    if (number == leader) paths[number] = path;
    else paths[number] = by_element ? moved_into(path, video.box(scroller->node), own.box(**same), own) : moved_into(path, video.whole(), own.whole(), own);
    if (number != leader) out.by_element[number] = by_element;
    (void)at(number).session->note(led_by(leader) + (fingers == Fingers::One ? "拖动" : "双指缩放") + (number == leader ? "" : by_element ? "，按界面元素“" + out.element + "”对应" : "，按屏幕比例对应"));
  }
  std::vector<int> members;
  for (const auto& [number, unused] : paths) members.push_back(number);
  out.lost = act_on(members, [&](int number) { guzheng::drag(*at(number).session, paths.at(number), fingers); });
  return out;
}

LostInputs GroupSession::input(const std::vector<ControlMessage>& messages) {
  return act_on(running(), [&](int number) {
    for (const auto& message : messages) at(number).session->input(message);
  });
}

LostInputs GroupSession::swipe(bool down) {
  return act_on(running(), [&](int number) {
    CaptureSession& session = *at(number).session;
    const VideoSize video(session);
    const ScreenPoint low{video.width / 2, video.height * 7 / 10}, high{video.width / 2, video.height * 3 / 10};
    guzheng::swipe(session, down ? low : high, down ? high : low, 400, 150);
  });
}

std::map<int, Error> GroupSession::pause(const std::string& reason) {
  std::map<int, Error> out;
  for (const int number : running())
    if (const auto done = at(number).session->pause(reason); !done) out[number] = done.error();
  return out;
}

std::map<int, Error> GroupSession::resume() {
  std::map<int, Error> out;
  for (const int number : running())
    if (const auto done = at(number).session->resume(); !done) out[number] = done.error();
  return out;
}

std::map<int, LongCapture> GroupSession::capture_long(const ItemDescription& description, int most, const std::function<bool(int, int)>& go_on) {
  std::vector<std::optional<Result<LongCapture>>> done(members_.size());
  for_each_running([&](int number) {
    done[static_cast<std::size_t>(number - 1)] = guzheng::capture_long(*at(number).session, description, most, [&, number](int pictures) { return !go_on || go_on(number, pictures); });
  });
  std::map<int, LongCapture> out;
  for (int i = 1; i <= size(); ++i) {
    auto& one = done[static_cast<std::size_t>(i - 1)];
    if (!one) continue;
    if (*one) out[i] = std::move(**one);
    else stop(i, "长页没有取到：" + one->error().what);
  }
  return out;
}

}  // namespace guzheng
