#include "ui/help_window.h"

#include <QGridLayout>
#include <QShortcut>

#include "ui/base/parts.h"

namespace guzheng::ui {

HelpWindow::HelpWindow(QWidget* parent) : QWidget(parent, Qt::Window) {
  setObjectName("page");
  setWindowTitle(tr("帮助 · 键盘"));
  resize(620, 640);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  auto* sheet = new QWidget;
  auto* column = new QVBoxLayout(sheet);
  const auto section = [&](const QString& name, const std::initializer_list<std::pair<QString, QString>>& keys) {
    auto* card = new Card(name);
    auto* grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(20);
    int row = 0;
    for (const auto& [key, what] : keys) {
      grid->addWidget(label(key, "mono"), row, 0, Qt::AlignTop);
      grid->addWidget(wrapped(what), row++, 1);
    }
    card->body()->addLayout(grid);
    column->addWidget(card);
  };
  section(tr("窗口"), {{"Ctrl+0", tr("工作台；Ctrl+Enter 办最急的一件")}, {"Ctrl+1 2 3 4 5 6 7", tr("远程取证、证据库、操作日志、节点、设置、主体、监测任务")}, {"Ctrl+L", tr("锁定工作站；正在进行的取证继续录制")}, {"F1", tr("这份帮助")}, {"Tab", tr("到下一个控件；焦点有蓝框")}, {"Ctrl+F", tr("搜索（主体、监测任务、证据库、操作日志）")}});
  section(tr("主体"), {{"Ctrl+F", tr("搜索：名称、简称、信用代码、店铺、地址、拼音首字母，两个字起边输边出结果")}, {"↑ ↓ PgUp PgDn", tr("在搜索框里也能换行")}, {"Enter", tr("打开主体页；Esc 返回")}, {tr("空格"), tr("在表中多选（也可 Ctrl+单击）")}, {"Ctrl+E", tr("发起取证，主体、店铺和链接已填好")}, {"Ctrl+Z", tr("撤销上一步修改或标签")}});
  section(tr("监测任务"), {{"Ctrl+N", tr("新建任务单")}, {"Ctrl+S", tr("存草稿；停下一秒也会自动保存")}, {"Ctrl+Enter", tr("提交任务单，或办右侧流转的下一步")}, {"Alt+1 2 3", tr("任务单、监测结果、线索")}, {"Ctrl+E", tr("为选中的结果去取证，指令已填好；封存后证据自动记到结果上")}, {"Enter Backspace", tr("在特征词里：加上一个词，去掉最后一个")}});
  section(tr("远程取证"), {{"Ctrl+Enter", tr("开始取证")}, {"F8", tr("取证当前页面：截图、页面文字、录像位置一并固化")}, {"Shift+F8", tr("长页取证：滚动到底、逐屏取证；再按一次停止")}, {"Alt+1…5", tr("这一页是：平台首页、店铺首页、证照公示、涉嫌违法页面、其他")},
                        {"F4", tr("说明最新的未说明的取证（证明对象）；长页只说明一次")}, {"Ctrl+S", tr("保存说明")}, {"F7", tr("备注")}, {"F9", tr("输入中文")}, {"F6", tr("键盘进出手机画面")}, {"F11", tr("手机画面全屏；Esc 或 F11 返回，F8 照常")}, {"F10", tr("结束并封存；再按一次确认")}});
  section(tr("并行取证（几部手机）"), {{"F8", tr("全部手机同时取证，然后对照")}, {"Shift+F8", tr("全部手机长页取证；再按一次停止")}, {"Alt+1…5", tr("由第几部手机主控；点按另一部的画面也可")}, {tr("点按 拖动"), tr("在主控画面上：点按按界面元素跟随，拖动按元素或屏幕比例跟随；按住半秒为长按")},
                        {tr("滚轮 PgUp PgDn"), tr("全部手机滚动十分之四屏")}, {tr("Ctrl+拖动"), tr("双指缩放：另一指在画面中心的对侧")}, {"Esc", tr("全部手机返回（焦点在主控画面时）")}, {"F4", tr("说明最新的未说明的一页（各手机同一说明）")}, {"Ctrl+S", tr("保存说明")}, {"F7", tr("备注，写入各手机的日志")}, {"F9", tr("文字送到全部手机")}, {"F10", tr("结束并封存全部；再按一次确认")}});
  section(tr("手机画面（焦点在画面时）"), {{"Esc", tr("返回")}, {tr("鼠标右键 中键"), tr("返回、主页")}, {tr("字母 数字 Enter"), tr("直接输入手机；中文经剪贴板")}, {tr("Ctrl+方向键"), tr("移动圆环（加 Shift 更细）")},
                        {tr("Ctrl+空格"), tr("点按圆环处（加 Shift 为长按）")}, {tr("Ctrl+拖动"), tr("双指缩放：另一指在画面中心的对侧")}, {tr("Ctrl 或 Meta+字母"), tr("组合键送到手机，如 Ctrl+A、Ctrl+C")}, {"Alt+N E W P", tr("通知栏、快捷设置、唤醒、电源键；Alt+Shift+N 收起")}, {"Alt+O R ↑ ↓", tr("关手机屏幕（加 Shift 打开）、旋转、音量")},
                        {"Ctrl+PgUp PgDn", tr("在圆环处滚动")}});
  section(tr("证据库"), {{"F5", tr("再次校验")}, {"Ctrl+I", tr("导入材料")}, {"Ctrl+P", tr("打印报告，没有时先生成")}, {tr("空格"), tr("播放、暂停")}, {"← →", tr("退、进五秒")}});
  column->addStretch(1);
  all->addWidget(scroller(sheet));
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
}

}  // namespace guzheng::ui
