// ui. What an officer may still add to a sealed package: review 复核, late time stamps, the second signature, renewal, the certificate
// of verification. Each act is offered only when there is something to do and somebody here may do it.
#pragma once

#include "core/desk/review_desk.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"

class QLineEdit;
class QRadioButton;

namespace guzheng::ui {

class AfterPanel : public QWidget {
  Q_OBJECT
 public:
  explicit AfterPanel(QWidget* parent = nullptr);
  void show_entry(const PackageEntry* entry);            // nullptr: nothing chosen; forgets what was shown of another
  void show_answer(const VerifyAnswer& answer);
  void show_standing(const PackageStanding& standing);
  void show_stamps(const StampTable& table);
  void set_busy(bool busy);
  void close_review();

 signals:
  void review_wanted(bool confirmed, const QString& reason);
  void stamps_wanted();
  void sign_wanted();
  void renew_wanted();
  void proof_wanted();
  void copies_wanted();                    // 标注副本

 private:
  QWidget* build_review();
  void offer();
  void send_review();

  QPushButton *review_, *stamp_, *sign_, *renew_, *proof_, *copies_;
  QLabel *said_, *missing_;
  QWidget* said_row_;
  QWidget* review_box_;
  QRadioButton *confirm_ = nullptr, *refuse_ = nullptr;
  QLineEdit* reason_ = nullptr;
  QPushButton* write_ = nullptr;
  RowList* stamps_;
  bool unstamped_ = false, verified_ = false, sound_ = false, busy_ = false;
  std::optional<PackageStanding> standing_;
};

}  // namespace guzheng::ui
