#include "ui/oplog/log_page.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QShortcut>
#include <QTableView>
#include <set>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr char kColumnsKey[] = "oplog/columns";

// Looks in every column and for the kind that the box names.
class LogFilter final : public QSortFilterProxyModel {
 public:
  LogFilter(const LogModel& model, QObject* parent) : QSortFilterProxyModel(parent), model_(model) {}
  void set(QString words, QString kind) {
    words_ = std::move(words);
    kind_ = std::move(kind);
    invalidateFilter();
  }

 protected:
  [[nodiscard]] bool filterAcceptsRow(int at, const QModelIndex&) const override {
    const auto& row = model_.row(at);
    if (!kind_.isEmpty() && qs(row.kind) != kind_) return false;
    if (words_.isEmpty()) return true;
    const auto hay = day_clock_text(row.at) + ' ' + qs(row.who) + ' ' + LogModel::kind_word(row.kind) + ' ' + qs(row.kind) + ' ' +
                     LogModel::what_words(row) + ' ' + qs(row.body);
    return hay.contains(words_, Qt::CaseInsensitive);
  }

 private:
  const LogModel& model_;
  QString words_, kind_;
};

}  // namespace

void LogModel::reload() {
  beginResetModel();
  endResetModel();
}

int LogModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(desk_.rows().size()); }
int LogModel::columnCount(const QModelIndex&) const { return kColumns; }

QString LogModel::kind_word(const std::string& kind) {
  static const std::pair<const char*, const char*> words[] = {
      {"op.start", QT_TR_NOOP("打开工作站")}, {"op.stop", QT_TR_NOOP("关闭工作站")}, {"op.login", QT_TR_NOOP("登录")},
      {"op.login-failed", QT_TR_NOOP("登录失败")}, {"op.logout", QT_TR_NOOP("退出或锁定")}, {"op.passphrase", QT_TR_NOOP("更换口令")},
      {"op.session", QT_TR_NOOP("开始取证")}, {"op.seal", QT_TR_NOOP("封存")},       {"op.verify", QT_TR_NOOP("校验")},
      {"op.export", QT_TR_NOOP("导出")},      {"op.report", QT_TR_NOOP("生成报告")}, {"op.print", QT_TR_NOOP("打印报告")},
      {"op.open", QT_TR_NOOP("查看证据包")},  {"op.recover", QT_TR_NOOP("恢复")},    {"op.delete-refused", QT_TR_NOOP("拒绝删除")},
      {"op.review", QT_TR_NOOP("复核")},      {"op.stamp", QT_TR_NOOP("补盖时间戳")}, {"op.sign", QT_TR_NOOP("补签")},
      {"op.renew", QT_TR_NOOP("续期时间戳")}, {"op.certificate", QT_TR_NOOP("核验证明")}, {"op.import", QT_TR_NOOP("导入")},
      {"op.scrub", QT_TR_NOOP("复查证据库")}, {"op.damage", QT_TR_NOOP("发现损坏")},  {"op.repair", QT_TR_NOOP("用副本修复")},
      {"op.copy", QT_TR_NOOP("更新副本")},    {"op.encrypt", QT_TR_NOOP("加密")},
      {"op.group", QT_TR_NOOP("补写组记录")}, {"op.log-stamp", QT_TR_NOOP("日志时间戳")}, {"op.node", QT_TR_NOOP("登记节点")}, {"op.inventory", QT_TR_NOOP("设备与介质")}, {"op.script", QT_TR_NOOP("取证脚本")}, {"op.subject", QT_TR_NOOP("主体库")},
      {"op.subjects", QT_TR_NOOP("主体库")}, {"op.push", QT_TR_NOOP("推送主体")}, {"op.patrol", QT_TR_NOOP("巡检")}, {"op.sensitive", QT_TR_NOOP("动用敏感信息")}, {"op.catalogue", QT_TR_NOOP("重建目录")}, {"op.backup", QT_TR_NOOP("备份工作站")},
      {"op.sync", QT_TR_NOOP("同步到中心系统")}, {"op.records", QT_TR_NOOP("同步主体和标签")}, {"op.record-decided", QT_TR_NOOP("决定两边的改动")}, {"op.trigger", QT_TR_NOOP("下达触发取证指令")}, {"op.restore", QT_TR_NOOP("恢复备份")}, {"op.sync-failed", QT_TR_NOOP("日志没有写到磁盘")}, {"op.torn", QT_TR_NOOP("日志末行残缺")}, {"op.task-act", QT_TR_NOOP("监测任务")}, {"op.task-undone", QT_TR_NOOP("监测任务没有办成")}, {"op.task-calendar", QT_TR_NOOP("导入放假通知")},
      {"op.task-subject", QT_TR_NOOP("监测结果关联主体")}, {"op.task-form", QT_TR_NOOP("监测任务表单")}, {"op.task-number-rule", QT_TR_NOOP("编号规则")}, {"op.task-analysis", QT_TR_NOOP("监测任务分析")},
  };
  for (const auto& [id, word] : words) {
    if (kind == id) return tr(word);
  }
  return qs(kind);
}

