#include "ui/subjects/browse_view.h"

#include <QHBoxLayout>
#include <QKeyEvent>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/filter_card.h"
#include "ui/subjects/subject_table.h"
#include "ui/subjects/summary_card.h"

namespace guzheng::ui {
namespace {
constexpr int kFiltersFrom = 1180, kSummaryFrom = 860, kTypingMs = 40;
}

BrowseView::BrowseView(SubjectDesk& desk, SubjectSearch& search, QWidget* parent) : QWidget(parent), desk_(desk), search_(search) {
  auto* across = new QHBoxLayout(this);
  across->setContentsMargins(16, 16, 16, 16);
  across->setSpacing(16);
  auto* left = new QVBoxLayout;
  left->setSpacing(16);
  auto* top = new QHBoxLayout;
  top->setSpacing(8);
  top->addWidget(build_search(), 1);
  build_acts(top);
  left->addLayout(top);
  auto* lower = new QHBoxLayout;
  lower->setSpacing(16);
  filters_ = new FilterCard(desk, search);
  filters_->setFixedWidth(200);
  lower->addWidget(filters_);
  lower->addWidget(build_table(), 1);
  left->addLayout(lower, 1);
  across->addLayout(left, 1);
  summary_ = new SummaryCard(desk);
  summary_->setFixedWidth(360);
  across->addWidget(summary_);
  soon_.setSingleShot(true);
  soon_.setInterval(kTypingMs);
  connect(&soon_, &QTimer::timeout, this, &BrowseView::ask);
  connect(words_, &QLineEdit::textChanged, this, [this] {
    clear_->setVisible(!words_->text().isEmpty());
    soon_.start();
  });
  connect(filters_, &FilterCard::changed, this, &BrowseView::ask);
  connect(filters_, &FilterCard::saved_wanted, this, [this](const SubjectQuery& query) {
    filters_->set_filter(query.filter);
    words_->setText(qs(query.text));
    ask();
  });
  connect(table_, &SubjectTable::moved, this, [this] { summary_->show_line(table_->current_line()); });
  connect(table_, &SubjectTable::opened, this, &BrowseView::open_wanted);
  connect(table_, &SubjectTable::ticks_changed, this, &BrowseView::show_foot);
  connect(summary_, &SummaryCard::open_wanted, this, &BrowseView::open_wanted);
  connect(summary_, &SummaryCard::capture_wanted, this, &BrowseView::capture_wanted);
  connect(summary_, &SummaryCard::tags_wanted, this, [this](qint64 id) { emit tags_wanted({id}); });
  for (auto told : {&SubjectSearch::answered, &SubjectSearch::counted}) connect(&search_, told, this, &BrowseView::show_counts);
  connect(&desk_, &SubjectDesk::index_changed, this, [this] {
    show_counts();
    if (desk_.index().behind == 0) search_.again();      // what was imported can be found now
  });
  connect(&desk_, &SubjectDesk::lists_changed, this, &BrowseView::show_counts);
  connect(&desk_, &SubjectDesk::undoable_changed, this, &BrowseView::show_foot);
  connect(&desk_, &SubjectDesk::opened, this, &BrowseView::show_foot);
  show_counts();
  show_foot();
  if (desk_.is_open()) ask();              // the window was built anew
}

QWidget* BrowseView::build_search() {
  auto* box = new QFrame;
  box->setObjectName("searchBox");
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(16, 0, 10, 0);
  row->setSpacing(8);
  auto* sign = new QLabel;
  sign->setPixmap(tinted("search", colour::blue, 20, devicePixelRatioF()));
  words_ = new QLineEdit;
  words_->setObjectName("searchWords");
  words_->setAccessibleName(tr("搜索主体"));
  words_->setMinimumHeight(30);
  words_->setPlaceholderText(tr("名称、简称、信用代码、店铺、地址、拼音首字母"));
  words_->setMaxLength(200);
  words_->installEventFilter(this);
  clear_ = link_button({});
  clear_->setIcon(icon("cross", colour::quiet));
  clear_->setAccessibleName(tr("清空搜索"));
  clear_->setToolTip(clear_->accessibleName());
  clear_->hide();
  connect(clear_, &QPushButton::clicked, this, [this] {
    words_->clear();
    focus_search();
  });
  auto* key = label(QStringLiteral("Ctrl+F"), "small");
  key->setProperty("chip", "grey");
  key->setFixedHeight(24);
  row->addWidget(sign);
  row->addWidget(words_, 1);
  row->addWidget(clear_);
  row->addWidget(key);
  return box;
}

// What is done with the library as a whole.
void BrowseView::build_acts(QHBoxLayout* into) {
  notices_ = button(tr("通知"), "bell");
  notices_->setAccessibleName(tr("主体通知"));
  auto* patrol = button(tr("巡检"), "refresh");
  patrol->setAccessibleName(tr("巡检店铺账号"));
  auto* push = button(tr("推送"), "out");
  push->setAccessibleName(tr("推送主体"));
  for (auto* one : {notices_, patrol, push}) into->addWidget(one);
  connect(notices_, &QPushButton::clicked, this, &BrowseView::notices_wanted);
  connect(patrol, &QPushButton::clicked, this, &BrowseView::patrol_wanted);
  connect(push, &QPushButton::clicked, this, &BrowseView::push_wanted);
}

void BrowseView::show_notices(std::int64_t unseen) {
  notices_->setText(unseen ? tr("通知 %1").arg(unseen) : tr("通知"));
  notices_->setAccessibleDescription(tr("%1 条未读").arg(unseen));
}

QWidget* BrowseView::build_table() {
  auto* card = new QFrame;
  card->setProperty("card", true);
  auto* all = new QVBoxLayout(card);
  all->setContentsMargins(1, 0, 1, 0);
  all->setSpacing(0);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(15, 9, 12, 9);
  head->setSpacing(10);
  fold_ = button(tr("筛选"), "filter");
  fold_->setAccessibleName(tr("显示筛选"));
  fold_->setCheckable(true);
  connect(fold_, &QPushButton::toggled, this, &BrowseView::fold);
  found_ = label({}, "title");
  found_->setAccessibleName(tr("匹配数"));
  all_ = label({}, "small");
  all_->setAccessibleName(tr("主体总数"));
  behind_ = label({}, "warn");
  behind_->setAccessibleName(tr("索引进度"));
  took_ = label({}, "small");
  took_->setAccessibleName(tr("搜索用时"));
  auto* add = button(tr("新主体"), "plus");
  auto* import = button(tr("导入"), "in");
  import->setAccessibleName(tr("导入主体"));
  auto* library = button(tr("标签库"), "tag");
  head->addWidget(fold_);
  head->addWidget(found_);
  head->addWidget(all_);
  head->addWidget(behind_);
  head->addStretch(1);
  head->addWidget(took_);
  head->addWidget(library);
  head->addWidget(import);
  head->addWidget(add);
  all->addLayout(head);
  all->addWidget(line());
  empty_ = wrapped({}, "quiet");
  empty_->setAccessibleName(tr("没有结果"));
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setContentsMargins(24, 40, 24, 40);
  table_ = new SubjectTable(desk_, search_);
  all->addWidget(empty_, 1);
  all->addWidget(table_, 1);
  all->addWidget(line());
  all->addWidget(build_foot());
  connect(add, &QPushButton::clicked, this, &BrowseView::add_wanted);
  connect(import, &QPushButton::clicked, this, &BrowseView::import_wanted);
  connect(library, &QPushButton::clicked, this, &BrowseView::library_wanted);
  return card;
}

QWidget* BrowseView::build_foot() {
  auto* foot = new QWidget;
  auto* row = new QHBoxLayout(foot);
  row->setContentsMargins(15, 9, 12, 9);
  row->setSpacing(8);
  ticked_ = label({}, "small");
  ticked_->setAccessibleName(tr("已选主体"));
  untick_ = link_button(tr("取消选择"));
  undo_ = button(tr("撤销"), "undo");
  undo_->setAccessibleName(tr("撤销上一步"));
  undo_->setToolTip(QStringLiteral("Ctrl+Z"));
  tag_ = button(tr("加标签"), "tag");
  tag_->setAccessibleName(tr("成批加标签"));
  auto* marks = button(tr("标识"), "flag");
  marks->setAccessibleName(tr("标识主体"));
  marks->setToolTip(tr("数据级别和数据地域"));
  connect(marks, &QPushButton::clicked, this, &BrowseView::marks_wanted);
  auto* out = button(tr("导出"), "export");
  out->setAccessibleName(tr("导出主体"));
  capture_ = main_button(tr("发起取证"), "phone");
  capture_->setAccessibleName(tr("对所选主体发起取证"));
  row->addWidget(ticked_);
  row->addWidget(untick_);
  row->addStretch(1);
  row->addWidget(undo_);
  row->addWidget(tag_);
  row->addWidget(marks);
  row->addWidget(out);
  row->addWidget(capture_);
  connect(untick_, &QPushButton::clicked, table_, &SubjectTable::untick);
  connect(undo_, &QPushButton::clicked, this, &BrowseView::undo_wanted);
  connect(tag_, &QPushButton::clicked, this, [this] { emit tags_wanted(chosen()); });
  connect(out, &QPushButton::clicked, this, &BrowseView::export_wanted);
  connect(capture_, &QPushButton::clicked, this, [this] { emit capture_wanted(current()); });
  return foot;
}

void BrowseView::ask() {
  SubjectQuery query;
  const auto typed = words_->text().trimmed();
  // results from two characters on; one Chinese character is a word already
  if (typed.size() >= 2 || (typed.size() == 1 && typed.at(0).unicode() > 0x2e80)) query.text = ss(typed);
  query.filter = filters_->filter();
  search_.ask(query);
}

void BrowseView::show_counts() {
  const bool asked = !search_.query().text.empty() || !(search_.query().filter == SubjectFilter{});
  const auto put = [](QLabel* where, const QString& text) {
    where->setText(text);
    where->setAccessibleDescription(text);
    where->setVisible(!text.isEmpty());
  };
  const auto total = desk_.lists().count;
  const auto rows = search_.all_counted() ? QString::number(search_.matches()) : QString::number(std::max(search_.count(), search_.matches())) + (search_.capped() || search_.rows() > search_.count() ? "+" : "");
  put(found_, !desk_.is_open() ? tr("正在打开主体库…") : asked ? tr("%1 个匹配").arg(rows) : tr("%1 个主体").arg(total));
  put(all_, asked && desk_.is_open() ? tr("共 %1 个主体").arg(total) : QString());
  put(behind_, desk_.index().behind ? tr("索引还差 %1 个").arg(desk_.index().behind) : QString());
  put(took_, asked ? tr("%1 ms").arg(search_.took_ms()) : QString());
  const bool none = desk_.is_open() && search_.rows() == 0;
  put(empty_, !none ? QString() : !asked ? tr("主体库是空的。点“导入”从表格导入，或点“新主体”。")
                                         : tr("没有找到。可以少打几个字，或清除筛选。") + (desk_.index().behind ? tr("新导入的还在编索引，稍后能搜到。") : QString()));
  table_->setVisible(!none);
  if (none) summary_->show_line(nullptr);
  show_foot();
}

void BrowseView::show_foot() {
  const auto count = table_->ticked().size();
  ticked_->setText(count ? tr("已选 %1 个").arg(count) : tr("↑↓ 选择   Enter 打开   空格 多选"));
  ticked_->setAccessibleDescription(ticked_->text());
  untick_->setVisible(count > 0);
  undo_->setVisible(desk_.undoable() > 0);
  undo_->setEnabled(desk_.may_change());
  tag_->setEnabled(desk_.may_change() && search_.rows() > 0);
}

std::vector<SubjectId> BrowseView::chosen() const {
  auto out = table_->ticked();
  if (out.empty() && current()) out.push_back(current());
  return out;
}

SubjectId BrowseView::current() const {
  const auto* line = table_->current_line();
  return line ? line->subject.id : 0;
}

void BrowseView::focus_search() {
  words_->setFocus();
  words_->selectAll();
}

void BrowseView::focus_table() { table_->setFocus(); }

void BrowseView::fold() {
  const bool wide = width() >= kFiltersFrom, summary = width() >= kSummaryFrom;
  fold_->setVisible(!wide);
  filters_->setVisible(wide || fold_->isChecked());
  summary_->setVisible(summary && (wide || !fold_->isChecked()));
  capture_->setVisible(!summary_->isVisibleTo(this));
}

void BrowseView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fold();
}

bool BrowseView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == words_ && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)) set_role(words_->parentWidget(), "focused", event->type() == QEvent::FocusIn);
  if (watched == words_ && event->type() == QEvent::KeyPress) {
    auto* pressed = static_cast<QKeyEvent*>(event);
    if (pressed->key() == Qt::Key_Escape && !words_->text().isEmpty()) return words_->clear(), true;
    if (table_->key(pressed)) return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace guzheng::ui
