// When does a painted number reach the screen? Polls the panes of any client's windows, several in the same run, through XShm
// every half millisecond and prints when each counter was first seen. Says nothing of a client's inside, so it is fair to all.
//
//   poller --panes N --seconds S [--find-limit S] [--step-us 500] [--display D]      S = 0: only finds
// Prints:  pane INDEX LEFT TOP WIDTH HEIGHT     of the ring, left to right, once they are found
//          first MONOTONIC_US                   when that many panes could be read on the screen for the first time
//          seen INDEX COUNTER MONOTONIC_US      the first sight of each number
//          polls COUNT MEAN_US LONGEST_US       steps made, their mean distance and the longest one
// Exit: 0, 1 usage, 2 no display or panes not found.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/grabber.h"

namespace {

using bench::Grabber;
using bench::now_us;

struct Watched {
  bench::Pane pane, inside;                  // on the screen; within the grabbed region
  std::unique_ptr<Grabber> line, region;
  int low = -1, last = -1;
};

struct Options {
  int panes = 1, step_us = 500;
  double seconds = 10, find_limit = 60;
  const char* display = nullptr;
};

bool parse(int argc, char** argv, Options& o) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i];
    if (key == "--panes") o.panes = std::atoi(argv[i + 1]);
    else if (key == "--seconds") o.seconds = std::atof(argv[i + 1]);
    else if (key == "--find-limit") o.find_limit = std::atof(argv[i + 1]);
    else if (key == "--step-us") o.step_us = std::atoi(argv[i + 1]);
    else if (key == "--display") o.display = argv[i + 1];
    else return false;
  }
  return argc % 2 == 1 && o.panes > 0 && o.step_us > 0;
}

std::vector<bench::Pane> find(Display* display, const Options& o) {
  const int screen = DefaultScreen(display);
  Grabber whole(display, DisplayWidth(display, screen), DisplayHeight(display, screen));
  if (!whole.ok()) return {};
  const auto end = now_us() + std::int64_t(o.find_limit * 1e6);
  std::vector<bench::Pane> before;
  bool told = false;
  while (now_us() < end) {
    whole.grab(0, 0);
    const auto grabbed = now_us();
    auto found = bench::find_panes(whole.pixels());
    if (!told && int(found.size()) == o.panes) {
      std::printf("first %lld\n", static_cast<long long>(grabbed));
      told = true;
    }
    // twice at the same place: a window that is still being laid out does not count
    const bool still = found.size() == before.size() &&
                       std::equal(found.begin(), found.end(), before.begin(), [](const bench::Pane& a, const bench::Pane& b) {
                         return a.left == b.left && a.top == b.top && a.right == b.right && a.bottom == b.bottom;
                       });
    if (still && int(found.size()) == o.panes) return found;
    before = std::move(found);
    const timespec pause{0, told ? 300'000'000 : 1'000'000};
    nanosleep(&pause, nullptr);
  }
  return {};
}

Watched watch(Display* display, const bench::Pane& pane) {
  Watched w;
  w.pane = pane;
  w.inside = {0, 0, pane.right - pane.left, pane.bottom - pane.top};
  w.line = std::make_unique<Grabber>(display, pane.right - pane.left, 1);
  w.region = std::make_unique<Grabber>(display, pane.right - pane.left, pane.bottom - pane.top);
  return w;
}

// One look: the low bits first, the whole number only when they changed.
void look(std::size_t index, Watched& w) {
  w.line->grab(w.pane.left, w.pane.block_y(1));
  const auto seen = now_us();
  const int low = bench::read_low_bits(w.line->pixels().data, 0, w.inside);
  if (low == w.low && w.last >= 0) return;
  w.region->grab(w.pane.left, w.pane.top);
  const auto value = bench::read_pane(w.region->pixels(), w.inside);
  if (!value) return;
  w.low = *value & 255;
  if (*value == w.last) return;
  w.last = *value;
  std::printf("seen %zu %u %lld\n", index, unsigned(*value), static_cast<long long>(seen));
}

void poll(std::vector<Watched>& watched, const Options& o) {
  const auto begin = now_us(), end = begin + std::int64_t(o.seconds * 1e6);
  long count = 0;
  std::int64_t last = begin, longest = 0, due = begin;
  for (auto now = begin; now < end; now = now_us()) {
    longest = std::max(longest, now - last);
    last = now;
    for (std::size_t i = 0; i < watched.size(); ++i) look(i, watched[i]);
    ++count;
    due = std::max(due + o.step_us, now_us());
    const timespec at{due / 1'000'000, (due % 1'000'000) * 1000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr);
  }
  std::printf("polls %ld %.1f %lld\n", count, double(now_us() - begin) / double(count), static_cast<long long>(longest));
}

}  // namespace

int main(int argc, char** argv) {
  Options o;
  if (!parse(argc, argv, o)) {
    std::fprintf(stderr, "usage: %s --panes N --seconds S [--find-limit S] [--step-us US] [--display D]\n", argv[0]);
    return 1;
  }
  Display* display = XOpenDisplay(o.display);
  if (display == nullptr || !XShmQueryExtension(display)) {
    std::fprintf(stderr, "no X display with shared memory\n");
    return 2;
  }
  const auto panes = find(display, o);
  if (panes.empty()) {
    std::fprintf(stderr, "%d panes not found on the screen within %.0f s\n", o.panes, o.find_limit);
    return 2;
  }
  std::vector<Watched> watched;
  for (const auto& pane : panes) {
    std::printf("pane %zu %d %d %d %d\n", watched.size(), pane.left, pane.top, pane.right - pane.left, pane.bottom - pane.top);
    watched.push_back(watch(display, pane));
    if (!watched.back().line->ok() || !watched.back().region->ok()) return 2;
  }
  std::fflush(stdout);
  poll(watched, o);
  return 0;
}
