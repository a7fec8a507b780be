// Rows of the window: filter pills go on in the next line.
#include <gtest/gtest.h>

#include "ui/base/flow_layout.h"
#include "ui/base/parts.h"

namespace guzheng::ui {
namespace {

TEST(FlowLayout, GoesOnInTheNextLine) {
  QWidget row;
  auto* layout = new FlowLayout(5);
  row.setLayout(layout);
  std::vector<QPushButton*> pills;
  for (const char* text : {"All 12", "Complete 4", "Incomplete 8", "Practice 12"}) {
    pills.push_back(pill(QString::fromLatin1(text)));
    layout->addWidget(pills.back());
  }
  const int wide = layout->sizeHint().width(), one = layout->heightForWidth(wide);
  EXPECT_GT(layout->heightForWidth(wide - 1), one);
  row.resize(wide * 2 / 3, layout->heightForWidth(wide * 2 / 3));
  layout->setGeometry(row.rect());
  for (auto* one_pill : pills) {
    EXPECT_GE(one_pill->width(), one_pill->sizeHint().width()) << "nothing of its text is cut";
    EXPECT_TRUE(row.rect().contains(one_pill->geometry()));
  }
  EXPECT_GT(pills.back()->y(), pills.front()->y());
}

}  // namespace
}  // namespace guzheng::ui
