#include "core/vault/scrub.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/parts.h"
#include "core/vault/lists.h"
#include "core/vault/numbers.h"
#include "core/vault/scrub_lists.h"
#include "core/vault/scrub_run.h"
#include "core/vault/second_copy.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

// With so many findings the verifier may have stopped to name them: what it does not name may be hurt all the same.
constexpr std::size_t kManyFindings = 100;

class Scrubber {
 public:
  Scrubber(Vault& vault, const Clock& clock, const ScrubRequest& request) : vault_(vault), clock_(clock), request_(request), here_(vault.folder() / "sealed") {}

  Result<ScrubOutcome> run() {
    GZ_TRY(find_copy());
    GZ_TRY_ASSIGN(const auto rows, vault_.catalogue().rows());
    GZ_TRY_ASSIGN(auto ids, package_ids(here_));
    if (!there_.empty()) {                   // what the vault lost wholly stands on the copy
      GZ_TRY_ASSIGN(const auto copied, package_ids(there_));
      ids.insert(ids.end(), copied.begin(), copied.end());
      std::sort(ids.begin(), ids.end());
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }
    for (const auto& row : rows)
      if (std::find(ids.begin(), ids.end(), row.id) == ids.end()) out_.gone.push_back(row.id);
    leave_out_done(ids);
    for (const auto& id : ids) total_ += size_of(here_, id) * 2 + size_of(there_, id);
    began_ = clock_.monotonic();
    at_.packages = ids.size();
    for (const auto& id : ids) {
      at_.id = id;
      if (request_.opener && request_.opening) GZ_TRY(request_.opening(id));
      GZ_TRY_ASSIGN(auto one, package(id));
      if (const auto noted = one.problem.empty() ? vault_.catalogue().scrubbed(id, clock_.wall(), one.result) : ok(); !noted) out_.catalogue_problem = noted.error().what;
      if (request_.done) request_.done(one);
      out_.packages.push_back(std::move(one));
      ++at_.package;
      run_.done.push_back(id);
      GZ_TRY(write_scrub_run(vault_.folder(), run_));
    }
    std::error_code ec;
    fs::remove(vault_.folder() / kScrubRun, ec);
    if (!out_.restored.empty()) {
      (void)vault_.check_permissions();      // as sealed packages have them
      GZ_TRY_ASSIGN(const auto lost, vault_.reconcile());
      (void)lost;
    }
    return std::move(out_);
  }

 private:
  Status find_copy() {
    GZ_TRY_ASSIGN(const fs::path copy, second_copy_of(vault_.folder()));
    if (copy.empty()) return ok();
    if (const auto there = check_second_copy(vault_.folder(), copy); !there) out_.copy_problem = there.error().what;
    else there_ = copy / "sealed";
    return ok();
  }

  // An earlier run's word for what it had done counts when it is fresh and that run was asked for the same.
  void leave_out_done(std::vector<std::string>& ids) {
    run_ = {clock_.wall(), scrub_kind(request_, !there_.empty()), {}};
    const auto before = request_.anew ? std::optional<ScrubRun>() : read_scrub_run(vault_.folder());
    if (!before || !goes_on(*before, run_)) return;
    run_.began = before->began;
    std::erase_if(ids, [&](const auto& id) {
      const bool done = std::find(before->done.begin(), before->done.end(), id) != before->done.end();
      if (done) run_.done.push_back(id);
      return done;
    });
    out_.earlier = run_.done.size();
    out_.resumed = out_.earlier > 0;
    if (out_.resumed) out_.earlier_since = run_.began;
  }

