#include "core/compare/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "core/media/png.h"

namespace guzheng {

namespace {

constexpr int kMostTextRows = 40;

using PageKey = std::pair<std::string, int>;           // kind and title; which of that name

// The values that most members show are what the others differ from; of equally many the first member's.
void mark(ComparedRow& row, const std::string& unknown) {
  std::map<std::string, int> votes;
  for (const auto& cell : row.cells)
    if (cell.text != unknown) ++votes[cell.text];
  const std::string* usual = nullptr;
  for (const auto& cell : row.cells)
    if (cell.text != unknown && (!usual || votes[cell.text] > votes[*usual])) usual = &cell.text;
  for (auto& cell : row.cells) {
    cell.differs = usual && cell.text != unknown && cell.text != *usual;
    row.differs = row.differs || cell.differs;
  }
}

// A number or text in its place; words without one stay as they are.
std::string filled(std::string words, const std::string& value) {
  if (const auto at = words.find("%1"); at != std::string::npos) words.replace(at, 2, value);
  return words;
}

PageBox size_of(const Bytes& png) {
  const auto size = png.empty() ? Result<PngSize>(fail(ErrorKind::NotFound, "no picture")) : check_png(png);
  return size ? PageBox{0, 0, static_cast<int>(size->width), static_cast<int>(size->height)} : PageBox{};
}

class PageOfAll {
 public:
  PageOfAll(const std::vector<const SeenPage*>& pages, const ComparisonWords& words, ComparedPage& out) : pages_(pages), words_(words), out_(out) {}

  void run() {
    time();
    entries();
    texts();
    picture();
    for (const auto& row : out_.rows) out_.differences += row.differs;
  }

 private:
  void add(ComparedRow row) {
    mark(row, words_.unknown);
    out_.rows.push_back(std::move(row));
  }
  ComparedRow new_row(Aspect aspect, std::string what) const {
    ComparedRow row{aspect, std::move(what), false, std::vector<ComparedCell>(pages_.size())};
    for (std::size_t i = 0; i < pages_.size(); ++i) row.cells[i].text = pages_[i] && pages_[i]->layout ? words_.none : words_.unknown;
    return row;
  }

  // When is no difference: it is said, and how far apart.
  void time() {
    ComparedRow row{Aspect::Time, words_.time, false, {}};
    std::int64_t first = 0, last = 0;
    for (const auto* page : pages_) {
      row.cells.push_back({page ? page->made_at : words_.none, page == nullptr, {}});
      row.differs = row.differs || !page;
      if (!page || page->made_ms == 0) continue;
      first = first == 0 ? page->made_ms : std::min(first, page->made_ms);
      last = std::max(last, page->made_ms);
    }
    if (last > 0) row.what += filled(words_.apart, fmt::format("{}.{:03}", (last - first) / 1000, (last - first) % 1000));
    out_.rows.push_back(std::move(row));
  }

  // Prices and places of what is named alike; the second of the same name goes with the second.
  void entries() {
    std::vector<std::string> names;
    std::map<std::string, ComparedRow> prices, places;
    std::map<std::string, bool> priced, listed;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      if (!pages_[i] || !pages_[i]->layout) continue;
      std::map<std::string, int> seen;
      int place = 0;
      for (const auto& entry : pages_[i]->layout->entries) {
        std::string name = entry.label;
        if (const int number = ++seen[name]; number > 1) name += filled(words_.which, std::to_string(number));
        if (!prices.contains(name)) {
          names.push_back(name);
          prices.emplace(name, new_row(Aspect::Price, name));
          places.emplace(name, new_row(Aspect::Ranking, name));
        }
        place += entry.listed;
        std::string amounts;
        for (const auto& price : entry.prices) amounts += (amounts.empty() ? "" : " ") + price;
        prices.at(name).cells[i] = {amounts.empty() ? words_.none : amounts, false, entry.prices.empty() ? entry.box : entry.price_box};
        if (entry.listed) places.at(name).cells[i] = {filled(words_.place, std::to_string(place)), false, entry.box};
        priced[name] = priced[name] || !amounts.empty();
        listed[name] = listed[name] || entry.listed;
      }
    }
    for (const auto& name : names)
      if (priced[name]) add(std::move(prices.at(name)));
    for (const auto& name : names)
      if (listed[name]) add(std::move(places.at(name)));
    for (const auto& name : names) labels_.insert(name);
  }

