#include "ui/evidence/care_window.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QProgressBar>
#include <QShortcut>
#include <algorithm>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

class CareWords {
  Q_DECLARE_TR_FUNCTIONS(CareWords)
 public:
  struct Words {
    QString what, act;                     // what is looked at; what to do when it is not well
  };

  static Words of(const std::string& id) {
    if (id == "vault.permissions") return {tr("文件夹权限"), tr("权限过宽的已收紧；属于别人的文件或链接，请查明是谁放的")};
    if (id == "vault.gone") return {tr("目录中的证据包"), tr("文件夹不见了：请从副本或备份找回")};
    if (id == "vault.catalogue") return {tr("证据库目录"), tr("请管理员用 guzheng-evidence vault --rebuild 重建目录")};
    if (id == "vault.unfinished") return {tr("未封存的取证"), tr("请在证据库最上面点“恢复并封存”")};
    if (id == "vault.plain") return {tr("尚未加密的证据包"), tr("后台正在加密；一直不减少时请检查磁盘空间")};
    if (id == "disk.space") return {tr("磁盘空间"), tr("请腾出空间，或换更大的磁盘")};
    if (id == "copy.none") return {tr("副本"), tr("只有一份：请管理员用 guzheng-evidence vault --second-copy 在另一磁盘上设副本")};
    if (id == "copy.away") return {tr("副本的介质"), tr("请接上介质，再点“更新副本”")};
    if (id == "copy.step") return {tr("副本是否一致"), tr("请点“更新副本”")};
    if (id == "certificate") return {tr("证书"), tr("到期前请发证单位续发")};
    if (id == "authority") return {tr("时间戳机构"), tr("请检查网络和地址；恢复之前新的证据包为待时间戳")};
    if (id == "log.chain") return {tr("操作日志"), tr("请保存现有日志和备份中的日志，查明断开前后发生了什么")};
    if (id == "log.stamp") return {tr("操作日志的时间戳"), tr("等待时间戳的会自动补取；被截断或改写的，请保存现有日志、时间戳和备份，查明是谁改的")};
    if (id == "retention") return {tr("保存期限"), tr("到期的由本单位决定，软件不删除")};
    if (id == "scrub.age") return {tr("上次复查"), tr("请在上面开始复查")};
    return {qs(id), {}};
  }

  static Row row(const Diagnosis& one) {
    const auto words = of(one.id);
    Row out;
    out.title = one.subject.empty() ? words.what : tr("%1　%2").arg(words.what, qs(one.subject));
    if (one.health == Health::Good) {
      out.icon = "check";
      out.colour = colour::green;
      out.chips.push_back(green_chip(tr("正常")));
      out.lines = {qs(one.detail)};
      return out;
    }
    const bool bad = one.health == Health::Bad;
    out.icon = bad ? "cross-circle" : "alert";
    out.colour = bad ? colour::red : colour::amber;
    out.chips.push_back(bad ? red_chip(tr("有问题")) : amber_chip(tr("注意")));
    out.lines = {one.detail.empty() ? words.act : tr("%1（%2）").arg(words.act, qs(one.detail))};
    return out;
  }

  static Row row(const ScrubbedPackage& one) {
    Row out;
    out.title = qs(one.id);
    if (one.result == "damaged") {
      out.icon = "cross-circle";
      out.colour = colour::red;
      out.chips.push_back(red_chip(tr("已损坏")));
      out.lines = {one.problem.empty() ? tr("与封存时不符：%1").arg(files(one.damaged)) : tr("看不了：%1").arg(qs(one.problem))};
      return out;
    }
    out.icon = "check";
    out.colour = colour::green;
    if (one.result == "repaired") {
      out.chips.push_back(amber_chip(tr("已用另一份修复")));
      out.lines = {tr("修复了 %1").arg(files(one.repaired))};
      return out;
    }
    out.chips.push_back(green_chip(tr("完好")));
    out.lines = {one.result == "plain" ? tr("每个文件与封存时一致；尚未加密，也没有副本") : tr("每个文件与封存时一致")};
    return out;
  }

