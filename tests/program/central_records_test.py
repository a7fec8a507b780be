#!/usr/bin/env python3
"""Subjects and tags in common between two desks over a running central server (guzheng-evidence sync --records): A-7.4c, A-8.1, A-8.2."""
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand as stand  # noqa: E402
from central_stand import CENTRAL, EVIDENCE, run  # noqa: E402

ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
PHONE = '13800138000'


def code(n):
    """A credit code under a region that nobody has, with its check character."""
    text = f'91990106{100000000 + n}'
    return text + ALPHABET[(31 - sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(text)) % 31) % 31]


class CentralRecords(unittest.TestCase):
    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        self.desks = {name: os.path.join(self.place.folder, name) for name in ('one', 'two')}
        for desk in self.desks.values():
            shutil.copytree(self.place.bureau, os.path.join(desk, 'bureau'))
        self.server = self.place.start()
        self.addCleanup(lambda: self.server.stop())

    def evidence(self, *args, status=0):
        done = subprocess.run([EVIDENCE, '--lang', 'en', *args], capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def sync(self, desk, *more, status=0):
        return self.evidence('sync', '--desk', self.desks[desk], '--server', f'https://localhost:{self.server.port}', *(more or ('--records', '--once')), status=status)

    def bring(self, desk, rows, *more):
        """Edits as a person without a window makes them: a table comes in, what is known is brought up to date."""
        path = os.path.join(self.place.folder, 'table.csv')
        with open(path, 'w', encoding='utf-8') as out:
            out.write('企业名称,统一社会信用代码,住所,联系电话\n' + ''.join(','.join(row) + '\n' for row in rows))
        self.evidence('subjects', 'import', path, '--on-match', 'update', '--desk', self.desks[desk])

    def addresses(self, desk):
        with sqlite3.connect(os.path.join(self.desks[desk], 'subjects/registry.sqlite')) as library:
            return dict(library.execute('SELECT credit, address FROM subject WHERE gone=0'))

    def central(self, sql):
        with sqlite3.connect(os.path.join(self.place.home, 'state/central.sqlite'), timeout=30) as database:
            return database.execute(sql).fetchall()

    def unit(self, name):
        run(CENTRAL, 'unit', 'set', 'LX-03', name, '--config', self.place.config)

    def test_from_desk_to_desk(self):
        self.bring('one', [(f'示例{i}号（练习）商店', code(i), f'示例路{i}号', PHONE if i == 1 else '') for i in range(3)])
        self.assertIn('which unit', self.sync('one', status=4))        # nobody has said whose these would be
        self.unit('网监一科')
        self.assertIn('told 3', self.sync('one'))
        self.assertIn('received 3', self.sync('two'))
        self.assertEqual(self.addresses('one'), self.addresses('two'))
        self.assertIn(code(2), self.evidence('subjects', 'search', '示例2号', '--desk', self.desks['two']))
        folder = os.path.join(self.place.home, 'state')
        for name in os.listdir(folder):                                # what is sensitive has not left its desk
            if name.startswith('central.sqlite'):
                with open(os.path.join(folder, name), 'rb') as file:
                    self.assertNotIn(PHONE.encode(), file.read())

        # without the line both go on working
        self.server.stop()
        self.bring('one', [('示例1号（练习）商店', code(1), '新路1号', ''), ('示例7号（练习）商店', code(7), '示例路7号', '')])
        self.bring('two', [('示例1号（练习）商店', code(1), '旧路9号', ''), ('示例2号（练习）商店', code(2), '旧路2号', '')])
        self.assertIn('goes on later', self.sync('one', status=4))
        self.server = self.place.start()
        self.assertIn('told 2', self.sync('one'))
        self.assertIn('for a person to decide: 1', self.sync('two', status=4))
        self.assertEqual(self.addresses('two')[code(1)], '旧路9号')     # nothing was written over
        shown = self.sync('two', '--conflicts', status=4)
        for part in ('示例1号', 'before: 示例路1号', 'mine:   旧路9号', 'theirs: 新路1号'):
            self.assertIn(part, shown)
        number = re.search(r'^(\d+-[0-9a-f]{8})  subject', shown, re.M).group(1)

        # a decision is about what the person saw
        self.bring('two', [('示例1号（练习）商店', code(1), '旧路10号', '')])
        self.assertIn('look again', self.sync('two', '--decide', number, 'mine', status=2))
        number = re.search(r'^(\d+-[0-9a-f]{8})  subject', self.sync('two', '--conflicts', status=4), re.M).group(1)
        self.sync('two', '--decide', number, 'mine')
        self.assertIn('No conflict', self.sync('two', '--conflicts'))
        self.sync('two')
        self.sync('one')
        self.assertEqual(self.addresses('one'), self.addresses('two'))
        self.assertEqual(self.addresses('one')[code(1)], '旧路10号')
        self.assertEqual(len(self.addresses('one')), 4)
        decided = [line['body'] for line in stand.chained(os.path.join(self.desks['two'], 'operations.log')) if line['kind'] == 'op.record-decided']
        self.assertEqual([(line['decision'], line['kind']) for line in decided], [('mine', 'subject')])
        self.assertTrue(decided[0]['who'])
        bodies = ''.join(row[0] for row in self.central('SELECT body FROM record_version'))
        for address in ('示例路1号', '新路1号', '旧路10号'):             # nothing that was overwritten is lost
            self.assertIn(address, bodies)

        # another unit's station changes nothing of it
        self.unit('网监二科')
        self.bring('two', [('示例1号（练习）商店', code(1), '别处1号', '')])
        self.assertIn('Not taken', self.sync('two', status=4))
        self.assertIn('other-unit', self.sync('two', '--conflicts', status=4))
        refused = [line['body'] for line in stand.chained(os.path.join(self.place.home, 'state/access.log')) if line['kind'] == 'op.central-record-refused']
        self.assertEqual([(line['error'], line['station']) for line in refused], [('other-unit', 'LX-03')])

    def test_killed_anywhere_nothing_is_lost_or_doubled(self):
        self.unit('网监一科')
        self.bring('one', [(f'示例{i}号（练习）商店', code(i), f'示例路{i}号', '') for i in range(60)])
        command = [EVIDENCE, 'sync', '--server', f'https://localhost:{self.server.port}', '--records', '--once', '--desk']
        for desk, told in (('one', 20), ('two', 15)):
            process = subprocess.Popen([*command, self.desks[desk]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while process.poll() is None and (len(self.central('SELECT 1 FROM record')) < told if desk == 'one' else not self.started(desk, told)):
                pass
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.sync('one')
        self.sync('two')
        self.assertEqual(len(self.addresses('one')), 60)
        self.assertEqual(self.addresses('one'), self.addresses('two'))
        self.assertEqual(self.central('SELECT count(*), max(version) FROM record'), [(60, 1)])
        self.assertEqual(self.central('SELECT count(*) FROM record_version'), [(60,)])

    def started(self, desk, told):
        try:
            return len(self.addresses(desk)) >= told
        except sqlite3.OperationalError:
            return False


if __name__ == '__main__':
    unittest.main()
