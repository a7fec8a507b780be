// ui. Before a parallel capture: which phones, two or more of those that are free; who uses each and where it stands; what their environment checks found,
// and the reason for each compulsory item that is let pass. The first that is marked leads.
#pragma once

#include <QDialog>
#include <map>
#include <vector>

#include "core/desk/group_desk.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace guzheng::ui {

class GroupChoice : public QDialog {
  Q_OBJECT
 public:
  GroupChoice(GroupDesk& desk, PhoneList& phones, const CaptureOrder& order, QWidget* parent = nullptr);
  [[nodiscard]] std::vector<GroupPhone> chosen() const;

 private:
  using Key = std::pair<std::size_t, std::string>;       // source and serial
  struct Line {
    PhoneEntry phone;
    QWidget* place = nullptr;
    QCheckBox* mark = nullptr;
    QLabel* state = nullptr;
    QPushButton* again = nullptr;
    QLineEdit *account = nullptr, *where = nullptr;
    QVBoxLayout* trouble = nullptr;
    std::vector<EnvItem> shown;
  };
  void refresh();
  Line make_line(const PhoneEntry& phone, bool marked);
  void show_check(Line& line);
  void look(const PhoneEntry& phone);
  void say();
  [[nodiscard]] std::vector<const Line*> marked() const;

  GroupDesk& desk_;
  PhoneList& phones_;
  const CaptureOrder order_;
  std::vector<Key> order_shown_;           // as they are listed
  std::map<Key, Line> lines_;
  QVBoxLayout* list_;
  QLabel* words_;
  QPushButton* start_;
};

}  // namespace guzheng::ui