QString LogModel::what_words(const LogRow& row) {
  static const std::pair<const char*, const char*> words[] = {
      {"package", QT_TR_NOOP("证据包")}, {"result", QT_TR_NOOP("结果")}, {"verdict", QT_TR_NOOP("结论")}, {"why", QT_TR_NOOP("原因")},
      {"fingerprint", QT_TR_NOOP("指纹")}, {"sha256", "SHA-256"}, {"file", QT_TR_NOOP("文件")}, {"edition", QT_TR_NOOP("版次")},
      {"phone", QT_TR_NOOP("手机")}, {"phones", QT_TR_NOOP("手机")}, {"group", QT_TR_NOOP("组")}, {"members", QT_TR_NOOP("同组证据包")}, {"missing", QT_TR_NOOP("没有的")}, {"order", QT_TR_NOOP("指令")}, {"program", QT_TR_NOOP("程序")}, {"version", QT_TR_NOOP("版本")},
      {"station", QT_TR_NOOP("工作站")}, {"to", QT_TR_NOOP("接收人")}, {"medium", QT_TR_NOOP("介质")}, {"handover", QT_TR_NOOP("移交记录")}, {"lost", QT_TR_NOOP("丢失")}, {"badge", QT_TR_NOOP("执法证号")},
      {"reason", QT_TR_NOOP("原因")}, {"by", QT_TR_NOOP("复核人")}, {"files", QT_TR_NOOP("文件数")}, {"packages", QT_TR_NOOP("包数")},
      {"damaged", QT_TR_NOOP("损坏")}, {"repaired", QT_TR_NOOP("已修复")}, {"came", QT_TR_NOOP("取得")}, {"pending", QT_TR_NOOP("仍缺")},
      {"act", QT_TR_NOOP("办理")}, {"node", QT_TR_NOOP("节点")}, {"address", QT_TR_NOOP("地址")}, {"key", QT_TR_NOOP("主机密钥")}, {"asset", QT_TR_NOOP("资产编号")},
      {"kind", QT_TR_NOOP("种类")}, {"name", QT_TR_NOOP("名称")}, {"place", QT_TR_NOOP("地点")}, {"serial", QT_TR_NOOP("序列号")},
      {"what", QT_TR_NOOP("做了什么")}, {"subject", QT_TR_NOOP("主体号")}, {"from", QT_TR_NOOP("来自主体号")}, {"fields", QT_TR_NOOP("项数")}, {"hits", QT_TR_NOOP("找到")}, {"batch", QT_TR_NOOP("批次")}, {"source", QT_TR_NOOP("来源")}, {"subjects", QT_TR_NOOP("主体数")},
      {"due", QT_TR_NOOP("到期")}, {"checked", QT_TR_NOOP("已查")}, {"unreachable", QT_TR_NOOP("打不开")}, {"gone", QT_TR_NOOP("已下架")}, {"bad", QT_TR_NOOP("内容可疑")}, {"moved_in", QT_TR_NOOP("移入异常库")}, {"moved_back", QT_TR_NOOP("移回")},
  };
  static const std::pair<const char*, const char*> values[] = {
      {"started", QT_TR_NOOP("已开始")}, {"failed", QT_TR_NOOP("没有成功")}, {"complete", QT_TR_NOOP("完整")}, {"incomplete", QT_TR_NOOP("不完整")},
      {"locked", QT_TR_NOOP("已锁定")}, {"locked-idle", QT_TR_NOOP("无人操作，自动锁定")}, {"logged-out", QT_TR_NOOP("已退出")},
      {"signed", QT_TR_NOOP("已签名")}, {"practice", QT_TR_NOOP("练习")}, {"whole", QT_TR_NOOP("完整")}, {"damaged", QT_TR_NOOP("损坏")}, {"cannot-tell", QT_TR_NOOP("无法判定")},
      {"confirmed", QT_TR_NOOP("确认")}, {"refused", QT_TR_NOOP("不予确认")},
      {"add", QT_TR_NOOP("登记")}, {"remove", QT_TR_NOOP("删除")}, {"trust", QT_TR_NOOP("核对主机密钥")}, {"unlock", QT_TR_NOOP("解锁工作站密钥")}, {"enter", QT_TR_NOOP("登记入库")}, {"out", QT_TR_NOOP("出库")}, {"in", QT_TR_NOOP("入库")},
      {"phone", QT_TR_NOOP("手机")}, {"medium", QT_TR_NOOP("存储介质")},
      {"read", QT_TR_NOOP("查看")}, {"find", QT_TR_NOOP("查找")}, {"move", QT_TR_NOOP("合并时转移")}, {"take-back", QT_TR_NOOP("撤销时收回")}, {"identity-number", QT_TR_NOOP("证件号码")},
  };
  const auto word_of = [](const auto& table, const std::string& key) {
    for (const auto& [id, word] : table) {
      if (key == id) return tr(word);
    }
    return qs(key);
  };
  QStringList parts;
  for (const auto& [key, value] : row.details) {
    const auto shown = key == "fingerprint" || key == "sha256" ? short_digest(value)
                       : key == "result" || key == "verdict" || key == "handover" || key == "act" || key == "kind" || key == "what" ? word_of(values, value)
                                                               : qs(value);
    parts << word_of(words, key) + ' ' + shown;
  }
  return parts.join(QStringLiteral(" · "));
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto& entry = row(index.row());
  if (role == Qt::ToolTipRole) return qs(entry.body);
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case kTime: return day_clock_text(entry.at);
    case kWho: return qs(entry.who);
    case kKind: return kind_word(entry.kind);
    case kWhat: return what_words(entry);
    case kSeq: return static_cast<qulonglong>(entry.seq);
    default: return {};
  }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kTime: return tr("时间");
    case kWho: return tr("人员");
    case kKind: return tr("操作");
    case kWhat: return tr("内容");
    case kSeq: return tr("序号");
    default: return {};
  }
}

