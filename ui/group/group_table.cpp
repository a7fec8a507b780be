#include "ui/group/group_table.h"

#include <QButtonGroup>
#include <QHeaderView>
#include <QLineEdit>
#include <QPointer>
#include <QScrollArea>
#include <QTableWidget>
#include <QTimer>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/item_editor.h"
#include "ui/capture/words.h"

namespace guzheng::ui {
namespace {

constexpr int kPillsHeight = 34;

ComparisonWords words_of_window() {
  ComparisonWords out;
  out.none = ss(GroupTable::tr("未见"));
  out.there = ss(GroupTable::tr("有"));
  out.time = ss(GroupTable::tr("取证时间"));
  out.apart = ss(GroupTable::tr("（相差 %1 秒）"));
  out.which = ss(GroupTable::tr("（第 %1 个）"));
  out.which_page = ss(GroupTable::tr("（第 %1 张）"));
  out.place = ss(GroupTable::tr("第 %1 位"));
  out.pictures = ss(GroupTable::tr("与手机 %1 的截图比"));
  out.base = ss(GroupTable::tr("基准"));
  out.equal = ss(GroupTable::tr("相同"));
  out.share = ss(GroupTable::tr("%1% 不同"));
  out.other_size = ss(GroupTable::tr("画面大小不同"));
  out.lower = ss(GroupTable::tr("页面多下滚 %1 像素，对齐后"));
  out.higher = ss(GroupTable::tr("页面少下滚 %1 像素，对齐后"));
  out.from = ss(GroupTable::tr("："));
  out.comma = ss(GroupTable::tr("、"));
  return out;
}

QString aspect_words(Aspect aspect) {
  switch (aspect) {
    case Aspect::Time: return GroupTable::tr("时间");
    case Aspect::Price: return GroupTable::tr("价格");
    case Aspect::Ranking: return GroupTable::tr("排序");
    case Aspect::Text: return GroupTable::tr("文字");
    case Aspect::Picture: return GroupTable::tr("画面");
  }
  return {};
}

}  // namespace

GroupTable::GroupTable(GroupDesk& desk, QWidget* parent) : Card(tr("相互印证"), parent), desk_(desk) {
  desk_.set_words(words_of_window());
  summary_ = label(tr("每次取证后，各手机的同一页面在这里对照。"), "small");
  summary_->setAccessibleName(tr("对照结果"));
  header()->addWidget(summary_);
  auto* pages = new QWidget;
  pills_ = new QHBoxLayout(pages);
  pills_->setContentsMargins(0, 0, 0, 0);
  pills_->setSpacing(6);
  pages_ = scroller(pages);                              // many pages: they scroll sideways, each stays readable
  pages_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  pages_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);      // it follows the choice, and the wheel
  pages_->setFixedHeight(kPillsHeight);
  header()->addWidget(pages_, 1);
  different_ = pill(tr("只看不同"));
  different_->setAccessibleName(tr("只看不同的项目"));
  header()->addWidget(different_);
  describe_ = button(tr("说明  F4"), "pencil");
  describe_->setAccessibleName(tr("说明这一页"));
  header()->addWidget(describe_);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  table_ = new QTableWidget;
  table_->setAccessibleName(tr("佐证对照表"));
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->verticalHeader()->hide();
  table_->setWordWrap(true);
  table_->setShowGrid(false);
  table_->setAlternatingRowColors(false);
  editor_ = new ItemEditor(ItemEditor::Items{[this](int) { return page() ? item_of(*page()) : nullptr; },
                                             [this](int, const ItemDescription& said) {
                                               if (page()) desk_.describe(*page(), said);
                                             }});
  editor_place_ = scroller(editor_);                     // its first line is what matters; the pictures keep their height
  editor_place_->setFixedWidth(380);
  body()->setContentsMargins(0, 0, 0, 0);
  row->addWidget(table_, 1);
  row->addWidget(editor_place_);
  body()->addLayout(row, 1);
  connect(different_, &QPushButton::toggled, this, &GroupTable::fill);
  connect(describe_, &QPushButton::clicked, this, [this] {
    if (editor_place_->isVisibleTo(this)) edit_item(0);
    else edit();
  });
  connect(&desk_, &GroupDesk::compared, this, &GroupTable::show_compared);
  show_compared();
}

const ComparedPage* GroupTable::page() const {
  const auto& pages = desk_.comparison().pages;
  return index_ >= 0 && static_cast<std::size_t>(index_) < pages.size() ? &pages[static_cast<std::size_t>(index_)] : nullptr;
}

bool GroupTable::shows_newest() const { return page() && index_ + 1 == static_cast<int>(desk_.comparison().pages.size()); }

const CaptureItem* GroupTable::item_of(const ComparedPage& page) const {
  std::vector<std::size_t> order{static_cast<std::size_t>(desk_.leader() - 1)};
  for (std::size_t i = 0; i < page.items.size(); ++i) order.push_back(i);
  for (const auto member : order) {
    if (member >= page.items.size() || page.items[member] == 0) continue;
    for (const auto& item : desk_.cards()[member].status.items)
      if (item.number == page.items[member]) return &item;
  }
  return nullptr;
}

