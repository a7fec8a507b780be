#include "ui/evidence/package_head.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QStandardPaths>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/evidence/subject_of.h"
#include "ui/evidence/verdict_strip.h"

namespace guzheng::ui {

PackageHead::PackageHead(VaultDesk& desk, QWidget* parent) : QFrame(parent), desk_(desk) {
  setProperty("card", true);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 12, 16, 12);
  all->setSpacing(10);
  auto* top = new QHBoxLayout;
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  title_ = new ElidedLabel;
  title_->setProperty("role", "title");
  title_->setAccessibleName(tr("证据包标题"));
  below_ = new ElidedLabel;
  below_->setProperty("role", "small");
  words->addWidget(title_);
  words->addWidget(below_);
  top->addLayout(words, 1);
  export_ = button(tr("导出"), "export");
  report_ = button(tr("打印报告  Ctrl+P"), "printer");
  report_->setAccessibleName(tr("打印报告"));
  more_ = link_button(tr("重新生成报告"));
  top->addWidget(more_);
  top->addWidget(export_);
  top->addWidget(report_);
  all->addLayout(top);
  all->addWidget(build_export());
  verdict_ = new VerdictStrip;
  all->addWidget(verdict_);
  auto* below = new QHBoxLayout;
  below->setSpacing(16);
  auto* print = new QVBoxLayout;
  print->setSpacing(2);
  auto* print_name = new QHBoxLayout;
  print_name->addWidget(icon_text("hash", colour::quiet, label(tr("封签指纹 SHA-256"), "small")));
  copy_ = link_button(tr("复制"));
  copy_->setAccessibleName(tr("复制指纹"));
  print_name->addWidget(copy_);
  print_name->addStretch(1);
  print_ = label({}, "mono");
  print_->setAccessibleName(tr("封签指纹"));
  print_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  print->addLayout(print_name);
  print->addWidget(print_);
  below->addLayout(print);
  below->addStretch(1);
  facts_ = label({}, "quiet");
  facts_->setAccessibleName(tr("证据包事实"));
  below->addWidget(facts_);
  all->addLayout(below);

  connect(export_, &QPushButton::clicked, this, [this] {
    export_row_->setVisible(!export_row_->isVisible());
    if (export_row_->isVisible()) path_->setFocus();
  });
  connect(report_, &QPushButton::clicked, this, &PackageHead::report_wanted);
  connect(more_, &QPushButton::clicked, this, &PackageHead::new_report_wanted);
  connect(copy_, &QPushButton::clicked, this, [this] {
    QApplication::clipboard()->setText(qs(fingerprint_));
    copy_->setText(tr("已复制"));
  });
  show_entry(nullptr);
}

QWidget* PackageHead::build_export() {
  export_row_ = new QWidget;
  auto* grid = new QGridLayout(export_row_);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setColumnStretch(1, 3);
  grid->setColumnStretch(3, 2);
  path_ = new QLineEdit;
  path_->setAccessibleName(tr("导出到"));
  go_ = button(tr("导出到这里"), "export");
  browse_ = button(tr("浏览…"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("导出进度"));
  bar_->hide();
  to_ = new QLineEdit;                       // empty: whoever receives it stands in the signed record
  to_->setPlaceholderText(tr("谁接收，例如 某某区人民法院 *"));
  to_->setMaxLength(200);
  to_->setAccessibleName(tr("接收人"));
  medium_ = new QComboBox;
  medium_->setEditable(true);
  medium_->setAccessibleName(tr("介质"));
  medium_->addItems({tr("本机磁盘"), tr("U 盘"), tr("光盘"), tr("移动硬盘"), tr("内网传输")});
  form_ = new QComboBox;
  form_->setAccessibleName(tr("导出形式"));
  form_->addItem(tr("ZIP 文件"), static_cast<int>(HandoverForm::Zip));
  form_->addItem(tr("移交文件夹"), static_cast<int>(HandoverForm::Folder));
  form_->addItem(tr("光盘映像"), static_cast<int>(HandoverForm::Disc));
  form_->setItemData(0, tr("一个 ZIP，移交记录在旁边"), Qt::ToolTipRole);
  form_->setItemData(1, tr("ZIP、移交记录、核验说明和 verify.sh 放在一个文件夹里"), Qt::ToolTipRole);
  form_->setItemData(2, tr("同一文件夹做成光盘映像（ISO），用任何刻录程序写到光盘"), Qt::ToolTipRole);
  connect(form_, &QComboBox::currentIndexChanged, this, &PackageHead::propose_place);
  grid->addWidget(label(tr("导出到"), "quiet"), 0, 0);
  grid->addWidget(path_, 0, 1, 1, 2);
  grid->addWidget(bar_, 0, 1, 1, 2);
  grid->addWidget(form_, 0, 3);
  grid->addWidget(browse_, 0, 4);
  grid->addWidget(label(tr("接收人"), "quiet"), 1, 0);
  grid->addWidget(to_, 1, 1);
  grid->addWidget(label(tr("介质"), "quiet"), 1, 2);
  grid->addWidget(medium_, 1, 3);
  reason_ = new QLineEdit;
  reason_->setMaxLength(200);
  reason_->setAccessibleName(tr("导出原因"));
  reason_->setPlaceholderText(tr("为什么打开并导出这份证据 *"));
  grid->addWidget(label(tr("原因"), "quiet"), 2, 0);
  grid->addWidget(reason_, 2, 1, 1, 3);
  grid->addWidget(go_, 2, 4);
  connect(browse_, &QPushButton::clicked, this, &PackageHead::browse);
  const auto go = [this] {
    if (exporting_) emit cancel_wanted();
    else if (path_->text().trimmed().isEmpty()) path_->setFocus();
    else if (to_->text().trimmed().isEmpty()) to_->setFocus();
    else if (medium_->currentText().trimmed().isEmpty()) medium_->setFocus();
    else if (reason_->text().trimmed().isEmpty()) reason_->setFocus();
    else emit export_wanted(path_->text().trimmed(), {to_->text().trimmed(), medium_->currentText().trimmed(), reason_->text().trimmed(), form()});
  };
  connect(go_, &QPushButton::clicked, this, go);
  for (auto* edit : {path_, to_, reason_}) connect(edit, &QLineEdit::returnPressed, this, go);
  export_row_->hide();
  return export_row_;
}

HandoverForm PackageHead::form() const { return static_cast<HandoverForm>(form_->currentData().toInt()); }

void PackageHead::propose_place() {
  const QString ends[] = {".zip", tr("-移交"), ".iso"};
  path_->setText(QStandardPaths::writableLocation(QStandardPaths::HomeLocation) + "/" + qs(id_) + ends[static_cast<int>(form())]);
}

void PackageHead::browse() {
  const bool folder = form() == HandoverForm::Folder, disc = form() == HandoverForm::Disc;
  auto* dialog = new QFileDialog(this, tr("导出到"), path_->text(), folder ? QString() : disc ? tr("光盘映像 (*.iso)") : tr("证据包 (*.zip)"));
  if (folder) dialog->setFileMode(QFileDialog::Directory);
  else {
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(disc ? "iso" : "zip");
  }
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, path_, &QLineEdit::setText);
  dialog->open();
}

