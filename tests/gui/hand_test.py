#!/usr/bin/env python3
"""Under the hand (A-8.3g): pinch, key combinations, acts of the menu 更多, full screen and back, F8 there; each stands in the journal, and what it does
is seen on the phone. The phone's clipboard is offered to the desk and taken over by a button.

    dbus-run-session -- hand_test.py PROGRAM [OUT]
"""
import re
import subprocess
import sys
import time

from stand import Atspi, Stand, wait_for


def journal(stand):
    found = list(stand.root.rglob('data/attach/journal.log'))
    return found[0].read_text(encoding='utf-8') if found else ''


def pinch(stand):
    left, top, w, h = stand.box(stand.pane())
    x, y = int(left + w / 2), int(top + h / 2)
    tool = lambda *words: (subprocess.run(['xdotool', *map(str, words)], env=stand.env, check=True), time.sleep(0.1))
    tool('mousemove', x - 40, y)
    tool('keydown', 'ctrl')
    tool('mousedown', 1)
    for step in (60, 80, 100):
        tool('mousemove', x - step, y)
    tool('mouseup', 1)
    tool('keyup', 'ctrl')
    wait_for('two fingers in the journal', lambda: '"p":-2' in journal(stand) and '"p":-3' in journal(stand))


def power(stand):
    said = stand.adb('shell', 'dumpsys', 'power')
    return re.search(r'mWakefulness=(\w+)', said).group(1), re.search(r'Display Power: state=(\w+)', said).group(1)


def turned(stand):
    return re.search(r'cur=(\d+)x(\d+)', stand.adb('shell', 'dumpsys', 'window')).groups()


def display(stand):
    """The journal's line is written before an act: whether it was done is asked of the phone."""
    assert power(stand) == ('Awake', 'ON')
    stand.keys('alt+o')
    wait_for('the panel is dark, the phone goes on', lambda: power(stand) == ('Awake', 'OFF'))
    assert '"act":"display","on":false' in journal(stand)
    stand.wait_on_phone('立即进店')
    stand.keys('alt+shift+o')
    wait_for('the panel is lit', lambda: power(stand) == ('Awake', 'ON'))
    stand.keys('alt+p')
    wait_for('the phone sleeps', lambda: power(stand) == ('Asleep', 'OFF'))
    stand.keys('alt+w')
    wait_for('the phone is awake', lambda: power(stand) == ('Awake', 'ON'))
    assert turned(stand) == ('720', '1280')
    stand.press('旋转')
    wait_for('the phone lies on its side', lambda: turned(stand) == ('1280', '720'))
    stand.wait_said('画面参数', '1280×720')
    stand.shot('hand-2-turned')
    stand.press('旋转')
    wait_for('the phone stands', lambda: turned(stand) == ('720', '1280'))
    stand.wait_said('画面参数', '720×1280')


def panels(stand):
    stand.pane().get_component_iface().grab_focus()
    stand.keys('alt+e')                             # quick settings: this phone's one panel has them above the notifications
    stand.wait_on_phone('移动数据')
    stand.keys('alt+shift+n')
    stand.wait_on_phone('立即进店')


def app_by_name(stand):
    stand.press('主页')
    stand.wait_on_phone('浏览器')
    stand.press('更多手机操作')
    stand.keys('Down', 'Return')                    # 打开应用…
    field = wait_for('the field', lambda: next((node for node in stand.all() if node.get_role_name() == 'text' and stand.showing(node) and node.get_state_set().contains(Atspi.StateType.FOCUSED)), None))
    field.get_editable_text_iface().set_text_contents('?练习')         # xdotool makes Chinese keys by changing the keyboard under the window's eyes
    stand.keys('Return')
    stand.wait_on_phone('立即进店')
    assert '"act":"app","name":"?练习"' in journal(stand)


def visible(stand, text):
    """Scrolls the phone until `text` is well on its screen; where."""
    for _ in range(12):
        x, y = stand.bounds(text)
        if y < 1100:
            return x, y
        stand.adb('shell', 'input', 'swipe', '360', '1000', '360', '600', '400')
        time.sleep(1.5)
    raise AssertionError(f'“{text}” is not reached')


def pasted(stand):
    """What Ctrl+V gives at the desk."""
    stand.keys('F7')
    wait_for('the line', lambda: stand.has_focus('备注内容'))
    stand.keys('ctrl+v')
    field = stand.find('备注内容', 'text').get_text_iface()
    text = field.get_text(0, field.get_character_count())
    stand.keys('ctrl+a', 'Delete', 'F7')
    return text


def clipboard(stand):
    stand.tap_phone(*visible(stand, '祖传秘方降糖茶'))
    stand.tap_phone(*visible(stand, '复制链接'))
    stand.wait_said('手机剪贴板', 'https://mall.example/item/1')
    stand.shot('hand-5-clipboard')
    assert pasted(stand) == '', 'nothing comes onto the desk by itself'
    stand.press('手机剪贴板复制到本机')
    assert pasted(stand).startswith('https://mall.example/item/1')
    wait_for('the note', lambda: '字节）复制到工作站的剪贴板' in journal(stand))
    assert 'https://mall.example/item/1' not in journal(stand), 'the journal has it concealed'


def main():
    out = sys.argv[2] if len(sys.argv) > 2 else None
    with Stand(sys.argv[1], out=out) as stand:
        stand.open()
        stand.wait_enabled('开始取证')
        stand.keys('ctrl+Return')
        stand.wait_said('录制灯', '录制中 00:0')
        stand.wait_challenge()
        stand.tap_phone(*stand.bounds('练习商城'))
        stand.wait_on_phone('立即进店')
        pinch(stand)
        stand.pane().get_component_iface().grab_focus()
        stand.keys('alt+n')                             # the phone's answer to the pinch is a notification
        stand.wait_on_phone('双指缩放')
        stand.shot('hand-1-pinched')
        stand.keys('alt+shift+n')
        stand.wait_on_phone('立即进店')
        stand.keys('ctrl+a')
        wait_for('Ctrl+A in the journal', lambda: '"code":29,"do":"down","meta":12288' in journal(stand) or '"act":"key","bytes":8' in journal(stand))
        stand.press('更多手机操作')
        stand.shot('hand-2-more')
        stand.keys('Down', 'Down', 'Return')            # 通知栏
        stand.wait_on_phone('双指缩放')
        stand.pane().get_component_iface().grab_focus()
        stand.keys('alt+shift+n')
        stand.wait_on_phone('立即进店')
        display(stand)
        panels(stand)
        app_by_name(stand)
        stand.pane().get_component_iface().grab_focus()
        stand.keys('F11')
        wait_for('the whole screen', lambda: stand.box(stand.pane())[3] > 800)
        stand.keys('F8')
        stand.wait_said('全屏说明', '已取证 1 页')
        stand.shot('hand-3-full')
        stand.keys('Escape')
        wait_for('the pane in its place', lambda: stand.box(stand.pane())[3] < 800)
        stand.wait_said('主证 平台首页', '1 张')
        stand.wait_on_phone('立即进店')                   # Esc left the full screen and was no back key
        stand.shot('hand-4-back')
        stand.tap_phone(*stand.bounds('立即进店'))        # the pane still acts
        stand.wait_on_phone('证照信息')
        clipboard(stand)
        assert stand.process.poll() is None
    print('hand done')


if __name__ == '__main__':
    main()
