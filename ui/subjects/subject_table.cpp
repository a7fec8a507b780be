#include "ui/subjects/subject_table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSettings>
#include <QStyledItemDelegate>
#include <QWheelEvent>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

constexpr int kSubjectRowHeight = 47;
constexpr std::size_t kMostPieces = 24;
constexpr char kTableColumnsKey[] = "subjects/columns";
constexpr int kWidthForUnits = 600;

QString middle(const std::string& text, std::size_t begin, std::size_t end) { return qs(std::string_view(text).substr(begin, end - begin)); }

// One line of text of which a part is marked.
struct Marked {
  QString before, mark, after;
  [[nodiscard]] QString all() const { return before + mark + after; }
};

Marked marked(const QString& label, const FieldMatch& match) {
  if (match.begin > match.end || match.end > match.text.size()) return {label + qs(match.text), {}, {}};
  return {label + middle(match.text, 0, match.begin), middle(match.text, match.begin, match.end), middle(match.text, match.end, match.text.size())};
}

Marked name_line(const SubjectLine& line) {
  for (const auto& match : line.matches)
    if (match.field == Field::Name) return marked({}, match);
  return {qs(line.subject.name), {}, {}};
}

// The field that matched, else the credit code.
Marked second_line(const SubjectLine& line) {
  for (const auto& match : line.matches)
    if (match.field != Field::Name) return marked(SubjectWords::word(match.field) + QStringLiteral("："), match);
  return {qs(!line.subject.credit_code.empty() ? line.subject.credit_code : line.subject.number), {}, {}};
}

