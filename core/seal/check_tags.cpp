#include "core/seal/check_lists.h"
#include "core/seal/package_names.h"

namespace guzheng {

namespace {

constexpr std::string_view kPractice = "练习 — 不得作为证据";
constexpr std::string_view kComplete = "完整", kIncomplete = "不完整：";

const std::vector<std::string>& labels() {
  static const std::vector<std::string> list{
      "Source-Organization", "Capturing-Unit", "External-Identifier", "Internal-Sender-Identifier", "Bagging-Date",
      "Bagging-Software", "Payload-Oxum", "Package-State", "Package-Format"};
  return list;
}

bool has_control(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return true;
  return false;
}

void read_info(std::string_view text, TagFacts& facts, VerifyReport& report) {
  const std::string path = "bag-info.txt";
  std::size_t number = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    const auto colon = line.find(": ");
    if (end == std::string_view::npos || colon == std::string_view::npos || has_control(line) || !is_utf8(line))
      return report.broken("tags.bag-info", path, "a line is not `Label: value`");
    const std::string label(line.substr(0, colon));
    const bool fits = number < labels().size() ? label == labels()[number] : number == labels().size() && label == "Practice";
    if (!fits) return report.broken("tags.bag-info", path, "labels are not those of the format in its order: " + label);
    facts.info[label] = std::string(line.substr(colon + 2));
    if (facts.info[label].empty()) report.broken("tags.bag-info", path, label + " is empty");
    text.remove_prefix(end + 1);
    ++number;
  }
  if (number < labels().size()) report.broken("tags.bag-info", path, "a label is missing");
}

void check_state(TagFacts& facts, VerifyReport& report) {
  const std::string& state = facts.info["Package-State"];
  if (state == kComplete) {
    facts.complete = true;
    return;
  }
  if (!state.starts_with(kIncomplete) || state.size() == kIncomplete.size())
    return report.broken("tags.state", "bag-info.txt", "Package-State is neither 完整 nor 不完整 with a reason");
  for (const auto reason : split(std::string_view(state).substr(kIncomplete.size()), "；")) {
    if (reason.empty()) report.broken("tags.state", "bag-info.txt", "an empty reason in Package-State");
    facts.reasons.emplace_back(reason);
  }
}

bool is_date(std::string_view text) {
  return text.size() == 10 && parse_time(std::string(text) + "T00:00:00.000+08:00").has_value();
}

}  // namespace

TagFacts check_tags(const Bag& bag, VerifyReport& report) {
  TagFacts facts;
  if (!bag.has("bagit.txt")) report.broken("tree.missing", "bagit.txt", "the file is missing");
  else if (bag.text("bagit.txt") != kBagitText) report.broken("tags.bagit", "bagit.txt", "not the fixed text");
  if (!bag.has("bag-info.txt")) {
    report.broken("tree.missing", "bag-info.txt", "the file is missing");
    return facts;
  }
  read_info(bag.text("bag-info.txt"), facts, report);
  std::uint64_t bytes = 0, count = 0;
  for (const auto& [path, file] : bag.files) {
    if (!path.starts_with("data/")) continue;
    bytes += file.digests.size;
    ++count;
  }
  if (facts.info["Payload-Oxum"] != std::to_string(bytes) + "." + std::to_string(count))
    report.broken("tags.oxum", "bag-info.txt", "Payload-Oxum is not the payload's size and number of files");
  if (facts.info["External-Identifier"] != bag.id)
    report.broken("tags.id", "bag-info.txt", "External-Identifier is not the folder's name");
  if (!bag.id.starts_with(facts.info["Internal-Sender-Identifier"] + "-"))
    report.broken("tags.id", "bag-info.txt", "Internal-Sender-Identifier is not the station in the package id");
  if (!is_date(facts.info["Bagging-Date"])) report.broken("tags.bag-info", "bag-info.txt", "Bagging-Date is no day");
  if (!facts.info["Bagging-Software"].starts_with("Guzheng "))
    report.broken("tags.bag-info", "bag-info.txt", "Bagging-Software is not Guzheng");
  if (facts.info["Package-Format"] != "1") report.broken("tags.bag-info", "bag-info.txt", "Package-Format is not 1");
  if (const auto it = facts.info.find("Practice"); it != facts.info.end()) {
    facts.practice = true;
    if (it->second != kPractice) report.broken("tags.bag-info", "bag-info.txt", "Practice is not the fixed text");
  }
  check_state(facts, report);
  return facts;
}

}  // namespace guzheng
