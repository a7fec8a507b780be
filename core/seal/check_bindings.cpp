#include <algorithm>
#include <map>
#include <set>

#include "core/seal/check_content.h"
#include "core/seal/check_import.h"
#include "core/seal/package_names.h"

namespace guzheng {

namespace {

const std::string kAttach = "data/attach/";

// Which kind of line names which attached file; raw/ may be named by any.
const std::map<std::string, std::string>& namers() {
  static const std::map<std::string, std::string> table{
      {"order.json", "order.recv"}, {"order.json.p7s", "order.recv"}, {"people.json", "people"}, {"env.json", "env.check"},
      {"node.json", "env.check"},   {"net.json", "env.check"},        {"device.json", "device.attest"},
      {"app.json", "app.attest"},   {"values.json", "session.close"}, {"salts.p7m", "session.close"}};
  return table;
}

class Bindings {
 public:
  Bindings(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report)
      : bag_(bag), journal_(journal), tags_(tags), report_(report) {}

  void run() {
    check_files();
    check_main();
    check_long_pages(bag_, journal_, report_);
    check_challenge();
    check_session();
    check_copies();
    check_close();
  }

 private:
  void broken(const std::string& path, const std::string& what) { report_.broken("binding.value", path, what); }
  std::string info(const std::string& label) const {
    const auto it = tags_.info.find(label);
    return it == tags_.info.end() ? std::string{} : it->second;
  }

  void check_files() {
    std::set<std::string> named;
    for (const auto& [index, body] : journal_.bodies) {
      const auto files = body.find("files");
      if (!body.is_object() || files == body.end() || !files->is_array()) continue;
      for (const auto& file : *files) name(journal_.lines[index].kind, text_at(file, "path"), text_at(file, "sha256"), named);
    }
    for (const auto& [path, file] : bag_.files) {
      if (!path.starts_with(kAttach) || path == kJournalFile || path.starts_with(kAttach + "tst/")) continue;
      if (!named.contains(path)) report_.broken("binding.file", path, "the journal does not name it");
    }
  }

  void name(const std::string& kind, const std::string& path, const std::string& digest, std::set<std::string>& named) {
    if (!named.insert(path).second) report_.broken("binding.file", path, "the journal names it twice");
    if (!bag_.has(path)) report_.broken("binding.file", path, "the journal names it and it is not there");
    else if (bag_.sha256(path) != digest) report_.broken("binding.file", path, "its digest is not the one in the journal");
    if (!path.starts_with(kAttach) || path.starts_with(kAttach + "tst/") || path == kJournalFile)
      return report_.broken("binding.file", path, "a line's `files` cannot name it");
    if (path.starts_with(kAttach + "long-") != (kind == "long")) return report_.broken("binding.file", path, "named by a " + kind + " line");
    const auto namer = namers().find(path.substr(kAttach.size()));
    if (namer != namers().end() && namer->second != kind)
      report_.broken("binding.file", path, "named by a " + kind + " line instead of " + namer->second);
  }

  void check_main() {
    std::set<std::string> named;
    std::int64_t segment = 0;
    for (const auto& s : journal_.segments) {
      main_file(s.path, s.sha256, named);
      if (!s.path.ends_with(".mp4")) continue;
      if (s.path.size() != 22 || fixed_number(s.path.substr(14, 4), 4) != segment)
        report_.broken("binding.main", s.path, "segments are not numbered from 0 by one");
      ++segment;
    }
    for (const auto& line : import_lines(journal_)) main_file(line.path, line.sha256, named);
    check_import_lines(bag_, journal_, report_);
    // screenshots and layouts each among themselves: a layout may come after the next page's screenshot
    std::map<bool, std::string> before;
    for (const auto& s : journal_.shots) {
      main_file(s.path, s.sha256, named);
      if (s.path.starts_with("data/main/rec-") && s.path.ends_with(".txt")) continue;      // the text record of an audio segment
      std::string& last = before[s.path.ends_with(".png")];
      if (s.path <= last || !s.path.starts_with("data/main/shot-"))
        report_.broken("binding.main", s.path, "shots are not in order of their numbers");
      last = s.path;
      if (s.path.ends_with(".xml") && !named.contains(s.path.substr(0, s.path.size() - 3) + "png"))
        report_.broken("binding.main", s.path, "the layout of a page without its screenshot");
    }
    for (const auto& [path, file] : bag_.files)
      if (path.starts_with("data/main/") && !named.contains(path))
        report_.broken("binding.main", path, "the journal does not name it");
    check_audio();
  }

