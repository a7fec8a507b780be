#!/usr/bin/env python3
"""The officer's whole job through accessibility, mouse and keyboard (A-8.3g, A-AnD, A-7.3b, A-7.3c, B-5.4.4a):
start on the practice desk, drive the phone, capture the four compulsory kinds, describe them, seal, verify, play, export, log.

    dbus-run-session -- whole_job_test.py PROGRAM [OUT]
"""
import hashlib
import json
import subprocess
import sys
import time
import zipfile

from stand import Atspi, Stand, wait_for

KINDS = ['平台首页', '店铺首页', '证照公示', '涉嫌违法页面']


def capture(stand, number, proves):
    stand.keys('F8')
    kind = KINDS[number - 1]
    stand.wait_said('主证 ' + kind, '1 张')
    stand.keys('F4')
    wait_for('the editor', lambda: stand.has_focus('证明对象'))
    stand.type(proves)
    stand.keys('ctrl+s')
    stand.wait_said('说明状态', '已保存')
    print(f'captured and described {number}: {kind}')


def pause_and_go_on(stand):
    stand.press('暂停操作')
    wait_for('the reason', lambda: stand.has_focus('暂停原因'))
    stand.type('phone call')
    stand.keys('Return')
    stand.wait_said('录制灯', '已暂停')
    stand.shot('2-paused')
    stand.press('继续操作')
    stand.wait_said('录制灯', '录制中')


def drive_and_capture(stand):
    stand.tap_phone(*stand.bounds('练习商城'))        # from the phone's home screen into the app
    stand.wait_on_phone('立即进店')
    capture(stand, 1, 'proof of platform 1')
    stand.tap_phone(*stand.bounds('立即进店'))
    stand.wait_on_phone('证照信息')                     # A-8.3g: a click in the pane turned the phone's page
    stand.shot('2-shop')
    capture(stand, 2, 'proof of shop 2')
    pause_and_go_on(stand)
    stand.tap_phone(*stand.bounds('证照信息'))
    wait_for('the licence page', lambda: '营业执照' in stand.hierarchy())
    capture(stand, 3, 'proof of licence 3')
    stand.pane().get_component_iface().grab_focus()
    stand.keys('Escape')                                # back, by keyboard
    stand.wait_on_phone('证照信息')
    stand.tap_phone(*stand.bounds('¥'))
    wait_for('the goods page', lambda: '证照信息' not in stand.hierarchy())
    capture(stand, 4, 'proof of violation 4')
    stand.shot('4-captured')
    long_page(stand)


def long_page(stand):                                   # A-8.3g: a page longer than the screen
    stand.keys('shift+F8')
    stand.wait_said('长页说明', '正在长页取证')
    stand.wait_said('长页说明', '应已到底.*拼接为长页', 180)
    stand.shot('4-long')
    stand.keys('F4')                                    # A-7.3c: what the page proves is said once, for all of its pictures
    wait_for('the editor', lambda: stand.has_focus('证明对象'))
    stand.type('proof of the long page')
    stand.keys('ctrl+s')
    stand.wait_said('说明状态', '已保存')


def check_package(stand):
    stand.keys('Return')                                # 查看证据包 has the focus
    stand.wait_said('校验结论', '^练习$', 120)           # B-5.4.4a: never 完整 for practice
    assert '成链' in stand.said('校验依据 2'), stand.said('校验依据 2')
    stand.shot('6-evidence')
    before = stand.said('播放时间')
    x, y, w, h = stand.box(stand.find('证据包日志'))
    stand.click_at(x + w / 2, y + 30)
    stand.keys('End')                                   # choosing a line moves the picture
    wait_for('the film at the end', lambda: stand.said('播放时间') != before)
    stand.keys('Home')
    wait_for('the film at the start', lambda: stand.said('播放时间').startswith('00:00:00'))
    stand.keys('space')
    wait_for('the film plays', lambda: not stand.said('播放时间').startswith('00:00:00'))
    stand.keys('space')
    stand.shot('7-playing')


