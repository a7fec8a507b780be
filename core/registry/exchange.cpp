#include "core/registry/exchange.h"

#include <algorithm>

#include "core/registry/exchange_text.h"

namespace guzheng {

namespace {

Result<SubjectId> subject_under(StoreSql& sql, const std::string& id) {
  GZ_TRY_ASSIGN(const auto found, sql.number("SELECT subject FROM common WHERE id=?", id));
  return found.value_or(0);
}

Result<SharedUnit> unit_named(StoreSql& sql, std::int64_t unit) {
  SharedUnit out;
  GZ_TRY(sql.each("SELECT name,code FROM unit WHERE id=?", [&](const SqlStatement& row) { out = {std::string(row.text(0)), std::string(row.text(1))}; return false; }, unit));
  return out;
}

Result<std::vector<std::pair<std::string, std::string>>> tag_names(StoreSql& sql, SubjectId subject) {
  std::vector<std::pair<std::string, std::string>> out;
  GZ_TRY(sql.each("SELECT grp,name FROM tag JOIN tagged ON tagged.tag=tag.id WHERE tagged.subject=?", [&](const SqlStatement& row) { out.emplace_back(row.text(0), row.text(1)); return true; }, subject));
  return out;
}

Result<std::optional<std::string>> read_shared(StoreSql& sql, SubjectId id) {
  GZ_TRY_ASSIGN(const auto subject, read_subject(sql, id));
  if (!subject) return std::optional<std::string>();
  SharedSubject out;
  out.subject = *subject;
  GZ_TRY_ASSIGN(out.unit, unit_named(sql, subject->unit));
  GZ_TRY_ASSIGN(const auto entries, read_entries(sql, id));
  for (const auto& entry : entries) {
    GZ_TRY_ASSIGN(auto unit, unit_named(sql, entry.unit));
    out.entries[entry.no] = {entry, std::move(unit)};
  }
  GZ_TRY_ASSIGN(const auto tags, tag_names(sql, id));
  out.tags.insert(tags.begin(), tags.end());
  GZ_TRY_ASSIGN(auto text, shared_text(out));
  return std::optional<std::string>(std::move(text));
}

struct TagHere {
  std::int64_t id = 0, count = 0;
  std::string group, name;
};
Result<std::optional<TagHere>> tag_under(StoreSql& sql, const std::string& id) {
  std::optional<TagHere> out;
  GZ_TRY(sql.each("SELECT id,count,grp,name FROM tag", [&](const SqlStatement& row) {
    if (shared_tag_id(std::string(row.text(2)), std::string(row.text(3))) == id) out = TagHere{row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3))};
    return !out;
  }));
  return out;
}

Result<std::optional<std::string>> read_shared_tag(StoreSql& sql, const std::string& id) {
  GZ_TRY_ASSIGN(const auto tag, tag_under(sql, id));
  if (!tag) return std::optional<std::string>();
  GZ_TRY_ASSIGN(auto text, shared_tag_text(tag->group, tag->name));
  return std::optional<std::string>(std::move(text));
}

// Puts one subject as it is wanted, within the transaction that has read what is there.
class SharedWriter {
 public:
  SharedWriter(SubjectStore::Impl& impl, StoreSql& sql, const Act& act) : impl_(impl), sql_(sql), act_(act) {}

  Status take_away(SubjectId id) {
    GZ_TRY_ASSIGN(const Subject subject, present(sql_, id));
    GZ_TRY(impl_.keep_old(sql_, id));
    GZ_TRY(sql_.run("UPDATE subject SET gone=1 WHERE id=?", id));
    --impl_.count;
    GZ_TRY_ASSIGN(const auto before, json_text(subject_json(subject)));
    return impl_.log(sql_, act_, id, "subject", before, "");
  }

  // `id` 0: nobody here had it, it gets one.
  Status put(SubjectId id, const std::string& shared_id, SharedSubject wanted) {
    GZ_TRY_ASSIGN(wanted.subject.unit, unit_of(wanted.unit));
    GZ_TRY_ASSIGN(const auto row, id == 0 ? Result<std::optional<Subject>>(std::optional<Subject>()) : read_subject(sql_, id, true));
    if (!row) {                                                  // never here, or an undo of its import took it
      GZ_TRY_ASSIGN(id, add(shared_id, wanted));
    } else {
      GZ_TRY_ASSIGN(const auto there, read_subject(sql_, id));
      if (!there) GZ_TRY(bring_back(*row));
      wanted.subject.id = id;
      GZ_TRY_ASSIGN([[maybe_unused]] const bool differs, impl_.change_row(sql_, wanted.subject, act_, 0));
    }
    GZ_TRY(put_entries(id, wanted));
    return put_tags(id, wanted);
  }

  Status put_tag(const std::string& group, const std::string& name) {
    GZ_TRY_ASSIGN([[maybe_unused]] const auto tag, tag_of(group, name));
    return ok();
  }

  Status remove_tag(std::int64_t tag) {
    GZ_TRY(sql_.run("DELETE FROM tag WHERE id=?", tag));
    GZ_TRY_ASSIGN(const auto before, json_text({{"tag", tag}}));
    return impl_.log(sql_, act_, 0, "tag library", before, "");
  }