class SubjectDelegate final : public QStyledItemDelegate {
 public:
  SubjectDelegate(const SubjectTable& table, QObject* parent) : QStyledItemDelegate(parent), table_(table) {}

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const auto row = table_.top() + index.row();
    const auto* line = table_.line(row);
    const bool current = row == table_.current();
    const bool ticked = line && table_.is_ticked(line->subject.id);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto& all = option.rect;
    if (current) painter->fillRect(all, colour::selected);
    else if (ticked) painter->fillRect(all, QColor("#f3f7fd"));
    painter->fillRect(QRect(all.left(), all.bottom(), all.width(), 1), QColor("#e6ecf3"));
    if (index.column() == 0) {
      if (current) painter->fillRect(QRect(all.left(), all.top(), 3, all.height()), colour::blue);
      paint_name(painter, option, all.adjusted(14, 4, -6, -4), line, ticked);
    } else if (line) {
      const auto inner = all.adjusted(8, 0, -6, 0);
      if (index.column() == SubjectRowsModel::Tags) paint_tags(painter, option, inner, *line);
      else if (index.column() == SubjectRowsModel::Checked) paint_sign(painter, option, inner, *line);
      else text(painter, sized(option.font, 13, false), colour::text, inner, index.data().toString());
    }
    painter->restore();
  }

 private:
  static QFont sized(QFont font, int pixels, bool bold) {
    font.setPixelSize(pixels);
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
  }

  static void text(QPainter* painter, const QFont& font, const QColor& ink, const QRect& place, const QString& words) {
    painter->setFont(font);
    painter->setPen(ink);
    painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft, QFontMetrics(font).elidedText(words, Qt::ElideRight, place.width()));
  }

  // With yellow behind the mark; from the left, as far as there is room.
  static void marked_text(QPainter* painter, const QFont& font, const QColor& ink, const QRect& place, const Marked& words) {
    const QFontMetrics metrics(font);
    if (!words.mark.isEmpty()) {
      const int x = place.left() + metrics.horizontalAdvance(words.before), width = metrics.horizontalAdvance(words.mark);
      if (x < place.right()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(QColor("#ffe49a"));
        painter->drawRoundedRect(QRect(x - 1, place.top() + 1, std::min(width + 2, place.right() - x), place.height() - 2), 3, 3);
      }
    }
    text(painter, font, ink, place, words.all());
  }

  static void paint_name(QPainter* painter, const QStyleOptionViewItem& option, QRect place, const SubjectLine* line, bool ticked) {
    if (!line) return text(painter, sized(option.font, 13, false), colour::grey, place, QStringLiteral("…"));
    if (ticked) {
      painter->drawPixmap(QPointF(place.left(), place.top() + 10), tinted("check", colour::blue, 18, painter->device()->devicePixelRatioF()));
      place.setLeft(place.left() + 26);
    }
    const int half = place.height() / 2 + 1;
    marked_text(painter, sized(option.font, 14, true), colour::text, QRect(place.left(), place.top(), place.width(), half), name_line(*line));
    marked_text(painter, sized(option.font, 12, false), colour::quiet, QRect(place.left(), place.top() + half, place.width(), place.height() - half), second_line(*line));
  }

  static void paint_tags(QPainter* painter, const QStyleOptionViewItem& option, const QRect& place, const SubjectLine& line) {
    const auto font = sized(option.font, 12, true);
    const QFontMetrics metrics(font);
    painter->setFont(font);
    int x = place.left();
    std::size_t shown = 0;
    for (const auto& tag : line.tags) {
      const auto chip = SubjectWords::chip_of(tag);
      const int sign = chip.icon.isEmpty() ? 0 : 18, width = metrics.horizontalAdvance(chip.text) + 14 + sign;
      const bool last = shown + 1 == line.tags.size();
      if (x + width + (last ? 0 : 34) > place.right()) break;
      paint_chip(painter, QRect(x, place.center().y() - 10, width, 21), chip, sign);
      x += width + 6;
      ++shown;
    }
    if (shown < line.tags.size()) paint_chip(painter, QRect(x, place.center().y() - 10, 30, 21), grey_chip(QString("+%1").arg(line.tags.size() - shown)), 0);
  }

  static void paint_chip(QPainter* painter, const QRect& frame, const RowChip& chip, int sign) {
    painter->setPen(chip.edge);
    painter->setBrush(chip.ground);
    painter->drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (sign) painter->drawPixmap(QPointF(frame.left() + 6, frame.top() + 3.5), tinted(chip.icon, chip.ink, 14, painter->device()->devicePixelRatioF()));
    painter->setPen(chip.ink);
    painter->drawText(frame.adjusted(7 + sign, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, chip.text);
  }

  static void paint_sign(QPainter* painter, const QStyleOptionViewItem& option, const QRect& place, const SubjectLine& line) {
    const auto sign = SubjectWords::sign_of(line.keeping);
    painter->drawPixmap(QPointF(place.left(), place.center().y() - 7), tinted(sign.icon, sign.colour, 16, painter->device()->devicePixelRatioF()));
    text(painter, sized(option.font, 13, sign.colour != colour::green), sign.colour == colour::green ? colour::text : sign.colour, place.adjusted(22, 0, 0, 0), sign.text);
  }

  const SubjectTable& table_;
};

}  // namespace

SubjectRowsModel::SubjectRowsModel(SubjectTable& table, SubjectDesk& desk) : QAbstractTableModel(&table), table_(table), desk_(desk) {}

void SubjectRowsModel::show(int rows) {
  if (rows == rows_) return refresh();
  beginResetModel();
  rows_ = rows;
  endResetModel();
}

void SubjectRowsModel::refresh() {
  if (rows_) emit dataChanged(index(0, 0), index(rows_ - 1, kColumns - 1));
}

QVariant SubjectRowsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)) return {};
  const auto* line = table_.line(table_.top() + index.row());
  if (!line) return QStringLiteral("…");
  switch (index.column()) {
    case Name: return name_line(*line).all() + QStringLiteral(" · ") + second_line(*line).all();
    case Tags: {
      QStringList names;
      for (const auto& tag : line->tags) names << qs(tag.name);
      return names.join(QStringLiteral("、"));
    }
    case UnitName: return qs(desk_.unit_name(line->subject.unit));
    case Checked: return SubjectWords::sign_of(line->keeping).text;
    default: return {};
  }
}

QVariant SubjectRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Vertical || (role != Qt::DisplayRole && role != Qt::TextAlignmentRole)) return {};
  if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
  const QString names[] = {tr("   主体"), tr("标签"), tr("监管单位"), tr("末次检查")};
  return names[section];
}

