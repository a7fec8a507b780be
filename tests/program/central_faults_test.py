#!/usr/bin/env python3
"""Uploads through kills, cuts and stalls at random moments (A-7.4c, A-8.1, A-8.6): every package ends stored once, byte for byte, receipted, and little is sent twice.

Workstation, line and server are the real programs with a relay between. Faults come one after the other at moments drawn by GUZHENG_SEED (printed); GUZHENG_LONG=1: 50 packages
and 200 faults, else 6 and 16. Whoever is killed is started again, as a service manager and an officer would."""
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand as stand  # noqa: E402
from central_stand import CENTRAL, EVIDENCE, SAMPLE, run  # noqa: E402

LONG = bool(os.environ.get('GUZHENG_LONG'))
PACKAGES, FAULTS = (50, 200) if LONG else (6, 16)
SEED = int(os.environ.get('GUZHENG_SEED', '') or random.SystemRandom().randrange(10**6))
BYTES_A_SECOND = 400_000                     # of the line towards the server: a package takes long enough to be hit
PIECE = 8 << 20                              # what a workstation sends at once (core/sync/sync.h)
OF_A_CONNECTION = 64 << 10                   # handshake, headers, questions


class Line:
    """A slow line that stays where it is while servers come and go; counts what it carried towards them."""

    def __init__(self):
        self.target, self.sent, self.connections, self.cuts = None, 0, 0, 0
        self.open, self.lock = set(), threading.Lock()
        self.free = threading.Event()        # clear: nothing moves
        self.free.set()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(('127.0.0.1', self.target))
            except OSError:
                client.close()
                continue
            with self.lock:
                self.connections += 1
                self.open |= {client, server}
            threading.Thread(target=self._pump, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()

    def _pump(self, source, to, counted):
        try:
            while data := source.recv(8192):
                self.free.wait()
                to.sendall(data)
                if counted:
                    with self.lock:
                        self.sent += len(data)
                    threading.Event().wait(len(data) / BYTES_A_SECOND)
        except OSError:
            pass
        self._end(source, to)

    def _end(self, *ends):
        for one in ends:
            with self.lock:
                self.open.discard(one)
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        with self.lock:
            ends = list(self.open)
        self.cuts += 1
        self._end(*ends)


class Workstation(threading.Thread):
    """`guzheng-evidence sync --once`, again and again, until everything is synced."""

    def __init__(self, command):
        super().__init__(daemon=True)
        self.command, self.runs, self.said = command, 0, []
        self.process, self.lock, self.done = None, threading.Lock(), threading.Event()
        self.last = None

    def run(self):
        while not self.done.is_set():
            with self.lock:
                self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.said.append(self.process.communicate()[0])
            self.runs += 1
            self.last = self.process.returncode
            if self.last == 0:
                self.done.set()
            else:
                threading.Event().wait(0.2)

    def kill(self):
        with self.lock:
            if self.process and self.process.poll() is None:
                self.process.send_signal(signal.SIGKILL)


def digest_of(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


class CentralFaults(unittest.TestCase):
    def setUp(self):
        print(f'GUZHENG_SEED={SEED}', flush=True)
        self.dice = random.Random(SEED)
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        self.desk = os.path.join(self.place.folder, 'desk')
        shutil.copytree(self.place.bureau, os.path.join(self.desk, 'bureau'))
        self.vault = os.path.join(self.place.folder, 'vault')
        self.made = os.path.join(self.place.folder, 'made')
        os.makedirs(self.made, mode=0o700)
        shutil.copytree(self.place.bureau, os.path.join(self.made, 'bureau'))
        self.packages = [json.loads(line) for line in run(SAMPLE, self.made, '--many', str(PACKAGES)).stdout.splitlines()]
        self.assertEqual(len(self.packages), PACKAGES)
        sealed = os.path.join(self.vault, 'sealed')
        os.makedirs(sealed, mode=0o700)
        os.chmod(self.vault, 0o700)
        for name in os.listdir(self.made):
            if any(name == package['package'] or name.startswith(package['package'] + '.') for package in self.packages):
                os.rename(os.path.join(self.made, name), os.path.join(sealed, name))
        self.line = Line()
        self.addCleanup(self.line.listener.close)
        self.server_lock = threading.Lock()
        self.start_server()
        self.addCleanup(lambda: self.server.stop())

    def start_server(self):
        self.server = self.place.start()
        self.line.target = self.server.port

    # ---- the faults
    def kill_workstation(self):
        self.work.kill()

    def kill_server(self):
        self.server.kill()
        threading.Event().wait(self.dice.uniform(0, 0.5))
        self.start_server()

    def cut_line(self):
        self.line.cut()

    def stall_line(self):
        self.line.free.clear()
        threading.Event().wait(self.dice.uniform(0.2, 1.5))
        self.line.free.set()

    def test_every_package_ends_stored_once_and_receipted(self):
        self.work = Workstation([EVIDENCE, 'sync', self.vault, '--server', f'https://localhost:{self.line.port}', '--desk', self.desk, '--once', '--quiet', '--lang', 'en'])
        self.work.start()
        happened = {}
        for _ in range(FAULTS):
            if self.work.done.wait(self.dice.uniform(0.05, 1.2)):
                break
            fault = self.dice.choice([self.kill_workstation, self.kill_server, self.cut_line, self.cut_line, self.stall_line])
            happened[fault.__name__] = happened.get(fault.__name__, 0) + 1
            fault()
        self.assertTrue(self.work.done.wait(1800), self.work.said[-3:])
        self.assertGreater(sum(happened.values()), FAULTS // 2, 'the packages were through before the faults: the line is too quick')
        for said in self.work.said:
            self.assertNotIn('refused', said)
        wasted = self.line.sent - sum(package['bytes'] for package in self.packages)
        print(f'{PACKAGES} packages, faults {happened}, {self.work.runs} runs, {self.line.connections} connections, sent beyond the packages: {wasted} bytes', flush=True)
        # a cut costs at most the piece that was under way, here the whole of a package
        largest = max(package['bytes'] for package in self.packages)
        self.assertLessEqual(wasted, sum(happened.values()) * min(PIECE, largest) + self.line.connections * OF_A_CONNECTION)
        self.each_is_there_once()
        self.each_is_receipted()

    def each_is_there_once(self):
        wanted = sorted(package['zip_sha256'] for package in self.packages)
        for store in ('store-a', 'store-b'):
            found = [os.path.join(where, name) for where, _, names in os.walk(os.path.join(self.place.home, store)) for name in names]
            zips = sorted(digest_of(path) for path in found if os.path.getsize(path) >= min(package['bytes'] for package in self.packages))
            self.assertEqual(zips, wanted, store)
        station = stand.Station(self.server, self.place.ca, self.place.pem)
        code, _, body = station.ask('GET', '/v1/log/checkpoint')
        self.assertEqual(code, 200)
        self.assertIn(f'\nSize: {PACKAGES}\n', json.loads(body)['text'] if body.startswith(b'{') else body.decode())

    def each_is_receipted(self):
        indexes = set()
        for package in self.packages:
            folder = os.path.join(self.vault, 'sealed', package['package'] + '.receipt')
            with open(os.path.join(folder, 'central.txt'), 'rb') as file:
                self.assertIn(f"Fingerprint: {package['fingerprint']}\n".encode(), file.read())
        lines = [line['body'] for line in stand.chained(os.path.join(self.desk, 'operations.log')) if line['kind'] == 'op.sync']
        for line in lines:
            self.assertEqual(line['result'], 'synced')
            indexes.add(line['index'])
        self.assertEqual(indexes, set(range(PACKAGES)), 'each has its own place in the evidence log')
        self.server.stop()
        stand.chained(os.path.join(self.place.home, 'state', 'access.log'))


if __name__ == '__main__':
    unittest.main()
