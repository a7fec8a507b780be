// ui. 设置 → 节点: the station's book of nodes: enter, check, confirm the host key, remove.
#pragma once

#include <QWidget>

#include "core/desk/node_desk.h"

class QGridLayout;
class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace guzheng::ui {

class MessageBar;
class PassphraseBox;
class RowList;

class NodesView : public QWidget {
  Q_OBJECT
 public:
  explicit NodesView(NodeDesk& desk, QWidget* parent = nullptr);

 private:
  QWidget* build_list();
  QWidget* build_form();
  QWidget* build_key_box();
  QWidget* build_remove_box();
  QLineEdit* add_field(QGridLayout* grid, const QString& name, const QString& hint, bool compulsory);
  QLineEdit* add_file(QGridLayout* grid, const QString& name, const QString& hint, bool compulsory);
  void refresh();
  void refresh_form();
  void show_chosen();
  void show_key(const NodeCard* card);
  void enter();
  [[nodiscard]] std::string chosen() const;

  NodeDesk& desk_;
  MessageBar* messages_;
  RowList* list_;
  PassphraseBox* passphrase_;
  QLabel *state_, *key_title_, *fingerprint_, *key_officer_, *remove_text_, *form_hint_;
  QWidget *key_box_, *remove_box_;
  QCheckBox* compared_;
  QPushButton *check_, *remove_, *trust_, *enter_;
  QLineEdit *name_, *place_, *host_, *user_, *key_, *certificate_;
  QSpinBox *port_, *adb_port_;
  std::string wanted_;                     // to be chosen once the list has it
  std::string asked_about_;                // the node that the open question of removal is about
};

}  // namespace guzheng::ui
