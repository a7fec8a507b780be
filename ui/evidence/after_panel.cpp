#include "ui/evidence/after_panel.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QRadioButton>
#include <algorithm>

#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr int kStampsHeight = 150;         // pixels

class StampWords {
  Q_DECLARE_TR_FUNCTIONS(StampWords)
 public:
  static QString name(const StampRow& row) {
    const auto what = of(row);
    return row.second ? tr("%1（第二机构）").arg(what) : what;
  }
  static QString lag(std::int64_t ms) {
    if (ms > -50 && ms < 50) return tr("几乎同时");
    const auto seconds = (ms < 0 ? -ms : ms) / 1000;
    const auto span = seconds < 60     ? tr("%1 秒").arg(static_cast<double>(ms < 0 ? -ms : ms) / 1000.0, 0, 'f', 1)
                      : seconds < 3600 ? tr("%1 分 %2 秒").arg(seconds / 60).arg(seconds % 60)
                                       : tr("%1 小时 %2 分").arg(seconds / 3600).arg(seconds / 60 % 60);
    return ms < 0 ? tr("早 %1").arg(span) : tr("晚 %1").arg(span);
  }

 private:
  static QString of(const StampRow& row) {
    switch (row.of) {
      case StampOf::Beacon: return tr("开始");
      case StampOf::Line: return tr("日志第 %1 行").arg(row.line);
      case StampOf::Final: return tr("日志末行");
      case StampOf::Seal: return tr("封签");
      case StampOf::SecondSignature: return tr("第二执法人员签名");
      case StampOf::GroupRecord: return tr("并行取证的组记录");
      case StampOf::PartsList: return tr("密文清单的签名");
    }
    return {};
  }
};

Row stamp_row(const StampRow& stamp) {
  Row row;
  row.title = StampWords::name(stamp);
  if (stamp.pending) {
    row.icon = "clock";
    row.colour = colour::amber;
    row.chips.push_back(amber_chip(AfterPanel::tr("待时间戳"), "clock"));
    return row;
  }
  row.icon = "check";
  row.colour = colour::green;
  const auto when = day_clock_text(stamp.info.time) + QStringLiteral(" · ") + qs(stamp.info.authority);
  row.lines = {stamp.line_time.ms == 0 ? when : when + QStringLiteral(" · ") + StampWords::lag(stamp.lag_ms())};
  return row;
}

}  // namespace

AfterPanel::AfterPanel(QWidget* parent) : QWidget(parent) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(8);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  review_ = button(tr("复核…"), "pencil");
  review_->setAccessibleName(tr("复核"));
  sign_ = button(tr("补签"), "pencil");
  stamp_ = button(tr("补盖时间戳"), "clock");
  renew_ = button(tr("续期时间戳"), "refresh");
  renew_->setToolTip(tr("时间戳机构的证书到期之前，请仍受信任的机构对全部文件再盖一次时间戳"));
  proof_ = button(tr("核验证明"), "document");
  copies_ = button(tr("标注副本"), "pencil");
  copies_->setToolTip(tr("在截图的副本上画方框、箭头，写短句，随新一版报告出具；截图本身不变"));
  for (auto* act : {review_, sign_, stamp_, renew_, proof_, copies_}) row->addWidget(act);
  missing_ = label({}, "quiet");
  missing_->setAccessibleName(tr("等谁补签"));
  row->addWidget(missing_);
  row->addStretch(1);
  all->addLayout(row);
  said_ = wrapped({}, "quiet");
  said_->setAccessibleName(tr("复核结论"));
  said_row_ = icon_text("pencil", colour::quiet, said_);
  all->addWidget(said_row_);
  review_box_ = build_review();
  all->addWidget(review_box_);
  RowLook look;
  look.rule = true;
  look.text_lines = 1;
  stamps_ = new RowList(tr("时间戳列表"), look);
  stamps_->setFixedHeight(kStampsHeight);
  all->addWidget(stamps_);
  connect(review_, &QPushButton::clicked, this, [this] {
    review_box_->setVisible(!review_box_->isVisible());
    if (review_box_->isVisible()) confirm_->setFocus();
  });
  connect(stamp_, &QPushButton::clicked, this, &AfterPanel::stamps_wanted);
  connect(sign_, &QPushButton::clicked, this, &AfterPanel::sign_wanted);
  connect(renew_, &QPushButton::clicked, this, &AfterPanel::renew_wanted);
  connect(proof_, &QPushButton::clicked, this, &AfterPanel::proof_wanted);
  connect(copies_, &QPushButton::clicked, this, &AfterPanel::copies_wanted);
  show_entry(nullptr);
}

