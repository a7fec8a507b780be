#include "ui/evidence/import_window.h"

#include <QApplication>
#include <QButtonGroup>
#include <QCheckBox>
#include <QClipboard>
#include <QCloseEvent>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QUrl>
#include <algorithm>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/order_form.h"
#include "ui/people/statements_form.h"

namespace guzheng::ui {
namespace {

constexpr int kMostLetters = 1300;         // 4,000 bytes of Chinese
constexpr int kSecondsLength = 19;         // 2026-11-21T14:32:12 of the 29-character form

const std::pair<const char*, const char*> kImportKinds[] = {
    {"photo", QT_TRANSLATE_NOOP("guzheng::ui::ImportWindow", "照片")},     {"audio", QT_TRANSLATE_NOOP("guzheng::ui::ImportWindow", "录音")},
    {"video", QT_TRANSLATE_NOOP("guzheng::ui::ImportWindow", "录像")},     {"document", QT_TRANSLATE_NOOP("guzheng::ui::ImportWindow", "文书")},
    {"file", QT_TRANSLATE_NOOP("guzheng::ui::ImportWindow", "其他文件")},
    {"seal-before", QT_TRANSLATE_NOOP("guzheng::ui::ImportWindow", "封存前照片")},
    {"seal-after", QT_TRANSLATE_NOOP("guzheng::ui::ImportWindow", "封存后照片")}};

bool of_sealing(const std::string& kind) { return kind == "seal-before" || kind == "seal-after"; }

// One line without what a journal cannot hold.
std::string one_line(const QString& text) { return ss(text.simplified()); }

}  // namespace

ImportWindow::ImportWindow(ImportDesk& desk) : desk_(desk) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("page");
  setWindowTitle(tr("导入"));
  setAcceptDrops(true);
  resize(1200, 700);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("导入消息"));
  all->addWidget(messages_);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(12);
  columns->addWidget(build_files(), 3);
  columns->addWidget(build_item(), 4);
  columns->addWidget(build_order(), 4);
  all->addLayout(columns, 1);
  all->addWidget(build_end());
  connect(form_, &OrderForm::changed, this, &ImportWindow::refresh_missing);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  connect_desk();
  show_item(-1);
  set_running(desk_.busy());
  path_->setFocus();
}

Card* ImportWindow::build_files() {
  auto* card = new Card(tr("文件"));
  auto* add = button(tr("加文件…"));
  add->setAccessibleName(tr("加文件"));
  remove_ = link_button(tr("去掉"));
  remove_->setAccessibleName(tr("去掉这个文件"));
  card->header()->addWidget(remove_);
  card->header()->addWidget(add);
  path_ = new QLineEdit;
  path_->setAccessibleName(tr("文件路径"));
  path_->setPlaceholderText(tr("拖到这里、粘贴，或写路径后按回车"));
  path_->setAcceptDrops(false);            // the whole window takes what is dropped
  card->body()->addWidget(path_);
  RowLook look;
  look.signs = false;
  look.rule = true;
  look.chip_lines = 1;
  files_ = new RowList(tr("要导入的文件"), look);
  files_->setMinimumHeight(120);
  card->body()->addWidget(files_, 1);
  auto* name = label(tr("写保护措施 *"), "quiet");
  protection_ = new QLineEdit;
  protection_->setAccessibleName(tr("写保护措施"));
  protection_->setPlaceholderText(tr("怎样保证原文件不被写入"));
  protection_->setMaxLength(kMostLetters);
  card->body()->addWidget(name);
  card->body()->addWidget(protection_);
  connect(add, &QPushButton::clicked, this, &ImportWindow::browse);
  connect(path_, &QLineEdit::returnPressed, this, &ImportWindow::add_path);
  connect(protection_, &QLineEdit::textChanged, this, &ImportWindow::refresh_missing);
  connect(files_, &RowList::moved, this, [this](int index) {
    if (!filling_) show_item(index);
  });
  connect(remove_, &QPushButton::clicked, this, [this] {
    if (shown_ < 0) return;
    items_.erase(items_.begin() + shown_);
    const int next = std::min(shown_, static_cast<int>(items_.size()) - 1);
    shown_ = -1;
    refresh_rows();
    show_item(next);
  });
  path_->installEventFilter(this);
  files_->installEventFilter(this);
  return card;
}