  static Result<std::vector<std::string>> package_ids(const fs::path& packages) {
    std::vector<std::string> ids;
    std::error_code ec;
    for (fs::directory_iterator it(packages, ec), end; !ec && it != end; it.increment(ec))
      if (is_bag_name(it->path().filename().string())) ids.push_back(it->path().filename().string());
    if (ec) return fail(error_from_errno(ec.value(), "list " + packages.string()));
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  static std::uint64_t size_of(const fs::path& packages, const std::string& id) {
    std::uint64_t sum = 0;
    if (packages.empty()) return 0;
    if (const auto files = package_files(packages, id))
      for (const auto& [path, size] : *files) sum += size;
    return sum;
  }

  bool tell(std::uint64_t bytes) {
    at_.done += bytes;
    at_.total = std::max(total_, at_.done);
    const auto passed = (clock_.monotonic().us - began_.us) / 1000;
    at_.left_ms = at_.done == 0 ? -1 : static_cast<std::int64_t>(static_cast<double>(passed) * static_cast<double>(at_.total - at_.done) / static_cast<double>(at_.done));
    return !request_.progress || request_.progress(at_);
  }

  // "" when it cannot be read.
  Result<std::string> digest(const fs::path& file) {
    Digester digester(DigestKind::Sha256);
    const auto status = read_in_pieces(file, [&](ByteView piece) -> Status {
      digester.update(piece);
      return tell(piece.size()) ? ok() : Status(fail(ErrorKind::Cancelled, "scrubbing was stopped; it goes on where it stands"));
    });
    if (!status && status.error().kind == ErrorKind::Cancelled) return fail(status.error());
    return status ? to_hex(digester.finish()) : std::string();
  }

  Status repair(const fs::path& from, const fs::path& to, const std::string& digest_wanted) {
    GZ_TRY_ASSIGN(const Bytes good, read_file(from, 1u << 30));
    if (sha256_hex(good) != digest_wanted) return fail(ErrorKind::Io, from.string() + " changed while it was read");
    std::error_code ec;
    struct stat st {};
    const bool closed = ::stat(to.parent_path().c_str(), &st) == 0 && (st.st_mode & 0200) == 0;
    if (closed) ::chmod(to.parent_path().c_str(), 0700);
    GZ_TRY(make_private_folder(to.parent_path()));
    const Status written = write_atomically(to, good, true);
    if (closed) ::chmod(to.parent_path().c_str(), 0500);
    return written;
  }

  // One file on both copies against what it must be.
  Status both(const std::string& path, const std::string& wanted, bool copied, ScrubbedPackage& out) {
    GZ_TRY_ASSIGN(const std::string mine, digest(here_ / path));
    std::string other;
    if (copied) { GZ_TRY_ASSIGN(other, digest(there_ / path)); }
    if (mine != wanted) {
      out.damaged.push_back(path);
      if (copied && other == wanted && repair(there_ / path, here_ / path, wanted)) out.repaired.push_back(path);
    } else if (copied && other != wanted) {
      out.damaged.push_back("copy:" + path);
      if (repair(here_ / path, there_ / path, wanted)) out.repaired.push_back("copy:" + path);
    }
    return ok();
  }

  // The signed list of parts itself, and its signature: where one side's does not hold, the other's takes its place.
  Status list_of_parts(const TwoCopies& copies, const PartsJudged& judged, ScrubbedPackage& out) {
    out.damaged.insert(out.damaged.end(), judged.damaged.begin(), judged.damaged.end());
    if (!judged.edition || copies.there.empty() || judged.other_holds) return ok();
    const bool mine = judged.side == &copies.here;
    for (const char* name : {"parts-sha256.txt", "parts-sha256.txt.p7s"}) {
      const std::string path = copies.id + ".enc/" + *judged.edition + "/" + name, shown = mine ? "copy:" + path : path;
      GZ_TRY_ASSIGN(const std::string good, digest(*judged.side / path));
      GZ_TRY_ASSIGN(const std::string bad, digest((mine ? copies.there : copies.here) / path));
      if (good == bad) continue;
      out.damaged.push_back(shown);
      if (!good.empty() && repair(*judged.side / path, (mine ? copies.there : copies.here) / path, good)) out.repaired.push_back(shown);
    }
    return ok();
  }

  // What of a file that no list names (stamps after the seal, reviews, receipts, renewals, signatures of reports) the verifier holds
  // against the package. Good: nothing of it nor of what lies beside it. Hurt: it is not there, or damage names it. Unsure: damage beside it
  // that may be of its making. Locked: a signature, or the stamp of one, over content that nobody here can read; who signed does not say what.
  enum class Word { Good, Hurt, Unsure, Locked };
  Word word_on(const fs::path& packages, const std::string& id, const std::string& path) {
    std::error_code ec;
    if (!fs::exists(packages / path, ec)) return Word::Hurt;
    const auto v = verify_package(packages / id, options());
    if (!v) return Word::Unsure;
    // what is found at a signature or a stamp is as well of what it is over
    const auto named = [&](const Finding& finding) {
      const bool over = finding.path.starts_with(path) && (finding.path.ends_with(".p7s") || finding.path.ends_with(".tsr"));
      return over || (!finding.path.empty() && (path.starts_with(finding.path) || path.ends_with(finding.path)));
    };
    if (std::any_of(v->damage.begin(), v->damage.end(), named)) return Word::Hurt;
    if (request_.opener == nullptr && over_locked(packages, id, path)) return Word::Locked;
    // What a file of a folder beside the bag does wrong is said of that folder; a renewal's, of what it lists; a late token's or signature's,
    // perhaps of the bag.
    const std::string folder = path.substr(0, path.find('/') + 1);
    const auto may_be_its = [&](const Finding& finding) {
      const bool of_the_bag = !finding.path.starts_with(id + ".");
      return finding.path.empty() || folder == id + ".renew/" || finding.path.starts_with(folder) || (of_the_bag && folder == id + ".after/");
    };
    return v->damage.size() >= kManyFindings || std::any_of(v->damage.begin(), v->damage.end(), may_be_its) ? Word::Unsure : Word::Good;
  }

  // The file that a signature, or the stamp over one, is about: in parts, so that nobody without a key can tell whether it is that file's.
  static bool over_locked(const fs::path& packages, const std::string& id, const std::string& path) {
    std::error_code ec;
    const auto suffix = path.find(".p7s");
    const std::string of = path.substr(0, suffix == path.npos ? 0 : suffix);
    return is_stored_as_parts(id, of) && !fs::exists(packages / of, ec);
  }
  // A signature's stamp, a stamp's signature: each vouches for the other's bytes. Is it the same on both sides?
  Result<bool> companion_agrees(const std::string& path) {
    const std::string companion = path.ends_with(".tsr") ? path.substr(0, path.size() - 4) : path + ".tsr";
    GZ_TRY_ASSIGN(const std::string mine, digest(here_ / companion));
    GZ_TRY_ASSIGN(const std::string other, digest(there_ / companion));
    return !mine.empty() && mine == other;
  }

  // May a file on which the word is `giver` take the other side's place? What the other side does not have at all must be above doubt: it
  // may have been put there. What is over locked content counts when its companion, which both sides have, fits it.
  Result<bool> takes_over(const std::string& path, Word giver, Word taker, bool taker_has_it) {
    if (taker != Word::Hurt) return false;
    if (giver == Word::Locked) return companion_agrees(path);
    return giver == Word::Good || (giver == Word::Unsure && taker_has_it);
  }

  // Both copies against each other where no list decides. A missing file comes back from the copy on which the verifier finds no fault
  // with it nor beside it; of two that differ the one counts that it finds no fault with while it does with the other.
  Status unlisted(const std::string& id, const Wanted& wanted, const std::string& edition, ScrubbedPackage& out) {
    std::set<std::string> paths;
    for (const fs::path* packages : std::initializer_list<const fs::path*>{&here_, &there_}) {
      GZ_TRY_ASSIGN(const auto files, package_files(*packages, id));
      for (const auto& [path, size] : files)
        if (!wanted.contains(path) && path.find(".p7m.") == path.npos) paths.insert(path);
    }
    const std::string lists = id + ".enc/" + edition + "/parts-sha256.txt";
    for (const auto& path : paths) {
      if (!edition.empty() && (path == lists || path == lists + ".p7s")) continue;     // list_of_parts has looked
      GZ_TRY_ASSIGN(const std::string mine, digest(here_ / path));
      GZ_TRY_ASSIGN(const std::string other, digest(there_ / path));
      if (mine == other) continue;
      const Word on_mine = word_on(here_, id, path), on_other = word_on(there_, id, path);
      GZ_TRY_ASSIGN(const bool take_mine, takes_over(path, on_mine, on_other, !other.empty()));
      GZ_TRY_ASSIGN(const bool take_other, takes_over(path, on_other, on_mine, !mine.empty()));
      const std::string shown = take_mine ? "copy:" + path : path;
      out.damaged.push_back(shown);
      if (take_mine && repair(here_ / path, there_ / path, mine)) out.repaired.push_back(shown);
      if (take_other && repair(there_ / path, here_ / path, other)) out.repaired.push_back(shown);
    }
    return ok();
  }

  VerifyOptions options() {
    VerifyOptions options;
    options.roots = request_.roots;
    options.clock = &clock_;
    options.opener = request_.opener;
    return options;
  }

  // Both copies against what the station signed, and then against each other where no list decides.
  Status compare(const std::string& id, ScrubbedPackage& out) {
    std::error_code ec;
    const bool copied = !there_.empty() && fs::exists(there_ / id, ec);
    if (!there_.empty() && !copied) out_.behind.push_back(id);
    const TwoCopies copies{here_, copied ? there_ : fs::path(), id};
    const auto* side = sealed_side(copies, options());
    if (side == nullptr) {
      out.damaged.push_back(id + "/seal/seal.txt");
      return ok();
    }
    Wanted wanted = sealed_files(copies, *side);
    for (const auto& [path, digest_wanted] : wanted) GZ_TRY(both(path, digest_wanted, copied, out));
    const auto parts = judge_parts(copies);        // after the seal: the certificate that signs lists stands in it
    GZ_TRY(list_of_parts(copies, parts, out));
    if (parts.edition) {
      Wanted listed;
      add_list(listed, parts_list(*parts.side, id, *parts.edition), "");
      for (const auto& [path, digest_wanted] : listed) GZ_TRY(both(path, digest_wanted, copied, out));
      wanted.merge(listed);
    }
    return copied ? unlisted(id, wanted, parts.edition.value_or(""), out) : ok();
  }
  static fs::path parts_list(const fs::path& packages, const std::string& id, const std::string& edition) {
    return packages / (id + ".enc") / edition / "parts-sha256.txt";
  }

  Result<ScrubbedPackage> package(const std::string& id) {
    ScrubbedPackage out;
    out.id = id;
    std::error_code ec;
    const bool plain = has_plain_files(here_ / id), lost = !fs::exists(here_ / id, ec);
    if (!plain) GZ_TRY(compare(id, out));
    if (lost && fs::exists(here_ / id, ec)) out_.restored.push_back(id);
    auto verify_options = options();
    std::uint64_t before = 0;
    verify_options.progress = [&](std::uint64_t done, std::uint64_t) { return tell(done - std::exchange(before, done)); };
    const auto v = verify_package(here_ / id, verify_options);
    if (!v && v.error().kind == ErrorKind::Cancelled) return fail(v.error());
    if (!v) out.problem = v.error().what;
    else out.verdict = std::string(to_string(v->verdict));
    if (v && v->verdict == Verdict::Damaged)
      for (const auto& finding : v->damage)
        if (!finding.path.empty() && std::find(out.damaged.begin(), out.damaged.end(), finding.path) == out.damaged.end()) out.damaged.push_back(finding.path);
    const bool bad = !v || v->verdict == Verdict::Damaged || out.repaired.size() < out.damaged.size();
    out.result = bad ? "damaged" : !out.repaired.empty() ? "repaired" : plain ? "plain" : "good";
    return out;
  }

  Vault& vault_;
  const Clock& clock_;
  const ScrubRequest& request_;
  const fs::path here_;
  fs::path there_;                           // "" : no second copy, or its medium is away
  std::uint64_t total_ = 0;
  MonotonicTime began_;
  ScrubProgress at_;
  ScrubRun run_;
  ScrubOutcome out_;
};

}  // namespace

Result<ScrubOutcome> scrub(Vault& vault, const Clock& clock, const ScrubRequest& request) { return Scrubber(vault, clock, request).run(); }

ScrubCount count_of(const ScrubOutcome& outcome) {
  ScrubCount out{outcome.packages.size(), 0, outcome.gone.size()};
  for (const auto& one : outcome.packages) {
    out.damaged += one.result == "damaged" ? 1 : 0;
    out.repaired += one.result == "repaired" ? 1 : 0;
  }
  return out;
}

Json log_body(const ScrubOutcome& outcome) {
  const ScrubCount count = count_of(outcome);
  return {{"behind", outcome.behind}, {"copy_problem", outcome.copy_problem}, {"damaged", count.damaged}, {"packages", count.packages},
          {"earlier", outcome.earlier}, {"repaired", count.repaired}, {"restored", outcome.restored}};
}

Json log_body(const ScrubbedPackage& package) {
  return {{"damaged", package.damaged}, {"package", package.id}, {"problem", package.problem}, {"repaired", package.repaired}, {"result", package.result}};
}

}  // namespace guzheng
