// ui. Errors as people read them: what happened, what it means for the evidence, what to do next. One table for the whole
// window, by what was being done and the kind of the error.
#pragma once

#include <QString>

#include "core/base/result.h"

namespace guzheng::ui {

enum class Doing { OpenStation, ReadPolicy, FindPhones, CheckEnvironment, StartPractice, StartCapture, Capturing, Describing, EndCapture, ListVault, OpenPackage,
                   Verify, Export, HandOver, Recover, Report, Play, ReadLog, WriteLog, ReadSettings,
                    Review, Stamp, SignLater, Renew, Prove, Scrub, CatchUp, Import, ChangeNodes, ReachNode, NodeHistory, KeepInventory, KeepScripts, RunScript,
                   OpenSubjects, SearchSubjects, KeepSubjects, KeepTags, ImportSubjects, ExportSubjects, ReadNotices, DecideMatch, Push, Patrol, PatrolPhone, PhoneScripts, CodeTables, MarkSubjects,
                   OpenTasks, KeepTasks, MoveTask, ImportResults, KeepNotices, AttachEvidence, PrintTask, SaveDocument };

struct Sentence {
  QString happened, means, next;
  QString detail;                  // plain English of the core, for the engineer: shown small
  [[nodiscard]] QString text() const;        // all three, one paragraph
};

Sentence sentence(Doing doing, const Error& error);

}  // namespace guzheng::ui
