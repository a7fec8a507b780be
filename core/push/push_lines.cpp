#include "core/push/push_lines.h"

#include <algorithm>

#include "core/identity/openssl.h"
#include "core/identity/signer.h"
#include "core/identity/trust.h"

namespace guzheng {

namespace {

Failure bad(const std::string& what) { return fail(ErrorKind::Invalid, what); }

bool texts_at(const Json& json, std::initializer_list<const char*> keys) {
  return std::all_of(keys.begin(), keys.end(), [&](const char* key) { return json[key].is_string(); });
}

template <typename E>
Status word(const Json& json, const char* key, std::optional<E> (*read)(std::string_view), E& out) {
  const auto value = read(text_at(json, key));
  if (!value) return bad(std::string("\"") + key + "\" holds the unknown word \"" + text_at(json, key) + "\"");
  out = *value;
  return ok();
}

Json subject_json(const Subject& s) {
  return {{"address", s.address}, {"category", s.category}, {"credit_code", s.credit_code}, {"data_region", s.data_region}, {"industry", s.industry},
          {"kind", to_string(s.kind)}, {"licences", s.licences}, {"name", s.name}, {"number", s.number}, {"region", s.region},
          {"sensitivity", to_string(s.sensitivity)}, {"short_name", s.short_name}, {"state", to_string(s.state)}};
}

Result<Subject> subject_of(const Json& json) {
  if (!has_keys(json, {"address", "category", "credit_code", "data_region", "industry", "kind", "licences", "name", "number", "region", "sensitivity", "short_name", "state"}) ||
      !texts_at(json, {"address", "category", "credit_code", "data_region", "industry", "licences", "name", "number", "region", "short_name"}))
    return bad("\"subject\" has not its form");
  Subject out;
  out.address = text_at(json, "address"), out.category = text_at(json, "category"), out.credit_code = text_at(json, "credit_code"), out.data_region = text_at(json, "data_region");
  out.industry = text_at(json, "industry"), out.licences = text_at(json, "licences"), out.name = text_at(json, "name"), out.number = text_at(json, "number");
  out.region = text_at(json, "region"), out.short_name = text_at(json, "short_name");
  GZ_TRY(word(json, "kind", subject_kind, out.kind));
  GZ_TRY(word(json, "state", subject_state, out.state));
  GZ_TRY(word(json, "sensitivity", sensitivity_of, out.sensitivity));
  if (out.name.empty()) return bad("a subject without a name");
  return out;
}

Json entry_json(const Entry& e) {
  return {{"abnormal", e.abnormal}, {"category", e.category}, {"checked_ms", e.checked.ms}, {"kind", to_string(e.kind)}, {"link", e.link},
          {"name", e.name}, {"platform", e.platform}, {"reach", to_string(e.reach)}, {"why", e.why}};
}

Result<Entry> entry_of(const Json& json) {
  if (!has_keys(json, {"abnormal", "category", "checked_ms", "kind", "link", "name", "platform", "reach", "why"}) || !json["abnormal"].is_boolean() ||
      !json["checked_ms"].is_number_integer() || !texts_at(json, {"category", "link", "name", "platform", "why"}))
    return bad("an entry has not its form");
  Entry out;
  out.abnormal = json["abnormal"].get<bool>();
  out.checked = {json["checked_ms"].get<std::int64_t>()};
  out.category = text_at(json, "category"), out.link = text_at(json, "link"), out.name = text_at(json, "name"), out.platform = text_at(json, "platform"), out.why = text_at(json, "why");
  GZ_TRY(word(json, "kind", entry_kind, out.kind));
  GZ_TRY(word(json, "reach", reach_of, out.reach));
  return out;
}

Json record_json(const Record& r) {
  return {{"at_ms", r.at.ms}, {"kind", to_string(r.kind)}, {"reference", r.reference}, {"source", r.source}, {"text", r.text}, {"title", r.title}};
}

Result<Record> record_of(const Json& json) {
  if (!has_keys(json, {"at_ms", "kind", "reference", "source", "text", "title"}) || !json["at_ms"].is_number_integer() ||
      !texts_at(json, {"reference", "source", "text", "title"}))
    return bad("a record has not its form");
  Record out;
  out.at = {json["at_ms"].get<std::int64_t>()};
  out.reference = text_at(json, "reference"), out.source = text_at(json, "source"), out.text = text_at(json, "text"), out.title = text_at(json, "title");
  GZ_TRY(word(json, "kind", record_kind, out.kind));
  return out;
}

template <typename T>
Status each(const Json& array, std::vector<T>& out, Result<T> (*read)(const Json&)) {
  if (!array.is_array()) return bad("a list is missing");
  for (const auto& one : array) {
    GZ_TRY_ASSIGN(auto value, read(one));
    out.push_back(std::move(value));
  }
  return ok();
}

Result<Tag> tag_of(const Json& json) {
  if (!has_keys(json, {"group", "name"}) || !texts_at(json, {"group", "name"}) || text_at(json, "name").empty()) return bad("a tag has not its form");
  return Tag{0, text_at(json, "group"), text_at(json, "name"), 0};
}

}  // namespace

bool has_keys(const Json& json, std::initializer_list<const char*> keys) {
  return json.is_object() && json.size() == keys.size() && std::all_of(keys.begin(), keys.end(), [&](const char* key) { return json.contains(key); });
}

Json push_json(const PushRow& row) {
  Json entries = Json::array(), records = Json::array(), tags = Json::array();
  for (const auto& entry : row.entries) entries.push_back(entry_json(entry));
  for (const auto& record : row.records) records.push_back(record_json(record));
  for (const auto& tag : row.tags) tags.push_back({{"group", tag.group}, {"name", tag.name}});
  return {{"entries", std::move(entries)}, {"records", std::move(records)}, {"subject", subject_json(row.subject)}, {"tags", std::move(tags)},
          {"unit", {{"code", row.unit.code}, {"name", row.unit.name}}}};
}

Result<PushRow> push_row(const Json& json) {
  if (!has_keys(json, {"entries", "records", "subject", "tags", "unit"})) return bad("no subject's line");
  if (!has_keys(json["unit"], {"code", "name"}) || !texts_at(json["unit"], {"code", "name"})) return bad("\"unit\" has not its form");
  PushRow out;
  GZ_TRY_ASSIGN(out.subject, subject_of(json["subject"]));
  GZ_TRY(each(json["entries"], out.entries, entry_of));
  GZ_TRY(each(json["records"], out.records, record_of));
  GZ_TRY(each(json["tags"], out.tags, tag_of));
  out.unit.code = text_at(json["unit"], "code"), out.unit.name = text_at(json["unit"], "name");
  return out;
}

Json hand_json(const PushHand& hand) { return {{"badge", hand.badge}, {"certificate_sha256", hand.certificate_sha256}, {"name", hand.name}, {"unit", hand.unit}}; }

PushHand hand_of(const CertificateInfo& info) { return {info.subject_cn, info.badge, info.unit, info.sha256}; }

Json head_json(const PushSeen& push) {
  return {{"at", format_time(push.at, 0)}, {"by", hand_json(push.by)}, {"filter", push.note.filter}, {"format", 1}, {"id", push.id},
          {"kind", "guzheng-push"}, {"note", push.note.note}, {"to", push.note.to}};
}

Result<PushSeen> head_of(const Json& json) {
  if (text_at(json, "kind") != "guzheng-push") return bad("this is no push: its first line does not say so");
  if (integer_at(json, "format") != 1) return fail(ErrorKind::Unsupported, "a newer program made this push (format " + std::to_string(integer_at(json, "format")) + ")");
  if (!has_keys(json, {"at", "by", "filter", "format", "id", "kind", "note", "to"}) || !texts_at(json, {"at", "filter", "id", "note", "to"}) ||
      !has_keys(json["by"], {"badge", "certificate_sha256", "name", "unit"}) || !texts_at(json["by"], {"badge", "certificate_sha256", "name", "unit"}) || json["id"].get<std::string>().size() != 32)
    return bad("the push's first line has not its form");
  const auto at = parse_time(text_at(json, "at"));
  if (!at) return bad("the push's first line has no time");
  PushSeen out;
  out.id = text_at(json, "id");
  out.at = *at;
  out.note = {text_at(json, "to"), text_at(json, "note"), text_at(json, "filter")};
  const Json& by = json["by"];
  out.by = {text_at(by, "name"), text_at(by, "badge"), text_at(by, "unit"), text_at(by, "certificate_sha256")};
  return out;
}

Result<std::string> push_line(const Json& json) {
  GZ_TRY_ASSIGN(std::string text, canonical_json(json));
  text += "\n";
  if (text.size() > kMostPushLine) return bad("a subject takes more than 1 MiB");
  return text;
}

Result<std::string> signature_line(const Signer& signer, std::string_view line) {
  GZ_TRY_ASSIGN(const Bytes signature, signer.sign_detached(as_bytes(line)));
  return push_line({{"signature", to_base64(signature)}});
}

Status check_hand(const Json& signature_json, std::string_view line, const PushHand& said, const PushTrust& trust) {
  Bytes signature;
  if (!has_keys(signature_json, {"signature"}) || !from_base64(text_at(signature_json, "signature"), signature)) return bad("the last line is no signature");
  GZ_TRY_ASSIGN(const std::string pem, detached_signer(signature, as_bytes(line), trust.roots_pem));
  GZ_TRY_ASSIGN(const auto info, describe_certificate(as_bytes(pem)));
  if (hand_of(info) != said) return fail(ErrorKind::Tampered, "it was signed by another certificate than it says");
  if (info.not_before.ms > trust.now.ms || info.not_after.ms < trust.now.ms) return fail(ErrorKind::Denied, "the certificate of " + said.name + " is not valid now");
  if (trust.crl_pem.empty()) return ok();
  GZ_TRY_ASSIGN(const auto certificate, ssl::read_cert(as_bytes(pem)));
  GZ_TRY_ASSIGN(const auto standing, standing_of(certificate.get(), trust.roots_pem, trust.crl_pem, trust.now));
  if (standing == Standing::Revoked) return fail(ErrorKind::Denied, "the certificate of " + said.name + " was revoked");
  if (standing == Standing::NoList) return fail(ErrorKind::Denied, "the revocation list is not of this time: whether " + said.name + "'s certificate was revoked is unknown");
  if (standing != Standing::Good) return fail(ErrorKind::Denied, "the certificate of " + said.name + " is not one of the bureau's");
  return ok();
}

}  // namespace guzheng
