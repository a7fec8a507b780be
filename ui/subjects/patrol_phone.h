// ui. 巡检, on which phone entries without a web address are looked at (A-5.2b): the phones at hand, none of them, and the scripts by which it is done.
#pragma once

#include <optional>
#include <vector>

#include "core/desk/patrol_desk.h"
#include "ui/base/parts.h"

class QComboBox;

namespace guzheng::ui {

class PatrolPhoneRow : public QWidget {
  Q_OBJECT
 public:
  explicit PatrolPhoneRow(PatrolDesk& patrol, QWidget* parent = nullptr);
  [[nodiscard]] std::optional<PhoneEntry> chosen() const;
  void set_due(std::int64_t not_web, bool capped);       // entries that need a phone
  void set_may(bool may);                                // whether scripts may be imported

 signals:
  void script_file_named(const QString& file);

 private:
  void refresh();
  void say();
  void name_file();

  PatrolDesk& patrol_;
  QComboBox* phones_;
  QLabel* hint_;
  QPushButton* import_;
  std::vector<PhoneEntry> offered_;
  PhoneScripts scripts_;
  std::int64_t not_web_ = 0;
  bool capped_ = false, read_ = false;
};

}  // namespace guzheng::ui
