// What changed in the library since a place in its table of changes. A mark is "N", or "N:S" while the subjects of change N are gone through: up to S.
#include <charconv>

#include "core/base/random.h"
#include "core/registry/exchange.h"
#include "core/registry/exchange_text.h"

namespace guzheng {

namespace {

constexpr int kChangesAtOnce = 400;

struct ExchangeMark {
  std::int64_t change = 0;
  std::optional<SubjectId> within;                               // of the change after it
};

Result<ExchangeMark> mark_from(const std::string& text) {
  ExchangeMark out;
  if (text.empty()) return out;
  const char* end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, out.change);
  if (read.ec == std::errc() && read.ptr != end && *read.ptr == ':') {
    SubjectId within = 0;
    read = std::from_chars(read.ptr + 1, end, within);
    out.within = within;
  }
  if (read.ec != std::errc() || read.ptr != end || out.change < 0) return fail(ErrorKind::Invalid, "'" + text + "' is no mark of the subject library");
  return out;
}

struct ExchangeChange {
  std::int64_t id = 0;
  SubjectId subject = 0;
  std::string what, before, after;
};

// Subjects that one change is about, when it is about many: of an import, of a tag, of a unit. Above `after`, in order.
enum class Wide { None, Imported, Tagged, Carrying, All };
struct WideChange {
  Wide wide = Wide::None;
  std::int64_t number = 0;                                       // of batch or tag
};

class ExchangeReader {
 public:
  ExchangeReader(StoreSql& sql, SubjectExchange::Changed& out) : sql_(sql), out_(out) {}

