#!/usr/bin/env python3
"""并行取证 in the window through accessibility, mouse and keyboard (A-7.3e, A-7.3a, A-8.3g): two phones whose mall takes its users for different people are
captured under one order; an empty battery is let pass for a reason; what does not reach a phone is told; both are paused and go on; the leader's tap is
followed by element and its drag too, F8 captures both, what differs is told and framed, a page is described for both, a phone whose page differs stops
alone, the other takes a long page, the group is sealed.

    dbus-run-session -- group_test.py PROGRAM PHONE [OUT]
"""
import contextlib
import json
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'training'))
from bench import Bench  # noqa: E402
from stand import Atspi, Stand, wait_for  # noqa: E402


def on_phone(phone, text):
    """Middle of the first element that shows `text` on this phone, in its pixels."""
    def probe():
        for node in re.findall(r'<node [^>]*>', phone.hierarchy()):
            if text in re.search(r' text="([^"]*)"', node).group(1):
                x1, y1, x2, y2 = map(int, re.search(r'bounds="\[(\d+),(\d+)\]\[(\d+),(\d+)\]"', node).groups())
                return (x1 + x2) / 2, (y1 + y2) / 2
    return wait_for(f'“{text}” on a phone', probe)


def tap(stand, member, x, y, width=720, height=1280, margin=6):
    left, top, w, h = stand.box(stand.find(f'手机 {member} 画面'))
    scale = min((w - 2 * margin) / width, (h - 2 * margin) / height)
    stand.click_at(left + w / 2 + (x - width / 2) * scale, top + h / 2 + (y - height / 2) * scale)


def drag(stand, member, start, end, width=720, height=1280, margin=6):
    left, top, w, h = stand.box(stand.find(f'手机 {member} 画面'))
    scale = min((w - 2 * margin) / width, (h - 2 * margin) / height)
    place = lambda x, y: (str(int(left + w / 2 + (x - width / 2) * scale)), str(int(top + h / 2 + (y - height / 2) * scale)))  # noqa: E731
    move = lambda x, y: subprocess.run(['xdotool', 'mousemove', *place(x, y)], env=stand.env, check=True)  # noqa: E731
    move(*start)
    subprocess.run(['xdotool', 'mousedown', '1'], env=stand.env, check=True)
    for i in range(1, 11):
        move(*(a + (b - a) * i / 10 for a, b in zip(start, end)))
        time.sleep(0.03)
    time.sleep(0.3)                                 # held at its end: the page does not fly on
    subprocess.run(['xdotool', 'mouseup', '1'], env=stand.env, check=True)


def write(stand, name, text):
    field = stand.find(name, 'text')
    field.get_component_iface().grab_focus()
    wait_for('focus in ' + name, lambda: stand.has_focus(name))
    stand.type(text)


def rests(stand):
    """Until no act is under way and no capture waits."""
    stand.wait_enabled('全部返回')
    wait_for('no capture waits', lambda: '部同时取证' in stand.said('全部取证'))


def journals(stand):
    return [path.read_text() for path in sorted((stand.home / 'guzheng/vault/open').glob('LX-*/data/attach/journal.log'))]


def cells(stand):
    return [node.get_name() for node in stand.all(stand.find('佐证对照表')) if node.get_role_name() == 'table cell']


