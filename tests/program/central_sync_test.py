#!/usr/bin/env python3
"""guzheng-evidence sync against a running central server (A-7.4c): the workstation believes a receipt only when it holds."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand as stand  # noqa: E402
from central_stand import EVIDENCE, Model, run  # noqa: E402


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
        try:
            while data := source.recv(4096):
                to.sendall(data)
                if limit is not None:
                    limit -= len(data)
                    if limit < 0:
                        self.cuts += 1
                        break
        except OSError:
            pass
        for one in (source, to):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


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
        port = socket.create_server(('127.0.0.1', 0))
        number = port.getsockname()[1]
        port.close()
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


if __name__ == '__main__':
    unittest.main()
