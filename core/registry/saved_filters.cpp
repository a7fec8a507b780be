#include "core/registry/store_impl.h"
#include "core/registry/words_of_query.h"

namespace guzheng {

namespace {

template <typename E>
void put_words(Json& out, const char* key, const std::vector<E>& list) {
  for (const auto value : list) out[key].push_back(to_string(value));
}

template <typename T>
void put_list(Json& out, const char* key, const std::vector<T>& list) {
  if (!list.empty()) out[key] = list;
}

template <typename E>
Status take_words(const Json& value, std::optional<E> (*read)(std::string_view), std::vector<E>& out) {
  for (const auto& word : value) {
    const auto one = word.is_string() ? read(word.get<std::string>()) : std::nullopt;
    if (!one) return fail(ErrorKind::Invalid, "the filter holds an unknown word: " + word.dump());
    out.push_back(*one);
  }
  return ok();
}

Status take_texts(const Json& value, std::vector<std::string>& out) {
  for (const auto& text : value) {
    if (!text.is_string()) return fail(ErrorKind::Invalid, "the filter holds something else than a text: " + text.dump());
    out.push_back(text.get<std::string>());
  }
  return ok();
}

Status take_numbers(const Json& value, std::vector<std::int64_t>& out) {
  for (const auto& number : value) {
    if (!number.is_number_integer()) return fail(ErrorKind::Invalid, "the filter holds something else than a number: " + number.dump());
    out.push_back(number.get<std::int64_t>());
  }
  return ok();
}

Status take_member(const std::string& key, const Json& value, SubjectQuery& out) {
  SubjectFilter& f = out.filter;
  if (key == "text" && value.is_string()) return out.text = value.get<std::string>(), ok();
  if (key == "abnormal" && value.is_boolean()) return f.abnormal = value.get<bool>(), ok();
  if (!value.is_array()) return fail(ErrorKind::Invalid, "the filter's \"" + key + "\" is not what it should be");
  if (key == "kinds") return take_words(value, subject_kind, f.kinds);
  if (key == "states") return take_words(value, subject_state, f.states);
  if (key == "sensitivities") return take_words(value, sensitivity_of, f.sensitivities);
  if (key == "entry_kinds") return take_words(value, entry_kind, f.entry_kinds);
  if (key == "regions") return take_texts(value, f.regions);
  if (key == "industries") return take_texts(value, f.industries);
  if (key == "categories") return take_texts(value, f.categories);
  if (key == "platforms") return take_texts(value, f.platforms);
  if (key == "units") return take_numbers(value, f.units);
  if (key == "tags") return take_numbers(value, f.tags);
  return fail(ErrorKind::Invalid, "the filter has a member that this version does not know: \"" + key + "\"");
}

}  // namespace

Json filter_json(const SubjectQuery& query) {
  Json out = Json::object();
  const SubjectFilter& f = query.filter;
  if (!query.text.empty()) out["text"] = query.text;
  if (f.abnormal) out["abnormal"] = true;
  put_words(out, "kinds", f.kinds);
  put_words(out, "states", f.states);
  put_words(out, "sensitivities", f.sensitivities);
  put_words(out, "entry_kinds", f.entry_kinds);
  put_list(out, "regions", f.regions);
  put_list(out, "industries", f.industries);
  put_list(out, "categories", f.categories);
  put_list(out, "platforms", f.platforms);
  put_list(out, "units", f.units);
  put_list(out, "tags", f.tags);
  return out;
}

Result<SubjectQuery> filter_from(const Json& json) {
  if (!json.is_object()) return fail(ErrorKind::Invalid, "a filter is an object");
  SubjectQuery out;
  for (const auto& [key, value] : json.items()) GZ_TRY(take_member(key, value, out));
  return out;
}

Status SubjectStore::save_filter(const SavedFilter& filter, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_text_field("name", filter.name, true));
  GZ_TRY(check_filter(filter.query.filter));
  GZ_TRY_ASSIGN(const auto text, json_text(filter_json(filter.query)));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY(sql.run("INSERT OR REPLACE INTO saved_filter(name,query) VALUES(?,?)", filter.name, text));
    return impl_->log(sql, act, 0, "filter", "", text);
  }, false);
}

Status SubjectStore::forget_filter(const std::string& name, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY(sql.run("DELETE FROM saved_filter WHERE name=?", name));
    if (sql.connection().changed() == 0) return fail(ErrorKind::NotFound, "there is no saved filter \"" + name + "\"");
    GZ_TRY_ASSIGN(const auto before, json_text({{"name", name}}));
    return impl_->log(sql, act, 0, "filter", before, "");
  }, false);
}

Result<std::vector<SavedFilter>> SubjectStore::saved_filters() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<std::pair<std::string, std::string>> rows;
  GZ_TRY(reader->main.each("SELECT name,query FROM saved_filter ORDER BY name", [&](const SqlStatement& row) { rows.emplace_back(row.text(0), row.text(1)); return true; }));
  std::vector<SavedFilter> out;
  for (const auto& [name, text] : rows) {
    GZ_TRY_ASSIGN(const auto json, parse_json(text));
    GZ_TRY_ASSIGN(auto query, filter_from(json));
    out.push_back({name, std::move(query)});
  }
  return out;
}

}  // namespace guzheng
