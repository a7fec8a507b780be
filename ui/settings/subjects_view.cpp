#include "ui/settings/subjects_view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSpinBox>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/settings/codes_card.h"

namespace guzheng::ui {
namespace {

QLineEdit* field_in(QGridLayout* grid, const QString& name, const QString& hint) {
  auto* field = new QLineEdit;
  field->setAccessibleName(SubjectsView::tr("主体库 ") + name);
  field->setPlaceholderText(hint);
  field->setMaxLength(80);
  const int row = grid->rowCount();
  grid->addWidget(label(name, "quiet"), row, 0);
  grid->addWidget(field, row, 1);
  return field;
}

QSpinBox* days_box(const QString& name, int from, int to) {
  auto* box = new QSpinBox;
  box->setRange(from, to);
  box->setSuffix(SubjectsView::tr(" 天"));
  box->setAccessibleName(name);
  return box;
}

bool is_blank(const QLineEdit* field) { return field->text().trimmed().isEmpty(); }

}  // namespace

SubjectsView::SubjectsView(SubjectDesk& desk, CodeDesk& codes, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("主体库设置消息"));
  all->addWidget(messages_);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(16);
  auto* side = new QVBoxLayout;
  side->setSpacing(16);
  side->addWidget(build_cycle());
  side->addWidget(build_units(), 1);
  columns->addLayout(side, 2);
  auto* wide = new QVBoxLayout;
  wide->setSpacing(16);
  wide->addWidget(build_rules(), 3);
  wide->addWidget(new CodesCard(desk_, codes, messages_), 2);
  columns->addLayout(wide, 3);
  all->addLayout(columns, 1);
  for (auto told : {&SubjectDesk::opened, &SubjectDesk::lists_changed, &SubjectDesk::undoable_changed}) connect(&desk_, told, this, &SubjectsView::refresh);
  refresh();
}

QWidget* SubjectsView::build_cycle() {
  auto* card = new Card(tr("检查周期"));
  auto* grid = new QGridLayout;
  grid->setColumnStretch(2, 1);
  ordinary_ = days_box(tr("正常库检查周期"), 30, 45);
  abnormal_ = days_box(tr("异常库检查周期"), 1, 45);
  grid->addWidget(label(tr("正常库，30 至 45 天"), "quiet"), 0, 0);
  grid->addWidget(ordinary_, 0, 1);
  grid->addWidget(label(tr("异常库"), "quiet"), 1, 0);
  grid->addWidget(abnormal_, 1, 1);
  card->body()->addLayout(grid);
  keep_cycle_ = button(tr("保存周期"), "check");
  card->body()->addWidget(keep_cycle_, 0, Qt::AlignLeft);
  connect(keep_cycle_, &QPushButton::clicked, this, [this] {
    desk_.set_cycle({ordinary_->value(), abnormal_->value()}, this, [this](const Status& done) {
      if (!done) return messages_->show_error(Doing::KeepSubjects, done.error());
      messages_->show_text("green", tr("检查周期已保存，逾期从现在按它计算。"));
    });
  });
  return card;
}

QWidget* SubjectsView::build_units() {
  auto* card = new Card(tr("监管单位"));
  RowLook look;
  look.rule = true;
  look.text_lines = 1;
  units_ = new RowList(tr("监管单位列表"), look);
  units_->setMinimumHeight(120);
  card->body()->addWidget(units_, 1);
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  unit_name_ = field_in(grid, tr("单位名称"), {});
  unit_code_ = field_in(grid, tr("单位编号"), tr("可不填"));
  card->body()->addLayout(grid);
  add_unit_ = button(tr("登记单位"), "plus");
  card->body()->addWidget(add_unit_, 0, Qt::AlignLeft);
  connect(unit_name_, &QLineEdit::textChanged, this, &SubjectsView::refresh_buttons);
  connect(add_unit_, &QPushButton::clicked, this, [this] {
    desk_.put_unit({0, ss(unit_name_->text().trimmed()), ss(unit_code_->text().trimmed())}, this, [this](const Result<std::int64_t>& id) {
      if (!id) return messages_->show_error(Doing::KeepSubjects, id.error());
      unit_name_->clear();
      unit_code_->clear();
      messages_->show_text("green", tr("监管单位已登记。"));
    });
  });
  return card;
}

