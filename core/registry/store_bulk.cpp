#include "core/search/fold.h"
#include "core/registry/key_map.h"
#include "core/registry/store_impl.h"

namespace guzheng {

namespace {

constexpr std::size_t kRowsAtOnce = 4096;

#define GZ_BATCH_COLUMNS "id,kind,state,begun_ms,ended_ms,first,last,added,changed,who,source,mark,summary"

Batch batch_at(const SqlStatement& row) {
  Batch out;
  out.id = row.integer(0);
  out.kind = static_cast<BatchKind>(row.integer(1));
  out.state = static_cast<BatchState>(row.integer(2));
  out.begun = {row.integer(3)};
  out.ended = {row.integer(4)};
  out.first = row.integer(5);
  out.last = row.integer(6);
  out.added = row.integer(7);
  out.changed = row.integer(8);
  out.who = row.text(9);
  out.source = row.text(10);
  out.mark = row.text(11);
  out.summary = row.text(12);
  return out;
}

}  // namespace

struct BulkSession::Impl {
  Impl(SubjectStore::Impl& into, Batch which) : store(into), batch(std::move(which)), act{batch.who, ""} {}
  ~Impl() {
    store.bulk_floor = std::numeric_limits<SubjectId>::max();
    store.bulk_open = false;
  }

  struct AddStep { SubjectId id; SubjectRow row; };
  struct EntryStep { SubjectId id; Entry entry; };
  struct RecordStep { SubjectId id; Record record; };
  using OtherStep = std::function<Status(StoreSql&)>;
  using BulkStep = std::variant<AddStep, Subject, EntryStep, RecordStep, OtherStep>;

  SubjectStore::Impl& store;
  Batch batch;
  const Act act;
  std::vector<BulkStep> steps;
  KeyMap added;