  // By element: an id that stands once on every page shows other words. Then what stands on some pages only.
  void texts() {
    std::map<std::string, std::vector<const PageText*>> by_id;
    std::vector<std::string> ids;
    const std::size_t read = static_cast<std::size_t>(std::count_if(pages_.begin(), pages_.end(), [](const auto* p) { return p && p->layout; }));
    if (read < 2) return;
    std::set<std::string> repeated;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      if (!pages_[i] || !pages_[i]->layout) continue;
      for (const auto& text : pages_[i]->layout->texts) {
        if (text.resource_id.empty()) continue;
        auto& row = by_id.try_emplace(text.resource_id, pages_.size()).first->second;
        if (row[i]) repeated.insert(text.resource_id);
        row[i] = &text;
      }
    }
    std::set<std::string> told;
    std::vector<ComparedRow> rows;
    for (const auto& [id, found] : by_id) {
      const auto there = static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const auto* t) { return t != nullptr; }));
      if (repeated.contains(id) || there != read || std::any_of(found.begin(), found.end(), [](const auto* t) { return t && !prices_in(t->text).empty(); })) continue;
      ComparedRow row = new_row(Aspect::Text, id.substr(id.rfind('/') + 1));
      for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i]) {
          row.cells[i] = {found[i]->text, false, found[i]->box};
          told.insert(found[i]->text);
        }
      mark(row, words_.unknown);
      if (row.differs) rows.push_back(std::move(row));
    }
    some_only(told, rows);
    for (auto& row : rows) {
      if (static_cast<int>(text_rows_) < kMostTextRows) {
        ++text_rows_;
        out_.rows.push_back(std::move(row));
      } else {
        ++out_.left_out;
        ++out_.differences;
      }
    }
  }

  void some_only(const std::set<std::string>& told, std::vector<ComparedRow>& rows) const {
    std::vector<std::string> order;
    std::map<std::string, ComparedRow> by_text;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      if (!pages_[i] || !pages_[i]->layout) continue;
      for (const auto& text : pages_[i]->layout->texts) {
        if (told.contains(text.text) || labels_.contains(text.text) || !prices_in(text.text).empty()) continue;
        if (!by_text.contains(text.text)) {
          order.push_back(text.text);
          by_text.emplace(text.text, new_row(Aspect::Text, text.text));
        }
        by_text.at(text.text).cells[i] = {words_.there, false, text.box};
      }
    }
    for (const auto& text : order) {
      ComparedRow& row = by_text.at(text);
      mark(row, words_.unknown);
      if (row.differs) rows.push_back(std::move(row));
    }
  }

  void picture() {
    const auto there = [](const auto* page) { return page && !page->png.empty(); };
    const auto first = std::find_if(pages_.begin(), pages_.end(), there);
    if (first == pages_.end() || std::count_if(pages_.begin(), pages_.end(), there) < 2) return;
    const auto base = decode_png((*first)->png);           // two at a time: decoded they are large
    if (!base) return;
    ComparedRow row{Aspect::Picture, filled(words_.pictures, std::to_string(first - pages_.begin() + 1)), false, {}};
    for (const auto* page : pages_) {
      const auto picture = there(page) && page != *first ? decode_png(page->png) : Result<Frame>(fail(ErrorKind::NotFound, "no picture"));
      if (page && page == *first) {
        row.cells.push_back({words_.base, false, {}});
      } else if (!picture) {
        row.cells.push_back({words_.unknown, false, {}});
      } else {
        const auto found = differ(*base, *picture);
        ComparedCell cell{picture_words(found), !found.comparable || found.share > 0, {}};
        for (std::size_t i = 0; i < found.regions.size() && i < 3; ++i)
          cell.text += fmt::format("{}({},{})–({},{})", i == 0 ? words_.from : words_.comma, found.regions[i].left, found.regions[i].top, found.regions[i].right, found.regions[i].bottom);
        if (!found.regions.empty()) cell.place = found.regions[0];
        row.differs = row.differs || cell.differs;
        row.cells.push_back(std::move(cell));
      }
    }
    out_.rows.push_back(std::move(row));
  }

  [[nodiscard]] std::string picture_words(const PictureDifference& found) const {
    if (!found.comparable) return words_.other_size;
    const std::string scrolled = found.shift == 0 ? std::string() : filled(found.shift > 0 ? words_.lower : words_.higher, std::to_string(std::abs(found.shift)));
    return scrolled + (found.share == 0 ? words_.equal : filled(words_.share, fmt::format("{:.1f}", found.share * 100)));
  }

  const std::vector<const SeenPage*>& pages_;
  const ComparisonWords& words_;
  ComparedPage& out_;
  std::set<std::string> labels_;
  std::size_t text_rows_ = 0;
};

}  // namespace

