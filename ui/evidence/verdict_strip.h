// ui. What verification said (B-5.4.4a): the word, four plain proofs, when and how long; or what is broken and where.
// A practice package is 练习, never 完整, however well it checks.
#pragma once

#include <QFrame>

#include "core/desk/vault_desk.h"

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace guzheng::ui {

class VerdictStrip : public QFrame {
  Q_OBJECT
 public:
  explicit VerdictStrip(QWidget* parent = nullptr);
  void show_nothing();
  void show_progress(qint64 done, qint64 total);
  void show_answer(const VerifyAnswer& answer);
  void show_stopped();
  [[nodiscard]] bool running() const { return running_; }

 signals:
  void verify_wanted();
  void cancel_wanted();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void name_act();
  void set_word(const char* box, const QString& icon, const QColor& ink, const QString& word, const QString& below);
  static QString missing_text(const std::string& thing);
  void set_proofs(const QStringList& proofs, const QString& icon, const QColor& ink);

  QLabel *sign_, *word_, *below_;
  QGridLayout* proofs_;
  QProgressBar* bar_;
  QPushButton* act_;
  bool running_ = false;
};

}  // namespace guzheng::ui
