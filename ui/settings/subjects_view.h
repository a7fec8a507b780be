// ui. 设置 → 主体库: how often entries are checked again (A-5.2c), the supervision units, the rule table that proposes one (A-5.2a), and code tables.
#pragma once

#include <QWidget>

#include "core/desk/code_desk.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace guzheng::ui {

class MessageBar;
class RowList;

class SubjectsView : public QWidget {
  Q_OBJECT
 public:
  SubjectsView(SubjectDesk& desk, CodeDesk& codes, QWidget* parent = nullptr);

 private:
  QWidget* build_cycle();
  QWidget* build_units();
  QWidget* build_rules();
  void refresh();
  void refresh_buttons();
  void store_rules(std::vector<UnitRule> rules);

  SubjectDesk& desk_;
  MessageBar* messages_;
  QSpinBox *ordinary_, *abnormal_;
  RowList *units_, *rules_;
  QLineEdit *unit_name_, *unit_code_, *region_, *industry_, *platform_;
  QComboBox* unit_;
  QPushButton *keep_cycle_, *add_unit_, *add_rule_, *remove_rule_;
};

}  // namespace guzheng::ui