LogPage::LogPage(LogDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("操作日志消息"));
  all->addWidget(messages_);
  strip_ = note_box("grey");
  sign_ = new QLabel;
  chain_ = wrapped({});
  chain_->setAccessibleName(tr("日志链结论"));
  auto* strip_row = new QHBoxLayout;
  strip_row->addWidget(sign_);
  strip_row->addWidget(chain_, 1);
  static_cast<QVBoxLayout*>(strip_->layout())->addLayout(strip_row);
  all->addWidget(strip_);
  auto* card = new Card(tr("操作日志"));
  count_ = label({}, "small");
  search_ = new QLineEdit;
  search_->setAccessibleName(tr("搜索操作日志"));
  search_->setPlaceholderText(tr("时间、人员、编号、指纹"));
  search_->addAction(icon("search", colour::quiet), QLineEdit::LeadingPosition);
  search_->setClearButtonEnabled(true);
  search_->setMaximumWidth(320);
  kinds_ = new QComboBox;
  kinds_->setAccessibleName(tr("操作种类"));
  card->header()->addWidget(count_);
  card->header()->addWidget(kinds_);
  card->header()->addWidget(search_, 1);
  model_ = new LogModel(desk, this);
  filter_ = new LogFilter(*model_, this);
  filter_->setSourceModel(model_);
  table_ = new QTableView;
  table_->setAccessibleName(tr("操作日志表"));
  table_->setModel(filter_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(34);
  table_->horizontalHeader()->setSectionResizeMode(LogModel::kWhat, QHeaderView::Stretch);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->setColumnWidth(LogModel::kTime, 170);
  table_->setColumnWidth(LogModel::kWho, 110);
  table_->setColumnWidth(LogModel::kKind, 120);
  table_->setColumnWidth(LogModel::kSeq, 70);
  if (const auto state = QSettings().value(kColumnsKey).toByteArray(); !state.isEmpty()) table_->horizontalHeader()->restoreState(state);
  detail_ = wrapped({}, "mono");
  detail_->setAccessibleName(tr("日志原文"));
  detail_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  card->body()->addWidget(table_, 1);
  card->body()->addWidget(detail_);
  all->addWidget(card, 1);
  const auto filter_again = [this] {
    static_cast<LogFilter*>(filter_)->set(search_->text().trimmed(), kinds_->currentData().toString());
    count_->setText(tr("%1 / %2 条").arg(filter_->rowCount()).arg(model_->rowCount()));
  };
  connect(search_, &QLineEdit::textChanged, this, filter_again);
  connect(kinds_, &QComboBox::currentIndexChanged, this, filter_again);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
    detail_->setText(at.isValid() ? qs(model_->row(filter_->mapToSource(at).row()).body) : QString());
  });
  connect(&desk_, &LogDesk::changed, this, &LogPage::reload);
  connect(&desk_, &LogDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::ReadLog, e); });
  auto* find = new QShortcut(QKeySequence::Find, this);
  connect(find, &QShortcut::activated, this, [this] {
    if (isVisible()) search();
  });
  reload();
}

