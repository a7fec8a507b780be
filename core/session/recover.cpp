// After a crash (evidence-package.md, Crash): what stands is read back from the journal, nothing in it is rewritten.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "core/base/cold_read.h"
#include "core/base/log.h"
#include "core/session/import_values.h"
#include "core/session/items.h"
#include "core/session/sealing.h"
#include "core/session/secrets.h"
#include "core/session/sound_desk.h"
#include "core/session/standing.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

// The journal's whole lines; a torn end, if any, is kept in raw/ and cut off.
struct StandingJournal {
  std::vector<JournalLine> lines;
  std::string torn;
};

// A kill leaves half a line, a power cut also zeros. A whole line that does not follow the one before it is neither.
bool may_be_torn(std::string_view rest) { return rest.find_first_not_of('\0') == rest.npos; }

Result<StandingJournal> read_journal(const fs::path& bag) {
  GZ_TRY_ASSIGN(const std::string text, read_text(bag / kJournal, 1u << 30));
  StandingJournal out;
  std::string_view rest = text;
  std::string previous(64, '0');
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    if (end == rest.npos) break;
    auto line = parse_journal_line(rest.substr(0, end + 1));
    if (!line || line->seq != out.lines.size() || line->previous != previous) {
      if (may_be_torn(rest)) break;
      return fail(ErrorKind::Tampered, "journal.log: line " + std::to_string(out.lines.size()) + " does not follow the line before it");
    }
    previous = line->digest;
    out.lines.push_back(std::move(*line));
    rest.remove_prefix(end + 1);
  }
  out.torn = std::string(rest);
  return out;
}

Status cut_journal(const fs::path& bag, const StandingJournal& journal) {
  if (journal.torn.empty()) return ok();
  GZ_TRY(make_private_folder(bag / kRaw));
  GZ_TRY(write_atomically(bag / torn_path(bag, "journal"), as_bytes(journal.torn)));
  std::error_code ec;
  const auto size = fs::file_size(bag / kJournal, ec);
  if (ec) return fail(error_from_errno(ec.value(), "size of " + (bag / kJournal).string()));
  return cut_file(bag / kJournal, size - journal.torn.size());
}

// Half-written temporary files hold nothing that the journal speaks of.
void remove_temporaries(const fs::path& bag) {
  std::error_code ec;
  std::vector<fs::path> found;
  for (fs::recursive_directory_iterator it(bag / "data", ec), end; !ec && it != end; it.increment(ec)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with('.') && name.ends_with(".tmp")) found.push_back(it->path());
  }
  for (const auto& path : found) fs::remove(path, ec);
}

// Digests of everything under data/ but the journal, taken anew, and from the medium: before the crash nobody may have seen it there.
Result<std::vector<PayloadFile>> digest_standing(const fs::path& bag) {
  std::vector<PayloadFile> out;
  std::error_code ec;
  for (fs::recursive_directory_iterator it(bag / "data", ec), end; !ec && it != end; it.increment(ec)) {
    if (!it->is_regular_file(ec)) continue;
    const std::string path = it->path().lexically_relative(bag).string();
    if (path == kJournal) continue;
    GZ_TRY_ASSIGN(const FileDigests digests, cold_digests(it->path()));
    out.push_back({path, digests});
  }
  if (ec) return fail(error_from_errno(ec.value(), "list " + bag.string()));
  return out;
}

// Only lines of a certain kind may name a file of data/main or one that lies in data/attach itself.
bool has_fixed_namer(const std::string& path) {
  return path.starts_with(kMain) || (path.starts_with(kAttach) && path.find('/', kAttach.size()) == path.npos);
}

// Such a file that no line speaks of (killed between file and line) becomes a torn file in raw/, which crash.recover may
// name. The envelope of the salts goes back to where it came from: it is whole, and taken over again.
Status move_unnamed(const fs::path& bag, const StandingSession& standing) {
  std::error_code ec;
  std::vector<std::string> found;
  for (const auto folder : {kMain, kAttach})
    for (fs::directory_iterator it(bag / folder, ec), end; !ec && it != end; it.increment(ec))
      if (it->is_regular_file(ec)) found.push_back(it->path().lexically_relative(bag).string());
  if (ec) return fail(error_from_errno(ec.value(), "list " + bag.string()));
  std::sort(found.begin(), found.end());
  GZ_TRY(make_private_folder(bag / kRaw));
  for (const auto& path : found) {
    if (path == kJournal || standing.named.contains(path) || !has_fixed_namer(path)) continue;
    if (standing.open_segment && standing.open_segment->path == path) continue;
    if (!standing.sounds.empty() && !standing.sounds.back().closed && standing.sounds.back().path == path) continue;
    const fs::path beside = SecretBook::file_beside(bag);
    const bool salts = path == kSalts && !fs::exists(beside, ec);
    const fs::path to = salts ? beside : bag / torn_path(bag, fs::path(path).filename().string());
    if (::rename((bag / path).c_str(), to.c_str()) != 0) return fail_errno("move " + path);
  }
  // before a line names them where they are now
  for (const auto folder : {kMain, kAttach, kRaw}) GZ_TRY(sync_folder(bag / folder));
  return ok();
}

