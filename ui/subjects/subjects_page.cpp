#include "ui/subjects/subjects_page.h"

#include <QHBoxLayout>
#include <QShortcut>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/subjects/browse_view.h"
#include "ui/subjects/export_window.h"
#include "ui/subjects/intake_window.h"
#include "ui/subjects/marks_window.h"
#include "ui/subjects/match_window.h"
#include "ui/subjects/notice_window.h"
#include "ui/subjects/patrol_window.h"
#include "ui/subjects/push_window.h"
#include "ui/subjects/subject_form.h"
#include "ui/subjects/subject_table.h"
#include "ui/subjects/subject_view.h"
#include "ui/subjects/subject_words.h"
#include "ui/subjects/tags_window.h"

namespace guzheng::ui {
namespace {

// What a subject knows of an order: who, and which of its shops.
CaptureOrder order_of(const SubjectSheet& sheet, int at) {
  CaptureOrder order;
  order.subject_name = sheet.subject.name;
  order.credit_code = sheet.subject.credit_code;
  const Entry* entry = at >= 0 && at < static_cast<int>(sheet.entries.size()) ? &sheet.entries[static_cast<std::size_t>(at)] : nullptr;
  for (const auto& one : sheet.entries)
    if (!entry && one.kind == EntryKind::WebShop) entry = &one;
  if (!entry && !sheet.entries.empty()) entry = &sheet.entries.front();
  if (!entry) return order;
  order.shop = entry->name;
  order.platform = entry->platform;
  order.link = entry->link;
  order.ownership = entry->platform.empty() ? entry->name : entry->name + " / " + entry->platform;
  return order;
}

void bring_up(QWidget* window) {
  window->show();
  window->raise();
  window->activateWindow();
}

}  // namespace

SubjectsPage::SubjectsPage(SubjectDesks desks, QWidget* parent) : QWidget(parent), desks_(desks) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  messages_ = new MessageBar(tr("主体消息"));
  auto* row = new QHBoxLayout;
  row->setContentsMargins(16, 0, 16, 0);
  row->addWidget(messages_);
  all->addLayout(row);
  views_ = new QStackedWidget;
  browse_ = new BrowseView(desks.subjects, desks.search);
  subject_ = new SubjectView(desks.subjects);
  views_->addWidget(browse_);
  views_->addWidget(subject_);
  all->addWidget(views_, 1);
  connect(browse_, &BrowseView::open_wanted, this, &SubjectsPage::open_subject);
  connect(browse_, &BrowseView::capture_wanted, this, [this](qint64 id) { start_capture(id, -1); });
  connect(browse_, &BrowseView::add_wanted, this, &SubjectsPage::add_subject);
  connect(browse_, &BrowseView::tags_wanted, this, &SubjectsPage::tag);
  connect(browse_, &BrowseView::undo_wanted, this, &SubjectsPage::undo);
  connect(browse_, &BrowseView::import_wanted, this, &SubjectsPage::import_table);
  connect(browse_, &BrowseView::export_wanted, this, &SubjectsPage::export_table);
  // told here when its window has been closed meanwhile
  connect(&desks_.exports, &SubjectExport::done, this, [this](const std::filesystem::path& file, qint64 subjects) {
    if (!export_) messages_->show_text("green", tr("已导出 %1 个主体到 %2，记入操作日志。电话和证件号码不在其中。").arg(subjects).arg(qs(file.string())));
  });
  connect(&desks_.exports, &SubjectExport::failed, this, [this](const Error& e) {
    if (!export_) messages_->show_error(Doing::ExportSubjects, e);
  });
  connect(browse_, &BrowseView::library_wanted, this, [this] { (new TagLibraryWindow(desks_.subjects, desks_.tags, this))->show(); });
  connect(browse_, &BrowseView::notices_wanted, this, &SubjectsPage::show_notices);
  connect(browse_, &BrowseView::patrol_wanted, this, &SubjectsPage::show_patrol);
  connect(browse_, &BrowseView::push_wanted, this, &SubjectsPage::show_push);
  connect(browse_, &BrowseView::marks_wanted, this, &SubjectsPage::show_marks);
  connect(&desks_.notices, &NoticeDesk::counted, this, [this] { browse_->show_notices(desks_.notices.unseen()); });
  browse_->show_notices(desks_.notices.unseen());
  PatrolDaily::begin(desks_.patrol, this);
  connect(subject_, &SubjectView::alike_wanted, this, [this](qint64 id, const QString& name) {
    show_matches(name);
    desks_.matches.ask(id);
  });
  connect(subject_, &SubjectView::back_wanted, this, &SubjectsPage::back);
  connect(subject_, &SubjectView::undo_wanted, this, &SubjectsPage::undo);
  connect(subject_, &SubjectView::capture_wanted, this, [this](qint64 id, int entry) { start_capture(id, entry); });
  connect(subject_, &SubjectView::tags_wanted, this, [this](qint64 id) { tag({id}); });
  connect(subject_, &SubjectView::package_wanted, this, &SubjectsPage::package_wanted);
  connect(subject_, &SubjectView::removed, this, [this](const QString& name) {
    back();
    messages_->show_text("green", tr("已删除“%1”，可以撤销。").arg(name));
  });
  connect(&desks_.subjects, &SubjectDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::OpenSubjects, e); });
  connect(&desks_.search, &SubjectSearch::failed, this, [this](const Error& e) { messages_->show_error(Doing::SearchSubjects, e); });
  // what somebody changed is seen where it is listed
  connect(&desks_.subjects, &SubjectDesk::changed, this, [this] { desks_.search.again(); });
  desks_.imports.set_notice_words([](const ImportHit& hit) { return ss(hit.title.empty() ? tr("导入的“%1”第 %2 行与重点主体匹配：%3").arg(qs(hit.source)).arg(hit.line).arg(qs(hit.watched)) : tr("导入的“%1”有新的%2：%3").arg(qs(hit.source), SubjectWords::word(hit.kind), qs(hit.title))); });
  add_keys();
}