QWidget* SubjectsView::build_rules() {
  auto* card = new Card(tr("监管单位规则"));
  card->body()->addWidget(wrapped(tr("地区最长的规则先用，再看行业，再看平台；空着表示都适用。规则只建议，由人确认。"), "small"));
  RowLook look;
  look.rule = true;
  look.text_lines = 1;
  rules_ = new RowList(tr("监管单位规则表"), look);
  rules_->setMinimumHeight(160);
  card->body()->addWidget(rules_, 1);
  remove_rule_ = button(tr("删除选中的规则"), "bin");
  card->body()->addWidget(remove_rule_, 0, Qt::AlignLeft);
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  region_ = field_in(grid, tr("地区代码"), tr("前几位即可，例如 3301"));
  industry_ = field_in(grid, tr("行业代码"), tr("例如 F52"));
  platform_ = field_in(grid, tr("平台"), tr("全名"));
  unit_ = new QComboBox;
  unit_->setAccessibleName(tr("规则的监管单位"));
  grid->addWidget(label(tr("监管单位"), "quiet"), grid->rowCount(), 0);
  grid->addWidget(unit_, grid->rowCount() - 1, 1);
  card->body()->addLayout(grid);
  add_rule_ = main_button(tr("新规则"), "plus");
  card->body()->addWidget(add_rule_, 0, Qt::AlignLeft);
  connect(rules_, &RowList::moved, this, &SubjectsView::refresh_buttons);
  connect(add_rule_, &QPushButton::clicked, this, [this] {
    auto rules = desk_.lists().rules;
    rules.push_back({0, ss(region_->text().trimmed()), ss(industry_->text().trimmed()), ss(platform_->text().trimmed()), unit_->currentData().toLongLong()});
    store_rules(std::move(rules));
  });
  connect(remove_rule_, &QPushButton::clicked, this, [this] {
    auto rules = desk_.lists().rules;
    const int at = rules_->chosen();
    if (at < 0 || at >= static_cast<int>(rules.size())) return;
    rules.erase(rules.begin() + at);
    store_rules(std::move(rules));
  });
  return card;
}

void SubjectsView::store_rules(std::vector<UnitRule> rules) {
  desk_.set_rules(rules, this, [this](const Status& done) {
    if (!done) return messages_->show_error(Doing::KeepSubjects, done.error());
    for (auto* field : {region_, industry_, platform_}) field->clear();
    messages_->show_text("green", tr("规则表已保存。"));
  });
}

void SubjectsView::refresh() {
  const auto& lists = desk_.lists();
  ordinary_->setValue(lists.cycle.ordinary_days);
  abnormal_->setValue(lists.cycle.abnormal_days);
  std::vector<Row> rows;
  const auto chosen_unit = unit_->currentData();
  unit_->clear();
  for (const auto& unit : lists.units) {
    Row row;
    row.icon = "shield";
    row.colour = colour::blue;
    row.title = qs(unit.name);
    row.lines = {qs(unit.code)};
    rows.push_back(std::move(row));
    unit_->addItem(qs(unit.name), QVariant::fromValue<qint64>(unit.id));
  }
  unit_->setCurrentIndex(std::max(0, unit_->findData(chosen_unit)));
  units_->rows().set_rows(std::move(rows));
  rows.clear();
  const auto any = [](const std::string& text) { return text.empty() ? tr("任何") : qs(text); };
  for (const auto& rule : lists.rules) {
    Row row;
    row.icon = "next";
    row.colour = colour::blue;
    row.title = qs(desk_.unit_name(rule.unit));
    row.lines = {tr("地区 %1 · 行业 %2 · 平台 %3").arg(any(rule.region), any(rule.industry), any(rule.platform))};
    rows.push_back(std::move(row));
  }
  rules_->rows().set_rows(std::move(rows));
  refresh_buttons();
}

void SubjectsView::refresh_buttons() {
  const bool may = desk_.may_change();
  keep_cycle_->setEnabled(may);
  add_unit_->setEnabled(may && !is_blank(unit_name_));
  add_rule_->setEnabled(may && unit_->count() > 0);
  remove_rule_->setEnabled(may && rules_->chosen() >= 0);
}

}  // namespace guzheng::ui
