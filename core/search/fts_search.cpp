#include "core/search/fts_search.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "core/search/fold.h"
#include "core/sql/bigrams.h"
#include "core/sql/connection.h"
#include "core/sql/fts_segment.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kFewRows = 500;                            // go in through the table: a segment of its own for a handful would soon have to be merged
constexpr std::size_t kTokensOfRun = 3'000'000;                  // some 70 MiB
constexpr std::size_t kWorthMerging = 50'000;
constexpr int kReaderCache = 64, kWriterCache = 128;             // MiB

// No positions of columns and no sizes of documents are kept, since nothing is ranked. `doc`: what is there now; `dead`: rows whose document changed or went. Where the document of
// an id stands is found by a mark of its own: ids are drawn at random, and a second tree over ten million of them would be written all over with every batch.
const SqlMigrations& fts_schema() {
  static const SqlMigrations steps{
      "CREATE VIRTUAL TABLE find USING fts5(doc, content='', columnsize=0, tokenize='gz_bigrams');"
      "INSERT INTO find(find, rank) VALUES('hashsize', 8388608); INSERT INTO find(find, rank) VALUES('automerge', 8);"
      "INSERT INTO find(find, rank) VALUES('usermerge', 8); INSERT INTO find(find, rank) VALUES('crisismerge', 24);"
      "CREATE TABLE doc(place INTEGER PRIMARY KEY, id TEXT NOT NULL);"
      "CREATE TABLE dead(place INTEGER PRIMARY KEY);"
      "CREATE TABLE state(one INTEGER PRIMARY KEY CHECK(one=1), shape INTEGER NOT NULL, applied INTEGER NOT NULL, documents INTEGER NOT NULL, dead INTEGER NOT NULL);"
      "INSERT INTO state VALUES(1, 0, 0, 0, 0);"};
  return steps;
}

// Each mark once, parted by spaces; all stand at one place.
void add_mark(std::string& marks, const std::string& mark) {
  const std::string wanted = ' ' + mark + ' ';
  if (marks.find(wanted) == std::string::npos) marks.append(wanted, 1);
}

std::string given_mark(const std::string& mark) { return 'f' + mark; }                         // apart from those of codes and ids
std::string id_mark(const std::string& id) { return 'i' + value_key(id); }

std::string fts_document(const TextDocument& document) {
  std::string out, others(1, kOtherText), marks = ' ' + id_mark(document.id) + ' ';
  for (const auto& name : document.names)
    if (const auto text = fold_text(name); !text.empty()) out += text + kPart;
  for (const auto& other : document.others)
    if (const auto text = fold_text(other); !text.empty() && out.find(text) == std::string::npos) others += text + kPart;
  for (const auto& raw : document.codes) {
    const auto code = text_code(raw);
    if (code.empty()) continue;
    add_mark(marks, code_mark(code));
    for (const std::size_t length : kCodePrefixes)
      if (code.size() >= length) add_mark(marks, code_prefix_mark(std::string_view(code).substr(0, length)));
  }
  for (const auto& mark : document.marks) add_mark(marks, given_mark(mark));
  return out + kMarks + marks + others;
}

std::string fts_question(const std::vector<QueryWord>& words, const std::vector<std::vector<std::string>>& groups) {
  std::string out;
  const auto and_also = [&](const std::string& more) { out += (out.empty() ? "" : " AND ") + more; };
  for (const auto& word : words) and_also(word_expression(word));
  for (const auto& group : groups) {
    std::string one;
    for (const auto& mark : group) one += (one.empty() ? "" : " OR ") + quoted_mark(given_mark(mark));
    and_also('(' + one + ')');
  }
  return out;
}

class FtsSearch final : public TextSearch {
 public:
  FtsSearch(fs::path file, const Clock& clock) : file_(std::move(file)), clock_(clock) {}

