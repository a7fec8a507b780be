// ui. Before a parallel capture: which phones, two or more of those that are free. The first that is marked leads.
#pragma once

#include <QDialog>
#include <vector>

#include "core/desk/phone_list.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace guzheng::ui {

class GroupChoice : public QDialog {
  Q_OBJECT
 public:
  explicit GroupChoice(PhoneList& phones, QWidget* parent = nullptr);
  [[nodiscard]] std::vector<PhoneEntry> chosen() const;

 private:
  void refresh();
  void say();

  PhoneList& phones_;
  std::vector<PhoneEntry> shown_;
  QListWidget* list_;
  QLabel* words_;
  QPushButton* start_;
};

}  // namespace guzheng::ui