Status check_named(const StandingSession& standing, const std::vector<PayloadFile>& payload) {
  std::map<std::string, std::string> there;
  for (const auto& file : payload) there[file.path] = file.digests.sha256;
  for (const auto& [path, sha256] : standing.named) {
    const auto it = there.find(path);
    if (it == there.end()) return fail(ErrorKind::Tampered, path + " stands in the journal and is gone");
    if (it->second != sha256) return fail(ErrorKind::Tampered, path + " is not what the journal says was written");
  }
  return ok();
}

std::vector<std::string> unnamed_attachments(const StandingSession& standing, const std::vector<PayloadFile>& payload) {
  std::vector<std::string> out;
  for (const auto& file : payload)
    if (file.path.starts_with(kAttach) && !file.path.starts_with(kStamps) && !standing.named.contains(file.path)) out.push_back(file.path);
  return out;
}

// A head that was written and not yet anchored gets its line now.
Status anchor_orphans(Ledger& ledger, const StandingSession& standing, const std::vector<PayloadFile>& payload) {
  for (const auto& file : payload) {
    const std::string name = fs::path(file.path).filename().string();
    if (!file.path.starts_with(kStamps) || !name.ends_with(".head") || name.size() != 13) continue;
    const std::string number = name.substr(0, 8);
    if (standing.anchored.contains(number)) continue;
    const auto token = std::find_if(payload.begin(), payload.end(), [&](const auto& p) { return p.path == file.path + ".tsr"; });
    const std::string what = token == payload.end() ? "pending" : "sha256:" + token->digests.sha256;
    if (auto line = ledger.line("tsa.anchor", number + " " + what); !line) return Failure(std::move(line.error()));
  }
  return ok();
}

// Killed before anything was filmed or shot: there is nothing to seal. The folder is put aside, not deleted.
Failure set_aside(const OpenBag& bag) {
  const fs::path aside = bag.folder.parent_path() / (bag.id + ".abandoned");
  (void)::rename(bag.folder.c_str(), aside.c_str());
  return fail(ErrorKind::NotFound, bag.id + " was killed before anything was recorded; its folder is kept as " + aside.string());
}

std::string lost_text(const StandingSession& standing, const StandingJournal& journal, const TornSegment& torn) {
  std::string text = "程序意外中断。";
  if (standing.open_segment) text += "最后一段录像止于第 " + std::to_string(torn.packets) + " 帧，末尾未写完的 " + std::to_string(torn.torn_bytes) + " 字节另存。";
  if (!journal.torn.empty()) text += "记录末尾未写完的 " + std::to_string(journal.torn.size()) + " 字节另存。";
  for (const int number : standing.captures_without_shot) text += "第" + std::to_string(number) + "项没有截屏。";
  return text;
}

Json attached(const fs::path& bag, const std::string& name) {
  const auto text = read_text(bag / kAttach / name, 64u << 20);
  if (!text) return Json::object();
  const auto json = parse_json(std::string_view(*text).substr(0, text->find_last_not_of('\n') + 1));
  return json && json->is_object() ? *json : Json::object();
}

const Json& row_of(const Json& items, std::string_view id) {
  static const Json none = Json::object();
  if (items.is_array())
    for (const auto& item : items)
      if (item.is_object() && text_at(item, "id") == id) return item;
  return none;
}

// As AppDesk and SessionImpl::completeness() find them: the first app's signature stands in app.json; one that an officer let pass before the session was
// the one that was in front then.
void add_app_reasons(const fs::path& bag, const StandingSession& standing, Completeness& facts) {
  for (const auto& package : standing.apps_seen)
    if (std::find(standing.apps_told.begin(), standing.apps_told.end(), package) == standing.apps_told.end()) facts.apps_unproven.push_back(package);
  const Json app = attached(bag, "app.json"), env = attached(bag, "env.json");
  if (text_at(row_of(app.value("items", Json::array()), "app.signature"), "verdict") == "fail") facts.apps_refused.push_back(text_at(app, "package"));
  facts.apps_refused.insert(facts.apps_refused.end(), standing.apps_refused.begin(), standing.apps_refused.end());
  const Json items = env.value("items", Json::array());
  if (!text_at(row_of(items, "app.signature"), "override").empty()) std::erase(facts.apps_refused, text_at(row_of(items, "app.package"), "found"));
}

