// The second step of an import: which column is what, and what cleaning does to the first rows.
#include <QGridLayout>
#include <QLineEdit>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/intake_window.h"
#include "ui/subjects/intake_words.h"

namespace guzheng::ui {

QWidget* IntakeWindow::build_mapping() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(12);
  auto* across = new QHBoxLayout;
  across->setSpacing(16);
  auto* left = new Card(tr("哪一列是什么"));
  facts_ = wrapped({}, "small");
  facts_->setAccessibleName(tr("文件情况"));
  left->body()->addWidget(facts_);
  auto* sheet = new QWidget;
  columns_ = new QGridLayout(sheet);
  columns_->setContentsMargins(0, 0, 6, 0);
  columns_->setColumnStretch(0, 1);
  columns_->setHorizontalSpacing(10);
  columns_->setVerticalSpacing(6);
  left->body()->addWidget(scroller(sheet), 1);
  mapped_ = wrapped({}, "warn");
  mapped_->setAccessibleName(tr("对应情况"));
  left->body()->addWidget(mapped_);
  auto* keep = new QHBoxLayout;
  profile_name_ = new QLineEdit;
  profile_name_->setAccessibleName(tr("方案名称"));
  profile_name_->setPlaceholderText(tr("存成方案，下次直接用"));
  profile_name_->setMaxLength(60);
  auto* save = button(tr("存方案"), "disk");
  keep->addWidget(profile_name_, 1);
  keep->addWidget(save);
  left->body()->addLayout(keep);
  connect(save, &QPushButton::clicked, this, [this] {
    const auto name = profile_name_->text().trimmed();
    if (name.isEmpty()) return profile_name_->setFocus();
    imports_.save_profile(profile(), ss(name));
    messages_->show_text("green", tr("对应方案“%1”已保存。").arg(name));
  });
  across->addWidget(left, 4);
  auto* right = new Card(tr("前几行清洗后的样子"));
  RowLook look;
  look.left_width = 60;
  look.rule = true;
  look.text_lines = 3;
  look.chip_lines = 0;
  rows_ = new RowList(tr("清洗预览"), look);
  right->body()->addWidget(rows_, 1);
  across->addWidget(right, 5);
  column->addLayout(across, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  auto* back = button(tr("换文件"), "back");
  again_ = button(tr("重新预览"), "refresh");
  on_match_ = new QComboBox;
  on_match_->setAccessibleName(tr("库中已有时"));
  on_match_->addItems({tr("补上空着的"), tr("用新值更新"), tr("不改动它")});
  start_ = main_button(tr("开始导入"), "in");
  start_->setAccessibleName(tr("开始导入主体"));
  row->addWidget(back);
  row->addWidget(again_);
  row->addStretch(1);
  row->addWidget(label(tr("库中已有同一主体时"), "quiet"));
  row->addWidget(on_match_);
  row->addWidget(start_);
  column->addLayout(row);
  connect(back, &QPushButton::clicked, this, [this] { show_step(File); });
  connect(again_, &QPushButton::clicked, this, &IntakeWindow::preview_again);
  connect(start_, &QPushButton::clicked, this, [this] { imports_.start(file_, profile()); });
  return page;
}

void IntakeWindow::take_preview(const std::filesystem::path& file, const ImportPreview& preview) {
  if (imports_.running()) return;
  messages_->clear();
  file_ = file;
  preview_ = preview;
  const auto& facts = preview.facts;
  QStringList words{qs(file.filename().string()), qs(to_string(facts.kind)).toUpper()};
  if (facts.kind == TableKind::Xlsx) words << tr("工作表 %1").arg(qs(facts.sheet));
  else words << (facts.encoding == TextEncoding::Auto ? QStringLiteral("ASCII") : qs(to_string(facts.encoding)).toUpper());
  words << tr("表头在第 %1 行，%2 列").arg(preview.header_line).arg(preview.headers.size());
  facts_->setText(words.join(QStringLiteral(" · ")));
  facts_->setAccessibleDescription(facts_->text());
  on_match_->setCurrentIndex(static_cast<int>(preview.profile.on_match));
  if (!preview.profile.name.empty()) profile_name_->setText(qs(preview.profile.name));
  show_columns();
  show_rows();
  show_step(Mapping);
}

void IntakeWindow::show_columns() {
  clear_layout(columns_);
  fields_.clear();
  int row = 0;
  for (const auto& header : preview_.headers) {
    auto* name = new ElidedLabel(header.empty() ? tr("（没有表头）") : qs(header));
    auto* box = new QComboBox;
    box->setAccessibleName(tr("列 %1").arg(qs(header)));
    box->addItem(tr("不导入"), QVariant::fromValue<qulonglong>(kIntakeFields));
    for (std::size_t field = 0; field < kIntakeFields; ++field) box->addItem(IntakeWords::word_of_field(field), QVariant::fromValue<qulonglong>(field));
    for (const auto& [column, field] : preview_.profile.columns)
      if (column == header) box->setCurrentIndex(static_cast<int>(field) + 1);
    QString sample;
    for (const auto& one : preview_.rows)
      if (sample.isEmpty() && static_cast<std::size_t>(row) < one.cells.size()) sample = qs(one.cells[static_cast<std::size_t>(row)]);
    auto* shown = new ElidedLabel(sample);
    set_role(shown, "role", "small");
    shown->setFixedWidth(120);
    box->setFixedWidth(150);
    box->setEnabled(!header.empty());
    columns_->addWidget(name, row, 0);
    columns_->addWidget(shown, row, 1);
    columns_->addWidget(box, row++, 2);
    fields_.push_back(box);
    connect(box, &QComboBox::activated, this, &IntakeWindow::preview_again);
  }
  columns_->setRowStretch(row, 1);
}

MappingProfile IntakeWindow::profile() const {
  auto out = preview_.profile;
  out.columns.clear();
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto field = fields_[i]->currentData().toULongLong();
    if (field < kIntakeFields && !preview_.headers[i].empty()) out.columns.emplace_back(preview_.headers[i], static_cast<IntakeField>(field));
  }
  out.on_match = static_cast<OnMatch>(on_match_->currentIndex());
  return out;
}