 private:
  Result<SubjectId> add(const std::string& shared_id, const SharedSubject& wanted) {
    SubjectRow row;
    row.subject = wanted.subject;
    const SubjectId id = impl_.take_id();
    GZ_TRY(impl_.add_row(sql_, row, id, 0));
    GZ_TRY(sql_.run("INSERT OR REPLACE INTO common(id,subject) VALUES(?,?)", shared_id, id));
    GZ_TRY_ASSIGN(const auto after, json_text(subject_json(row.subject)));
    GZ_TRY(impl_.log(sql_, act_, id, "subject", "", after));
    return id;
  }

  Status bring_back(const Subject& subject) {
    GZ_TRY(impl_.keep_old(sql_, subject.id));
    GZ_TRY(sql_.run("UPDATE subject SET gone=0 WHERE id=?", subject.id));
    ++impl_.count;
    GZ_TRY_ASSIGN(const auto after, json_text(subject_json(subject)));
    return impl_.log(sql_, act_, subject.id, "subject", "", after);
  }

  Status put_entries(SubjectId id, const SharedSubject& wanted) {
    GZ_TRY_ASSIGN(const auto have, read_entries(sql_, id));
    for (const auto& old : have)
      if (!wanted.entries.contains(old.no)) {
        GZ_TRY(impl_.keep_old(sql_, id));
        GZ_TRY(sql_.run("DELETE FROM entry WHERE subject=? AND no=?", id, old.no));
        GZ_TRY_ASSIGN(const auto before, json_text(entry_json(old)));
        GZ_TRY(impl_.log(sql_, act_, id, entry_word(old.no), before, ""));
      }
    for (const auto& [no, shared] : wanted.entries) {
      Entry entry = shared.entry;
      GZ_TRY_ASSIGN(entry.unit, unit_of(shared.unit));
      const auto old = std::find_if(have.begin(), have.end(), [&](const Entry& e) { return e.no == no; });
      std::string before;
      if (old != have.end()) {
        entry.checked = old->checked;
        entry.reach = old->reach;
        if (*old == entry) continue;
        GZ_TRY_ASSIGN(before, json_text(entry_json(*old)));
      }
      GZ_TRY(impl_.keep_old(sql_, id));
      GZ_TRY(write_entry(sql_, id, entry));
      GZ_TRY(impl_.know_category(sql_, entry.category));
      GZ_TRY_ASSIGN(const auto after, json_text(entry_json(entry)));
      GZ_TRY(impl_.log(sql_, act_, id, entry_word(no), before, after));
    }
    return ok();
  }

  Status put_tags(SubjectId id, const SharedSubject& wanted) {
    GZ_TRY_ASSIGN(const auto have, tag_names(sql_, id));
    for (const auto& name : have)
      if (!wanted.tags.contains(name)) GZ_TRY(turn(id, name, false));
    for (const auto& name : wanted.tags)
      if (std::find(have.begin(), have.end(), name) == have.end()) GZ_TRY(turn(id, name, true));
    return ok();
  }

  Status turn(SubjectId id, const std::pair<std::string, std::string>& name, bool on) {
    GZ_TRY_ASSIGN(const auto tag, tag_of(name.first, name.second));
    bool turned = false;
    GZ_TRY(impl_.turn_tag(sql_, id, tag, on, true, turned));
    if (!turned) return ok();
    GZ_TRY(impl_.count_tag(sql_, tag, on ? 1 : -1));
    GZ_TRY_ASSIGN(const auto text, json_text({{"tag", tag}}));
    return impl_.log(sql_, act_, id, "tag", on ? "" : text, on ? text : "");
  }

  // Made when it is not there.
  Result<std::int64_t> tag_of(const std::string& group, const std::string& name) {
    GZ_TRY_ASSIGN(const auto there, sql_.number("SELECT id FROM tag WHERE grp=? AND name=?", group, name));
    if (there) return *there;
    GZ_TRY(sql_.run("INSERT INTO tag(grp,name,count) VALUES(?,?,0)", group, name));
    const auto id = sql_.connection().last_row();
    GZ_TRY_ASSIGN(const auto after, json_text({{"tag", id}, {"group", group}, {"name", name}}));
    GZ_TRY(impl_.log(sql_, act_, 0, "tag library", "", after));
    return id;
  }

  Result<std::int64_t> unit_of(const SharedUnit& unit) {
    if (unit.name.empty()) return 0;
    GZ_TRY_ASSIGN(const auto there, sql_.number("SELECT id FROM unit WHERE name=? AND code=? ORDER BY id LIMIT 1", unit.name, unit.code));
    if (there) return *there;
    GZ_TRY(sql_.run("INSERT INTO unit(name,code) VALUES(?,?)", unit.name, unit.code));
    const auto id = sql_.connection().last_row();
    GZ_TRY_ASSIGN(const auto after, json_text({{"unit", id}, {"name", unit.name}, {"code", unit.code}}));
    GZ_TRY(impl_.log(sql_, act_, 0, "unit", "", after));
    return id;
  }

