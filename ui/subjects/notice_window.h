// ui. 通知: hits of matching for the units concerned, unread first; opened as a subject, marked as read, with who read it and when. A window of its
// own that stops nobody.
#pragma once

#include <QCheckBox>
#include <QComboBox>

#include "core/desk/notice_desk.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class MessageBar;
class RowList;

class NoticeWindow : public QWidget {
  Q_OBJECT
 public:
  NoticeWindow(SubjectDesk& desk, NoticeDesk& notices, QWidget* parent);

 signals:
  void open_wanted(qint64 subject);

 private:
  void ask();
  void fill_units();
  void show_notices(const std::vector<SubjectStore::Notice>& notices);
  void refresh();
  [[nodiscard]] const SubjectStore::Notice* chosen() const;

  SubjectDesk& desk_;
  NoticeDesk& notices_;
  std::vector<SubjectStore::Notice> shown_;
  MessageBar* messages_;
  QComboBox* unit_;
  QCheckBox* seen_too_;
  RowList* list_;
  QLabel* count_;
  QPushButton *open_, *see_, *see_all_;
};

}  // namespace guzheng::ui
