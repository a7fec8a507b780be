// ui. Nodes in words: what is wrong with one, what that means and what to do; colour and sign with each word.
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/desk/node_desk.h"
#include "ui/base/row_list.h"

namespace guzheng::ui {

class NodeWords {
  Q_DECLARE_TR_FUNCTIONS(NodeWords)
 public:
  static QString trouble(NodeTrouble trouble);                   // two to six characters
  static QString trouble_icon(NodeTrouble trouble);
  static bool keeps_phones_away(NodeTrouble trouble);            // red: no phone of it can be used; else amber
  // What it means for taking evidence, and what to do.
  static QString advice(const NodeCard& card, NodeTrouble trouble, const QString& folder);
  static RowChip chip(const NodeCard& card);
  static QString unknown(const NodeCard& card);                  // what of it does not tell; "" when it tells all
  static QColor colour_of(const NodeCard& card);                 // of its sign, beside the chip
  static QString address(const Node& node);                      // "guzheng@10.20.0.7:22"
  static QString summary(const NodeCard& card, int phones);      // one line
  static QString phone_use(const PhoneEntry& phone);             // who uses it since when; "" when nobody does
  static RowChip phone_chip(const PhoneEntry& phone);
  static QString change(const NodeSample& sample);               // a row of the history
};

}  // namespace guzheng::ui
