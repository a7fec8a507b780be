#include "ui/base/accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QScrollArea>

namespace guzheng::ui {

namespace {

// QAccessibleWidget counts what is visible, and holds each index against that.
QAccessibleInterface* scroll_area(const QString& kind, QObject* object) {
  auto* area = kind == QLatin1String("QScrollArea") ? qobject_cast<QScrollArea*>(object) : nullptr;
  return area ? new QAccessibleWidget(area, QAccessible::Client) : nullptr;
}

}  // namespace

void make_accessibility_safe() { QAccessible::installFactory(scroll_area); }

}  // namespace guzheng::ui