void GroupTable::show_compared() {
  clear_layout(pills_);
  const auto& pages = desk_.comparison().pages;
  const bool described = editor_place_->isVisibleTo(this) && page() && index_ < static_cast<int>(pages.size());
  const int wanted = described ? index_ : static_cast<int>(pages.size()) - 1;      // what is being described stays in sight
  auto* group = new QButtonGroup(pills_->parentWidget());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const auto have = std::count_if(pages[i].items.begin(), pages[i].items.end(), [](int item) { return item > 0; });
    const auto* item = item_of(pages[i]);
    const bool open = item && item->description.proves.empty();
    auto* one = pill(tr("%1 %2/%3").arg(qs(pages[i].title)).arg(have).arg(pages[i].items.size()) + (open ? tr(" 待说明") : QString()));
    one->setAccessibleName(tr("对照 %1").arg(qs(pages[i].title)));
    one->setAccessibleDescription(open ? tr("待说明") : tr("已说明"));
    group->addButton(one, static_cast<int>(i));
    one->setChecked(static_cast<int>(i) == wanted);
    one->setMinimumWidth(one->sizeHint().width() + 14);      // bold while it is chosen
    pills_->addWidget(one);
  }
  pills_->addStretch(1);
  connect(group, &QButtonGroup::idClicked, this, &GroupTable::show_page);
  show_page(wanted);
}

void GroupTable::show_page(int index) {
  const bool editing = editor_place_->isVisibleTo(this);
  if (editing && editor_->dirty() && index != index_) editor_->save();
  const bool other = index != index_;
  index_ = index;
  if (auto* item = index_ >= 0 ? pills_->itemAt(index_) : nullptr; item && item->widget())
    QTimer::singleShot(100, pages_, [this, one = QPointer<QWidget>(item->widget())] { if (one) pages_->ensureWidgetVisible(one); });      // once it is laid out
  different_->setVisible(page() != nullptr);
  describe_->setVisible(page() != nullptr);
  fill();
  if (!page()) edit_item(0);
  else if (editing && (other || !editor_->dirty())) edit();
  emit page_shown();
}

// What differs is said by its sign and its weight; amber only helps the eye.
void GroupTable::fill() {
  const auto* shown = page();
  if (shown == nullptr) {
    table_->setRowCount(0);
    table_->setColumnCount(0);
    return;
  }
  const auto& all = desk_.comparison();
  summary_->setText(shown->differences == 0 ? tr("没有不同") : tr("%1 项不同").arg(shown->differences));
  summary_->setAccessibleDescription(summary_->text());
  QStringList heads{tr("项目"), tr("内容")};
  for (const auto& member : all.members) heads << (member.number == desk_.leader() ? tr("手机 %1（主控）").arg(member.number) : tr("手机 %1").arg(member.number));
  table_->setColumnCount(static_cast<int>(heads.size()));
  table_->setHorizontalHeaderLabels(heads);
  std::vector<const ComparedRow*> rows;
  for (const auto& row : shown->rows)
    if (row.differs || !different_->isChecked()) rows.push_back(&row);
  table_->setRowCount(static_cast<int>(rows.size()));
  for (int r = 0; r < table_->rowCount(); ++r) {
    const auto& row = *rows[static_cast<std::size_t>(r)];
    table_->setItem(r, 0, new QTableWidgetItem(aspect_words(row.aspect)));
    table_->setItem(r, 1, new QTableWidgetItem(qs(row.what)));
    for (int c = 0; c < static_cast<int>(row.cells.size()); ++c) {
      const auto& cell = row.cells[static_cast<std::size_t>(c)];
      const bool time = row.aspect == Aspect::Time && parse_time(cell.text).has_value();       // which part of a second matters here
      auto* item = new QTableWidgetItem((cell.differs ? QStringLiteral("≠ ") : QString()) + (time ? qs(cell.text).mid(11, 12) : qs(cell.text)));
      item->setToolTip(qs(cell.text));
      if (cell.differs) {
        auto bold = item->font();
        bold.setBold(true);
        item->setFont(bold);
        item->setBackground(QColor("#fff0d4"));
        item->setForeground(colour::amber);
      }
      table_->setItem(r, c + 2, item);
    }
  }
  auto* header = table_->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::Stretch);
  header->setSectionResizeMode(0, QHeaderView::ResizeToContents);
  table_->resizeRowsToContents();
}

void GroupTable::edit() {
  const auto* item = page() ? item_of(*page()) : nullptr;
  edit_item(item ? item->number : 0);
}

void GroupTable::edit_item(int number) {
  editor_->edit(number);
  editor_place_->setVisible(number > 0);
}

void GroupTable::describe() {
  const auto& pages = desk_.comparison().pages;
  for (int i = static_cast<int>(pages.size()) - 1; i >= 0; --i)
    if (const auto* item = item_of(pages[static_cast<std::size_t>(i)]); item && item->description.proves.empty()) {
      if (auto* one = pills_->itemAt(i) ? qobject_cast<QPushButton*>(pills_->itemAt(i)->widget()) : nullptr) one->setChecked(true);
      show_page(i);
      break;
    }
  edit();
  for (auto* field : editor_->findChildren<QLineEdit*>())
    if (field->accessibleName() == ItemEditor::tr("证明对象")) field->setFocus();
}

void GroupTable::save() { editor_->save(); }

}  // namespace guzheng::ui
