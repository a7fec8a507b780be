#include "ui/evidence/evidence_page.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/evidence/after_panel.h"
#include "ui/evidence/care_window.h"
#include "ui/evidence/copy_window.h"
#include "ui/evidence/import_window.h"
#include "ui/evidence/journal_card.h"
#include "ui/evidence/package_card.h"
#include "ui/evidence/package_head.h"
#include "ui/evidence/player_card.h"
#include "ui/evidence/proof_window.h"
#include "ui/evidence/report_window.h"
#include "ui/evidence/verdict_strip.h"
#include "ui/sync/sync_window.h"
#include "ui/sync/sync_words.h"

namespace guzheng::ui {
namespace {

constexpr int kJournalFoldBelow = 1000;
// Why evidence is opened from this page, as the operation log says it: whoever looks through the vault reviews.
constexpr const char* kReview = "复核";

Doing doing_of(const std::string& act) {
  if (act == "list") return Doing::ListVault;
  if (act == "open") return Doing::OpenPackage;
  if (act == "verify") return Doing::Verify;
  if (act == "export") return Doing::Export;
  if (act == "hand-over") return Doing::HandOver;
  if (act == "review") return Doing::Review;
  if (act == "stamp") return Doing::Stamp;
  if (act == "sign") return Doing::SignLater;
  if (act == "renew") return Doing::Renew;
  if (act == "look") return Doing::OpenPackage;
  return Doing::Recover;
}

}  // namespace

EvidencePage::EvidencePage(VaultDesk& vault, PlayerDesk& player, ReportDesk& reports, LiveDesk& live, ShelfDesks shelf,
                           QWidget* parent)
    : QWidget(parent), vault_(vault), player_(player), reports_(reports), live_(live), shelf_(shelf) {
  auto* columns = new QHBoxLayout(this);
  columns->setContentsMargins(16, 16, 16, 16);
  columns->setSpacing(16);
  list_ = new PackageCard(vault, shelf.sync);
  list_->setMinimumWidth(240);
  list_->setMaximumWidth(330);
  columns->addWidget(list_, 3);
  auto* sheet = new QWidget;               // scrolls where the window is too low for all of it
  auto* right = new QVBoxLayout(sheet);
  right->setContentsMargins(0, 0, 0, 0);
  right->setSpacing(16);
  messages_ = new MessageBar(tr("证据库消息"));
  head_ = new PackageHead(vault);
  right->addWidget(messages_);
  after_ = new AfterPanel;
  head_->put_below_verdict(after_);
  right->addWidget(head_);
  lower_ = new QHBoxLayout;
  lower_->setSpacing(16);
  film_ = new PlayerCard(player);
  journal_ = new JournalCard;
  journal_->setMinimumWidth(240);
  lower_->addWidget(film_, 3);
  lower_->addWidget(journal_, 2);
  right->addLayout(lower_, 1);
  film_->setMinimumHeight(270);
  journal_->setMinimumHeight(270);
  auto* scroll = scroller(sheet);
  columns->addWidget(scroll, 8);

  connect(list_, &PackageCard::care_wanted, this, &EvidencePage::show_care);
  connect(list_, &PackageCard::sync_wanted, this, &EvidencePage::show_sync);
  connect(&shelf_.sync, &SyncDesk::changed, this, &EvidencePage::sync_changed);
  connect(&shelf_.sync, &SyncDesk::told, this, &EvidencePage::sync_told);
  connect(list_, &PackageCard::import_wanted, this, &EvidencePage::show_import);
  connect(list_, &PackageCard::chosen_changed, this, &EvidencePage::chosen);
  connect(&head_->verdict(), &VerdictStrip::verify_wanted, this, &EvidencePage::verify);
  connect(&head_->verdict(), &VerdictStrip::cancel_wanted, &vault_, &VaultDesk::cancel);
  connect(head_, &PackageHead::cancel_wanted, &vault_, &VaultDesk::cancel);
  connect(head_, &PackageHead::report_wanted, this, [this] { report(false); });
  connect(head_, &PackageHead::new_report_wanted, this, [this] { report(true); });
  connect(head_, &PackageHead::export_wanted, this, [this](const QString& place, const HandoverWords& words) {
    head_->set_exporting(0, 0);
    vault_.export_to(id_, ss(place), {words.form, ss(words.to), ss(words.medium), ss(words.reason)});
  });
  connect(journal_, &JournalCard::jump, &player_, &PlayerDesk::seek);
  connect(journal_, &JournalCard::play_wanted, film_, &PlayerCard::toggle);
  connect(journal_, &JournalCard::skip_wanted, film_, &PlayerCard::skip);
  connect(&player_, &PlayerDesk::moved, journal_, &JournalCard::follow);
  connect(&player_, &PlayerDesk::sound_failed, this, [this](const Error& e) { messages_->show_error(Doing::Play, e); });
  connect(&player_, &PlayerDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::Play, e); });
  connect_vault();
  connect_after();
  add_keys();
  chosen(list_->chosen());
}

