// Fields and rows of the window: a passphrase leaves its field for good, filter pills go on in the next line.
#include <gtest/gtest.h>

#include <QLineEdit>
#include <QTest>

#include "core/desk/secret_text.h"
#include "ui/base/flow_layout.h"
#include "ui/base/parts.h"

namespace guzheng::ui {
namespace {

// A-7.2b: what was typed lies in the Secret, and neither in the field nor in the buffer that the field had.
TEST(TakeSecret, LeavesNothingInTheField) {
  QLineEdit field;
  field.setEchoMode(QLineEdit::Password);
  QTest::keyClicks(&field, "long passphrase");
  field.insert(QStringLiteral("口令𠮷"));
  const QString shared = field.text();     // the field's own buffer
  const qsizetype length = shared.size();
  const Secret secret = take_secret(&field);
  EXPECT_EQ(secret.view(), "long passphrase口令𠮷");
  EXPECT_TRUE(field.text().isEmpty());
  EXPECT_EQ(shared, QString(length, QChar(u'\0'))) << "overwritten where it lay";
  field.setEchoMode(QLineEdit::Normal);
  field.undo();
  EXPECT_TRUE(field.text().isEmpty()) << "no letter comes back";
  EXPECT_TRUE(take_secret(&field).empty());
}

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
