// Long pages in the package: which items are one page, and where they overlap (FORMAT.md 6.3).
#include <algorithm>
#include <cstdio>

#include "core/session/session_impl.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostPictureBytes = 256u << 20;
constexpr int kMostLongPages = 9999;

Json overlaps_json(const std::vector<Overlap>& overlaps) {
  Json out = Json::array();
  for (const auto& overlap : overlaps) out.push_back({{"rows", overlap.rows}, {"shift", overlap.shift}, {"top", overlap.top}});
  return out;
}

}  // namespace

Result<Bytes> SessionImpl::picture(int number) {
  for (const auto& item : captures_.items())
    if (item.number == number) return read_file(bag_.folder / item.path, kMostPictureBytes);
  return fail(ErrorKind::NotFound, "page " + std::to_string(number) + " has not been captured");
}

Status SessionImpl::describe(int number, ItemDescription description) {
  GZ_TRY(captures_.describe(number, description));
  const auto items = captures_.items();
  const auto said = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.number == number; });
  if (said == items.end() || said->long_page == 0) return ok();
  for (const auto& item : items) {
    if (item.long_page != said->long_page || item.number == number || !item.description.proves.empty()) continue;
    description.title = item.description.title;
    GZ_TRY(captures_.describe(item.number, description));
  }
  return ok();
}

Result<int> SessionImpl::join(const LongPage& page) {
  if (page.items.size() < 2 || page.overlaps.size() + 1 != page.items.size() || !std::is_sorted(page.items.begin(), page.items.end(), std::less_equal<>()))
    return fail(ErrorKind::Invalid, "a long page is two or more items in order, and the overlaps between them");
  Json pages = Json::array();
  const auto items = captures_.items();
  for (const int number : page.items) {
    const auto item = std::find_if(items.begin(), items.end(), [&](const auto& i) { return i.number == number; });
    if (item == items.end()) return fail(ErrorKind::NotFound, "page " + std::to_string(number) + " has not been captured");
    pages.push_back({{"path", item->path}, {"sha256", item->sha256}});
  }
  const std::lock_guard one(joining_);
  if (long_pages_ >= kMostLongPages) return fail(ErrorKind::Invalid, "a package holds at most 9,999 long pages");
  char name[40];
  std::snprintf(name, sizeof name, "long-%04d.json", long_pages_ + 1);
  const std::string path = std::string(kAttach) + name;
  const Json facts{{"no", long_pages_ + 1}, {"overlaps", overlaps_json(page.overlaps)}, {"pages", std::move(pages)}, {"title", journal_text(page.title)}};
  GZ_TRY(ledger_->put_json(path, facts));
  if (auto line = ledger_->line("long", Json{{"files", ledger_->files({path})}, {"no", long_pages_ + 1}}); !line) {
    (void)ledger_->put_aside(path);
    return Failure(std::move(line.error()));
  }
  captures_.set_long_page(page.items, ++long_pages_);
  return long_pages_;
}

}  // namespace guzheng
