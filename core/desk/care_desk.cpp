#include "core/desk/care_desk.h"

#include <optional>

#include "core/desk/trust.h"
#include "core/desk/workers.h"
#include "core/vault/second_copy.h"

namespace guzheng {
namespace {

VaultHealth health_of(Vault& vault, const Bureau& bureau, const Clock& clock, const std::filesystem::path& log) {
  VaultHealth out;
  DoctorRequest request;
  request.log = log;
  out.findings = examine(vault, bureau, clock, request);
  const auto copy = second_copy_of(vault.folder());
  if (!copy || copy->empty()) return out;
  out.copy = *copy;
  const auto behind = not_in_step(vault.folder(), *copy);
  out.copy_away = !behind;
  if (behind) out.behind = *behind;
  return out;
}

// One package that cannot be copied (damaged, or still in plain bytes) keeps no other from its copy; all that failed are told at the end.
struct CopyRun {
  std::vector<std::string> copied, left;
  std::optional<Error> error;              // kind of the first failure, words of all
};

Result<CopyRun> copy_behind(const std::filesystem::path& vault) {
  GZ_TRY_ASSIGN(const auto copy, second_copy_of(vault));
  if (copy.empty()) return fail(ErrorKind::NotFound, "the vault has no second copy");
  GZ_TRY_ASSIGN(const auto behind, not_in_step(vault, copy));
  CopyRun out;
  for (const auto& id : behind) {
    const auto done = copy_package(vault, copy, id);
    (done ? out.copied : out.left).push_back(id);
    if (done) continue;
    const std::string what = id + ": " + done.error().what;
    if (!out.error) out.error = Error{done.error().kind, what};
    else out.error->what += "; " + what;
  }
  return out;
}

// On the worker, whose next step is to open evidence: it does so only once the log says so. The log takes several writers.
Status note_opening(const std::filesystem::path& log, const Clock& clock, const Json& body) {
  GZ_TRY_ASSIGN(const auto writer, OperationLog::open(log, clock));
  if (const auto line = writer->append("op.open", body); !line) return fail(line.error().in("operation log"));
  return ok();
}

}  // namespace

void CareDesk::cancel() {
  if (stop_) stop_->store(true);
}

std::string CareDesk::who() const {
  const auto& officers = station_.card().officers;
  return officers.empty() ? std::string() : officers.front().name;
}

void CareDesk::examine() {
  if (!station_.is_open()) return;
  run_then(station_.quick(), this,
           [vault = &station_.vault(), bureau = station_.bureau(), clock = &station_.clock(), log = station_.log_path()] {
             return health_of(*vault, bureau, *clock, log);
           },
           [this](const VaultHealth& health) { emit examined(health); });
}

void CareDesk::scrub(const std::string& reason) {
  if (busy_ || !station_.is_open()) return;
  busy_ = true;
  stop_ = std::make_shared<std::atomic<bool>>(false);
  const auto bureau = std::make_shared<const Bureau>(station_.bureau());
  ScrubRequest request;
  if (!reason.empty()) {
    request.opener = bureau->opener.get();
    request.opening = [reason, who = who(), log = station_.log_path(), clock = &station_.clock()](const std::string& id) {
      return note_opening(log, *clock, Json{{"package", id}, {"reason", reason}, {"what", "scrub"}, {"who", who}});
    };
  }
  request.progress = [this, stop = stop_, told = std::make_shared<std::int64_t>(-1), clock = &station_.clock()](const ScrubProgress& at) {
    if (const auto now = clock->monotonic().us / 100'000; now != std::exchange(*told, now)) post(this, [this, at] { emit scrubbing(at); });
    return !stop->load();
  };
  request.done = [this](const ScrubbedPackage& one) {
    post(this, [this, one] {
      if (!one.damaged.empty() || !one.problem.empty()) station_.record(one.repaired.empty() ? "op.damage" : "op.repair", log_body(one));
      emit package_done(one);
    });
  };
  run_then(station_.bulk(), this,
           [bureau, wanted = request, trust = trust_of(station_), vault = &station_.vault(), clock = &station_.clock()] {
             ScrubRequest with_roots = wanted;
             with_roots.roots = trust_now(trust);
             return guzheng::scrub(*vault, *clock, with_roots);
           },
           [this](Result<ScrubOutcome> done) {
             busy_ = false;
             if (!done) {
               emit failed("scrub", done.error());
               return;
             }
             station_.record("op.scrub", log_body(*done));
             emit scrubbed(*done);
           });
}

void CareDesk::catch_up() {
  if (busy_ || !station_.is_open()) return;
  busy_ = true;
  run_then(station_.bulk(), this, [folder = station_.vault().folder()] { return copy_behind(folder); },
           [this](Result<CopyRun> done) {
             busy_ = false;
             if (!done) {
               emit failed("copy", done.error());
               return;
             }
             Json body{{"packages", done->copied.size()}};
             if (!done->left.empty()) body["left"] = done->left;
             station_.record("op.copy", std::move(body));
             if (done->error) emit failed("copy", *done->error);
             else emit caught_up(static_cast<int>(done->copied.size()));
           });
}

}  // namespace guzheng
