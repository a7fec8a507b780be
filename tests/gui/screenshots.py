#!/usr/bin/env python3
"""Screenshots of the pages on the practice desk, for the README and for looking at.

    dbus-run-session -- screenshots.py PROGRAM OUT [SIZE] [SCALE] [LANG]
"""
import sys
import time

from stand import Stand, wait_for


def main():
    program, out = sys.argv[1:3]
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    scale = sys.argv[4] if len(sys.argv) > 4 else None
    lang = sys.argv[5] if len(sys.argv) > 5 else 'zh'
    chinese = lang == 'zh'
    with Stand(program, size=size, out=out, scale=scale) as stand:
        stand.open('--lang', lang)
        if not chinese:
            time.sleep(8)
            for name, key in (('en-start', 'ctrl+1'), ('en-evidence', 'ctrl+2'), ('en-log', 'ctrl+3'), ('en-subjects', 'ctrl+6')):
                stand.keys(key)
                stand.shot(name)
            stand.keys('ctrl+1', 'ctrl+Return')
            time.sleep(12)
            stand.shot('en-capture')
            return
        stand.wait_enabled('开始取证')
        stand.shot('start')
        stand.keys('ctrl+Return')
        stand.wait_said('录制灯', '录制中 00:0')
        stand.wait_challenge()
        stand.tap_phone(*stand.bounds('练习商城'))
        stand.wait_on_phone('立即进店')
        stand.keys('F8')
        stand.wait_said('主证 平台首页', '1 张')
        stand.tap_phone(*stand.bounds('立即进店'))
        stand.wait_on_phone('证照信息')
        stand.keys('F8')
        stand.wait_said('主证 店铺首页', '1 张')
        time.sleep(3)
        stand.shot('capture')
        stand.keys('F10')
        time.sleep(0.5)
        stand.shot('end-card')
        stand.type('practice')
        stand.keys('Return')
        stand.find('已封存卡片')
        stand.shot('sealed')
        stand.keys('ctrl+2')
        stand.wait_said('校验结论', '练习|不完整|损坏|无法判定', 120)
        time.sleep(2)
        stand.shot('evidence')
        stand.keys('ctrl+3')
        time.sleep(1)
        stand.shot('log')
        stand.keys('ctrl+6')
        stand.wait_said('匹配数', '主体')
        stand.find('搜索主体', 'text').get_editable_text_iface().set_text_contents('茶叶')
        stand.wait_said('匹配数', '匹配')
        stand.keys('Down')
        time.sleep(2)
        stand.shot('subjects')


if __name__ == '__main__':
    main()
