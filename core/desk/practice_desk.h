// Room desk. What makes the practice desk (练习) work with one click: an adb server of its own and a training phone,
// both found on this computer, both ended with the window. Nothing here touches the user's own adb server or keys.
#pragma once

#include <QObject>
#include <QProcess>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/result.h"

namespace guzheng {

// GUI thread. Ports are chosen free by the system.
class PracticeDesk : public QObject {
  Q_OBJECT
 public:
  // `programs`: where guzheng-phone lies; `folder`: home of the adb server's keys.
  PracticeDesk(std::filesystem::path programs, std::filesystem::path folder);
  ~PracticeDesk() override;                // ends both processes
  void start();
  [[nodiscard]] std::uint16_t port() const { return port_; }

 signals:
  void ready(quint16 port);                // the adb server answers on 127.0.0.1:port; the phone joins by itself
  void failed(const guzheng::Error& error);

 private:
  void start_server();
  void start_phone();
  void phone_spoke();
  void connect_phone(quint16 phone_port);
  void give_up(ErrorKind kind, std::string what);

  const std::filesystem::path programs_, folder_;
  QProcess server_, phone_;
  std::uint16_t port_ = 0;
  int tries_ = 0;
  bool failed_ = false;
};

}  // namespace guzheng
