// ui. What is said at the start (出示执法证, 权利告知, 回避告知) and what was answered: SessionSetup.statements as a form.
#pragma once

#include <QWidget>
#include <string>
#include <vector>

#include "core/desk/live_desk.h"

class QCheckBox;
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
  // The first thing that is missing, in words; empty when nothing is. Puts the focus there.
  QString missing(bool put_focus);

 signals:
  void changed();

 private:
  struct Statement {
    QString name;                          // on the form
    std::string heading;                   // in the evidence
    QPlainTextEdit* text;
    QWidget* answers;                      // hidden when nobody is there
    QLineEdit *answer, *reason;
    QComboBox* consent;                    // index 1: refuses
  };
  struct Spoken {
    const char *heading, *text, *consents, *refuses;
  };
  void add(const QString& name, const Spoken& spoken);
  void refresh();

  QCheckBox* nobody_;
  QLineEdit* answered_by_;
  QWidget* person_row_;
  std::vector<Statement> statements_;
};

}  // namespace guzheng::ui
