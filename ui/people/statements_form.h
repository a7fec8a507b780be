// ui. What is said at the start (出示执法证, 权利告知, 回避告知) and what each of these was answered with, by whom: SessionSetup.statements
// as a form. No answer covers two statements, and none of an earlier session stays.
#pragma once

#include <QWidget>
#include <array>
#include <string>
#include <vector>

#include "core/desk/live_desk.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace guzheng::ui {

class StatementsForm : public QWidget {
  Q_OBJECT
 public:
  explicit StatementsForm(QWidget* parent = nullptr);
  // `who` says it: name and badge of the officer.
  [[nodiscard]] std::vector<OpeningStatement> statements(const std::string& who) const;
  // For the next session. `absent`: nobody is there by default (practice desk); else each answer is to be chosen.
  void clear_answers(bool absent);
  // The first thing that is missing, in words; empty when nothing is. Puts the focus there.
  QString missing(bool put_focus);

 signals:
  void changed();

 private:
  enum Choice { NotChosen, Consents, Refuses, Silent, Absent };    // indexes of `choice`
  struct Statement {
    QString name;                          // on the form
    std::string heading;                   // in the evidence
    QPlainTextEdit* text;
    QComboBox* choice;
    QLineEdit *answered_by, *answer, *reason;
    std::array<QWidget*, 3> boxes;         // of these fields, each with its label
  };
  struct Spoken {
    const char *heading, *text, *consents, *refuses;
  };
  void add(const QString& name, const Spoken& spoken);
  void choose(std::size_t number);         // what the choice asks for is shown and begun
  void refresh();

  std::vector<Statement> statements_;
};

}  // namespace guzheng::ui