def main():
    program, phone, *out = sys.argv[1:]
    with contextlib.closing(Bench(phone)) as bench:
        newcomer, regular = bench.phone(), bench.phone('--persona', 'regular', '--battery', '9', '--hierarchy-delay', '3000')   # it takes its time to say what it shows
        leader, follower = newcomer, regular
        for one in (leader, follower):
            one.connect()
        with Stand(program, out=out[0] if out else None) as stand:
            stand.open('--adb', f'127.0.0.1:{bench.port}')
            stand.press('并行取证')
            stand.wait_said('并行取证还缺', '1 部手机有不符的必检项')
            assert not stand.find('开始并行取证').get_state_set().contains(Atspi.StateType.SENSITIVE), 'a compulsory item holds the group up'
            stand.shot('group-held-up')
            write(stand, f'仍要取证的理由 电量 {regular.address}', 'no charger at hand')
            stand.press(f'仍要取证 电量 {regular.address}')
            for one, account, place in ((newcomer, 'new user', 'district one'), (regular, 'regular user', 'district two')):
                write(stand, f'账号 {one.address}', account)
                write(stand, f'所在地 {one.address}', place)
            stand.wait_enabled('开始并行取证')
            stand.shot('group-choice')
            stand.press('开始并行取证')
            stand.wait_said('手机 1 角色', '主控')
            stand.wait_said('手机 1 状态', '已录')
            if leader.address not in stand.said('手机 1 状态'):      # phones are listed as adb lists them
                leader, follower = follower, leader
            dearer = '≠ ¥318.00' if leader is newcomer else '≠ ¥199.00'        # what the other one alone shows
            stand.wait_said('手机 2 角色', '跟随')
            stand.wait_said('录制灯', '录制中')
            number = {leader: 1, follower: 2}
            stand.wait_said(f'手机 {number[newcomer]} 账号', 'new user')
            stand.wait_said(f'手机 {number[regular]} 所在地', 'district two')
            stand.wait_said(f'手机 {number[newcomer]} 电量', '电量 86 %')
            stand.wait_said(f'手机 {number[regular]} 电量', '电量 9 %，建议充电')
            said = wait_for('what was let pass', lambda: [text for text in journals(stand) if 'no charger at hand' in text])
            assert len(said) == 1 and '账号：regular user' in said[0] and '所在地：district two' in said[0], said
            for leads, follows in ((2, 1), (1, 2)):         # Alt+1…4
                stand.keys(f'alt+{leads}')
                stand.wait_said(f'手机 {leads} 角色', '主控')
                stand.wait_said(f'手机 {follows} 角色', '跟随')
            for one in (leader, follower):
                wait_for('the challenge is off the screen', lambda: '取证校验码' not in one.hierarchy())
            # a pause for all, with its reason
            stand.press('暂停操作')
            wait_for('the reason of the pause', lambda: stand.has_focus('全部暂停原因'))
            stand.type('the owner comes in')
            stand.keys('Return')
            stand.wait_said('手机 1 状态', '已暂停操作')
            stand.wait_said('手机 2 状态', '已暂停操作')
            stand.wait_said('录制灯', '暂停')
            stand.shot('group-paused')
            stand.press('继续操作')
            stand.wait_said('录制灯', '录制中')
            # the follower's line breaks: what is done meanwhile does not reach it, and that is seen
            bench.adb('disconnect', follower.address)
            stand.wait_said('手机 2 状态', '录制中断')
            stand.find('手机 1 画面').get_component_iface().grab_focus()
            stand.keys('Escape')
            stand.wait_said('手机 2 丢失的操作', '2 次操作没有送到')
            stand.shot('group-lost')
            follower.connect()
            wait_for('the film goes on', lambda: '录制中断' not in stand.said('手机 2 状态'))
            assert any('有 2 次操作没有送到本机' in text for text in journals(stand))
            place = on_phone(leader, '练习商城')
            stand.find('手机 1 画面').get_component_iface().grab_focus()
            tap(stand, 1, *place)
            # while the slow phone is asked what it shows: an F8 waits and is done, all others are told and keep what was written
            stand.keys('F8')
            stand.wait_said('全部取证', '排队取证 1 次')
            stand.wait_said('并行取证消息内容', '取证排队 1 次：前一操作“点按”')
            stand.shot('group-waiting')
            stand.keys('Escape')
            stand.wait_said('并行取证消息内容', '“按键”没有做：前一操作“点按”还在进行')
            stand.shot('group-not-taken')
            stand.wait_said('手机 2 状态', '已取证 1 张')
            stand.wait_said('手机 1 状态', '已取证 1 张')
            rests(stand)
            stand.said('并行取证消息内容')                 # still to be read
            assert all('此时要求取证当前页面' in text for text in journals(stand))
            for one in (leader, follower):
                on_phone(one, '立即进店')                  # the follower tapped its own element, and nobody went back
            wait_for('the comparison', lambda: any('≠' in text for text in cells(stand)))
            stand.shot('group-compared')
            # what the page proves, said once for both
            stand.keys('F4')
            wait_for('the editor', lambda: stand.has_focus('证明对象'))
            stand.type('the platform they trade on')
            stand.keys('ctrl+s')
            stand.wait_said('对照 平台首页', '已说明')
            assert all('the platform they trade on' in text for text in journals(stand))
            stand.shot('group-described')
            stand.press('说明这一页')
            drag(stand, 1, (360, 1000), (360, 420))         # up the page on both: the goods with their prices
            rests(stand)
            wait_for('both have scrolled', lambda: all('goods_price' in one.hierarchy() for one in (leader, follower)))
            rests(stand)
            stand.keys('F8')
            wait_for('a price and a place that differ', lambda: {dearer, '≠ 第 1 位'} <= set(cells(stand)))
            stand.wait_said('手机 2 画面', '框出 [0-9]+ 处不同')
            stand.wait_said('手机 2 对照', '≠ [0-9]+ 处不同')
            stand.shot('group-prices')
            follower.shell('input keyevent HOME')           # its page is another now: it stops, and the leader goes on
            wait_for('the home screen', lambda: '浏览器' in follower.hierarchy())
            rests(stand)
            tap(stand, 1, *on_phone(leader, '国家级鹿茸膏'))
            stand.wait_said('手机 2 角色', '已停止')
            stand.wait_said('手机 2 状态', '没有“国家级鹿茸膏')
            on_phone(leader, '商品详情')
            stand.shot('group-stopped')
            rests(stand)
            stand.press('取证内容 其他')
            stand.keys('shift+F8')
            stand.wait_said('并行取证消息内容', '长页取证：手机 1：[0-9]+ 张截图')
            stand.shot('group-long')
            stand.wait_said('手机 1 角色', '主控')           # who has stopped does not lead
            stand.keys('alt+2', 'F10')
            wait_for('the reason', lambda: stand.has_focus('不完整的原因'))
            stand.type('only one page')
            stand.shot('group-ending')
            stand.keys('Return')
            stand.find('并行取证结果')
            stand.shot('group-sealed')
            sealed = sorted(p for p in (stand.home / 'guzheng/vault/sealed').glob('LX-*') if p.is_dir() and '.' not in p.name)
            assert len(sealed) == 2, sealed
            records = {(p.with_name(p.name + '.group') / 'group.json').read_text() for p in sealed}
            assert len(records) == 1
            assert [m['package'] for m in json.loads(records.pop())['members']] and all(m['reason'] == '' for m in json.loads((sealed[0].with_name(sealed[0].name + '.group') / 'group.json').read_text())['members'])
    print('two phones were captured under one order, compared and sealed as a group')


if __name__ == '__main__':
    main()
