#include "core/registry/store_impl.h"

namespace guzheng {

Result<std::int64_t> SubjectStore::put_unit(const Unit& unit, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_text_field("unit", unit.name, true));
  GZ_TRY(check_text_field("code", unit.code));
  std::int64_t id = unit.id;
  const Status done = impl_->write([&](StoreSql& sql) -> Status {
    if (id == 0) {
      GZ_TRY(sql.run("INSERT INTO unit(name,code) VALUES(?,?)", unit.name, unit.code));
      id = sql.connection().last_row();
    } else {
      GZ_TRY(sql.run("INSERT OR REPLACE INTO unit(id,name,code) VALUES(?,?,?)", id, unit.name, unit.code));
    }
    GZ_TRY_ASSIGN(const auto after, json_text({{"unit", id}, {"name", unit.name}, {"code", unit.code}}));
    return impl_->log(sql, act, 0, "unit", "", after);
  }, false);
  if (!done) return fail(done.error());
  return id;
}

Result<std::vector<Unit>> SubjectStore::units() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<Unit> out;
  GZ_TRY(reader->main.each("SELECT id,name,code FROM unit ORDER BY id", [&](const SqlStatement& row) { out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))}); return true; }));
  return out;
}

Status SubjectStore::set_unit_rules(const std::vector<UnitRule>& rules, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY(sql.run("DELETE FROM unit_rule"));
    Json all = Json::array();
    for (const auto& rule : rules) {
      GZ_TRY(check_text_field("platform", rule.platform));
      GZ_TRY(check_text_field("region", rule.region));
      GZ_TRY(check_text_field("industry", rule.industry));
      GZ_TRY_ASSIGN(const auto there, sql.number("SELECT 1 FROM unit WHERE id=?", rule.unit));
      if (!there) return fail(ErrorKind::NotFound, "a rule names unit " + std::to_string(rule.unit) + ", which is not there");
      GZ_TRY(sql.run("INSERT INTO unit_rule(region,industry,platform,unit) VALUES(?,?,?,?)", rule.region, rule.industry, rule.platform, rule.unit));
      all.push_back({{"region", rule.region}, {"industry", rule.industry}, {"platform", rule.platform}, {"unit", rule.unit}});
    }
    GZ_TRY_ASSIGN(const auto after, json_text(all));
    return impl_->log(sql, act, 0, "unit rules", "", after);
  }, false);
}

Result<std::vector<UnitRule>> SubjectStore::unit_rules() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<UnitRule> out;
  GZ_TRY(reader->main.each("SELECT id,region,industry,platform,unit FROM unit_rule ORDER BY id", [&](const SqlStatement& row) {
    out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4)});
    return true;
  }));
  return out;
}

}  // namespace guzheng