  // 录音 goes with 文字记录: what is heard must also stand to be read.
  void check_audio() {
    for (const auto& [path, file] : bag_.files) {
      if (!path.starts_with("data/main/rec-")) continue;
      const std::string stem = path.substr(0, path.size() - 4);
      if (path.ends_with(".ogg") && !bag_.has(stem + ".txt")) report_.incomplete("录音没有文字记录");
      if (path.ends_with(".txt") && !bag_.has(stem + ".ogg")) report_.broken("binding.main", path, "the text record of an audio segment that is not there");
    }
  }

  void main_file(const std::string& path, const std::string& digest, std::set<std::string>& named) {
    if (!named.insert(path).second) report_.broken("binding.main", path, "the journal names it twice");
    if (!bag_.has(path)) report_.broken("binding.main", path, "the journal names it and it is not there");
    else if (!digest.empty() && bag_.sha256(path) != digest)
      report_.broken("binding.main", path, "its digest is not the one in the journal");
  }

  void check_challenge() {
    const Json* challenge = journal_.only("challenge");
    const std::string beacon = bag_.sha256(kAttach + "tst/beacon.tsr");
    if (challenge && text_at(*challenge, "code") != beacon.substr(0, 8))
      report_.broken("binding.challenge", kJournalFile, "the challenge is not the beginning of the beacon's digest");
  }

  void check_session() {
    const Json* open = journal_.only("session.open");
    if (!open) return;
    if (text_at(*open, "package") != bag_.id) broken(kJournalFile, "session.open names another package");
    if (text_at(*open, "station") != info("Internal-Sender-Identifier")) broken(kJournalFile, "session.open names another station than bag-info");
    if (text_at(*open, "zone") != journal_.zone) broken(kJournalFile, "session.open names another zone than its lines have");
    if (integer_at(*open, "format") != 1) broken(kJournalFile, "session.open names another format");
    const Json software = open->value("software", Json::object());
    if (info("Bagging-Software") != "Guzheng " + text_at(software, "version") && !journal_.only("crash.recover"))
      broken("bag-info.txt", "sealed by another version than session.open names");
    if (!journal_.lines.empty()) {
      const std::string day = bag_.id.size() == 19 ? bag_.id.substr(6, 8) : "";
      int zone = 480;
      if (parse_time("2026-01-01T00:00:00.000" + journal_.zone, &zone); format_day(journal_.lines.front().time, zone) != day)
        broken(kJournalFile, "the session did not begin on the day in the package id");
    }
  }

  // What a line repeats from a file that it names.
  void same(const char* kind, const char* file, std::initializer_list<const char*> keys) {
    const Json* line = journal_.only(kind);
    const Json value = bag_.attached(file);
    if (!line || !value.is_object()) return;
    for (const char* key : keys)
      if (line->value(key, Json(nullptr)) != value.value(key, Json(nullptr)))
        broken(kAttach + file + ".json", std::string("`") + key + "` is not what the " + kind + " line says");
  }

  void check_copies() {
    for (const char* name : {"order", "people", "env", "device", "app", "node", "net", "values"}) {
      const std::string path = kAttach + name + ".json";
      if (bag_.has(path) && !bag_.attached(name).is_object())
        report_.broken("binding.json", path, "not an object in canonical JSON followed by one LF");
    }
    same("order.recv", "order", {"order_no"});
    same("device.attest", "device", {"marks", "model", "serial"});
    same("app.attest", "app", {"package", "version"});
    const Json* attest = journal_.only("device.attest");
    for (const auto& mark : attest ? attest->value("marks", Json::array()) : Json::array())
      if (mark != "training" && mark != "emulator" && mark != "rooted") broken(kJournalFile, "device.attest has an unknown mark");
    check_environment();
  }

