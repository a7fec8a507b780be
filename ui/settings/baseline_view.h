// ui. 设置 → 应用基线: whose certificates the bureau expects of which app (应用验真), and who signed a package file that somebody has at hand. To be
// read: the list is the policy's, who keeps the policy enters into it.
#pragma once

#include <QWidget>

#include "core/desk/settings_desk.h"

class QLabel;
class QLineEdit;

namespace guzheng::ui {

class MessageBar;
class RowList;

class BaselineView : public QWidget {
  Q_OBJECT
 public:
  BaselineView(SettingsDesk& desk, StationDesk& station, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* build_list();
  QWidget* build_check();
  void refresh();
  void choose_file();
  void check(const QString& file);
  void show_answer(const PackageAnswer& answer);
  void show_text(const char* role, const QString& text);

  SettingsDesk& desk_;
  StationDesk& station_;
  MessageBar* messages_;
  QLabel *source_, *answer_;
  QLineEdit *filter_, *path_, *line_;
  RowList* list_;
};

}  // namespace guzheng::ui
