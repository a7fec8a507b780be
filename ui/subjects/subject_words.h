// ui. The words and signs of the subject library's values. Pure.
#pragma once

#include <QColor>
#include <QString>

#include "core/desk/subject_facets.h"
#include "ui/base/row_list.h"

namespace guzheng::ui {

class SubjectWords {
 public:
  static QString word(SubjectKind kind);
  static QString word(SubjectState state);
  static QString word(EntryKind kind);
  static QString word(RecordKind kind);
  static QString word(Reach reach);
  static QString word(Sensitivity sensitivity);
  static QString word(Field field);
  static QString word(FacetGroup group);
  static QString icon_of(EntryKind kind);
  static QString icon_of(RecordKind kind);
  static QColor colour_of(RecordKind kind);
  static QString day(WallTime at);         // 11月21日, of this year; else 2025-11-21
  // The state of a subject's entries in a few words, with its sign.
  struct Sign {
    QString text, icon;
    QColor colour;
  };
  static Sign sign_of(const Keeping& keeping);
  static Sign sign_of(const Entry& entry, std::int64_t overdue);
  static Sign sign_of(SubjectState state);
  static RowChip chip_of(const Tag& tag);
  static QString name_of(const Facet& facet);
  static QString what_changed(const Change& change);
  // "地址：旧 → 新", a line for each member that differs.
  static QStringList differences(const Change& change);
};

}  // namespace guzheng::ui
