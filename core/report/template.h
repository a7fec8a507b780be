// Room report. Forms are data: HTML files with {{name}} for a value, {{#name}}…{{/name}} for each entry of a list (or once
// when a value is there), {{^name}}…{{/name}} when it is not, {{.}} for the entry itself. Every value is escaped; there is
// no way to write one unescaped, since phones and web pages supply many of them. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"

namespace guzheng {

// HTML text or attribute value. Control characters and those that turn the direction of writing or are invisible
// are shown as ⟨U+202E⟩, so that a shop's name cannot rearrange a report.
std::string escape_html(std::string_view text);

// Invalid: a section that is not closed, or a name that the values do not have (a misspelt form must not print blanks).
Result<std::string> render_template(std::string_view form, const Json& values);

// The form with each {{>name}} replaced by what `part` gives for that name: heads and feet that forms have in common. Parts have no parts.
// Invalid: a name that is not lower-case letters, digits and hyphens, or a form of more than 4 MiB; what `part` said otherwise.
Result<std::string> with_parts(std::string_view form, const std::function<Result<std::string>(const std::string& name)>& part);

}  // namespace guzheng
