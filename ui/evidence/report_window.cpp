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

ReportWindow::ReportWindow(ReportDesk& desk, Paper paper) : desk_(desk), paper_(std::move(paper)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("page");
  setWindowTitle(paper_.title);
  resize(900, 860);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(12, 12, 12, 12);
  bar_ = new QHBoxLayout;
  state_ = label(tr("正在打开报告…"), "quiet");
  state_->setAccessibleName(tr("报告页数"));
  bar_->addWidget(state_);
  bar_->addStretch(1);
  auto* open = button(tr("用其他程序打开"), "document");
  auto* print = main_button(tr("打印  Ctrl+P"), "printer");
  print->setAccessibleName(tr("打印这份报告"));
  bar_->addWidget(open);
  bar_->addWidget(print);
  all->addLayout(bar_);
  auto* sheet = new QWidget;
  pages_ = new QVBoxLayout(sheet);
  pages_->setSpacing(14);
  pages_->setAlignment(Qt::AlignHCenter);
  all->addWidget(scroller(sheet), 1);
  connect(open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(qs(paper_.pdf))); });
  connect(print, &QPushButton::clicked, this, &ReportWindow::print);
  connect(new QShortcut(QKeySequence::Print, this), &QShortcut::activated, this, &ReportWindow::print);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  connect(&desk_, &ReportDesk::page, this, [this](const std::string& pdf_name, int number, int count, const QImage& image) {
    if (pdf_name != paper_.pdf || number != shown_) return;     // another window may have the same file drawn
    ++shown_;
    auto* page = new QLabel;
    auto scaled = QPixmap::fromImage(image);
    scaled.setDevicePixelRatio(devicePixelRatioF());
    page->setPixmap(scaled);
    page->setAccessibleName(tr("第 %1 页").arg(number + 1));
    page->setStyleSheet("background: white; border: 1px solid #c2cddb;");
    pages_->addWidget(page);
    count_ = count;
    say(tr("共 %1 页").arg(count));
  });
  desk_.render(paper_.pdf, static_cast<int>(kScreenDpi * devicePixelRatioF()));
}

void ReportWindow::say(const QString& text) {
  state_->setText(text);
  state_->setAccessibleDescription(text);
}

void ReportWindow::print() {
  if (!count_ || painter_) return;
  printer_ = std::make_shared<QPrinter>(QPrinter::HighResolution);
  printer_->setPageSize(QPageSize(QPageSize::A4));
  printer_->setFullPage(true);
  printer_->setDocName(paper_.name);
  printer_->setFromTo(1, count_);
  auto* dialog = new QPrintDialog(printer_.get(), this);
  dialog->setWindowTitle(tr("打印报告"));
  dialog->setMinMax(1, count_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, qOverload<>(&QDialog::accepted), this, [this] {
    painter_ = std::make_shared<QPainter>();
    if (!painter_->begin(printer_.get())) {
      painter_.reset();
      say(tr("打印机没有接受任务，请检查打印机。"));
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
    if (paper_.printed) paper_.printed();
    say(tr("已送打印，共 %1 页").arg(to - from + 1));
    return;
  }
  if (number > from) printer_->newPage();
  const auto image = desk_.page_now(paper_.pdf, number, kPrintDpi);
  painter_->drawImage(printer_->pageLayout().fullRectPixels(printer_->resolution()), image);
  say(tr("正在打印第 %1 页…").arg(number + 1));
  QTimer::singleShot(0, this, [this, number] { print_page(number + 1); });
}

}  // namespace guzheng::ui
