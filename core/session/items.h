// Room session. Main information and what still misses for 完整 (A-7.2c, A-7.3c, FORMAT.md 6). Pure.
#pragma once

#include "core/session/session.h"

namespace guzheng {

// All that decides whether a package may be called complete.
struct Completeness {
  bool beacon = false;                       // line 0 is tsa.beacon
  bool recorded = false;                     // at least one packet is in a segment
  bool app_attested = false;                 // app.json names an app
  std::vector<std::string> apps_unproven;    // packages that were opened and not looked at
  std::vector<std::string> apps_refused;     // packages whose signature failed, and which nobody let pass
  bool stamps_pending = false;               // heads without their token
  bool files_aside = false;                  // pages whose line could not be written
  std::vector<int> owed;                     // items whose screenshot was asked for and is not there
  std::string recording_error;               // why the recording stopped, or ""
  bool sound_unwritten = false;              // a stretch of sound has no text record (文字记录)
  std::string no_sound;                      // sound was asked for and the phone gave none: why; "": it did, or none was asked for
  std::string sound_error;                   // why the recording of sound stopped, or ""
  std::string journal_error;                 // when and why the journal did not reach the disk, or ""
  CaptureOrder order;
  std::vector<CaptureItem> items;            // those whose screenshot is there
};

// Reasons in Chinese, as they are printed in bag-info.txt, session.close and on the report's first page; empty: 完整.
std::vector<std::string> missing_for_complete(const Completeness& facts);

std::string unwritten_journal(const std::string& error);   // the reason for `journal_error`

std::string_view kind_name(ItemKind kind);   // "证照公示信息" …

// {kind: count} of values.json
Json checklist(const std::vector<CaptureItem>& items);

// The two journal bodies that speak of an item; `number` 0 is the session.
Json description_body(int number, const ItemDescription& description);
Json note_body(int number, const std::string& text);

}  // namespace guzheng