void EvidencePage::connect_vault() {
  connect(&vault_, &VaultDesk::package_opened, this, [this](const std::shared_ptr<const PackageView>& view) {
    if (view->entry.id != id_) return;
    view_ = view;                          // what is drawn on, with its keys
    film_->show_package(view);
    journal_->show_package(view);
  });
  connect(&vault_, &VaultDesk::thumbnail, this, [this](const std::string& id, int number, const QImage& image) {
    if (id == id_) film_->set_thumbnail(number, image);
  });
  connect(&vault_, &VaultDesk::progress, this, [this](const std::string& id, qint64 done, qint64 total) {
    if (id != id_) return;
    if (head_->exporting()) head_->set_exporting(done, total);
    else if (head_->verdict().running()) head_->verdict().show_progress(done, total);
  });
  connect(&vault_, &VaultDesk::verified, this, [this](const std::string& id) {
    if (id == id_) show_answer();
  });
  connect(&vault_, &VaultDesk::exported, this, [this](const std::string&, const std::string& place, const std::string& digest, const std::string& record) {
    head_->set_exporting(0, -1);
    const auto text = record.empty() ? tr("已导出到 %1，SHA-256 %2。签名的移交记录、核验说明和 verify.sh 都在里面。").arg(qs(place), grouped_digest(digest, 16))
                                     : tr("已导出到 %1，SHA-256 %2。移交记录已签名，在 %3，请与文件一起交付。").arg(qs(place), grouped_digest(digest, 16), qs(record));
    messages_->show_text("green", text);
  });
  connect(&vault_, &VaultDesk::recovered, this, [this](const std::string& id, const std::string& lost) {
    messages_->show_text("amber", tr("%1 已恢复并封存，标为不完整。%2").arg(qs(id), qs(lost)));
    list_->choose(id);
  });
  connect(&vault_, &VaultDesk::failed, this, [this](const std::string& act, const std::string& id, const Error& error) {
    if (act == "export" || act == "hand-over") head_->set_exporting(0, -1);
    if (act == "recover") vault_.refresh();
    if (act == "verify") {
      if (id != id_) return;                         // cancelled because another package was chosen
      head_->verdict().show_stopped();
    }
    messages_->show_error(doing_of(act), error);
  });
  connect(&vault_, &VaultDesk::listed, this, [this] {
    if (report_after_list_.empty() || report_after_list_ != id_ || !entry()) return;
    report_after_list_.clear();
    report(false);
  });
  connect(&reports_, &ReportDesk::making, this, [this] { head_->set_report_busy(true); });
  connect(&reports_, &ReportDesk::failed, this, [this](const std::string&, const Error& error) {
    head_->set_report_busy(false);
    messages_->show_error(Doing::Report, error);
  });
  connect(&reports_, &ReportDesk::ready, this, [this](const std::string& id, const std::string& pdf, bool fresh) {
    head_->set_report_busy(false);
    if (fresh) vault_.refresh();
    auto* window = new ReportWindow(reports_, {ReportWindow::tr("互联网电子数据证据报告 · %1").arg(qs(id)), qs(id), pdf, [desk = &reports_, id, pdf] { desk->printed(id, pdf); }});
    window->show();
  });
}

void EvidencePage::show_answer() {
  head_->verdict().show_answer(*vault_.answer(id_));
  after_->show_answer(*vault_.answer(id_));
}

EvidencePage::~EvidencePage() {
  for (const auto& window : windows_) delete window;
}

