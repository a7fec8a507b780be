#include "core/desk/vault_desk.h"

#include <algorithm>

#include "core/desk/trust.h"
#include "core/desk/workers.h"
#include "core/seal/seal.h"
#include "core/session/session.h"
#include "core/vault/handover.h"

namespace guzheng {
namespace {

constexpr int kThumbnailWidth = 184;       // pixels: twice the shown width, for 150 and 200 % screens

struct Listing {
  std::vector<PackageEntry> packages;
  std::vector<std::string> unfinished, plain;
};

Result<Listing> read_vault(Vault& vault) {
  Listing out;
  GZ_TRY_ASSIGN(out.packages, vault.list());
  GZ_TRY_ASSIGN(out.plain, vault.unencrypted());
  GZ_TRY_ASSIGN(const auto bags, vault.unfinished());    // their locks are let go again at once
  for (const auto& bag : bags) out.unfinished.push_back(bag.id);
  return out;
}

struct Exported {
  std::string digest, record;              // record: empty when it lies within what was written
  std::optional<Error> no_record;          // a ZIP stands, its record could not be written
  std::string zip_digest;                  // what the operation log keeps
};

// What the export needs, kept alive by it: who is at the desk may change meanwhile.
struct Export {
  std::filesystem::path package, place;
  Handover handover;
  Bureau bureau;
  const Clock* clock = nullptr;
  std::function<bool(std::uint64_t, std::uint64_t)> report;
};

Result<Exported> one_zip(const Export& job, const Signer& officer) {
  Exported out;
  GZ_TRY_ASSIGN(out.digest, export_package(job.package, job.place, job.report, job.bureau.opener.get()));
  out.zip_digest = out.digest;
  const auto record = write_export_record({job.handover.to, job.handover.medium, out.digest}, job.package, job.place, officer, job.bureau, *job.clock);
  if (record) out.record = record->string();
  else out.no_record = record.error();
  return out;
}

Result<Exported> run_export(const Export& job) {
  const Signer& officer = *job.bureau.officers.at(0);
  if (job.handover.form == HandoverForm::Zip) return one_zip(job, officer);
  const HandOver what{{job.package}, job.handover.to, job.handover.medium};
  GZ_TRY_ASSIGN(const auto done, job.handover.form == HandoverForm::Disc
                                     ? hand_over_disc(what, job.place, kDiscName, officer, job.bureau, *job.clock, job.report)
                                     : hand_over(what, job.place, officer, job.bureau, *job.clock, job.report));
  const auto& zip = done.packages.front().zip_sha256;
  return Exported{done.image_sha256.empty() ? zip : done.image_sha256, {}, {}, zip};
}

Result<Recovered> recover_bag(Vault& vault, const std::string& id, const SessionSetup& setup) {
  GZ_TRY_ASSIGN(auto bags, vault.unfinished());
  const auto bag = std::find_if(bags.begin(), bags.end(), [&](const auto& b) { return b.id == id; });
  if (bag == bags.end()) return fail(ErrorKind::NotFound, id + ": no unfinished session of that number");
  return recover(std::move(*bag), setup);
}

}  // namespace

VaultDesk::VaultDesk(StationDesk& station) : station_(station) {
  connect(&station_, &StationDesk::encrypted, this, &VaultDesk::refresh);
}

VaultDesk::~VaultDesk() { cancel(); }

void VaultDesk::refresh() {
  if (!station_.is_open()) return;
  run_then(station_.quick(), this, [vault = &station_.vault()] { return read_vault(*vault); },
           [this, turn = ++refreshes_](Result<Listing> listing) {
             if (turn != refreshes_) return;         // a newer list is on its way: an older one must not come after it
             if (!listing) {
               emit failed("list", {}, listing.error());
               return;
             }
             packages_ = std::move(listing->packages);
             unfinished_ = std::move(listing->unfinished);
             plain_ = std::move(listing->plain);
             emit listed();
           });
}

const PackageEntry* VaultDesk::entry(const std::string& id) const {
  const auto it = std::find_if(packages_.begin(), packages_.end(), [&](const auto& p) { return p.id == id; });
  return it == packages_.end() ? nullptr : &*it;
}

bool VaultDesk::waits_for_encryption(const std::string& id) const {
  return std::find(plain_.begin(), plain_.end(), id) != plain_.end();
}

void VaultDesk::open_package(const std::string& id, const std::string& reason) {
  const auto* entry = this->entry(id);
  if (!entry) return;
  station_.record_opening(id, "view", reason);
  run_then(station_.quick(), this, [entry = *entry, opener = station_.opener()] { return load_package(entry, opener); },
           [this, id](Result<PackageView> view) {
             if (!view) {
               emit failed("open", id, view.error());
               return;
             }
             const auto shared = std::make_shared<const PackageView>(std::move(*view));
             emit package_opened(shared);
             load_thumbnails(*shared);
           });
}

void VaultDesk::load_thumbnails(const PackageView& view) {
  for (const auto& shot : view.shots) {
    run_then(station_.quick(), this,
             [path = shot.path.string(), files = view.files] {
               const auto bytes = files->whole(path);
               if (!bytes) return QImage();
               return QImage::fromData(bytes->data(), static_cast<int>(bytes->size()))
                   .scaledToWidth(kThumbnailWidth, Qt::SmoothTransformation);
             },
             [this, id = view.entry.id, number = shot.number](const QImage& image) { emit thumbnail(id, number, image); });
  }
}

// Tells at most a hundred times, so that a fast disk does not flood the window.
std::function<bool(std::uint64_t, std::uint64_t)> VaultDesk::reporter(const std::string& id,
                                                                      std::shared_ptr<std::atomic<bool>> stop) {
  auto last = std::make_shared<std::uint64_t>(~0ull);
  return [this, id, stop, last](std::uint64_t done, std::uint64_t total) {
    const auto percent = total ? done * 100 / total : 0;
    if (percent != *last) {
      *last = percent;
      post(this, [this, id, done, total] { emit progress(id, static_cast<qint64>(done), static_cast<qint64>(total)); });
    }
    return !stop->load();
  };
}

void VaultDesk::cancel() {
  if (stop_) stop_->store(true);
}

void VaultDesk::verify(const std::string& id, const std::string& reason) {
  const auto* entry = this->entry(id);
  if (!entry) return;
  cancel();
  stop_ = std::make_shared<std::atomic<bool>>(false);
  VerifyOptions wanted{{}, &station_.clock(), reporter(id, stop_), station_.opener()};
  station_.record_opening(id, "verify", reason);
  run_then(station_.bulk(), this,
           [folder = entry->folder, wanted, trust = trust_of(station_)]() -> Result<VerifyAnswer> {
             VerifyOptions options = wanted;
             options.roots = trust_now(trust);
             const auto began = options.clock->monotonic();
             GZ_TRY_ASSIGN(auto verification, verify_package(folder, options));
             const auto took_us = options.clock->monotonic().us - began.us;
             return VerifyAnswer{std::move(verification), options.clock->wall(), took_us / 1000};
           },
           [this, id](Result<VerifyAnswer> answer) {
             if (!answer) {
               emit failed("verify", id, answer.error());
               return;
             }
             station_.record("op.verify", Json{{"package", id}, {"fingerprint", answer->verification.fingerprint},
                                               {"verdict", std::string(to_string(answer->verification.verdict))}});
             answers_[id] = std::move(*answer);
             emit verified(id);
           });
}

const VerifyAnswer* VaultDesk::answer(const std::string& id) const {
  const auto it = answers_.find(id);
  return it == answers_.end() ? nullptr : &it->second;
}

void VaultDesk::export_to(const std::string& id, const std::filesystem::path& place, const Handover& handover) {
  const auto* entry = this->entry(id);
  if (!entry) return;
  if (station_.bureau().officers.empty()) {
    emit failed("export", id, {ErrorKind::Denied, "nobody is logged in at this desk: the hand-over record could not be signed"});
    return;
  }
  station_.record_opening(id, "export", handover.reason);
  cancel();
  stop_ = std::make_shared<std::atomic<bool>>(false);
  const auto job = std::make_shared<const Export>(Export{entry->folder, place, handover, station_.bureau(), &station_.clock(), reporter(id, stop_)});
  run_then(station_.bulk(), this, [job] { return run_export(*job); },
           [this, id, place, handover](Result<Exported> done) {
             if (!done) {
               emit failed("export", id, done.error());
               return;
             }
             station_.record("op.export", Json{{"package", id}, {"file", place.filename().string()}, {"sha256", done->zip_digest},
                                               {"to", handover.to}, {"medium", handover.medium},
                                               {"reason", handover.reason}, {"handover", done->no_record ? "failed" : "signed"}});
             if (done->no_record) {
               emit failed("hand-over", id, *done->no_record);
               return;
             }
             emit exported(id, place.string(), done->digest, done->record);
           });
}

void VaultDesk::recover(const std::string& id) {
  const SessionSetup setup = station_.session_setup();
  run_then(station_.quick(), this, [vault = &station_.vault(), id, setup] { return recover_bag(*vault, id, setup); },
           [this, id](Result<Recovered> done) {
             if (!done) {
               emit failed("recover", id, done.error());
               return;
             }
             station_.record("op.recover", Json{{"package", id}, {"lost", done->lost}});
             station_.encrypt_pending();
             emit recovered(id, done->lost);
             refresh();
           });
}

}  // namespace guzheng
