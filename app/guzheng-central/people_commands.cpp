#include "app/guzheng-central/people_commands.h"

#include <cstdio>
#include <memory>

#include "core/base/file.h"
#include "core/central/access.h"
#include "core/central/config.h"
#include "core/central/engines.h"
#include "core/central/people.h"

namespace guzheng::central {

namespace {

struct Asked {
  std::string config, certificate, role, unit, badge, station;
};

// Database and access log of a configuration's server.
struct Place {
  std::unique_ptr<Database> database;
  std::unique_ptr<CentralPeople> people;
  std::unique_ptr<AccessBook> access;

  static Result<Place> open(const std::string& file, const Clock& clock) {
    GZ_TRY_ASSIGN(const auto config, read_central_config(file));
    Place out;
    GZ_TRY_ASSIGN(out.database, open_central_database(config));
    GZ_TRY_ASSIGN(const auto root, read_text(config.root, 1u << 20));
    GZ_TRY_ASSIGN(const auto crl, read_text(config.crl));
    out.people = std::make_unique<CentralPeople>(*out.database, root, [crl] { return crl; }, clock);
    GZ_TRY_ASSIGN(out.access, AccessBook::open(config.state / "access.log", clock));
    return out;
  }
};

void print(const CentralPerson& person) { std::printf("%s\t%s\t%s\t%s\n", person.badge.c_str(), person.name.c_str(), std::string(to_string(person.role)).c_str(), person.unit.c_str()); }

Json json_of(const char* act, const CentralPerson& person) { return {{"act", act}, {"badge", person.badge}, {"name", person.name}, {"role", to_string(person.role)}, {"unit", person.unit}}; }

Status add_user(const Asked& in, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto place, Place::open(in.config, clock));
  const auto role = central_role_from(in.role);
  if (!role) return fail(ErrorKind::Invalid, "no role: " + in.role);
  GZ_TRY_ASSIGN(const auto pem, read_text(in.certificate, 1u << 20));
  GZ_TRY_ASSIGN(const auto person, place.people->put(pem, *role, in.unit));
  print(person);
  return place.access->event("op.central-people", json_of("add", person));
}

Status remove_user(const Asked& in, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto place, Place::open(in.config, clock));
  GZ_TRY_ASSIGN(const auto person, place.people->by_badge(in.badge));
  GZ_TRY(place.people->remove(in.badge));
  return place.access->event("op.central-people", json_of("remove", person));
}

Status list_users(const Asked& in, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto place, Place::open(in.config, clock));
  GZ_TRY_ASSIGN(const auto people, place.people->list());
  for (const auto& person : people) print(person);
  return ok();
}

Status set_unit(const Asked& in, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto place, Place::open(in.config, clock));
  GZ_TRY(place.people->set_station_unit(in.station, in.unit));
  return place.access->event("op.central-people", {{"act", "unit"}, {"station", in.station}, {"unit", in.unit}});
}

Status list_units(const Asked& in, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto place, Place::open(in.config, clock));
  GZ_TRY_ASSIGN(const auto units, place.people->station_units());
  for (const auto& [station, unit] : units) std::printf("%s\t%s\n", station.c_str(), unit.c_str());
  return ok();
}

}  // namespace

void add_people_commands(CLI::App& app, const char* config, Status& done, const Clock& clock) {
  const auto in = std::make_shared<Asked>();
  in->config = config;
  const auto command = [&](CLI::App* parent, const char* name, const char* about, Status (*act)(const Asked&, const Clock&)) {
    auto* out = parent->add_subcommand(name, about);
    out->add_option("--config", in->config, "配置文件 / configuration")->capture_default_str();
    out->callback([in, act, &done, &clock] { done = act(*in, clock); });
    return out;
  };
  auto* user = app.add_subcommand("user", "谁可以查看本系统 / who may look at what this system holds");
  user->require_subcommand(1);
  auto* add = command(user, "add", "登记或更改 / adds or changes a person", add_user);
  add->add_option("--certificate", in->certificate, "本人签名证书 / the person's signing certificate")->required();
  add->add_option("--role", in->role, "officer 执法人员, reviewer 复核人员, leader 单位负责人, administrator 系统管理员, auditor 审计人员")
      ->check(CLI::IsMember({"officer", "reviewer", "leader", "administrator", "auditor"}))->required();
  add->add_option("--unit", in->unit, "单位；管理员和审计人员可不写 / unit; not needed for administrators and auditors");
  command(user, "remove", "注销 / takes a person out; counts from the next request on", remove_user)->add_option("BADGE", in->badge, "执法证号 / badge")->required();
  command(user, "list", "列出 / badge, name, role, unit", list_users);
  auto* unit = app.add_subcommand("unit", "工作站属于哪个单位 / which unit a station works for");
  unit->require_subcommand(1);
  auto* set = command(unit, "set", "登记或更改 / says or changes it", set_unit);
  set->add_option("STATION", in->station, "工作站编号 / station")->required();
  set->add_option("UNIT", in->unit, "单位 / unit")->required();
  command(unit, "list", "列出 / station, unit", list_units);
}

}  // namespace guzheng::central
