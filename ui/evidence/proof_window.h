// ui. The certificate of verification 核验证明, in a window of its own: read, save as PDF, print. Not modal.
#pragma once

#include <QWidget>

#include "core/desk/proof_desk.h"

class QLineEdit;

namespace guzheng::ui {

class MessageBar;

class ProofWindow : public QWidget {
  Q_OBJECT
 public:
  ProofWindow(ProofDesk& desk, std::string id, bool practice);

 private:
  void save();
  void print();

  ProofDesk& desk_;
  const std::string id_;
  const bool practice_;
  const QString html_;
  QLineEdit* path_;
  MessageBar* messages_;
};

}  // namespace guzheng::ui
