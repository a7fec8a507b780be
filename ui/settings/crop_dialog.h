// ui. A picture for a step of a script, cut out of a captured page: which package and why it is opened, which shot, which part (mouse or keyboard), its name.
#pragma once

#include <QDialog>

#include "core/desk/crop_desk.h"
#include "core/desk/vault_desk.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace guzheng::ui {

class CopyCanvas;
class MessageBar;

class CropDialog : public QDialog {
  Q_OBJECT
 public:
  CropDialog(CropDesk& desk, VaultDesk& vault, QWidget* parent = nullptr);
  [[nodiscard]] const std::string& file() const { return file_; }      // once accepted

 private:
  void refresh();
  void take();
  [[nodiscard]] QRect part() const;        // the newest frame drawn; null: none

  CropDesk& desk_;
  MessageBar* messages_;
  QComboBox *packages_, *shots_;
  QLineEdit *reason_, *name_;
  QPushButton *open_, *keep_;
  CopyCanvas* canvas_;
  QLabel* words_;
  std::string file_;
};

}  // namespace guzheng::ui
