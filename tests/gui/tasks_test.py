#!/usr/bin/env python3
"""Monitoring tasks at the window (A-6.2 to A-6.4): a sheet is written and kept by itself, submitted, accepted, printed; a result is entered,
captured with the order filled in, judged, dispatched, verified, answered and closed, each step signed; the route tells it all, with its documents.

    dbus-run-session -- tasks_test.py PROGRAM [OUT] [SIZE] [SCALE]
"""
import pathlib
import re
import subprocess
import sys

from stand import Stand, wait_for


def write_sheet(stand):
    stand.keys('ctrl+7')
    stand.find('任务列表')
    stand.shot('t1-inbox')
    stand.press('新建任务单')
    wait_for('the new sheet', lambda: stand.has_focus('任务单 监测任务名称'))
    stand.keys('ctrl+a')
    stand.type('task one')
    for name in ('监测任务来源', '监测范围'):
        stand.type_into('任务单 ' + name, 'x ' + str(len(name)))
    stand.press('监测类别 专项')
    stand.press('监测对象 网店')
    stand.type_into('任务单 监测内容', 'what to look for')
    stand.type_into('特征词 关键字词', 'cure')
    stand.keys('Return')
    stand.find('特征词 关键字词 cure')
    stand.wait_said('任务单 还缺', '监测结果反馈')
    stand.find('反馈 违法线索表').get_component_iface().grab_focus()
    stand.keys('space')
    stand.wait_said('任务单 进度', '已存')
    stand.shot('t2-sheet')


def submit_and_accept(stand):
    stand.wait_enabled('提交任务单')
    stand.keys('ctrl+Return')
    stand.press('提交 签名并提交')
    stand.find('流转 签收')
    stand.wait_said('流转 对象', 'task one')
    stand.press('流转 签收')
    stand.find('流转 修订')
    assert not any(n.get_name() == '流转 反馈完成' and stand.showing(n) for n in stand.all()), 'nothing went back yet'
    stand.shot('t3-accepted')


def add_result(stand):
    stand.keys('alt+2')
    stand.press('添加监测结果')
    stand.fill('监测结果 涉嫌违法表现 *', '夸大功效')
    stand.fill('监测结果 所属业务领域 *', '广告')
    stand.fill('监测结果 链接', 'not a link')
    stand.type_into('监测结果 经营主体', 'Shop Ltd')
    stand.press('监测结果 登记结果')
    stand.wait_enabled('监测结果 登记结果')
    assert not any(n.get_name() == '流转 确认线索' and stand.showing(n) for n in stand.all()), 'a result without a link was taken'
    stand.fill('监测结果 链接', 'https://shop.example/1')
    stand.press('监测结果 登记结果')
    stand.find('流转 确认线索')
    stand.shot('t4-result')


def pdf_text(path):
    wait_for(path.name, path.exists)
    return subprocess.run(['pdftotext', '-layout', str(path), '-'], check=True, capture_output=True, text=True).stdout


def in_order(text, words):
    at = 0
    for word in words:
        found = text.find(word, at)
        assert found >= 0, f'“{word}” is not where it should be in\n{text}'
        at = found


# A-AnA: every label of the sheet in its order, the boxes as they were ticked
def print_sheet(stand):
    stand.keys('alt+1')
    stand.keys('ctrl+p')
    stand.wait_said('报告页数', '共 1 页')
    stand.shot('t4-print-sheet')
    path = stand.out / 'sheet.pdf'
    path.unlink(missing_ok=True)                    # of an earlier run: the window would ask
    stand.press('表单存为 PDF')
    stand.name_file('存为 PDF', path)
    stand.wait_said('报告页数', '已存到')
    text = re.sub(r'\s+', '', pdf_text(path))      # where a line of the form breaks is the printer's affair
    in_order(text, ['网络交易监测任务单', '监测任务发起单位（盖章）', '编号：练习-', '监测任务名称', 'taskone', '监测任务来源', '监测类别', '☐常规性监测', '☑特定性监测', '☐研究性监测', '监测方式', '☑自主监测', '监测时间', '监测范围',
                    '监测对象类型', '☑网店', '监测内容', 'whattolookfor', '监测特征词', '关键字词：cure', '监测结果反馈', '☐监测报告', '☑违法线索表', '☐网络经营主体清单', '☐监测电商平台（网站）'])
    stand.keys('Escape')


