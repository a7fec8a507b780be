#include "ui/evidence/proof_window.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>
#include <QShortcut>
#include <QStandardPaths>
#include <QTextBrowser>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"

namespace guzheng::ui {

ProofWindow::ProofWindow(ProofDesk& desk, std::string id, bool practice)
    : desk_(desk), id_(std::move(id)), practice_(practice), html_(desk.html(id_)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("page");
  setWindowTitle(tr("核验证明 · %1").arg(qs(id_)));
  resize(860, 820);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(12, 12, 12, 12);
  messages_ = new MessageBar(tr("核验证明消息"));
  all->addWidget(messages_);
  auto* bar = new QHBoxLayout;
  path_ = new QLineEdit(QStandardPaths::writableLocation(QStandardPaths::HomeLocation) + tr("/核验证明-%1.pdf").arg(qs(id_)));
  path_->setAccessibleName(tr("核验证明存到"));
  auto* save = main_button(tr("存为 PDF"), "document");
  auto* print = button(tr("打印"), "printer");
  print->setAccessibleName(tr("打印核验证明"));
  bar->addWidget(label(tr("存到"), "quiet"));
  bar->addWidget(path_, 1);
  bar->addWidget(save);
  bar->addWidget(print);
  all->addLayout(bar);
  if (practice_) all->addWidget(label(proof_mark(true), "warn"), 0, Qt::AlignCenter);
  auto* page = new QTextBrowser;
  page->setAccessibleName(tr("核验证明正文"));
  page->setOpenLinks(false);
  page->document()->setDocumentMargin(24);
  page->setHtml(html_);
  page->zoomIn(1);
  page->setStyleSheet("background: white; border: 1px solid #c2cddb;");
  all->addWidget(page, 1);
  connect(save, &QPushButton::clicked, this, &ProofWindow::save);
  connect(path_, &QLineEdit::returnPressed, this, &ProofWindow::save);
  connect(print, &QPushButton::clicked, this, &ProofWindow::print);
  connect(new QShortcut(QKeySequence::Print, this), &QShortcut::activated, this, &ProofWindow::print);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  connect(&desk_, &ProofDesk::saved, this, [this](const std::string& package, const std::string& pdf, const std::string& digest) {
    if (package == id_) messages_->show_text("green", tr("已存到 %1，SHA-256 %2，已记入操作日志。").arg(qs(pdf), grouped_digest(digest, 16)));
  });
  connect(&desk_, &ProofDesk::failed, this, [this](const std::string& package, const Error& error) {
    if (package == id_) messages_->show_error(Doing::Prove, error);
  });
  save->setFocus();
}

void ProofWindow::save() {
  if (!path_->text().trimmed().isEmpty()) desk_.save(id_, ss(path_->text().trimmed()));
}

void ProofWindow::print() {
  auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
  printer->setPageSize(QPageSize(QPageSize::A4));
  printer->setDocName(qs(id_));
  auto* dialog = new QPrintDialog(printer.get(), this);
  dialog->setWindowTitle(tr("打印核验证明"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, qOverload<>(&QDialog::accepted), this, [this, printer] {
    QPainter painter;
    if (!painter.begin(printer.get())) {
      messages_->show_text("red", tr("打印机没有接受任务，请检查打印机。"));
      return;
    }
    paint_proof(painter, html_, printer->pageLayout().paintRectPixels(printer->resolution()).size(), proof_mark(practice_));
    painter.end();
    desk_.printed(id_);
    messages_->show_text("green", tr("已送打印。"));
  });
  dialog->open();
}

}  // namespace guzheng::ui
