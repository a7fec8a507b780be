// ui. The words of an import: what happened to a row, and how many. Pure.
#pragma once

#include <QCoreApplication>
#include <QStringList>

#include "core/desk/subject_import.h"

namespace guzheng::ui {

class IntakeWords {
  Q_DECLARE_TR_FUNCTIONS(guzheng::ui::IntakeWindow)

 public:
  static bool is_english();                // the words of the room are of two languages: those of the window's
  static QString word_of_field(std::size_t field);
  static QStringList item_lines(const std::vector<NoteItem>& items, std::size_t most);
  static QString counts_text(const ImportCounts& counts);
  static bool is_corrected(const RowNote& note);
  static bool is_doubted(const RowNote& note);
};

}  // namespace guzheng::ui
