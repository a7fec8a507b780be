#include "core/desk/form_process.h"

#include "core/desk/workers.h"

namespace guzheng {

void FormProcess::draw(const std::filesystem::path& values, const std::filesystem::path& pdf, Done done) {
  const auto text = [](const std::filesystem::path& path) { return QString::fromStdString(path.string()); };
  run({"tasks", "form", text(values), "-o", text(pdf), "--lang", "en"}, std::move(done));
}

void FormProcess::run(const QStringList& arguments, Done done, std::function<void(const QByteArray&)> said) {
  if (process_) return post(this, [done = std::move(done)] { done(fail(ErrorKind::Exists, "another paper is being drawn")); });
  done_ = std::move(done);
  ++number_;
  process_ = new QProcess(this);
  process_->setProgram(QString::fromStdString((programs_ / "guzheng-evidence").string()));
  process_->setArguments(arguments);
  if (said) {
    connect(process_, &QProcess::readyReadStandardOutput, this, [this, said = std::move(said)] {
      if (process_) said(process_->readAllStandardOutput());
    });
  } else {
    process_->setStandardInputFile(QProcess::nullDevice());
    process_->setStandardOutputFile(QProcess::nullDevice());
  }
  connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) post(this, [this] { ended(false, false); });         // it is told from within start()
  });
  connect(process_, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) { ended(code == 0 && status == QProcess::NormalExit, true); });
  process_->start();
}

void FormProcess::ended(bool good, bool started) {
  if (!process_) return;
  const auto why = started ? process_->readAllStandardError().trimmed().toStdString() : process_->errorString().toStdString();
  process_->deleteLater();
  process_ = nullptr;
  const auto done = std::move(done_);
  done_ = {};
  if (good) done(ok());
  else if (started) done(fail(ErrorKind::Io, "the paper was not drawn: " + why));
  else done(fail(ErrorKind::NotFound, "guzheng-evidence could not be started: " + why));
}

void FormProcess::answer(std::uint64_t number, ByteView bytes) {
  if (process_ && number == number_) process_->write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
}

void FormProcess::kill() {
  if (process_) process_->kill();
}

void FormProcess::stop() {
  if (!process_) return;
  process_->disconnect(this);
  process_->kill();
  process_->waitForFinished(2000);
  process_->deleteLater();
  process_ = nullptr;
  done_ = {};
}

}  // namespace guzheng
