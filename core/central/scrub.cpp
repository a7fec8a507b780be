#include "core/central/scrub.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/central/calendar_time.h"
#include "core/central/keeping.h"
#include "core/identity/signer.h"
#include "core/wire/receipt.h"

namespace guzheng {

namespace {

constexpr std::size_t kNamesAtOnce = 100'000;
constexpr std::int64_t kEntriesAtOnce = 200, kSaveEvery = 64;

// Keeps a rate: what was read ahead of it is waited for.
class Pace {
 public:
  explicit Pace(const ScrubParts& parts) : parts_(parts), free_us_(parts.clock->monotonic().us) {}
  Status spent(std::size_t bytes) {
    std::chrono::milliseconds wait{0};
    if (parts_.bytes_a_second > 0) {
      const std::int64_t now = parts_.clock->monotonic().us;
      free_us_ = std::max(now, free_us_) + static_cast<std::int64_t>(static_cast<double>(bytes) / static_cast<double>(parts_.bytes_a_second) * 1e6);
      if (free_us_ - now > 50'000) wait = std::chrono::milliseconds((free_us_ - now) / 1000);
    }
    return parts_.pause(wait) ? ok() : Status(fail(ErrorKind::Cancelled, "the scrub was called off"));
  }

 private:
  const ScrubParts& parts_;
  std::int64_t free_us_;
};

// One store's copy of one object; `bad` as ScrubFinding::why, "" when all is right.
struct Copy {
  ObjectStore* store = nullptr;
  std::string bad, said;                           // said: by the store, of what is not a plain loss
  WallTime due;                                    // until when the log says that it is kept there
  std::optional<WallTime> kept;                    // until when the store says so
  [[nodiscard]] bool bytes_are_right() const { return bad.empty() || bad == "record" || bad == "retention"; }
};

class Scrub {
 public:
  explicit Scrub(const ScrubParts& parts) : parts_(parts), pace_(parts) {}

  Result<ScrubRun> run() {
    GZ_TRY(begin());
    GZ_TRY(audit());
    auto done = entries();
    if (done) done = unnamed();
    if (done) run_.ended = parts_.clock->wall();
    GZ_TRY(save());
    if (!done) return fail(done.error());
    if (left_out_ > 0) log_warn("central", "scrub: " + std::to_string(left_out_) + " findings more than the access log lists");
    parts_.note("op.central-scrub", scrub_line(run_));
    return run_;
  }

 private:
  Status begin() {
    GZ_TRY_ASSIGN(const auto last, last_scrub(*parts_.database));
    if (last && last->ended.ms == 0) {
      run_ = *last;
      GZ_TRY_ASSIGN(const auto rows, parts_.database->query("SELECT next_entry FROM scrub WHERE number = ?", {run_.number}));
      next_ = std::get<std::int64_t>(rows.at(0).at(0));
      run_.count.unnamed = 0;                      // looked for at the end, all of them
      return ok();
    }
    run_.number = last ? last->number + 1 : 1;
    run_.began = parts_.clock->wall();
    if (last) run_.log_problem = last->log_problem;                        // until the audit says otherwise
    return parts_.database->run("INSERT INTO scrub(number, began_ms, ended_ms, next_entry, objects, bytes, repaired, unrepaired, lost, expired, unnamed, receipts, log_problem) "
                                "VALUES(?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?)", {run_.number, run_.began.ms, run_.log_problem});
  }

  Status save() {
    const auto& c = run_.count;
    return parts_.database->run("UPDATE scrub SET ended_ms = ?, next_entry = ?, objects = ?, bytes = ?, repaired = ?, unrepaired = ?, lost = ?, expired = ?, unnamed = ?, receipts = ?, log_problem = ? WHERE number = ?",
                                {run_.ended.ms, next_, c.objects, c.bytes, c.repaired, c.unrepaired, c.lost, c.expired, c.unnamed, c.receipts, run_.log_problem, run_.number});
  }

  Status audit() {
    auto held = parts_.log->audit([&] { return parts_.pause(std::chrono::milliseconds(0)); });
    if (held) held = newest_signature();
    if (!held && held.error().kind != ErrorKind::Tampered) return held;
    run_.log_problem = held ? "" : held.error().what;
    GZ_TRY(save());
    if (!held) log_error("central", "the evidence log does not hold: " + run_.log_problem);
    return ok();
  }

  Status newest_signature() {
    GZ_TRY_ASSIGN(const auto newest, parts_.log->newest());
    if (!newest) return ok();
    const auto by = check_detached(newest->signature, as_bytes(newest->text), parts_.roots_pem);
    return by ? ok() : Status(fail(ErrorKind::Tampered, "the signature over the newest checkpoint does not hold: " + by.error().what));
  }

