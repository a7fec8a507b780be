// ui. Capture scripts in words: what a step does, what its fields are called. Pure.
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/desk/script_desk.h"

namespace guzheng::ui {

class ScriptWords {
  Q_DECLARE_TR_FUNCTIONS(ScriptWords)
 public:
  static QString action(const std::string& name);                // "点按"
  static QString field(const ScriptField& field);                // "最多等待（毫秒）"
  static QString hint(const ScriptField& field);
  static QString choice(const std::string& field, const std::string& value);
  static QString summary(const Json& step);                      // "点按 “店铺”"
  static QString problem(const ScriptProblem& problem);          // what is wrong, without its place
  static Language language();                                    // the core's words in the window's language
};

}  // namespace guzheng::ui
