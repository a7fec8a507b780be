#include "core/session/attachments.h"

#include "core/seal/review.h"
#include "core/session/items.h"

namespace guzheng {

namespace {

Json marked(Json value, bool practice) {
  if (practice) value["practice"] = true;
  return value;
}

Json officer(const CertificateInfo& who, const char* role) {
  return {{"name", who.subject_cn}, {"badge", who.badge}, {"unit", who.unit}, {"role", role}, {"certificate_sha256", who.sha256}};
}

}  // namespace

Result<People> people_of(const SessionSetup& setup) {
  const Bureau& bureau = *setup.bureau;
  const auto one = setup.officer1 ? setup.officer1 : bureau.officers.empty() ? nullptr : bureau.officers[0];
  const bool later = !setup.officer2 && !setup.officer2_certificate_pem.empty();
  const auto two = setup.officer2 ? setup.officer2 : later || bureau.officers.size() < 2 ? nullptr : bureau.officers[1];
  if (!one || (!two && !later)) return fail(ErrorKind::Invalid, "a capture needs two officers");
  if (!bureau.station_signer) return fail(ErrorKind::Invalid, "the station has no key");
  People people{one->info(), {}, bureau.station_signer->info()};
  if (two) people.officer2 = two->info();
  else { GZ_TRY_ASSIGN(people.officer2, describe_certificate(as_bytes(setup.officer2_certificate_pem))); }
  if (people.officer1.sha256 == people.officer2.sha256 || people.officer1.badge == people.officer2.badge)
    return fail(ErrorKind::Invalid, "the two officers are the same person");
  return people;
}

Json order_json(const OrderContext& context) {
  const CaptureOrder& order = context.setup.order;
  const Bureau& bureau = *context.setup.bureau;
  const auto& issuer = context.people.officer1;
  Json out{{"order_no", order.order_no},
           {"task", order.task},
           {"case", order.case_no},
           {"reason", order.reason},
           {"what", order.what},
           {"legal_basis", order.legal_basis},
           {"type", order.by_script ? std::string(kAutomaticOrder) : "远程操作手机取证"},
           {"method", order.by_script ? "按取证脚本操作手机，全程录像，逐页截屏" : "工作站远程操作手机，全程录像，逐页截屏"},
           {"unit", bureau.name},
           {"issued_at", format_time(context.issued_at, context.setup.clock->zone_minutes())},
           {"issued_from", context.issued_from},
           {"executed_on", context.executed_on},
           {"issuer", {{"name", issuer.subject_cn}, {"badge", issuer.badge}, {"certificate_sha256", issuer.sha256}}},
           {"subject", {{"name", order.subject_name}, {"credit_code", order.credit_code}, {"shop", order.shop},
                        {"platform", order.platform}, {"link", order.link}, {"ownership", order.ownership}}},
           {"system", {{"name", bureau.system_name}, {"owner", bureau.system_owner}, {"version", context.setup.software_version}}}};
  if (const auto& group = context.setup.group) out["group"] = {{"id", group->id}, {"member", group->member}, {"phones", group->phones}};
  return marked(std::move(out), context.practice);
}

Json people_json(const People& people, bool practice) {
  return marked({{"officers", Json::array({officer(people.officer1, "officer1"), officer(people.officer2, "officer2")})},
                 {"station", {{"name", people.station.subject_cn}, {"certificate_sha256", people.station.sha256}}}},
                practice);
}

Json values_json(const ValuesContext& context, const std::vector<CaptureItem>& items, const RecordBook& record, const GapBook& gaps) {
  Json list = Json::array();
  for (const auto& item : items) {
    const auto& d = item.description;
    list.push_back({{"no", item.number}, {"kind", std::string(to_string(d.kind))}, {"title", journal_text(d.title)},
                    {"proves", journal_text(d.proves)}, {"access", journal_text(d.access)}, {"basis", journal_text(d.basis)},
                    {"maker", context.maker}, {"method", "手机系统截屏（screencap），同步录像"},
                    {"made_at", format_time(item.made_at, context.zone_minutes)}, {"path", item.path},
                    {"hierarchy", item.hierarchy}, {"segment", item.segment}, {"before_us", item.before_us},
                    {"after_us", item.after_us}, {"position_ms", item.position_ms}});
  }
  return marked({{"package", context.package},
                 {"opened_at", format_time(context.opened_at, context.zone_minutes)},
                 {"closed_at", format_time(context.closed_at, context.zone_minutes)},
                 {"items", std::move(list)},
                 {"recordings", record.values()},
                 {"gaps", gaps.values()},
                 {"checklist", checklist(items)}},
                context.practice);
}

}  // namespace guzheng