QWidget* AfterPanel::build_review() {
  auto* box = note_box("blue");
  auto* column = static_cast<QVBoxLayout*>(box->layout());
  column->addWidget(wrapped(tr("设备自动记录的内容，经执法人员复核后才能作为证据（行政处罚法第四十一条）。请先看录像、截图和日志，再写结论；写下的记录不能改，只能再复核一次。"), "small"));
  auto* choice = new QHBoxLayout;
  confirm_ = new QRadioButton(tr("确认"));
  confirm_->setAccessibleName(tr("复核结果 确认"));
  refuse_ = new QRadioButton(tr("不予确认"));
  refuse_->setAccessibleName(tr("复核结果 不予确认"));
  choice->addWidget(confirm_);
  choice->addWidget(refuse_);
  choice->addStretch(1);
  column->addLayout(choice);
  auto* line = new QHBoxLayout;
  reason_ = new QLineEdit;
  reason_->setAccessibleName(tr("复核理由"));
  reason_->setPlaceholderText(tr("看了什么、看出什么 *"));
  reason_->setMaxLength(600);
  write_ = main_button(tr("写入复核记录"));
  line->addWidget(reason_, 1);
  line->addWidget(write_);
  column->addLayout(line);
  const auto ready = [this] { write_->setEnabled(!busy_ && (confirm_->isChecked() || refuse_->isChecked()) && !reason_->text().trimmed().isEmpty()); };
  for (auto* radio : {confirm_, refuse_}) connect(radio, &QRadioButton::toggled, this, ready);
  connect(reason_, &QLineEdit::textChanged, this, ready);
  connect(reason_, &QLineEdit::returnPressed, this, &AfterPanel::send_review);
  connect(write_, &QPushButton::clicked, this, &AfterPanel::send_review);
  write_->setEnabled(false);
  return box;
}

void AfterPanel::send_review() {
  if (write_->isEnabled()) emit review_wanted(confirm_->isChecked(), reason_->text().trimmed());
}

void AfterPanel::close_review() {
  review_box_->hide();
  reason_->clear();
  for (auto* radio : {confirm_, refuse_}) {
    radio->setAutoExclusive(false);
    radio->setChecked(false);
    radio->setAutoExclusive(true);
  }
}

void AfterPanel::show_entry(const PackageEntry* entry) {
  unstamped_ = entry && !entry->stamped && entry->problem.empty();
  verified_ = sound_ = false;
  standing_.reset();
  close_review();
  stamps_->hide();
  setVisible(entry != nullptr);
  offer();
}

void AfterPanel::show_answer(const VerifyAnswer& answer) {
  const auto& said = answer.verification;
  verified_ = true;
  sound_ = said.verdict != Verdict::Damaged && said.verdict != Verdict::CannotTell;
  unstamped_ = std::any_of(said.incomplete.begin(), said.incomplete.end(), [](const auto& reason) { return reason.find("时间戳") != std::string::npos; });
  offer();
}

void AfterPanel::show_standing(const PackageStanding& standing) {
  standing_ = standing;
  offer();
}

void AfterPanel::set_busy(bool busy) {
  busy_ = busy;
  offer();
}

void AfterPanel::offer() {
  for (auto* act : {review_, sign_, stamp_, renew_}) act->setEnabled(!busy_);
  write_->setEnabled(!busy_ && (confirm_->isChecked() || refuse_->isChecked()) && !reason_->text().trimmed().isEmpty());
  const auto* now = standing_ ? &*standing_ : nullptr;
  review_->setVisible(now && now->automatic);
  const bool waits = now && now->automatic && now->reviews == 0;
  set_role(review_, "main", waits);
  review_->setIcon(icon("pencil", waits ? colour::white : colour::text));
  sign_->setVisible(now && now->may_sign);
  missing_->setVisible(now && !now->signs_later.empty() && !now->may_sign);
  if (now) missing_->setText(tr("等 %1 补签").arg(qs(now->signs_later)));
  stamp_->setVisible(unstamped_);
  renew_->setVisible(verified_ && sound_ && !unstamped_);
  proof_->setVisible(verified_);
  copies_->setVisible(verified_ && sound_);
  said_row_->setVisible(now && now->automatic);
  if (!now || !now->automatic) return;
  if (now->reviews == 0) said_->setText(tr("待复核：设备自动取证，还没有执法人员看过"));
  else
    said_->setText(tr("复核 %1：%2 · %3 · %4").arg(now->confirmed ? tr("确认") : tr("不予确认"), qs(now->by), qs(now->at).left(19).replace('T', ' '), qs(now->reason)));
  said_->setAccessibleDescription(said_->text());
}

void AfterPanel::show_stamps(const StampTable& table) {
  std::vector<Row> rows;
  for (const auto& row : table.pending) rows.push_back(stamp_row(row));
  for (const auto& row : table.came) rows.push_back(stamp_row(row));
  stamps_->rows().set_rows(std::move(rows));
  stamps_->show();
}

}  // namespace guzheng::ui
