#!/usr/bin/env python3
"""Synchronisation as the officer sees it, against a running central server, through accessibility, mouse and keyboard (A-7.4c, A-8.1, A-8.3e): a server that is away is told and
comes back; pause, first, a refusal with its reason; what is captured here is sent by itself.

    GUZHENG_BIN=DIR dbus-run-session -- sync_test.py PROGRAM [OUT]
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / 'program'))
import central_stand as central  # noqa: E402
from stand import Stand, wait_for  # noqa: E402


class Desk:
    """The practice desk of a stand, with its central server's folder; packages come to lie in its vault."""

    def __init__(self, stand):
        self.stand = stand
        self.place = central.Practice()
        self.home = stand.home / 'guzheng'
        self.home.mkdir(mode=0o700)
        shutil.copytree(self.place.bureau, self.home / 'bureau')
        self.sealed = self.home / 'vault/sealed'
        self.sealed.mkdir(parents=True, mode=0o700)
        (self.home / 'vault').chmod(0o700)
        self.server = None
        first = self.place.start()           # a port that it keeps
        first.stop()
        config = pathlib.Path(self.place.config)
        config.write_text(config.read_text().replace('port = 0', f'port = {first.port}'))
        (self.home / 'central.toml').write_text(f'version = 1\n[central]\nurl = "https://localhost:{first.port}"\ncertificate = "bureau/central.crt"\n')

    def lay(self, package, folder):
        for path in pathlib.Path(folder).glob(package + '*'):
            subprocess.run(['cp', '-a', path, self.sealed], check=True)

    def serve(self):
        self.server = self.place.start()

    def log(self):
        return [line['body'] for line in central.chained(self.home / 'operations.log') if line['kind'] == 'op.sync']

    def close(self):
        if self.server:
            self.server.stop()
        self.place.remove()


def away_is_told_and_comes_back(stand, desk):
    package = desk.place.package
    stand.wait_said('同步状态', '中心系统离线，待同步 1 份')
    stand.row(package['package'], '排队')
    stand.press('同步状态')
    stand.wait_said('同步情况', '^离线$')
    stand.wait_said('同步为何停着', '连不上中心系统.*证据都在本机')
    stand.shot('sync-1-away')
    desk.serve()
    stand.press('立即同步')
    stand.wait_said('同步情况', '^已全部同步$')
    stand.row(package['package'], '已同步 #0')
    stand.wait_said('同步 说明', '于 .* 收到.*核验为练习.*store-a.*存证日志第 0 条')
    said = stand.said('同步 细节')
    receipt = desk.sealed / (package['package'] + '.receipt') / 'central.txt'
    assert str(receipt) in said and receipt.exists(), said
    assert f"Fingerprint: {package['fingerprint']}" in receipt.read_text()
    stand.shot('sync-2-synced')
    wait_for('the line in the operation log', lambda: [line for line in desk.log() if line['result'] == 'synced'])
    [line] = [line for line in desk.log() if line['result'] == 'synced']
    assert line == {'index': 0, 'package': package['package'], 'result': 'synced', 'sha256': central.hashlib.sha256(receipt_zip(desk, package)).hexdigest(), 'who': 'LX-03'}, line
    assert [line['result'] for line in desk.log() if line['result'] != 'synced'] == ['asked'], desk.log()


def receipt_zip(desk, package):
    """What the central system holds of it: the object of its first store with the digest that the receipt names."""
    text = (desk.sealed / (package['package'] + '.receipt') / 'central.txt').read_text()
    digest = re.search(r'^Zip-SHA256: ([0-9a-f]{64})$', text, re.M)[1]
    for path in (pathlib.Path(desk.place.home) / 'store-a').rglob('*'):
        if path.is_file() and central.hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return path.read_bytes()
    raise AssertionError(f'no store holds {digest}')


def a_pause_holds(stand, desk):
    stand.press('暂停同步')
    wait_for('the pause', lambda: stand.find('继续同步'))
    desk.lay(desk.place.second()['package'], pathlib.Path(desk.place.bureau).parent)
    stand.keys('Escape')
    stand.press('刷新证据库')
    stand.row(desk.place.second()['package'], '排队')
    stand.wait_said('同步状态', '同步已暂停，待同步 1 份')
    stand.shot('sync-3-paused')
    stand.press('查看同步')
    stand.wait_said('同步情况', '^已暂停$')
    stand.click_row(desk.place.second()['package'], '排队', '约 ')
    stand.press('排到最前')
    stand.row(desk.place.second()['package'], '最前')
    stand.press('继续同步')
    stand.row(desk.place.second()['package'], '已同步 #1')
    stand.wait_said('同步状态', '^已全部同步$')
    assert {'paused', 'put-first', 'resumed'} <= {line['result'] for line in desk.log()}


def a_refusal_is_told(stand, desk):
    """A package that another bureau sealed has no place in this vault: the central system says so, and the window why."""
    other = stand.root / 'other'
    made = json.loads(central.run(central.SAMPLE, other, '--number', '3').stdout)
    stand.keys('Escape')
    desk.lay(made['package'], other)
    stand.press('刷新证据库')
    stand.wait_said('证据库消息内容', f"{made['package']} 被中心系统拒收：")
    stand.row(made['package'], '被拒收')
    stand.wait_said('同步状态', '被拒收 1 份')
    stand.shot('sync-4-refused')
    stand.press('查看同步')
    stand.click_row(made['package'], '被拒收', '核验不通过')
    stand.wait_said('同步 说明', '核验不通过')
    stand.wait_said('同步 细节', '原因（原文）：(denied|tampered|invalid): ')
    before = len([line for line in desk.log() if line['result'] == 'refused'])
    stand.press('再试一次')
    wait_for('it is judged anew', lambda: len([line for line in desk.log() if line['result'] == 'refused']) > before)
    stand.row(made['package'], '被拒收')
    stand.shot('sync-5-refused-again')
    for path in desk.sealed.glob(made['package'] + '*'):
        subprocess.run(['chmod', '-R', 'u+w', path], check=True)
        subprocess.run(['rm', '-r', path], check=True)
    stand.keys('Escape')
    stand.press('刷新证据库')


def what_is_captured_goes_by_itself(stand, desk):
    stand.keys('ctrl+1')
    stand.start_capture()
    stand.seal_one_page()
    package = wait_for('the capture', lambda: next(p.name for p in sorted(desk.sealed.iterdir()) if p.is_dir() and '.' not in p.name
                                                   and p.name not in (desk.place.package['package'], desk.place.second()['package'])))
    wait_for('its receipt', lambda: (desk.sealed / (package + '.receipt') / 'central.txt').exists())
    stand.keys('ctrl+2')
    stand.row(package, '已同步 #2')
    stand.wait_said('同步状态', '^已全部同步$')
    stand.click_row(package)
    stand.wait_said('证据包事实', '副本　本机，中心：已同步 #2')
    stand.shot('sync-6-captured')
    stand.keys('ctrl+0')
    stand.wait_said('同步 工作台', '已全部同步')
    stand.shot('sync-7-home')


def main():
    program = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) > 2 else None
    with Stand(program, size='1600x900', out=out) as stand:
        desk = Desk(stand)
        try:
            desk.lay(desk.place.package['package'], pathlib.Path(desk.place.bureau).parent)
            stand.open('--page', 'evidence')
            away_is_told_and_comes_back(stand, desk)
            a_pause_holds(stand, desk)
            a_refusal_is_told(stand, desk)
            what_is_captured_goes_by_itself(stand, desk)
        finally:
            desk.close()
    print('synchronisation in the window: all seen')


if __name__ == '__main__':
    main()