SubjectTable::SubjectTable(SubjectDesk& desk, SubjectSearch& search, QWidget* parent) : QWidget(parent), search_(search) {
  auto* across = new QHBoxLayout(this);
  across->setContentsMargins(0, 0, 0, 0);
  across->setSpacing(0);
  model_ = new SubjectRowsModel(*this, desk);
  view_ = new QTableView;
  view_->setModel(model_);
  view_->setItemDelegate(new SubjectDelegate(*this, view_));
  view_->setAccessibleName(tr("主体表"));
  view_->setShowGrid(false);
  view_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  view_->setSelectionMode(QAbstractItemView::NoSelection);
  view_->verticalHeader()->hide();
  view_->verticalHeader()->setDefaultSectionSize(kSubjectRowHeight);
  view_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  view_->horizontalHeader()->setHighlightSections(false);
  view_->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
  view_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  view_->horizontalHeader()->setMinimumSectionSize(60);
  view_->setColumnWidth(SubjectRowsModel::Tags, 178);
  view_->setColumnWidth(SubjectRowsModel::UnitName, 116);
  view_->setColumnWidth(SubjectRowsModel::Checked, 116);
  view_->horizontalHeader()->restoreState(QSettings().value(kTableColumnsKey).toByteArray());
  connect(view_->horizontalHeader(), &QHeaderView::sectionResized, this, [this] { QSettings().setValue(kTableColumnsKey, view_->horizontalHeader()->saveState()); });
  view_->installEventFilter(this);
  view_->viewport()->installEventFilter(this);
  bar_ = new QScrollBar(Qt::Vertical);
  bar_->setAccessibleName(tr("主体表位置"));
  bar_->setFocusPolicy(Qt::NoFocus);
  across->addWidget(view_, 1);
  across->addWidget(bar_);
  connect(bar_, &QScrollBar::valueChanged, this, [this](int value) { scroll_to(value); });
  connect(&search_, &SubjectSearch::answered, this, &SubjectTable::restart);
  connect(&search_, &SubjectSearch::counted, this, &SubjectTable::fit);
  connect(&search_, &SubjectSearch::piece_ready, this, [this](qint64 piece, const std::vector<SubjectLine>& lines) {
    pieces_[piece] = lines;
    while (pieces_.size() > kMostPieces) {             // the one farthest from what is seen goes
      const auto here = top_ / SubjectSearch::kPiece;
      const auto first = pieces_.begin(), last = std::prev(pieces_.end());
      pieces_.erase(here - first->first > last->first - here ? first : last);
    }
    model_->refresh();
    view_->viewport()->update();
    if (current_ / SubjectSearch::kPiece == piece) emit moved();
  });
}

void SubjectTable::restart() {
  // the same question asked again after a change: the place stays
  const auto& query = search_.query();
  const bool same = query.text == asked_.text && query.filter == asked_.filter;
  asked_ = query;
  stale_ = same;
  if (!same) {
    pieces_.clear();
    top_ = current_ = 0;
  }
  fit();
}

const SubjectLine* SubjectTable::line(std::int64_t row) const {
  if (row < 0) return nullptr;
  const auto piece = pieces_.find(row / SubjectSearch::kPiece);
  if (piece == pieces_.end()) return nullptr;
  const auto at = static_cast<std::size_t>(row % SubjectSearch::kPiece);
  return at < piece->second.size() ? &piece->second[at] : nullptr;
}

void SubjectTable::fit() {
  const int seen = std::max(1, view_->viewport()->height() / kSubjectRowHeight);
  const auto rows = search_.rows();
  if (stale_) {
    if (!search_.all_counted() && rows < std::max(top_ + seen, current_ + 1)) return;
    stale_ = false;
    pieces_.clear();
  }
  const auto most = static_cast<int>(std::clamp<std::int64_t>(rows - seen, 0, std::numeric_limits<int>::max()));
  const QSignalBlocker quiet(bar_);
  bar_->setRange(0, most);
  bar_->setPageStep(seen);
  bar_->setVisible(most > 0);
  top_ = std::clamp<std::int64_t>(top_, 0, most);
  current_ = std::clamp<std::int64_t>(current_, 0, std::max<std::int64_t>(rows - 1, 0));
  bar_->setValue(static_cast<int>(top_));
  model_->show(static_cast<int>(std::min<std::int64_t>(seen + 1, std::max<std::int64_t>(rows - top_, 0))));
  view_->viewport()->update();
  ask_seen();
}