  void check_environment() {
    const Json env = bag_.attached("env");
    const Json* line = nullptr;
    for (const auto& [index, body] : journal_.bodies) {
      const auto files = body.find("files");
      if (journal_.lines[index].kind != "env.check" || files == body.end() || !files->is_array()) continue;
      for (const auto& file : *files)
        if (text_at(file, "path") == kAttach + "env.json") line = &body;
    }
    if (!line || !env.is_object() || !env.contains("items") || !env["items"].is_array()) return;
    std::map<std::string, std::int64_t> count;
    for (const auto& item : env["items"]) {
      ++count[text_at(item, "verdict")];
      if (const auto raw = text_at(item, "raw"); !raw.empty() && !bag_.has(raw) && !bag_.has(kAttach + raw))
        broken(kAttach + "env.json", "an item names raw output that is not there: " + raw);
    }
    const std::pair<const char*, const char*> words[] = {{"pass", "passed"}, {"note", "noted"}, {"fail", "failed"}, {"unknown", "unknown"}};
    for (const auto& [verdict, key] : words)
      if (integer_at(*line, key) != count[verdict]) broken(kAttach + "env.json", std::string("the env.check line counts other `") + key + "` items");
    check_overrides(*line, env["items"]);
  }

  // Each compulsory item that failed was let pass by somebody, for a reason, and nothing else was. Lines of earlier versions do not say.
  void check_overrides(const Json& line, const Json& items) {
    if (!line.contains("overrides")) {
      if (std::any_of(items.begin(), items.end(), [](const Json& item) { return item.contains("override"); }))
        broken(kJournalFile, "env.check has no `overrides`, and an item of env.json was let pass");
      return;
    }
    Json wanted = Json::array();
    for (const auto& item : items) {
      if (item.contains("compulsory") && item["compulsory"] == true && text_at(item, "verdict") == "fail") wanted.push_back({text_at(item, "id"), text_at(item, "override")});
      else if (item.contains("override")) broken(kAttach + "env.json", "an item that did not hold the session up was let pass");
    }
    Json said = Json::array();
    for (const auto& one : line["overrides"]) {
      const std::string by = text_at(one, "by"), reason = text_at(one, "reason");
      if (!one.is_object() || one.size() != 3 || by.empty() || reason.empty()) return broken(kJournalFile, "an entry of `overrides` has not its form");
      said.push_back({text_at(one, "item"), reason});
    }
    if (said != wanted) broken(kAttach + "env.json", "`overrides` of the env.check line are not the compulsory items that failed");
  }

  void check_close() {
    const Json* close = journal_.only("session.close");
    if (!close) return;
    const std::string state = text_at(*close, "state");
    if (state != "complete" && state != "incomplete") broken(kJournalFile, "session.close has no known state");
    if ((state == "complete") != tags_.complete)
      report_.broken("tags.state", "bag-info.txt", "Package-State is not what session.close says");
    const Json reasons = close->value("reasons", Json::array());
    if ((state == "complete") != reasons.empty()) broken(kJournalFile, "session.close has reasons where there are none, or none where there are");
    std::vector<std::string> said;
    for (const auto& reason : reasons) said.push_back(reason.is_string() ? reason.get<std::string>() : std::string{});
    // a reason may itself hold the separator: compare what is written
    std::string joined, written;
    for (const auto& reason : said) joined += (joined.empty() ? "" : "；") + reason;
    for (const auto& reason : tags_.reasons) written += (written.empty() ? "" : "；") + reason;
    if (joined != written) report_.broken("tags.state", "bag-info.txt", "Package-State has other reasons than session.close");
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  const TagFacts& tags_;
  VerifyReport& report_;
};

}  // namespace

void check_bindings(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report) {
  Bindings(bag, journal, tags, report).run();
}

}  // namespace guzheng
