#include "core/registry/document.h"
#include "core/search/fold.h"
#include "core/registry/store_impl.h"
#include "core/registry/words_of_query.h"

namespace guzheng {

namespace {

// As it stands in the changes; "": nothing was decided.
Result<std::string> decision_text(StoreSql& sql, const std::string& incoming, SubjectId id) {
  GZ_TRY_ASSIGN(const auto same, sql.number("SELECT same FROM decision WHERE incoming=? AND subject=?", incoming, id));
  if (!same) return std::string();
  return json_text({{"incoming", incoming}, {"same", *same != 0}});
}

}  // namespace

Result<std::vector<SubjectId>> SubjectStore::by_credit_code(const std::string& raw) const {
  const std::string code = fold_code(raw);
  if (code.empty()) return std::vector<SubjectId>();
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return impl_->lookup(*reader, quoted_mark(code_mark(code)), [&](const Subject& s, const auto&) { return fold_code(s.credit_code) == code; });
}

Result<std::vector<SubjectId>> SubjectStore::by_number(const std::string& raw) const {
  const std::string number = fold_code(raw);
  if (number.empty()) return std::vector<SubjectId>();
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return impl_->lookup(*reader, quoted_mark(code_mark(number)), [&](const Subject& s, const auto&) { return fold_code(s.number) == number; });
}

Result<std::vector<SubjectId>> SubjectStore::by_name(const std::string& raw) const {
  const std::string name = fold_text(raw);
  if (name.empty()) return std::vector<SubjectId>();
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return impl_->lookup(*reader, quoted_mark(name_mark(name)), [&](const Subject& s, const auto&) { return fold_text(s.name) == name || fold_text(s.short_name) == name; });
}

Result<std::vector<SubjectId>> SubjectStore::by_address(const std::string& raw) const {
  const std::string address = fold_text(raw);
  if (address.empty()) return std::vector<SubjectId>();
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return impl_->lookup(*reader, quoted_mark(address_mark(address)), [&](const Subject& s, const auto&) { return fold_text(s.address) == address; });
}

Result<std::vector<SubjectId>> SubjectStore::by_link(const std::string& raw) const {
  const std::string link = normal_link(raw);
  if (link.empty()) return std::vector<SubjectId>();
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return impl_->lookup(*reader, quoted_mark(link_mark(raw)), [&](const Subject&, const std::vector<Entry>& entries) {
    return std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return normal_link(e.link) == link; });
  });
}

Status SubjectStore::decide_match(const std::string& incoming, SubjectId id, bool same, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_text_field("incoming", incoming, true));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
    GZ_TRY_ASSIGN(const auto was, decision_text(sql, incoming, id));
    GZ_TRY(sql.run("INSERT OR REPLACE INTO decision(incoming,subject,same,at_ms,who) VALUES(?,?,?,?,?)", incoming, id, same, impl_->clock.wall(), act.who));
    GZ_TRY_ASSIGN(const auto after, json_text({{"incoming", incoming}, {"same", same}}));
    return impl_->log(sql, act, id, "match", was, after);
  }, false);
}

Status SubjectStore::forget_decision(const std::string& incoming, SubjectId id, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const auto was, decision_text(sql, incoming, id));
    if (was.empty()) return fail(ErrorKind::NotFound, "nothing was decided about this match with subject " + std::to_string(id));
    GZ_TRY(sql.run("DELETE FROM decision WHERE incoming=? AND subject=?", incoming, id));
    return impl_->log(sql, act, id, "match", was, "");
  }, false);
}

Result<std::optional<bool>> SubjectStore::match_decision(const std::string& incoming, SubjectId id) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  GZ_TRY_ASSIGN(const auto same, reader->main.number("SELECT same FROM decision WHERE incoming=? AND subject=?", incoming, id));
  return same ? std::optional<bool>(*same != 0) : std::nullopt;
}

Result<std::vector<SubjectId>> SubjectStore::confirmed_matches(const std::string& incoming) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<SubjectId> out;
  GZ_TRY(reader->main.each("SELECT d.subject FROM decision d JOIN subject s ON s.id=d.subject WHERE d.incoming=? AND d.same=1 AND s.gone=0 ORDER BY d.at_ms DESC", [&](const SqlStatement& row) {
    out.push_back(row.integer(0));
    return true;
  }, incoming));
  return out;
}

}  // namespace guzheng