  [[nodiscard]] Status take(BulkStep step) {
    steps.push_back(std::move(step));
    return steps.size() < kRowsAtOnce ? ok() : flush();
  }
  Status flush();
  Status do_step(StoreSql& sql, const BulkStep& step, Batch& now);
  Status save(StoreSql& sql, const Batch& now);
};

Status BulkSession::Impl::do_step(StoreSql& sql, const BulkStep& step, Batch& now) {
  if (const auto* add = std::get_if<AddStep>(&step)) {
    if (now.first == 0) now.first = add->id;
    now.last = add->id;
    ++now.added;
    return store.add_row(sql, add->row, add->id, now.id);
  }
  if (const auto* subject = std::get_if<Subject>(&step)) {
    GZ_TRY_ASSIGN(const bool differs, store.change_row(sql, *subject, act, now.id));
    if (differs) ++now.changed;
    return ok();
  }
  if (const auto* other = std::get_if<OtherStep>(&step)) return (*other)(sql);
  ++now.changed;
  if (const auto* entry = std::get_if<EntryStep>(&step)) {
    GZ_TRY_ASSIGN(const int no, store.put_entry_row(sql, entry->id, entry->entry, act, now.id));
    static_cast<void>(no);
    return ok();
  }
  const auto& record = std::get<RecordStep>(step);
  GZ_TRY_ASSIGN(const auto id, store.add_record_row(sql, record.id, record.record, act, now.id));
  static_cast<void>(id);
  return ok();
}

Status BulkSession::Impl::save(StoreSql& sql, const Batch& now) {
  return sql.run("UPDATE batch SET state=?,ended_ms=?,first=?,last=?,added=?,changed=?,mark=?,summary=? WHERE id=?", now.state, now.ended, now.first, now.last, now.added, now.changed,
                 now.mark, now.summary, now.id);
}

Status BulkSession::Impl::flush() {
  Batch now = batch;
  const Status written = store.write([&](StoreSql& sql) -> Status {
    for (const auto& step : steps) GZ_TRY(do_step(sql, step, now));
    return save(sql, now);
  }, false);
  GZ_TRY(written);
  batch = std::move(now);
  steps.clear();
  store.bulk_floor = std::numeric_limits<SubjectId>::max();
  return ok();
}

BulkSession::BulkSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
BulkSession::~BulkSession() = default;
std::int64_t BulkSession::batch() const { return impl_->batch.id; }

Result<SubjectId> BulkSession::add(const SubjectRow& row) {
  GZ_TRY(check_subject(row.subject));
  for (const auto& entry : row.entries) GZ_TRY(check_entry(entry));
  for (const auto& value : row.sensitive) GZ_TRY(check_sensitive(value));
  const SubjectId id = impl_->store.take_bulk_id();
  const std::string& code = row.subject.credit_code.empty() ? row.subject.number : row.subject.credit_code;
  if (!code.empty()) impl_->added.add(value_hash(fold_code(code)), id);
  GZ_TRY(impl_->take(Impl::AddStep{id, row}));
  return id;
}

Status BulkSession::change(const Subject& subject) {
  GZ_TRY(check_subject(subject));
  return impl_->take(subject);
}

Status BulkSession::put_entry(SubjectId id, const Entry& entry) {
  GZ_TRY(check_entry(entry));
  return impl_->take(Impl::EntryStep{id, entry});
}

Status BulkSession::add_record(SubjectId id, const Record& record) {
  GZ_TRY(check_record(record));
  return impl_->take(Impl::RecordStep{id, record});
}

Status BulkSession::add_sensitive(SubjectId id, const std::vector<SensitiveValue>& values, bool fill_only) {
  for (const auto& value : values) GZ_TRY(check_sensitive(value));
  return impl_->take([impl = impl_.get(), id, values, fill_only](StoreSql& sql) { return impl->store.add_sensitive_rows(sql, id, values, fill_only, impl->act, impl->batch.id); });
}

Status BulkSession::take_over_sensitive(SubjectId from, SubjectId into) {
  return impl_->take([impl = impl_.get(), from, into](StoreSql& sql) { return impl->store.take_over_sensitive_rows(sql, from, into, impl->act, impl->batch.id); });
}

Status BulkSession::raise_notice(SubjectId id, const std::string& text) {
  GZ_TRY(check_text_field("text", text, true));
  return impl_->take([impl = impl_.get(), id, text](StoreSql& sql) { return impl->store.raise_notice_row(sql, id, text, impl->batch.id); });
}

Status BulkSession::commit_at(const std::string& mark) {
  GZ_TRY(check_text_field("mark", mark));
  const std::string before = std::exchange(impl_->batch.mark, mark);
  const Status done = impl_->flush();
  if (!done) impl_->batch.mark = before;
  return done;
}

SubjectId BulkSession::added_under(const std::string& credit_code_or_number) const {
  return impl_->added.find(value_hash(fold_code(credit_code_or_number)));
}

Result<Batch> BulkSession::finish(const std::string& summary) {
  GZ_TRY(impl_->flush());
  Batch now = impl_->batch;
  now.state = BatchState::Done;
  now.ended = impl_->store.clock.wall();
  now.summary = summary;
  const Status written = impl_->store.write([&](StoreSql& sql) -> Status {
    GZ_TRY(impl_->save(sql, now));
    GZ_TRY_ASSIGN(const auto after, json_text({{"batch", now.id}, {"source", now.source}, {"first", now.first}, {"last", now.last}, {"added", now.added}, {"changed", now.changed}}));
    return impl_->store.log(sql, impl_->act, 0, "batch", "", after, now.id);
  }, false);
  GZ_TRY(written);
  impl_->batch = now;
  return now;
}

Result<std::unique_ptr<BulkSession>> SubjectStore::begin_import(const std::string& source, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_text_field("source", source, true));
  if (impl_->bulk_open.exchange(true)) return fail(ErrorKind::Exists, "another import is under way");
  Batch batch;
  batch.who = act.who;
  batch.source = source;
  batch.begun = impl_->clock.wall();
  const Status begun = impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY(sql.run("INSERT INTO batch(kind,state,begun_ms,ended_ms,first,last,added,changed,who,source,mark,summary) VALUES(?,?,?,0,0,0,0,0,?,?,'','')", batch.kind, batch.state,
                   batch.begun, batch.who, batch.source));
    batch.id = sql.connection().last_row();
    return ok();
  }, false);
  if (!begun) {
    impl_->bulk_open = false;
    return fail(begun.error());
  }
  return std::make_unique<BulkSession>(std::make_unique<BulkSession::Impl>(*impl_, std::move(batch)));
}

Result<std::unique_ptr<BulkSession>> SubjectStore::resume_import(std::int64_t id) {
  GZ_TRY_ASSIGN(Batch open, batch(id));
  if (open.kind != BatchKind::Import || open.state != BatchState::Open) return fail(ErrorKind::Invalid, "batch " + std::to_string(id) + " is no import that was broken off");
  if (impl_->bulk_open.exchange(true)) return fail(ErrorKind::Exists, "another import is under way");
  return std::make_unique<BulkSession>(std::make_unique<BulkSession::Impl>(*impl_, std::move(open)));
}

Result<std::vector<Batch>> SubjectStore::batches(int limit) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<Batch> out;
  GZ_TRY(reader->main.each("SELECT " GZ_BATCH_COLUMNS " FROM batch ORDER BY id DESC LIMIT ?", [&](const SqlStatement& row) { out.push_back(batch_at(row)); return true; }, limit));
  return out;
}

Result<Batch> SubjectStore::batch(std::int64_t id) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::optional<Batch> out;
  GZ_TRY(reader->main.each("SELECT " GZ_BATCH_COLUMNS " FROM batch WHERE id=?", [&](const SqlStatement& row) { out = batch_at(row); return false; }, id));
  if (!out) return fail(ErrorKind::NotFound, "there is no batch " + std::to_string(id));
  return std::move(*out);
}

}  // namespace guzheng
