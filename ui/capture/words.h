// ui. Words for what a session tells: kinds, events, environment checks. Pure.
#pragma once

#include <QColor>
#include <QCoreApplication>
#include <QString>

#include "core/desk/live_desk.h"
#include "core/desk/package_view.h"
#include "ui/base/row_list.h"

namespace guzheng::ui {

// How a verdict of the environment check is shown: never by colour alone.
struct VerdictSign {
  QString text, icon;
  QColor colour;
  const char* role;
};

struct Words {
  Q_DECLARE_TR_FUNCTIONS(words)
 public:
  static QString kind(ItemKind kind);
  static QString proves_suggestion(ItemKind kind);
  static Row event_row(const TimelineEvent& event, const QString& title);
  static Row journal_row(const JournalRow& line);
  static VerdictSign verdict(const std::string& verdict);                // pass, note, fail, unknown
  static QString mark(const std::string& mark);
  static QString light(Light light);
  static QString phase(SessionPhase phase);
};

}  // namespace guzheng::ui
