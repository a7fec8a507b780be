#include "core/desk/push_desk.h"

namespace guzheng {

PushDesk::PushDesk(SubjectDesk& desk) : desk_(desk) {
  working_.setMaxThreadCount(1);
  working_.setThreadPriority(QThread::LowPriority);
}

void PushDesk::stop() {
  stop_->store(true);
  working_.waitForDone();
}

PushTrust PushDesk::trust() const {
  const auto& bureau = desk_.station().bureau();
  return {bureau.org_root_pem, bureau.org_crl_pem, desk_.now()};
}

PushProgress PushDesk::watch() {
  return [this, stop = stop_, last = std::int64_t{-1}](std::int64_t done, std::int64_t of) mutable {
    if (done - last >= 200 || done == of) {
      last = done;
      post(this, [this, done, of] { emit progressed(done, of); });
    }
    return !stop->load();
  };
}

template <typename T>
void PushDesk::run(std::function<Result<T>(SubjectStore&)> work, std::function<void(const T&)> done) {
  if (running_ || desk_.stopped()) return;
  if (!desk_.may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
  running_ = true;
  stop_->store(false);
  emit running_changed();
  run_then(working_, this, [work = std::move(work), store = desk_.store()] { return work(*store); }, [this, done = std::move(done)](const Result<T>& out) {
    running_ = false;
    emit running_changed();
    if (out) done(*out);
    else emit failed(out.error());
  });
}

void PushDesk::write(const SubjectChoice& choice, const PushNote& note, const std::filesystem::path& file) {
  const auto signer = desk_.station().session_setup().officer1;
  run<PushSeen>([choice, note, file, signer, clock = &desk_.station().clock(), watch = watch()](SubjectStore& store) -> Result<PushSeen> {
    if (!signer) return fail(ErrorKind::Denied, "nobody is logged in who could sign");
    if (!choice.all) return write_push(store, choice.ids, note, *signer, *clock, file, watch);
    for (std::int64_t behind = 1; behind > 0;) {         // what was just imported is selected too
      GZ_TRY_ASSIGN(const auto progress, store.follow());
      behind = progress.behind;
    }
    return write_push(store, *choice.all, note, *signer, *clock, file, watch);
  }, [this, file](const PushSeen& push) {
    desk_.station().record("op.push", push_written_line(push, file));
    emit written(push, file);
  });
}

void PushDesk::check(const std::filesystem::path& file) {
  run<PushSeen>([file, trust = trust()](SubjectStore&) { return check_push(file, trust); }, [this](const PushSeen& push) { emit seen(push); });
}

void PushDesk::take(const std::filesystem::path& file, const std::filesystem::path& answer, PushNoticeWords words) {
  const auto signer = desk_.station().session_setup().officer1;
  struct Out {
    PushTaken taken;
    Status answered;
  };
  run<Out>([file, answer, words = std::move(words), trust = trust(), act = desk_.act("接收推送"), signer, clock = &desk_.station().clock(), watch = watch()](SubjectStore& store) -> Result<Out> {
    std::error_code ec;
    if (!answer.empty() && !signer) return fail(ErrorKind::Denied, "nobody is logged in who could sign the acknowledgement");
    if (!answer.empty() && std::filesystem::exists(answer, ec)) return fail(ErrorKind::Exists, answer.string() + " is there already: an acknowledgement is never replaced");
    Out out;
    GZ_TRY_ASSIGN(out.taken, take_push(store, file, trust, act, watch, words));
    if (!answer.empty()) out.answered = write_acknowledgement(out.taken, *signer, *clock, answer);
    return out;
  }, [this](const Out& out) {
    desk_.station().record("op.push", push_taken_line(out.taken));
    desk_.tell_changed(0);
    emit taken(out.taken);
    if (!out.answered) emit failed(out.answered.error());
  });
}

void PushDesk::undo(std::int64_t batch) {
  run<UndoReport>([batch, act = desk_.act("撤销接收的推送")](SubjectStore& store) { return store.undo(batch, act); }, [this, batch](const UndoReport& report) {
    desk_.station().record("op.push", Json{{"act", "undo"}, {"batch", batch}, {"kept", report.kept_count}, {"removed", report.removed}, {"restored", report.restored}});
    desk_.tell_changed(0);
    emit taken_back(report);
  });
}

void PushDesk::check_answer(const std::filesystem::path& push, const std::filesystem::path& answer) {
  struct Out {
    PushSeen push;
    PushAcknowledged answer;
  };
  run<Out>([push, answer, trust = trust()](SubjectStore&) -> Result<Out> {
    Out out;
    GZ_TRY_ASSIGN(out.push, check_push(push, trust));
    GZ_TRY_ASSIGN(out.answer, check_acknowledgement(answer, out.push, trust));
    return out;
  }, [this](const Out& out) {
    desk_.station().record("op.push", push_acknowledged_line(out.push, out.answer));
    emit acknowledged(out.answer);
  });
}

}  // namespace guzheng
