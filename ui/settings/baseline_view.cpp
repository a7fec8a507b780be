#include "ui/settings/baseline_view.h"

#include <QDir>
#include <QFileDialog>
#include <QLineEdit>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

BaselineView::BaselineView(SettingsDesk& desk, StationDesk& station, QWidget* parent) : QWidget(parent), desk_(desk), station_(station) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("应用基线消息"));
  all->addWidget(messages_);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(16);
  columns->addWidget(build_list(), 3);
  columns->addWidget(build_check(), 2);
  all->addLayout(columns, 1);
  connect(&desk_, &SettingsDesk::changed, this, &BaselineView::refresh);
  connect(&desk_, &SettingsDesk::package_checked, this, &BaselineView::show_answer);
  connect(&desk_, &SettingsDesk::package_failed, this, [this](const Error& error) {
    line_->clear();
    show_text("bad", error.kind == ErrorKind::Tampered   ? tr("签名不成立，安装包被改动过：%1").arg(qs(error.what))
                     : error.kind == ErrorKind::NotFound ? tr("没有签名，或找不到这个文件：%1").arg(qs(error.what))
                                                         : tr("不能核对：%1").arg(qs(error.what)));
  });
  refresh();
}

QWidget* BaselineView::build_list() {
  auto* card = new Card(tr("应用证书基线"));
  source_ = wrapped({}, "quiet");
  source_->setAccessibleName(tr("基线来源"));
  card->body()->addWidget(source_);
  filter_ = new QLineEdit;
  filter_->setAccessibleName(tr("查找应用或证书"));
  filter_->setPlaceholderText(tr("包名或证书指纹的一部分"));
  filter_->setClearButtonEnabled(true);
  filter_->setMaxLength(100);
  connect(filter_, &QLineEdit::textChanged, this, &BaselineView::refresh);
  card->body()->addWidget(filter_);
  RowLook look;
  look.rule = true;
  list_ = new RowList(tr("应用证书基线"), look);
  list_->setMinimumHeight(120);
  card->body()->addWidget(list_, 1);
  return card;
}

QWidget* BaselineView::build_check() {
  auto* card = new Card(tr("核对安装包"));
  card->body()->addWidget(wrapped(tr("从应用官网或应用商店取得的安装包（.apk），看它由谁签名，与基线是否相同。"), "quiet"));
  path_ = new QLineEdit;
  path_->setAccessibleName(tr("安装包路径"));
  path_->setPlaceholderText(tr("路径，回车核对"));
  connect(path_, &QLineEdit::returnPressed, this, [this] { check(path_->text().trimmed()); });
  auto* choose = button(tr("选择安装包…"), "search");
  connect(choose, &QPushButton::clicked, this, &BaselineView::choose_file);
  auto* row = new QHBoxLayout;
  row->addWidget(path_, 1);
  row->addWidget(choose);
  card->body()->addLayout(row);
  answer_ = wrapped({});
  answer_->setAccessibleName(tr("核对结果"));
  card->body()->addWidget(answer_);
  line_ = new QLineEdit;
  line_->setReadOnly(true);
  line_->setAccessibleName(tr("证书指纹"));
  line_->setPlaceholderText(tr("证书的 SHA-256"));
  card->body()->addWidget(line_);
  card->body()->addWidget(wrapped(tr("要登记新的应用或换过的证书，请策略管理人在基线文件中加一行：包名、空格、证书的 SHA-256。"), "small"));
  card->body()->addStretch(1);
  return card;
}

void BaselineView::refresh() {
  const auto& baseline = desk_.app_baseline();
  const auto* policy = station_.policy();
  std::size_t certificates = 0;
  for (const auto& [package, of] : baseline.certificates) certificates += of.size();
  source_->setText(baseline.certificates.empty() ? tr("没有基线：应用验真只能核对签名是否有效。策略文件的 app_baseline 一行指出基线文件。")
                                                 : tr("%1：%2 个应用，%3 个证书").arg(policy ? qs(policy->app_baseline.string()) : tr("练习台自带")).arg(baseline.certificates.size()).arg(certificates));
  source_->setAccessibleDescription(source_->text());
  const auto wanted = filter_->text().trimmed().toLower();
  std::vector<Row> rows;
  for (const auto& [package, of] : baseline.certificates)
    for (const auto& certificate : of) {
      if (!wanted.isEmpty() && !qs(package).toLower().contains(wanted) && !qs(certificate).contains(wanted)) continue;
      Row row;
      row.icon = "phone";
      row.colour = colour::blue;
      row.title = qs(package);
      row.lines = {qs(certificate)};
      rows.push_back(std::move(row));
    }
  list_->rows().set_rows(std::move(rows));
}

void BaselineView::choose_file() {
  const auto file = QFileDialog::getOpenFileName(this, tr("选择安装包"), QDir::homePath(), tr("安装包 (*.apk)"), nullptr, QFileDialog::DontUseNativeDialog);
  path_->setText(file);
  check(file);
}

void BaselineView::check(const QString& file) {
  if (file.isEmpty()) return;
  line_->clear();
  show_text("quiet", tr("正在核对…"));
  desk_.check_package(std::filesystem::path(ss(file)));
}

void BaselineView::show_answer(const PackageAnswer& answer) {
  QStringList names, digests;
  for (const auto& name : answer.known_as) names << qs(name);
  for (const auto& digest : answer.certificates) digests << qs(digest);
  line_->setText(digests.join(' '));
  line_->setCursorPosition(0);
  show_text(names.isEmpty() ? "bad" : "good", names.isEmpty() ? tr("%1：签名有效（%2），签名人不在基线中。").arg(qs(answer.file), qs(answer.scheme))
                                                              : tr("%1：签名有效（%2），与基线中的 %3 相同。").arg(qs(answer.file), qs(answer.scheme), names.join(tr("、"))));
}

void BaselineView::show_text(const char* role, const QString& text) {
  set_role(answer_, "role", role);
  answer_->setText(text);
  answer_->setAccessibleDescription(text);
}

void BaselineView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

}  // namespace guzheng::ui
