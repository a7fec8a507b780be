#include "core/session/long_capture.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "core/media/png.h"
#include "core/session/gesture.h"

namespace guzheng {

namespace {

constexpr std::chrono::milliseconds kSettle{900};            // the page rests, its scroll bar has faded

class LongRun {
 public:
  LongRun(CaptureSession& session, const ItemDescription& what) : session_(session), what_(what) {}

  Result<LongCapture> run(int most, const std::function<bool(int)>& go_on) {
    GZ_TRY(shoot());
    out_.why = LongCapture::Stop::Most;
    std::uint64_t height = picture_.height;
    bool still = false;                        // the last swipe moved nothing
    while (static_cast<int>(out_.items.size()) < most) {
      if ((height + picture_.height) * picture_.width > kMostLongPixels) break;          // more could not be drawn as one
      if (go_on && !go_on(static_cast<int>(out_.items.size()))) {
        out_.why = LongCapture::Stop::Called;
        break;
      }
      swipe_up();
      Frame before = std::move(picture_);
      GZ_TRY(shoot());
      const ScrollFound found = find_overlap(before, picture_);
      if (found.problem == ScrollProblem::NotMoved) ends_.push_back(out_.items.back());
      if (found.problem == ScrollProblem::NotMoved && !std::exchange(still, true)) {      // a swipe may be lost: once more
        picture_ = std::move(before);
        continue;
      }
      if (found.problem != ScrollProblem::None) {
        out_.why = found.problem == ScrollProblem::NotMoved    ? LongCapture::Stop::End
                   : found.problem == ScrollProblem::Ambiguous ? LongCapture::Stop::Ambiguous
                                                               : LongCapture::Stop::NoOverlap;
        break;
      }
      still = false;
      height += found.overlap.shift;
      page_.overlaps.push_back(found.overlap);
      page_.items.push_back(out_.items.back());
    }
    out_.pages = static_cast<int>(page_.items.size());
    GZ_TRY(close());
    return std::move(out_);
  }

 private:
  Status shoot() {
    ItemDescription what = what_;
    what.title += "（长页 " + std::to_string(out_.items.size() + 1) + "）";
    const int number = session_.capture(std::move(what));
    session_.wait_captures();                  // its layout too: scrolling would take it away
    const auto items = session_.status().items;
    if (std::none_of(items.begin(), items.end(), [&](const auto& item) { return item.number == number; }))
      return fail(ErrorKind::Io, "picture " + std::to_string(out_.items.size() + 1) + " of the long page could not be captured; those before it are in the package");
    GZ_TRY_ASSIGN(const Bytes png, session_.picture(number));
    GZ_TRY_ASSIGN(picture_, decode_png(png));
    out_.items.push_back(number);
    if (page_.items.empty()) page_.items.push_back(number);
    return ok();
  }

  // Slowly, and held at its end: the page must not fly on.
  void swipe_up() {
    const auto format = session_.status().format;
    const auto x = static_cast<std::int32_t>(format.width / 2);
    swipe(session_, {x, static_cast<std::int32_t>(format.height * 78 / 100)}, {x, static_cast<std::int32_t>(format.height * 24 / 100)}, 600, 250);
    std::this_thread::sleep_for(kSettle);
  }

  // Pictures after a swipe that moved nothing: what they show is that, not that the page has no more.
  Status describe_ends() {
    for (const int number : ends_) {
      ItemDescription what = what_;
      what.title += "（再次上滑）";
      what.proves = "再次上滑后画面未见变化";
      GZ_TRY(session_.describe(number, std::move(what)));
    }
    return ok();
  }

  Status close() {
    const auto all = static_cast<int>(out_.items.size());
    if (page_.items.size() >= 2) {
      page_.title = what_.title;
      GZ_TRY_ASSIGN(out_.number, session_.join(page_));
    }
    GZ_TRY(describe_ends());
    return session_.note("长页取证“" + what_.title + "”：" + std::to_string(all) + " 张截图，拼接 " + std::to_string(out_.number == 0 ? 0 : out_.pages) + " 张；" +
                         std::string(to_string(out_.why)));
  }

  CaptureSession& session_;
  const ItemDescription& what_;
  LongCapture out_;
  std::vector<int> ends_;                      // items that a swipe before them did not change
  LongPage page_;
  Frame picture_;
};

}  // namespace

std::string_view to_string(LongCapture::Stop why) {
  switch (why) {
    case LongCapture::Stop::End: return "两次上滑后画面未见变化，应已到页面末尾";
    case LongCapture::Stop::Most: return "已到规定的张数或一张图可以拼接的长度，页面可能未到底";
    case LongCapture::Stop::Called: return "由取证人员停止，页面可能未到底";
    case LongCapture::Stop::NoOverlap: return "相邻截图没有可证明的重叠，停止";
    case LongCapture::Stop::Ambiguous: return "相邻截图的重叠不能唯一确定，停止";
  }
  return "";
}

Result<LongCapture> capture_long(CaptureSession& session, const ItemDescription& what, int most, const std::function<bool(int)>& go_on) {
  if (most < 2 || most > kMostLongPictures) return fail(ErrorKind::Invalid, "a long page is 2 to 50 pictures");
  return LongRun(session, what).run(most, go_on);
}

}  // namespace guzheng
