#include "ui/subjects/tags_window.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRadioButton>
#include <QShortcut>

#include "ui/base/empty_hint.h"
#include "ui/base/message_bar.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {

TagLibraryWindow::TagLibraryWindow(SubjectDesk& desk, TagDesk& tags, QWidget* parent) : QWidget(parent, Qt::Window), desk_(desk), tags_(tags) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("标签库"));
  resize(520, 560);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("标签库消息"));
  all->addWidget(messages_);
  auto* card = new Card(tr("标签"));
  RowLook look;
  look.rule = true;
  look.text_lines = 1;
  list_ = new RowList(tr("标签列表"), look);
  new EmptyHint(list_, tr("标签库是空的。"));
  card->body()->addWidget(list_, 1);
  all->addWidget(card, 1);
  auto* form = new Card(tr("登记或修改"));
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  group_ = new QLineEdit;
  group_->setAccessibleName(tr("标签 分组"));
  group_->setPlaceholderText(tr("例如 经营形态、品类、监管"));
  group_->setMaxLength(40);
  name_ = new QLineEdit;
  name_->setAccessibleName(tr("标签 名称"));
  name_->setMaxLength(40);
  grid->addWidget(label(tr("分组"), "quiet"), 0, 0);
  grid->addWidget(group_, 0, 1);
  grid->addWidget(label(tr("名称"), "quiet"), 1, 0);
  grid->addWidget(name_, 1, 1);
  form->body()->addLayout(grid);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  add_ = main_button(tr("新标签"), "plus");
  change_ = button(tr("改选中的"), "pencil");
  change_->setAccessibleName(tr("修改标签"));
  remove_ = button(tr("删除选中的"), "bin");
  remove_->setAccessibleName(tr("删除标签"));
  row->addWidget(add_);
  row->addWidget(change_);
  row->addWidget(remove_);
  row->addStretch(1);
  form->body()->addLayout(row);
  all->addWidget(form);
  connect(&desk_, &SubjectDesk::lists_changed, this, &TagLibraryWindow::refresh);
  connect(list_, &RowList::moved, this, &TagLibraryWindow::show_chosen);
  for (auto* field : {group_, name_}) connect(field, &QLineEdit::textChanged, this, [this] {
    const bool filled = !group_->text().trimmed().isEmpty() && !name_->text().trimmed().isEmpty() && desk_.may_change();
    add_->setEnabled(filled);
    change_->setEnabled(filled && chosen());
  });
  connect(add_, &QPushButton::clicked, this, [this] { keep(0); });
  connect(change_, &QPushButton::clicked, this, [this] {
    if (const auto* tag = chosen()) keep(tag->id);
  });
  connect(remove_, &QPushButton::clicked, this, [this] {
    const auto* tag = chosen();
    if (!tag) return;
    tags_.remove(*tag, this, [this, name = qs(tag->name)](const Status& done) {
      if (!done) return messages_->show_error(Doing::KeepTags, done.error());
      messages_->show_text("green", tr("已删除标签 %1，可以撤销。").arg(name));
    });
  });
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  refresh();
}

void TagLibraryWindow::keep(std::int64_t id) {
  const Tag tag{id, ss(group_->text().trimmed()), ss(name_->text().trimmed())};
  tags_.put(tag, this, [this, name = name_->text().trimmed()](const Result<std::int64_t>& kept) {
    if (!kept) return messages_->show_error(Doing::KeepTags, kept.error());
    messages_->show_text("green", tr("已保存标签 %1。").arg(name));
  });
}

const Tag* TagLibraryWindow::chosen() const {
  const int at = list_->chosen();
  const auto& tags = desk_.lists().tags;
  return at >= 0 && at < static_cast<int>(tags.size()) ? &tags[static_cast<std::size_t>(at)] : nullptr;
}

void TagLibraryWindow::refresh() {
  const int before = list_->chosen();
  std::vector<Row> rows;
  for (const auto& tag : desk_.lists().tags) {
    Row row;
    row.icon = "tag";
    row.colour = SubjectWords::chip_of(tag).ink;
    row.title = qs(tag.name);
    row.lines = {tr("%1 · %2 个主体").arg(qs(tag.group)).arg(tag.count)};
    rows.push_back(std::move(row));
  }
  const int count = static_cast<int>(rows.size());
  list_->rows().set_rows(std::move(rows));
  list_->choose(count ? std::clamp(before, 0, count - 1) : -1);
  show_chosen();
}

void TagLibraryWindow::show_chosen() {
  const auto* tag = chosen();
  if (tag) {
    group_->setText(qs(tag->group));
    name_->setText(qs(tag->name));
  }
  const bool filled = !group_->text().trimmed().isEmpty() && !name_->text().trimmed().isEmpty() && desk_.may_change();
  add_->setEnabled(filled);
  change_->setEnabled(filled && tag);
  remove_->setEnabled(tag && desk_.may_change());
}

