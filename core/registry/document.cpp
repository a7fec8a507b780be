#include "core/registry/document.h"

#include <algorithm>

#include "core/search/fold.h"
#include "core/sql/bigrams.h"

namespace guzheng {

namespace {

std::string numbered(char what, std::int64_t value) { return what + std::to_string(value); }
std::string keyed(char what, std::string_view value) { return what + value_key(value); }

// Each once. In any order: all stand at one place.
class Marks {
 public:
  void add(const std::string& mark) {
    const std::string wanted = ' ' + mark + ' ';
    if (text_.find(wanted) == std::string::npos) text_.append(wanted, 1);
  }
  [[nodiscard]] std::string text() const { return kMarks + text_; }

 private:
  std::string text_ = " ";
};

void add_code(Marks& marks, std::string_view raw) {
  const std::string code = fold_code(raw);
  if (code.empty()) return;
  marks.add(code_mark(code));
  for (const std::size_t length : kCodePrefixes)
    if (code.size() >= length) marks.add(code_prefix_mark(std::string_view(code).substr(0, length)));
}

void add_prefixes(Marks& marks, std::string_view code, std::initializer_list<std::size_t> lengths, std::string (*mark)(std::string_view)) {
  for (const auto length : lengths)
    if (code.size() >= length) marks.add(mark(code.substr(0, length)));
}

Marks subject_marks(const Subject& subject) {
  Marks marks;
  marks.add(standing_mark("", subject.kind, subject.state));
  for (const std::size_t length : {2u, 4u, 6u})
    if (subject.region.size() >= length) marks.add(standing_mark(std::string_view(subject.region).substr(0, length), subject.kind, subject.state));
  marks.add(sensitivity_mark(subject.sensitivity));
  add_prefixes(marks, subject.region, {2, 4, 6}, region_mark);
  add_prefixes(marks, subject.industry, {1, 3, 4, 5}, industry_mark);
  if (!subject.category.empty()) marks.add(category_mark(subject.category));
  if (subject.unit != 0) marks.add(unit_mark(subject.unit));
  add_code(marks, subject.credit_code);
  add_code(marks, subject.number);
  return marks;
}

void add_entry(Marks& marks, const Entry& entry) {
  marks.add(entry_kind_mark(entry.kind));
  if (!entry.platform.empty()) marks.add(platform_mark(entry.platform));
  if (!entry.category.empty()) marks.add(category_mark(entry.category));
  if (entry.unit != 0) marks.add(unit_mark(entry.unit));
  if (entry.abnormal) marks.add(abnormal_mark());
  if (!entry.link.empty()) marks.add(link_mark(entry.link));
}

}  // namespace

std::string standing_mark(std::string_view region, SubjectKind kind, SubjectState state) {
  return std::string{'k', static_cast<char>('A' + static_cast<int>(kind)), static_cast<char>('A' + static_cast<int>(state))} + fold_code(region);
}
std::string sensitivity_mark(Sensitivity sensitivity) { return numbered('v', static_cast<int>(sensitivity)); }
std::string region_mark(std::string_view code) { return 'r' + fold_code(code); }
std::string industry_mark(std::string_view code) { return 'i' + fold_code(code); }
std::string category_mark(std::string_view category) { return keyed('c', category); }
std::string unit_mark(std::int64_t unit) { return numbered('u', unit); }
std::string entry_kind_mark(EntryKind kind) { return numbered('e', static_cast<int>(kind)); }
std::string platform_mark(std::string_view platform) { return keyed('p', platform); }
std::string abnormal_mark() { return "a"; }
std::string name_mark(std::string_view folded_name) { return keyed('n', folded_name); }
std::string address_mark(std::string_view folded_address) { return keyed('d', folded_address); }
std::string tag_mark(std::int64_t tag) { return numbered('t', tag); }
std::string link_mark(std::string_view link) { return keyed('l', normal_link(link)); }

std::string index_document(const Subject& subject, const std::vector<Entry>& entries) {
  Marks marks = subject_marks(subject);
  const std::string name = fold_text(subject.name), short_name = fold_text(subject.short_name), address = fold_text(subject.address);
  marks.add(name_mark(name));
  if (!short_name.empty()) marks.add(name_mark(short_name));
  if (!address.empty()) marks.add(address_mark(address));
  std::string out = name + kPart, others(1, kOtherText), initials = kInitials + initials_of(name) + kPart;
  // a text within the name finds nothing new
  if (!short_name.empty() && name.find(short_name) == std::string::npos) {
    out += short_name + kPart;
    initials += initials_of(short_name) + kPart;
  }
  for (const auto& entry : entries) {
    add_entry(marks, entry);
    const std::string text = fold_text(entry.name);
    if (text.empty() || name.find(text) != std::string::npos) continue;
    others += text + kPart;
    initials += initials_of(text) + kPart;
  }
  if (!address.empty()) others += address;
  return out + marks.text() + initials + others;
}

}  // namespace guzheng