void IntakeWindow::preview_again() {
  const auto asked = profile();
  if (asked.columns.empty()) return messages_->show_text("amber", tr("没有一列要导入。请至少给“名称”选一列。"));
  imports_.preview(file_, asked);
}

void IntakeWindow::show_rows() {
  std::vector<Row> rows;
  int dropped = 0, changed = 0;
  for (const auto& one : preview_.rows) {
    const auto& cleaned = one.cleaned;
    dropped += cleaned.dropped;
    changed += !cleaned.dropped && !cleaned.items.empty();
    Row row;
    row.left = tr("第 %1 行").arg(cleaned.line);
    row.icon = cleaned.dropped ? "cross-circle" : cleaned.items.empty() ? "check-circle" : "pencil";
    row.colour = cleaned.dropped ? colour::red : cleaned.items.empty() ? colour::green : colour::amber;
    row.title = cleaned.values.size() > kName && !cleaned.values[kName].empty() ? qs(cleaned.values[kName]) : tr("（没有名称）");
    row.lines = IntakeWords::item_lines(cleaned.items, 3);
    if (cleaned.dropped && !row.lines.isEmpty()) row.lines.front() = tr("丢弃 · ") + row.lines.front();
    if (row.lines.isEmpty() && cleaned.values.size() > kCreditCode) row.lines << qs(cleaned.values[kCreditCode]);
    rows.push_back(std::move(row));
  }
  const auto used = static_cast<qsizetype>(preview_.profile.columns.size());
  const bool named = std::any_of(preview_.profile.columns.begin(), preview_.profile.columns.end(), [](const auto& one) { return one.second == kName; });
  mapped_->setText(tr("%1 列要导入，%2 列不导入。前 %3 行中改正 %4 行，丢弃 %5 行。").arg(used).arg(static_cast<qsizetype>(preview_.headers.size()) - used).arg(rows.size()).arg(changed).arg(dropped) +
                   (named ? QString() : tr("没有“名称”列，行会被丢弃。")));
  mapped_->setAccessibleDescription(mapped_->text());
  set_role(mapped_, "role", named ? "quiet" : "warn");
  rows_->rows().set_rows(std::move(rows));
  start_->setEnabled(used > 0 && desk_.may_change());
}

}  // namespace guzheng::ui
