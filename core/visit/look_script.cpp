#include "core/visit/look_script.h"

#include <algorithm>
#include <array>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/session/link_act.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostBytes = 1u << 20;

Failure bad_look(std::size_t number, const std::string& what) { return fail(ErrorKind::Invalid, "script " + std::to_string(number) + " for looks on a phone: " + what); }

Result<PhoneLookStep> step_of(const Json& json, std::size_t number) {
  if (!json.is_object() || json.size() != 1 || !json.begin()->is_string() || json.begin()->get_ref<const std::string&>().empty()) return bad_look(number, "a step is one act with its text, such as {\"tap\":\"…\"}");
  const std::string act = json.begin().key(), text = json.begin()->get<std::string>();
  if (act == "key" && text != "enter" && text != "back") return bad_look(number, "there is no key \"" + text + "\"; there are enter and back");
  using Act = PhoneLookStep::Act;
  constexpr std::array<std::pair<std::string_view, Act>, 6> acts{{{"tap", Act::Tap}, {"wait", Act::Wait}, {"scroll", Act::Scroll}, {"type", Act::Type}, {"key", Act::Key}, {"absent", Act::Absent}}};
  for (const auto& [word, is] : acts)
    if (act == word) return PhoneLookStep{is, text};
  return bad_look(number, "\"" + act + "\" is no act; there are tap, wait, scroll, type, key, absent");
}

Result<PhoneLookScript> look_script_of(const Json& json, std::size_t number) {
  if (!json.is_object() || json.size() != 3 || !json.contains("platform") || !json.contains("app") || !json.contains("steps") || !json["steps"].is_array()) return bad_look(number, "it needs platform, app and steps, nothing else");
  PhoneLookScript out{text_at(json, "platform"), text_at(json, "app"), {}};
  if (!is_app(out.app)) return bad_look(number, "\"" + out.app + "\" is no app's name");
  for (const auto& one : json["steps"]) {
    GZ_TRY_ASSIGN(auto step, step_of(one, number));
    out.steps.push_back(std::move(step));
  }
  const bool named = std::any_of(out.steps.begin(), out.steps.end(), [](const PhoneLookStep& step) { return looks_for_name(step) && step.act != PhoneLookStep::Act::Type && step.act != PhoneLookStep::Act::Absent; });
  if (!named) return bad_look(number, "no step looks for {name} (tap, wait or scroll): it would find every entry");
  return out;
}

}  // namespace

bool looks_for_name(const PhoneLookStep& step) { return step.text.find("{name}") != step.text.npos; }

Result<std::vector<PhoneLookScript>> parse_phone_looks(std::string_view text) {
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  if (!json.is_object() || json.size() != 2 || !json.contains("scripts") || !json["scripts"].is_array()) return fail(ErrorKind::Invalid, "scripts for looks on a phone need format and scripts, nothing else");
  if (integer_at(json, "format") != 1) return fail(ErrorKind::Unsupported, "scripts for looks on a phone: format " + std::to_string(integer_at(json, "format")) + " is of a newer program");
  std::vector<PhoneLookScript> out;
  for (const auto& one : json["scripts"]) {
    GZ_TRY_ASSIGN(auto script, look_script_of(one, out.size() + 1));
    out.push_back(std::move(script));
  }
  return out;
}

Result<std::vector<PhoneLookScript>> read_phone_looks(const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const auto text, read_text(file, kMostBytes));
  auto parsed = parse_phone_looks(text);
  if (!parsed) return fail(parsed.error().kind, file.string() + ": " + parsed.error().what);
  return parsed;
}

std::filesystem::path phone_looks_file(const std::filesystem::path& library) { return library / "patrol-phone.json"; }

Result<std::vector<PhoneLookScript>> library_phone_looks(const std::filesystem::path& library) {
  std::error_code ec;
  if (!std::filesystem::exists(phone_looks_file(library), ec)) return std::vector<PhoneLookScript>();
  return read_phone_looks(phone_looks_file(library));
}

Result<std::vector<PhoneLookScript>> import_phone_looks(const std::filesystem::path& library, const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const auto text, read_text(file, kMostBytes));
  GZ_TRY_ASSIGN(auto scripts, read_phone_looks(file));
  GZ_TRY(write_text(phone_looks_file(library), text));
  return scripts;
}

const PhoneLookScript* look_script_for(const std::vector<PhoneLookScript>& scripts, const Entry& entry) {
  auto found = std::find_if(scripts.begin(), scripts.end(), [&](const auto& one) { return one.platform == entry.platform; });
  if (found == scripts.end()) found = std::find_if(scripts.begin(), scripts.end(), [](const auto& one) { return one.platform.empty(); });
  return found == scripts.end() ? nullptr : &*found;
}

bool types_text(const std::vector<PhoneLookScript>& scripts) {
  return std::any_of(scripts.begin(), scripts.end(), [](const auto& script) {
    return std::any_of(script.steps.begin(), script.steps.end(), [](const auto& step) { return step.act == PhoneLookStep::Act::Type; });
  });
}

}  // namespace guzheng