LogPage::~LogPage() { QSettings().setValue(kColumnsKey, table_->horizontalHeader()->saveState()); }

void LogPage::reload() {
  model_->reload();
  const auto chosen = kinds_->currentData().toString();
  std::set<std::string> kinds;
  for (const auto& row : desk_.rows()) kinds.insert(row.kind);
  {
    const QSignalBlocker quiet(kinds_);
    kinds_->clear();
    kinds_->addItem(tr("全部操作"), QString());
    for (const auto& kind : kinds) kinds_->addItem(LogModel::kind_word(kind), qs(kind));
    kinds_->setCurrentIndex(std::max(0, kinds_->findData(chosen)));
  }
  count_->setText(tr("%1 / %2 条").arg(filter_->rowCount()).arg(model_->rowCount()));
  say_chain();
}

void LogPage::say_chain() {
  if (desk_.broken_at()) {
    set_role(strip_, "note", "red");
    sign_->setPixmap(tinted("cross-circle", colour::red, 22, devicePixelRatioF()));
    chain_->setText(tr("日志链在第 %1 条断开：这一条或它之后有改动。请保全这台电脑并报告管理员；证据包各有自己的日志链，请到证据库逐一校验。").arg(*desk_.broken_at() + 1));
  } else {
    set_role(strip_, "note", "green");
    sign_->setPixmap(tinted("chain", colour::green, 22, devicePixelRatioF()));
    chain_->setText(tr("日志 %1 条首尾成链，没有改动。链头 %2").arg(desk_.rows().size()).arg(short_digest(desk_.head())));
  }
  chain_->setAccessibleDescription(chain_->text());
}

void LogPage::search() {
  search_->setFocus();
  search_->selectAll();
}

void LogPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  desk_.refresh();
}

}  // namespace guzheng::ui
