// A group led by hand: one phone leads, the others follow by element.
#include <thread>

#include "core/session/gesture.h"
#include "core/session/group_session.h"

namespace guzheng {

namespace {

constexpr std::chrono::seconds kReadLimit{10};

int scaled(int value, int from, int to) { return from <= 0 ? value : static_cast<int>(static_cast<std::int64_t>(value) * to / from); }

// The screen of a dump counts its own pixels, touches count those of the video.
ScreenPoint middle_of(const FoundNode& node, const CaptureSession& session) {
  const auto format = session.status().format;
  return {scaled(node.bounds.x(), node.screen.right, static_cast<int>(format.width)), scaled(node.bounds.y(), node.screen.bottom, static_cast<int>(format.height))};
}

}  // namespace

Result<FollowedTap> GroupSession::tap(int leader, std::int32_t x, std::int32_t y) {
  if (!goes_on(leader)) return fail(ErrorKind::Invalid, "the leading phone has stopped: choose another");
  std::vector<std::optional<Result<std::string>>> pages(members_.size());
  for_each_running([&](int number) { pages[static_cast<std::size_t>(number - 1)] = at(number).session->link().hierarchy(kReadLimit); });
  auto& first = pages[static_cast<std::size_t>(leader - 1)];
  if (!first) return fail(ErrorKind::Invalid, "the leading phone has stopped: choose another");
  if (!*first) return Failure(first->error().in("the leading phone's page could not be read, nothing was tapped"));
  const auto format = at(leader).session->status().format;
  GZ_TRY_ASSIGN(const NodeBounds screen, page_screen(**first));
  GZ_TRY_ASSIGN(const auto under, element_at(**first, scaled(x, static_cast<int>(format.width), screen.right), scaled(y, static_cast<int>(format.height), screen.bottom)));
  FollowedTap out;
  if (!under) return out;
  out.element = under->element.name();
  std::map<int, ScreenPoint> points{{leader, {x, y}}};
  for (int i = 1; i <= size(); ++i) {
    const auto& page = pages[static_cast<std::size_t>(i - 1)];
    if (i == leader || !page) continue;
    const auto found = *page ? find_element(**page, under->element) : Result<std::optional<FoundNode>>(Failure(page->error()));
    if (found && *found) points[i] = middle_of(**found, *at(i).session);
    else out.differed[i] = found ? "页面不同：没有“" + out.element + "”，或不止一处、数目不同" : "页面没有读到：" + found.error().what;
  }
  for (const auto& [number, why] : out.differed) {
    // what stood there instead is kept
    at(number).session->capture({ItemKind::Other, "与领先手机不同的页面", why, "公开", ""});
    stop(number, why);
  }
  for (const auto& [number, point] : points) (void)at(number).session->note("并行取证：由第 " + std::to_string(leader) + " 部领先，点按“" + out.element + "”");
  std::vector<std::thread> fingers;
  for (const auto& [number, point] : points) fingers.emplace_back([session = at(number).session.get(), at = point] { guzheng::tap(*session, at); });
  for (auto& finger : fingers) finger.join();
  return out;
}

void GroupSession::swipe(bool down) {
  for_each_running([&](int number) {
    CaptureSession& session = *at(number).session;
    const auto format = session.status().format;
    const auto x = static_cast<std::int32_t>(format.width / 2);
    const ScreenPoint low{x, static_cast<std::int32_t>(format.height * 7 / 10)}, high{x, static_cast<std::int32_t>(format.height * 3 / 10)};
    guzheng::swipe(session, down ? low : high, down ? high : low, 400, 150);
  });
}

}  // namespace guzheng
