#include "core/desk/sync_desk.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/log.h"
#include "core/desk/workers.h"
#include "core/seal/vault_form.h"

namespace guzheng {
namespace {

constexpr int kTickMs = 250;

Result<std::vector<SyncCandidate>> candidates_in(const Vault& vault) {
  GZ_TRY_ASSIGN(const auto packages, vault.list());
  std::vector<SyncCandidate> out;
  for (auto it = packages.rbegin(); it != packages.rend(); ++it)
    if (it->problem.empty()) out.push_back({it->folder, it->fingerprint, it->bytes, it->encrypted && !has_plain_files(it->folder)});
  return out;
}

}  // namespace

SyncDesk::SyncDesk(StationDesk& station, VaultDesk& vault) : station_(station), vault_(vault) {
  connect(&station_, &StationDesk::opened, this, &SyncDesk::begin);
  // sealed, encrypted, reviewed, stamped later, reported: each of them brings the list anew
  connect(&vault_, &VaultDesk::listed, this, [this] {
    if (runner_) runner_->look();
  });
  connect(&station_, &StationDesk::encrypted, this, [this] {
    if (runner_) runner_->look();
  });
  tick_.setInterval(kTickMs);
  connect(&tick_, &QTimer::timeout, this, &SyncDesk::look);
}

SyncDesk::~SyncDesk() { stop(); }

void SyncDesk::stop() {
  tick_.stop();
  if (!runner_) return;
  runner_->stop();
  // what was told last is still on its way to this thread, and belongs into the operation log
  QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
  runner_.reset();
  station_.set_witness(nullptr);
  heads_.reset();
}

void SyncDesk::begin() {
  if (runner_) return;
  CentralWay way;
  if (station_.policy() != nullptr) {
    way = way_of_policy(*station_.policy());
  } else if (auto practice = way_of_practice(station_.private_folder())) {
    way = std::move(*practice);
  } else {
    mistake_ = practice.error();
  }
  central_ = way.central;
  if (!central_.url.empty()) {
    RunnerParts parts = runner_parts(way, station_.clock());
    parts.packages = [vault = &station_.vault()] { return candidates_in(*vault); };
    parts.tell = [this](const SyncEvent& event) { post(this, [this, event] { take(event); }); };
    runner_ = std::make_unique<SyncRunner>(std::move(parts));
    tick_.start();
    begin_witness(way);
  }
  emit changed();
}

// A system that cannot witness holds up nothing: what hinders it is told where sending is hindered by the same.
void SyncDesk::begin_witness(const CentralWay& way) {
  auto witness = witness_of(way, station_.clock());
  auto sender = witness ? HeadSender::start(way.queue, std::move(*witness), station_.clock()) : Result<std::shared_ptr<HeadSender>>(fail(witness.error()));
  if (!sender) return log_warn("desk", "journals are not witnessed: " + sender.error().what);
  heads_ = std::move(*sender);
  station_.set_witness(heads_);
}

void SyncDesk::look() {
  const auto now = runner_->revision();
  // rate and time left move by themselves
  const bool moves = ++ticks_ % 4 == 0 && (status_.in_hand > 0 || status_.away);
  if (now == seen_ && !moves) return;
  seen_ = now;
  status_ = runner_->status();
  emit changed();
}

const SyncItem* SyncDesk::item(const std::string& package) const {
  const auto found = std::find_if(status_.items.begin(), status_.items.end(), [&](const auto& one) { return one.package == package; });
  return found == status_.items.end() ? nullptr : &*found;
}

// By the station itself: its lines in the operation log name it, whoever sits there.
void SyncDesk::take(const SyncEvent& event) {
  const auto& now = event.item;
  Json body{{"package", now.package}, {"who", station_.card().station}};
  switch (event.kind) {
    case SyncEvent::Kind::Synced:
      if (const auto kept = heads_ ? heads_->put_beside(event.bag) : ok(); !kept) log_warn("desk", "what was witnessed of " + now.package + " could not be put beside it: " + kept.error().what);
      body.update({{"index", now.index}, {"result", "synced"}, {"sha256", now.zip_sha256}});
      station_.record("op.sync", std::move(body));
      station_.follow(now.package);
      break;
    case SyncEvent::Kind::Refused:
      body.update({{"result", "refused"}, {"sha256", now.zip_sha256}, {"why", now.why}});
      station_.record("op.sync", std::move(body));
      break;
    case SyncEvent::Kind::Distrusted:
      body.update({{"result", "receipt-refused"}, {"why", now.why}});
      station_.record("op.sync", std::move(body));
      break;
    default: break;
  }
  emit told(event);
}

void SyncDesk::act(const std::string& result, const std::string& package) {
  Json body{{"result", result}};
  if (!package.empty()) body["package"] = package;
  station_.record("op.sync", std::move(body));
  look();
}

void SyncDesk::pause() {
  if (!runner_) return;
  runner_->pause();
  act("paused", {});
}

void SyncDesk::resume() {
  if (!runner_) return;
  runner_->resume();
  act("resumed", {});
}

void SyncDesk::send_now() {
  if (!runner_) return;
  runner_->send_now();
  act("asked", {});
}

void SyncDesk::put_first(const std::string& package) {
  if (!runner_) return;
  runner_->put_first(package);
  act("put-first", package);
}

void SyncDesk::again(const std::string& package) {
  if (!runner_) return;
  runner_->again(package);
  act("again", package);
}

void SyncDesk::read_receipt(const std::string& package) {
  if (!runner_) return;
  // the queue's row is small: read here
  const auto kept = runner_->receipt(station_.vault().folder() / "sealed" / package);
  if (kept) emit receipt_read(package, *kept);
  else emit receipt_failed(package, kept.error());
}

}  // namespace guzheng
