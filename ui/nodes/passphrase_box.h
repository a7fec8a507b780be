// ui. Asks once for the passphrase of the ssh key that a node is reached with. Shown only where one is wanted.
#pragma once

#include <QFrame>

#include "core/desk/node_desk.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace guzheng::ui {

class PassphraseBox : public QFrame {
  Q_OBJECT
 public:
  explicit PassphraseBox(NodeDesk& desk, QWidget* parent = nullptr);
  void show_for(const NodeCard* card);     // null: nothing is asked

 private:
  void give();
  void refresh();

  NodeDesk& desk_;
  std::string node_;
  QLabel *what_, *answer_;
  QLineEdit* passphrase_;
  QPushButton* give_;
  bool trying_ = false;
};

}  // namespace guzheng::ui