// A window of its own, that no dialog of another blocks: a dialog over a child window would stop the capture page too. It goes with
// this page and does not keep the program alive.
void EvidencePage::show_window(QWidget* window) {
  window->setAttribute(Qt::WA_QuitOnClose, false);
  std::erase_if(windows_, [](const auto& one) { return one.isNull(); });
  if (std::find(windows_.begin(), windows_.end(), window) == windows_.end()) windows_.emplace_back(window);
  window->show();
  window->raise();
  window->activateWindow();
}

void EvidencePage::show_care() {
  if (!care_) care_ = new CareWindow(shelf_.care);
  show_window(care_);
}

void EvidencePage::show_import() {
  if (!import_) import_ = new ImportWindow(shelf_.imports);
  show_window(import_);
}

void EvidencePage::show_sync() {
  if (!sync_) {
    sync_ = new SyncWindow(shelf_.sync, vault_);
    connect(sync_, &SyncWindow::package_wanted, this, [this](const std::string& id) {
      emit page_wanted();
      show_package(id);
    });
  }
  show_window(sync_);
}

void EvidencePage::sync_changed() {
  const auto* item = shelf_.sync.item(id_);
  head_->show_sync(!shelf_.sync.configured() ? QString() : item ? tr("中心：%1").arg(SyncWords::state(*item)) : tr("中心：未同步"));
}

// What an officer must hear wherever the list stands: what was refused stays on this station alone.
void EvidencePage::sync_told(const SyncEvent& event) {
  const auto id = qs(event.item.package);
  if (event.kind == SyncEvent::Kind::Refused) messages_->show_text("red", tr("%1 被中心系统拒收：%2").arg(id, SyncWords::refusal(event.item.why)));
  if (event.kind == SyncEvent::Kind::Distrusted) messages_->show_text("red", tr("%1：%2").arg(id, SyncWords::hindrance(event.item)));
}

// Something now lies beside the package: what it is, the list and the verdict are told anew.
void EvidencePage::after_added(const char* colour, const QString& text) {
  after_->set_busy(false);
  messages_->show_text(colour, text);
  vault_.refresh();
  shelf_.review.look(id_);
  verify();
}

void EvidencePage::connect_after() {
  const auto busy = [this] { after_->set_busy(true); };
  connect(after_, &AfterPanel::review_wanted, this, [this, busy](bool confirmed, const QString& reason) {
    busy();
    shelf_.review.review(id_, confirmed, ss(reason));
  });
  connect(after_, &AfterPanel::stamps_wanted, this, [this, busy] { busy(); shelf_.review.fetch_stamps(id_); });
  connect(after_, &AfterPanel::sign_wanted, this, [this, busy] { busy(); shelf_.review.sign_later(id_); });
  connect(after_, &AfterPanel::renew_wanted, this, [this, busy] { busy(); shelf_.review.renew(id_); });
  connect(after_, &AfterPanel::proof_wanted, this, [this] {
    const auto* answer = vault_.answer(id_);
    if (answer) show_window(new ProofWindow(shelf_.proof, id_, answer->verification.practice));
  });
  connect(after_, &AfterPanel::copies_wanted, this, [this] {
    if (view_) show_window(new CopyWindow(shelf_.copies, view_, kReview));
    else messages_->show_text("amber", tr("证据包还没有打开，不能在截图的副本上标注。"));
  });
  connect(&shelf_.imports, &ImportDesk::imported, this, [this](const SealedPackage& package) {
    show_package(package.id);
    messages_->show_text(package.incomplete.empty() ? "green" : "amber", package.incomplete.empty() ? tr("已导入并封存：%1。").arg(qs(package.id))
                                                                                                    : tr("已导入并封存：%1，标为不完整。").arg(qs(package.id)));
  });
  connect(&shelf_.care, &CareDesk::scrubbed, &vault_, &VaultDesk::refresh);
  auto& desk = shelf_.review;
  connect(&desk, &ReviewDesk::stands, this, [this](const PackageStanding& standing) {
    if (standing.id == id_) after_->show_standing(standing);
  });
  connect(&desk, &ReviewDesk::reviewed, this, [this](const std::string&, bool confirmed, bool stamped) {
    after_->close_review();
    after_added(stamped ? "green" : "amber", (confirmed ? tr("复核记录已写入：确认。") : tr("复核记录已写入：不予确认。")) +
                                                 (stamped ? QString() : tr("时间戳机构没有应答，请稍后再复核一次。")));
  });
  connect(&desk, &ReviewDesk::stamps, this, [this](const std::string& id, const StampTable& table) {
    if (id == id_) after_->show_stamps(table);
    after_added(table.pending.empty() ? "green" : "amber",
                table.pending.empty() ? tr("时间戳已齐，共 %1 枚。").arg(table.came.size())
                                      : tr("仍缺 %1 枚时间戳：时间戳机构没有给出可用的时间戳，请稍后再试。").arg(table.pending.size()));
  });
  connect(&desk, &ReviewDesk::signed_later, this, [this](const std::string&, bool stamped) {
    after_added(stamped ? "green" : "amber", stamped ? tr("已补签，并盖了时间戳。") : tr("已补签，时间戳还没有取得：请稍后再点一次“补签”。"));
  });
  connect(&desk, &ReviewDesk::renewed, this, [this](const std::string&, int files, int stamps) {
    after_added("green", tr("已续期：%1 个文件列入，%2 枚新时间戳。").arg(files).arg(stamps));
  });
  connect(&desk, &ReviewDesk::failed, this, [this](const std::string& act, const std::string&, const Error& error) {
    after_->set_busy(false);
    messages_->show_error(doing_of(act), error);
  });
}

