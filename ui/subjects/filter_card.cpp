#include "ui/subjects/filter_card.h"

#include <QHBoxLayout>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

constexpr int kShownOfGroup = 8;

bool same_facet(const Facet& a, const Facet& b) { return a.group == b.group && a.number == b.number && a.text == b.text; }

}  // namespace

FilterCard::FilterCard(SubjectDesk& desk, SubjectSearch& search, QWidget* parent) : Card(tr("筛选"), parent), desk_(desk), search_(search) {
  clear_ = link_button(tr("清除"));
  clear_->setAccessibleName(tr("清除筛选"));
  header()->addWidget(clear_);
  save_ = link_button(tr("保存筛选"));
  header()->addWidget(save_);
  build_saved();
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 4, 0);
  column->setSpacing(6);
  build_groups(column);
  column->addStretch(1);
  body()->addWidget(scroller(content), 1);
  connect(clear_, &QPushButton::clicked, this, [this] {
    filter_ = {};
    refresh_boxes();
    emit changed();
  });
  connect(&search_, &SubjectSearch::facets_counted, this, &FilterCard::take_facets);
  connect(&desk_, &SubjectDesk::lists_changed, this, &FilterCard::refresh_saved);
  connect(&desk_, &SubjectDesk::opened, this, &FilterCard::refresh_saved);
  take_facets();
  refresh_saved();
}

void FilterCard::build_saved() {
  saved_ = new QComboBox;
  saved_->setAccessibleName(tr("已存筛选"));
  forget_ = button({}, "bin");
  forget_->setAccessibleName(tr("删除已存筛选"));
  forget_->setToolTip(tr("删除选中的已存筛选"));
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  row->addWidget(saved_, 1);
  row->addWidget(forget_);
  body()->addLayout(row);
  name_row_ = new QWidget;
  auto* across = new QHBoxLayout(name_row_);
  across->setContentsMargins(0, 0, 0, 0);
  across->setSpacing(6);
  name_ = new QLineEdit;
  name_->setAccessibleName(tr("筛选名称"));
  name_->setPlaceholderText(tr("给它起个名称"));
  name_->setMaxLength(60);
  auto* keep = button(tr("存"));
  keep->setAccessibleName(tr("存下筛选"));
  across->addWidget(name_, 1);
  across->addWidget(keep);
  body()->addWidget(name_row_);
  name_row_->hide();
  connect(save_, &QPushButton::clicked, this, [this] {
    name_row_->setVisible(!name_row_->isVisible());
    name_->setFocus();
  });
  const auto store = [this] {
    const auto name = name_->text().trimmed();
    if (name.isEmpty()) return;
    search_.save_filter(ss(name));
    name_->clear();
    name_row_->hide();
  };
  connect(keep, &QPushButton::clicked, this, store);
  connect(name_, &QLineEdit::returnPressed, this, store);
  connect(forget_, &QPushButton::clicked, this, [this] {
    if (saved_->currentIndex() > 0) search_.forget_filter(ss(saved_->currentText()));
  });
  connect(saved_, &QComboBox::activated, this, [this](int index) {
    forget_->setVisible(index > 0);
    const auto& filters = desk_.lists().filters;
    if (index > 0 && index <= static_cast<int>(filters.size())) emit saved_wanted(filters[static_cast<std::size_t>(index) - 1].query);
  });
}

void FilterCard::build_groups(QVBoxLayout* column) {
  for (int i = 0; i < kFacetGroups; ++i) {
    auto& group = groups_[i];
    const auto name = SubjectWords::word(static_cast<FacetGroup>(i));
    group.all = new QWidget;
    auto* whole = new QVBoxLayout(group.all);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(2);
    if (i > 0) whole->addWidget(line());
    group.head = link_button(name);
    group.head->setIcon(icon("chevron", colour::quiet));
    group.head->setLayoutDirection(Qt::RightToLeft);     // the sign stands behind the word
    group.head->setAccessibleName(tr("筛选组 ") + name);
    whole->addWidget(group.head, 0, Qt::AlignLeft | Qt::AlignAbsolute);
    auto* rows = new QWidget;
    group.rows = new QVBoxLayout(rows);
    group.rows->setContentsMargins(0, 0, 0, 4);
    group.rows->setSpacing(1);
    whole->addWidget(rows);
    connect(group.head, &QPushButton::clicked, this, [rows] { rows->setVisible(!rows->isVisible()); });
    group.more = link_button({});
    group.more->setAccessibleName(tr("更多筛选 ") + name);
    whole->addWidget(group.more, 0, Qt::AlignLeft);
    connect(group.more, &QPushButton::clicked, this, [this, i] {
      groups_[i].all_shown = !groups_[i].all_shown;
      refresh_boxes();
    });
    column->addWidget(group.all);
    group.all->hide();
  }
}

