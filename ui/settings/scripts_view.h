// ui. 设置 → 脚本 (A-8.3f): the station's capture scripts (script_list.h); one of them as a list of steps (script_editor.h); a run of it on a chosen phone
// (script_run.h), whose result waits for its review.
#pragma once

#include <QWidget>

#include "core/desk/script_desk.h"
#include "core/desk/vault_desk.h"

namespace guzheng::ui {

class MessageBar;
class ScriptEditor;
class ScriptList;
class ScriptRunCard;

class ScriptsView : public QWidget {
  Q_OBJECT
 public:
  ScriptsView(ScriptDesk& desk, VaultDesk& vault, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void listen();
  void refresh_list();
  void choose_script();
  void tell_derived(const std::string& file, int by_text, int by_place, const std::vector<std::string>& left_out);
  void cut_picture(const QString& field);
  void refresh();                          // list and run card by what the editor has
  void save();

  ScriptDesk& desk_;
  VaultDesk& vault_;
  MessageBar* messages_;
  ScriptList* list_;
  ScriptEditor* editor_;
  ScriptRunCard* run_;
  std::string file_, wanted_;              // wanted_: to be opened once the list has it
};

}  // namespace guzheng::ui
