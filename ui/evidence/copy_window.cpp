#include "ui/evidence/copy_window.h"

#include <QButtonGroup>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QShortcut>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/evidence/copy_canvas.h"

namespace guzheng::ui {
namespace {

constexpr int kMostWords = 60;             // characters: a copy's text mark takes 300 bytes

}  // namespace

CopyWindow::CopyWindow(CopyDesk& desk, std::shared_ptr<const PackageView> view, std::string reason)
    : desk_(desk), view_(std::move(view)), reason_(std::move(reason)), shots_(copyable(*view_)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("page");
  setWindowTitle(tr("标注副本 · %1").arg(qs(view_->entry.id)));
  resize(1000, 680);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(12, 12, 12, 12);
  messages_ = new MessageBar(tr("标注副本消息"));
  all->addWidget(messages_);
  all->addWidget(wrapped(tr("画在副本上，原截图不变。保存后出具新一版报告，副本印在其中，写明原件的指纹，并与报告放在一起；以前各版不变。"), "small"));
  auto* columns = new QHBoxLayout;
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  list_ = new RowList(tr("可标注的截图"), look);
  list_->rows().set_rows(std::vector<Row>(shots_.size()));
  list_->setMinimumWidth(210);
  list_->setMaximumWidth(280);
  canvas_ = new CopyCanvas;
  columns->addWidget(list_, 1);
  columns->addWidget(canvas_, 3);
  columns->addWidget(build_tools());
  all->addLayout(columns, 1);
  connect(list_, &RowList::moved, this, &CopyWindow::choose);
  connect(canvas_, &CopyCanvas::marks_changed, this, &CopyWindow::keep_marks);
  connect(canvas_, &CopyCanvas::words_wanted, this, [this] { words_->setFocus(); });
  connect(words_, &QLineEdit::textChanged, canvas_, &CopyCanvas::set_words);
  connect(words_, &QLineEdit::returnPressed, canvas_, qOverload<>(&QWidget::setFocus));
  connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, canvas_, &CopyCanvas::undo);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, [this] {
    if (may_close()) close();
  });
  connect(&desk_, &CopyDesk::picture, this, [this](const std::string& id, int item, const QImage& image) {
    const int row = list_->chosen();
    if (id != view_->entry.id || row < 0 || shots_[static_cast<std::size_t>(row)].number != item) return;
    item_ = item;
    const auto drawn = marks_.find(item);
    canvas_->show_picture(image, drawn == marks_.end() ? std::vector<CopyMark>() : drawn->second);
  });
  connect(&desk_, &CopyDesk::saved, this, [this](const std::string& id) {
    if (id != view_->entry.id || !saving_) return;
    marks_.clear();
    close();
  });
  connect(&desk_, &CopyDesk::failed, this, [this](const std::string& id, const Error& error) {
    if (id != view_->entry.id) return;
    messages_->show_error(saving_ ? Doing::Report : Doing::OpenPackage, error);
    saving_ = false;
    refresh();
  });
  refresh();
  list_->choose(shots_.empty() ? -1 : 0);
  if (shots_.empty()) messages_->show_text("amber", tr("这个证据包里没有可以标注的图片。"));
  canvas_->setFocus();
}

bool CopyWindow::may_close() {
  if (marks_.empty() || std::exchange(warned_, true)) return true;
  messages_->show_text("amber", tr("还有没保存的标注：保存，或者再关一次，不保存。"));
  return false;
}

// Only a person is asked: a desk that locks closes this window whatever is drawn.
void CopyWindow::closeEvent(QCloseEvent* event) {
  if (event->spontaneous() && !may_close()) return event->ignore();
  QWidget::closeEvent(event);
}

QWidget* CopyWindow::build_tools() {
  auto* side = new QWidget;
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  auto* group = new QButtonGroup(side);
  const std::pair<CopyMark::Shape, QString> tools[] = {{CopyMark::Shape::Frame, tr("方框")}, {CopyMark::Shape::Arrow, tr("箭头")}, {CopyMark::Shape::Text, tr("文字")}};
  for (const auto& [shape, name] : tools) {
    auto* tool = pill(name);
    tool->setAccessibleName(tr("标注工具 ") + name);
    group->addButton(tool, static_cast<int>(shape));
    column->addWidget(tool);
    tool->setChecked(shape == CopyMark::Shape::Frame);
  }
  connect(group, &QButtonGroup::idClicked, this, [this](int shape) {
    const auto tool = static_cast<CopyMark::Shape>(shape);
    canvas_->set_tool(tool);
    if (tool == CopyMark::Shape::Text && words_->text().trimmed().isEmpty()) words_->setFocus();
    else canvas_->setFocus();
  });
  words_ = new QLineEdit;
  words_->setAccessibleName(tr("标注文字"));
  words_->setPlaceholderText(tr("要写的字"));
  words_->setMaxLength(kMostWords);
  column->addWidget(words_);
  undo_ = button(tr("撤销  Ctrl+Z"));
  undo_->setAccessibleName(tr("撤销标注"));
  connect(undo_, &QPushButton::clicked, canvas_, [this] { canvas_->undo(); });
  column->addWidget(undo_);
  column->addWidget(wrapped(tr("鼠标拖动，或用键盘：方向键移动光标（Shift 为一个像素），回车定起点和终点，Esc 放弃。"), "small"));
  column->addStretch(1);
  save_ = main_button(tr("保存并出具报告"), "document");
  save_->setAccessibleName(tr("保存标注副本"));
  connect(save_, &QPushButton::clicked, this, &CopyWindow::save);
  column->addWidget(save_);
  side->setFixedWidth(190);
  return side;
}

void CopyWindow::choose(int row) {
  item_ = 0;
  canvas_->clear();
  if (row >= 0) desk_.load(view_, shots_[static_cast<std::size_t>(row)].number);
}

void CopyWindow::keep_marks() {
  if (item_ == 0) return;
  if (canvas_->marks().empty()) marks_.erase(item_);
  else marks_[item_] = canvas_->marks();
  warned_ = false;
  refresh();
}

void CopyWindow::refresh() {
  for (std::size_t i = 0; i < shots_.size(); ++i) {
    const auto& shot = shots_[i];
    Row row;
    row.key = shot.number;
    row.title = tr("图 %1　%2").arg(shot.number).arg(qs(shot.description.title));
    if (const auto drawn = marks_.find(shot.number); drawn != marks_.end()) row.chips.push_back(blue_chip(tr("标记 %1 个").arg(drawn->second.size()), "pencil"));
    list_->rows().update(static_cast<int>(i), std::move(row));
  }
  save_->setEnabled(!marks_.empty() && !saving_);
  save_->setText(saving_ ? tr("正在出具报告…") : tr("保存并出具报告"));
  canvas_->setEnabled(!saving_);
  undo_->setEnabled(!saving_);
}

void CopyWindow::save() {
  if (marks_.empty() || saving_) return;
  saving_ = true;
  refresh();
  desk_.save(view_->entry.id, view_->entry.folder, marks_, reason_);
}

}  // namespace guzheng::ui
