// ui. What synchronisation says to officers: states, reasons and what they mean for the evidence, speeds. Pure.
#pragma once

#include <QCoreApplication>

#include "core/desk/sync_desk.h"
#include "ui/base/row_list.h"

namespace guzheng::ui {

class SyncWords {
  Q_DECLARE_TR_FUNCTIONS(SyncWords)
 public:
  static RowChip chip(const SyncItem* item);                   // nullptr: not looked at yet
  static QString state(const SyncItem& item);                  // "上传中 42 %"
  static QString line(const SyncItem& item);                   // under a package's name: bytes, number in the log, or the reason
  static QString icon_of(const SyncItem& item);
  static QColor colour_of(const SyncItem& item);
  static int percent(const SyncItem& item);
  // Why the central system refused the package, and what that means; what it said itself stands behind.
  static QString refusal(const std::string& why);
  static QString hindrance(const SyncItem& item);
  // Nothing can be sent now: why, since when, when it is tried again.
  static QString away(const SyncAway& away);
  static QString speed(std::uint64_t bytes_per_second);
  static QString left(std::int64_t seconds);                   // "剩余约 1 分 41 秒"
  // One line for the status bar: "待同步 2 份，正在上传 41 %".
  static QString all_settled(const SyncStatus& status);           // nothing is left to send: what that means
  static QString strip(const SyncDesk& desk);
  static int open_count(const SyncStatus& status);             // not settled
};

}  // namespace guzheng::ui
