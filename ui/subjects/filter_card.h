// ui. The filters of 主体 with their counts, always to be seen; filters that were saved under a name.
#pragma once

#include <QCheckBox>
#include <QComboBox>

#include "core/desk/subject_search.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class FilterCard : public Card {
  Q_OBJECT
 public:
  FilterCard(SubjectDesk& desk, SubjectSearch& search, QWidget* parent = nullptr);
  void set_filter(const SubjectFilter& filter);
  [[nodiscard]] const SubjectFilter& filter() const { return filter_; }

 signals:
  void changed();                          // a box was turned
  void saved_wanted(const guzheng::SubjectQuery& query);

 private:
  struct Box {
    Facet facet;
    QCheckBox* box;
    QLabel* count;
    QWidget* row;
  };
  struct Group {
    QWidget* all;
    QVBoxLayout* rows;
    QPushButton *head, *more;
    bool all_shown;
  };
  void build_groups(QVBoxLayout* column);
  void build_saved();
  void take_facets();
  void rebuild();
  void refresh_boxes();
  void refresh_saved();

  SubjectDesk& desk_;
  SubjectSearch& search_;
  SubjectFilter filter_;
  std::vector<Box> boxes_;
  Group groups_[kFacetGroups]{};
  QComboBox* saved_;
  QLineEdit* name_;
  QWidget* name_row_;
  QPushButton *save_, *clear_, *forget_;
};

}  // namespace guzheng::ui