Card* ImportWindow::build_item() {
  auto* card = new Card(tr("这个文件"));
  item_form_ = new QWidget;
  auto* grid = new QGridLayout(item_form_);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(10);
  grid->setVerticalSpacing(8);
  grid->setColumnStretch(1, 1);
  int row = 0;
  const auto put = [&](const QString& text, QWidget* field) {
    auto* name = label(text, "quiet");
    name->setBuddy(field);
    grid->addWidget(name, row, 0);
    grid->addWidget(field, row++, 1);
    return name;
  };
  const auto text_field = [&](const QString& name, const QString& mark, const QString& hint, std::string ImportItem::*member, bool sealing) {
    auto* edit = new QLineEdit;
    edit->setAccessibleName(tr("导入 %1").arg(name));
    edit->setPlaceholderText(hint);
    edit->setMaxLength(kMostLetters);
    fields_.push_back({edit, put(name + mark, edit), member, sealing});
    connect(edit, &QLineEdit::textChanged, this, &ImportWindow::store_item);
  };
  const QString must = QStringLiteral(" *");
  kind_ = new QComboBox;
  kind_->setAccessibleName(tr("导入 种类"));
  for (const auto& [id, word] : kImportKinds) kind_->addItem(tr(word), QString(id));
  put(tr("种类"), kind_);
  text_field(tr("名称"), must, {}, &ImportItem::title, false);
  text_field(tr("证明对象"), must, tr("它证明什么"), &ImportItem::proves, false);
  text_field(tr("来源"), must, tr("从谁、从哪里取得"), &ImportItem::source, false);
  text_field(tr("采集人"), must, tr("谁制作或取得"), &ImportItem::collector, false);
  text_field(tr("制作方法"), must, tr("拍摄、录制、复制……"), &ImportItem::method, false);
  text_field(tr("设备"), must, tr("用什么设备"), &ImportItem::device, false);
  made_at_ = new QDateTimeEdit;
  made_at_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  made_at_->setDisplayFormat("yyyy-MM-dd HH:mm:ss");
  made_at_->setAccessibleName(tr("导入 制作时间"));
  put(tr("制作时间") + must, made_at_);
  access_ = new QComboBox;
  access_->setAccessibleName(tr("导入 访问方式"));
  for (const char* way : {QT_TR_NOOP("公开"), QT_TR_NOOP("登录可见"), QT_TR_NOOP("非公开")}) access_->addItem(tr(way), QString(way));
  put(tr("访问"), access_);
  text_field(tr("取得依据"), {}, tr("登录可见或非公开时必填"), &ImportItem::basis, false);
  text_field(tr("封条号"), must, {}, &ImportItem::seal_no, true);
  text_field(tr("封存状态"), must, tr("完好、已贴封条……"), &ImportItem::seal_state, true);
  text_field(tr("屏蔽措施"), {}, tr("手机等：怎样与网络隔开"), &ImportItem::shielding, true);
  grid->setRowStretch(row, 1);
  card->body()->addWidget(scroller(item_form_), 1);
  connect(kind_, &QComboBox::currentIndexChanged, this, &ImportWindow::store_item);
  connect(access_, &QComboBox::currentIndexChanged, this, &ImportWindow::store_item);
  connect(made_at_, &QDateTimeEdit::dateTimeChanged, this, &ImportWindow::store_item);
  return card;
}

// Who brings things in has mostly nobody before him; when the party is there, what is said and answered enters the evidence as in a capture.
Card* ImportWindow::build_order() {
  auto* card = new Card(tr("取证指令"));
  auto* group = new QButtonGroup(card);
  pages_ = new QStackedWidget;
  const QString names[] = {tr("指令"), tr("告知")};
  for (int i = 0; i < 2; ++i) {
    tabs_[i] = pill(names[i]);
    tabs_[i]->setAccessibleName(tr("导入 填写 ") + names[i]);
    group->addButton(tabs_[i], i);
    card->header()->addWidget(tabs_[i]);
  }
  form_ = new OrderForm;
  form_->set_order(desk_.suggested_order());
  pages_->addWidget(scroller(form_));
  auto* said = new QWidget;
  auto* column = new QVBoxLayout(said);
  column->setContentsMargins(0, 0, 0, 0);
  spoken_ = new QCheckBox(tr("当事人在场，导入时当场告知"));
  statements_ = new StatementsForm;
  statements_->setVisible(false);
  column->addWidget(spoken_);
  column->addWidget(scroller(statements_), 1);
  column->addStretch(0);
  pages_->addWidget(said);
  card->body()->addWidget(pages_, 1);
  connect(group, &QButtonGroup::idClicked, pages_, &QStackedWidget::setCurrentIndex);
  connect(spoken_, &QCheckBox::toggled, this, [this](bool on) {
    statements_->clear_answers(false);
    statements_->setVisible(on);
    refresh_missing();
  });
  connect(statements_, &StatementsForm::changed, this, &ImportWindow::refresh_missing);
  tabs_[0]->setChecked(true);
  return card;
}

