#!/usr/bin/env python3
"""Under the hand (A-8.3g): pinch, key combinations, acts of the menu 更多, full screen and back, F8 there; each stands in the journal.

    dbus-run-session -- hand_test.py PROGRAM [OUT]
"""
import subprocess
import sys
import time

from stand import Stand, wait_for


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
        stand.keys('alt+o')
        wait_for('the display in the journal', lambda: '"act":"display","on":false' in journal(stand))
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
        assert stand.process.poll() is None
    print('hand done')


if __name__ == '__main__':
    main()
