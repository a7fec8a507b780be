#!/usr/bin/env python3
"""Officers of a real bureau at the window (A-7.2b, A-7.2a): a bureau made by `guzheng-evidence ca` with a time-stamp authority of the
test's own; a wrong passphrase, then the right one; a second officer who signs later; a capture that goes on recording while the desk is
locked and is sealed by the officer who came back; what `verify` says of the package, which waits for its second signature (待签).

    dbus-run-session -- people_test.py PROGRAM [OUT]
"""
import importlib.util
import json
import pathlib
import subprocess
import sys
import zipfile

from stand import Stand, wait_for

TESTS = pathlib.Path(__file__).resolve().parents[1]
spec = importlib.util.spec_from_file_location('program_stand', TESTS / 'program/stand.py')
programs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(programs)

ORDER = {'主体': '示例乙食品有限公司', '店铺': '示例店铺', '平台': '练习商城', '取证事由': '测试', '取证内容': '首页',
         '指令编号': '测-0001', '法律依据': '《中华人民共和国电子商务法》第二十五条'}


class Bureau:
    """Root, station, archive and two officers, as three commands make them."""

    def __init__(self, folder, evidence):
        self.evidence, self.folder = evidence, folder
        self.station = folder / 'bureau/station'
        self.policy = self.station / 'policy.toml'
        self.log = self.station / 'login/operations.log'
        for name in ('root', 'archive', 'wang', 'li'):
            (folder / f'{name}.pass').write_text(f'passphrase of {name}\n')
            (folder / f'{name}.pass').chmod(0o600)
        tsa = folder / 'tsa'
        tsa.mkdir()
        self.tsa = subprocess.Popen([sys.executable, TESTS / 'identity/tsa_server.py', tsa], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL)
        port = wait_for('the time-stamp authority', lambda: (tsa / 'https-port').exists() and (tsa / 'port').read_text().strip())
        self.ca('init', folder / 'bureau', '--bureau', '某某市市场监督管理局', '--station', 'LX-07', '--tsa', '测试时间戳', f'http://127.0.0.1:{port}/',
                tsa / 'root.pem', key='archive')
        for name, badge, who in (('王甲', '执法-01', 'wang'), ('李乙', '执法-02', 'li')):
            self.ca('issue', folder / 'bureau', 'officer', '--name', name, '--badge', badge, key=who)
        self.policy.write_text(self.policy.read_text().replace('min_free_gib = 20', 'min_free_gib = 1'))

    def ca(self, *args, key):
        self.run('ca', *args, '--passphrase-file', self.folder / 'root.pass', '--key-passphrase-file', self.folder / f'{key}.pass', code=0)

    def run(self, *args, code):
        done = subprocess.run([str(self.evidence), *map(str, args), '--lang', 'zh'], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
        assert done.returncode == code, (args, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def close(self):
        self.tsa.stdin.close()
        self.tsa.wait(30)


def wrong_and_right(stand):
    wait_for('the passphrase field', lambda: stand.has_focus('口令'))
    stand.shot('p1-login')
    stand.type('wrong')
    stand.keys('Return')
    stand.wait_said('登录消息', '口令错误')
    stand.shot('p1-wrong')
    wait_for('the end of the wait', lambda: '秒后' not in stand.said('登录消息'))
    stand.type('passphrase of wang')
    stand.keys('Return')
    stand.find('锁定工作站')


def second_later(stand):
    stand.choose('请选择…', 'Down')
    stand.wait_said('第二名人员状态', '待签')


def fill_order(stand):
    for name, text in ORDER.items():
        stand.find(name, 'text').get_editable_text_iface().set_text_contents(text)
    stand.press('填写 开始前告知')
    # each statement has its own answer, and without one nothing begins (行政处罚法 43, 55)
    stand.wait_said('开始前还缺', '出示执法证 回答')
    stand.choose('请选择回答…', *['Down'] * 4)                # nobody is there
    stand.wait_said('开始前还缺', '权利告知 回答')
    stand.choose('请选择回答…', 'Down')
    stand.find('权利告知 回答人', 'text').get_editable_text_iface().set_text_contents('张三，店长')
    stand.wait_said('开始前还缺', '回避告知 回答')
    stand.choose('请选择回答…', 'Down', 'Down')
    stand.wait_said('开始前还缺', '回避告知 理由')
    stand.find('回避告知 理由', 'text').get_editable_text_iface().set_text_contents('系亲属')
    stand.shot('p2-statements')
    stand.press('填写 指令')
    stand.wait_enabled('开始取证')
    stand.shot('p2-setup')


def lock_and_unlock(stand):
    stand.keys('ctrl+l')
    stand.wait_said('锁定说明', '取证没有停.*王甲')
    assert not any(node.get_name() == '手机画面' and stand.showing(node) for node in stand.all()), 'the pages are covered'
    before = stand.said('录制灯')
    wait_for('the film grows while the desk is locked', lambda: stand.said('录制灯') != before)
    stand.shot('p3-locked')
    stand.type('passphrase of wang')
    stand.keys('Return')
    wait_for('the page again', lambda: stand.showing(stand.pane()))


def settings(stand):
    stand.keys('ctrl+5')
    stand.wait_said('指纹 单位根证书', '^([0-9a-f]{4} ?){16}$')
    assert stand.said('策略 无操作锁定') == '10 分钟', stand.said('策略 无操作锁定')
    assert stand.said('人员 2') == '李乙', stand.said('人员 2')
    stand.press('检测时间戳机构')
    stand.wait_said('时间戳机构回答 1', '^正常')
    stand.shot('p5-settings')
    stand.keys('ctrl+1')


def check_package(bureau, vault, out):
    """Encrypted by now or not yet: the officer who signs later can open it (A-7.4b), and hands it to whoever verifies."""
    sealed = wait_for('the sealed package', lambda: [p for p in (vault / 'sealed').glob('LX-07-*') if '.' not in p.name])
    bureau.run('export', sealed[0], '-o', out, '--policy', bureau.policy, '--officer', '执法-02', '--passphrase-file', bureau.folder / 'li.pass',
               '--to', '法制科', '--medium', '本机', '--reason', '测试', code=0)
    # a training phone: practice by core's rules, under a real bureau too
    said = bureau.run('verify', out, '--org-ca', bureau.station / 'org.crt', '--tsa-ca', bureau.folder / 'tsa/root.pem', code=6)
    assert '练习' in said and '待签' in said, said
    with zipfile.ZipFile(out) as package:
        journal = next(package.read(name).decode() for name in package.namelist() if name.endswith('journal.log'))
    answers = [json.loads(line.split(' ', 4)[4]) for line in journal.splitlines() if line.split(' ')[3] == 'confirm'][1::2]
    assert [(a['result'], a['who'], a.get('reason')) for a in answers] == [('absent', '', None), ('consents', '张三，店长', None), ('refuses', '张三，店长', '系亲属')], answers
    for words in ('出示执法证', '权利告知', '回避告知', '工作站已锁定', '工作站已解锁：王甲 执法-01'):
        assert words in journal, (words, journal)


def check_log(bureau):
    """A-7.2a: who came, who failed, who left."""
    kinds = [line.split(' ')[3] for line in bureau.log.read_text().splitlines()]
    # twice at the window, once on the command line, for the export
    for kind, times in (('op.login-failed', 1), ('op.login', 3), ('op.logout', 2), ('op.session', 1), ('op.seal', 1)):
        assert kinds.count(kind) == times, (kind, kinds)


def main():
    program = pathlib.Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    with Stand(program, size=size, out=out) as stand:
        bureau = Bureau(stand.root, program.parent / 'guzheng-evidence')
        adb = programs.AdbServer(stand.root)
        phone = programs.Phone(program.parent / 'guzheng-phone', stand.root, 'phone', [])
        try:
            adb.connect(phone)
            vault = stand.root / 'vault'
            stand.open('--policy', str(bureau.policy), '--adb', f'127.0.0.1:{adb.port}', '--vault', str(vault))
            wrong_and_right(stand)
            second_later(stand)
            settings(stand)
            fill_order(stand)
            stand.keys('ctrl+Return')
            stand.wait_said('录制灯', '录制中 00:0')
            stand.wait_challenge()
            lock_and_unlock(stand)
            stand.keys('F8')
            stand.wait_said('主证 平台首页', '1 张')
            stand.keys('F10')
            wait_for('the reason', lambda: stand.has_focus('不完整原因'))
            stand.type('test')
            stand.keys('Return')
            stand.find('封签指纹')
            stand.shot('p4-sealed')
            check_package(bureau, vault, stand.root / 'package.zip')
            stand.press('退出登录')
            wait_for('the login page', lambda: stand.has_focus('口令'))
            check_log(bureau)
            assert stand.process.poll() is None
        finally:
            phone.end()
            adb.end()
            bureau.close()
    print('people done')


if __name__ == '__main__':
    main()