Comparison compare_members(const std::vector<SeenByMember>& members, const ComparisonWords& words) {
  Comparison out;
  std::vector<PageKey> order;
  std::map<PageKey, std::vector<const SeenPage*>> together;
  for (std::size_t i = 0; i < members.size(); ++i) {
    out.members.push_back({members[i].number, members[i].phone, members[i].package, members[i].absent, {}});
    std::map<std::string, int> seen;
    for (const auto& page : members[i].pages) {
      const std::string name = page.kind + "\n" + page.title;
      const PageKey key{name, ++seen[name]};
      if (!together.contains(key)) {
        order.push_back(key);
        together[key].resize(members.size());
      }
      together[key][i] = &page;
    }
  }
  for (const auto& key : order) {
    const auto& pages = together[key];
    const SeenPage* any = *std::find_if(pages.begin(), pages.end(), [](const auto* p) { return p != nullptr; });
    ComparedPage page{any->title + (key.second > 1 ? filled(words.which_page, std::to_string(key.second)) : ""), any->kind, {}, {}, {}, 0, 0};
    for (const auto* seen : pages) {
      page.items.push_back(seen ? seen->item : 0);
      page.screens.push_back(seen && seen->layout ? seen->layout->screen : seen ? size_of(seen->png) : PageBox{});
    }
    PageOfAll(pages, words, page).run();
    out.differences += page.differences;
    out.pages.push_back(std::move(page));
  }
  return out;
}

std::string_view to_string(Aspect aspect) {
  switch (aspect) {
    case Aspect::Time: return "time";
    case Aspect::Price: return "price";
    case Aspect::Ranking: return "ranking";
    case Aspect::Text: return "text";
    case Aspect::Picture: return "picture";
  }
  return "text";
}

std::string_view aspect_name(Aspect aspect) {
  switch (aspect) {
    case Aspect::Time: return "时间";
    case Aspect::Price: return "价格";
    case Aspect::Ranking: return "排序";
    case Aspect::Text: return "文字";
    case Aspect::Picture: return "画面";
  }
  return "文字";
}

Json to_json(const Comparison& comparison) {
  Json members = Json::array(), pages = Json::array();
  for (const auto& member : comparison.members)
    members.push_back({{"member", member.number}, {"phone", member.phone}, {"package", member.package}, {"absent", member.absent}});
  for (const auto& page : comparison.pages) {
    Json rows = Json::array();
    for (const auto& row : page.rows) {
      Json cells = Json::array();
      for (const auto& cell : row.cells) {
        Json one{{"text", cell.text}, {"differs", cell.differs}};
        if (cell.place) one["place"] = {cell.place->left, cell.place->top, cell.place->right, cell.place->bottom};
        cells.push_back(std::move(one));
      }
      rows.push_back({{"aspect", std::string(to_string(row.aspect))}, {"what", row.what}, {"differs", row.differs}, {"cells", std::move(cells)}});
    }
    pages.push_back({{"title", page.title}, {"kind", page.kind}, {"items", page.items}, {"rows", std::move(rows)}, {"differences", page.differences}, {"left_out", page.left_out}});
  }
  return {{"members", std::move(members)}, {"pages", std::move(pages)}, {"differences", comparison.differences}};
}

}  // namespace guzheng
