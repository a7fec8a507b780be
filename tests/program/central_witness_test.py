#!/usr/bin/env python3
"""The central system as an independent witness of journals (A-7.3d, A-7.4a; core/wire/PROTOCOL.md section 6): a capture that tells it, and what `verify` makes of it."""
import hashlib
import json
import os
import shutil
import socket
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand  # noqa: E402
import scripts  # noqa: E402
from central_stand import Model, Station, run  # noqa: E402
from stand import Stand, free_port  # noqa: E402

MALL = {"app": "cn.guzheng.mall", "mark": "示例养生旗舰店"}


class Witness(unittest.TestCase):
    def setUp(self):
        self.place = central_stand.Practice()
        self.addCleanup(self.place.remove)
        model, _ = Model.of(central_stand.sample_packages)
        self.stand = Stand()
        self.addCleanup(self.stand.close)
        shutil.copytree(os.path.join(model, 'bureau'), self.stand.desk / 'bureau')
        self.server = None

    def serve(self):
        self.place.limit(header_seconds=300)         # the machine may be busy: a handshake takes what it takes
        self.server = self.place.start()
        self.addCleanup(lambda: self.server.stop())
        self.station = Station(self.server, self.place.ca, self.place.pem)
        return f'https://localhost:{self.server.port}'

    def capture(self, url):
        script = {**scripts.script({"do": "wait", "text": "练习商城"}, scripts.capture("platform-home"), scripts.capture("licence"), name="见证"), "target": MALL}
        done = self.stand.run(*self.stand.capture_args(script)[1:], '--witness', url)
        self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
        bag = self.stand.sealed_bags()[-1]
        return bag, done, bag.parent / (bag.name + '.witness') / 'heads.jsonl'

    def settled(self, bag, beside, url):
        """What the capture could not tell in its few seconds, sync tells; until the last line is witnessed."""
        last = len((bag / 'data/attach/journal.log').read_bytes().splitlines()) - 1
        while not beside.exists() or f'Seq: {last}\\n' not in beside.read_text(encoding='utf-8'):
            done = self.stand.run('sync', self.stand.vault, '--server', url, '--desk', self.stand.desk, '--once', '--lang', 'en')
            self.assertEqual(done.returncode, 4, done.stdout + done.stderr)            # the packages themselves are not encrypted
        return beside.read_text(encoding='utf-8').splitlines()

    def verify(self, bag, *more, status=6):
        roots = ['--org-ca', self.place.ca, '--tsa-ca', os.path.join(self.place.bureau, 'tsa-root.crt')]
        done = self.stand.run('verify', bag, *roots, *more, '--lang', 'en')
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout

    def signed_by(self, name, text):
        """A detached signature by stock openssl with a key of the practice bureau."""
        key = central_stand.pem_key(os.path.join(self.place.bureau, name + '.p12'), os.path.join(self.place.bureau, 'passphrase.txt'), os.path.join(self.place.folder, name + '.key.pem'))
        content, p7s = (os.path.join(self.place.folder, one) for one in ('to-sign', 'signed'))
        with open(content, 'w', encoding='utf-8', newline='') as out:
            out.write(text)
        run('openssl', 'cms', '-sign', '-binary', '-in', content, '-signer', key, '-inkey', key, '-outform', 'DER', '-out', p7s, '-md', 'sha256')
        with open(p7s, 'rb') as file:
            return central_stand.base64.b64encode(file.read()).decode()

    def test_capture_is_witnessed_and_verified(self):
        url = self.serve()
        bag, done, beside = self.capture(url)
        self.assertTrue('中心系统已见证存证记录' in done.stdout or '尚未告知中心系统' in done.stderr, done.stdout + done.stderr)
        journal = (bag / 'data/attach/journal.log').read_bytes().splitlines(keepends=True)
        lines = self.settled(bag, beside, url)
        self.assertGreaterEqual(len(lines), 2)
        for line in lines:                           # by openssl and by hand
            said = json.loads(line)
            fields = dict(one.split(': ', 1) for one in said['statement'].splitlines())
            self.assertEqual(fields['Head'], hashlib.sha256(journal[int(fields['Seq'])]).hexdigest())
            content, p7s = (os.path.join(self.place.folder, one) for one in ('content', 'p7s'))
            with open(content, 'wb') as out:
                out.write(said['statement'].encode())
            with open(p7s, 'wb') as out:
                out.write(central_stand.base64.b64decode(said['statement_p7s']))
            run('openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-in', p7s, '-content', content, '-CAfile', self.place.ca, '-purpose', 'any', '-out', '/dev/null')
        self.assertEqual(int(fields['Seq']), len(journal) - 1)                         # up to the very last line
        central = ['--central', os.path.join(self.place.bureau, 'central.crt')]
        self.assertIn('Independent witness: agrees', self.verify(bag, *central))
        seen = json.loads(self.verify(bag, *central, '--json'))['witness']
        self.assertEqual((seen['agreed'], seen['contradictions'], seen['last_line']), (len(lines), [], len(journal) - 1))
        desk = ['--server', url, '--desk', self.stand.desk, '--reason', 'test']
        beside.unlink()
        self.assertIn('Independent witness: agrees', self.verify(bag, *desk))          # fetched
        self.assertIn('Independent witness: none', self.verify(bag, *central))
        # what the system was told differently at the time contradicts the package, however whole it is by itself
        body = {'format': 1, 'head': 'b' * 64, 'late': False, 'package': bag.name, 'seq': 1, 'taken_at': '2026-11-27T14:00:00.000+08:00'}
        code, _, answer = self.station.ask('POST', f'/v1/packages/{bag.name}/heads', body=json.dumps(body, separators=(',', ':'), sort_keys=True).encode())
        self.assertEqual(code, 200, answer)
        beside.write_text('\n'.join(lines) + '\n' + answer.decode(), encoding='utf-8')
        self.assertIn('CONTRADICTED', self.verify(bag, *central, status=3))
        found = json.loads(self.verify(bag, *central, '--json', status=3))
        self.assertEqual(found['damage'][0]['rule'], 'witness.head')
        self.assertIn('CONTRADICTED', self.verify(bag, *desk, status=3))
        # an officer is no witness: neither for nor against
        forged = json.loads(answer)['statement']
        beside.write_text(json.dumps({'format': 1, 'statement': forged, 'statement_p7s': self.signed_by('officer1', forged)}, separators=(',', ':'), ensure_ascii=False) + '\n', encoding='utf-8')
        said = self.verify(bag, *central)
        self.assertIn('Statements that are not believed: 1', said)
        self.assertIn('Independent witness: none', said)

    def test_capture_waits_for_nobody(self):
        """Nobody there, or somebody who never answers: the capture goes on, and sync tells the heads later."""
        self.capture(f'https://localhost:{free_port()}')
        deaf = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(deaf.close)
        bag, done, beside = self.capture(f'https://localhost:{deaf.getsockname()[1]}')
        self.assertIn('尚未告知中心系统', done.stderr)
        self.assertFalse(beside.exists())
        url = self.serve()
        for one in self.stand.sealed_bags():
            self.settled(one, one.parent / (one.name + '.witness') / 'heads.jsonl', url)
            self.assertIn('Independent witness: agrees', self.verify(one, '--central', os.path.join(self.place.bureau, 'central.crt')))


if __name__ == '__main__':
    unittest.main()
