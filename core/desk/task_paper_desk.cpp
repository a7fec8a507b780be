#include "core/desk/task_paper_desk.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/desk/form_process.h"
#include "core/desk/workers.h"
#include "core/tables/table_writer.h"
#include "core/tasks/feedback.h"

namespace guzheng {
namespace {

constexpr const char* kPaperMark = "练习 — 不得作为证据";

std::string words_text(const TaskPaper& paper) {
  Json out{{"made_by", paper.made_by}, {"conclusion", paper.conclusion}, {"visits", Json::array()}};
  for (const auto& one : paper.visits) out["visits"].push_back(Json{{"platform", one.platform}, {"rounds", one.rounds}});
  return out.dump();
}

// What does not read as words_text wrote it counts as nothing written.
TaskPaper paper_words(const std::string& text, TaskPaper paper) {
  const auto json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return paper;
  const auto string = [&](const char* name) { return json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string(); };
  paper.made_by = string("made_by");
  paper.conclusion = string("conclusion");
  if (!json.contains("visits") || !json["visits"].is_array()) return paper;
  for (const auto& one : json["visits"])
    if (one.is_object() && one.contains("platform") && one["platform"].is_string() && one.contains("rounds") && one["rounds"].is_number_integer())
      paper.visits.push_back({one["platform"].get<std::string>(), one["rounds"].get<int>()});
  return paper;
}

Feedback feedback_of(const TaskView& view, Day today) { return make_feedback(view.entry, view.results, today); }

Result<std::vector<ImportRow>> table_rows(const TaskPaper& paper, const Feedback& feedback) {
  std::vector<CountedName> rounds;
  for (const auto& one : paper.visits) rounds.push_back({one.platform, one.rounds});
  switch (paper.form) {
    case TaskForm::ClueTable: return clue_rows(feedback);
    case TaskForm::SubjectList: return subject_rows(feedback);
    case TaskForm::MonitorReport: return report_rows(feedback);
    case TaskForm::PlatformCount: return platform_rows(feedback, rounds);
    default: return fail(ErrorKind::Invalid, "this form is no table");
  }
}

Status write_rows(const std::filesystem::path& file, const std::string& sheet, const std::vector<ImportRow>& rows) {
  GZ_TRY_ASSIGN(const auto writer, make_table_writer(file, sheet));
  for (const auto& row : rows) GZ_TRY(writer->write(row));
  GZ_TRY(writer->finish());
  return ok();
}

}  // namespace

void TaskPaperDesk::make(const TaskPaper& paper, QObject* to, Told<PrintedPaper> told) {
  tasks_.task(paper.task, this, [this, paper, to = QPointer<QObject>(to), told = std::move(told)](const Result<TaskView>& view) {
    const auto answer = [to, told](const Error& error) {
      if (to && told) told(fail(error));
    };
    if (!view) return answer(view.error());
    TaskFormRequest request;
    request.form = paper.form;
    request.feedback = feedback_of(*view, tasks_.today());
    request.made_by = paper.made_by;
    request.conclusion = paper.conclusion;
    request.visits = paper.visits;
    if (tasks_.station().card().practice) request.practice_mark = kPaperMark;
    const auto values = task_form_values(request);
    if (!values) return answer(values.error());
    const auto stem = std::to_string(paper.task) + "-" + std::string(to_string(paper.form));
    auto file = paper.name + ".pdf";
    std::replace(file.begin(), file.end(), '/', '-');
    const Job job{paper, view->entry.number, folder() / (stem + ".values.json"), folder() / file, folder() / (stem + ".json")};
    run_then(tasks_.station().quick(), this,
             [job, packed = pack_task_form(paper.form, *values), folder = folder()]() -> Status {
               GZ_TRY(make_private_folder(folder));
               GZ_TRY(write_text(job.words, words_text(job.paper)));
               return write_text(job.values, packed);
             },
             [this, job, to, told, answer](const Status& written) {
               if (!written) return answer(written.error());
               draw(job, to, told);
             });
  });
}

// One process a form: several can be drawn at once, each ends with the desk.
void TaskPaperDesk::draw(const Job& job, const QPointer<QObject>& to, const Told<PrintedPaper>& told) {
  auto* process = new FormProcess(tasks_.station().options().programs, this);
  process->draw(job.values, job.pdf, [this, process, job, to, told](const Status& done) {
    process->deleteLater();
    drawn(done, job, to, told);
  });
}

void TaskPaperDesk::drawn(const Status& done, const Job& job, const QPointer<QObject>& to, const Told<PrintedPaper>& told) {
  run_then(tasks_.station().quick(), this,
           [job, done]() -> Result<FileDigests> {
             std::error_code ec;
             std::filesystem::remove(job.values, ec);        // nothing is left but the PDF and the officer's words
             GZ_TRY(done);
             return digest_file(job.pdf);
           },
           [this, job, to, told](const Result<FileDigests>& digests) {
             if (digests) tasks_.station().record("op.task-form", Json{{"file", job.pdf.filename().string()}, {"kind", to_string(job.paper.form)}, {"order", job.number}, {"sha256", digests->sha256}});
             if (!to || !told) return;
             if (!digests) told(fail(digests.error()));
             else told(PrintedPaper{job.paper, job.number, job.pdf});
           });
}

void TaskPaperDesk::last(std::int64_t task, TaskForm form, QObject* to, Told<TaskPaper> told) {
  tasks_.task(task, this, [this, task, form, to = QPointer<QObject>(to), told = std::move(told)](const Result<TaskView>& view) {
    if (!view) {
      if (to && told) told(fail(view.error()));
      return;
    }
    TaskPaper paper;
    paper.task = task;
    paper.form = form;
    const auto platforms = feedback_of(*view, tasks_.today()).platforms;
    const auto file = folder() / (std::to_string(task) + "-" + std::string(to_string(form)) + ".json");
    run_then(tasks_.station().quick(), this, [file] { return read_text(file, 1u << 20); }, [this, paper, platforms, to, told](const Result<std::string>& text) {
      auto out = text ? paper_words(*text, paper) : paper;
      if (out.made_by.empty()) out.made_by = tasks_.actor().unit;
      if (out.visits.empty())
        for (const auto& one : platforms)
          if (!one.name.empty()) out.visits.push_back({one.name, 1});
      if (to && told) told(out);
    });
  });
}

void TaskPaperDesk::write_table(const TaskPaper& paper, const std::filesystem::path& file, QObject* to, Told<void> told) {
  tasks_.task(paper.task, this, [this, paper, file, to = QPointer<QObject>(to), told = std::move(told)](const Result<TaskView>& view) {
    if (!view) {
      if (to && told) told(fail(view.error()));
      return;
    }
    run_then(tasks_.station().quick(), this,
             [paper, file, feedback = feedback_of(*view, tasks_.today())]() -> Status {
               GZ_TRY_ASSIGN(const auto rows, table_rows(paper, feedback));
               return write_rows(file, paper.name, rows);
             },
             [to, told](const Status& done) {
               if (to && told) told(done);
             });
  });
}

void TaskPaperDesk::save_pdf(const PrintedPaper& paper, const std::filesystem::path& file, QObject* to, Told<void> told) {
  run_then(tasks_.station().quick(), this,
           [from = paper.pdf, file]() -> Status {
             GZ_TRY_ASSIGN(const auto bytes, read_file(from, 64u << 20));
             return write_atomically(file, bytes);
           },
           [to = QPointer<QObject>(to), told = std::move(told)](const Status& done) {
             if (to && told) told(done);
           });
}

void TaskPaperDesk::printed(const PrintedPaper& paper) { tasks_.station().record("op.print", Json{{"file", paper.pdf.filename().string()}, {"order", paper.number}}); }

}  // namespace guzheng
