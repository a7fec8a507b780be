#!/usr/bin/env python3
"""Step 环境检测 through accessibility, mouse and keyboard (A-7.3a): a phone with an empty battery holds the session up; the officer sees which item, lets it
pass for a reason, takes it back, lets it pass again, and captures; the reason stands in the journal.

    dbus-run-session -- check_test.py PROGRAM PHONE [OUT]
"""
import contextlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'training'))
from bench import Bench  # noqa: E402
from stand import Atspi, Stand, wait_for  # noqa: E402


def is_enabled(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def give_reason(stand, reason):
    field = stand.find('仍要取证的理由 电量', 'text')
    assert not is_enabled(stand.find('仍要取证 电量')), 'nothing passes without a reason'
    field.get_component_iface().grab_focus()
    wait_for('focus in the reason', lambda: field.get_state_set().contains(Atspi.StateType.FOCUSED))
    stand.type(reason)
    stand.press('仍要取证 电量')


def overrides(stand):
    journal = next((stand.home / 'guzheng/vault/open').glob('LX-*/data/attach/journal.log'))
    line = next((text for text in journal.read_text().splitlines() if ' env.check ' in text), None)
    return line and json.loads(line.split(' ', 4)[4])['overrides']


def main():
    program, phone, *out = sys.argv[1:]
    with contextlib.closing(Bench(phone)) as bench:
        bench.phone('--battery', '9').connect()
        with Stand(program, out=out[0] if out else None) as stand:
            stand.open('--adb', f'127.0.0.1:{bench.port}')
            stand.wait_said('开始前还缺', '环境检测“电量”不符')
            assert not is_enabled(stand.find('开始取证'))
            stand.press('填写 环境检测')
            stand.wait_said('环境检测结果', '不符 1 项')
            stand.wait_said('检测项 电量', '不符：9%')
            for item in ('工作站时间与时间戳机构时间之差', '取证软件', '手机接入方式', 'VPN', '用户安装的根证书', '被取证应用'):
                assert stand.said('检测项 ' + item), item
            stand.shot('check-failed')
            give_reason(stand, 'no charger at hand')
            stand.wait_enabled('开始取证')
            stand.shot('check-let-pass')
            stand.press('撤回 电量')
            stand.wait_said('开始前还缺', '电量')
            assert not is_enabled(stand.find('开始取证'))
            stand.press('重新检测环境')
            stand.wait_said('环境检测结果', '不符 1 项')
            give_reason(stand, 'shop closes today')
            stand.wait_enabled('开始取证')
            stand.keys('ctrl+Return')
            stand.wait_said('录制灯', '录制中')
            said = wait_for('the line env.check', lambda: overrides(stand))
            assert [(o['item'], o['reason']) for o in said] == [('phone.battery', 'shop closes today')], said
            stand.shot('check-recording')
    print('the environment was checked, let pass, and journalled')


if __name__ == '__main__':
    main()
