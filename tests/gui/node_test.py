#!/usr/bin/env python3
"""A phone at a node, at the window (A-8.3f, A-8.3g, A-8.4, A-8.5, A-8.6): a node behind a real sshd is entered in 设置 → 节点, its host key confirmed
by its fingerprint, its phone seen in the chooser and captured, with the lease that another desk is refused by; a phone that another desk
holds is shown so; a changed host key is refused; a phone is entered in the inventory and taken out.

    dbus-run-session -- node_test.py PROGRAM [OUT] [SIZE]
"""
import contextlib
import importlib.util
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

from stand import Stand, wait_for  # noqa: E402

TESTS = pathlib.Path(__file__).resolve().parents[1]
ROOM = '一号机房'
TRAINING = TESTS.parent / 'resources/training'


def module_of(path, name, known=None):
    """Modules of tests/program: their `stand` is not ours."""
    spec = importlib.util.spec_from_file_location(name, TESTS / path)
    out = importlib.util.module_from_spec(spec)
    ours = sys.modules.get('stand')
    if known:
        sys.modules['stand'] = known
    spec.loader.exec_module(out)
    if known:
        sys.modules['stand'] = ours
    return out


programs = module_of('program/stand.py', 'program_stand')
sshd = module_of('program/sshd.py', 'program_sshd', programs)