QWidget* ImportWindow::build_end() {
  auto* box = new QFrame;
  box->setProperty("card", true);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(16, 10, 16, 10);
  missing_ = wrapped({});
  missing_->setAccessibleName(tr("导入前还缺"));
  column->addWidget(missing_);
  auto* row = new QHBoxLayout;
  reason_row_ = new QWidget;
  auto* reason = new QHBoxLayout(reason_row_);
  reason->setContentsMargins(0, 0, 0, 0);
  reason_ = new QLineEdit;
  reason_->setAccessibleName(tr("导入不完整的原因"));
  reason_->setPlaceholderText(tr("仍要导入时写明原因；证据包标为不完整"));
  reason_->setMaxLength(200);
  reason->addWidget(label(tr("不完整的原因"), "quiet"));
  reason->addWidget(reason_, 1);
  row->addWidget(reason_row_, 1);
  state_ = label({}, "quiet");
  row->addWidget(state_);
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("导入进度"));
  row->addWidget(bar_, 1);
  go_ = main_button(tr("导入并封存"), "lock");
  row->addStretch(0);
  row->addWidget(go_);
  column->addLayout(row);
  connect(reason_, &QLineEdit::textChanged, this, &ImportWindow::refresh_missing);
  connect(go_, &QPushButton::clicked, this, [this] {
    if (desk_.busy()) desk_.cancel();
    else start();
  });
  return box;
}

void ImportWindow::connect_desk() {
  connect(&desk_, &ImportDesk::added, this, [this](const std::vector<ImportItem>& items) {
    for (auto item : items) {
      if (!items_.empty()) {               // files of one delivery have most of it in common
        const auto& last = items_.back();
        item.source = last.source;
        item.method = last.method;
        item.device = last.device;
        item.proves = last.proves;
      }
      items_.push_back(std::move(item));
    }
    refresh_rows();
    show_item(static_cast<int>(items_.size() - items.size()));
  });
  connect(&desk_, &ImportDesk::refused, this, [this](const std::string& file, const Error& error) {
    messages_->show_text("amber", tr("没有加入 %1：它不在那里，或不是普通文件。其他文件不受影响。").arg(qs(file)) + QStringLiteral(" ") + qs(error.what));
  });
  connect(&desk_, &ImportDesk::progress, this, [this](qint64 done, qint64 total) {
    bar_->setRange(0, 1000);
    bar_->setValue(total ? static_cast<int>(done * 1000 / total) : 0);
    state_->setText(tr("%1 / %2").arg(bytes_text(static_cast<std::uint64_t>(done)), bytes_text(static_cast<std::uint64_t>(total))));
  });
  connect(&desk_, &ImportDesk::imported, this, [this] {
    set_running(false);
    close();
  });
  connect(&desk_, &ImportDesk::failed, this, [this](const Error& error) {
    set_running(false);
    messages_->show_error(Doing::Import, error);
  });
}

bool ImportWindow::take(const QMimeData& mime) {
  std::vector<std::filesystem::path> files;
  for (const auto& url : mime.urls())
    if (url.isLocalFile()) files.emplace_back(ss(url.toLocalFile()));
  if (files.empty() || desk_.busy()) return false;
  desk_.add(files);
  return true;
}

bool ImportWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Paste)) {
    const auto* copied = QApplication::clipboard()->mimeData();
    if (copied && copied->hasUrls() && take(*copied)) return true;
  }
  return QWidget::eventFilter(watched, event);
}

void ImportWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && !desk_.busy()) event->acceptProposedAction();
}

void ImportWindow::dropEvent(QDropEvent* event) {
  if (take(*event->mimeData())) event->acceptProposedAction();
}

// An import that runs is ended first: half of it never stays.
void ImportWindow::closeEvent(QCloseEvent* event) {
  if (!desk_.busy()) return QWidget::closeEvent(event);
  event->ignore();
  messages_->show_text("amber", tr("正在导入。请先取消，或等它做完。"));
}

void ImportWindow::browse() {
  auto* dialog = new QFileDialog(this, tr("加文件"));
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& names) {
    std::vector<std::filesystem::path> files;
    for (const auto& name : names) files.emplace_back(ss(name));
    desk_.add(files);
  });
  dialog->open();
}

void ImportWindow::add_path() {
  const auto text = path_->text().trimmed();
  if (text.isEmpty()) return;
  const auto url = QUrl(text);
  desk_.add({ss(url.isLocalFile() ? url.toLocalFile() : text)});
  path_->clear();
}

