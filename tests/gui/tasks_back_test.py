#!/usr/bin/env python3
"""What comes to a monitoring task from outside and what goes back (A-6.2, A-6.3a, A-6.3c, A-6.4b, A-6.5, B-5.2): a running sheet is revised to tick every
kind of feedback; each kind is generated, shown, saved as PDF and table, and sent back signed; a third party's table is imported with what was
wrong in it, its results dispatched at once; a clue becomes a new task, another is dropped; the analysis is printed; a year's notice is imported;
工作台 leads to what is due first.

    dbus-run-session -- tasks_back_test.py PROGRAM [OUT] [SIZE] [SCALE]
"""
import pathlib
import re
import subprocess
import sys
import zipfile

from stand import Stand, wait_for
from tasks_test import in_order, pdf_text

RUNNING = '保健食品虚假宣传专项监测（练习）'
KINDS = ('监测报告', '违法线索表', '网络经营主体清单', '监测电商平台（网站）')


def open_task(stand, name):
    stand.keys('ctrl+7')
    stand.press('任务筛选 全部')
    stand.click_row(name)
    stand.keys('alt+1')
    stand.wait_said('流转 对象', re.escape(name))


# a sheet on its way is put right: reason, the boxes, submitted and accepted anew as its second version
def revise(stand):
    open_task(stand, RUNNING)
    stand.press('流转 修订')
    stand.fill('修订 理由 *', '补充反馈材料')
    stand.press('修订 签名并修订')
    for kind in KINDS[2:]:
        stand.wait_enabled('反馈 ' + kind)
        stand.find('反馈 ' + kind).get_component_iface().grab_focus()
        stand.keys('space')
    stand.type_into('反馈 平台个数', '2')
    stand.type_into('反馈 监测次数', '6')
    stand.wait_enabled('提交任务单')
    stand.shot('b1-revise')
    stand.keys('ctrl+Return')
    stand.press('提交 签名并提交')
    stand.press('流转 签收')
    stand.wait_said('任务单 版本', '第 2 版')
    stand.wait_said('反馈状态 ' + KINDS[3], '未报送')


def flat(path):
    return re.sub(r'\s+', '', pdf_text(path))


def save(stand, button, title, path):
    path.unlink(missing_ok=True)                   # of an earlier run: the window would ask
    stand.press(button)
    stand.name_file(title, path)
    stand.wait_said('报告页数', '已存到 .*' + path.suffix[1:])


def sheet_text(path):
    with zipfile.ZipFile(path) as book:
        return ''.join(book.read(name).decode() for name in book.namelist() if name.startswith('xl/worksheets/') or name == 'xl/sharedStrings.xml')


# A-6.3c: what the sheet ticks is made, shown, printed, exported and sent back
def send_back(stand):
    expected = {                                   # in the pages, in the table
        '监测报告': (['监测报告', '建议立案'], '列入违法线索'),
        '违法线索表': (['违法线索表', RUNNING[:4], '示例乙食品有限公司'], '示例乙食品有限公司'),
        '网络经营主体清单': (['网络经营主体清单', '示例乙食品有限公司'], '示例乙食品有限公司'),
        '监测电商平台（网站）': (['第二商城', '3', '共监测电商平台（网站）2个6次'], '第二商城'),
    }
    for number, kind in enumerate(KINDS, 1):       # xdotool writes no Chinese names of files
        stand.press('生成 ' + kind)
        if kind == '监测报告':
            stand.fill(f'{kind} 结论与建议 *', '建议立案')
        if kind == KINDS[3]:
            stand.press(f'{kind} 再加一个平台')
            stand.fill('平台 2', '第二商城')
            for line in (1, 2):
                stand.find(f'次数 {line}').get_value_iface().set_current_value(3)
            stand.shot('b2-visits')
        stand.press(f'{kind} 生成')
        stand.wait_said('报告页数', r'共 \d+ 页')
        stand.shot(f'b3-{number}')
        path = stand.out / f'back{number}.pdf'
        save(stand, '表单存为 PDF', '存为 PDF', path)
        pages, in_table = expected[kind]
        in_order(flat(path), pages)
        table = stand.out / f'back{number}.xlsx'
        save(stand, '表单导出表格', '导出表格', table)
        assert in_table in sheet_text(table), kind
        stand.press('报送这份材料')
        stand.wait_said('报送反馈材料 文书', f'{re.escape(kind)}.pdf')
        stand.press('报送反馈材料 签名并报送反馈材料')
        stand.wait_said('反馈状态 ' + kind, '已报送')
    stand.shot('b4-sent')
    stand.press('流转 反馈完成')
    stand.find('流转 重新办理')


