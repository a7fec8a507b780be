#include "ui/base/row_list.h"

#include <QPainter>

#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr int kTitleHeight = 22, kLineHeight = 18, kChipHeight = 20, kPad = 8;

class RowDelegate final : public QStyledItemDelegate {
 public:
  RowDelegate(const RowModel& model, const RowLook& look, QObject* parent)
      : QStyledItemDelegate(parent), model_(model), look_(look) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    const int text = 2 * kPad + kTitleHeight + look_.text_lines * kLineHeight + look_.chip_lines * (kChipHeight + 4);
    return {100, std::max(text, look_.picture_height ? look_.picture_height + 2 * kPad : 0)};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const auto& row = model_.row(index.row());
    const QRect all = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paint_ground(painter, option, index, all);
    int x = all.left() + 12;
    if (look_.left_width) {
      painter->setFont(sized(option.font, 12, false));
      painter->setPen(option.state & QStyle::State_Selected ? colour::blue : muted());
      painter->drawText(QRect(x, all.top() + kPad, look_.left_width, kTitleHeight), Qt::AlignVCenter | Qt::AlignLeft, row.left);
      x += look_.left_width + 8;
    }
    if (look_.picture_width) {
      paint_picture(painter, row, QRect(x, all.top() + kPad, look_.picture_width, look_.picture_height),
                    option.state & QStyle::State_Selected);
      x += look_.picture_width + 10;
    } else if (look_.signs) {
      paint_sign(painter, row, x, all, index);
      x += 26;
    }
    paint_text(painter, option, row, QRect(x, all.top() + kPad, all.right() - x - 10, all.height() - 2 * kPad));
    painter->restore();
  }

 private:
  [[nodiscard]] QColor muted() const { return look_.dark ? QColor("#a9bbd2") : colour::quiet; }

  static QFont sized(QFont font, int pixels, bool bold) {
    font.setPixelSize(pixels);
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
  }

  void paint_ground(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QRect& all) const {
    const bool selected = option.state & QStyle::State_Selected;
    if (selected) {
      painter->fillRect(all, look_.dark ? QColor("#24364f") : colour::selected);
      painter->fillRect(QRect(all.left(), all.top(), 3, all.height()), look_.dark ? colour::sky : colour::blue);
    } else if (option.state & QStyle::State_MouseOver) {
      painter->fillRect(all, look_.dark ? QColor("#1b2b42") : QColor("#f5f8fc"));
    }
    if (look_.rule && index.row() + 1 < model_.rowCount()) {
      painter->fillRect(QRect(all.left() + 12, all.bottom(), all.width() - 24, 1), QColor("#e1e8f0"));
    }
    if (selected && option.state & QStyle::State_HasFocus) {
      painter->setPen(QPen(look_.dark ? colour::sky : colour::blue, 1));
      painter->drawRect(QRectF(all).adjusted(0.5, 0.5, -0.5, -0.5));
    }
  }

  void paint_sign(QPainter* painter, const Row& row, int x, const QRect& all, const QModelIndex& index) const {
    const QPointF centre(x + 9, all.top() + kPad + kTitleHeight / 2.0);
    if (look_.rail) {
      painter->setPen(QPen(QColor("#cfd8e3"), 2));
      const double top = index.row() == 0 ? centre.y() : all.top();
      const double bottom = index.row() + 1 == model_.rowCount() ? centre.y() : all.bottom() + 1;
      painter->drawLine(QPointF(centre.x(), top), QPointF(centre.x(), bottom));
    }
    if (row.icon.isEmpty()) {
      painter->setPen(QPen(look_.dark ? QColor("#131f30") : colour::white, 2));
      painter->setBrush(row.colour);
      painter->drawEllipse(centre, 6, 6);
      return;
    }
    painter->setPen(Qt::NoPen);
    auto ground = row.colour.lighter(100);
    ground.setAlpha(30);
    painter->setBrush(colour::white);
    painter->drawEllipse(centre, 11, 11);
    painter->setBrush(ground);
    painter->drawEllipse(centre, 11, 11);
    painter->drawPixmap(QPointF(centre.x() - 7, centre.y() - 7), tinted(row.icon, row.colour, 14, painter->device()->devicePixelRatioF()));
  }

  void paint_picture(QPainter* painter, const Row& row, const QRect& frame, bool selected) const {
    painter->fillRect(frame, QColor("#24364f"));
    if (!row.picture.isNull()) {
      // the top of the page tells it apart best
      const double scale = static_cast<double>(row.picture.width()) / frame.width();
      painter->setRenderHint(QPainter::SmoothPixmapTransform);
      painter->drawPixmap(QRectF(frame), row.picture, QRectF(0, 0, row.picture.width(), frame.height() * scale));
    }
    painter->setPen(QPen(selected ? colour::sky : QColor("#44587a"), selected ? 2 : 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(frame, 3, 3);
  }

  void paint_text(QPainter* painter, const QStyleOptionViewItem& option, const Row& row, QRect area) const {
    const auto title_font = sized(option.font, 14, true);
    painter->setFont(title_font);
    painter->setPen(look_.dark ? QColor("#eef3fa") : colour::text);
    const QFontMetrics title_metrics(title_font);
    painter->drawText(QRect(area.left(), area.top(), area.width(), kTitleHeight), Qt::AlignVCenter | Qt::AlignLeft,
                      title_metrics.elidedText(row.title, Qt::ElideRight, area.width()));
    int y = area.top() + kTitleHeight;
    const auto line_font = sized(option.font, 12, false);
    const QFontMetrics line_metrics(line_font);
    painter->setFont(line_font);
    painter->setPen(muted());
    for (const auto& line : row.lines) {
      painter->drawText(QRect(area.left(), y, area.width(), kLineHeight), Qt::AlignVCenter | Qt::AlignLeft,
                        line_metrics.elidedText(line, Qt::ElideRight, area.width()));
      y += kLineHeight;
    }
    paint_chips(painter, option, row, QRect(area.left(), y + 4, area.width(), kChipHeight), look_.chip_lines);
  }

  void paint_chips(QPainter* painter, const QStyleOptionViewItem& option, const Row& row, QRect area, int lines) const {
    const auto font = sized(option.font, 12, true);
    const QFontMetrics metrics(font);
    painter->setFont(font);
    int x = area.left();
    for (const auto& chip : row.chips) {
      const int width = metrics.horizontalAdvance(chip.text) + (chip.icon.isEmpty() ? 16 : 34);
      if (x + width > area.right() + 1) {
        if (--lines <= 0) break;
        area.translate(0, kChipHeight + 4);
        x = area.left();
      }
      const QRectF frame(x + 0.5, area.top() + 0.5, width, kChipHeight - 1);
      painter->setPen(chip.edge);
      painter->setBrush(chip.ground);
      painter->drawRoundedRect(frame, 4, 4);
      int text_x = x + 8;
      if (!chip.icon.isEmpty()) {
        painter->drawPixmap(QPointF(x + 7, area.top() + 3), tinted(chip.icon, chip.ink, 14, painter->device()->devicePixelRatioF()));
        text_x = x + 25;
      }
      painter->setPen(chip.ink);
      painter->drawText(QRect(text_x, area.top(), width, kChipHeight), Qt::AlignVCenter | Qt::AlignLeft, chip.text);
      x += width + 6;
    }
  }

  const RowModel& model_;
  const RowLook& look_;
};

}  // namespace

