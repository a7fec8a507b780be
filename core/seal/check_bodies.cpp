// The keys of journal bodies, as data: FORMAT.md 5.1 and 5.3 side by side with this table.
#include <algorithm>
#include <map>

#include "core/custody/statements.h"
#include "core/seal/check_journal.h"
#include "core/seal/tree.h"

namespace guzheng {

namespace {

// Key with its type: s string, i integer, x integer or (64-bit ids) string, n integer or null, b boolean, o object, a array, f files; a trailing ? = may miss.
using Form = std::map<std::string, std::string>;

constexpr std::int64_t kOldestLayoutMs = 10'000;

const std::multimap<std::string_view, Form>& forms() {
  static const std::multimap<std::string_view, Form> table{
      {"tsa.none", {{"reason", "s"}}},
      {"seg.open", {{"codec", "s"}, {"height", "i"}, {"origin_us", "i"}, {"path", "s"}, {"width", "i"}}},
      {"session.open", {{"format", "i"}, {"package", "s"}, {"practice", "b"}, {"software", "o"}, {"station", "s"}, {"zone", "s"}}},
      {"order.recv", {{"files", "f"}, {"order_no", "s"}}},
      {"people", {{"files", "f"}}},
      {"env.check", {{"failed", "i"}, {"files", "f"}, {"noted", "i"}, {"overrides", "a?"}, {"passed", "i"}, {"unknown", "i"}}},
      {"device.attest", {{"files", "f"}, {"marks", "a"}, {"model", "s"}, {"practice", "b"}, {"serial", "s"}}},
      {"app.attest", {{"files", "f"}, {"package", "s"}, {"version", "s"}}},
      {"challenge", {{"code", "s"}, {"way", "s"}}},
      {"clock.sample", {{"monotonic_us", "i"}, {"phone_ms", "n"}, {"tsa_came_ms", "n"}, {"tsa_ms", "n"}, {"wall_ms", "i"}}},
      {"app.foreground", {{"activity", "s"}, {"package", "s"}}},
      {"net.change", {{"files", "f?"}, {"text", "s"}}},
      {"pts.bump", {{"from_us", "i"}, {"packet", "i"}, {"path", "s"}, {"to_us", "i"}}},
      {"gap.begin", {{"gap", "i"}, {"reason", "s"}}},
      {"gap.end", {{"gap", "i"}, {"packets", "i"}}},
      {"pause", {{"reason", "s"}}},
      {"resume", {}},
      {"note", {{"item", "s"}, {"text", "s"}}},
      {"note", {{"access", "s"}, {"basis", "s"}, {"item", "s"}, {"kind", "s"}, {"proves", "s"}, {"title", "s"}}},
      {"confirm", {{"text", "s"}, {"who", "s"}}},       // journals of earlier versions
      {"confirm", {{"act", "s"}, {"no", "i"}, {"text", "s"}, {"title", "s"}, {"who", "s"}}},
      {"confirm", {{"act", "s"}, {"no", "i"}, {"reason", "s?"}, {"result", "s"}, {"text", "s"}, {"who", "s"}}},
      {"long", {{"files", "f"}, {"no", "i"}}},
      {"crash.recover", {{"files", "f"}, {"lost", "s"}, {"torn_bytes", "i"}}},
      {"import", {{"access", "s"}, {"basis", "s"}, {"bytes", "i"}, {"collector", "s"}, {"device", "s"}, {"kind", "s"}, {"made_at", "s"}, {"method", "s"},
                  {"name", "s"}, {"path", "s"}, {"proves", "s"}, {"seal_no", "s?"}, {"seal_state", "s?"}, {"sha256", "s"}, {"shielding", "s?"},
                  {"source", "s"}, {"title", "s"}}},
      {"session.close", {{"files", "f"}, {"reasons", "a"}, {"state", "s"}}}};
  return table;
}

const std::multimap<std::string_view, Form>& input_forms() {
  static const std::multimap<std::string_view, Form> table{
      {"touch", {{"do", "s"}, {"h", "i"}, {"on", "o?"}, {"p", "x"}, {"w", "i"}, {"x", "i"}, {"y", "i"}}},
      {"move", {{"h", "i"}, {"p", "x"}, {"points", "a"}, {"w", "i"}}},
      {"scroll", {{"dx", "i"}, {"dy", "i"}, {"h", "i"}, {"w", "i"}, {"x", "i"}, {"y", "i"}}},
      {"key", {{"code", "i"}, {"do", "s"}, {"meta", "i"}}},
      {"key", {{"bytes", "i"}, {"do", "s"}, {"salted", "s"}}},
      {"key", {{"bytes", "i"}, {"salted", "s"}}},
      {"text", {{"text", "s"}}},
      {"text", {{"bytes", "i"}, {"salted", "s"}}},
      {"paste", {{"text", "s"}}},
      {"paste", {{"bytes", "i"}, {"salted", "s"}}},
      {"back", {}},
      {"panel", {{"do", "s"}}},
      {"app", {{"name", "s"}}},
      {"link", {{"package", "s"}, {"url", "s"}}},
      {"rotate", {}},
      {"display", {{"on", "b"}}},
      {"reset-video", {{"by", "s"}}},
      {"clipboard", {{"text", "s"}}},
      {"clipboard", {{"bytes", "i"}, {"salted", "s"}}}};
  return table;
}

std::string files_problem(const Json& files) {
  if (!files.is_array()) return "`files` is no array";
  std::string before;
  for (const auto& file : files) {
    const std::string path = text_at(file, "path");
    if (!file.is_object() || file.size() != 2 || !is_hex_digest(text_at(file, "sha256")) || !path_problem(path).empty())
      return "an entry of `files` is not a path and a digest";
    if (!before.empty() && path <= before) return "`files` is not in byte order of path";
    before = path;
  }
  return {};
}

std::string value_problem(const std::string& key, const Json& value, char type) {
  const bool fits = type == 's'   ? value.is_string()
                    : type == 'i' ? value.is_number_integer()
                    : type == 'x' ? value.is_number_integer() || value.is_string()
                    : type == 'n' ? value.is_number_integer() || value.is_null()
                    : type == 'b' ? value.is_boolean()
                    : type == 'o' ? value.is_object()
                                  : value.is_array();
  if (!fits) return "`" + key + "` has the wrong type";
  return type == 'f' ? files_problem(value) : std::string{};
}

std::string form_problem(const Form& form, const Json& body) {
  std::size_t found = 0;
  for (const auto& [key, type] : form) {
    const auto it = body.find(key);
    if (it == body.end()) {
      if (type.size() == 2) continue;
      return "`" + key + "` is missing";
    }
    ++found;
    if (auto problem = value_problem(key, *it, type[0]); !problem.empty()) return problem;
  }
  return found == body.size() ? std::string{} : "a key that the kind does not have";
}

// FORMAT.md 5.3: the element under a finger.
std::string element_problem(const Json& touch) {
  static const Form form{{"age_ms", "i"}, {"alone", "b"}, {"bounds", "a"}, {"class", "s"}, {"id", "s"}, {"screen", "a"}, {"text", "s"}};
  const Json& on = touch["on"];
  if (text_at(touch, "do") != "down") return "`on` stands where no finger is put down";
  if (auto problem = form_problem(form, on); !problem.empty()) return "`on`: " + problem;
  const auto whole = [](const Json& list, std::size_t count) {
    return list.size() == count && std::all_of(list.begin(), list.end(), [](const Json& one) { return one.is_number_integer(); });
  };
  if (!whole(on["bounds"], 4) || !whole(on["screen"], 2)) return "`on`: `bounds` is not four numbers, or `screen` not two";
  const auto age = integer_at(on, "age_ms");
  if (age < 0 || age > kOldestLayoutMs) return "`on` is of a layout older than 10 s";
  if (on["alone"].get<bool>() && text_at(on, "text").empty()) return "`on`: a text that is none leads nowhere";
  return {};
}

// The problem with the form that fits best: "" when any fits.
std::string problem_among(const std::multimap<std::string_view, Form>& table, std::string_view name, const Json& body) {
  const auto [first, last] = table.equal_range(name);
  if (first == last) return "nothing of this name is known";
  std::string problem;
  for (auto it = first; it != last; ++it) {
    problem = form_problem(it->second, body);
    if (problem.empty()) return {};
  }
  return problem;
}

}  // namespace

std::string body_problem(std::string_view kind, const Json& body) {
  if (!body.is_object()) return "the body is no object";
  if (kind == "clock.sample" && body.contains("tsa_ms") && body.contains("tsa_came_ms") && body["tsa_ms"].is_null() != body["tsa_came_ms"].is_null())
    return "`tsa_ms` and `tsa_came_ms` are there together or not at all";
  if (kind == "confirm")
    if (auto problem = confirm_problem(body); !problem.empty()) return problem;
  if (kind != "input") return problem_among(forms(), kind, body);
  Json rest = body;
  const std::string act = text_at(body, "act");
  rest.erase("act");
  if (auto problem = problem_among(input_forms(), act, rest); !problem.empty()) return problem;
  return act == "touch" && rest.contains("on") ? element_problem(rest) : std::string{};
}

}  // namespace guzheng
