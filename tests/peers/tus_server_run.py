#!/usr/bin/env python3
"""The workstation's own upload (guzheng-evidence sync) against an independent tus server (@tus/server, npm): lines are cut in the middle of pieces, the program and the server are killed;
what lies there at the end is the package byte for byte, of one upload, and nothing is called synced without a receipt. A-7.4c.

Arguments: BIN (folder of the programs), WORK (a folder in the build tree that keeps node_modules between runs).
"""
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ['GUZHENG_BIN'] = sys.argv[1]
sys.path.insert(0, os.path.join(HERE, '..', 'program'))
sys.path.insert(0, HERE)
import central_stand as stand  # noqa: E402
import run as peers  # noqa: E402
from central_sync_test import Line  # noqa: E402

NOT_SYNCED = 4


class TusServer:
    """@tus/server in a folder; started anew it goes on with what lies there."""

    def __init__(self, folder, work, pem, ca, keys):
        self.folder, self.work, self.port, self.lines = os.path.join(folder, 'tus'), work, 0, []
        self.identity = [ca, *keys]
        os.mkdir(self.folder)
        self.start()

    def start(self):
        self.process = subprocess.Popen(['node', 'server.mjs', self.folder, str(self.port), *self.identity], cwd=self.work, stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        assert first, 'the server did not start'
        self.port = json.loads(first)['port']
        self.reader = threading.Thread(target=self.read, args=(self.process.stdout,), daemon=True)
        self.reader.start()

    def read(self, stream):
        self.lines.extend(json.loads(line) for line in stream)

    def of(self, key):
        return [line for line in self.lines if key in line]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.reader.join()


class Desk:
    """A station with one sealed package of some megabytes in its vault."""

    def __init__(self, folder):
        self.vault, self.home = os.path.join(folder, 'vault'), os.path.join(folder, 'desk')
        sample = os.path.join(folder, 'sample')
        self.package = json.loads(stand.run(stand.SAMPLE, sample, '--packets', '4000').stdout)
        shutil.copytree(os.path.join(sample, 'bureau'), os.path.join(self.home, 'bureau'))
        sealed = os.path.join(self.vault, 'sealed')
        os.makedirs(sealed, mode=0o700)
        os.chmod(self.vault, 0o700)
        for name in os.listdir(sample):
            if name == self.package['package'] or name.startswith(self.package['package'] + '.'):
                stand.run('cp', '-a', os.path.join(sample, name), sealed)
        self.bureau = os.path.join(self.home, 'bureau')

    def command(self, port, *more):
        return [stand.EVIDENCE, 'sync', self.vault, '--server', f'https://localhost:{port}', '--desk', self.home, '--lang', 'en', *more]

    def sync_once(self, port):
        done = subprocess.run(self.command(port, '--once'), capture_output=True, text=True, timeout=120)
        assert done.returncode == NOT_SYNCED, f'{done.returncode}, not {NOT_SYNCED}\n{done.stdout}{done.stderr}'
        return done.stdout + done.stderr

    def sync_until(self, port, condition):
        """Runs without an end, and is killed once the condition holds."""
        program = subprocess.Popen(self.command(port, '--quiet'), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not condition():
                assert program.poll() is None, f'it ended by itself: {program.returncode}'
                threading.Event().wait(0.02)
        finally:
            program.send_signal(signal.SIGKILL)
            program.wait()

    def receipted(self):
        return [name for name in os.listdir(os.path.join(self.vault, 'sealed')) if '.receipt' in name]

    def zip(self):
        return os.path.join(self.home, 'sync', self.package['package'] + '.zip')


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


def stands(server):
    return max((os.path.getsize(os.path.join(server.folder, line['created'])) for line in server.of('created')), default=0)


def check(desk, server):
    size = desk.package['bytes']
    print('package:', size, 'bytes')
    assert size > 1 << 20, size
    # each line is cut in the middle of a piece, and the program goes on by itself; then it is killed, then the server
    line = Line(server.port, size // 6)
    desk.sync_until(line.here, lambda: line.cuts >= 2 and stands(server) > size // 4)
    first = stands(server)
    assert first < size, 'it was through before it was killed'
    server.kill()
    assert 'not synced' in desk.sync_once(server.port)           # nobody is there
    server.start()
    desk.sync_until(line.here, lambda: bool(server.of('whole')))
    created = server.of('created')
    assert len(created) == 1, f'begun anew instead of gone on with: {created}'
    kept = os.path.join(server.folder, created[0]['created'])
    assert created[0]['metadata'] == {'package': desk.package['package'], 'zip_sha256': digest(desk.zip())}, created
    assert os.path.getsize(kept) == size and digest(kept) == digest(desk.zip()), 'what lies there is not what was sent'
    came = sum(one['came'] for one in server.of('came'))
    print(f'cuts: {line.cuts}, killed at {first}, bytes that came: {came}')
    # it is being verified there: no receipt, hence not synced, and nothing is sent again
    pieces, asked = len(server.of('came')), len(server.of('asked'))
    desk.sync_until(server.port, lambda: len(server.of('asked')) > asked)
    assert server.of('asked')[-1]['status'] == 202 and len(server.of('came')) == pieces and not desk.receipted()
    # who has no certificate is not let in: the server asks for one indeed
    stranger = subprocess.run(['curl', '-sS', '--cacert', server.identity[0], f'https://localhost:{server.port}/v1/uploads', '-X', 'POST', '-H', 'Tus-Resumable: 1.0.0', '-H', 'Upload-Length: 1'], capture_output=True, text=True)
    assert stranger.returncode != 0, stranger.stdout


def main():
    work = os.path.abspath(sys.argv[2])
    peers.install(work, os.path.join(HERE, 'tus_server'), ('package.json', 'package-lock.json', 'server.mjs'))
    folder = stand.tempfile.mkdtemp(prefix='gz-tus-server-')
    try:
        desk = Desk(folder)
        ca = os.path.join(desk.bureau, 'org.crt')
        both = stand.pem_key(os.path.join(desk.bureau, 'server.p12'), os.path.join(desk.bureau, 'passphrase.txt'), os.path.join(folder, 'server.pem'))
        server = TusServer(folder, work, both, ca, (both, both))
        try:
            check(desk, server)
        finally:
            server.kill()
    finally:
        stand.remove(folder)


if __name__ == '__main__':
    main()