# A-6.3a: a third party's table, with what was wrong in it; what it brought is judged and dispatched at once
def import_table(stand):
    open_task(stand, '广告绝对化用语日常监测（练习）')
    stand.keys('alt+2')
    path = stand.root / 'third party.csv'
    path.write_text('链接,经营主体,涉嫌违法表现,所属业务领域\nhttps://a.example/1,示例辛,夸大功效,广告\nnot-a-link,示例壬,夸大功效,广告\n'
                    'https://a.example/1,示例辛,夸大功效,广告\nhttps://a.example/2,示例癸,夸大功效,广告\n')
    stand.press('导入结果表格')
    stand.name_file('导入监测结果', path)
    stand.wait_said('导入监测结果 摘要', '可导入 2 条，有问题 2 处')
    stand.shot('b5-import')
    stand.press('导入监测结果 签名并导入')
    stand.wait_said('监测结果 数量', '共 2 条')
    stand.fill('监测结果搜索', '示例辛')
    stand.wait_said('监测结果 数量', '^1 条')
    stand.fill('监测结果搜索', '')
    stand.wait_said('监测结果 数量', '共 2 条')
    for who in ('示例辛', '示例癸'):
        stand.click_row(who, '夸大功效')
        stand.press('流转 确认线索')
        stand.fill('确认线索 依据 *', '测试依据')
        stand.press('确认线索 签名并确认线索')
        stand.find('流转 分派')
    stand.press('批量分派')
    stand.shot('b6-bulk')
    stand.press('批量分派 签名并分派')
    for who in ('示例辛', '示例癸'):
        stand.row(who, '核查', '剩 15 个工作日')


# A-6.4a: merged into another and reopened, handed to another unit
def merge_and_transfer(stand):
    stand.click_row('示例癸', '核查')
    stand.press('流转 合并')
    stand.fill('合并 理由 *', '同一商品')
    stand.press('合并 签名并合并')
    stand.row('示例癸', '已合并')
    stand.wait_said('流转 说明', '已并入结果 1')
    stand.press('流转 重新办理')
    stand.fill('重新办理 理由 *', '另有店铺')
    stand.press('重新办理 签名并重新办理')
    stand.row('示例癸', '研判确认')
    stand.click_row('示例辛', '核查')
    stand.press('流转 转办')
    reason = stand.find('转办 理由 *', 'text')
    reason.get_component_iface().grab_focus()
    stand.type('their area')
    stand.keys('shift+Tab')
    stand.type('West unit')
    stand.shot('b6-transfer')
    stand.press('转办 签名并转办')
    wait_for('nothing is left to do here', lambda: not any(n.get_name() == '流转 签收' and stand.showing(n) for n in stand.all()))
    stand.shot('b6-transferred')


# A-6.3a: an operator of the subject library; found wrong, and put right in one act
def correct(stand):
    stand.press('任务筛选 全部')
    stand.click_row('网店亮照亮证日常监测（练习）')
    stand.keys('alt+2')
    stand.press('添加监测结果')
    stand.fill('监测结果 涉嫌违法表现 *', '未亮照')
    stand.fill('监测结果 所属业务领域 *', '网络交易')
    stand.fill('监测结果 链接', 'https://b.example/1')
    stand.type_into('监测结果 经营主体', 'sljsw')       # pinyin initials
    stand.row('示例甲生物科技有限公司')
    stand.keys('Down', 'Return')
    stand.wait_said('监测结果 经营主体 已关联', '示例甲生物科技有限公司')
    stand.press('监测结果 登记结果')
    stand.find('流转 确认线索')
    stand.wait_said('结果 经营主体', '已关联主体库')
    stand.press('补正监测结果')
    field = stand.find('监测结果 经营主体', 'text')
    field.get_component_iface().grab_focus()
    stand.keys('ctrl+a')
    stand.type('Shop Ltd')
    stand.fill('补正监测结果 1 改正理由', 'misspelt')
    stand.shot('b7-correct')
    stand.press('补正监测结果 1 签名并补正')
    stand.row('Shop Ltd', '研判确认')
    stand.row('示例甲生物科技有限公司', '已合并')