void SubjectsPage::add_keys() {
  const auto key = [this](const QString& keys, auto act) {
    auto* shortcut = new QShortcut(QKeySequence(keys), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, act);
  };
  key("Ctrl+F", [this] {
    back();
    browse_->focus_search();
  });
  key("Ctrl+E", [this] {
    if (views_->currentWidget() == subject_) start_capture(subject_->subject(), subject_->chosen_entry());
    else start_capture(browse_->current(), -1);
  });
  key("Ctrl+Z", [this] { undo(); });
  key("Esc", [this] {
    if (views_->currentWidget() == subject_) back();
  });
}

void SubjectsPage::open_subject(SubjectId id) {
  if (!id) return;
  messages_->clear();
  subject_->show_subject(id);
  views_->setCurrentWidget(subject_);
  subject_->setFocus();
}

void SubjectsPage::back() {
  if (views_->currentWidget() == browse_) return;
  views_->setCurrentWidget(browse_);
  browse_->focus_table();
}

void SubjectsPage::add_subject() {
  auto* form = new SubjectForm(desks_.subjects, {}, this);
  connect(form, &FormWindow::saved, this, [this, form] {
    SubjectRow row;
    row.subject = form->subject();
    desks_.subjects.add(row, form->why(), form, [this, form](const Result<SubjectId>& id) {
      if (!id) return form->show_error(id.error());
      open_subject(*id);
      form->close();
    });
  });
  form->show();
}

void SubjectsPage::start_capture(SubjectId id, int entry) {
  if (!id) return;
  desks_.subjects.sheet(id, this, [this, entry](const Result<SubjectSheet>& sheet) {
    if (!sheet) return messages_->show_error(Doing::KeepSubjects, sheet.error());
    emit capture_wanted(order_of(*sheet, entry));
  });
}

void SubjectsPage::tag(const std::vector<SubjectId>& ids) {
  auto* window = new TagChoiceWindow(desks_.subjects, desks_.tags, ids, desks_.search.query(), found_words(), this);
  connect(window, &TagChoiceWindow::turned, this, [this] { messages_->show_text("green", tr("标签已更新，可以撤销。")); });
  window->show();
}

QString SubjectsPage::found_words() const {
  const auto& search = desks_.search;
  return tr("%1 个").arg(search.all_counted() ? QString::number(search.matches()) : QString("%1+").arg(std::max(search.matches(), search.count())));
}

void SubjectsPage::import_table() {
  if (!intake_) {
    intake_ = new IntakeWindow(desks_.subjects, desks_.imports, this);
    connect(intake_, &IntakeWindow::alike_wanted, this, [this](qint64 batch) {
      show_matches(tr("这次导入新增的"));
      desks_.matches.ask_import(batch);
    });
  }
  bring_up(intake_);
}

void SubjectsPage::show_notices() {
  if (!notices_) {
    notices_ = new NoticeWindow(desks_.subjects, desks_.notices, this);
    connect(notices_, &NoticeWindow::open_wanted, this, &SubjectsPage::open_from_window);
  }
  bring_up(notices_);
}

void SubjectsPage::show_patrol() {
  if (!patrol_) {
    patrol_ = new PatrolWindow(desks_.subjects, desks_.patrol, this);
    connect(patrol_, &PatrolWindow::open_wanted, this, &SubjectsPage::open_from_window);
  }
  desks_.patrol.ask_due();                 // time has passed since it was shown last
  bring_up(patrol_);
}

void SubjectsPage::show_marks() {
  if (!marks_) marks_ = new MarksWindow(desks_.subjects, desks_.marks, this);
  bring_up(marks_);
}

// Anew each time: it offers what is ticked and found now. While one is at work that one is shown.
void SubjectsPage::show_push() {
  if (push_ && !desks_.push.running()) delete push_;
  const auto& query = desks_.search.query();
  const bool asked = !query.text.empty() || !(query.filter == SubjectFilter{});
  const auto filter = !asked ? tr("全部") : query.text.empty() ? tr("按筛选") : query.filter == SubjectFilter{} ? qs(query.text) : tr("%1，按筛选").arg(qs(query.text));
  if (!push_) push_ = new PushWindow(desks_.subjects, desks_.push, browse_->table().ticked(), query, found_words(), filter, this);
  bring_up(push_);
}

// Another question, another window.
void SubjectsPage::show_matches(const QString& what) {
  delete matches_;
  matches_ = new MatchWindow(desks_.subjects, desks_.matches, what, this);
  bring_up(matches_);
}

void SubjectsPage::open_from_window(qint64 id) {
  open_subject(id);
  window()->raise();
  window()->activateWindow();
}

// Anew each time, as what is pushed; while one is written that one is shown.
void SubjectsPage::export_table() {
  if (export_ && !desks_.exports.running()) delete export_;
  if (!export_) export_ = new ExportWindow(desks_.subjects, desks_.exports, browse_->table().ticked(), desks_.search.query(), found_words(), this);
  bring_up(export_);
}

void SubjectsPage::undo() {
  if (!desks_.subjects.undoable()) return;
  desks_.subjects.undo(this, [this](const Status& done) {
    if (done) messages_->show_text("green", tr("已撤销上一步。"));
    else messages_->show_error(Doing::KeepSubjects, done.error());
  });
}

void SubjectsPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  messages_->clear();
  if (views_->currentWidget() == browse_) browse_->focus_search();
}

}  // namespace guzheng::ui
