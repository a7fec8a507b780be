#include "ui/base/empty_hint.h"

#include <QAbstractItemModel>
#include <QEvent>

#include "ui/base/parts.h"

namespace guzheng::ui {

EmptyHint::EmptyHint(QAbstractItemView* list, const QString& text) : QLabel(text, list->viewport()), list_(list) {
  set_role(this, "role", "quiet");
  setTextFormat(Qt::PlainText);
  setAlignment(Qt::AlignCenter);
  setWordWrap(true);
  setAttribute(Qt::WA_TransparentForMouseEvents);      // files are dropped and rows clicked through it
  list->viewport()->installEventFilter(this);
  const auto* model = list->model();
  connect(model, &QAbstractItemModel::modelReset, this, [this] { place(); });
  connect(model, &QAbstractItemModel::rowsInserted, this, [this] { place(); });
  connect(model, &QAbstractItemModel::rowsRemoved, this, [this] { place(); });
  place();
}

void EmptyHint::place() {
  setGeometry(list_->viewport()->rect().adjusted(16, 8, -16, -8));
  setVisible(list_->model()->rowCount(list_->rootIndex()) == 0);
}

bool EmptyHint::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) place();
  return QLabel::eventFilter(watched, event);
}

}  // namespace guzheng::ui