TagChoiceWindow::TagChoiceWindow(SubjectDesk& desk, TagDesk& tags, std::vector<SubjectId> ids, std::optional<SubjectQuery> all, const QString& found, QWidget* parent)
    : QWidget(parent, Qt::Window), desk_(desk), tags_(tags), ids_(std::move(ids)), all_(std::move(all)) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("加标签"));
  resize(440, 520);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(16, 16, 16, 16);
  whole->setSpacing(12);
  messages_ = new MessageBar(tr("加标签消息"));
  whole->addWidget(messages_);
  auto* who = new Card(tr("给哪些主体"));
  these_ = new QRadioButton(tr("选中的 %1 个").arg(ids_.size()));
  these_->setAccessibleName(tr("给选中的主体"));
  every_ = new QRadioButton(tr("现在找到的全部：%1").arg(found));
  every_->setAccessibleName(tr("给找到的全部主体"));
  these_->setVisible(!ids_.empty());
  every_->setVisible(all_.has_value());
  (ids_.empty() ? every_ : these_)->setChecked(true);
  who->body()->addWidget(these_);
  who->body()->addWidget(every_);
  whole->addWidget(who);
  auto* card = new Card(tr("打勾的加上，去掉勾的取下"));
  auto* sheet = new QWidget;
  auto* column = new QVBoxLayout(sheet);
  column->setContentsMargins(0, 0, 0, 0);
  build_tags(column);
  card->body()->addWidget(scroller(sheet), 1);
  whole->addWidget(card, 1);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  auto* cancel = button(tr("取消"));
  cancel->setAccessibleName(tr("取消加标签"));
  apply_ = main_button(tr("应用"), "tag");
  apply_->setAccessibleName(tr("应用标签"));
  row->addWidget(cancel);
  row->addWidget(apply_);
  whole->addLayout(row);
  connect(cancel, &QPushButton::clicked, this, &QWidget::close);
  connect(apply_, &QPushButton::clicked, this, &TagChoiceWindow::apply);
  connect(these_, &QRadioButton::toggled, this, &TagChoiceWindow::load_current);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  load_current();
}

void TagChoiceWindow::build_tags(QVBoxLayout* column) {
  std::string group;
  for (const auto& tag : desk_.lists().tags) {
    if (boxes_.empty() || tag.group != group) column->addWidget(label(qs(tag.group), "small"));
    group = tag.group;
    auto* box = new QCheckBox(qs(tag.name));
    box->setAccessibleName(tr("标签 %1 %2").arg(qs(tag.group), qs(tag.name)));
    column->addWidget(box);
    boxes_.emplace_back(tag.id, box);
    connect(box, &QCheckBox::clicked, this, &TagChoiceWindow::refresh);
  }
  if (boxes_.empty()) column->addWidget(wrapped(tr("标签库是空的，请先在“标签库”登记标签。"), "quiet"));
  column->addStretch(1);
}

// One subject: its own tags are ticked. Several: a box that nobody touches changes nothing.
void TagChoiceWindow::load_current() {
  const bool one = these_->isChecked() && ids_.size() == 1;
  for (auto& [id, box] : boxes_) {
    before_[id] = one ? Qt::Unchecked : Qt::PartiallyChecked;
    box->setTristate(!one);
    box->setCheckState(before_[id]);
  }
  refresh();
  if (!one) return;
  desk_.sheet(ids_.front(), this, [this](const Result<SubjectSheet>& sheet) {
    if (!sheet) return messages_->show_error(Doing::KeepTags, sheet.error());
    for (auto& [id, box] : boxes_) {
      const bool has = std::any_of(sheet->tags.begin(), sheet->tags.end(), [&, tag = id](const Tag& t) { return t.id == tag; });
      before_[id] = has ? Qt::Checked : Qt::Unchecked;
      box->setCheckState(before_[id]);
    }
    refresh();
  });
}

void TagChoiceWindow::refresh() {
  apply_->setEnabled(std::any_of(boxes_.begin(), boxes_.end(), [this](const auto& one) { return one.second->checkState() != before_[one.first]; }));
}

void TagChoiceWindow::apply() {
  std::vector<TagTurn> turns;
  for (const auto& [id, box] : boxes_)
    if (box->checkState() != before_[id] && box->checkState() != Qt::PartiallyChecked) turns.push_back({id, box->checkState() == Qt::Checked});
  SubjectChoice choice;
  if (these_->isChecked() && !ids_.empty()) choice.ids = ids_;
  else choice.all = all_;
  apply_->setEnabled(false);
  messages_->show_text("blue", tr("正在加标签…"));
  tags_.turn(choice, turns, this, [this, count = static_cast<int>(turns.size())](const Status& done) {
    if (!done) {
      messages_->show_error(Doing::KeepTags, done.error());
      return refresh();
    }
    emit turned(count);
    close();
  });
}

}  // namespace guzheng::ui
