#include "core/vault/recipients.h"

#include "core/base/json.h"
#include "core/seal/package_reader.h"
#include "core/seal/vault_form.h"

namespace guzheng {

namespace {

Result<std::vector<std::string>> badges_of(const std::filesystem::path& bag, const Opener* opener) {
  GZ_TRY_ASSIGN(const auto files, open_package(bag, opener));
  GZ_TRY_ASSIGN(const auto text, files->text("data/attach/people.json", 1u << 20));
  GZ_TRY_ASSIGN(const auto people, parse_json(text.ends_with('\n') ? std::string_view(text).substr(0, text.size() - 1) : text));
  const auto officers = people.is_object() ? people.value("officers", Json::array()) : Json::array();
  std::vector<std::string> out;
  for (const auto& officer : officers)
    if (officer.is_object()) out.push_back(text_at(officer, "badge"));
  return out;
}

}  // namespace

Result<Recipients> recipients_of(const std::filesystem::path& bag, const Bureau& bureau) {
  Recipients out;
  std::vector<std::string> officers;
  if (const auto badges = badges_of(bag, bureau.opener.get())) {
    for (const auto& badge : *badges) {
      const auto known = bureau.encryption_by_badge.find(badge);
      if (known != bureau.encryption_by_badge.end()) officers.push_back(known->second);
      else out.left_out.push_back(badge);
    }
  } else {
    // whoever sits at the desk need not be an officer of this package: nobody but the archive and the ingest may open it
    out.people_unread = badges.error().what;
  }
  GZ_TRY_ASSIGN(out.pems, vault_recipients(bureau, officers));
  return out;
}

}  // namespace guzheng