void ImportWindow::show_item(int index) {
  shown_ = index;
  filling_ = true;
  const bool some = index >= 0;
  item_form_->setEnabled(some);
  remove_->setEnabled(some);
  const ImportItem item = some ? items_[static_cast<std::size_t>(index)] : ImportItem{};
  kind_->setCurrentIndex(std::max(0, kind_->findData(qs(item.kind))));
  access_->setCurrentIndex(std::max(0, access_->findData(qs(item.access))));
  made_at_->setDateTime(QDateTime::fromString(qs(item.made_at).left(kSecondsLength), Qt::ISODate));
  for (const auto& field : fields_) {
    field.edit->setText(qs(item.*field.member));
    field.edit->setVisible(!field.sealing || of_sealing(item.kind));
    field.name->setVisible(!field.sealing || of_sealing(item.kind));
  }
  if (some) files_->choose(index);
  filling_ = false;
  refresh_missing();
}

void ImportWindow::store_item() {
  if (filling_ || shown_ < 0) return;
  auto& item = items_[static_cast<std::size_t>(shown_)];
  item.kind = ss(kind_->currentData().toString());
  item.access = ss(access_->currentData().toString());
  const auto at = made_at_->dateTime().toString("yyyy-MM-ddTHH:mm:ss");
  if (item.made_at.size() > kSecondsLength && !qs(item.made_at).startsWith(at)) item.made_at = ss(at) + ".000" + item.made_at.substr(item.made_at.size() - 6);
  const bool sealing = of_sealing(item.kind);
  for (const auto& field : fields_) {
    item.*field.member = field.sealing && !sealing ? std::string() : one_line(field.edit->text());
    field.edit->setVisible(!field.sealing || sealing);
    field.name->setVisible(!field.sealing || sealing);
  }
  refresh_rows();
  refresh_missing();
}

void ImportWindow::refresh_rows() {
  std::vector<Row> rows;
  for (const auto& item : items_) {
    Row row;
    row.title = qs(item.file.filename().string());
    row.lines = {qs(item.file.parent_path().string())};
    const auto at = kind_->findData(qs(item.kind));
    row.chips.push_back(of_sealing(item.kind) ? amber_chip(kind_->itemText(at)) : grey_chip(kind_->itemText(at)));
    rows.push_back(std::move(row));
  }
  filling_ = true;
  files_->rows().set_rows(std::move(rows));
  if (shown_ >= 0) files_->choose(shown_);
  filling_ = false;
}

ImportOrder ImportWindow::order() const {
  return {form_->order(), one_line(protection_->text()), spoken_->isChecked() ? statements_->statements(desk_.speaker()) : std::vector<OpeningStatement>(), items_};
}

void ImportWindow::refresh_missing() {
  const auto missing = items_.empty() ? std::vector<std::string>() : ImportDesk::missing(order());
  QStringList words;
  for (const auto& one : missing) words << qs(one);
  constexpr int most = 8;
  const auto more = words.size() - most;
  missing_->setText(items_.empty()    ? tr("还没有文件。")
                    : words.isEmpty() ? tr("材料完整，共 %1 个文件。").arg(items_.size())
                    : more > 0        ? tr("还缺：%1；另有 %2 项").arg(words.mid(0, most).join("；")).arg(more)
                                      : tr("还缺：%1").arg(words.join("；")));
  missing_->setAccessibleDescription(missing_->text());
  reason_row_->setVisible(!desk_.busy() && !words.isEmpty());
  go_->setEnabled(desk_.busy() || (!items_.empty() && (words.isEmpty() || !reason_->text().trimmed().isEmpty())));
}

void ImportWindow::set_running(bool running) {
  bar_->setVisible(running);
  state_->setVisible(running);
  state_->clear();
  go_->setText(running ? tr("取消导入") : tr("导入并封存"));
  go_->setAccessibleName(go_->text());
  for (QWidget* part : {static_cast<QWidget*>(files_), item_form_, static_cast<QWidget*>(form_), static_cast<QWidget*>(spoken_), static_cast<QWidget*>(statements_), static_cast<QWidget*>(path_), static_cast<QWidget*>(protection_)})
    part->setEnabled(!running && (part != item_form_ || shown_ >= 0));
  refresh_missing();
}

void ImportWindow::start() {
  const auto show = [this](int page) {
    tabs_[page]->setChecked(true);
    pages_->setCurrentIndex(page);
  };
  if (const auto field = form_->missing(false); !field.isEmpty()) {
    show(0);
    form_->missing(true);
    messages_->show_text("amber", tr("取证指令还没有填“%1”。").arg(field));
    return;
  }
  if (const auto lacks = spoken_->isChecked() ? statements_->missing(false) : QString(); !lacks.isEmpty()) {
    show(1);
    statements_->missing(true);
    messages_->show_text("amber", tr("告知还缺“%1”。没有一项的回答可以代替另一项。").arg(lacks));
    return;
  }
  messages_->clear();
  const auto whole = order();
  desk_.start(whole, ImportDesk::missing(whole).empty() ? std::string() : one_line(reason_->text()));
  set_running(desk_.busy());
}

}  // namespace guzheng::ui