  Status open(std::int64_t shape, std::string* anew) {
    shape_ = shape;
    auto opened = connect();
    if (!opened && (opened.error().kind == ErrorKind::Tampered || opened.error().kind == ErrorKind::Unsupported)) {
      if (anew != nullptr) *anew = opened.error().what;
      GZ_TRY(throw_away());
      opened = connect();
    }
    GZ_TRY(opened);
    GZ_TRY_ASSIGN(const auto was, number(*writer_, "SELECT shape FROM state"));
    if (was == shape_) return ok();
    if (was != 0 && anew != nullptr) *anew = "it was made for other fields";
    return clear();
  }

  Status apply(const TextBatch& batch) override {
    GZ_TRY_ASSIGN(const auto was, number(*writer_, "SELECT applied FROM state"));
    GZ_TRY(check_text_batch(batch, was));
    bool many = batch.put.size() > kFewRows;
    if (many) { GZ_TRY_ASSIGN(many, FtsSegment::fits(*bulk_, "find")); }
    SqlConnection& to = many ? *bulk_ : *writer_;
    std::int64_t due = 0;
    GZ_TRY_ASSIGN(const auto left, places_left(batch));
    GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(to));
    GZ_TRY(many ? put_segments(batch, due) : put_rows(batch));
    GZ_TRY(put_places(to, batch, left));
    GZ_TRY(all.commit());
    put_since_ += batch.put.size();
    if (due > 0) return writer_->run("INSERT INTO find(find,rank) VALUES('merge'," + std::to_string(due) + ")");
    return ok();
  }

  Status clear() override {
    GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(*writer_));
    GZ_TRY(writer_->run("INSERT INTO find(find) VALUES('delete-all'); DELETE FROM doc; DELETE FROM dead; UPDATE state SET applied=0, documents=0, dead=0, shape=" + std::to_string(shape_)));
    return all.commit();
  }

  Result<TextAnswer> search(const TextQuestion& question) override {
    GZ_TRY_ASSIGN(const auto words, check_text_question(question));
    const std::string asked = fts_question(words, question.marks);
    GZ_TRY_ASSIGN(auto reader, lease());
    GZ_TRY(reader->run("BEGIN"));                                // one moment for all that is read
    auto answer = answer_of(*reader, question, asked);
    reader->rollback();
    give(std::move(reader));
    return answer;
  }

  Result<TextState> state() override {
    GZ_TRY_ASSIGN(auto reader, lease());
    auto out = [&]() -> Result<TextState> {
      GZ_TRY_ASSIGN(auto ask, reader->prepare("SELECT applied, documents, dead FROM state"));
      GZ_TRY_ASSIGN(const bool row, ask.step());
      if (!row) return fail(ErrorKind::Tampered, file_.string() + ": its state is missing");
      return TextState{ask.integer(0), ask.integer(1), ask.integer(2), 0};
    }();
    give(std::move(reader));
    if (!out) return out;
    std::error_code ec;
    for (const char* end : {"", "-wal"})
      if (const auto size = fs::file_size(file_.string() + end, ec); !ec) out->bytes += static_cast<std::int64_t>(size);
    return out;
  }

  Status settle(const std::function<bool()>& go_on) override {
    if (put_since_ < kWorthMerging) return ok();
    put_since_ = 0;
    // in steps, so that no transaction grows beyond measure; a step that changes fewer than two rows had nothing to merge
    for (int step = 0; go_on(); ++step) {
      GZ_TRY_ASSIGN(const auto before, number(*writer_, "SELECT total_changes()"));
      GZ_TRY(writer_->run(step == 0 ? "INSERT INTO find(find,rank) VALUES('merge',-8000)" : "INSERT INTO find(find,rank) VALUES('merge',8000)"));
      GZ_TRY_ASSIGN(const auto after, number(*writer_, "SELECT total_changes()"));
      if (after - before < 2) break;
    }
    return writer_->checkpoint();
  }

 private:
  Status connect() {
    writer_.reset();
    bulk_.reset();
    GZ_TRY_ASSIGN(writer_, SqlConnection::open(file_, fts_schema(), {false, kWriterCache}));
    GZ_TRY_ASSIGN(bulk_, SqlConnection::open(file_, fts_schema(), {false, kWriterCache}));
    GZ_TRY_ASSIGN(const auto rows, number(*writer_, "SELECT count(*) FROM state"));
    return rows == 1 ? ok() : Status(fail(ErrorKind::Tampered, file_.string() + ": its state is missing"));
  }

  Status throw_away() {
    writer_.reset();
    bulk_.reset();
    std::error_code ec;
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file_.string() + end, ec);
    return fs::exists(file_, ec) ? Status(fail(ErrorKind::Io, file_.string() + " cannot be removed")) : ok();
  }

  static Result<std::int64_t> number(SqlConnection& connection, std::string_view sql) {
    GZ_TRY_ASSIGN(auto ask, connection.prepare(sql));
    GZ_TRY_ASSIGN(const bool row, ask.step());
    return row ? ask.integer(0) : 0;
  }

  Status put_rows(const TextBatch& batch) {
    GZ_TRY_ASSIGN(auto put, writer_->prepare("INSERT INTO find(rowid,doc) VALUES(?,?)"));
    for (const auto& document : batch.put) GZ_TRY(put.bind(1, document.place).bind(2, std::string_view(fts_document(document))).run());
    return ok();
  }

  Status put_segments(const TextBatch& batch, std::int64_t& due) {
    FtsSegment segment;
    const auto write = [&]() -> Status {
      GZ_TRY_ASSIGN(const auto more, segment.write(*bulk_, "find"));
      due += more;
      return ok();
    };
    for (const auto& document : batch.put) {
      segment.add(document.place, fts_document(document));
      if (segment.tokens() >= kTokensOfRun) GZ_TRY(write());
    }
    return segment.rows() > 0 ? write() : ok();
  }

  // Where the documents stand that the batch replaces or takes out. Not within its transaction: the table is asked by the connection that uses it.
  Result<std::vector<std::int64_t>> places_left(const TextBatch& batch) {
    std::vector<std::int64_t> out;
    GZ_TRY_ASSIGN(auto find, writer_->prepare("SELECT rowid FROM find WHERE find MATCH ?"));
    GZ_TRY_ASSIGN(auto is_it, writer_->prepare("SELECT 1 FROM doc WHERE place=? AND id=?"));
    const auto look = [&](const std::string& id) -> Status {
      find.bind(1, std::string_view(quoted_mark(id_mark(id))));
      for (bool there = false; !there;) {
        GZ_TRY_ASSIGN(const bool more, find.step());
        if (!more) break;
        GZ_TRY_ASSIGN(there, is_it.bind(1, find.integer(0)).bind(2, std::string_view(id)).step());
        is_it.reset();
        if (there) out.push_back(find.integer(0));
      }
      find.reset();
      return ok();
    };
    for (const auto& id : batch.gone) GZ_TRY(look(id));
    for (const auto& document : batch.put)
      if (!document.fresh) GZ_TRY(look(document.id));
    return out;
  }

  // Which row is whose now, and how far it came.
  static Status put_places(SqlConnection& to, const TextBatch& batch, const std::vector<std::int64_t>& left) {
    GZ_TRY_ASSIGN(auto drop, to.prepare("DELETE FROM doc WHERE place=?"));
    GZ_TRY_ASSIGN(auto bury, to.prepare("INSERT INTO dead(place) VALUES(?)"));
    GZ_TRY_ASSIGN(auto put, to.prepare("INSERT INTO doc(place,id) VALUES(?,?)"));
    for (const auto place : left) {
      GZ_TRY(drop.bind(1, place).run());
      GZ_TRY(bury.bind(1, place).run());
    }
    for (const auto& document : batch.put) GZ_TRY(put.bind(1, document.place).bind(2, std::string_view(document.id)).run());
    GZ_TRY_ASSIGN(auto state, to.prepare("UPDATE state SET applied=?, documents=documents+?, dead=dead+?"));
    const auto gone = static_cast<std::int64_t>(left.size());
    return state.bind(1, batch.applied).bind(2, static_cast<std::int64_t>(batch.put.size()) - gone).bind(3, gone).run();
  }

  Result<TextAnswer> answer_of(SqlConnection& reader, const TextQuestion& question, const std::string& asked) const {
    TextAnswer out;
    GZ_TRY_ASSIGN(auto state, reader.prepare("SELECT applied, dead FROM state"));
    GZ_TRY_ASSIGN(const bool row, state.step());
    if (!row) return fail(ErrorKind::Tampered, file_.string() + ": its state is missing");
    out.applied = state.integer(0);
    const bool any_dead = state.integer(1) > 0;
    GZ_TRY_ASSIGN(auto buried, reader.prepare("SELECT 1 FROM dead WHERE place=?"));
    const auto is_dead = [&](std::int64_t place) -> Result<bool> {
      if (!any_dead) return false;
      auto found = buried.bind(1, place).step();
      buried.reset();
      return found;
    };
    const auto begun = clock_.monotonic();
    std::vector<std::int64_t> page;
    const auto wanted = static_cast<std::size_t>(question.limit);
    GZ_TRY(each_place(reader, asked, question.order, 0, is_dead, [&](std::int64_t place) {
      if (question.after == 0 && page.size() < wanted) page.push_back(place);
      out.capped = ++out.count > kTextCountCap || (question.patience_us > 0 && page.size() == wanted && out.count > question.limit && clock_.monotonic().us - begun.us > question.patience_us);
      return !out.capped;
    }));
    out.count = std::min(out.capped ? out.count - 1 : out.count, kTextCountCap);
    if (question.after > 0)
      GZ_TRY(each_place(reader, asked, question.order, question.after, is_dead, [&](std::int64_t place) { return page.push_back(place), page.size() < wanted; }));
    GZ_TRY_ASSIGN(auto name, reader.prepare("SELECT id FROM doc WHERE place=?"));
    for (const auto place : page) {
      GZ_TRY_ASSIGN(const bool there, name.bind(1, place).step());
      if (there) out.hits.push_back({std::string(name.text(0)), place});
      name.reset();
    }
    return out;
  }

  template <typename IsDead, typename Each>
  static Status each_place(SqlConnection& reader, const std::string& asked, TextOrder order, std::int64_t after, IsDead is_dead, Each each) {
    const bool newest = order == TextOrder::NewestFirst;
    const std::string column = asked.empty() ? "place" : "rowid";
    std::string sql = asked.empty() ? "SELECT place FROM doc WHERE " : "SELECT rowid FROM find WHERE find MATCH ?2 AND ";
    sql += column + (newest ? "<?1 ORDER BY " : ">?1 ORDER BY ") + column + (newest ? " DESC" : "");
    GZ_TRY_ASSIGN(auto ask, reader.prepare(sql));
    ask.bind(1, newest && after == 0 ? std::numeric_limits<std::int64_t>::max() : after);
    if (!asked.empty()) ask.bind(2, std::string_view(asked));
    for (;;) {
      GZ_TRY_ASSIGN(const bool more, ask.step());
      if (!more) return ok();
      const std::int64_t place = ask.integer(0);
      GZ_TRY_ASSIGN(const bool dead, is_dead(place));
      if (!dead && !each(place)) return ok();
    }
  }

  Result<std::unique_ptr<SqlConnection>> lease() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto out = std::move(idle_.back());
        idle_.pop_back();
        return out;
      }
    }
    return SqlConnection::open(file_, {}, {true, kReaderCache});
  }
  void give(std::unique_ptr<SqlConnection> reader) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < 8) idle_.push_back(std::move(reader));
  }

  const fs::path file_;
  const Clock& clock_;
  std::int64_t shape_ = 0;
  std::size_t put_since_ = 0;                                    // documents since the last settle()
  std::unique_ptr<SqlConnection> writer_, bulk_;                 // one uses the table, the other writes segments beside it
  std::mutex mutex_;
  std::vector<std::unique_ptr<SqlConnection>> idle_;             // readers; under mutex_
};

}  // namespace

Result<std::unique_ptr<TextSearch>> open_fts_search(const fs::path& file, std::int64_t shape, const Clock& clock, std::string* anew) {
  auto out = std::make_unique<FtsSearch>(file, clock);
  GZ_TRY(out->open(shape, anew));
  return out;
}

}  // namespace guzheng
