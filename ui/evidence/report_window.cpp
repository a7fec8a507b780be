#include "ui/evidence/report_window.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPrintDialog>
#include <QPushButton>
#include <QShortcut>
#include <QTimer>
#include <QUrl>

#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {
constexpr int kScreenDpi = 96, kPrintDpi = 220;
}

ReportWindow::ReportWindow(ReportDesk& desk, std::string id, std::string pdf) : desk_(desk), id_(std::move(id)), pdf_(std::move(pdf)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("page");
  setWindowTitle(tr("互联网电子数据证据报告 · %1").arg(qs(id_)));
  resize(900, 860);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(12, 12, 12, 12);
  auto* bar = new QHBoxLayout;
  state_ = label(tr("正在打开报告…"), "quiet");
  state_->setAccessibleName(tr("报告页数"));
  bar->addWidget(state_);
  bar->addStretch(1);
  auto* open = button(tr("用其他程序打开"), "document");
  auto* print = main_button(tr("打印  Ctrl+P"), "printer");
  print->setAccessibleName(tr("打印这份报告"));
  bar->addWidget(open);
  bar->addWidget(print);
  all->addLayout(bar);
  auto* sheet = new QWidget;
  pages_ = new QVBoxLayout(sheet);
  pages_->setSpacing(14);
  pages_->setAlignment(Qt::AlignHCenter);
  all->addWidget(scroller(sheet), 1);
  connect(open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(qs(pdf_))); });
  connect(print, &QPushButton::clicked, this, &ReportWindow::print);
  connect(new QShortcut(QKeySequence::Print, this), &QShortcut::activated, this, &ReportWindow::print);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  connect(&desk_, &ReportDesk::page, this, [this](const std::string& pdf_name, int number, int count, const QImage& image) {
    if (pdf_name != pdf_) return;
    auto* page = new QLabel;
    auto scaled = QPixmap::fromImage(image);
    scaled.setDevicePixelRatio(devicePixelRatioF());
    page->setPixmap(scaled);
    page->setAccessibleName(tr("第 %1 页").arg(number + 1));
    page->setStyleSheet("background: white; border: 1px solid #c2cddb;");
    pages_->addWidget(page);
    count_ = count;
    state_->setText(tr("共 %1 页").arg(count));
    state_->setAccessibleDescription(state_->text());
  });
  desk_.render(pdf_, static_cast<int>(kScreenDpi * devicePixelRatioF()));
}

void ReportWindow::print() {
  if (!count_ || painter_) return;
  printer_ = std::make_shared<QPrinter>(QPrinter::HighResolution);
  printer_->setPageSize(QPageSize(QPageSize::A4));
  printer_->setFullPage(true);
  printer_->setDocName(qs(id_));
  printer_->setFromTo(1, count_);
  auto* dialog = new QPrintDialog(printer_.get(), this);
  dialog->setWindowTitle(tr("打印报告"));
  dialog->setMinMax(1, count_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, qOverload<>(&QDialog::accepted), this, [this] {
    painter_ = std::make_shared<QPainter>();
    if (!painter_->begin(printer_.get())) {
      painter_.reset();
      state_->setText(tr("打印机没有接受任务，请检查打印机。"));
      return;
    }
    print_page(0);
  });
  dialog->open();
}

// One page a turn of the event loop: the window stays alive.
void ReportWindow::print_page(int number) {
  const int from = printer_->fromPage() > 0 ? printer_->fromPage() - 1 : 0;
  const int to = printer_->toPage() > 0 ? printer_->toPage() - 1 : count_ - 1;
  if (number < from) number = from;
  if (number > to) {
    painter_->end();
    painter_.reset();
    desk_.printed(id_, pdf_);
    state_->setText(tr("已送打印，共 %1 页").arg(to - from + 1));
    return;
  }
  if (number > from) printer_->newPage();
  const auto image = desk_.page_now(pdf_, number, kPrintDpi);
  painter_->drawImage(printer_->pageLayout().fullRectPixels(printer_->resolution()), image);
  state_->setText(tr("正在打印第 %1 页…").arg(number + 1));
  QTimer::singleShot(0, this, [this, number] { print_page(number + 1); });
}

}  // namespace guzheng::ui