  Status run(ExchangeMark mark) {
    std::vector<ExchangeChange> changes;
    GZ_TRY(sql_.each("SELECT id,subject,what,before,after FROM change WHERE id>? ORDER BY id LIMIT ?", [&](const SqlStatement& row) {
      changes.push_back({row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
      return true;
    }, mark.change, kChangesAtOnce));
    out_.more = changes.size() == kChangesAtOnce;
    for (const auto& change : changes) {
      GZ_TRY_ASSIGN(const auto about, look(change));
      if (about.wide != Wide::None) {
        GZ_TRY_ASSIGN(const auto last, wide(about, mark.within.value_or(0)));
        mark.within.reset();
        if (last) {
          out_.mark = std::to_string(change.id - 1) + ":" + std::to_string(*last);
          out_.more = true;
          return finish();
        }
      }
      mark.change = change.id;
    }
    out_.mark = std::to_string(mark.change);
    return finish();
  }

 private:
  Result<WideChange> look(const ExchangeChange& change) {
    if (change.subject > 0) {
      if (change.what != "record" && change.what != "sensitive" && change.what != "notice" && change.what != "marks") subjects_.insert(change.subject);
      return WideChange{};
    }
    if (change.what == "tag library") return look_at_tag(change);
    if (change.what == "unit") return look_at_unit(change);
    if (change.what != "batch") return WideChange{};
    GZ_TRY_ASSIGN(const auto said, parse_json(change.after.empty() ? change.before : change.after));
    const auto batch = integer_at(said, "batch");
    GZ_TRY_ASSIGN(const auto kind, sql_.number("SELECT kind FROM batch WHERE id=?", batch));
    if (kind.value_or(0) == static_cast<int>(BatchKind::Import)) return WideChange{Wide::Imported, batch};
    return change.after.empty() ? WideChange{Wide::All, 0} : WideChange{Wide::Tagged, batch};        // whom an undo of tagging took it from nobody wrote down
  }

  // Every name that this tag ever had, since it may have another one now; and whoever carries it.
  Result<WideChange> look_at_tag(const ExchangeChange& change) {
    GZ_TRY_ASSIGN(const auto said, parse_json(change.after.empty() ? change.before : change.after));
    const auto tag = integer_at(said, "tag");
    Status read = ok();
    GZ_TRY(sql_.each("SELECT after FROM change WHERE subject=0 AND id<=? AND what='tag library' AND after<>''", [&](const SqlStatement& row) {
      const auto then = parse_json(row.text(0));
      if (!then) read = fail(then.error());
      else if (integer_at(*then, "tag") == tag) tags_.insert(shared_tag_id(text_at(*then, "group"), text_at(*then, "name")));
      return read.has_value();
    }, change.id));
    GZ_TRY(read);
    return WideChange{Wide::Carrying, tag};
  }

  // A new one is nobody's yet.
  Result<WideChange> look_at_unit(const ExchangeChange& change) {
    GZ_TRY_ASSIGN(const auto said, parse_json(change.after));
    bool before = false;
    GZ_TRY(sql_.each("SELECT after FROM change WHERE subject=0 AND id<? AND what='unit'", [&](const SqlStatement& row) {
      const auto then = parse_json(row.text(0));
      before = then && integer_at(*then, "unit") == integer_at(said, "unit");
      return !before;
    }, change.id));
    return before ? WideChange{Wide::All, 0} : WideChange{};
  }

  // Gives the last one when there may be more.
  Result<std::optional<SubjectId>> wide(const WideChange& about, SubjectId after) {
    int count = 0;
    SubjectId last = after;
    const auto take = [&](const SqlStatement& row) {
      last = row.integer(0);
      subjects_.insert(last);
      ++count;
      return true;
    };
    if (about.wide == Wide::Imported) {                          // those that were taken back are known by their ids alone
      GZ_TRY(sql_.each("SELECT id FROM (SELECT s.id FROM subject s JOIN batch b ON b.id=?1 AND s.id BETWEEN b.first AND b.last AND s.batch=b.id WHERE s.id>?2 "
                       "UNION SELECT c.subject FROM common c JOIN batch b ON b.id=?1 AND c.subject BETWEEN b.first AND b.last WHERE c.subject>?2) ORDER BY 1 LIMIT ?3", take, about.number, after, kChangesAtOnce));
    } else if (about.wide == Wide::Tagged) {
      GZ_TRY(sql_.each("SELECT subject FROM tag_step WHERE batch=? AND subject>? ORDER BY subject LIMIT ?", take, about.number, after, kChangesAtOnce));
    } else if (about.wide == Wide::Carrying) {
      GZ_TRY(sql_.each("SELECT subject FROM tagged WHERE tag=? AND subject>? ORDER BY subject LIMIT ?", take, about.number, after, kChangesAtOnce));
    } else {
      GZ_TRY(sql_.each("SELECT subject FROM common WHERE subject>? ORDER BY subject LIMIT ?", take, after, kChangesAtOnce));
    }
    return count == kChangesAtOnce ? std::optional<SubjectId>(last) : std::nullopt;
  }

  Status finish() {
    for (const auto& tag : tags_) out_.names.emplace_back("tag", tag);
    for (const auto subject : subjects_) {
      std::string id;
      GZ_TRY(sql_.each("SELECT id FROM common WHERE subject=?", [&](const SqlStatement& row) { id = row.text(0); return false; }, subject));
      if (id.empty()) {
        GZ_TRY_ASSIGN(const auto there, read_subject(sql_, subject));
        if (!there) continue;                                    // came and went before anybody was told
        id = "s" + random_hex(16);
        GZ_TRY(sql_.run("INSERT INTO common(id,subject) VALUES(?,?)", id, subject));
      }
      out_.names.emplace_back("subject", id);
    }
    return ok();
  }

  StoreSql& sql_;
  SubjectExchange::Changed& out_;
  std::set<SubjectId> subjects_;
  std::set<std::string> tags_;
};

}  // namespace

Result<SubjectExchange::Changed> SubjectExchange::changed_since(const std::string& mark) {
  GZ_TRY_ASSIGN(const auto from, mark_from(mark));
  Changed out;
  auto& impl = store_.impl();
  GZ_TRY_ASSIGN(const auto reader, impl.read());
  // nothing new is the rule: no transaction for it
  GZ_TRY_ASSIGN(const auto newest, reader->main.number("SELECT max(id) FROM change"));
  if (!from.within && newest.value_or(0) == from.change) return Changed{{}, mark, false};
  if (newest.value_or(0) < from.change) return fail(ErrorKind::Invalid, "the subject library has fewer changes than '" + mark + "': another one was put in its place");
  GZ_TRY(impl.write([&](StoreSql& sql) -> Status {
    out = {};
    return ExchangeReader(sql, out).run(from);
  }, false));
  return out;
}

}  // namespace guzheng
