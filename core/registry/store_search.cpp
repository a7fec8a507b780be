#include <algorithm>

#include "core/registry/document.h"
#include "core/search/fold.h"
#include "core/registry/store_impl.h"
#include "core/registry/words_of_query.h"

namespace guzheng {

namespace {

constexpr std::int64_t kFewTagged = 300;                         // so few are looked at one by one
constexpr int kStepsBeforeSeek = 256;

// What a query asks, prepared once.
struct Asked {
  std::vector<QueryWord> words;
  std::string expression;
  std::vector<std::int64_t> tags;                                // fewest subjects first
  std::int64_t fewest = 0;
  bool tags_in_index = false;                                    // all that was turned so far
};

Result<Asked> prepare_query(StoreSql& main, const SubjectQuery& query) {
  GZ_TRY(check_filter(query.filter));
  if (!is_utf8(query.text)) return fail(ErrorKind::Invalid, "what to search for is not UTF-8");
  Asked out;
  out.words = query_words(query.text);
  out.expression = index_expression(out.words, query.filter);
  std::vector<std::pair<std::int64_t, std::int64_t>> counted;
  for (const auto tag : query.filter.tags) {
    GZ_TRY_ASSIGN(const auto count, main.number("SELECT count FROM tag WHERE id=?", tag));
    counted.emplace_back(count.value_or(0), tag);
  }
  std::sort(counted.begin(), counted.end());
  for (const auto& [count, tag] : counted) out.tags.push_back(tag);
  out.fewest = counted.empty() ? 0 : counted.front().first;
  if (!counted.empty()) {
    GZ_TRY_ASSIGN(const auto pending, main.number("SELECT 1 FROM tag_pending LIMIT 1"));
    out.tags_in_index = !pending;
  }
  return out;
}

Result<bool> has_tags(StoreSql& main, const std::vector<std::int64_t>& tags, SubjectId id) {
  for (const auto tag : tags) {
    GZ_TRY_ASSIGN(const auto has, main.number("SELECT 1 FROM tagged WHERE tag=? AND subject=?", tag, id));
    if (!has) return false;
  }
  return true;
}

// The row itself, when it fits; the matches of its words into `matches`.
Result<std::optional<Subject>> fitting(StoreSql& main, const Asked& asked, const SubjectFilter& filter, SubjectId id, std::vector<FieldMatch>* matches) {
  GZ_TRY_ASSIGN(auto subject, read_subject(main, id));
  if (!subject) return std::optional<Subject>();
  GZ_TRY_ASSIGN(const auto entries, read_entries(main, id));
  if (!fits_filter(filter, *subject, entries)) return std::optional<Subject>();
  for (const auto& word : asked.words) {
    auto found = find_word(word, *subject, entries);
    if (!found) return std::optional<Subject>();
    if (matches) matches->push_back(std::move(*found));
  }
  return subject;
}

using EachId = std::function<bool(SubjectId)>;

Status each_of_few(StoreSql& main, const Asked& asked, const SubjectQuery& query, const EachId& each) {
  std::vector<SubjectId> ids;
  GZ_TRY(main.each("SELECT subject FROM tagged WHERE tag=? AND subject>? ORDER BY subject", [&](const SqlStatement& row) { ids.push_back(row.integer(0)); return true; },
                   asked.tags.front(), query.after));
  for (const auto id : ids) {
    GZ_TRY_ASSIGN(const bool tagged, has_tags(main, asked.tags, id));
    if (!tagged) continue;
    GZ_TRY_ASSIGN(const auto subject, fitting(main, asked, query.filter, id, nullptr));
    if (subject && !each(id)) break;
  }
  return ok();
}

// Both lists are in order: each runs after the other, and far jumps ask the index anew from there.
Status each_tagged(StoreReader& reader, const Asked& asked, const SubjectQuery& query, const EachId& each) {
  SubjectId after = query.after;
  for (bool again = true; again;) {
    again = false;
    Status failed = ok();
    SubjectId next = 0;
    int steps = 0;
    GZ_TRY(each_found(reader, asked.expression, after, [&](SubjectId id) {
      if (id >= next) {
        auto found = reader.main.number("SELECT min(subject) FROM tagged WHERE tag=? AND subject>=?", asked.tags.front(), id);
        if (!found) failed = fail(found.error());
        if (!found || !*found) return false;
        next = **found;
        steps = 0;
      }
      if (id < next) {
        if (++steps < kStepsBeforeSeek) return true;
        after = next - 1;
        again = true;
        return false;
      }
      auto tagged = has_tags(reader.main, asked.tags, id);
      if (!tagged) failed = fail(tagged.error());
      return tagged && (!*tagged || each(id));
    }));
    GZ_TRY(failed);
  }
  return ok();
}

Status check_tagged_only(StoreSql& main, const Asked& asked, const SubjectQuery& query, const EachId& each) {
  Status failed = ok();
  GZ_TRY(main.each("SELECT t.subject FROM tagged t JOIN subject s ON s.id=t.subject WHERE t.tag=? AND t.subject>? AND s.gone=0 ORDER BY t.subject", [&](const SqlStatement& row) {
    const SubjectId id = row.integer(0);
    auto tagged = has_tags(main, asked.tags, id);
    if (!tagged) failed = fail(tagged.error());
    return tagged && (!*tagged || each(id));
  }, asked.tags.front(), query.after));
  return failed;
}

Status each_asked(StoreReader& reader, const Asked& asked, const SubjectQuery& query, const EachId& each) {
  const auto step = [&](const SqlStatement& row) { return each(row.integer(0)); };
  if (!asked.tags.empty() && asked.fewest <= kFewTagged) return each_of_few(reader.main, asked, query, each);
  if (!asked.tags.empty() && !asked.expression.empty() && asked.tags_in_index) {
    std::string expression = asked.expression;
    for (const auto tag : asked.tags) expression += " AND " + quoted_mark(tag_mark(tag));
    return each_found(reader, expression, query.after, each);
  }
  if (!asked.tags.empty()) return asked.expression.empty() ? check_tagged_only(reader.main, asked, query, each) : each_tagged(reader, asked, query, each);
  if (asked.expression.empty()) return reader.main.each("SELECT id FROM subject WHERE id>? AND gone=0 ORDER BY id", step, query.after);
  return each_found(reader, asked.expression, query.after, each);
}

// Subjects whose whole name was typed, at most ten: shown before all others.
Result<std::vector<SubjectId>> named_so(StoreReader& reader, const Asked& asked, const SubjectQuery& query) {
  std::vector<SubjectId> out;
  const std::string name = fold_text(query.text);
  if (count_characters(name) < 2) return out;
  const std::string marks = filter_expression(query.filter);
  const std::string expression = quoted_mark(name_mark(name)) + (marks.empty() ? "" : " AND " + marks);
  std::vector<SubjectId> ids;
  GZ_TRY(each_found(reader, expression, 0, [&](SubjectId id) { ids.push_back(id); return ids.size() < 10; }));
  for (const auto id : ids) {
    GZ_TRY_ASSIGN(const bool tagged, has_tags(reader.main, asked.tags, id));
    if (tagged) out.push_back(id);
  }
  return out;
}

Status add_hits(StoreReader& reader, const Asked& asked, const SubjectQuery& query, const std::vector<SubjectId>& ids, const std::vector<SubjectId>& besides, std::vector<SearchHit>& hits) {
  for (const auto id : ids) {
    if (static_cast<int>(hits.size()) >= query.limit) break;
    if (std::find(besides.begin(), besides.end(), id) != besides.end()) continue;
    SearchHit hit;
    GZ_TRY_ASSIGN(auto subject, fitting(reader.main, asked, query.filter, id, &hit.matches));
    if (!subject) continue;                                      // changed since the index saw it
    hit.subject = std::move(*subject);
    hits.push_back(std::move(hit));
  }
  return ok();
}

}  // namespace

Status each_found(StoreReader& reader, const std::string& expression, SubjectId after, const std::function<bool(SubjectId)>& each) {
  std::array<SqlStatement*, kIndexShards> cursors{};
  std::array<SubjectId, kIndexShards> heads{};
  constexpr SubjectId kNone = std::numeric_limits<SubjectId>::max();
  const auto advance = [&](std::size_t at) -> Status {
    GZ_TRY_ASSIGN(const bool more, cursors[at]->step());
    heads[at] = more ? cursors[at]->integer(0) : kNone;
    return ok();
  };
  const Status done = [&]() -> Status {
    for (std::size_t at = 0; at < kIndexShards; ++at) {
      GZ_TRY_ASSIGN(cursors[at], reader.index[at].open("SELECT rowid FROM find WHERE find MATCH ? AND rowid>? ORDER BY rowid", expression, after));
      GZ_TRY(advance(at));
    }
    for (;;) {
      const auto least = static_cast<std::size_t>(std::min_element(heads.begin(), heads.end()) - heads.begin());
      if (heads[least] == kNone || !each(heads[least])) return ok();
      GZ_TRY(advance(least));
    }
  }();
  for (auto* cursor : cursors)
    if (cursor) cursor->reset();
  return done;
}

Status SubjectStore::Impl::each_id(StoreReader& reader, const SubjectQuery& query, const std::function<bool(SubjectId)>& each) const {
  GZ_TRY_ASSIGN(const auto asked, prepare_query(reader.main, query));
  return each_asked(reader, asked, query, each);
}

Result<SearchAnswer> SubjectStore::search(const SubjectQuery& query) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  const ReadSpan span(reader->main);
  GZ_TRY_ASSIGN(const auto asked, prepare_query(reader->main, query));
  SearchAnswer out;
  std::vector<SubjectId> ids;
  SubjectQuery all = query;
  all.after = 0;
  const auto begun = impl_->clock.monotonic();
  const auto has_patience = [&] { return out.unfinished = query.patience_us > 0 && impl_->clock.monotonic().us - begun.us > query.patience_us, !out.unfinished; };
  GZ_TRY(each_asked(*reader, asked, all, [&](SubjectId id) { ids.push_back(id); return static_cast<std::int64_t>(ids.size()) <= kCountCap && has_patience(); }));
  out.capped = static_cast<std::int64_t>(ids.size()) > kCountCap;
  out.count = std::min(static_cast<std::int64_t>(ids.size()), kCountCap);
  std::vector<SubjectId> first;
  if (!asked.words.empty()) {
    GZ_TRY_ASSIGN(first, named_so(*reader, asked, query));
  }
  if (query.after > 0) {
    const std::size_t wanted = static_cast<std::size_t>(std::max(query.limit, 0)) + first.size();
    ids.clear();
    GZ_TRY(each_asked(*reader, asked, query, [&](SubjectId id) { ids.push_back(id); return ids.size() < wanted; }));
  } else {
    GZ_TRY(add_hits(*reader, asked, query, first, {}, out.hits));
  }
  GZ_TRY(add_hits(*reader, asked, query, ids, first, out.hits));
  GZ_TRY_ASSIGN(const auto progress, impl_->progress(reader->main));
  out.behind = progress.behind;
  return out;
}