  SubjectStore::Impl& impl_;
  StoreSql& sql_;
  const Act& act_;
};

Failure no_kind(const std::string& kind) { return fail(ErrorKind::Invalid, "the subject library keeps no '" + kind + "'"); }

}  // namespace

Result<std::optional<std::string>> SubjectExchange::read(const std::string& kind, const std::string& id) {
  GZ_TRY_ASSIGN(const auto reader, store_.impl().read());
  const ReadSpan span(reader->main);
  if (kind == "tag") return read_shared_tag(reader->main, id);
  if (kind != "subject") return no_kind(kind);
  GZ_TRY_ASSIGN(const auto subject, subject_under(reader->main, id));
  return read_shared(reader->main, subject);
}

Result<std::pair<std::string, WallTime>> SubjectExchange::last_act(const std::string& kind, const std::string& id) {
  GZ_TRY_ASSIGN(const auto reader, store_.impl().read());
  std::pair<std::string, WallTime> out;
  const auto take = [&](const SqlStatement& row) { out = {std::string(row.text(0)), {row.integer(1)}}; return false; };
  if (kind == "tag") {
    GZ_TRY(reader->main.each("SELECT who,at_ms FROM change WHERE subject=0 AND what='tag library' ORDER BY id DESC LIMIT 1", take));
    return out;
  }
  GZ_TRY_ASSIGN(const auto subject, subject_under(reader->main, id));
  GZ_TRY(reader->main.each("SELECT who,at_ms FROM change WHERE subject=? ORDER BY id DESC LIMIT 1", take, subject));
  if (out.first.empty()) GZ_TRY(reader->main.each("SELECT b.who,b.begun_ms FROM batch b JOIN subject s ON s.batch=b.id WHERE s.id=?", take, subject));
  return out;
}

Result<SubjectExchange::Put> SubjectExchange::put(const std::string& kind, const std::string& id, const std::optional<std::string>& expected, const std::optional<std::string>& wanted, const Act& act) {
  if (kind != "tag" && kind != "subject") return no_kind(kind);
  GZ_TRY(check_act(act));
  std::optional<SharedSubject> subject;
  std::optional<std::pair<std::string, std::string>> tag;
  if (wanted && kind == "subject") { GZ_TRY_ASSIGN(subject, shared_from(*wanted)); }
  if (wanted && kind == "tag") {
    GZ_TRY_ASSIGN(tag, shared_tag_from(*wanted));
    if (shared_tag_id(tag->first, tag->second) != id) return fail(ErrorKind::Invalid, "a tag came under another id than its own");
  }
  Put out = Put::Done;
  auto& impl = store_.impl();
  GZ_TRY(impl.write([&](StoreSql& sql) -> Status {
    out = Put::Done;
    SharedWriter writer(impl, sql, act);
    if (kind == "tag") {
      GZ_TRY_ASSIGN(const auto now, read_shared_tag(sql, id));
      if (now == wanted) return ok();
      if (now != expected) return out = Put::Differs, ok();
      if (tag) return writer.put_tag(tag->first, tag->second);
      GZ_TRY_ASSIGN(const auto here, tag_under(sql, id));
      if (here->count > 0) return out = Put::Kept, ok();
      return writer.remove_tag(here->id);
    }
    GZ_TRY_ASSIGN(const auto local, subject_under(sql, id));
    GZ_TRY_ASSIGN(const auto now, read_shared(sql, local));
    if (now == wanted) return ok();
    if (now != expected) return out = Put::Differs, ok();
    return subject ? writer.put(local, id, std::move(*subject)) : writer.take_away(local);
  }, false));
  return out;
}

Result<std::string> SubjectExchange::twin(const std::string& body) {
  GZ_TRY_ASSIGN(const auto shared, shared_from(body));
  if (shared.subject.credit_code.empty()) return std::string();
  GZ_TRY_ASSIGN(const auto found, store_.by_credit_code(shared.subject.credit_code));
  if (found.size() != 1) return std::string();
  GZ_TRY_ASSIGN(const auto reader, store_.impl().read());
  std::string id;
  GZ_TRY(reader->main.each("SELECT id FROM common WHERE subject=?", [&](const SqlStatement& row) { id = row.text(0); return false; }, found[0]));
  return id;
}

Status SubjectExchange::rename(const std::string& from, const std::string& to) {
  return store_.impl().write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const auto subject, subject_under(sql, from));
    if (subject == 0) return fail(ErrorKind::NotFound, "no subject has the id " + from);
    GZ_TRY_ASSIGN(const auto taken, subject_under(sql, to));
    if (taken != 0) return fail(ErrorKind::Exists, "another subject has the id " + to);
    return sql.run("UPDATE common SET id=? WHERE id=?", to, from);
  }, false);
}

Status SubjectExchange::settle() {
  for (std::int64_t behind = 1; behind > 0;) {
    GZ_TRY_ASSIGN(const auto now, store_.follow());
    if (now.behind >= behind && behind > 1) return ok();         // an import runs beside it
    behind = now.behind;
  }
  return ok();
}

}  // namespace guzheng
