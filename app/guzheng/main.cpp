// 固证 guzheng, the workstation's window.
#include <QApplication>
#include <QStyleFactory>

#include "app/guzheng/application.h"
#include "core/base/secret.h"

int main(int argc, char** argv) {
  guzheng::keep_memory_private();
  const auto parsed = guzheng::parse_options(argc, argv);
  if (parsed.exit_code) return *parsed.exit_code;
  QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  QApplication app(argc, argv);
  QCoreApplication::setOrganizationName("Guzheng");
  QCoreApplication::setApplicationName("guzheng");
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  app.setStyleSheet("file:///:/style/guzheng.qss");
  guzheng::Application program(parsed.options);
  program.show();
  return QApplication::exec();
}
