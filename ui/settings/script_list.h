// ui. 设置 → 脚本, left column: the station's scripts, and making one out of a sealed session.
#pragma once

#include <QWidget>

#include "core/desk/script_desk.h"
#include "core/desk/vault_desk.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace guzheng::ui {

class RowList;

class ScriptList : public QWidget {
  Q_OBJECT
 public:
  ScriptList(ScriptDesk& desk, VaultDesk& vault, QWidget* parent = nullptr);
  // Of the desk's list; stands on `wanted`, else on the first when nothing is wanted. Whether `wanted` is there.
  bool show(const std::string& wanted);
  [[nodiscard]] std::string chosen() const;                // file; "": none
  void set_removable(bool removable);
  void refresh_buttons();

 signals:
  void picked();                           // another row, or the same again
  void fresh_wanted();
  void remove_wanted();
  void derive_wanted(const std::string& package, const std::string& reason);

 private:
  QWidget* build_list();
  QWidget* build_derive();
  void refresh_packages();

  ScriptDesk& desk_;
  VaultDesk& vault_;
  RowList* list_;
  QPushButton *fresh_, *remove_, *derive_;
  QComboBox* packages_;
  QLineEdit* reason_;
};

}  // namespace guzheng::ui
