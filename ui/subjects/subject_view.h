// ui. One subject's page: who it is, all its mobile-commerce entries, what is known of it by kind, its tags, and who changed what.
#pragma once

#include "core/desk/subject_desk.h"
#include "ui/base/parts.h"

class QGridLayout;

namespace guzheng::ui {

class FlowLayout;
class MessageBar;
class RowList;

class SubjectView : public QWidget {
  Q_OBJECT
 public:
  explicit SubjectView(SubjectDesk& desk, QWidget* parent = nullptr);
  void show_subject(SubjectId id);
  [[nodiscard]] SubjectId subject() const { return id_; }
  [[nodiscard]] int chosen_entry() const;  // its place among the entries; −1: none

 signals:
  void back_wanted();
  void capture_wanted(qint64 subject, int entry);        // entry: its place, −1 the first shop
  void tags_wanted(qint64 subject);
  void alike_wanted(qint64 subject, const QString& name);        // are there others that are it?
  void undo_wanted();
  void package_wanted(const std::string& id);
  void removed(const QString& name);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void hideEvent(QHideEvent* event) override;            // what was revealed does not stay

 private:
  QWidget* build_head();
  QWidget* build_facts();
  QWidget* build_entries();
  QWidget* build_records();
  QWidget* build_history();
  void ask();
  void show_sheet();
  void show_facts();
  void show_tags();
  void show_entries();
  void show_records();
  void show_history();
  void refresh_buttons();
  void edit();
  void remove();
  void edit_entry(bool fresh);
  void remove_entry();
  void turn_abnormal();
  void add_record();
  void reveal();
  void hide_sensitive();
  void edit_sensitive();
  void lay_out();

  SubjectDesk& desk_;
  SubjectId id_ = 0;
  SubjectSheet sheet_;
  std::optional<std::vector<SensitiveValue>> revealed_;
  MessageBar* messages_;
  QLabel *name_, *code_, *state_, *sensitive_, *entry_facts_;
  QGridLayout* facts_;
  QWidget* tags_;
  FlowLayout* tag_row_;
  RowList *entries_, *records_, *history_;
  Card *entries_card_, *records_card_, *history_card_;
  QWidget *facts_card_, *sheet_widget_;
  QGridLayout* places_;
  QPushButton *edit_, *remove_, *undo_, *alike_, *capture_, *reveal_, *edit_sensitive_, *add_tag_ = nullptr;
  QPushButton *entry_add_, *entry_edit_, *entry_remove_, *entry_abnormal_, *record_add_, *record_open_;
  std::vector<QPushButton*> kinds_;        // the first: all
  int kind_ = -1;
  bool narrow_ = false, laid_ = false;
};

}  // namespace guzheng::ui