void EvidencePage::add_keys() {
  const auto key = [this](const QKeySequence& keys, auto act) {
    auto* shortcut = new QShortcut(keys, this);
    connect(shortcut, &QShortcut::activated, this, [this, act] {
      if (isVisible()) act();
    });
  };
  key(Qt::Key_F5, [this] { verify(); });
  key(QKeySequence::Print, [this] { report(false); });
  key(QKeySequence("Ctrl+I"), [this] { show_import(); });
  key(QKeySequence::Find, [this] { list_->search(); });
}

const PackageEntry* EvidencePage::entry() const {
  const auto& all = vault_.packages();
  const auto it = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.id == id_; });
  return it == all.end() ? nullptr : &*it;
}

void EvidencePage::chosen(const std::string& id) {
  if (head_->verdict().running()) vault_.cancel();
  id_ = id;
  const auto* chosen_entry = entry();
  head_->show_entry(chosen_entry);
  sync_changed();
  after_->show_entry(chosen_entry);
  view_.reset();
  film_->clear();
  journal_->clear();
  if (!chosen_entry) return;
  if (!isVisible()) {                      // opened when the page is looked at
    id_.clear();
    return;
  }
  vault_.open_package(id, kReview);
  shelf_.review.look(id);
  if (vault_.answer(id)) show_answer();
  else verify();
}

void EvidencePage::verify() {
  if (!entry() || head_->exporting()) return;
  head_->verdict().show_progress(0, 0);
  vault_.verify(id_, kReview);
}

void EvidencePage::report(bool fresh) {
  const auto* chosen_entry = entry();
  if (!chosen_entry || reports_.busy()) return;
  if (fresh) reports_.make(id_, chosen_entry->folder, kReview);
  else reports_.show(id_, chosen_entry->folder, chosen_entry->reports, kReview);
}

void EvidencePage::show_package(const std::string& id) {
  list_->choose(id);
  vault_.refresh();
}

void EvidencePage::make_report(const std::string& id) {
  report_after_list_ = id;
  show_package(id);
}

void EvidencePage::fold() {
  const bool narrow = width() < kJournalFoldBelow;
  if (narrow == folded_) return;
  folded_ = narrow;
  list_->setMaximumWidth(narrow ? 262 : 330);
  list_->setMinimumWidth(narrow ? 262 : 240);
  // the film gives way to the journal only when asked: a switch over the two
  if (narrow && !fold_) {
    fold_ = new QPushButton(tr("日志 / 录屏"));
    fold_->setAccessibleName(tr("换看日志或录屏"));
    connect(fold_, &QPushButton::clicked, this, [this] {
      const bool film = film_->isVisible();
      film_->setVisible(!film);
      journal_->setVisible(film);
    });
    static_cast<QVBoxLayout*>(head_->layout())->addWidget(fold_, 0, Qt::AlignRight);
  }
  if (fold_) fold_->setVisible(narrow);
  film_->show();
  journal_->setVisible(!narrow);
}

void EvidencePage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fold();
}

void EvidencePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  const auto stage = live_.stage();
  head_->set_browsing_allowed(stage == LiveDesk::Stage::Idle);
  if (id_.empty()) chosen(list_->chosen());
  vault_.refresh();
}

}  // namespace guzheng::ui