class Site:
    """What stands at the node: sshd, adb server, phone; and an adb server at the desk without phones."""

    def __init__(self, folder, phone_program):
        self.folder, self._processes = folder / 'site', []
        self.folder.mkdir()
        here = self.folder / 'desk'
        here.mkdir()
        self.local = self.started(programs.AdbServer(here))
        self.adb = self.started(programs.AdbServer(self.folder))
        self.phone = self.started(programs.Phone(phone_program, self.folder, 'phone', []))
        self.adb.connect(self.phone)
        self.sshd = sshd.Sshd(self)

    def started(self, process):
        self._processes.append(process)
        return process

    def set_up_anew(self):
        """Another host key; the connections that are there end with it: sshd keeps them in processes of their own."""
        children = subprocess.run(['ps', '-o', 'pid=', '--ppid', str(self.sshd.process.pid)], capture_output=True, text=True).stdout.split()
        self.sshd.new_host_key()
        for child in map(int, children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)

    def other_desk(self):
        """Another desk takes the phone, by the node's own program."""
        return subprocess.Popen(['ssh', '-F', '/dev/null', '-i', str(self.sshd.station_key), '-o', 'StrictHostKeyChecking=no', '-o',
                                 f'UserKnownHostsFile={self.folder}/other_known', '-p', str(self.sshd.port), f'{self.sshd.user}@127.0.0.1',
                                 f'lease {self.phone.serial} 别的席位'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def leases(self, evidence, home):
        done = subprocess.run([str(evidence), 'node', 'state', ROOM, '--desk', str(home)], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)['leases']

    def end(self):
        for process in reversed(self._processes):
            process.end()


def put(stand, name, text):
    stand.find(name, 'text').get_editable_text_iface().set_text_contents(text)


def wait_row(stand, words):
    """A row of a list that says all these words."""
    return wait_for(f'a row with {words}', lambda: [n for n in stand.all() if n.get_role_name() == 'list item' and all(w in (n.get_name() or '') for w in words)])[0]


def tick(stand, name):
    node = stand.find(name, 'check box')
    x, y, _, h = stand.box(node)
    stand.click_at(x + h / 2, y + h / 2)
    wait_for(f'“{name}” is ticked', lambda: node.get_state_set().contains(Atspi.StateType.CHECKED))


def enter_and_trust(stand, site):
    stand.keys('ctrl+5')
    stand.press('设置 节点')
    assert not stand.find('登记节点').get_state_set().contains(Atspi.StateType.SENSITIVE), 'nothing is filled in'
    put(stand, '节点 名称', ROOM)
    put(stand, '节点 地点', '三楼机房')
    put(stand, '节点 主机', '127.0.0.1')
    put(stand, '节点 用户', site.sshd.user)
    put(stand, '节点 密钥文件', str(site.sshd.station_key))
    for name, port in (('SSH 端口', site.sshd.port), ('adb 端口', site.adb.port)):
        x, y, w, h = stand.box(stand.find(name, 'spin button'))
        stand.click_at(x + w / 2, y + h / 2)
        stand.keys('ctrl+a')
        stand.type(str(port))
    stand.press('登记节点')
    stand.wait_said('节点连接状态', '密钥待核对')
    stand.wait_said('主机密钥指纹', re.escape(site.sshd.fingerprint()))
    stand.shot('n1-fingerprint')
    stand.keys('ctrl+1')
    wait_row(stand, ['节点 ' + ROOM, '不可用'])
    stand.keys('ctrl+5')
    assert not stand.find('登记这把主机密钥').get_state_set().contains(Atspi.StateType.SENSITIVE), 'not compared yet'
    tick(stand, '已逐字核对指纹')
    stand.press('登记这把主机密钥')
    stand.wait_said('节点连接状态', '连接正常|温度过高|没有市电|网速不足')
    stand.shot('n2-trusted')


def capture(stand, site, evidence, home):
    other = site.other_desk()
    assert 'held' in other.stdout.readline()
    stand.keys('ctrl+1')
    wait_row(stand, ['由“别的席位”使用', '使用中'])
    stand.wait_said('手机状态', '由“别的席位”使用，自 .* 起。请换一台')
    assert not stand.find('开始取证').get_state_set().contains(Atspi.StateType.SENSITIVE)
    stand.shot('n3-taken')
    other.stdin.close()
    other.wait(60)
    other.stdout.close()
    stand.wait_enabled('开始取证')
    wait_row(stand, [site.phone.serial, '节点 ' + ROOM, '可用'])
    stand.shot('n4-chooser')
    stand.start_capture()
    held = site.leases(evidence, home)
    assert [lease['serial'] for lease in held] == [site.phone.serial], held
    assert '练习' in held[0]['holder'], held
    stand.keys('ctrl+4')
    wait_row(stand, [site.phone.serial, '使用中', held[0]['holder']])
    stand.find('节点状态 温度')
    stand.shot('n5-nodes')
    stand.keys('ctrl+1')
    stand.seal_one_page()
    wait_for('the phone is given back', lambda: not site.leases(evidence, home))


def check_evidence(stand, site, evidence, vault, home):
    """The same rows of the node as `capture --node` writes (A-7.3a, A-8.4)."""
    sealed = wait_for('the sealed package', lambda: [p for p in (vault / 'sealed').glob('*-*') if '.' not in p.name])
    out = stand.root / 'package.zip'
    done = subprocess.run([str(evidence), 'export', str(sealed[0]), '-o', str(out), '--desk', str(home), '--to', '法制科', '--medium', '本机', '--reason', '测试'],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    folder = stand.root / 'package'
    subprocess.run(['unzip', '-q', str(out), '-d', str(folder)], check=True)
    attach = next(folder.rglob('env.json')).parent
    node = json.loads((attach / 'node.json').read_text())
    assert (node['name'], node['place']) == (ROOM, '三楼机房'), node
    assert f'ssh {site.sshd.user}@127.0.0.1:{site.sshd.port}' in node['way'], node
    rows = {row['id']: row for row in json.loads((attach / 'env.json').read_text())['items'] if row['where'] == 'node'}
    assert rows['node.state']['verdict'] == 'pass' and rows['node.clock']['verdict'] == 'pass', rows
    raw = json.loads((attach.parents[1] / rows['node.state']['raw']).read_text())
    # asked while the phone was taken: nobody's lease is in it but perhaps this session's own
    assert len(raw['leases']) <= 1, raw['leases']


def history(evidence, home):
    done = subprocess.run([str(evidence), 'node', 'history', ROOM, '--desk', str(home)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert 'key-unknown' in done.stdout.splitlines()[0] and '\tanswered\t' in done.stdout, done.stdout


def changed_key(stand, site, home):
    site.set_up_anew()
    stand.keys('ctrl+5')

    def refused():
        if stand.find('检测连接').get_state_set().contains(Atspi.StateType.SENSITIVE):
            stand.press('检测连接')
        return '密钥变化' in (stand.said('节点连接状态') or '')
    wait_for('the changed key is refused', refused)
    stand.wait_said('节点连接状态', '也不能改为信任.*node forget-key')
    stand.wait_said('主机密钥指纹', re.escape(site.sshd.fingerprint()))
    assert not any(node.get_name() == '登记这把主机密钥' and stand.showing(node) for node in stand.all()), 'nobody can confirm a changed key'
    stand.shot('n6-changed')
    stand.keys('ctrl+1')
    wait_row(stand, ['节点 ' + ROOM, '主机密钥变化', '不可用'])
    stand.keys('ctrl+4')
    stand.wait_said('节点问题', '密钥变化')
    stand.shot('n7-nodes-changed')
    trusted = [line for line in (home / 'operations.log').read_text().splitlines() if ' op.node ' in line and '"trust"' in line]
    assert len(trusted) == 1 and 'SHA256:' in trusted[0] and '练习' in trusted[0], trusted


def inventory(stand, home):
    stand.keys('ctrl+5')
    stand.press('设置 设备与介质')
    for name, text in (('资产编号', 'GZ-001'), ('型号', '练习机 X1'), ('序列号', 'SN1'), ('存放柜位', '三楼保密柜 2 号')):
        put(stand, '登记 ' + name, text)
    stand.press('登记入库')
    stand.wait_said('现在在哪里', 'GZ-001 在库，存放于：三楼保密柜 2 号')
    put(stand, '登记 去处或柜位', '现场')
    put(stand, '登记 用途', '取证')
    stand.press('出库或入库')
    stand.wait_said('现在在哪里', '取出，带到：现场，用途：取证')
    wait_row(stand, ['出库', '现场'])
    stand.shot('n8-inventory')
    lines = [line for line in (home / 'operations.log').read_text().splitlines() if ' op.inventory ' in line]
    assert len(lines) == 2 and '"out"' in lines[1] and 'GZ-001' in lines[1], lines


def baseline(stand):
    """Whose certificate belongs to which app, and who signed a package file that the officer has (A-7.3a)."""
    stand.press('设置 应用基线')
    stand.wait_said('基线来源', '1 个应用，1 个证书')
    wait_row(stand, ['cn.guzheng.mall'])
    put(stand, '查找应用或证书', 'no.such')
    wait_for('no row', lambda: not any('cn.guzheng.mall' in (n.get_name() or '') for n in stand.all(stand.find('应用证书基线', 'list'))))
    put(stand, '查找应用或证书', 'mall')
    wait_row(stand, ['cn.guzheng.mall'])
    for name, said in (('mall.apk', '与基线中的 cn.guzheng.mall 相同'), ('mall-fake.apk', '签名人不在基线中'), ('README.md', '不能核对')):
        put(stand, '安装包路径', str(TRAINING / name))
        stand.find('安装包路径', 'text').get_component_iface().grab_focus()
        stand.keys('Return')
        stand.wait_said('核对结果', said)
        stand.shot('n8-baseline-' + name)


def remove(stand):
    stand.press('设置 节点')
    stand.press('删除节点')
    stand.wait_said('删除节点的后果', '主机密钥仍然记住')
    stand.shot('n9-remove')
    stand.press('检测连接')                                    # a look goes by: the question stays
    stand.wait_enabled('检测连接')
    stand.wait_said('删除节点的后果', '主机密钥仍然记住')
    stand.press('确认删除')
    stand.wait_said('节点连接状态', '还没有登记节点')


def main():
    program = pathlib.Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    evidence = program.parent / 'guzheng-evidence'
    with Stand(program, size=size, out=out) as stand:
        site = Site(stand.root, program.parent / 'guzheng-phone')
        home, vault = pathlib.Path(stand.env['GUZHENG_HOME']), stand.root / 'vault'
        try:
            stand.open('--adb', f'127.0.0.1:{site.local.port}', '--vault', str(vault))
            enter_and_trust(stand, site)
            capture(stand, site, evidence, home)
            check_evidence(stand, site, evidence, vault, home)
            history(evidence, home)
            changed_key(stand, site, home)
            inventory(stand, home)
            baseline(stand)
            remove(stand)
            assert stand.process.poll() is None
        finally:
            site.end()
    print('node done')


if __name__ == '__main__':
    main()
