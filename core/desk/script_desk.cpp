#include "core/desk/script_desk.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/desk/script_files.h"
#include "core/desk/workers.h"
#include "core/session/script_actions.h"
#include "core/session/script_derive.h"
#include "core/session/script_write.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

std::vector<ScriptProblem> all_problems(const fs::path& file, const std::string& text) {
  auto problems = check_script(text);
  if (!problems.empty()) return problems;
  const auto script = parse_script(text);
  if (!script) return problems;
  if (pictures_in(*script).empty()) return problems;
  // pictures are looked for beside the file: a copy of the text stands in for what is not saved yet
  const fs::path trial = file.parent_path() / ".check.json";
  if (!write_text(trial, text)) return problems;
  (void)read_script(trial, &problems).has_value();
  std::error_code ec;
  fs::remove(trial, ec);
  return problems;
}

ScriptCard card_of(const fs::path& file) {
  ScriptCard card{file.filename().string(), file.stem().string(), 0, 1};
  const auto text = read_text(file, kScriptMostBytes);
  if (!text) return card;
  card.problems = static_cast<int>(check_script(*text).size());
  if (const auto json = parse_json(*text); json && json->is_object()) {
    card.name = text_at(*json, "name", card.name);
    if (json->contains("steps") && (*json)["steps"].is_array()) card.steps = static_cast<int>((*json)["steps"].size());
  }
  return card;
}

std::vector<ScriptCard> cards_in(const fs::path& folder) {
  std::vector<ScriptCard> out;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec))
    if (entry.path().extension() == ".json" && !entry.path().filename().string().starts_with('.') && entry.is_regular_file(ec)) out.push_back(card_of(entry.path()));
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
  return out;
}

}  // namespace

struct ScriptDesk::Run {
  Script script;
  ScriptSecrets secrets;
  std::atomic<bool> cancelled{false};
  bool begun = false;                        // the session stands
  std::optional<ScriptStop> stop;
  std::string reason;                        // for an incomplete package
};

ScriptDesk::ScriptDesk(StationDesk& station, LiveDesk& live) : station_(station), live_(live), crops_(station) {
  connect(&station_, &StationDesk::opened, this, &ScriptDesk::refresh);
  connect(&live_, &LiveDesk::started, this, &ScriptDesk::drive);
  connect(&live_, &LiveDesk::end_asked, this, &ScriptDesk::cancel);
  connect(&live_, &LiveDesk::sealed, this, [this](const SealedPackage& package) {
    if (!run_) return;
    const auto stop = run_->stop;
    finish();
    emit run_ended(package, stop);
  });
  const auto lost = [this](const Error& error) {
    if (!run_) return;
    finish();
    emit run_failed(error);
  };
  connect(&live_, &LiveDesk::start_failed, this, lost);
  connect(&live_, &LiveDesk::node_failed, this, lost);
  connect(&live_, &LiveDesk::end_failed, this, lost);
  connect(&live_, &LiveDesk::phone_taken, this, [lost](const NodeLease& by) { lost({ErrorKind::Exists, "the phone is used by " + by.holder}); });
}

ScriptDesk::~ScriptDesk() { cancel(); }

void ScriptDesk::finish() {
  run_.reset();
  live_.hold(false);
  emit run_changed();
}

void ScriptDesk::refresh() {
  if (!station_.is_open()) return;
  run_then(station_.quick(), this, [folder = folder()] { return cards_in(folder); },
           [this](std::vector<ScriptCard> cards) {
             scripts_ = std::move(cards);
             emit listed();
           });
}

void ScriptDesk::open(const std::string& file) {
  run_then(station_.quick(), this,
           [place = folder() / file]() -> Result<Json> {
             GZ_TRY_ASSIGN(const auto text, read_text(place, kScriptMostBytes));
             auto json = parse_json(text);
             if (json && json->is_object()) return json;
             return fail(ErrorKind::Invalid, in_words(check_script(text).front(), Language::Chinese));
           },
           [this, file](const Result<Json>& json) {
             if (json) emit opened(file, *json);
             else emit failed(file, json.error());
           });
}

void ScriptDesk::save(const std::string& file, const Json& script) {
  run_then(station_.quick(), this,
           [folder = folder(), file, script]() -> Result<std::string> {
             GZ_TRY(make_private_folder(folder));
             const std::string name = file.empty() ? file_name_for(folder, text_at(script, "name")) : file;
             GZ_TRY(write_text(folder / name, script_text(script)));
             return name;
           },
           [this, file](const Result<std::string>& name) {
             if (!name) {
               emit failed(file, name.error());
               return;
             }
             station_.record("op.script", Json{{"act", "save"}, {"file", *name}});
             refresh();
             emit kept(*name);
           });
}