# B-5.2: a clue becomes a new task by its legal basis, another is dropped for a reason
def clues(stand):
    stand.keys('alt+3')
    stand.press('登记线索')
    stand.fill('登记线索 来源单位或个人 *', 'patrol group')
    stand.fill('登记线索 内容 *', 'words that promise a cure')
    paper = stand.root / 'complaint.txt'
    paper.write_text('as it was told')
    stand.press('登记线索 添加文书')
    stand.name_file('添加文书', paper)
    stand.wait_said('登记线索 文书', 'complaint.txt')
    stand.press('登记线索 登记')
    stand.click_row('patrol group')
    stand.find('线索 材料 complaint.txt')
    stand.shot('b8-clues')
    stand.press('流转 转为任务')
    stand.fill('转为任务 依据 *', '测试依据')
    stand.press('转为任务 签名并转为任务')
    stand.wait_said('流转 说明', '拟稿')
    wait_for('what the clue says', lambda: stand.text_of('任务单 监测内容') == 'words that promise a cure')
    stand.keys('alt+3')
    stand.click_row('示例戊贸易有限公司')
    stand.press('流转 不予采纳')
    stand.fill('不予采纳 理由 *', '不属于本局管辖')
    stand.press('不予采纳 签名并不予采纳')
    wait_for('one clue is left', lambda: len([n for n in stand.all() if n.get_role_name() == 'list item' and '待研判' in (n.get_name() or '') and stand.showing(n)]) == 1)


#
def analyse(stand):
    stand.keys('alt+4')
    stand.wait_said('分析 合计', r'结果 \d+')
    stand.shot('b9-analysis')
    path = stand.out / 'analysis.pdf'
    path.unlink(missing_ok=True)
    stand.press('打印分析')
    stand.name_file('打印分析', path)
    in_order(flat(path), ['监测', '夸大功效'])


# A-6.4b: the notice of a later year; days that it moves are counted anew
def notice(stand):
    stand.keys('ctrl+5')
    stand.press('设置 监测任务')
    stand.row('2027', '暂定')
    stand.shot('b10-settings')
    path = stand.root / 'notice.csv'
    path.write_text('2027,通知,示例通知\n2027-02-30,休,春节\n')
    stand.press('导入放假通知')
    stand.name_file('导入放假通知', path)
    stand.wait_said('监测任务设置消息内容', '什么也没有导入')
    path.write_text('2027,通知,示例通知\n2027-01-01~2027-01-03,休,元旦\n')
    stand.press('导入放假通知')
    stand.name_file('导入放假通知', path)
    stand.row('2027', '已有通知')
    stand.shot('b11-notice')


def first_page(stand):
    stand.keys('ctrl+0')
    stand.wait_said('下一件 期限', '剩 2 个工作日')     # what is due before has open results, and these are on no day yet
    stand.shot('b12-desk')
    stand.keys('ctrl+Return')
    stand.find('任务列表')


def check_log(stand):
    log = (pathlib.Path(stand.env['GUZHENG_HOME']) / 'operations.log').read_text()
    kinds = [line.split(' ')[3] for line in log.splitlines()]
    assert kinds.count('op.task-form') == 4, kinds
    assert kinds.count('op.task-calendar') == 1, kinds
    evidence = pathlib.Path(stand.program).with_name('guzheng-evidence')
    done = subprocess.run([str(evidence), 'tasks', 'check', '--desk', stand.env['GUZHENG_HOME']], env=stand.env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def main():
    program = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    scale = sys.argv[4] if len(sys.argv) > 4 else None
    with Stand(program, size=size, out=out, scale=scale) as stand:
        stand.open('--lang', 'zh')
        for part in (revise, send_back, import_table, merge_and_transfer, correct, clues, analyse, notice, first_page, check_log):
            part(stand)
            print(part.__name__, flush=True)


if __name__ == '__main__':
    main()