Status SubjectStore::each_match(const SubjectQuery& query, const std::function<bool(SubjectId)>& each) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return impl_->each_id(*reader, query, each);
}

Result<std::vector<std::pair<std::string, std::int64_t>>> SubjectStore::categories(const SubjectFilter& filter) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<std::pair<std::string, std::int64_t>> out;
  GZ_TRY(reader->main.each("SELECT name FROM category ORDER BY name", [&](const SqlStatement& row) { out.emplace_back(row.text(0), 0); return true; }));
  for (auto& [name, count] : out) {
    SubjectQuery query;
    query.filter = filter;
    query.filter.categories = {name};
    GZ_TRY(impl_->each_id(*reader, query, [&, &counted = count](SubjectId) { return ++counted < kCountCap; }));
  }
  std::erase_if(out, [](const auto& one) { return one.second == 0; });
  return out;
}

Result<std::vector<SubjectId>> SubjectStore::Impl::lookup(StoreReader& reader, const std::string& expression, const std::function<bool(const Subject&, const std::vector<Entry>&)>& is) const {
  std::vector<SubjectId> ids, out;
  GZ_TRY(each_found(reader, expression, 0, [&](SubjectId id) { ids.push_back(id); return static_cast<std::int64_t>(ids.size()) < kCountCap; }));
  for (const auto id : ids) {
    GZ_TRY_ASSIGN(const auto subject, read_subject(reader.main, id));
    if (!subject) continue;
    GZ_TRY_ASSIGN(const auto have, read_entries(reader.main, id));
    if (is(*subject, have)) out.push_back(id);
  }
  return out;
}

}  // namespace guzheng
