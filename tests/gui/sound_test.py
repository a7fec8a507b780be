#!/usr/bin/env python3
"""录音 in the window (A-7.3b, 行政诉讼证据规定 12): switched on before the start, asked for its text record until there is one, sealed with it.

    dbus-run-session -- sound_test.py PROGRAM [OUT]
"""
import sys

from stand import Stand, wait_for


def main():
    with Stand(sys.argv[1], out=sys.argv[2] if len(sys.argv) > 2 else None) as stand:
        stand.open()
        stand.wait_enabled('开始取证')
        stand.press('同时录下手机的声音')
        stand.shot('sound-1-switch')
        stand.keys('ctrl+Return')
        stand.wait_said('录制灯', '录制中 00:0')
        stand.wait_challenge()
        stand.wait_said('录音状态', '正在录音。录音还缺文字记录')
        x, y, w, h = stand.box(stand.find('录音文字记录', 'text'))
        stand.click_at(x + w / 2, y + h / 2)
        stand.type('no voice, only chimes')
        stand.shot('sound-2-writing')
        stand.press('记下文字记录')
        stand.wait_said('录音状态', '录音有文字记录')
        stand.keys('F10')
        stand.wait_said('结束前还缺', '缺主证信息')
        assert '录音' not in stand.said('结束前还缺'), stand.said('结束前还缺')
        stand.shot('sound-3-end')
        stand.type('only the sound is tested')
        stand.keys('Return')
        stand.find('封签指纹')
        wait_for('the sealed package', lambda: any(stand.root.rglob('sealed/*')))
    print('sound done')


if __name__ == '__main__':
    main()
