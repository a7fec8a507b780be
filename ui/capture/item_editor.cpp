#include "ui/capture/item_editor.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <algorithm>

#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/capture/words.h"

namespace guzheng::ui {

ItemEditor::ItemEditor(LiveDesk& desk, QWidget* parent)
    : ItemEditor({[&desk](int wanted) {
                    const auto& items = desk.status().items;
                    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.number == wanted; });
                    return found == items.end() ? nullptr : &*found;
                  },
                  [&desk](int item, const ItemDescription& said) { desk.describe(item, said); }},
                 parent) {}

ItemEditor::ItemEditor(Items items, QWidget* parent) : QFrame(parent), items_(std::move(items)) {
  setProperty("note", "grey");
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(10, 8, 10, 10);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(6);
  grid->setColumnStretch(1, 1);
  title_line_ = label({}, "section");
  state_ = label({}, "small");
  state_->setAccessibleName(tr("说明状态"));
  kind_ = new QComboBox;
  kind_->setAccessibleName(tr("说明 页面种类"));
  for (const auto kind : kItemKinds) kind_->addItem(Words::kind(kind), static_cast<int>(kind));
  title_ = new QLineEdit;
  title_->setAccessibleName(tr("说明 标题"));
  proves_ = new QLineEdit;
  proves_->setAccessibleName(tr("证明对象"));
  proves_->setPlaceholderText(tr("这一页证明什么（必填）"));
  access_ = new QComboBox;
  access_->setAccessibleName(tr("说明 访问方式"));
  for (const char* way : {QT_TR_NOOP("公开"), QT_TR_NOOP("登录可见"), QT_TR_NOOP("非公开")}) access_->addItem(tr(way), QString(way));
  basis_ = new QLineEdit;
  basis_->setAccessibleName(tr("说明 取得依据"));
  basis_->setPlaceholderText(tr("登录可见或非公开时必填"));
  save_ = button(tr("保存说明"), "check");
  save_->setToolTip("Ctrl+S");
  auto* suggest = link_button(tr("采用建议文字"));
  grid->addWidget(title_line_, 0, 0, 1, 2);
  grid->addWidget(state_, 0, 2, Qt::AlignRight);
  int row = 1;
  const auto add = [&](const QString& name, QWidget* field) {
    grid->addWidget(label(name, "quiet"), row, 0);
    grid->addWidget(field, row++, 1, 1, 2);
  };
  add(tr("证明对象"), proves_);
  add(tr("种类"), kind_);
  add(tr("标题"), title_);
  add(tr("访问"), access_);
  add(tr("依据"), basis_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(suggest);
  buttons->addStretch(1);
  buttons->addWidget(save_);
  grid->addLayout(buttons, row, 0, 1, 3);

  connect(suggest, &QPushButton::clicked, this, [this] {
    proves_->setText(Words::proves_suggestion(static_cast<ItemKind>(kind_->currentData().toInt())));
    proves_->setFocus();
  });
  connect(save_, &QPushButton::clicked, this, &ItemEditor::save);
  for (auto* field : {title_, proves_, basis_}) {
    connect(field, &QLineEdit::returnPressed, this, &ItemEditor::save);
    connect(field, &QLineEdit::textChanged, this, &ItemEditor::refresh_state);
  }
  for (auto* field : {kind_, access_}) connect(field, &QComboBox::currentIndexChanged, this, &ItemEditor::refresh_state);
  edit(0);
}

const CaptureItem* ItemEditor::current() const { return item_ > 0 ? items_.find(item_) : nullptr; }

void ItemEditor::edit(int item) {
  item_ = item;
  const auto* found = current();
  setVisible(found != nullptr);
  if (!found) return;
  const auto& said = found->description;
  title_line_->setText(tr("取证 %1 的说明").arg(item));
  kind_->setCurrentIndex(kind_->findData(static_cast<int>(said.kind)));
  title_->setText(qs(said.title));
  proves_->setText(qs(said.proves));
  access_->setCurrentIndex(std::max(0, access_->findData(qs(said.access))));
  basis_->setText(qs(said.basis));
  refresh_state();
}

ItemDescription ItemEditor::description() const {
  return {static_cast<ItemKind>(kind_->currentData().toInt()), ss(title_->text().trimmed()), ss(proves_->text().trimmed()),
          ss(access_->currentData().toString()), ss(basis_->text().trimmed())};
}

bool ItemEditor::dirty() const {
  const auto* found = current();
  if (!found) return false;
  const auto now = description();
  const auto& was = found->description;
  return now.kind != was.kind || now.title != was.title || now.proves != was.proves || now.access != was.access || now.basis != was.basis;
}

void ItemEditor::refresh_state() {
  const bool open = basis_->text().trimmed().isEmpty() && access_->currentIndex() > 0;
  state_->setText(dirty() ? tr("未保存") : proves_->text().isEmpty() ? tr("待说明") : tr("已保存"));
  state_->setAccessibleDescription(state_->text());
  set_role(state_, "role", dirty() || proves_->text().isEmpty() ? "warn" : "good");
  save_->setEnabled(dirty() && !open);
}

void ItemEditor::save() {
  if (!item_ || !dirty() || !save_->isEnabled()) return;
  items_.describe(item_, description());
  refresh_state();
}

}  // namespace guzheng::ui