  // A span as a person says it.
  static QString left(std::int64_t ms) {
    if (ms < 0) return {};
    return ms < 60'000 ? tr(" · 约剩 %1 秒").arg((ms + 999) / 1000) : tr(" · 约剩 %1 分钟").arg((ms + 59'999) / 60'000);
  }

 private:
  static QString files(const std::vector<std::string>& names) {
    QStringList out;
    for (const auto& name : names) out << (name.starts_with("copy:") ? tr("副本 %1").arg(qs(name.substr(5))) : qs(name));
    return out.join(QStringLiteral("，"));
  }
};

}  // namespace

CareWindow::CareWindow(CareDesk& desk) : desk_(desk) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("page");
  setWindowTitle(tr("证据库体检"));
  resize(980, 690);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(16, 16, 16, 16);
  auto* sheet = new QWidget;
  auto* all = new QVBoxLayout(sheet);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("证据库体检消息"));
  all->addWidget(messages_);
  all->addWidget(build_scrub(), 3);
  all->addWidget(build_copy());
  all->addWidget(build_findings(), 4);
  outer->addWidget(scroller(sheet));
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  connect(&desk_, &CareDesk::examined, this, &CareWindow::show_health);
  connect(&desk_, &CareDesk::scrubbing, this, &CareWindow::show_progress);
  connect(&desk_, &CareDesk::package_done, this, [this](const ScrubbedPackage& one) {
    rows_.push_back(CareWords::row(one));
    results_->rows().set_rows(rows_);
  });
  connect(&desk_, &CareDesk::scrubbed, this, &CareWindow::show_outcome);
  connect(&desk_, &CareDesk::caught_up, this, [this](int packages) {
    messages_->show_text("green", packages == 0 ? tr("副本与证据库一致。") : tr("已更新副本：%1 个证据包。").arg(packages));
    desk_.examine();
  });
  connect(&desk_, &CareDesk::failed, this, [this](const std::string& act, const Error& error) {
    show_running(false);
    messages_->show_error(act == "copy" ? Doing::CatchUp : Doing::Scrub, error);
    if (act == "copy") desk_.examine();    // what could be copied is
  });
  show_running(desk_.busy());
  desk_.examine();
}