  // The log says what must be there; `received` only where.
  Status entries() {
    while (true) {
      GZ_TRY_ASSIGN(const auto rows, parts_.database->query("SELECT number, entry FROM log_entry WHERE number >= ? ORDER BY number LIMIT ?", {next_, kEntriesAtOnce}));
      if (rows.empty()) return ok();
      for (const auto& row : rows) {
        const auto number = std::get<std::int64_t>(row.at(0));
        GZ_TRY(entry(number, std::get<std::string>(row.at(1))));
        next_ = number + 1;
        ++run_.count.objects;
        if (run_.count.objects % kSaveEvery == 0) GZ_TRY(save());
      }
    }
  }

  Status entry(std::int64_t number, const std::string& text) {
    const auto said = parse_log_entry(text);
    if (!said) return tell({ScrubFinding::What::Receipt, "", "", "", "entry " + std::to_string(number) + " of the log cannot be read"}, run_.count.receipts), ok();
    GZ_TRY_ASSIGN(const auto rows, parts_.database->query("SELECT object, zip_sha256, receipt FROM received WHERE log_number = ?", {number}));
    const std::string tail = said->package + "/" + said->zip_sha256 + ".zip";
    std::string object = rows.empty() ? "" : std::get<std::string>(rows[0].at(0));
    if (object != "case/" + tail && object != "automatic/" + tail) {       // its name follows from the entry all the same
      GZ_TRY_ASSIGN(const auto automatic, parts_.first->list("automatic/" + tail, "", 1));
      object = (automatic.empty() ? "case/" : "automatic/") + tail;
    }
    if (const auto wrong = rows.empty() ? std::string("missing") : receipt_problem(text, *said, rows[0]); !wrong.empty())
      tell({ScrubFinding::What::Receipt, object, "", said->package, wrong}, run_.count.receipts);
    return copies(object, *said);
  }

  static std::string receipt_problem(const std::string& text, const LogEntry& said, const SqlRow& row) {
    const auto receipt = parse_receipt(std::get<std::string>(row.at(2)));
    if (!receipt) return "unreadable";
    const bool right = receipt->entry == text && sha256_hex(as_bytes(receipt->text)) == said.receipt_sha256 && std::get<std::string>(row.at(1)) == said.zip_sha256;
    return right ? "" : "altered";
  }

  Status copies(const std::string& object, const LogEntry& said) {
    std::array<Copy, 2> both;
    for (std::size_t i = 0; i < 2; ++i) {
      both[i].store = i == 0 ? parts_.first : parts_.second;
      const auto named = std::find_if(said.stores.begin(), said.stores.end(), [&](const auto& one) { return one.name == both[i].store->name(); });
      for (const auto& one : said.stores)
        if (named == said.stores.end() || one == *named) both[i].due = std::max(both[i].due, one.retain_until);
      GZ_TRY(look(both[i], object, said));
    }
    const WallTime now = parts_.clock->wall();
    GZ_TRY_ASSIGN(const auto planned, planned_until(*parts_.database, said.zip_sha256));
    plan_ = planned.value_or(WallTime{});
    const auto over = [&](const Copy& copy) { return copy.bad == "missing" && copy.due <= now && plan_ <= now; };
    if (over(both[0]) && over(both[1])) return ++run_.count.expired, ok();
    const Copy* good = both[0].bytes_are_right() ? &both[0] : both[1].bytes_are_right() ? &both[1] : nullptr;
    if (good == nullptr) { GZ_TRY_ASSIGN(good, uncover(both, object, said)); }
    if (good == nullptr) {
      tell({ScrubFinding::What::Lost, object, "", said.package, both[0].store->name() + ": " + both[0].bad + both[0].said + ", " + both[1].store->name() + ": " + both[1].bad + both[1].said}, run_.count.lost);
      return save();
    }
    for (auto& copy : both) {
      if (copy.bad.empty()) GZ_TRY(move_on(copy, object, said));
      if (copy.bad.empty() || over(copy)) continue;
      GZ_TRY(mend(copy, copy.bytes_are_right() ? copy : *good, object, said));
    }
    return ok();
  }

  [[nodiscard]] WallTime lock_wanted() const { return std::min(plan_, days_later(parts_.clock->wall(), kLockAheadDays)); }

