#!/usr/bin/env python3
"""guzheng-evidence sync against a running central server (A-7.4c): the workstation believes a receipt only when it holds."""
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
from central_stand import EVIDENCE, Model, free_port, run  # noqa: E402


class Line(threading.Thread):
    """A line to the server that is cut after so many bytes towards it, again and again."""

    def __init__(self, port, cut_after):
        super().__init__(daemon=True)
        self.port, self.cut_after, self.cuts = port, cut_after, 0
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.here = self.listener.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(('127.0.0.1', self.port))
            threading.Thread(target=self.pump, args=(server, client, None), daemon=True).start()
            threading.Thread(target=self.pump, args=(client, server, self.cut_after), daemon=True).start()

    def pump(self, source, to, limit):
        if stand.pump(source, to, limit):            # asked first: += would add to what stood here before
            self.cuts += 1


class CentralSync(unittest.TestCase):
    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        model, self.packages = Model.of(stand.sample_packages)
        self.desk = os.path.join(self.place.folder, 'desk')
        shutil.copytree(os.path.join(model, 'bureau'), os.path.join(self.desk, 'bureau'))
        self.vault = os.path.join(self.place.folder, 'vault')
        sealed = os.path.join(self.vault, 'sealed')
        os.makedirs(sealed, mode=0o700)
        os.chmod(self.vault, 0o700)
        for package in self.packages:
            for name in os.listdir(model):
                if name == package['package'] or name.startswith(package['package'] + '.'):
                    run('cp', '-a', os.path.join(model, name), sealed)
        self.server = self.place.start()
        self.addCleanup(lambda: self.server.stop())

    def sync(self, port=None, status=0, *more):
        done = subprocess.run([EVIDENCE, 'sync', self.vault, '--server', f'https://localhost:{port or self.server.port}', '--desk', self.desk, '--once', '--lang', 'en', *more], capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def beside(self, package, name):
        with open(os.path.join(self.vault, 'sealed', package['package'] + '.receipt', name), 'rb') as file:
            return file.read()

    def log(self):
        return [line['body'] for line in stand.chained(os.path.join(self.desk, 'operations.log')) if line['kind'] == 'op.sync']

    def test_all_packages_are_synced_once(self):
        said = self.sync()
        for package in self.packages:
            self.assertIn(package['package'] + '  synced', said)
            self.assertIn(f"Fingerprint: {package['fingerprint']}\n".encode(), self.beside(package, 'central.txt'))
        self.assertEqual(sorted(line['result'] for line in self.log()), ['synced', 'synced'])
        requests = len(self.server.of('request'))
        self.assertEqual(self.sync(), '')            # nothing is left to do, and nobody is asked
        self.assertEqual(len(self.server.of('request')), requests)
        self.assertFalse([name for name in os.listdir(os.path.join(self.desk, 'sync')) if name.endswith('.zip')])
        # the package verifies with its receipt beside it
        package = os.path.join(self.vault, 'sealed', self.packages[0]['package'])
        done = subprocess.run([EVIDENCE, 'verify', package, '--org-ca', os.path.join(self.desk, 'bureau/org.crt'), '--tsa-ca', os.path.join(self.desk, 'bureau/tsa-root.crt'), '--lang', 'en'], capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 3, done.stdout + done.stderr)

    def test_cut_lines_and_killed_programs_lose_nothing(self):
        """Each line is cut before a package is through; the program is killed meanwhile; the server too."""
        size = self.packages[0]['bytes']
        line = Line(self.server.port, 30_000)
        self.assertIn('not synced', self.sync(line.here, 4))
        self.assertGreaterEqual(line.cuts, 2)
        killed = subprocess.Popen([EVIDENCE, 'sync', self.vault, '--server', f'https://localhost:{line.here}', '--desk', self.desk, '--lang', 'en'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        before = line.cuts
        while line.cuts == before:
            threading.Event().wait(0.05)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        self.server.kill()
        self.assertIn('not synced', self.sync(None, 4))         # nobody is there
        self.server = self.place.start()
        said = self.sync()
        for package in self.packages:
            self.assertIn(package['package'] + '  synced', said)
        done = [line for line in self.server.of('request') if line.get('method') == 'PATCH' and line['status'] == 204]
        self.assertEqual(sum(line['received'] for line in done), size + self.packages[1]['bytes'])      # nothing was sent twice that had been taken
        line.listener.close()

    def test_the_desks_own_file_names_the_central_system(self):
        """Without --server: central.toml on the practice desk; a mistake in it is told with its line, and nothing is sent."""
        file = os.path.join(self.desk, 'central.toml')

        def put(text):
            with open(file, 'w') as out:
                out.write(text)
            done = subprocess.run([EVIDENCE, 'sync', self.vault, '--desk', self.desk, '--once', '--lang', 'en'], capture_output=True, text=True)
            return done.returncode, done.stdout + done.stderr
        done = subprocess.run([EVIDENCE, 'sync', self.vault, '--desk', self.desk, '--once', '--lang', 'en'], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn('no central system is named: --server URL, or ' + file, done.stderr)
        good = f'version = 1\n[central]\nurl = "https://localhost:{self.server.port}"\ncertificate = "bureau/central.crt"\n'
        code, said = put(good + 'at_once = 20\n')
        self.assertEqual(code, 2)
        self.assertIn('central.toml:5: central.at_once is 20; expected: a whole number from 1 to 8', said)
        self.assertFalse(self.server.of('request'))
        code, said = put(good + 'at_once = 1\nautomatic = false\n')
        self.assertEqual(code, 0, said)
        self.assertEqual(said.count('  synced'), 2)

    def test_receipt_of_another_signer_is_not_believed(self):
        """That a certificate is one of the bureau's is not enough: an officer's in its place, and nothing is called synced."""
        said = self.sync(None, 4, '--central', os.path.join(self.desk, 'bureau/officer1.crt'))
        self.assertIn('not synced', said)
        self.assertNotIn('  synced', said)
        for package in self.packages:
            self.assertFalse(os.path.exists(os.path.join(self.vault, 'sealed', package['package'] + '.receipt')))
        self.assertEqual(self.sync().count('  synced'), 2)      # with the right certificate the same receipts hold

    def test_server_of_another_root_gets_nothing(self):
        done = subprocess.run([EVIDENCE, 'sync', self.vault, '--server', f'https://127.0.0.1:{self.server.port}', '--desk', self.desk, '--once', '--lang', 'en', '--quiet'], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)         # the certificate names the address too
        fake = os.path.join(self.place.folder, 'fake.pem')
        run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', fake, '-out', fake + '.crt', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost')
        os.remove(os.path.join(self.desk, 'sync/queue.sqlite'))
        number = free_port()
        impostor = subprocess.Popen(['openssl', 's_server', '-quiet', '-accept', str(number), '-cert', fake + '.crt', '-key', fake], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            while True:
                try:
                    socket.create_connection(('127.0.0.1', number)).close()
                    break
                except OSError:
                    threading.Event().wait(0.05)
            self.assertIn('not synced', self.sync(number, 4))
        finally:
            impostor.kill()
            got = impostor.stdout.read()
            impostor.wait()
        self.assertNotIn(b'Upload', got)


PACKAGES, FAULTS = (50, 200) if os.environ.get('GUZHENG_LONG') else (5, 16)
PIECE = 8 << 20


def larger_packages(folder):
    return [json.loads(line) for line in run(stand.SAMPLE, folder, '--packets', '3000', '--many', str(PACKAGES)).stdout.splitlines()]


class RoughLine(Line):
    """Each connection is cut after another number of bytes; all of them at once when somebody says so. `passed`: bytes towards the server."""

    def __init__(self, port, dice):
        self.dice, self.passed, self.open = dice, 0, []
        super().__init__(port, None)

    def run(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(('127.0.0.1', self.port))
            except OSError:
                client.close()
                continue
            self.open = [pair for pair in self.open if pair[0].fileno() >= 0] + [(client, server)]
            threading.Thread(target=self.pump, args=(server, client, None), daemon=True).start()
            threading.Thread(target=self.pump, args=(client, server, self.dice.randrange(60_000, 3_000_000)), daemon=True).start()

    def pump(self, source, to, limit):
        def counted(count):
            if limit is not None:
                self.passed += count
        if stand.pump(source, to, limit, counted):
            self.cuts += 1

    def cut(self):
        for pair in self.open:
            stand.end_both(*pair)
        self.cuts += 2


class CentralFaults(unittest.TestCase):
    """A-7.4c, A-8.1: kills of either side and cut lines, with two packages on their way at a time: every package once, byte-equal, receipted; at most a piece is sent again for each."""

    def test_every_package_arrives_once_whatever_dies(self):
        dice = random.Random(20261121)
        place = stand.Practice()
        self.addCleanup(place.remove)
        model, packages = Model.of(larger_packages)
        shutil.copytree(os.path.join(model, 'bureau'), os.path.join(place.folder, 'desk/bureau'))
        # this model has a bureau of its own: its server too
        home = os.path.join(place.folder, 'central-2')
        run(stand.CENTRAL, 'init', home, '--practice', '--bureau', os.path.join(model, 'bureau'), '--address', '127.0.0.1', '--port', str(free_port()))
        config = os.path.join(home, 'central.toml')
        server = stand.Server(config)
        sealed = os.path.join(place.folder, 'vault/sealed')
        os.makedirs(sealed, mode=0o700)
        os.chmod(os.path.dirname(sealed), 0o700)
        for package in packages:
            for name in os.listdir(model):
                if name == package['package'] or name.startswith(package['package'] + '.'):
                    run('cp', '-a', os.path.join(model, name), sealed)
        line = RoughLine(server.port, dice)
        self.addCleanup(line.listener.close)
        desk = os.path.join(place.folder, 'desk')
        with open(os.path.join(desk, 'central.toml'), 'w') as file:
            file.write(f'version = 1\n[central]\nurl = "https://localhost:{line.here}"\ncertificate = "bureau/central.crt"\nat_once = 2\nbandwidth_kbit = 16000\n')
        command = [EVIDENCE, 'sync', os.path.join(place.folder, 'vault'), '--desk', desk, '--lang', 'en', '--quiet']

        def receipts():
            return [name for name in os.listdir(sealed) if name.endswith('.receipt')]
        kills, faults, client = 0, 0, None
        try:
            for _ in range(400 if FAULTS < 100 else 4000):
                if client is None:
                    client = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                threading.Event().wait(dice.uniform(0.3, 1.2))
                self.assertIsNone(client.poll(), 'it goes on whatever happens to the line')
                if len(receipts()) == PACKAGES:
                    break
                what = dice.choice(('client', 'server', 'line', 'line', 'nothing')) if faults < FAULTS else 'nothing'     # a slow machine, too, comes to an end
                faults += what != 'nothing'
                if what == 'client':
                    client.send_signal(signal.SIGKILL)
                    client.wait()
                    client, kills = None, kills + 2          # two were on their way
                elif what == 'server':
                    server.kill()
                    server, kills = stand.Server(config), kills + 2
                elif what == 'line':
                    line.cut()
        finally:
            if client is not None:
                client.terminate()
                client.wait()
        done = subprocess.run([*command, '--once'], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(len(receipts()), PACKAGES)
        self.assertGreater(kills + line.cuts, 10, 'the test did what it is for')
        # each once, byte for byte
        numbers, kept = set(), {}
        for path in (os.path.join(where, name) for where, _, names in os.walk(os.path.join(home, 'store-a')) for name in names):
            with open(path, 'rb') as file:
                kept[hashlib.sha256(file.read()).hexdigest()] = path
        for package in packages:
            with open(os.path.join(sealed, package['package'] + '.receipt', 'central.txt')) as file:
                text = file.read()
            self.assertIn(f"Fingerprint: {package['fingerprint']}\n", text)
            self.assertIn(f"Zip-SHA256: {package['zip_sha256']}\n", text)
            self.assertIn(package['zip_sha256'], kept)
        for body in (one['body'] for one in stand.chained(os.path.join(desk, 'operations.log')) if one['kind'] == 'op.sync' and one['body']['result'] == 'synced'):
            numbers.add(body['index'])
        station = stand.Station(server, os.path.join(model, 'bureau/org.crt'), stand.pem_key(os.path.join(model, 'bureau/station.p12'), os.path.join(model, 'bureau/passphrase.txt'), os.path.join(place.folder, 's.pem')))
        code, _, checkpoint = station.ask('GET', '/v1/log/checkpoint')
        self.assertEqual(code, 200)
        self.assertIn(f'Size: {PACKAGES}', json.loads(checkpoint)['checkpoint'])
        self.assertLessEqual(numbers, set(range(PACKAGES)))
        server.stop()
        size = sum(package['bytes'] for package in packages)
        events = kills + line.cuts
        wasted = line.passed - size
        largest = min(PIECE, max(package['bytes'] for package in packages))
        print(f'{PACKAGES} packages, {size} bytes; {kills} kills (of two lines each), {line.cuts} cuts; {wasted} bytes more than that went over the line, {wasted // events} for each', file=sys.stderr)
        self.assertLessEqual(wasted, events * (largest + 32_768) + size // 20)


if __name__ == '__main__':
    unittest.main()