Card* CareWindow::build_scrub() {
  auto* card = new Card(tr("复查"));
  auto* row = new QHBoxLayout;
  reason_ = new QLineEdit(tr("定期复查"));
  reason_->setAccessibleName(tr("复查原因"));
  reason_->setMaxLength(200);
  reason_->setPlaceholderText(tr("不写原因：不打开证据，只核对密文"));
  go_ = main_button(tr("开始复查"), "shield");
  row->addWidget(label(tr("打开证据的原因"), "quiet"));
  row->addWidget(reason_, 1);
  row->addWidget(go_);
  card->body()->addLayout(row);
  card->body()->addWidget(wrapped(tr("逐个打开证据包，核对每个文件；有副本时，用好的一份修复坏的一份。每打开一个都记入操作日志。可随时停止，下次从停下处继续。"), "small"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("复查进度"));
  card->body()->addWidget(bar_);
  state_ = label({}, "quiet");
  state_->setAccessibleName(tr("复查状态"));
  card->body()->addWidget(state_);
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  results_ = new RowList(tr("复查结果"), look);
  results_->setMinimumHeight(120);
  card->body()->addWidget(results_, 1);
  connect(go_, &QPushButton::clicked, this, &CareWindow::scrub);
  connect(reason_, &QLineEdit::returnPressed, this, [this] {
    if (!desk_.busy()) scrub();
  });
  return card;
}

Card* CareWindow::build_copy() {
  auto* card = new Card(tr("副本"));
  copy_ = wrapped(tr("正在查看…"));
  copy_->setAccessibleName(tr("副本状态"));
  card->body()->addWidget(copy_);
  catch_up_ = button(tr("更新副本"), "copy");
  card->header()->addWidget(catch_up_);
  catch_up_->hide();
  connect(catch_up_, &QPushButton::clicked, this, [this] {
    catch_up_->setEnabled(false);
    desk_.catch_up();
  });
  return card;
}

Card* CareWindow::build_findings() {
  auto* card = new Card(tr("检查结果"));
  again_ = link_button(tr("再查一次"));
  card->header()->addWidget(again_);
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  findings_ = new RowList(tr("体检结果"), look);
  findings_->setMinimumHeight(170);
  card->body()->addWidget(findings_, 1);
  connect(again_, &QPushButton::clicked, this, [this] {
    again_->setEnabled(false);
    desk_.examine();
  });
  return card;
}

void CareWindow::scrub() {
  if (desk_.busy()) {
    desk_.cancel();
    return;
  }
  messages_->clear();
  rows_.clear();
  results_->rows().set_rows({});
  desk_.scrub(ss(reason_->text().trimmed()));
  show_running(desk_.busy());
}

void CareWindow::show_running(bool running) {
  go_->setText(running ? tr("停止") : tr("开始复查"));
  go_->setAccessibleName(running ? tr("停止复查") : tr("开始复查"));
  reason_->setEnabled(!running);
  bar_->setVisible(running);
  state_->setVisible(running);
  if (running) state_->setText(tr("正在等前面的工作做完…"));
}

void CareWindow::show_progress(const ScrubProgress& at) {
  if (!desk_.busy()) return;
  bar_->setRange(0, 1000);
  bar_->setValue(at.total ? static_cast<int>(at.done * 1000 / at.total) : 0);
  state_->setText(tr("第 %1 / %2 个包 %3 · %4 / %5%6").arg(at.package + 1).arg(at.packages).arg(qs(at.id), bytes_text(at.done), bytes_text(at.total), CareWords::left(at.left_ms)));
  state_->setAccessibleDescription(state_->text());
}

void CareWindow::show_outcome(const ScrubOutcome& outcome) {
  show_running(false);
  const auto [packages, repaired, damaged] = count_of(outcome);
  auto words = tr("复查完成：%1 个证据包，修复 %2 个，损坏或不见 %3 个。").arg(packages).arg(repaired).arg(damaged);
  if (outcome.resumed) words += tr("另有 %1 个由 %2 开始、中途停下的那次查看过，这次没有再看。").arg(outcome.earlier).arg(day_clock_text(outcome.earlier_since));
  if (!outcome.restored.empty()) words += tr("证据库中已不见的 %1 个从副本取回。").arg(outcome.restored.size());
  if (!outcome.behind.empty()) words += tr("副本还缺 %1 个，请补齐副本。").arg(outcome.behind.size());
  if (!outcome.copy_problem.empty()) words += tr("没有查看副本：介质不在或不属于本证据库。");
  if (!outcome.catalogue_problem.empty()) words += tr("结果没有记入目录。");
  const bool attention = repaired > 0 || !outcome.behind.empty() || !outcome.copy_problem.empty() || !outcome.catalogue_problem.empty();
  messages_->show_text(damaged ? "red" : attention ? "amber" : "green", words);
  desk_.examine();
}

void CareWindow::show_health(const VaultHealth& health) {
  again_->setEnabled(true);
  catch_up_->setEnabled(true);
  catch_up_->setVisible(!health.copy.empty() && (health.copy_away || !health.behind.empty()));
  copy_->setText(health.copy.empty()      ? tr("没有副本：证据只有一份。")
                 : health.copy_away       ? tr("副本在 %1，介质不在。").arg(qs(health.copy.string()))
                 : health.behind.empty()  ? tr("副本在 %1，与证据库一致。").arg(qs(health.copy.string()))
                                          : tr("副本在 %1，差 %2 个证据包。").arg(qs(health.copy.string())).arg(health.behind.size()));
  copy_->setAccessibleDescription(copy_->text());
  auto all = health.findings;
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.health > b.health; });
  std::vector<Row> rows;
  for (const auto& one : all) rows.push_back(CareWords::row(one));
  findings_->rows().set_rows(std::move(rows));
}

}  // namespace guzheng::ui
