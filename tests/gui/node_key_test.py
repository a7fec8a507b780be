#!/usr/bin/env python3
"""A node whose ssh key has a passphrase, at the window (A-8.3f, issue 4): page 节点 says that the key waits for it, a wrong one is told at the field, the right one brings the phones;
it stands nowhere on the disk.

    dbus-run-session -- node_key_test.py PROGRAM [OUT] [LANG]
"""
import pathlib
import subprocess
import sys

from node_test import ROOM, Site
from stand import Stand, wait_for

RIGHT = 'opens the room'


def lock_key(key):
    subprocess.run(['ssh-keygen', '-q', '-p', '-P', '', '-N', RIGHT, '-f', str(key)], check=True, capture_output=True)


def enter(evidence, site, desk):
    def node(*words):
        done = subprocess.run([evidence, 'node', *map(str, words), '--desk', desk], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
    node('add', ROOM, '--host', '127.0.0.1', '--port', site.sshd.port, '--user', site.sshd.user, '--key', site.sshd.station_key, '--adb-port', site.adb.port, '--place', '三楼')
    node('trust', ROOM, '--fingerprint', site.sshd.fingerprint())


def give(stand, passphrase):
    field = stand.find('SSH 密钥口令', 'password text')
    x, y, w, h = stand.box(field)
    stand.click_at(x + w / 2, y + h / 2)
    stand.type(passphrase)
    stand.keys('Return')


def main():
    program = pathlib.Path(sys.argv[1])
    with Stand(program, out=sys.argv[2] if len(sys.argv) > 2 else None) as stand:
        site = Site(stand.root, program.parent / 'guzheng-phone')
        try:
            lock_key(site.sshd.station_key)
            enter(program.parent / 'guzheng-evidence', site, stand.home / 'guzheng')
            if len(sys.argv) > 3:                # for looking at: the page in another language
                stand.open('--lang', sys.argv[3], '--page', 'nodes', '--adb', f'127.0.0.1:{site.local.port}')
                wait_for('the field', lambda: any(n.get_role_name() == 'password text' and stand.showing(n) for n in stand.all()))
                stand.shot(f'node-key-{sys.argv[3]}')
                return
            stand.open('--page', 'nodes', '--adb', f'127.0.0.1:{site.local.port}')
            stand.find('SSH 密钥口令', 'password text')
            stand.shot('node-key-1-asked')
            give(stand, 'opens nothing')
            stand.wait_said('口令结果', '口令不对')
            stand.shot('node-key-2-wrong')
            give(stand, RIGHT)
            wait_for('the phone of the node', lambda: any(site.phone.serial in (node.get_name() or '') for node in stand.all()))
            wait_for('the box gone', lambda: not any(n.get_role_name() == 'password text' and stand.showing(n) for n in stand.all()))
            stand.shot('node-key-3-open')
            log = (stand.home / 'guzheng/operations.log').read_text(encoding='utf-8')
            assert '"act":"unlock"' in log and 'opens' not in log, log
            for path in stand.home.rglob('*'):
                assert not path.is_file() or RIGHT.encode() not in path.read_bytes(), path
        finally:
            site.end()
    print('node key done')


if __name__ == '__main__':
    main()