  Status move_on(const Copy& copy, const std::string& object, const LogEntry& said) {
    if (!copy.kept || *copy.kept >= std::min(plan_, days_later(parts_.clock->wall(), kLockLeastDays))) return ok();
    const auto moved = copy.store->retain(object, lock_wanted());
    if (!moved) tell({ScrubFinding::What::Unrepaired, object, copy.store->name(), said.package, "retention: " + moved.error().what}, run_.count.unrepaired);
    return moved ? ok() : save();
  }

  // Whoever hid both copies, or wrote over both, did not reach the locked versions: each is made anew from its own. Answers one that is right now; nothing: there is none.
  Result<const Copy*> uncover(std::array<Copy, 2>& both, const std::string& object, const LogEntry& said) {
    const Copy* out = nullptr;
    for (auto& copy : both) {
      const auto reader = run_.log_problem.empty() ? copy.store->open_hidden(object, said.zip_sha256) : Result<std::unique_ptr<ObjectReader>>(fail(ErrorKind::NotFound, ""));
      if (!reader) continue;
      const auto done = bring(**reader, *copy.store, object, said, std::max(copy.due, lock_wanted()));
      if (!done && done.error().kind == ErrorKind::Cancelled) return fail(done.error());
      if (!done) continue;
      tell({ScrubFinding::What::Repaired, object, copy.store->name(), said.package, copy.bad + copy.said}, run_.count.repaired);
      copy.bad.clear();
      out = &copy;
    }
    return out;
  }

  // Tells an object that is bad from a store that is away: the latter ends the scrub.
  Status away(ObjectStore& store) const {
    const auto there = store.uploads();
    return there ? ok() : Status(fail(ErrorKind::Io, "the store " + store.name() + " is away: " + there.error().what));
  }

  Status look(Copy& copy, const std::string& object, const LogEntry& said) {
    auto& store = *copy.store;
    const auto reader = store.open_cold(object);
    if (!reader) {
      GZ_TRY(away(store));
      copy.bad = reader.error().kind == ErrorKind::NotFound ? "missing" : "unreadable";
      if (reader.error().kind == ErrorKind::Tampered) copy.said = ": " + reader.error().what;
      return ok();
    }
    Digester digester(DigestKind::Sha256);
    const auto read = read_object(**reader, [&](ByteView piece) -> Status {
      digester.update(piece);
      run_.count.bytes += static_cast<std::int64_t>(piece.size());
      return pace_.spent(piece.size());
    });
    if (!read && read.error().kind == ErrorKind::Cancelled) return read;
    if (!read) {
      GZ_TRY(away(store));
      copy.bad = "unreadable";
      return ok();
    }
    if ((*reader)->size() != said.bytes || to_hex(digester.finish()) != said.zip_sha256) return copy.bad = "altered", ok();
    const auto head = store.head(object);
    if (!head) {
      GZ_TRY(away(store));
      return copy.bad = "record", ok();
    }
    copy.kept = head->retain_until;
    if (head->sha256 != said.zip_sha256) copy.bad = "record";
    else if (!head->retain_until || *head->retain_until < copy.due) copy.bad = "retention";
    return ok();
  }

  Status mend(Copy& copy, const Copy& from, const std::string& object, const LogEntry& said) {
    WallTime until = std::max(copy.due, lock_wanted());
    for (const auto& kept : {copy.kept, from.kept})
      if (kept) until = std::max(until, *kept);
    const auto again = [&]() -> Status {
      // a log that does not hold says nothing of which copy is the right one
      if (!run_.log_problem.empty()) return fail(ErrorKind::Tampered, "the evidence log does not hold, nothing is repaired by it");
      if (copy.bad == "retention") return copy.store->retain(object, until);
      GZ_TRY_ASSIGN(const auto reader, from.store->open(object));
      return bring(*reader, *copy.store, object, said, until);
    };
    const Status done = again();
    if (!done && done.error().kind == ErrorKind::Cancelled) return done;
    if (done) tell({ScrubFinding::What::Repaired, object, copy.store->name(), said.package, copy.bad + copy.said}, run_.count.repaired);
    else tell({ScrubFinding::What::Unrepaired, object, copy.store->name(), said.package, copy.bad + copy.said + ": " + done.error().what}, run_.count.unrepaired);
    return save();
  }

  Status bring(const ObjectReader& from, ObjectStore& to, const std::string& object, const LogEntry& said, WallTime until) {
    GZ_TRY_ASSIGN(const auto upload, to.begin(object));
    std::uint64_t at = 0;
    auto sent = read_object(from, [&](ByteView piece) -> Status {
      GZ_TRY(to.append(upload, at, piece));
      at += piece.size();
      return pace_.spent(piece.size());
    });
    if (sent) {
      const auto made = to.replace(upload, said.zip_sha256, until);
      if (made) return ok();
      if (made.error().kind == ErrorKind::Exists && to.abandon(upload)) return ok();      // made whole meanwhile, by an ingest of the same bytes
      sent = fail(made.error());
    }
    (void)to.abandon(upload);
    return sent;
  }

