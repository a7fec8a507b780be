#include "core/report/template.h"

#include <fmt/format.h>

#include <vector>

#include "core/base/bytes.h"

namespace guzheng {
namespace {

bool is_shown_as_code(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || c == 0xad;
}

// Decodes one character of valid UTF-8 and moves `at` behind it.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  char32_t c = lead & (0x3fu >> more);
  for (int i = 0; i < more && at < text.size(); ++i) c = (c << 6) | (static_cast<unsigned char>(text[at++]) & 0x3fu);
  return c;
}

class Renderer {
 public:
  Renderer(std::string_view form, const Json& values) : form_(form), scope_{&values} {}

  Result<std::string> run() {
    std::string out;
    GZ_TRY(part(0, {}, &out));
    return out;
  }

 private:
  // Renders from `at` to the end of section `name` (or of the form) into `out` (null: only passes over it);
  // leaves the position behind the section in at_.
  Status part(std::size_t at, std::string_view name, std::string* out) {
    for (;;) {
      const std::size_t open = form_.find("{{", at);
      if (out) out->append(form_.substr(at, open == std::string_view::npos ? open : open - at));
      if (open == std::string_view::npos) break;
      const std::size_t close = form_.find("}}", open);
      if (close == std::string_view::npos) return fail(ErrorKind::Invalid, "form: {{ without }}");
      const std::string_view tag = form_.substr(open + 2, close - open - 2);
      at = close + 2;
      if (tag.empty()) return fail(ErrorKind::Invalid, "form: empty {{}}");
      if (tag.front() == '!') continue;
      if (tag.front() == '/') {
        if (tag.substr(1) != name) return fail(ErrorKind::Invalid, fmt::format("form: {{{{{}}}}} closes nothing", tag));
        at_ = at;
        return ok();
      }
      if (tag.front() == '#' || tag.front() == '^') {
        GZ_TRY(section(tag, at, out));
        at = at_;
      } else if (out) {
        GZ_TRY(value(tag, *out));
      }
    }
    if (!name.empty()) return fail(ErrorKind::Invalid, fmt::format("form: section {} is not closed", name));
    return ok();
  }

  Status section(std::string_view tag, std::size_t at, std::string* out) {
    const std::string_view name = tag.substr(1);
    if (!out) return part(at, name, nullptr);
    const Json* found = find(name);
    if (!found) return fail(ErrorKind::Invalid, fmt::format("form: no value is called {}", name));
    const bool there = is_there(*found);
    if (tag.front() == '^') return part(at, name, there ? nullptr : out);
    if (!there) return part(at, name, nullptr);
    if (!found->is_array()) return part(at, name, out);
    for (const Json& entry : *found) {
      scope_.push_back(&entry);
      const Status status = part(at, name, out);
      scope_.pop_back();
      if (!status) return status;
    }
    return ok();
  }

  Status value(std::string_view name, std::string& out) {
    const Json* found = name == "." ? scope_.back() : find(name);
    if (!found || found->is_structured()) return fail(ErrorKind::Invalid, fmt::format("form: no value is called {}", name));
    out += escape_html(found->is_string() ? found->get_ref<const std::string&>() : found->dump());
    return ok();
  }

  [[nodiscard]] const Json* find(std::string_view name) const {
    for (auto scope = scope_.rbegin(); scope != scope_.rend(); ++scope) {
      if (!(*scope)->is_object()) continue;
      if (const auto member = (*scope)->find(name); member != (*scope)->end()) return &*member;
    }
    return nullptr;
  }

  static bool is_there(const Json& value) {
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_string()) return !value.get_ref<const std::string&>().empty();
    return !value.is_null() && !(value.is_structured() && value.empty());
  }

  std::string_view form_;
  std::vector<const Json*> scope_;
  std::size_t at_ = 0;
};

}  // namespace

std::string escape_html(std::string_view text) {
  if (!is_utf8(text)) return "⟨UTF-8?⟩";
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_character(text, at);
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        if (is_shown_as_code(c)) {
          out += fmt::format("⟨U+{:04X}⟩", static_cast<unsigned>(c));
        } else {
          out += text.substr(from, at - from);
        }
    }
  }
  return out;
}

Result<std::string> with_parts(std::string_view form, const std::function<Result<std::string>(const std::string& name)>& part) {
  constexpr std::size_t most = 4u << 20;
  std::string out;
  for (;;) {
    const auto open = form.find("{{>");
    out += form.substr(0, open);
    if (out.size() > most) return fail(ErrorKind::Invalid, "form: more than 4 MiB with its parts");
    if (open == std::string_view::npos) return out;
    const auto close = form.find("}}", open);
    const std::string name(close == std::string_view::npos ? std::string_view() : form.substr(open + 3, close - open - 3));
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) return fail(ErrorKind::Invalid, "form: {{>…}} names no part");
    GZ_TRY_ASSIGN(const auto text, part(name));
    out += text;
    form.remove_prefix(close + 2);
  }
}

Result<std::string> render_template(std::string_view form, const Json& values) { return Renderer(form, values).run(); }

}  // namespace guzheng