Completeness completeness_of(const fs::path& bag, const StandingSession& standing, const RecordBook& record, const Ledger& ledger, const CaptureOrder& order) {
  Completeness facts;
  facts.recording_error = standing.recording_error;
  facts.no_sound = standing.no_sound;
  facts.sound_error = standing.sound_error;
  add_app_reasons(bag, standing, facts);
  facts.beacon = standing.beacon;
  facts.recorded = !record.segments().empty();
  facts.app_attested = standing.app_attested;
  facts.sound_unwritten = std::any_of(standing.sounds.begin(), standing.sounds.end(), [&](const auto& sound) {
    return !ledger.has(text_record_path(sound.path));
  });
  facts.order = order;
  facts.items = standing.items;
  return facts;
}

CaptureOrder order_of(const fs::path& bag) {
  CaptureOrder order;
  auto text = read_text(bag / kAttach / "order.json");
  if (!text) return order;
  if (!text->empty()) text->pop_back();
  const auto json = parse_json(*text);
  if (!json) return order;
  order.reason = text_at(*json, "reason");
  order.what = text_at(*json, "what");
  if (json->contains("subject")) {
    order.subject_name = text_at((*json)["subject"], "name");
    order.shop = text_at((*json)["subject"], "shop");
    order.link = text_at((*json)["subject"], "link");
  }
  return order;
}

// The seal is signed by those whom people.json names and nobody else: told before anything is changed.
Status check_people(const fs::path& bag, const StandingSession& standing, const People& people) {
  if (!standing.named.contains(std::string(kAttach) + "people.json")) return ok();
  GZ_TRY_ASSIGN(const auto text, read_text(bag / kAttach / "people.json"));
  GZ_TRY_ASSIGN(const Json json, parse_json(std::string_view(text).substr(0, text.find_last_not_of('\n') + 1)));
  const Json officers = json.is_object() ? json.value("officers", Json::array()) : Json::array();
  if (officers.size() != 2) return fail(ErrorKind::Tampered, "people.json does not name two officers");
  const CertificateInfo* given[] = {&people.officer1, &people.officer2};
  for (std::size_t i = 0; i < 2; ++i)
    if (text_at(officers[i], "certificate_sha256") != given[i]->sha256)
      return fail(ErrorKind::Denied, "the session was begun by " + text_at(officers[i], "name") + " " + text_at(officers[i], "badge") +
                                         (i == 0 ? " as first officer" : " as second officer") + ", with another certificate than is given now");
  return ok();
}

struct Recovery {
  OpenBag& bag;
  const SessionSetup& setup;
  const People& people;
  StandingJournal journal;
  StandingSession standing;
  std::vector<PayloadFile> payload;
  std::string lost;

  Result<SealedPackage> run() {
    GZ_TRY_ASSIGN(auto ledger, Ledger::resume(bag.folder, *setup.clock, journal.lines, payload));
    RecordBook record;
    for (const auto& segment : standing.segments) GZ_TRY(record_segment(record, segment));
    for (const auto& sound : standing.sounds)
      if (sound.closed) GZ_TRY(hear_again(record, bag.folder, sound));
    GapBook gaps(*ledger);
    gaps.restore(standing.gaps);
    const Reporter tell(setup.listener, *setup.clock, record);
    AnchorDesk anchors(*ledger, gaps, *setup.bureau, tell, setup.anchor_every_ms, {});
    std::vector<std::string> reasons = standing.reasons;
    if (!standing.closed) {
      GZ_TRY(finish_journal(*ledger, record, gaps, anchors));
      position_items(record);
      if (standing.imports.empty()) reasons = missing_for_complete(completeness_of(bag.folder, standing, record, *ledger, order_of(bag.folder)));
      else reasons = {"导入没有进行完"};
      reasons.insert(reasons.begin(), lost);
    }
    SealRequest request{setup, people, bag, *ledger, record, gaps, anchors, standing.items, reasons, close_files, standing.opened_at,
                        standing.practice, standing.closed};
    if (!standing.imports.empty())
      request.values = import_values({bag.id, people.officer1.subject_cn, standing.practice, standing.opened_at, setup.clock->wall(), setup.clock->zone_minutes()},
                                     standing.imports, gaps);
    return seal_session(std::move(request));
  }

  // The journal does not say how long a segment is: its file does.
  Status record_segment(RecordBook& record, const SegmentFacts& segment) const {
    record.opened(segment);
    if (!segment.closed) return ok();
    GZ_TRY_ASSIGN(const StandingSegment film, scan_segment(bag.folder / segment.path));
    record.closed(segment.path, {{}, segment.sha256, {}, segment.bytes}, segment.packets, segment.first_us, segment.origin_us + film.last_us);
    return ok();
  }