# A-6.3a, A-6.3b: the order is filled in; what was sealed for it comes back to the result by itself
def capture(stand):
    stand.keys('ctrl+e')
    wait_for('the order is filled in', lambda: stand.text_of('主体') == 'Shop Ltd')
    assert stand.text_of('链接') == 'https://shop.example/1'
    assert stand.text_of('指令编号').endswith('-结果1'), stand.text_of('指令编号')
    assert 'task one' in stand.text_of('任务'), stand.text_of('任务')
    assert stand.text_of('取证事由') == '夸大功效', stand.text_of('取证事由')
    assert stand.text_of('店铺') == 'Shop Ltd', stand.text_of('店铺')
    stand.fill('平台', 'Mall')                     # the result names none
    stand.shot('t5-order')
    stand.start_capture()
    stand.seal_one_page()
    package = stand.sealed_package()
    stand.keys('ctrl+7')
    stand.find('结果 证据 ' + package)
    stand.shot('t6-evidence')


# A-6.4a, A-6.4b, A-6.4c
def judge_to_close(stand):
    stand.press('流转 确认线索')
    stand.fill('确认线索 依据 *', '《中华人民共和国广告法》第十七条')
    stand.press('确认线索 签名并确认线索')
    stand.press('批量分派')
    stand.press('批量分派 签名并分派')
    stand.wait_said('流转 期限', '剩 15 个工作日')
    stand.press('流转 签收')
    extend(stand)
    stand.press('流转 填写核查')
    stand.fill('填写核查 情况 *', '页面已核对')
    stand.press('填写核查 签名并填写核查')
    report_measures(stand)
    stand.shot('t7-handled')
    stand.press('流转 办结')
    stand.find('流转 重新办理')
    stand.press('全部留痕')
    for step in ('登记', '确认线索', '分派', '签收', '延期', '填写核查', '反馈措施', '办结'):
        wait_for(step, lambda: any(n.get_name() == '流转 步骤 ' + step for n in stand.all()))
    stand.shot('t8-closed')


def add_document(stand, move, name):
    path = stand.root / name
    path.write_text('decision')
    stand.press(f'{move} 添加文书')
    stand.name_file('添加文书', path)
    stand.wait_said(f'{move} 文书', name)


def extend(stand):
    stand.press('流转 延期')
    add_document(stand, '延期', 'filing.txt')
    stand.press('延期 签名并延期')
    stand.wait_said('流转 期限', '剩 30 个工作日')


def report_measures(stand):
    stand.press('流转 反馈措施')
    stand.press('措施 责令改正')
    stand.fill('反馈措施 情况 *', '已责令改正')
    add_document(stand, '反馈措施', 'decision.txt')
    stand.press('反馈措施 签名并反馈措施')
    stand.press('流转 文书 decision.txt')           # it is got back as it came
    stand.name_file('另存文书', stand.root / 'back.txt')
    wait_for('the document', lambda: (stand.root / 'back.txt').read_text() == 'decision')


def check_log(stand):
    log = (pathlib.Path(stand.env['GUZHENG_HOME']) / 'operations.log').read_text()
    kinds = [line.split(' ')[3] for line in log.splitlines()]
    assert kinds.count('op.task-act') >= 9, kinds
    assert kinds.count('op.task-form') == 1, kinds


def main():
    program = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    scale = sys.argv[4] if len(sys.argv) > 4 else None
    with Stand(program, size=size, out=out, scale=scale) as stand:
        stand.open('--lang', 'zh')
        write_sheet(stand)
        submit_and_accept(stand)
        print_sheet(stand)
        add_result(stand)
        capture(stand)
        judge_to_close(stand)
        check_log(stand)


if __name__ == '__main__':
    main()
