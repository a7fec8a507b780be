#include "core/desk/practice_desk.h"

#include <QDir>
#include <QHostAddress>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTimer>
#include <csignal>

#include <sys/prctl.h>

namespace guzheng {
namespace {

// A port nobody uses now; never an odd one of 5555…5585, which adb servers probe as emulators.
std::uint16_t free_port() {
  for (int i = 0; i < 20; ++i) {
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost, 0)) return 0;
    const auto port = probe.serverPort();
    if (port < 5550 || port > 5590) return port;
  }
  return 0;
}

// Even when the window is killed, its children end: the kernel tells them.
void tie_to_us(QProcess& process) {
  process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
}

void end_process(QProcess& process) {
  if (process.state() == QProcess::NotRunning) return;
  process.terminate();
  if (!process.waitForFinished(1500)) {
    process.kill();
    process.waitForFinished(1500);
  }
}

}  // namespace

PracticeDesk::PracticeDesk(std::filesystem::path programs, std::filesystem::path folder)
    : programs_(std::move(programs)), folder_(std::move(folder)) {
  tie_to_us(server_);
  tie_to_us(phone_);
  connect(&server_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) give_up(ErrorKind::NotFound, "adb: could not be started");
  });
  connect(&phone_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) give_up(ErrorKind::NotFound, "guzheng-phone: could not be started");
  });
  connect(&phone_, &QProcess::readyReadStandardOutput, this, &PracticeDesk::phone_spoke);
  connect(&phone_, &QProcess::finished, this, [this](int code) {
    give_up(ErrorKind::Io, "guzheng-phone ended with " + std::to_string(code) + ": " + phone_.readAllStandardError().toStdString());
  });
}

PracticeDesk::~PracticeDesk() {
  phone_.disconnect(this);
  server_.disconnect(this);
  end_process(phone_);
  end_process(server_);
}

void PracticeDesk::give_up(ErrorKind kind, std::string what) {
  if (failed_) return;
  failed_ = true;
  emit failed(Error{kind, std::move(what)});
}

void PracticeDesk::start() {
  start_server();
  start_phone();
}

// An adb server of our own: the user's (5037) is neither needed nor disturbed, whatever its version.
void PracticeDesk::start_server() {
  port_ = free_port();
  QDir().mkpath(QString::fromStdString((folder_ / "adb").string()));
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert("HOME", QString::fromStdString((folder_ / "adb").string()));
  environment.insert("ANDROID_SDK_HOME", QString::fromStdString((folder_ / "adb").string()));
  environment.remove("ADB_SERVER_SOCKET");
  environment.insert("ADB_MDNS", "0");
  server_.setProcessEnvironment(environment);
  server_.setStandardOutputFile(QProcess::nullDevice());
  server_.setStandardErrorFile(QString::fromStdString((folder_ / "adb" / "server.log").string()));
  server_.start("adb", {"-L", QString("tcp:localhost:%1").arg(port_), "nodaemon", "server"});
}

void PracticeDesk::start_phone() {
  phone_.setProgram(QString::fromStdString((programs_ / "guzheng-phone").string()));
  phone_.setArguments({"--port", "0", "--state", QString::fromStdString((folder_ / "phone").string())});
  phone_.start();
}

// The phone's first line says which port it took.
void PracticeDesk::phone_spoke() {
  static const QRegularExpression port(R"(^listening 127\.0\.0\.1:(\d+) )");
  const auto said = QString::fromUtf8(phone_.readAllStandardOutput());
  if (const auto match = port.match(said); match.hasMatch()) {
    connect_phone(static_cast<quint16>(match.captured(1).toUInt()));
    emit ready(port_);
  }
}

// `adb connect` through our own server; tried again while the server is still starting.
void PracticeDesk::connect_phone(quint16 phone_port) {
  auto* helper = new QProcess(this);
  helper->setProcessEnvironment(server_.processEnvironment());
  helper->setProcessChannelMode(QProcess::MergedChannels);
  connect(helper, &QProcess::finished, this, [this, helper, phone_port](int) {
    const auto said = QString::fromUtf8(helper->readAll());
    helper->deleteLater();
    if (said.contains("connected to")) return;
    if (++tries_ > 30) return give_up(ErrorKind::Network, "adb connect: " + said.toStdString());
    QTimer::singleShot(300, this, [this, phone_port] { connect_phone(phone_port); });
  });
  helper->start("adb", {"-L", QString("tcp:localhost:%1").arg(port_), "connect", QString("127.0.0.1:%1").arg(phone_port)});
}

}  // namespace guzheng
