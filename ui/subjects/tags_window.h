// ui. Tags of the subject library: the library of tags with its groups, and the choice of several tags for one subject, for those that are
// ticked, or for all that a search finds. Windows of their own that stop nobody.
#pragma once

#include <QCheckBox>
#include <map>

#include "core/desk/tag_desk.h"
#include "ui/base/parts.h"

class QLineEdit;
class QRadioButton;

namespace guzheng::ui {

class MessageBar;
class RowList;

class TagLibraryWindow : public QWidget {
  Q_OBJECT
 public:
  TagLibraryWindow(SubjectDesk& desk, TagDesk& tags, QWidget* parent);

 private:
  void refresh();
  void show_chosen();
  [[nodiscard]] const Tag* chosen() const;
  void keep(std::int64_t id);

  SubjectDesk& desk_;
  TagDesk& tags_;
  MessageBar* messages_;
  RowList* list_;
  QLineEdit *group_, *name_;
  QPushButton *add_, *change_, *remove_;
};

class TagChoiceWindow : public QWidget {
  Q_OBJECT
 public:
  // `all`: what is found now, offered beside `ids`; `found`: how many that are, in words.
  TagChoiceWindow(SubjectDesk& desk, TagDesk& tags, std::vector<SubjectId> ids, std::optional<SubjectQuery> all, const QString& found, QWidget* parent);

 signals:
  void turned(int tags);

 private:
  void build_tags(QVBoxLayout* column);
  void load_current();
  void refresh();
  void apply();

  SubjectDesk& desk_;
  TagDesk& tags_;
  const std::vector<SubjectId> ids_;
  const std::optional<SubjectQuery> all_;
  MessageBar* messages_;
  QRadioButton *these_, *every_;
  std::vector<std::pair<std::int64_t, QCheckBox*>> boxes_;
  std::map<std::int64_t, Qt::CheckState> before_;
  QPushButton* apply_;
};

}  // namespace guzheng::ui
