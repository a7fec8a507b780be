#!/usr/bin/env python3
"""Triggered capture from a clue to a case (A-8.3e, A-AnC, A-7.2b): a real central server, a real worker, the training phone."""
import json
import os
import shutil
import signal
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand  # noqa: E402
import scripts  # noqa: E402
from central_stand import CENTRAL, Model, Station, run  # noqa: E402
from stand import Process, Stand, wait_for  # noqa: E402

MALL = {'app': 'cn.guzheng.mall', 'mark': '示例养生旗舰店'}
UNIT = '网监科'
LINK = 'https://mall.example.com/shop/1'


class Trigger(unittest.TestCase):
    def setUp(self):
        self.place = central_stand.Practice()
        self.addCleanup(self.place.remove)
        model, _ = Model.of(central_stand.sample_packages)
        self.stand = Stand()
        self.addCleanup(self.stand.close)
        shutil.copytree(os.path.join(model, 'bureau'), self.stand.desk / 'bureau')
        self.place.limit(header_seconds=300)         # the machine may be busy: a handshake takes what it takes
        with open(self.place.config, 'a', encoding='utf-8') as out:
            out.write('\n[triggers]\nlease_seconds = 300\nretry_seconds = 0\n')
        run(CENTRAL, 'unit', 'set', self.place.package['package'][:5], UNIT, '--config', self.place.config)
        people = {}
        for name, role in (('officer1', 'officer'), ('officer2', 'leader')):
            run(CENTRAL, 'user', 'add', '--config', self.place.config, '--certificate', os.path.join(self.place.bureau, name + '.crt'), '--role', role, '--unit', UNIT)
            people[name] = central_stand.pem_key(os.path.join(self.place.bureau, name + '.p12'), os.path.join(self.place.bureau, 'passphrase.txt'), os.path.join(self.place.folder, name + '.pem'))
        self.people = people
        self.server = None
        self.addCleanup(lambda: self.server.stop())
        self.serve()

    def serve(self):
        self.server = self.place.start()
        self.url = f'https://localhost:{self.server.port}'
        self.officer, self.leader = (Station(self.server, self.place.ca, self.people[name]) for name in ('officer1', 'officer2'))

    def script(self, *steps):
        kinds = [scripts.capture(kind) for kind in scripts.KINDS]
        whole = {**scripts.script({'do': 'wait', 'text': '练习商城'}, *(steps or kinds), name='触发取证'), 'target': MALL}
        path = self.stand.folder / 'trigger.json'
        path.write_text(json.dumps(whole, ensure_ascii=False), encoding='utf-8')
        return path

    def order(self, script, *more, status=0, unit=UNIT):
        """As an officer does it."""
        done = self.stand.run('trigger', '--script', script, '--unit', unit, '--source', 'complaint', '--clue', '店铺宣称保健食品可以治病', '--set', f'link={LINK}', '--server', self.url, '--desk', self.stand.desk, '--lang', 'en', *more)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return int(done.stdout.split()[-1]) if status == 0 else done.stderr

    def worker_args(self, *more):
        return ['worker', '--adb', f'127.0.0.1:{self.stand.adb.port}', '--serial', self.stand.phone.serial, '--vault', self.stand.vault, '--desk', self.stand.desk, '--server', self.url, '--lang', 'en', *more]

    def work(self):
        """Until there is nothing more to do, and everything is up."""
        done = self.stand.run(*self.worker_args('--once'))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def bureau(self, path, body=None, who=None):
        who = who or self.officer
        code, _, data = who.ask('GET', '/v1/bureau/' + path) if body is None else who.ask('POST', '/v1/bureau/' + path, {'Content-Type': 'application/json'}, json.dumps(body).encode())
        self.assertEqual(code, 200, data)
        return json.loads(data)

    def of(self, number):
        return self.bureau(f'triggers/{number}')

    def story(self, number):
        return [one['what'] for one in self.of(number)['history']]

    def listed(self):
        done = self.stand.run('worker', '--list', '--desk', self.stand.desk, '--server', self.url, '--lang', 'en')
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def log(self, kind):
        return [line['body'] for line in central_stand.chained(os.path.join(self.place.home, 'state/access.log')) if line['kind'] == kind]

    def test_from_a_clue_to_a_case(self):
        script = self.script()
        self.assertIn('link', self.order(script, '--set', 'link=', status=2))              # what an order needs is asked for before it is sent
        self.assertIn('none of', self.order(script, status=2, unit='别的科'))            # the server knows whose officers they are
        number = self.order(script)
        self.assertEqual((self.of(number)['state'], self.of(number)['subject']), ('queued', scripts.ORDER['subject_name']))
        other = self.order(script, '--serial', 'another-phone')
        said = self.work()
        self.assertIn(f'order {number}: sealed, waits for its review', said)
        done = self.of(number)
        self.assertEqual((done['state'], done['attempts'], self.of(other)['state']), ('review', 1, 'queued'), said)
        package = done['package']
        self.assertEqual(self.story(number), ['asked', 'taken', 'captured', 'received'])
        self.assertIn(f'{number}  waits for its review', self.listed())
        # it lies in the officers' inbox, and says of itself what it is
        waiting = self.bureau('reviews?state=review')['captures']
        self.assertEqual([one['package'] for one in waiting], [package])
        bag = self.stand.vault / 'sealed' / package
        roots = ['--org-ca', self.place.ca, '--tsa-ca', os.path.join(self.place.bureau, 'tsa-root.crt')]
        verified = self.stand.run('verify', bag, '--desk', self.stand.desk, '--reason', 'test', *roots, '--json')
        self.assertIn('待复核', json.loads(verified.stdout)['incomplete'], verified.stdout)
        # the officer looks, and confirms; the record goes up beside the package
        done = self.stand.run('review', bag, '--result', 'confirmed', '--reason', '逐页看过，与录像一致', '--desk', self.stand.desk)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        done = self.stand.run('sync', self.stand.vault, '--server', self.url, '--desk', self.stand.desk, '--once', '--lang', 'en')
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        now = self.bureau('reviews')['captures'][0]
        self.assertEqual((now['state'], now['why'], now['kept_until']), ('confirmed', '逐页看过，与录像一致', ''))
        self.assertEqual(self.of(number)['state'], 'confirmed')
        # a case: kept for three years, in both stores, as it first came too
        now = self.bureau(f'reviews/{package}/case', {'case': '市监立〔2026〕1 号'}, self.leader)
        self.assertEqual(int(now['kept_until'][:4]), int(now['case_at'][:4]) + 3)
        self.assertEqual(self.story(number)[-3:], ['confirmed', 'case', 'long-term'])
        self.assertEqual([line['copies'] for line in self.log('op.central-long-term')], [4])
        self.assertEqual([line['what'] for line in self.log('op.central-trigger') if line['number'] == number], ['asked', 'taken', 'captured'])
        # nobody takes what is withdrawn
        self.bureau(f'triggers/{other}/withdrawal', {'why': '误报'})
        self.assertEqual(self.of(other)['state'], 'withdrawn')

    def begun(self, worker, before):
        """A capture of this worker is being recorded."""
        def there():
            self.assertTrue(worker.running(), worker.stdout() + worker.stderr())
            return [bag for bag in self.stand.open_bags() if bag.name not in before and (bag / 'data/attach/journal.log').exists() and b' shot ' in (bag / 'data/attach/journal.log').read_bytes()]
        return wait_for('a capture that is under way', there, limit_s=180)[0].name

    def start_worker(self, name):
        return self.stand.started(Process([self.stand.evidence_program, *self.worker_args('--every', '1')], self.stand.folder, name, self.stand.environment()))

    def test_workers_that_end_lose_nothing(self):
        """Stopped, then killed; the third one does it. What was begun is sealed, told and reviewed; what nobody reviews expires."""
        number = self.order(self.script(scripts.capture('platform-home'), scripts.wait(3000), *(scripts.capture(kind) for kind in scripts.KINDS[1:])))
        first = self.start_worker('first')
        stopped = self.begun(first, [])
        first.signal(signal.SIGTERM)
        self.assertEqual(first.wait(), 0, first.stdout() + first.stderr())
        self.assertEqual(self.story(number), ['asked', 'taken', 'again'])
        second = self.start_worker('second')
        killed = self.begun(second, [stopped])
        second.signal(signal.SIGKILL)
        second.wait()
        self.assertEqual(self.of(number)['state'], 'taken')                                 # its lease runs on
        said = self.work()
        self.assertIn('An order that was begun and not ended comes first', said)
        history = self.of(number)['history']
        self.assertEqual([one['what'] for one in history], ['asked', 'taken', 'again', 'taken', 'again', 'taken', 'captured', 'received'], said)
        self.assertEqual([one['package'] for one in history if one['what'] == 'again'], [stopped, killed])
        self.assertEqual(self.of(number)['state'], 'review')
        whole = self.of(number)['package']
        self.assertEqual({one['package'] for one in self.bureau('reviews?state=review')['captures']}, {stopped, killed, whole})
        self.assertFalse(self.stand.open_bags())
        # thirty days later, as far as the server can tell
        self.server.stop()
        with sqlite3.connect(os.path.join(self.place.home, 'state/central.sqlite')) as database:
            database.execute('UPDATE automatic_capture SET until_ms = 1 WHERE package <> ?', (whole,))
        self.serve()
        wait_for('what nobody reviewed to expire', lambda: len(self.bureau('reviews?state=expired')['captures']) == 2)
        self.assertEqual({line['package'] for line in self.log('op.central-expired')}, {stopped, killed})
        self.assertEqual([one['package'] for one in self.bureau('reviews?state=review')['captures']], [whole])

    def test_a_central_system_that_lies_orders_nothing(self):
        """A-7.2b: who changes an order where it lies is not obeyed; a phone that is away is told in the end."""
        number = self.order(self.script())
        with sqlite3.connect(os.path.join(self.place.home, 'state/central.sqlite'), timeout=30) as database:
            database.execute("UPDATE capture_order SET body = replace(body, ?, ?)", (scripts.ORDER['subject_name'], '别的店'))
        self.work()
        self.assertEqual(self.of(number)['state'], 'failed')
        self.assertIn('signature', self.of(number)['why'])
        self.assertFalse(self.stand.sealed_bags())
        away = self.order(self.script())
        self.stand.phone.end()
        said = self.work()
        self.assertEqual(self.story(away), ['asked'] + ['taken', 'again'] * 3 + ['failed'], said)
        self.assertIn('after 3 attempts', self.of(away)['history'][-1]['why'])
        self.assertIn(f'{away}  failed', self.listed())


if __name__ == '__main__':
    unittest.main()
