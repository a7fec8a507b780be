// ui. Import 导入 of things made elsewhere (B-5.4.2a, B-5.4.2d), in a window of its own: files by button, path, drag or paste; what is
// said of each; the order; what misses; the import itself. Not modal.
#pragma once

#include "core/desk/import_desk.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QMimeData;
class QProgressBar;
class QStackedWidget;

namespace guzheng::ui {

class MessageBar;
class OrderForm;
class StatementsForm;

class ImportWindow : public QWidget {
  Q_OBJECT
 public:
  explicit ImportWindow(ImportDesk& desk);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;      // files pasted into the path's field

 private:
  struct TextField {
    QLineEdit* edit;
    QWidget* name;
    std::string ImportItem::*member;
    bool sealing;                          // of sealing photos only
  };
  Card* build_files();
  Card* build_item();
  Card* build_order();
  QWidget* build_end();
  void connect_desk();
  bool take(const QMimeData& data);
  void browse();
  void add_path();
  void show_item(int index);
  void store_item();
  void refresh_rows();
  void refresh_missing();
  void set_running(bool running);
  void start();
  [[nodiscard]] ImportOrder order() const;

  ImportDesk& desk_;
  std::vector<ImportItem> items_;
  int shown_ = -1;
  bool filling_ = false;
  MessageBar* messages_;
  RowList* files_ = nullptr;
  QLineEdit *path_ = nullptr, *protection_ = nullptr, *reason_ = nullptr;
  QComboBox *kind_ = nullptr, *access_ = nullptr;
  QDateTimeEdit* made_at_ = nullptr;
  std::vector<TextField> fields_;
  QWidget* item_form_ = nullptr;
  OrderForm* form_ = nullptr;
  QPushButton* tabs_[2]{};
  QStackedWidget* pages_ = nullptr;
  QCheckBox* spoken_ = nullptr;            // somebody was told something at the import
  StatementsForm* statements_ = nullptr;
  QLabel *missing_ = nullptr, *state_ = nullptr;
  QWidget* reason_row_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QPushButton *go_ = nullptr, *remove_ = nullptr;
};

}  // namespace guzheng::ui
