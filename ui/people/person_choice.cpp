#include "ui/people/person_choice.h"

#include <QStandardItemModel>

#include "ui/base/text.h"

namespace guzheng::ui {

void add_person(QComboBox& list, const PersonCard& person, const QString& remark) {
  list.addItem(qs(person.name) + "  " + qs(person.badge) + remark, qs(person.badge));
  const int row = list.count() - 1;
  list.setItemData(row, qs(person.unit), Qt::ToolTipRole);
  auto* model = qobject_cast<QStandardItemModel*>(list.model());
  if (model && !remark.isEmpty()) model->item(row)->setEnabled(false);
}

}  // namespace guzheng::ui
