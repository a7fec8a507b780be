// WebEngine wants its process prepared before the application object is made.
#include <gtest/gtest.h>

#include <QGuiApplication>

#include "core/report/report.h"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (GTEST_FLAG_GET(list_tests)) return RUN_ALL_TESTS();
  qputenv("QT_QPA_PLATFORM", "offscreen");
  guzheng::prepare_report_process();
  QGuiApplication app(argc, argv);
  return RUN_ALL_TESTS();
}
