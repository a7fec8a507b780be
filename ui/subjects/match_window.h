// ui. 比对: subjects that may be one and the same, side by side with their differences marked; an officer confirms or rejects, and can take it back.
// A window of its own that stops nobody.
#pragma once

#include "core/desk/match_desk.h"
#include "ui/base/parts.h"

class QGridLayout;

namespace guzheng::ui {

class MessageBar;
class RowList;

class MatchWindow : public QWidget {
  Q_OBJECT
 public:
  // Ask the desk before or after: for a subject, or for what an import added. `what`: that in words.
  MatchWindow(SubjectDesk& desk, MatchDesk& matches, const QString& what, QWidget* parent);

 private:
  void show_pairs(const std::vector<AlikePair>& pairs, bool all);
  void show_pair();
  void add_line(const QString& name, const QString& one, const QString& other);
  void refresh();
  void merge(bool keep_one);
  void reject();
  void undo();
  [[nodiscard]] const AlikePair* chosen() const;

  SubjectDesk& desk_;
  MatchDesk& matches_;
  std::vector<AlikePair> pairs_;
  MessageBar* messages_;
  RowList* list_;
  QLabel* state_;
  QGridLayout* sides_;
  int lines_ = 0, differing_ = 0;
  QLabel* differences_;
  QPushButton *keep_one_, *keep_other_, *reject_, *undo_;
};

}  // namespace guzheng::ui
