// ui. The order of a capture (取证指令) as a form. Shows a CaptureOrder and gives one back; compulsory fields are marked *.
#pragma once

#include <QWidget>

#include "core/desk/live_desk.h"

class QLineEdit;

namespace guzheng::ui {

class OrderForm : public QWidget {
  Q_OBJECT
 public:
  explicit OrderForm(QWidget* parent = nullptr);
  void set_order(const CaptureOrder& order);
  [[nodiscard]] CaptureOrder order() const;
  // Name of the first compulsory field that is empty; empty when all are there. Puts the focus into it.
  QString missing(bool put_focus);

 signals:
  void changed();

 private:
  struct Field {
    QLineEdit* edit;
    std::string CaptureOrder::*member;
    bool compulsory;
    QString name;
  };
  std::vector<Field> fields_;
  CaptureOrder base_;
};

}  // namespace guzheng::ui