void FilterCard::set_filter(const SubjectFilter& filter) {
  filter_ = filter;
  refresh_boxes();
}

void FilterCard::take_facets() {
  const auto& facets = search_.facets();
  const bool same = facets.size() == boxes_.size() && std::equal(facets.begin(), facets.end(), boxes_.begin(), [](const Facet& facet, const Box& box) { return same_facet(facet, box.facet); });
  if (!same) rebuild();
  for (std::size_t i = 0; i < facets.size(); ++i) {
    boxes_[i].facet = facets[i];
    boxes_[i].count->setText(facets[i].capped ? QString("%1+").arg(facets[i].count) : QString::number(facets[i].count));
    boxes_[i].box->setAccessibleDescription(boxes_[i].count->text());
  }
  refresh_boxes();
}

void FilterCard::rebuild() {
  boxes_.clear();
  for (auto& group : groups_) clear_layout(group.rows);
  for (const auto& facet : search_.facets()) {
    auto* row = new QWidget;
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(2, 1, 2, 1);
    across->setSpacing(6);
    const auto region = facet.group == FacetGroup::Region ? qs(desk_.region_name(facet.text)) : QString();
    const auto name = region.isEmpty() ? SubjectWords::name_of(facet) : region;
    auto* box = new QCheckBox;
    box->setText(box->fontMetrics().elidedText(name, Qt::ElideRight, 108));
    box->setAccessibleName(tr("筛选 %1 %2").arg(SubjectWords::word(facet.group), name));
    box->setToolTip(name);
    box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* count = label({}, "small");
    across->addWidget(box, 1);
    across->addWidget(count);
    groups_[static_cast<std::size_t>(facet.group)].rows->addWidget(row);
    connect(box, &QCheckBox::clicked, this, [this, facet](bool on) {
      set_facet(filter_, facet, on);
      refresh_boxes();
      emit changed();
    });
    boxes_.push_back({facet, box, count, row});
  }
}

// A box with nothing behind it is not shown, unless it is ticked, or one of those that everybody looks for; of a long group the first ones.
void FilterCard::refresh_boxes() {
  int useful[kFacetGroups]{};
  for (const auto& one : boxes_) {
    auto& count = useful[static_cast<std::size_t>(one.facet.group)];
    const bool on = has_facet(filter_, one.facet);
    one.box->setChecked(on);
    const bool always = one.facet.group == FacetGroup::EntryKind || one.facet.group == FacetGroup::Tag;
    const bool wanted = on || always || one.facet.count > 0;
    one.row->setVisible(on || (wanted && (count < kShownOfGroup || groups_[static_cast<std::size_t>(one.facet.group)].all_shown)));
    count += wanted;
  }
  for (int i = 0; i < kFacetGroups; ++i) {
    groups_[i].all->setVisible(useful[i] > 0);
    groups_[i].more->setVisible(useful[i] > kShownOfGroup);
    groups_[i].more->setText(groups_[i].all_shown ? tr("收起") : tr("另有 %1 项").arg(useful[i] - kShownOfGroup));
  }
  clear_->setVisible(!(filter_ == SubjectFilter{}));
}

void FilterCard::refresh_saved() {
  const auto before = saved_->currentIndex() > 0 ? saved_->currentText() : QString();
  saved_->clear();
  saved_->addItem(tr("已存的筛选…"));
  for (const auto& filter : desk_.lists().filters) saved_->addItem(qs(filter.name));
  saved_->setCurrentIndex(before.isEmpty() ? 0 : std::max(0, saved_->findText(before)));
  const bool some = saved_->count() > 1;
  saved_->setVisible(some);
  forget_->setVisible(some && saved_->currentIndex() > 0);
}

}  // namespace guzheng::ui