  Status unnamed() {
    for (ObjectStore* store : {parts_.first, parts_.second}) {
      std::string after;
      while (true) {
        GZ_TRY_ASSIGN(const auto names, store->list("", after, kNamesAtOnce));
        for (const auto& name : names) {
          if (store == parts_.first && name.starts_with("incoming/")) continue;      // waits to be ingested
          GZ_TRY_ASSIGN(const bool known, is_named(name));
          if (!known) tell({ScrubFinding::What::Unnamed, name, store->name(), "", ""}, run_.count.unnamed);
        }
        if (names.size() < kNamesAtOnce) break;
        after = names.back();
      }
    }
    return ok();
  }

  // Of a receipt, or of a package that is being taken in just now.
  Result<bool> is_named(const std::string& name) {
    const auto slash = name.rfind('/');
    const std::string digest = name.ends_with(".zip") && slash != std::string::npos ? name.substr(slash + 1, name.size() - slash - 5) : "";
    GZ_TRY_ASSIGN(const auto rows, parts_.database->query("SELECT 1 FROM received WHERE zip_sha256 = ? AND object = ?", {digest, name}));
    if (!rows.empty()) return true;
    GZ_TRY_ASSIGN(const auto coming, parts_.database->query("SELECT 1 FROM upload WHERE state = 'ingesting' AND zip_sha256 = ?", {digest}));
    return !coming.empty();
  }

  void tell(const ScrubFinding& finding, std::int64_t& count) {
    ++count;
    if (++told_ <= kMostScrubLines) parts_.note("op.central-scrub-found", scrub_line(finding));
    else ++left_out_;
    if (parts_.found) return parts_.found(finding);
    const bool harmless = finding.what == ScrubFinding::What::Repaired || finding.what == ScrubFinding::What::Unnamed;
    const std::string line = "scrub: " + std::string(to_string(finding.what)) + " " + finding.object + " " + finding.store + " " + finding.why;
    harmless ? log_warn("central", line) : log_error("central", line);
  }

  const ScrubParts& parts_;
  Pace pace_;
  ScrubRun run_;
  WallTime plan_;                                  // of the object at hand; 0: none
  std::int64_t next_ = 0, told_ = 0, left_out_ = 0;
};

}  // namespace

std::string_view to_string(ScrubFinding::What what) {
  switch (what) {
    case ScrubFinding::What::Repaired: return "repaired";
    case ScrubFinding::What::Unrepaired: return "unrepaired";
    case ScrubFinding::What::Lost: return "lost";
    case ScrubFinding::What::Unnamed: return "unnamed";
    case ScrubFinding::What::Receipt: return "receipt";
  }
  return "lost";
}

Json scrub_line(const ScrubFinding& finding) {
  Json out{{"what", std::string(to_string(finding.what))}};
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = is_utf8(value) ? value : std::string("?");
  };
  add("object", finding.object);
  add("package", finding.package);
  add("store", finding.store);
  add("why", finding.why);
  return out;
}

Json scrub_line(const ScrubRun& run) {
  const auto& c = run.count;
  Json out{{"began", format_time(run.began)}, {"bytes", c.bytes}, {"expired", c.expired}, {"lost", c.lost}, {"objects", c.objects}, {"receipts", c.receipts},
           {"repaired", c.repaired}, {"unnamed", c.unnamed}, {"unrepaired", c.unrepaired}};
  if (!run.log_problem.empty()) out["log_problem"] = is_utf8(run.log_problem) ? run.log_problem : std::string("?");
  return out;
}

Result<ScrubRun> run_scrub(const ScrubParts& parts) { return Scrub(parts).run(); }

Result<std::optional<ScrubRun>> last_scrub(Database& database) {
  GZ_TRY_ASSIGN(const auto rows, database.query("SELECT number, began_ms, ended_ms, objects, bytes, repaired, unrepaired, lost, expired, unnamed, receipts, log_problem FROM scrub ORDER BY number DESC LIMIT 1"));
  if (rows.empty()) return std::optional<ScrubRun>();
  const auto number = [&](std::size_t column) { return std::get<std::int64_t>(rows[0].at(column)); };
  return std::optional(ScrubRun{number(0), {number(1)}, {number(2)}, {number(3), number(4), number(5), number(6), number(7), number(8), number(9), number(10)}, std::get<std::string>(rows[0].at(11))});
}

}  // namespace guzheng