void PackageHead::set_browsing_allowed(bool allowed) {
  browse_->setEnabled(allowed);
  browse_->setToolTip(allowed ? QString() : tr("录制时不打开对话框，请直接写路径"));
}

void PackageHead::show_entry(const PackageEntry* entry) {
  for (auto* act : {export_, report_, copy_, more_}) act->setEnabled(entry != nullptr);
  verdict_->setVisible(entry != nullptr);
  export_row_->hide();
  reason_->clear();
  to_->clear();
  copy_->setText(tr("复制"));
  if (!entry) {
    static_cast<ElidedLabel*>(title_)->set_full_text(tr("没有选中证据包"));
    static_cast<ElidedLabel*>(below_)->set_full_text({});
    print_->clear();
    facts_->clear();
    of_entry_.clear();
    return;
  }
  fingerprint_ = entry->fingerprint;
  const auto subject = subject_of(*entry);
  static_cast<ElidedLabel*>(title_)->set_full_text(tr("%1 · %2").arg(qs(entry->id), qs(text_at(subject, "name"))));
  title_->setAccessibleDescription(title_->text());
  static_cast<ElidedLabel*>(below_)->set_full_text(
      tr("%1 · %2 至 %3").arg(qs(text_at(entry->order, "reason")), qs(text_at(entry->values, "opened_at")).left(19).replace('T', ' '),
                             qs(text_at(entry->values, "closed_at")).mid(11, 8)));
  print_->setText(grouped_digest(entry->fingerprint));
  print_->setAccessibleDescription(qs(entry->fingerprint));
  of_entry_ = tr("权属　%1 / %2\n状态　%3").arg(qs(text_at(subject, "shop")), qs(text_at(subject, "platform")), qs(entry->state));
  show_sync(sync_);
  facts_->setMaximumWidth(330);
  facts_->setWordWrap(true);
  more_->setVisible(!entry->reports.empty());
  id_ = entry->id;
  propose_place();
}

void PackageHead::show_sync(const QString& words) {
  sync_ = words;
  if (!of_entry_.isEmpty()) facts_->setText(words.isEmpty() ? of_entry_ : of_entry_ + tr("\n副本　本机，%1").arg(words));
  facts_->setAccessibleDescription(facts_->text());
}

void PackageHead::put_below_verdict(QWidget* widget) {
  auto* all = static_cast<QVBoxLayout*>(layout());
  all->insertWidget(all->indexOf(verdict_) + 1, widget);
}

void PackageHead::set_report_busy(bool busy) {
  report_->setEnabled(!busy);
  more_->setEnabled(!busy);
  report_->setText(busy ? tr("正在生成报告…") : tr("打印报告  Ctrl+P"));
}

void PackageHead::set_exporting(qint64 done, qint64 total) {
  exporting_ = total >= 0;
  bar_->setVisible(exporting_);
  path_->setVisible(!exporting_);
  browse_->setVisible(!exporting_);
  form_->setEnabled(!exporting_);
  go_->setText(exporting_ ? tr("取消导出") : tr("导出到这里"));
  if (!exporting_) return;
  bar_->setRange(0, 1000);
  bar_->setValue(total ? static_cast<int>(done * 1000 / total) : 0);
}

}  // namespace guzheng::ui