  void position_items(const RecordBook& record) {
    for (auto& item : standing.items)
      if (!item.segment.empty()) item.position_ms = record.position_ms(item.segment, item.before_us);
  }

  Status finish_journal(Ledger& ledger, RecordBook& record, GapBook& gaps, AnchorDesk& anchors) {
    GZ_TRY(anchor_orphans(ledger, standing, payload));
    std::vector<std::string> files = unnamed_attachments(standing, payload);
    TornSegment torn;
    if (standing.open_segment) {
      GZ_TRY_ASSIGN(torn, end_torn_segment(ledger, record, *standing.open_segment));
      if (!torn.kept.empty()) files.push_back(torn.kept);
    }
    lost = lost_text(standing, journal, torn);
    if (!standing.sounds.empty() && !standing.sounds.back().closed) {
      GZ_TRY_ASSIGN(const TornSegment sound, end_torn_sound(ledger, record, standing.sounds.back()));
      if (!sound.kept.empty()) files.push_back(sound.kept);
      torn.torn_bytes += sound.torn_bytes;
      lost += "录音止于第 " + std::to_string(sound.packets) + " 包，末尾未写完的 " + std::to_string(sound.torn_bytes) + " 字节另存。";
    }
    const std::int64_t bytes = static_cast<std::int64_t>(torn.torn_bytes + journal.torn.size());
    if (auto line = ledger.line("crash.recover", Json{{"files", ledger.files(files)}, {"lost", lost}, {"torn_bytes", bytes}}); !line)
      return Failure(std::move(line.error()));
    GZ_TRY(gaps.close_all());
    GZ_TRY(put_texts(ledger, record));
    if (standing.imports.empty() && !ledger.has(std::string(kAttach) + "app.json")) GZ_TRY(attest_nothing(ledger));
    GZ_TRY_ASSIGN(const bool salts, SecretBook::adopt(bag.folder, ledger));
    if (salts) close_files.emplace_back(kSalts);
    anchors.request();                                       // bounds what was appended, and any shot that had none
    anchors.start();
    anchors.stop();
    return anchors.settle();
  }

  // 文字记录 that stood beside the bag when the program was killed. What cannot be read is left where it is, and the package is 不完整.
  Status put_texts(Ledger& ledger, const RecordBook& record) {
    TextBook texts(bag.folder);
    if (const auto read = texts.adopt(); !read) {
      log_warn("session", read.error().what);
      return ok();
    }
    std::map<std::string, std::int64_t> lasts;
    for (const auto& value : record.values()) lasts[text_at(value, "path")] = integer_at(value, "duration_us");
    std::vector<HeardStretch> stretches;
    for (const auto& sound : standing.sounds) stretches.push_back({sound.path, sound.origin_us, lasts[sound.path]});
    return texts.close(ledger, record, stretches);
  }

  static Status attest_nothing(Ledger& ledger) {
    const std::string path = std::string(kAttach) + "app.json";
    if (auto put = ledger.put_json(path, Json{{"package", ""}, {"version", ""}}); !put) return Failure(std::move(put.error()));
    if (auto line = ledger.line("app.attest", Json{{"files", ledger.files({path})}, {"package", ""}, {"version", ""}}); !line)
      return Failure(std::move(line.error()));
    return ok();
  }

  std::vector<std::string> close_files{};
};

}  // namespace

Result<Recovered> recover(OpenBag bag, const SessionSetup& setup) {
  if (setup.bureau == nullptr || setup.vault == nullptr || setup.clock == nullptr)
    return fail(ErrorKind::Bug, "recovery needs a bureau, a vault and a clock");
  GZ_TRY_ASSIGN(const People people, people_of(setup));
  std::error_code ec;
  fs::remove(bag.folder.parent_path() / (bag.id + ".ballast"), ec);
  auto journal = read_journal(bag.folder);
  if (!journal && journal.error().kind == ErrorKind::NotFound) return set_aside(bag);
  if (!journal) return Failure(std::move(journal.error()));
  auto standing = read_standing(journal->lines);
  if (!standing) return Failure(std::move(standing.error()));
  if (standing->segments.empty() && standing->items.empty() && standing->imports.empty()) return set_aside(bag);
  GZ_TRY(check_people(bag.folder, *standing, people));
  remove_temporaries(bag.folder);
  GZ_TRY(cut_journal(bag.folder, *journal));
  if (!standing->closed) GZ_TRY(move_unnamed(bag.folder, *standing));
  GZ_TRY_ASSIGN(auto payload, digest_standing(bag.folder));
  GZ_TRY(check_named(*standing, payload));
  Recovery recovery{bag, setup, people, std::move(*journal), std::move(*standing), std::move(payload), {}};
  Recovered out;
  GZ_TRY_ASSIGN(out.package, recovery.run());
  out.lost = recovery.lost;
  return out;
}

}  // namespace guzheng
