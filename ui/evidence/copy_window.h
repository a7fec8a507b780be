// ui. Annotated copies 标注副本 of a package's shots, in a window of its own: choose a shot, draw on it, save. What is saved is a new edition of the report
// with the copies in it and beside it; shots and older editions stay as they are. Not modal.
#pragma once

#include "core/desk/copy_desk.h"
#include "ui/base/row_list.h"

class QLineEdit;
class QPushButton;

namespace guzheng::ui {

class CopyCanvas;
class MessageBar;

class CopyWindow : public QWidget {
  Q_OBJECT
 public:
  // `reason`: why evidence is opened, for the operation log.
  CopyWindow(CopyDesk& desk, std::shared_ptr<const PackageView> view, std::string reason);

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  QWidget* build_tools();
  bool may_close();                        // a person is asked twice while marks are not saved
  void choose(int row);
  void keep_marks();                       // of the canvas, under its item
  void refresh();
  void save();

  CopyDesk& desk_;
  const std::shared_ptr<const PackageView> view_;
  const std::string reason_;
  const std::vector<ShotView> shots_;
  CopyDesk::Marks marks_;
  int item_ = 0;                           // whose picture is on the canvas; 0: none yet
  MessageBar* messages_;
  RowList* list_;
  CopyCanvas* canvas_;
  QLineEdit* words_ = nullptr;
  QPushButton *undo_ = nullptr, *save_ = nullptr;
  bool saving_ = false, warned_ = false;
};

}  // namespace guzheng::ui