def report(stand):
    stand.keys('ctrl+p')                                # A-AnB: made by the helper, shown as pages
    stand.wait_said('报告页数', r'共 \d+ 页', 180)
    stand.shot('7-report')
    stand.keys('Escape')


def check_hand_over(target, package):
    """移交: who got what on which medium, signed by the officer, beside the ZIP (FORMAT 9)."""
    folder = target.parent / f'{package}.handover'
    record = json.loads((folder / 'export.json').read_text())
    assert record['to'] == '示例县市场监督管理局法制科' and record['medium'] == '本机磁盘', record
    assert record['package'] == package and record['file'] == target.name, record
    assert record['sha256'] == hashlib.sha256(target.read_bytes()).hexdigest(), record
    said = subprocess.run(['openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-noverify', '-in', folder / 'export.json.p7s',
                           '-content', folder / 'export.json', '-out', '/dev/null'], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr            # chain and people: the verifier's tests


def export(stand):
    target = stand.root / 'exported.zip'
    stand.press('导出')
    field = stand.find('导出到', 'text')
    field.get_editable_text_iface().set_text_contents(str(target))
    to = stand.find('接收人', 'text').get_editable_text_iface()
    to.set_text_contents('示例县市场监督管理局法制科')
    stand.find('导出原因', 'text').get_editable_text_iface().set_text_contents('移交法制审核')
    stand.press('导出到这里')
    wait_for('the exported file', lambda: target.exists())
    stand.wait_said('证据库消息内容', '已导出')
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None
        names = package.namelist()
    assert sum('/data/main/shot-' in n and n.endswith('.png') for n in names) > 6, names            # four kinds and a long page
    seals = [n for n in names if n.endswith('/seal/seal.txt')]
    assert len(seals) == 1, names
    check_hand_over(target, seals[0].split('/')[0])
    print('exported', len(names), 'files')
    export_disc(stand, seals[0].split('/')[0])


# The same package as a disc, read by a program that shares nothing with ours. B-5.4.4
def export_disc(stand, package):
    stand.choose('ZIP 文件', 'End')
    field = stand.find('导出到', 'text').get_text_iface()
    wait_for('the proposed name', lambda: field.get_text(0, -1).endswith(f'/{package}.iso'))
    target = stand.root / 'disc.iso'
    stand.find('导出到', 'text').get_editable_text_iface().set_text_contents(str(target))
    stand.shot('7b-disc')
    stand.press('导出到这里')
    wait_for('the disc image', lambda: target.exists())
    stand.wait_said('证据库消息内容', 'verify.sh 都在里面')
    listed = [n.removeprefix('./') for n in subprocess.run(['bsdtar', '-tf', target], capture_output=True, text=True, check=True).stdout.split()]
    for name in ('VERIFY.txt', 'verify.sh', 'SHA256SUMS', f'{package}.zip', f'{package}.handover/export.json', f'{package}.handover/export.json.p7s'):
        assert name in listed, (name, listed)


def check_log(stand):
    stand.keys('ctrl+3')
    stand.wait_said('日志链结论', '首尾成链')             # A-7.2a
    table = stand.find('操作日志表')
    wait_for('rows', lambda: table.get_table_iface().get_n_rows() >= 5)
    cells = {node.get_name() for node in stand.all(table)}
    for act in ('开始取证', '封存', '校验', '导出'):
        assert act in cells, (act, cells)
    stand.shot('8-log')


def main():
    program = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) > 2 else None
    with Stand(program, out=out) as stand:
        stand.open()
        stand.wait_enabled('开始取证')
        stand.shot('1-start')
        stand.keys('ctrl+Return')                       # one key to the first capture
        stand.wait_said('录制灯', '录制中 00:0')
        stand.shot('1-recording')
        stand.wait_challenge()
        drive_and_capture(stand)
        stand.keys('F10')
        stand.wait_said('结束前还缺', '证据完整')          # A-7.2c
        stand.keys('Return')
        stand.find('封签指纹')
        stand.shot('5-sealed')
        check_package(stand)
        report(stand)
        export(stand)
        check_log(stand)
        assert stand.process.poll() is None
    print('whole job done')


if __name__ == '__main__':
    main()