RowChip blue_chip(const QString& text, const QString& icon) { return {text, icon, "#174f98", "#e3edfa", "#b5cef0"}; }
RowChip amber_chip(const QString& text, const QString& icon) { return {text, icon, "#7a4a00", "#fdeecf", "#efcf94"}; }
RowChip red_chip(const QString& text, const QString& icon) { return {text, icon, "#b5201d", "#fdecec", "#efb3b1"}; }
RowChip green_chip(const QString& text, const QString& icon) { return {text, icon, "#14713a", "#e3f4e9", "#a9d9ba"}; }
RowChip grey_chip(const QString& text, const QString& icon) { return {text, icon, "#52627a", "#f3f6fa", "#d3dce8"}; }

QString Row::spoken() const {
  QStringList parts;
  if (!left.isEmpty()) parts << left;
  parts << title << lines;
  for (const auto& chip : chips) parts << chip.text;
  return parts.join(QStringLiteral(" · "));
}

void RowModel::set_rows(std::vector<Row> rows) {
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

void RowModel::prepend(Row row) {
  beginInsertRows({}, 0, 0);
  rows_.insert(rows_.begin(), std::move(row));
  endInsertRows();
}

void RowModel::update(int index, Row row) {
  rows_[static_cast<std::size_t>(index)] = std::move(row);
  emit dataChanged(this->index(index), this->index(index));
}

int RowModel::find(qint64 key) const {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].key == key) return static_cast<int>(i);
  }
  return -1;
}

int RowModel::find_id(const QString& id) const {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

int RowModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }

QVariant RowModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) return row(index.row()).spoken();
  return {};
}

RowList::RowList(const QString& accessible_name, RowLook look, QWidget* parent)
    : QListView(parent), model_(new RowModel(this)), look_(look) {
  setModel(model_);
  setItemDelegate(new RowDelegate(*model_, look_, this));
  setAccessibleName(accessible_name);
  setUniformItemSizes(true);
  setMouseTracking(true);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  connect(this, &QListView::clicked, this, [this](const QModelIndex& at) { emit picked(at.row()); });
  connect(this, &QListView::activated, this, [this](const QModelIndex& at) { emit picked(at.row()); });
}

void RowList::choose(int index) {
  if (index < 0) {
    clearSelection();
    setCurrentIndex({});
    return;
  }
  setCurrentIndex(model_->index(index));
  scrollTo(model_->index(index));
}

void RowList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  if (current.isValid()) emit moved(current.row());
}

}  // namespace guzheng::ui
