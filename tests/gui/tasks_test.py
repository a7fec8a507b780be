#!/usr/bin/env python3
"""Monitoring tasks at the window (A-6.2 to A-6.4): a sheet is written and kept by itself, submitted, accepted; a result is entered, judged,
dispatched, verified, answered and closed, each step signed; the route tells them all; 工作台 names the next thing.

    dbus-run-session -- tasks_test.py PROGRAM [OUT] [SIZE]
"""
import pathlib
import sys

from stand import Stand, wait_for


def fill(stand, name, text):
    stand.find(name, 'text').get_editable_text_iface().set_text_contents(text)


def type_into(stand, name, text):
    """A field that listens to the keyboard only."""
    node = stand.find(name, 'text')
    node.get_component_iface().grab_focus()
    wait_for(f'focus in {name}', lambda: stand.has_focus(name))
    stand.type(text)


def write_sheet(stand):
    stand.keys('ctrl+7')
    stand.find('任务列表')
    stand.shot('t1-inbox')
    stand.press('新建任务单')
    wait_for('the new sheet', lambda: stand.has_focus('任务单 监测任务名称'))
    stand.keys('ctrl+a')
    stand.type('task one')
    for name in ('监测任务来源', '监测范围'):
        type_into(stand, '任务单 ' + name, 'x ' + str(len(name)))
    stand.press('监测类别 专项')
    stand.press('监测对象 网店')
    type_into(stand, '任务单 监测内容', 'what to look for')
    type_into(stand, '特征词 关键字词', 'cure')
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
    stand.find('流转 反馈完成')
    stand.shot('t3-accepted')


def add_result(stand):
    stand.keys('alt+2')
    stand.press('添加监测结果')
    fill(stand, '监测结果 涉嫌违法表现 *', '夸大功效')
    fill(stand, '监测结果 所属业务领域 *', '广告')
    fill(stand, '监测结果 链接', 'not a link')
    type_into(stand, '监测结果 经营主体', 'Shop Ltd')
    stand.press('监测结果 登记结果')
    stand.wait_enabled('监测结果 登记结果')
    assert not any(n.get_name() == '流转 确认线索' and stand.showing(n) for n in stand.all()), 'a result without a link was taken'
    fill(stand, '监测结果 链接', 'https://shop.example/1')
    stand.press('监测结果 登记结果')
    stand.find('流转 确认线索')
    stand.shot('t4-result')


def judge_to_close(stand):
    stand.press('流转 确认线索')
    fill(stand, '确认线索 依据 *', '《中华人民共和国广告法》第十七条')
    stand.press('确认线索 签名并确认线索')
    stand.press('流转 分派')
    stand.press('分派 签名并分派')
    stand.wait_said('流转 期限', '剩 15 个工作日')
    stand.press('流转 签收')
    stand.press('流转 填写核查')
    stand.choose('违法', 'Down')
    fill(stand, '填写核查 情况 *', '页面已核对')
    stand.press('填写核查 签名并填写核查')
    stand.press('流转 反馈不违法')
    fill(stand, '反馈不违法 理由 *', '有批准文号')
    fill(stand, '反馈不违法 依据 *', '《中华人民共和国广告法》第十八条')
    stand.press('反馈不违法 签名并反馈不违法')
    stand.shot('t5-handled')
    stand.press('流转 办结')
    stand.find('流转 重新办理')
    stand.press('全部留痕')
    for step in ('登记', '确认线索', '分派', '签收', '填写核查', '反馈不违法', '办结'):
        wait_for(step, lambda: any(n.get_name() == '流转 步骤 ' + step for n in stand.all()))
    stand.shot('t6-closed')


def first_page(stand):
    stand.keys('ctrl+0')
    stand.wait_said('下一件 期限', '逾期')
    stand.shot('t7-desk')
    stand.keys('ctrl+Return')
    stand.find('任务列表')


def check_log(stand):
    log = (pathlib.Path(stand.env['GUZHENG_HOME']) / 'operations.log').read_text()
    kinds = [line.split(' ')[3] for line in log.splitlines()]
    assert kinds.count('op.task-act') > 20, kinds


def main():
    program = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    with Stand(program, size=size, out=out) as stand:
        stand.open('--lang', 'zh')
        write_sheet(stand)
        submit_and_accept(stand)
        add_result(stand)
        judge_to_close(stand)
        first_page(stand)
        check_log(stand)


if __name__ == '__main__':
    main()
