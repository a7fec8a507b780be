// Room desk. Reports: made by a helper process (guzheng-evidence report), so that the window never loads the web engine,
// which would cost the live pane eight times its share of a core; then signed; shown and printed as page pictures. The helper has
// no key: what is encrypted it has opened by this process, over its standard input and output (core/identity/opener_pipe.h).
// GUI thread only; answers are signals.
#pragma once

#include <QImage>
#include <QObject>
#include <QSizeF>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/desk/form_process.h"
#include "core/desk/station_desk.h"
#include "core/identity/opener_pipe.h"
#include "core/report/copy.h"

namespace guzheng {

class ReportDesk : public QObject {
  Q_OBJECT
 public:
  explicit ReportDesk(StationDesk& station) : station_(station), process_(station.options().programs, this) {}

  // The newest edition when there is one (reports: as the vault lists them), else a new one: ready() or failed().
  // `reason`: why evidence is opened, for the operation log.
  void show(const std::string& id, const std::filesystem::path& package, const std::vector<std::filesystem::path>& reports,
            const std::string& reason);
  // `copies`: annotated copies of shots, drawn into this edition (copy_desk.h).
  void make(const std::string& id, const std::filesystem::path& package, const std::string& reason, const std::vector<CopyOrder>& copies = {});
  void cancel() { process_.stop(); }
  [[nodiscard]] bool busy() const { return process_.is_drawing(); }

  // Renders every page at `dpi`, one page() each, then pages_done().
  void render(const std::filesystem::path& pdf, int dpi);
  // Blocks for tens of milliseconds: one page for the printer, at its resolution. Empty when it cannot be read.
  [[nodiscard]] QImage page_now(const std::filesystem::path& pdf, int number, int dpi) const;
  void printed(const std::string& id, const std::filesystem::path& pdf);       // goes into the operation log

 signals:
  void making(const std::string& id);
  void ready(const std::string& id, const std::string& pdf, bool fresh);
  void page(const std::string& pdf, int number, int count, const QImage& image);
  void pages_done(const std::string& pdf, int count);
  void failed(const std::string& id, const guzheng::Error& error);

 private:
  // One report on its way. Whose it is stays as it was when it was asked for; if the officer leaves meanwhile, openings and the
  // signature are Denied and there is no report.
  struct Job {
    std::string id;
    std::filesystem::path package, folder, made;         // folder: the edition's; made: the file before it is put there
    const Bureau* bureau = nullptr;
    std::string copies;                    // as core/report/copy.h reads them; empty: none
    std::vector<std::string> members;      // the other packages of its group, which the helper reads too
  };
  void run_helper(const Job& job);
  void helper_asked(const Job& job, const QByteArray& said);
  void helper_ended(const Job& job, const Status& drawn);

  [[nodiscard]] std::filesystem::path roots_folder() const { return station_.private_folder() / "roots"; }

  StationDesk& station_;
  FormProcess process_;                    // one at a time
  PipeReader questions_;
};

}  // namespace guzheng