void SubjectTable::scroll_to(std::int64_t top) {
  top_ = std::clamp<std::int64_t>(top, 0, bar_->maximum());
  const QSignalBlocker quiet(bar_);
  bar_->setValue(static_cast<int>(top_));
  const int seen = std::max(1, view_->viewport()->height() / kSubjectRowHeight);
  model_->show(static_cast<int>(std::min<std::int64_t>(seen + 1, search_.rows() - top_)));
  view_->viewport()->update();
  ask_seen();
}

void SubjectTable::ask_seen() {
  const auto first = top_ / SubjectSearch::kPiece, last = (top_ + bar_->pageStep()) / SubjectSearch::kPiece;
  for (auto piece = first; piece <= last; ++piece)
    if (!pieces_.contains(piece) && piece * SubjectSearch::kPiece < search_.rows()) search_.want(piece);
  const auto wanted = current_ / SubjectSearch::kPiece;
  if (!pieces_.contains(wanted) && search_.rows() > 0) search_.want(wanted);
}

void SubjectTable::go(std::int64_t row) {
  if (search_.rows() == 0) return;
  current_ = std::clamp<std::int64_t>(row, 0, search_.rows() - 1);
  const int seen = bar_->pageStep();
  if (current_ < top_) scroll_to(current_);
  else if (current_ >= top_ + seen) scroll_to(current_ - seen + 1);
  ask_seen();
  model_->refresh();
  view_->viewport()->update();
  emit moved();
}

void SubjectTable::tick_current() {
  const auto* here = current_line();
  if (!here) return;
  if (!ticked_.erase(here->subject.id)) ticked_.insert(here->subject.id);
  view_->viewport()->update();
  emit ticks_changed();
}

void SubjectTable::untick() {
  ticked_.clear();
  view_->viewport()->update();
  emit ticks_changed();
}

bool SubjectTable::key(QKeyEvent* event) {
  if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) return false;
  const int seen = bar_->pageStep();
  switch (event->key()) {
    case Qt::Key_Up: go(current_ - 1); return true;
    case Qt::Key_Down: go(current_ + 1); return true;
    case Qt::Key_PageUp: go(current_ - seen); return true;
    case Qt::Key_PageDown: go(current_ + seen); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (const auto* here = current_line()) emit opened(here->subject.id);
      return true;
    default: return false;
  }
}

void SubjectTable::clicked(const QModelIndex& index, Qt::KeyboardModifiers keys) {
  if (!index.isValid()) return;
  go(top_ + index.row());
  if (keys & Qt::ControlModifier) tick_current();
}

bool SubjectTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == view_ && event->type() == QEvent::KeyPress) {
    auto* pressed = static_cast<QKeyEvent*>(event);
    if (key(pressed)) return true;
    if (pressed->key() == Qt::Key_Home) return go(0), true;
    if (pressed->key() == Qt::Key_End) return go(search_.rows() - 1), true;
    if (pressed->key() == Qt::Key_Space) return tick_current(), true;
    return false;
  }
  if (watched != view_->viewport()) return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::Wheel) {
    wheel_ -= static_cast<QWheelEvent*>(event)->angleDelta().y();
    const int rows = wheel_ / 40;          // three a notch
    wheel_ -= rows * 40;
    if (rows) scroll_to(top_ + rows);
    return true;
  }
  if (event->type() == QEvent::MouseButtonPress) {
    auto* mouse = static_cast<QMouseEvent*>(event);
    view_->setFocus();
    clicked(view_->indexAt(mouse->pos()), mouse->modifiers());
    return true;
  }
  if (event->type() == QEvent::MouseButtonDblClick) {
    if (const auto* here = current_line()) emit opened(here->subject.id);
    return true;
  }
  if (event->type() == QEvent::Resize) QMetaObject::invokeMethod(this, &SubjectTable::fit, Qt::QueuedConnection);
  return false;
}

void SubjectTable::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  // names before all else: at 150 % there is no room for units beside them, and the summary tells the unit
  view_->setColumnHidden(SubjectRowsModel::UnitName, width() < kWidthForUnits);
  fit();
}

}  // namespace guzheng::ui
