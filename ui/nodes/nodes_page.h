// ui. Page 节点: the machines beside the phones, trouble first; of the chosen one its state, its phones with who uses them, its last day.
#pragma once

#include <QWidget>

#include "core/desk/node_desk.h"

class QGridLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace guzheng::ui {

class Card;
class DayLine;
class MessageBar;
class PassphraseBox;
class RowList;

class NodesPage : public QWidget {
  Q_OBJECT
 public:
  explicit NodesPage(NodeDesk& desk, QWidget* parent = nullptr);

 signals:
  void settings_wanted();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* build_detail();
  void refresh();
  void show_chosen();
  void ask_history(const NodeCard& card);
  void show_facts(const NodeCard& card);
  void show_phones(const NodeCard& card);
  void show_history(const std::string& name, const std::vector<NodeSample>& samples);
  [[nodiscard]] std::string chosen() const;

  NodeDesk& desk_;
  MessageBar* messages_;
  QStackedWidget* pages_;                  // nothing yet, or list and detail
  RowList *list_, *phones_, *changes_;
  Card* detail_;
  QLabel *advice_, *advice_detail_, *phones_hint_, *changes_hint_;
  PassphraseBox* passphrase_;
  QWidget* advice_box_;
  QGridLayout* facts_;
  DayLine* day_;
  QPushButton* check_;
  std::string shown_history_;              // of which node, as of which look
  WallTime history_at_;
  std::vector<NodeTrouble> history_troubles_;
};

}  // namespace guzheng::ui