void ScriptDesk::remove(const std::string& file) {
  run_then(station_.quick(), this,
           [folder = folder(), file]() -> Result<std::string> {
             GZ_TRY(make_private_folder(folder / "removed"));
             std::error_code ec;
             fs::rename(folder / file, folder / "removed" / file_name_for(folder / "removed", fs::path(file).stem().string()), ec);
             if (ec) return fail(error_from_errno(ec.value(), "take " + file + " away"));
             return file;
           },
           [this, file](const Result<std::string>& done) {
             if (!done) {
               emit failed(file, done.error());
               return;
             }
             station_.record("op.script", Json{{"act", "remove"}, {"file", file}});
             refresh();
             emit removed(file);
           });
}

void ScriptDesk::derive(const std::string& package, const std::string& reason) {
  station_.record_opening(package, "script", reason);
  struct Made {
    std::string file;
    DerivedScript script;
  };
  run_then(station_.quick(), this,
           [folder = folder(), place = station_.vault().folder() / "sealed" / package, opener = station_.opener()]() -> Result<Made> {
             GZ_TRY_ASSIGN(const auto files, open_package(place, opener));
             Made made;
             GZ_TRY_ASSIGN(made.script, script_from_package(*files));
             GZ_TRY(make_private_folder(folder));
             made.file = file_name_for(folder, text_at(made.script.script, "name"));
             GZ_TRY(write_text(folder / made.file, script_text(made.script.script)));
             return made;
           },
           [this, package](const Result<Made>& made) {
             if (!made) {
               emit failed(package, made.error());
               return;
             }
             station_.record("op.script", Json{{"act", "derive"}, {"file", made->file}, {"package", package}});
             refresh();
             emit kept(made->file);
             emit derived(made->file, made->script.by_text, made->script.by_place, made->script.left_out);
           });
}

void ScriptDesk::check(const Json& script) {
  run_then(station_.quick(), this, [folder = folder(), script] { return all_problems(folder / "x.json", script_text(script)); },
           [this, script, number = ++checks_](const std::vector<ScriptProblem>& problems) {
             if (number == checks_) emit checked(script, problems);
           });
}

void ScriptDesk::run(const std::string& file, const PhoneEntry& phone, ScriptSecrets secrets) {
  if (run_ || live_.busy()) return emit run_failed({ErrorKind::Exists, "a session is running already"});
  auto script = read_script(folder() / file);
  if (!script) return emit run_failed(script.error());
  if (const auto known = check_secrets(*script, &secrets); !known) return emit run_failed(known.error());
  run_ = std::make_shared<Run>();
  run_->script = std::move(*script);
  run_->secrets = std::move(secrets);
  station_.record("op.script", Json{{"act", "run"}, {"file", file}, {"phone", phone.serial}, {"sha256", run_->script.sha256}});
  live_.hold(true);
  emit run_changed();
  live_.start(run_->script.order, phone, run_->script.statements);
}

void ScriptDesk::cancel() {
  if (run_) run_->cancelled.store(true);
}

void ScriptDesk::drive() {
  if (!run_ || run_->begun || !live_.session()) return;
  run_->begun = true;
  run_then(station_.quick(), this,
           [this, run = run_, session = live_.session(), &clock = station_.clock()] {
             ScriptRunner runner(run->script, *session, clock, &run->secrets, [run] { return run->cancelled.load(); });
             auto done = runner.begin();
             while (done && !runner.ended()) {
               post(this, [this, run, step = static_cast<qint64>(runner.next())] {
                 if (run_ == run) emit step_begun(step, static_cast<qint64>(run->script.steps.size()));
               });
               done = runner.step();
             }
             run->stop = runner.stopped();
             if (run->stop) run->reason = "取证脚本未能执行完：" + in_words(*run->stop, Language::Chinese);
             else if (!session->status().incomplete.empty()) run->reason = "取证脚本没有包含全部应取内容";
             return 0;
           },
           [this, run = run_](int) {
             if (run_ != run) return;
             live_.hold(false);              // the script is through: what the window asks for from here on is the officer's
             live_.end(run->reason);
           });
}

}  // namespace guzheng
