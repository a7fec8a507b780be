// Wiring of the workstation: desks in the order they need each other, then the window; shutdown is the reverse.
#pragma once

#include <QTranslator>
#include <memory>

#include "app/guzheng/options.h"
#include "core/desk/qt_audio_out.h"
#include "ui/main_window.h"

namespace guzheng {

class Application : public QObject {
  Q_OBJECT
 public:
  explicit Application(ProgramOptions options);
  ~Application() override;
  void show();

 private:
  void add_phones();
  void start_practice();
  void speak(const QString& language);     // installs the language and builds the window in it
  void build_window(const QString& language);
  void say_practice_state();
  void door_changed();
  void note_lock(bool locked, bool by_idleness, const QString& who);

  const ProgramOptions options_;
  QTranslator words_, qt_words_;
  QString language_;
  StationDesk station_;
  PhoneList phones_;
  Speakers speakers_;                      // outlives whoever plays
  LiveDesk live_;
  GroupDesk group_;
  NodeDesk nodes_;
  OfficerDesk officers_;
  VaultDesk vault_;
  PlayerDesk player_;
  ReportDesk reports_;
  LogDesk log_;
  SettingsDesk settings_;
  InventoryDesk inventory_;
  ScriptDesk scripts_;
  SubjectDesk subjects_;
  SubjectSearch subject_search_;
  TagDesk tags_;
  SubjectExport subject_export_;
  SubjectImport subject_import_;
  NoticeDesk notices_;
  MatchDesk matches_;
  PushDesk push_;
  PatrolDesk patrol_;
  MarkDesk marks_;
  CodeDesk codes_;
  TaskDesk tasks_;
  TaskPaperDesk task_papers_;
  AnalysisDesk analysis_;
  TaskSettingsDesk task_settings_;
  ReviewDesk review_;
  ProofDesk proof_;
  CareDesk care_;
  ImportDesk imports_;
  CopyDesk copies_;
  SyncDesk sync_;
  std::unique_ptr<PracticeDesk> practice_;
  std::optional<Error> practice_error_;
  std::string shown_to_;                   // badge of the officer for whom the window was built
  std::unique_ptr<ui::MainWindow> window_;
};

}  // namespace guzheng
